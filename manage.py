#!/usr/bin/env python
"""Django's usual door, for the tools that look for it; `beffroi` is the same command."""

from config.cli import main

if __name__ == "__main__":
    main()
