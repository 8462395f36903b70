"""A real browser before a real server, with a real mailbox behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.e2e.axe import Axe
from tests.e2e.mailbox import Mailbox
from tests.e2e.witness import Witness

# A machine that does other work answers late; what is there at once is not waited for.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
# Playwright runs an event loop in the thread of the tests, where Django then suspects async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's own Chromium, which may not call anybody."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.exit("Chromium est introuvable : lancez « make test ».", 3)
    quiet = ("gpu", "background-networking", "component-update", "sync")
    flags = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
    return {"executable_path": program, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A French reader."""
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """As patient with clicks and pages as with what is expected of them."""
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:  # noqa: ARG001
    """The site, on a free port of the loopback, once its database stands."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """The address of the site, as its own links and mails write it."""
    cache.clear()
    settings.BEFFROI_SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return str(live_server.url)


@pytest.fixture(params=["dsfr", "neutral"])
def look(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Each look in turn."""
    settings.BEFFROI_SKIN = request.param
    return str(request.param)


@pytest.fixture
def witness(context: BrowserContext, site: str) -> Iterator[Witness]:
    """Sees every request and every error of the console; complains at the end."""
    watching = Witness(context, site)
    yield watching
    watching.assert_nothing_wrong()


@pytest.fixture
def axe() -> Axe:
    """The accessibility checker."""
    return Axe()


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """An SMTP server that keeps what it is given; the site delivers to it."""
    with Mailbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = box.host, box.port
        yield box
