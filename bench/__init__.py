"""Speed, memory and size, as figures measured in one run beside a peer or a limit."""
