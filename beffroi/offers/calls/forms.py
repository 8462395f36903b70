"""What is entered at the desk about calls and their laureates."""

from __future__ import annotations

from typing import Any

from django import forms

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.fields import TownField
from beffroi.foundations.desk.forms import RegisterForm
from beffroi.offers.calls.actions import (
    BrownfieldRecord,
    award_brownfield,
    open_edition,
    record_call,
)
from beffroi.offers.calls.models import BrownfieldProject, Call, Edition
from beffroi.offers.calls.rules import BROWNFIELD_FUND


class BrownfieldCorrection(RegisterForm):
    """What may be corrected of a laureate: everything but its key."""

    town = TownField()
    edition = forms.ModelChoiceField(
        label="Édition",
        queryset=Edition.objects.filter(call__code=BROWNFIELD_FUND)
        .select_related("call")
        .order_by("number"),
    )

    class Meta:
        model = BrownfieldProject
        fields = ["edition", "town", "decided_on", "area_m2", "housing_m2", "social_percent"]

    def write(self, *, by: Authorship) -> BrownfieldProject:
        """Record the laureate."""
        row: BrownfieldProject = self.instance
        record = BrownfieldRecord(
            reference=row.reference,
            edition=row.edition.number,
            town_id=row.town_id,
            decided_on=row.decided_on,
            area_m2=row.area_m2,
            housing_m2=row.housing_m2,
            social_percent=row.social_percent,
        )
        return award_brownfield(record=record, by=by)


class BrownfieldForm(BrownfieldCorrection):
    """A new laureate."""

    class Meta(BrownfieldCorrection.Meta):
        fields = ["reference", *BrownfieldCorrection.Meta.fields]


class CallCorrection(RegisterForm):
    """The name of a call; its code is its key."""

    class Meta:
        model = Call
        fields = ["name"]

    def write(self, *, by: Authorship) -> Call:
        """Record the call."""
        return record_call(code=self.instance.code, name=self.cleaned_data["name"], by=by)


class CallForm(CallCorrection):
    """A new call."""

    class Meta(CallCorrection.Meta):
        fields = ["code", "name"]


class EditionForm(RegisterForm):
    """A new edition; nothing of it is ever corrected."""

    class Meta:
        model = Edition
        fields = ["call", "number"]

    def write(self, *, by: Authorship) -> Edition:
        """Open it."""
        entered: dict[str, Any] = self.cleaned_data
        return open_edition(call=entered["call"], number=entered["number"], by=by)
