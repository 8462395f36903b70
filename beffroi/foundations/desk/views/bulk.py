"""Acts on many rows: choose, say what, see what will change, write, and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from beffroi.foundations.audit.models import AuditEntry

from ..bulk import MOST_ROWS, BulkAct, BulkForm
from ..keys import sent_keys
from ..queries import acts_in_words
from .bounded import Bounded

_LISTED = 200


def _instant(text: str) -> datetime | None:
    """The instant of an act; None where the text tells none, or no zone."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at and at.tzinfo else None


class _BulkPage(Bounded, PermissionCheckedMixin, View):
    """What the two pages share: the act, and the way back to the list."""

    reach_for = "change"
    permission_required = "change"
    model: Any = None

    @property
    def act(self) -> BulkAct:
        """The act named in the address; 404 where the list has none of that name."""
        acts: dict[str, BulkAct] = {act.name: act for act in self.viewset.bulk_acts}
        found = acts.get(self.kwargs["act"])
        if found is None:
            raise Http404
        return found

    @property
    def index(self) -> str:
        """The list."""
        return reverse(self.viewset.get_url_name("index"))

    def page(self, template: str, context: dict[str, Any]) -> HttpResponse:
        """A page of the desk about this act."""
        shared = {
            "act": self.act,
            "back": self.index,
            "page_title": self.act.label,
            "header_title": self.act.label,
            "header_icon": self.viewset.icon,
        }
        return render(self.request, template, shared | context)


class BulkView(_BulkPage):
    """« Choisir », then « Vérifier », then « Écrire » : three answers to one address."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Rows are chosen on the list."""
        return HttpResponseRedirect(self.index)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Take the rows, then go as far as what was entered allows."""
        rows = self.chosen().order_by("pk")
        count = rows.count()
        if not 0 < count <= MOST_ROWS:
            messages.error(request, self._why_none(count))
            return HttpResponseRedirect(self.index)
        step = request.POST.get("etape", "choisir")
        data = None if step == "choisir" else request.POST
        form = self.act.form_class(data, **self.form_options())
        if data is None or not form.is_valid():
            return self._answer(form, count)
        if step == "ecrire" and request.POST.get("nombre") == str(count):
            return self._write(form, rows)
        return self._answer(form, count, changes=self._changes(form, rows))

    def chosen(self) -> QuerySet[Any]:
        """The rows ticked, or all those of the filtered list; never one that is out of reach."""
        if self.request.POST.get("toutes"):
            request = copy(self.request)
            request.GET = QueryDict(self.request.POST.get("requete", ""))
            listed = self.viewset.index_view
            view = listed.view_class(**listed.view_initkwargs)
            view.setup(request)
            return self.reached().filter(pk__in=view.get_queryset().order_by().values("pk"))
        keys = sent_keys(self.request.POST.getlist("ligne"))
        return self.reached().filter(pk__in=keys[: MOST_ROWS + 1])

    @staticmethod
    def _why_none(count: int) -> str:
        if count:
            return f"Au plus {MOST_ROWS} lignes à la fois\u00a0: filtrez davantage."
        return "Aucune ligne choisie que vous puissiez corriger."

    def _changes(self, form: BulkForm, rows: QuerySet[Any]) -> list[tuple[Any, list[Any]]]:
        told = ((row, list(self.act.preview(row, form.cleaned_data))) for row in rows)
        return [(row, differences) for row, differences in told if differences]

    def _answer(
        self, form: BulkForm, count: int, changes: list[tuple[Any, list[Any]]] | None = None
    ) -> HttpResponse:
        post = self.request.POST
        return self.page(
            "desk/bulk.html",
            {
                "form": form,
                "count": count,
                "keys": [] if post.get("toutes") else post.getlist("ligne"),
                "takes_all": bool(post.get("toutes")),
                "query": post.get("requete", ""),
                "is_checking": changes is not None,
                "changes": (changes or [])[:_LISTED],
                "change_count": len(changes or []),
                "unlisted": max(0, len(changes or []) - _LISTED),
            },
        )

    def _write(self, form: BulkForm, rows: QuerySet[Any]) -> HttpResponse:
        by = self.authorship(form.cleaned_data["reason"])
        try:
            with transaction.atomic():
                keys = list(rows.values_list("pk", flat=True))
                held = list(self.model._base_manager.select_for_update().filter(pk__in=keys))  # noqa: SLF001
                touched = [row for row in held if list(self.act.preview(row, form.cleaned_data))]
                self.act.write(touched, form.cleaned_data, by)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self._answer(form, len(held))
        self._tell(len(touched), by.at)
        return HttpResponseRedirect(self.index)

    def _tell(self, count: int, at: datetime) -> None:
        buttons = []
        if self.act.undo and count:
            name = self.viewset.get_url_name("bulk_undo")
            url = f"{reverse(name, args=[self.act.name])}?le={at.isoformat().replace('+', '%2B')}"
            buttons = [messages.button(url, "Revenir en arrière")]
        words = f"{count} lignes changées" if count > 1 else f"{count} ligne changée"
        messages.success(self.request, f"{self.act.label}\u00a0: {words}.", buttons=buttons)


class BulkUndoView(_BulkPage):
    """« Revenir en arrière » : rows that nobody touched since come back to what they said."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Tell what would come back."""
        entries = self._entries()
        context = {"acts": acts_in_words(entries)[:_LISTED], "count": len(entries)}
        return self.page("desk/bulk_undo.html", context | {"at": request.GET.get("le", "")})

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Bring back."""
        with transaction.atomic():
            pairs = self._rows(self._entries())
            if pairs and self.act.undo:
                self.act.undo(pairs, self.authorship(f"Retour sur\u00a0: {self.act.label}"))
        messages.success(request, f"{len(pairs)} lignes revenues à ce qu’elles disaient.")
        return HttpResponseRedirect(self.index)

    def _entries(self) -> list[AuditEntry]:
        """What this person changed at that instant by this act, and nobody has touched since."""
        at = _instant(self.request.POST.get("le") or self.request.GET.get("le") or "")
        if at is None or self.act.undo is None:
            raise Http404
        label = self.model._meta.label_lower  # noqa: SLF001
        kept = {"verb": self.act.verb, "target_type": label, "at": at}
        mine = AuditEntry.objects.filter(actor=self.request.user, **kept)
        return [entry for entry in mine if not self._touched_since(entry)]

    @staticmethod
    def _touched_since(entry: AuditEntry) -> bool:
        later = AuditEntry.objects.filter(
            target_type=entry.target_type, target_key=entry.target_key, pk__gt=entry.pk
        )
        return later.exists()

    def _rows(self, entries: Sequence[AuditEntry]) -> list[tuple[Any, dict[str, Any]]]:
        """The rows still within reach, each with its old values, held until the end."""
        old = {
            int(entry.target_key): {name: pair[0] for name, pair in entry.changes.items()}
            for entry in entries
        }
        reached = list(self.reached().filter(pk__in=old).values_list("pk", flat=True))
        held = self.model._base_manager.select_for_update().filter(pk__in=reached)  # noqa: SLF001
        return [(row, old[row.pk]) for row in held]
