"""Lays the first pages: home, letter, legal pages. Wagtail's welcome page goes.

Historical models know nothing of the tree, hence the paths and depths written by hand.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from beffroi.website.migrations import _first_texts as texts

ROOT_PATH = "0001"
PAGES = (
    ("issues", "NewsletterPage", "lettre", texts.NEWSLETTER),
    ("website", "TextPage", "mentions-legales", texts.LEGAL_NOTICE),
    ("website", "TextPage", "donnees-personnelles", texts.PERSONAL_DATA),
    ("website", "TextPage", "accessibilite", texts.ACCESSIBILITY),
    ("website", "SiteMapPage", "plan-du-site", texts.SITE_MAP),
)


def lay_first_pages(apps: Any, schema_editor: Any) -> None:
    """Make the tree of a new site; a site that already has pages of its own is left alone."""
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page")
    if Page.objects.filter(depth__gte=2).exclude(pk__in=welcome).exists():
        return
    Site.objects.filter(root_page__in=welcome).delete()
    welcome.delete()
    home = _page(apps, "website", "HomePage", texts.HOME, f"{ROOT_PATH}0001", "/", "accueil", len(PAGES))
    for place, (app, model, slug, words) in enumerate(PAGES, start=1):
        _page(apps, app, model, words, f"{home.path}{place:04}", home.url_path, slug)
    Page.objects.filter(path=ROOT_PATH).update(numchild=1)
    _site(Site, home)


def _page(apps, app, model, words, path, above, slug, children=0) -> Any:
    content_types = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = content_types.get_or_create(app_label=app, model=model.lower())
    locale, _ = apps.get_model("wagtailcore", "Locale").objects.get_or_create(
        language_code=settings.LANGUAGE_CODE
    )
    now = timezone.now()
    return apps.get_model(app, model).objects.create(
        **words,
        draft_title=words["title"],
        slug=slug,
        content_type=kind,
        locale=locale,
        path=path,
        depth=len(path) // 4,
        numchild=children,
        url_path=f"{above}{slug}/",
        live=True,
        first_published_at=now,
        last_published_at=now,
    )


def _site(Site: Any, home: Any) -> None:
    address = urlsplit(settings.BEFFROI_SITE_URL)
    Site.objects.create(
        hostname=address.hostname,
        port=address.port or (443 if address.scheme == "https" else 80),
        site_name=texts.NEWSLETTER["sender_name"],
        # The model of a migration asks for the row as the base page, not as the home page.
        root_page_id=home.pk,
        is_default_site=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0001_initial"),
        ("issues", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(lay_first_pages, migrations.RunPython.noop)]
