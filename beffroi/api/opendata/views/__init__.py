"""The open data as pages and as files."""
