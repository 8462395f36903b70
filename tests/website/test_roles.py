"""Roles give what the work asks, and nothing by default."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupPagePermission

from beffroi.foundations.accounts.models import User

pytestmark = pytest.mark.django_db


def person(*roles: str) -> User:
    user = User.objects.create_user("personne@beffroi.example", "un mot de passe")
    user.groups.set(Group.objects.filter(name__in=roles))
    assert user.groups.count() == len(roles)
    return user


def test_keeps_an_account_without_a_role_off_the_desk(client: Client) -> None:
    client.force_login(person())
    assert client.get("/bureau/").status_code in {302, 403}


def test_lets_an_approver_approve_but_not_send() -> None:
    user = person("Approbation")
    assert user.has_perm("issues.approve_issue")
    assert not user.has_perm("issues.deliver_issue")


def test_lets_an_editor_write_but_not_publish() -> None:
    rights = GroupPagePermission.objects.filter(group__in=person("Rédaction").groups.all())
    verbs = set(rights.values_list("permission__codename", flat=True))
    assert verbs == {"add_page", "change_page"}


def test_leaves_no_group_that_may_edit_the_whole_site() -> None:
    assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()
