"""Addresses at the root of the site that are not pages."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from beffroi.website import views

app_name = "website"
urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_text, name="security_text"),
    path("favicon.ico", views.favicon, name="favicon"),
]
