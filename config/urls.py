"""Every address of the site. Rooms bring their own; the desk and the pages come last."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("bureau/", include(wagtailadmin_urls)),
    path("", include("beffroi.website.urls")),
    path("", include("beffroi.website.places.urls")),
    path("point-d-avancement/", include("beffroi.progress.urls")),
    path("donnees/", include("beffroi.api.opendata.urls")),
    path("api/v1/", include("beffroi.api.v1.urls")),
    path("documents/", include(wagtaildocs_urls)),
    # Renditions only: what was uploaded is never served as it came, documents go by Wagtail's door.
    # One name in one folder: no path leads out of it, no name is longer than a disk takes.
    re_path(
        r"^media/images/(?P<path>[A-Za-z0-9_.-]{1,255})$",
        serve,
        {"document_root": settings.MEDIA_ROOT / "images"},
    ),
    path("lettre/", include("beffroi.newsletter.audience.urls")),
    path("demo/", include("beffroi.demo.urls")),
    path("", include(wagtail_urls)),
]
