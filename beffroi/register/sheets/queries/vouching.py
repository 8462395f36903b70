"""When a person last vouched for the sheet of a town, in one query."""

from __future__ import annotations

from django.db.models import CharField, Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.territories.models import Town
from beffroi.foundations.territories.queries import TownFamily
from beffroi.register.campaigns.models import Confirmation
from beffroi.register.campaigns.queries.freshness import TOWN_PATHS, end_of
from beffroi.register.campaigns.rules import Freshness, freshness


def freshness_around(family: TownFamily) -> Freshness:
    """The freshness of the sheet on its day: by an answer to a campaign, or by a change that a
    person signed on one of its rows. What `freshness_of` says of many towns, said of one."""
    over = end_of(family.on)
    standing = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=over)
    answers = Confirmation.objects.filter(
        standing, confirmed_at__lt=over, town_id__in=family.ids
    ).order_by("-confirmed_at")
    acts = AuditEntry.objects.filter(
        _rows_around(family), actor__isnull=False, at__lt=over
    ).order_by("-at")
    row = (
        Town.objects.filter(pk=family.town_id)
        .values_list(Subquery(answers.values("confirmed_at")[:1]), Subquery(acts.values("at")[:1]))
        .first()
    )
    confirmed, changed = row or (None, None)
    return freshness(
        confirmed_on=timezone.localdate(confirmed) if confirmed else None,
        changed_on=timezone.localdate(changed) if changed else None,
        on=family.on,
    )


def _rows_around(family: TownFamily) -> Q:
    wanted = Q(pk__in=[])
    for model, path in TOWN_PATHS.items():
        rows = model._default_manager.filter(**{f"{path}__in": family.ids}).order_by()  # noqa: SLF001
        keys = rows.annotate(text_key=Cast("pk", CharField())).values("text_key")
        wanted |= Q(target_type=model._meta.label_lower, target_key__in=keys)  # noqa: SLF001
    return wanted
