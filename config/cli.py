"""The `beffroi` command: Django's manage.py by another name."""

import os
import sys


def main() -> None:
    """Run a management command; `beffroi --help` lists them all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line

    from config.env import EnvironmentRefused

    try:
        execute_from_command_line(sys.argv)
    except EnvironmentRefused as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
