"""Version 1 of the read API."""
