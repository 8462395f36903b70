"""A citizen opens a figure down to its rows, with a keyboard only, without scripts."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Response, expect

from beffroi.progress.models import Snapshot
from tests.e2e.axe import Axe
from tests.e2e.test_public_pages import sideways_scroll
from tests.e2e.witness import Witness
from tests.foundations.territories.factories import make_region, make_town
from tests.progress.factories import DAY, cover, designate, make_commitment, publish_report
from tests.progress.pages.published import long_report, publish

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FIRST_VIEW_BYTES = 250_000
# The State design system weighs 285 kB by itself on any page, and may not be cut: the limit is for
# the rest. The neutral look has nothing of it, so that there the limit is for the whole.
SEALED = "/static/dsfr/"
# What a server compresses once for all when it gathers its files (`skin/storage.py`).
COMPRESSED = ("text/css", "text/javascript", "image/svg+xml")


@pytest.fixture
def register() -> Snapshot:
    """Three towns of two départements, two of them under a framework agreement; frozen, public."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    towns = [make_town("22050", name="Dinan"), make_town("22113", name="Lannion")]
    alone = make_town("29022", name="Châteaulin")
    designate(*towns, alone)
    cover(*towns, alone)
    cover(*towns, kind="framework")
    make_commitment(town=alone)
    return publish_report(as_of=DAY, frozen_at=timezone.now())


@pytest.fixture
def bare_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, base_url=site, locale="fr-FR")
    yield context.new_page()
    context.close()


def follow(page: Page, name: str) -> None:
    """Reach a link with the Tab key and open it, as one does without a mouse."""
    link = page.locator("main").get_by_role("link", name=name).first
    for _ in range(300):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"le clavier n’atteint pas « {name} »")


@pytest.mark.usefixtures("register", "look")
def test_from_the_home_page_to_the_rows_with_a_keyboard_and_no_script(bare_page: Page) -> None:
    bare_page.goto("/")
    follow(bare_page, "Lire tout le point d’avancement")
    expect(bare_page.get_by_role("heading", level=1)).to_contain_text("Point d’avancement au 23")
    follow(bare_page, "Voir les 2 communes : Communes couvertes par une convention-cadre")
    expect(bare_page.get_by_role("heading", level=1)).to_contain_text("convention-cadre")
    rows = bare_page.locator("#toutes-les-lignes").locator("xpath=ancestor::table")
    expect(rows.get_by_role("link")).to_have_text(["Dinan", "Lannion"])
    with bare_page.expect_download() as download:
        follow(bare_page, "Télécharger toutes les lignes (CSV)")
    kept = download.value.path().read_text().splitlines()
    assert [line.split(";")[1] for line in kept[1:]] == ["Dinan", "Lannion"]


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/point-d-avancement/", 200),
        ("/point-d-avancement/2022-09-23-national-r1/", 200),
        ("/point-d-avancement/2022-09-23-national-r1/framework_towns/", 200),
        ("/point-d-avancement/2022-09-23-national-r1/realised_amount/?q=zzz", 200),
        ("/point-d-avancement/a-la-date/", 200),
        ("/point-d-avancement/a-la-date/?au=2022-09-23&territoire=dep:22", 200),
        ("/point-d-avancement/a-la-date/?au=2022-09-23&q=in", 200),
        ("/point-d-avancement/a-la-date/framework_towns/?au=2022-09-23&territoire=dep:22", 200),
        ("/point-d-avancement/a-la-date/?au=hier", 400),
        ("/point-d-avancement/a-la-date/?au=2022-09-23&territoire=dep:99", 404),
    ],
)
def test_every_page_of_figures_is_accessible(
    path: str, status: int, width: int, page: Page, site: str, register: Snapshot,
    witness: Witness, axe: Axe,
) -> None:  # fmt: skip
    assert register.pk
    witness.expects("Failed to load resource")
    page.set_viewport_size({"width": width, "height": 900})
    response = page.goto(site + path)
    assert response is not None
    assert response.status == status
    for fold in page.locator("main details").all():
        fold.evaluate("fold => fold.open = true")
    axe(page)
    assert sideways_scroll(page) == 0


def test_the_longest_report_is_accessible_and_weighs_little(
    page: Page, site: str, look: str, axe: Axe
) -> None:
    answers: list[Response] = []

    def keep(response: Response) -> None:
        answers.append(response)

    page.on("response", keep)
    page.goto(site + publish(long_report()).get_absolute_url(), wait_until="networkidle")
    weight = sum(bytes_of(answer) for answer in answers if SEALED not in answer.url)
    axe(page)
    assert weight <= FIRST_VIEW_BYTES, (look, weight, sorted(map(described, answers)))
    for fold in page.locator("main details").all():
        fold.evaluate("fold => fold.open = true")
    assert sideways_scroll(page) == 0


def bytes_of(response: Response) -> int:
    """What a response weighs on the wire from a server that gathered its static files."""
    sizes = response.request.sizes()
    whole = sizes["responseHeadersSize"] + sizes["responseBodySize"]
    kind = response.headers.get("content-type", "").partition(";")[0]
    if "/static/" in response.url and kind in COMPRESSED:
        return min(whole, len(gzip.compress(response.body())) + sizes["responseHeadersSize"])
    return whole


def described(response: Response) -> tuple[int, str]:
    """For who reads why the page is heavy."""
    return bytes_of(response), response.url
