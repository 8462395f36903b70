"""What this room adds to the desk."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import register_permission_policy

from .desk import ReadOnlyPolicy, SubscriberViewSet
from .models import Subscriber

register_permission_policy(Subscriber, ReadOnlyPolicy(Subscriber))


@hooks.register("register_admin_viewset")
def register_subscribers() -> ViewSet:
    """The list of readers."""
    return SubscriberViewSet("subscriber")


@hooks.register("register_permissions")
def register_rights() -> QuerySet[Permission]:
    """The three rights, as the groups' page offers them."""
    return Permission.objects.filter(
        content_type__app_label="audience",
        codename__in=["view_subscriber", "withdraw_subscriber", "lift_suppression"],
    )
