"""Serve the site, run the background work, until the person stops it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from rich.console import Console


def serve(console: Console) -> None:
    """Run the web server and the task worker as children; both end with this process."""
    url = urlsplit(settings.BEFFROI_SITE_URL)
    programs = Path(sys.executable).parent
    web = [
        str(programs / "granian"), "--interface", "wsgi", "--workers", "1",
        "--host", url.hostname or "127.0.0.1", "--port", str(url.port or 8000),
        "--blocking-threads", "4", "--log-level", "error", "config.wsgi:application",
    ]  # fmt: skip
    worker = [str(programs / "beffroi"), "db_worker", "--interval", "1", "--verbosity", "0"]
    console.print(f"\nLe site : [bold]{settings.BEFFROI_SITE_URL}[/]   (Ctrl+C pour arrêter)")
    children = [subprocess.Popen(command) for command in (web, worker)]  # noqa: S603 - own programs
    try:
        children[0].wait()
    except KeyboardInterrupt:
        console.print("\nArrêt demandé.")
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()
