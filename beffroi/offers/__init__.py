"""What partners offer to towns: calls and their laureates."""
