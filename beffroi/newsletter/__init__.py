"""The monthly letter: its issues, its readers, its delivery."""
