"""What this room adds to the desk."""

from __future__ import annotations

from django.contrib import messages
from django.db import DEFAULT_DB_ALIAS
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks

from .models import User


@hooks.register("before_delete_user")
def keep_those_who_acted(request: HttpRequest, user: User) -> HttpResponse | None:
    """An account that approved, sent or changed something stays: the trail names it."""
    try:
        Collector(using=DEFAULT_DB_ALIAS).collect([user])
    except ProtectedError:
        messages.error(
            request,
            f"{user} a signé des actes : son compte ne peut pas être supprimé. "
            "Désactivez-le plutôt.",
        )
        return redirect("wagtailusers_users:edit", user.pk)
    return None
