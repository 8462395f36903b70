"""The test database, lent to a `beffroi` process of its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def lent_database(folder: Path) -> Iterator[str]:
    """The address of a database with what this test wrote; its rows come back at the end.

    PostgreSQL's is the test database itself. SQLite's lives in memory and is copied to a file.
    """
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        yield f"postgresql://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
        return
    path = folder / "lent.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    yield f"sqlite:////{str(path).lstrip('/')}"
    with sqlite3.connect(path) as copy:
        copy.backup(connection.connection)


def beffroi(*arguments: str, database: str, port: int, folder: Path) -> subprocess.Popen[str]:
    """A `beffroi` command at work in a process of its own, sending to a sink."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BEFFROI_")}
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "BEFFROI_DATABASE_URL": database,
        "BEFFROI_EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "BEFFROI_VAR": str(folder),
    }
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
