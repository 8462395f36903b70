"""What an issue decides from values alone."""

from __future__ import annotations

from urllib.parse import urlsplit

MISSING_ADDRESS = "#"


def is_link_address(url: str) -> bool:
    """Whether a reader could follow it: http(s), mailto, a path of the site, or the placeholder."""
    if url == MISSING_ADDRESS:
        return True
    if any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    if parts.scheme == "mailto":
        return "@" in parts.path
    return not parts.scheme and not parts.netloc and url.startswith("/")


def is_missing_address(url: str) -> bool:
    """Whether an address is the placeholder for one that is not known yet."""
    return url.strip() in ("", MISSING_ADDRESS)


def default_title(number: int) -> str:
    """An issue's title, and the subject of its mail, before anybody words it better."""
    return f"Lettre d'information n°\u00a0{number}"
