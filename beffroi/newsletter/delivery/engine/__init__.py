"""Writes messages and speaks SMTP. Knows no Django and no ledger, so that it can be replaced."""
