"""Beffroi: the digital home of a territorial programme."""
