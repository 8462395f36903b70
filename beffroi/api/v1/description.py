"""The API described for programs: the OpenAPI document, whole, in French."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.conf import settings

from beffroi.api.opendata.catalogue import LICENCE
from beffroi.foundations.skin.identity import site_identity

from .interface import api
from .problems import MEDIA_TYPE
from .written import ROOT

DESCRIPTION = (
    "Les communes, les conventions et les chiffres du programme, en lecture seule, sans clé ni "
    "compte. Les réponses sont en JSON et ne contiennent aucune donnée personnelle."
)
_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "description": "Un refus, selon la norme RFC\u00a09457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT | {"description": "Nature du refus."},
        "status": {"type": "integer", "description": "Code HTTP de la réponse."},
        "detail": _TEXT | {"description": "Motif, en une phrase."},
        "parameters": {
            "type": "array",
            "items": _TEXT,
            "description": "Paramètres dont la valeur est refusée.",
        },
        "allowed": {
            "type": "array",
            "items": _TEXT,
            "description": "Paramètres acceptés à cette adresse.",
        },
        "successors": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/TownName"},
            "description": "Communes qui continuent celle qui est demandée.",
        },
    },
}
REFUSALS = {
    "400": ("Refused", "Demande refusée", "Date refusée\u00a0: écrivez-la AAAA-MM-JJ."),
    "404": ("Missing", "Introuvable", "Aucune commune ne porte le code «\u00a099999\u00a0»."),
    "406": ("NotAccepted", "Format refusé", "Cette API répond en JSON."),
    "429": ("TooMany", "Trop de demandes", "Attendez le nombre de secondes que dit Retry-After."),
}
_ANSWER_HEADERS = {
    "ETag": "Version de la réponse, à renvoyer dans If-None-Match.",
    "Cache-Control": "Durée pendant laquelle la réponse peut être gardée.",
    "RateLimit-Limit": "Demandes permises par minute.",
    "RateLimit-Remaining": "Demandes qui restent dans la minute.",
    "RateLimit-Reset": "Secondes avant la minute suivante.",
}


def describe_api() -> dict[str, Any]:
    """The OpenAPI document, for the site as it is named and addressed now."""
    return describe_for(settings.BEFFROI_SITE_URL, site_identity().site_title)


@lru_cache(maxsize=8)
def describe_for(site: str, title: str) -> dict[str, Any]:
    """The same, for a site of that address and title. To be read, not changed: it is kept."""
    # Made anew, then changed: the library writes one dictionary in several places.
    document: dict[str, Any] = deepcopy(dict(api.get_openapi_schema(path_prefix="/")))
    document["info"] |= {
        "title": f"API de lecture – {title}",
        "description": DESCRIPTION,
        "license": {"name": "Licence Ouverte 2.0", "url": LICENCE},
        "contact": {"name": title, "url": f"{site}/mentions-legales/"},
    }
    document["servers"] = [{"url": site + ROOT.rstrip("/")}]
    document["externalDocs"] = {"description": "Mode d’emploi", "url": site + ROOT}
    _complete_components(document["components"])
    for operation in operations_of(document):
        _complete(operation)
    return document


def operations_of(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each operation of a document, in its order."""
    for methods in document["paths"].values():
        yield from methods.values()


def _complete(operation: dict[str, Any]) -> None:
    operation["description"] = " ".join(operation.get("description", "").split())
    for parameter in operation["parameters"]:
        _complete_parameter(parameter)
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    answers["200"]["description"] = operation["summary"]
    answers["200"]["headers"] = {
        name: {"$ref": f"#/components/headers/{name}"} for name in _ANSWER_HEADERS
    }
    answers["304"] = {"$ref": "#/components/responses/Unchanged"}
    for status, (name, *_) in REFUSALS.items():
        answers[status] = {"$ref": f"#/components/responses/{name}"}
    operation["responses"] = answers


def _complete_parameter(parameter: dict[str, Any]) -> None:
    """One example, where OpenAPI has it; what is said once is not said twice."""
    schema = parameter["schema"] = _flat(parameter["schema"])
    examples = parameter.pop("examples", schema.get("examples"))
    if examples:
        parameter["example"] = examples[0]
    for said in ("title", "description", "examples"):
        schema.pop(said, None)
    if "enum" in schema:
        schema["enum"] = [value for value in schema["enum"] if value != ""]
        schema.pop("maxLength", None)


def _flat(schema: dict[str, Any]) -> dict[str, Any]:
    """An enumeration as the library nests it, in one piece."""
    nested = schema.pop("allOf", ())
    return {key: value for one in (*nested, schema) for key, value in one.items()}


def _complete_components(components: dict[str, Any]) -> None:
    """Keep what answers are made of, and say it in French alone."""
    answers = {
        name: schema for name, schema in components["schemas"].items() if not name.endswith("Asked")
    }
    for schema in answers.values():
        schema.pop("description", None)  # written for those who read the code
        _untitled(schema)
    components["schemas"] = {**answers, "Problem": _PROBLEM}
    components["headers"] = {
        name: {"description": text, "schema": _TEXT} for name, text in _ANSWER_HEADERS.items()
    }
    components["responses"] = {
        "Unchanged": {"description": "Rien de nouveau depuis l’ETag envoyé."},
        **{
            name: _refusal(int(status), title, detail)
            for status, (name, title, detail) in REFUSALS.items()
        },
    }


def _untitled(schema: dict[str, Any]) -> None:
    """The library titles each property after its English name."""
    schema.pop("title", None)
    for one in schema.get("properties", {}).values():
        one.pop("title", None)


def _refusal(status: int, title: str, detail: str) -> dict[str, Any]:
    example = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    schema = {"$ref": "#/components/schemas/Problem"}
    refusal: dict[str, Any] = {
        "description": title,
        "content": {MEDIA_TYPE: {"schema": schema, "example": example}},
    }
    if status == 429:  # noqa: PLR2004
        seconds = {"description": "Secondes à attendre.", "schema": _TEXT}
        refusal["headers"] = {"Retry-After": seconds}
    return refusal
