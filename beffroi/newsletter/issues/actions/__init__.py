"""What people do with an issue, one verb per file."""
