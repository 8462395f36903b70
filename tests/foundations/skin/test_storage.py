"""Static files as a server gathers them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from dsfr.checksums import INTEGRITY_CSS, INTEGRITY_JS_MODULE
from dsfr.constants import DsfrStaticAssets

from beffroi.foundations.skin.storage import SkinStaticFilesStorage

OURS = "skin/neutral.css"
SEALED = {
    DsfrStaticAssets.DSFR_CSS: INTEGRITY_CSS,
    DsfrStaticAssets.DSFR_MODULE_JS: INTEGRITY_JS_MODULE,
}


@pytest.fixture
def storage(tmp_path: Path) -> SkinStaticFilesStorage:
    """A folder where three files were gathered."""
    gathered = SkinStaticFilesStorage(location=tmp_path, base_url="/static/")
    paths = {}
    for name in (OURS, *SEALED):
        source = Path(str(finders.find(name)))
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(source.read_bytes())
        paths[name] = (gathered, name)
    problems = [done for _, _, done in gathered.post_process(paths) if isinstance(done, Exception)]
    assert not problems
    return gathered


@pytest.mark.parametrize("name", SEALED)
def test_a_sealed_file_keeps_the_bytes_its_pages_announce(
    name: str, storage: SkinStaticFilesStorage
) -> None:
    served = storage.url(name)
    assert served == f"/static/{name}"
    content = Path(storage.path(name)).read_bytes()
    algorithm, _, announced = SEALED[name].partition("-")
    assert b64encode(hashlib.new(algorithm, content).digest()).decode() == announced
    assert Path(storage.path(f"{name}.gz")).exists()


def test_our_own_files_are_named_after_their_content(storage: SkinStaticFilesStorage) -> None:
    served = storage.url(OURS)
    assert served != f"/static/{OURS}"
    assert Path(storage.path(served.removeprefix("/static/"))).exists()
