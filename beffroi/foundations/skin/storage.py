"""Gathered static files: named after their content, the State design system's byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_SEALED = "dsfr/"


class SkinStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Leaves alone the files whose pages state their hash (subresource integrity).

    The manifest storage rewrites the addresses inside style sheets, and the browser would then
    refuse them. Everything under `dsfr/` keeps its name and its bytes.
    """

    def post_process(
        self, paths: dict[str, Any], **options: Any
    ) -> Iterator[tuple[str, str, bool | Exception]]:
        """Hash, rewrite and compress the other files; only compress the sealed ones."""
        sealed = {name for name in paths if name.startswith(_SEALED)}
        ours = {name: place for name, place in paths.items() if name not in sealed}
        yield from super().post_process(ours, **options)
        if not options.get("dry_run"):
            for name, compressed in self.compress_files(sealed):
                yield name, compressed, True

    def stored_name(self, name: str) -> str:
        """The name of the gathered file: a sealed one keeps its own."""
        return name if name.startswith(_SEALED) else str(super().stored_name(name))
