"""Addresses at the root of the site that are not pages."""

from django.urls import path
from wagtail.contrib.sitemaps import Sitemap as PageSitemap
from wagtail.contrib.sitemaps.views import sitemap

from beffroi.website import views
from beffroi.website.places.sitemaps import PlacesSitemap

app_name = "website"
urlpatterns = [
    path(
        "sitemap.xml",
        sitemap,
        {"sitemaps": {"pages": PageSitemap, "places": PlacesSitemap()}},
        name="sitemap",
    ),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_text, name="security_text"),
    path("favicon.ico", views.favicon, name="favicon"),
]
