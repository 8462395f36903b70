"""The desk accounts of the demonstration: invented people, one for each role."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import Group
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.actions import Place, grant_mandate
from beffroi.foundations.territories.models import Department, Region

_SINCE = timedelta(days=90)  # long enough to have answered a campaign


@dataclass(frozen=True)
class DeskAccount:
    """Who may sign in, what for, and where: `national`, `dep:22`, `reg:53`, `org:Anah`."""

    email: str
    first_name: str
    last_name: str
    roles: tuple[str, ...]
    purpose: str
    mandate: str = ""


EDITOR = DeskAccount(
    "redaction@beffroi.example", "Élodie", "Exemple", ("Rédaction",), "compose la lettre"
)
DIRECTOR = DeskAccount(
    "direction@beffroi.example",
    "Claire",
    "Démonstration",
    ("Approbation", "Envoi", "Avancement"),
    "approuve, puis envoie\u202f; relit les points d’avancement et les publie",
    "national",
)
DEPUTY = DeskAccount(
    "relecture@beffroi.example", "Denis", "Modèle", ("Approbation",), "approuve en second"
)
OFFICER = DeskAccount(
    "prefecture@beffroi.example",
    "Karima",
    "Fictive",
    ("Registre",),
    "tient le registre des Côtes-d’Armor",
    "dep:22",
)
REGION = DeskAccount(
    "region@beffroi.example",
    "Yann",
    "Imaginé",
    ("Registre",),
    "tient le registre de Bretagne",
    "reg:53",
)
NATIONAL = DeskAccount(
    "national@beffroi.example",
    "Aïcha",
    "Inventée",
    ("Registre", "Campagnes", "Périmètres"),
    "tient tout le registre, ouvre les campagnes, donne les périmètres, prépare les points "
    "d’avancement",
    "national",
)
PARTNER = DeskAccount(
    "partenaire@beffroi.example",
    "Paul",
    "Supposé",
    ("Partenaire",),
    "tient les lignes de l’Anah",
    "org:Anah",
)
ACCOUNTS = (EDITOR, DIRECTOR, DEPUTY, OFFICER, REGION, NATIONAL, PARTNER)


def demonstration_password(folder: Path) -> str:
    """One password for the demonstration's accounts, drawn once and kept in `folder`."""
    path = folder / "mot-de-passe.txt"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"beffroi-{secrets.token_hex(4)}\n")
        path.chmod(0o600)
    return path.read_text().strip()


def open_account(account: DeskAccount, *, password: str) -> User:
    """The account, created where missing, with its roles and this password."""
    user = User.objects.filter(email=account.email).first() or User.objects.create_user(
        account.email,
        first_name=account.first_name,
        last_name=account.last_name,
    )
    if not user.check_password(password):
        user.set_password(password)
        user.save()
    user.groups.set(Group.objects.filter(name__in=account.roles))
    return user


def give_mandate(account: DeskAccount, user: User) -> None:
    """The reach of the account, given once; the geography is there by then."""
    kind, _, name = account.mandate.partition(":")
    if not kind:
        return
    found: dict[str, Place] = {
        "dep": Department.objects.filter(code=name).first(),
        "reg": Region.objects.filter(code=name).first(),
        "org": Organisation.objects.filter(name=name).first(),
    }
    place = found.get(kind)
    if place is not None or kind == "national":
        by = Authorship(at=timezone.now(), reason="démonstration")
        grant_mandate(user=user, place=place, started_on=timezone.localdate() - _SINCE, by=by)
