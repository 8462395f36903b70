from __future__ import annotations

from wagtail import hooks

from .desk import OrganisationViewSet, organisations


@hooks.register("register_admin_viewset")
def directory_of_organisations() -> OrganisationViewSet:
    return organisations
