"""axe-core, run inside the page as it is served, its security policy in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A message that fades in is judged as it ends; Wagtail's badges beat for longer than one waits.
SETTLE = """() => {
  for (const one of document.getAnimations()) {
    if (one.effect && Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
  }
}"""
RUN = "async (rules) => await axe.run(document, {runOnly: {type: 'tag', values: rules}})"


class Axe:
    """Finds no fault with a page, or says which."""

    def __call__(self, page: Page) -> None:
        """Assert that the page breaks none of the rules."""
        settle(page)
        # The debugger's channel is not bound by the page's policy, so that nothing is loosened.
        page.evaluate(SOURCE.read_text(encoding="utf-8"))
        found = page.evaluate(RUN, RULES)
        assert found["passes"], "axe n'a rien examiné"
        assert not found["violations"], _readable(page.url, found["violations"])


def settle(page: Page) -> None:
    """Wait until the page has come whole, and end what fades or slides."""
    page.wait_for_load_state("load")
    page.evaluate(SETTLE)


def _readable(url: str, violations: list[dict[str, Any]]) -> str:
    lines = [f"{len(violations)} règle(s) enfreinte(s) sur {url}"]
    for violation in violations:
        lines.append(f"- {violation['id']} ({violation['impact']}) : {violation['help']}")
        for node in violation["nodes"][:5]:
            lines.append(f"    {node['html'][:200]}")
            lines.append(f"    {node['failureSummary']}".replace("\n", "\n    "))
    return "\n".join(lines)
