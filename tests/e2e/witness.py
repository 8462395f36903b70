"""Sees what a page asks of the network and what it complains of."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request


class Witness:
    """Watches every page of a browser context."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = urlsplit(site).netloc
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.expected = ""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def expects(self, words: str) -> None:
        """Let pass the complaints that hold these words."""
        self.expected = words

    def assert_nothing_wrong(self) -> None:
        """No request left the site, no page complained, none left a cookie."""
        foreign = [url for url in self.requests if urlsplit(url).netloc != self.site]
        assert not foreign, f"requêtes vers d'autres hôtes : {foreign}"
        assert not self.complaints, "\n".join(self.complaints)
        assert not self.context.cookies()

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("data:", "about:", "blob:")):
            self.requests.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not (
            self.expected and self.expected in message.text
        ):
            self.complaints.append(f"{message.type} : {message.text}")
