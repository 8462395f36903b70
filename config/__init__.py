"""Settings, environment, addresses and entry points: the only package that knows every room."""
