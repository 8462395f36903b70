"""The `beffroi` command: Django's manage.py by another name."""

import os
import sys

_UNDEFINED_TABLE = "42P01"
_SQLITE_AWAY = ("unable to open", "database is locked", "attempt to write a readonly")


def main() -> None:
    """Run a management command; `beffroi --help` lists them all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    from config.env import EnvironmentRefused

    try:
        execute_from_command_line(sys.argv)
    except EnvironmentRefused as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(2)
    except (OperationalError, ProgrammingError) as failure:
        sentence = word_database_failure(failure)
        if not sentence:
            raise
        sys.stderr.write(f"{sentence}\n")
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        sys.stderr.write("Interrompu.\n")
        sys.exit(130)


def word_database_failure(failure: Exception) -> str:
    """What a person can do about a database that does not answer, or nothing if it is a bug."""
    said = str(failure).strip()
    is_missing = getattr(failure.__cause__, "sqlstate", None) == _UNDEFINED_TABLE
    if is_missing or said.startswith("no such table"):
        return "La base de données n'est pas à jour : lancez d'abord « beffroi migrate »."
    is_away = said.startswith(_SQLITE_AWAY) or "connection" in said
    return f"La base de données ne répond pas : {said.splitlines()[0]}" if is_away else ""
