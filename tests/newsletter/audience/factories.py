"""Readers for the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Permission
from factory.declarations import LazyAttribute, Sequence, Trait
from factory.django import DjangoModelFactory

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.audience.models import Subscriber, Suppression
from beffroi.newsletter.audience.tokens import hash_address

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


class SubscriberFactory(DjangoModelFactory[Subscriber]):
    """A confirmed reader; traits for the other states."""

    class Meta:
        model = Subscriber

    email = Sequence(lambda number: f"lectrice.{number}@mairie.example")
    address_key = LazyAttribute(lambda reader: reader.email.lower())
    address_hash = LazyAttribute(lambda reader: hash_address(reader.address_key))
    confirmed_at = NOON

    class Params:
        pending = Trait(asked_at=NOON, confirmed_at=None)
        withdrawn = Trait(withdrawn_at=NOON)


class SuppressionFactory(DjangoModelFactory[Suppression]):
    """A suppressed address, given as `address`."""

    class Meta:
        model = Suppression
        exclude = ("address",)

    address = "partie@mairie.example"
    address_hash = LazyAttribute(lambda row: hash_address(row.address))
    reason = "unsubscribed"
    at = NOON


def make_subscriber(**fields: Any) -> Subscriber:
    """A confirmed reader; `pending=True` or `withdrawn=True` for the other states."""
    return SubscriberFactory.create(**fields)


def make_suppression(**fields: Any) -> Suppression:
    """A suppressed address."""
    return SuppressionFactory.create(**fields)


def make_user(*codenames: str, **fields: Any) -> User:
    """A desk account with some rights of this room."""
    user = User.objects.create_user(f"desk{User.objects.count()}@beffroi.example", "x", **fields)
    rights = Permission.objects.filter(codename__in=["access_admin", *codenames])
    user.user_permissions.set(rights)
    return user
