"""One module per situation: local, test, production; base holds what they share."""
