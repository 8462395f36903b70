"""The desk accounts of the demonstration: invented people, one for each role."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group

from beffroi.foundations.accounts.models import User


@dataclass(frozen=True)
class DeskAccount:
    """Who may sign in, and what for."""

    email: str
    first_name: str
    last_name: str
    roles: tuple[str, ...]
    purpose: str


EDITOR = DeskAccount(
    "redaction@beffroi.example", "Élodie", "Exemple", ("Rédaction",), "compose la lettre"
)
DIRECTOR = DeskAccount(
    "direction@beffroi.example",
    "Claire",
    "Démonstration",
    ("Approbation", "Envoi"),
    "approuve, puis envoie",
)
DEPUTY = DeskAccount(
    "relecture@beffroi.example", "Denis", "Modèle", ("Approbation",), "approuve en second"
)
OFFICER = DeskAccount(
    "prefecture@beffroi.example", "Karima", "Fictive", ("Registre",), "tient le registre"
)
ACCOUNTS = (EDITOR, DIRECTOR, DEPUTY, OFFICER)


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
