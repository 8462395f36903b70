"""What Wagtail loads of this room."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from .desk import MailingViewSet


@hooks.register("register_admin_viewset")
def register_mailings() -> MailingViewSet:
    """Add the mailings to the desk."""
    return MailingViewSet()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Offer the right to read mailings when a group is edited."""
    return Permission.objects.filter(content_type__app_label="delivery", codename="view_mailing")
