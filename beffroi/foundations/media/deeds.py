"""Deeds: signed files that are kept with a row and read on the desk alone, never published.

They lie apart from what the site serves, so that no address leads to one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.storage import FileSystemStorage

LARGEST = 20 * 1024 * 1024
ACCEPTED = "PDF, ODT ou DOCX"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
_MANY_PARTS = 5000
_UNSAFE = re.compile(r"[^\w.\- ’']+")
_MACROS = ("basic/", "scripts/")
_CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".odt": _OPEN_DOCUMENT.decode(),
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class RefusedDeed(ValueError):
    """The file cannot be kept; the text says why in French."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A file that was looked into: a safe name, its real type, its bytes."""

    name: str
    content: bytes
    content_type: str

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """What tells it from any other file."""
        return sha256(self.content).hexdigest()


def deed_storage() -> FileSystemStorage:
    """Where deeds lie, out of reach of any web server."""
    return FileSystemStorage(location=Path(settings.BEFFROI_VAR) / "deeds", base_url=None)


def read_deed(*, name: str, content: bytes) -> Deed:
    """Look into a file sent by a person: size, real type whatever its name says, safe name.

    Raises RefusedDeed.
    """
    if not content:
        raise RefusedDeed("Le fichier est vide.")
    if len(content) > LARGEST:
        raise RefusedDeed(f"Le fichier dépasse {LARGEST // 1024 // 1024}\u00a0Mo.")
    suffix = _real_suffix(content)
    if suffix is None:
        raise RefusedDeed(
            f"Ce fichier n’est pas un document {ACCEPTED} lisible\u202f; "
            "enregistrez-le dans l’un de ces formats."
        )
    return Deed(safe_name(name, suffix), content, _CONTENT_TYPES[suffix])


def content_type_of(name: str) -> str:
    """The type under which a kept deed is sent back."""
    return _CONTENT_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def safe_name(name: str, suffix: str) -> str:
    """A name without folders or odd characters, ending as the real type does."""
    stem = PurePath(name.replace("\\", "/")).name
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    stem = _UNSAFE.sub(" ", stem).strip(" .")
    return f"{' '.join(stem.split())[:80] or 'document'}{suffix}"


def _real_suffix(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return ".pdf"
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _office_suffix(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
        return None


def _office_suffix(archive: zipfile.ZipFile) -> str | None:
    """ODT or DOCX by their own marks; nothing for one that carries macros."""
    parts = {part.filename: part for part in archive.infolist()}
    if len(parts) > _MANY_PARTS or any(map(_is_macro, parts)):
        return None
    mark = parts.get("mimetype")
    if mark and mark.file_size == len(_OPEN_DOCUMENT) and archive.read(mark) == _OPEN_DOCUMENT:
        return ".odt"
    is_word = "[Content_Types].xml" in parts and "word/document.xml" in parts
    return ".docx" if is_word else None


def _is_macro(part: str) -> bool:
    """Word keeps its macros in one part, LibreOffice in folders; case tells nothing there."""
    name = part.replace("\\", "/").lower().lstrip("/")
    return name.endswith("vbaproject.bin") or name.startswith(_MACROS)
