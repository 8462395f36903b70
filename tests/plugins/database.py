"""Chooses the database before Django reads its settings, and starts PostgreSQL when asked.

`pytest --database=postgresql` makes a throw-away cluster on a free port of 127.0.0.1, with the
system's own server, and removes it at the end.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

_POSTGRES_HOMES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")
_OLDEST = 15


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith("BEFFROI_")]:
        if name != "BEFFROI_DATABASE_URL" or "PYTEST_XDIST_WORKER" not in os.environ:
            del os.environ[name]
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    if early_config.known_args_namespace.database == "postgresql":
        cluster = Cluster()
        early_config.add_cleanup(cluster.stop)
        os.environ["BEFFROI_DATABASE_URL"] = cluster.start()
    else:
        folder = Path(tempfile.mkdtemp(prefix="beffroi-sqlite-"))
        early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        os.environ["BEFFROI_DATABASE_URL"] = f"sqlite:///{folder}/tests.sqlite3"


def _binaries() -> Path:
    """The folder of a PostgreSQL server recent enough, newest first."""
    found = [
        Path(home)
        for base in _POSTGRES_HOMES
        for home in sorted(Path(base).glob("*/bin"), reverse=True)
        if (home / "initdb").exists()
    ]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    for folder in found:
        version = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        if int(version.split()[2].split(".")[0]) >= _OLDEST:
            return folder
    pytest.exit(f"PostgreSQL {_OLDEST} ou plus récent est introuvable : lancez « make test ».", 3)


class Cluster:
    """A PostgreSQL server of our own, in a temporary folder."""

    def __init__(self) -> None:
        self.binaries = _binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="beffroi-postgres-"))
        # The server refuses to run as root; the distribution's package made this account.
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_user:
            shutil.chown(self.folder, "postgres")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_user, str(self.binaries / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        if done.returncode:
            pytest.exit(f"PostgreSQL n'a pas démarré : {done.stdout}{done.stderr}", 3)

    def start(self) -> str:
        """Start the server and give its address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        data = str(self.folder / "data")
        self._run(
            "initdb", "-D", data, "-U", "beffroi", "--auth=trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} "
            "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        )
        self._run(
            "pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )
        return f"postgresql://beffroi@127.0.0.1:{port}/postgres"

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
