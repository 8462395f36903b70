"""The environment, read once. No other module touches `os.environ`.

Every variable is declared below with its default and its meaning; `docs/configuration.md` is
tested against this list. All the malformed values are reported together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


class EnvironmentRefused(Exception):
    """One or more variables are malformed or missing; the text names each of them."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: how it is read and what it means."""

    name: str
    parse: Callable[[str], Any]
    default: str
    meaning: str


def _text(value: str) -> str:
    return value


def _boolean(value: str) -> bool:
    """Accept only the words below, so that "False" is never read as true."""
    words = {"1": True, "true": True, "oui": True, "0": False, "false": False, "non": False}
    try:
        return words[value.strip().lower()]
    except KeyError:
        raise ValueError("attendu : true ou false") from None


def _words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def _path(value: str) -> Path:
    return (ROOT / value).resolve()


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError("attendu : un entier positif")
    return number


def _choice(*allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"attendu : {' ou '.join(allowed)}")
        return value

    return parse


def _site_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("attendu : une adresse complète, par exemple https://lettre.exemple.fr")
    return value.rstrip("/")


@dataclass(frozen=True)
class DatabaseUrl:
    """Where the data live: `sqlite:///path` or `postgresql://user:password@host:port/name`."""

    engine: str
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""


def _database_url(value: str) -> DatabaseUrl:
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return DatabaseUrl("sqlite", str(_path(unquote(parts.path.removeprefix("/")))))
    if parts.scheme in {"postgresql", "postgres"}:
        name = unquote(parts.path.removeprefix("/"))
        if not name:
            raise ValueError("il manque le nom de la base après le dernier « / »")
        return DatabaseUrl(
            "postgresql",
            name,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            unquote(parts.hostname or ""),
            str(parts.port or ""),
        )
    raise ValueError("attendu : sqlite:///chemin ou postgresql://compte@hôte:port/base")


@dataclass(frozen=True)
class EmailUrl:
    """The outgoing relay: `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://`."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    starttls: bool = False
    tls: bool = False


def _email_url(value: str) -> EmailUrl:
    parts = urlsplit(value)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError("attendu : smtp://hôte:port, smtp+tls://… ou smtps://…")
    return EmailUrl(
        parts.hostname,
        parts.port or ports[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


def _mailbox(value: str) -> str:
    """`Name <address>` as a header may carry it: one line, one address."""
    address = parseaddr(value)[1]
    local, _, domain = address.rpartition("@")
    if not value.isprintable() or not address.isascii() or not local or not domain:
        raise ValueError("attendu : Nom <adresse@domaine.fr>")
    return value.strip()


VARIABLES = (
    Variable(
        "BEFFROI_SECRET_KEY",
        _text,
        "",
        "Clé secrète qui signe les sessions et les liens des lettres, obligatoire en production. "
        "La changer invalide les liens de désinscription déjà envoyés.",
    ),
    Variable(
        "BEFFROI_DATABASE_URL",
        _database_url,
        "sqlite:///var/beffroi.sqlite3",
        "Base de données : `sqlite:///chemin` ou `postgresql://compte:mot@hôte:port/base`.",
    ),
    Variable(
        "BEFFROI_EMAIL_URL",
        _email_url,
        "smtp://127.0.0.1:8025",
        "Relais de courrier sortant : `smtp://`, `smtp+tls://` ou `smtps://`. Par défaut, la boîte "
        "locale de la démonstration.",
    ),
    Variable(
        "BEFFROI_MAIL_FROM",
        _mailbox,
        "Petites villes de demain <lettre@beffroi.localhost>",
        "Expéditeur des courriels de confirmation : `Nom <adresse>`. C'est aussi l'adresse de "
        "contact que donnent les pages d'inscription et de désinscription.",
    ),
    Variable(
        "BEFFROI_SITE_URL",
        _site_url,
        "http://127.0.0.1:8000",
        "Adresse publique du site ; tous les liens des lettres en partent.",
    ),
    Variable(
        "BEFFROI_ALLOWED_HOSTS",
        _words,
        "",
        "Autres noms d'hôte acceptés, séparés par des virgules ; celui du site l'est toujours.",
    ),
    Variable(
        "BEFFROI_SKIN",
        _choice("dsfr", "neutral"),
        "dsfr",
        "Habillage : `dsfr` (système de design de l'État, réservé aux sites autorisés) ou "
        "`neutral`.",
    ),
    Variable(
        "BEFFROI_DEMONSTRATION",
        _boolean,
        "false",
        "Vrai pour dire en tête de chaque page que le programme est inventé et les données "
        "fictives.",
    ),
    Variable(
        "BEFFROI_VAR",
        _path,
        "var",
        "Dossier des données locales : médias, fichiers statiques rassemblés, démonstration.",
    ),
    Variable(
        "BEFFROI_COG_PATH",
        _path,
        "node_modules",
        "Dossier qui contient les paquets de la géographie officielle (`cog-2022`, `cog-2026`…).",
    ),
    Variable(
        "BEFFROI_TRUSTED_PROXY",
        _boolean,
        "false",
        "Vrai si un mandataire inverse termine TLS et pose les en-têtes `X-Forwarded-Proto` et "
        "`X-Forwarded-For`.",
    ),
    Variable(
        "BEFFROI_API_REQUESTS_PER_MINUTE",
        _positive,
        "120",
        "Nombre de demandes par minute que l'API accepte d'une même adresse, compté par chaque "
        "processus du serveur.",
    ),
    Variable(
        "BEFFROI_DELIVERY_RETRY_HOURS",
        _positive,
        "48",
        "Durée, en heures, pendant laquelle un refus temporaire est retenté avant expiration.",
    ),
)


@dataclass(frozen=True)
class Environment:
    """The values of every declared variable, by attribute: `environment["BEFFROI_SKIN"]`."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def read_environment(source: Mapping[str, str] | None = None) -> Environment:
    """Read and check every variable.

    Raises EnvironmentRefused with one line per malformed or unknown variable.
    """
    source = os.environ if source is None else source
    values: dict[str, Any] = {}
    errors = []
    for variable in VARIABLES:
        raw = source.get(variable.name) or variable.default
        try:
            values[variable.name] = variable.parse(raw)
        except ValueError as error:
            errors.append(f"{variable.name} : {error}")
    known = {variable.name for variable in VARIABLES}
    errors += [
        f"{name} : variable inconnue (voir docs/configuration.md)"
        for name in source
        if name.startswith("BEFFROI_") and name not in known
    ]
    if errors:
        raise EnvironmentRefused("Configuration refusée :\n  " + "\n  ".join(errors))
    return Environment(values)


def require(environment: Environment, *names: str) -> None:
    """Raise EnvironmentRefused, naming each of the given variables that is empty."""
    meanings = {variable.name: variable.meaning for variable in VARIABLES}
    missing = [name for name in names if not environment[name]]
    if missing:
        lines = [f"{name} : valeur obligatoire. {meanings[name]}" for name in missing]
        raise EnvironmentRefused("Configuration refusée :\n  " + "\n  ".join(lines))
