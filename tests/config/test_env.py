"""The environment is read strictly, and every variable is documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.env import VARIABLES, EnvironmentRefused, read_environment, require

DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"


def test_has_a_default_for_everything() -> None:
    assert read_environment({})["BEFFROI_SKIN"] == "dsfr"


def test_reports_all_errors_together() -> None:
    source = {"BEFFROI_SKIN": "rose", "BEFFROI_TRUSTED_PROXY": "peut-être", "BEFFROI_TYPO": "1"}
    with pytest.raises(EnvironmentRefused) as refused:
        read_environment(source)
    for name in source:
        assert name in str(refused.value)


def test_never_reads_false_as_true() -> None:
    assert read_environment({"BEFFROI_TRUSTED_PROXY": "False"})["BEFFROI_TRUSTED_PROXY"] is False


@pytest.mark.parametrize(
    "url", ["mysql://h/b", "postgresql://h", "sqlite", "postgresql:///"], ids=lambda url: url
)
def test_refuses_a_database_it_cannot_use(url: str) -> None:
    with pytest.raises(EnvironmentRefused):
        read_environment({"BEFFROI_DATABASE_URL": url})


def test_reads_an_absolute_sqlite_path() -> None:
    url = read_environment({"BEFFROI_DATABASE_URL": "sqlite:////data/a.sqlite3"})
    assert url["BEFFROI_DATABASE_URL"].name == "/data/a.sqlite3"


def test_reads_escaped_credentials_of_a_relay() -> None:
    url = "smtp+tls://lettre:p%40ss@relais.exemple.fr"
    email = read_environment({"BEFFROI_EMAIL_URL": url})["BEFFROI_EMAIL_URL"]
    assert (email.port, email.password, email.starttls) == (587, "p@ss", True)


def test_hides_passwords_from_traces() -> None:
    source = {"BEFFROI_EMAIL_URL": "smtps://a:secret@relais.exemple.fr"}
    assert "secret" not in repr(read_environment(source)["BEFFROI_EMAIL_URL"])


def test_production_refuses_to_start_without_a_secret() -> None:
    with pytest.raises(EnvironmentRefused, match="BEFFROI_SECRET_KEY"):
        require(read_environment({}), "BEFFROI_SECRET_KEY")


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_variable_is_documented_with_its_default(variable: object) -> None:
    line = next(
        (line for line in DOCUMENTATION.read_text().splitlines() if variable.name in line),  # type: ignore[attr-defined]
        "",
    )
    assert variable.meaning in line  # type: ignore[attr-defined]
    assert (variable.default or "—") in line  # type: ignore[attr-defined]
