"""The page of the read API, wide and on a phone, in both looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import Axe
from tests.e2e.test_public_pages import sideways_scroll
from tests.e2e.witness import Witness

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_documentation_is_accessible_and_fits(
    width: int, page: Page, site: str, witness: Witness, axe: Axe
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    response = page.goto(f"{site}/api/v1/")
    assert response is not None
    assert response.status == 200
    axe(page)
    assert sideways_scroll(page) == 0
    for summary in page.locator("main summary").all():
        summary.click()
    axe(page)
    assert sideways_scroll(page) == 0
    assert witness.requests


def test_a_developer_comes_from_the_open_data_and_takes_the_document(
    page: Page, site: str, witness: Witness
) -> None:
    page.goto(f"{site}/donnees/")
    page.get_by_role("link", name="API de lecture").click()
    page.get_by_role("heading", level=1, name="API de lecture").wait_for()
    with page.expect_response("**/api/v1/openapi.json") as answered:
        page.get_by_role("link", name="document OpenAPI").click()
    assert answered.value.json()["info"]["title"].startswith("API de lecture")
    assert witness.requests
