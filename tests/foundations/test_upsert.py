from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.upsert import Change, Written, upsert

pytestmark = pytest.mark.django_db


def bring(*rows: tuple[str, str]) -> list[Written[Organisation]]:
    wanted = [Organisation(name=name, siren=siren) for name, siren in rows]
    return upsert(Organisation.objects.all(), wanted, key=["name"], fields=["siren"])


def test_says_what_became_of_each_row_in_order() -> None:
    bring(("A", "000000001"), ("B", "000000002"))
    written = bring(("C", "000000003"), ("B", "000000002"), ("A", "000000004"))
    assert [item.change for item in written] == [
        Change.CREATED,
        Change.UNCHANGED,
        Change.UPDATED,
    ]
    assert Organisation.objects.get(name="A").siren == "000000004"
    assert all(item.row.pk for item in written)


def test_writes_nothing_that_is_already_so() -> None:
    rows = [(f"O{number}", f"{number:09}") for number in range(5)]
    bring(*rows)
    with CaptureQueriesContext(connection) as queries:
        bring(*rows)
    assert len(queries) == 1


def test_reads_many_rows_in_one_query_and_writes_in_batches() -> None:
    with CaptureQueriesContext(connection) as queries:
        bring(*((f"O{number}", f"{number:09}") for number in range(1000)))
    assert len(queries) <= 12


def test_refuses_a_key_that_comes_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        bring(("A", ""), ("A", "000000001"))
