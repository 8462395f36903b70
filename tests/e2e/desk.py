"""The door of the desk."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from beffroi.foundations.accounts.models import User


def sign_in(page: Page, site: str, user: User) -> None:
    """Come to the desk's home as one of `people.person`, whoever was signed in before."""
    page.context.clear_cookies()
    page.goto(f"{site}/bureau/login/")
    page.locator("[name=username]").fill(user.email)
    page.locator("[name=password]").fill("x")
    page.locator("form button[type=submit]").click()
    expect(page).to_have_url(f"{site}/bureau/")
