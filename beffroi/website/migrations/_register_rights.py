"""The models of the register, and what each role may do to them. The mandates say where."""

from __future__ import annotations

# App → models. A new model of the register is added here; a test tells when one is missing.
REGISTER = {
    "membership": (
        "programme",
        "towngroup",
        "designation",
        "projectmanagerpost",
        "servedtown",
        "postholder",
        "postvacancy",
        "postfunding",
    ),
    "agreements": ("agreement", "amendment", "coverage", "party", "agreementdocument"),
    "support": ("plannedcommitment", "realisedcommitment", "moneystep", "expertisemission"),
    "calls": ("call", "edition", "brownfieldproject"),
    "events": ("meeting", "attendance"),
}
PARTNER = {
    "support": ("plannedcommitment", "realisedcommitment", "moneystep", "expertisemission"),
}
VERBS = {"add": "Peut ajouter", "change": "Peut corriger", "view": "Peut lire"}
DESK = ("wagtailadmin", "admin", "access_admin")
JOURNAL = ("audit", "auditentry", "view_auditentry")
FIGURES = ("progress", "snapshot", "view_snapshot")
ORGANISATIONS = ("directory", "organisation", "view_organisation")

Right = tuple[str, str, str]


def rights_on(models: dict[str, tuple[str, ...]], *verbs: str) -> tuple[Right, ...]:
    """App, model and codename of each verb on each model."""
    return tuple(
        (app, model, f"{verb}_{model}")
        for app, names in models.items()
        for model in names
        for verb in verbs
    )


ROLES: dict[str, tuple[Right, ...]] = {
    "Registre": (*rights_on(REGISTER, "add", "change", "view"), JOURNAL),
    "Partenaire": (DESK, FIGURES, *rights_on(PARTNER, "add", "change", "view"), JOURNAL),
    "Lecture": (DESK, FIGURES, ORGANISATIONS, *rights_on(REGISTER, "view"), JOURNAL),
    "Périmètres": (DESK, *rights_on({"mandates": ("mandate",)}, "add", "change", "view"), JOURNAL),
}
