"""The catalogue of the datasets in JSON-LD, as DCAT-AP describes one.

Its context is written in it: reading it takes no other file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from beffroi.foundations.skin.identity import site_identity

from .addresses import file_path, full, page_path, schema_path
from .declaration import Dataset
from .versions import Version
from .writing import CONTENT_TYPES, Form

LICENCE = "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf"
SPDX_LICENCE = "http://spdx.org/licenses/etalab-2.0"
_EUROPE = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"
_FILE_TYPES = {Form.CSV: "CSV", Form.JSON: "JSON", Form.ODS: "ODS", Form.GEOJSON: "GEOJSON"}
_FRENCH = f"{_EUROPE}/language/FRA"
_LEGAL_NOTICE = "/mentions-legales/"

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def write_catalogue(
    datasets: Iterable[Dataset], version: Version, *, days: Iterable[date]
) -> dict[str, Any]:
    """Every dataset with its files; `days` are those of the versions worth naming."""
    index, earlier = full(reverse("opendata:index")), tuple(days)
    return {
        "@context": CONTEXT,
        "@id": full(reverse("opendata:catalogue")),
        "@type": "dcat:Catalog",
        "dct:title": _in_french(f"Données ouvertes – {_who()}"),
        "dct:description": _in_french(
            "Les données du programme que chacun peut lire, copier et réutiliser."
        ),
        "dct:publisher": _publisher(),
        "dct:language": {"@id": _FRENCH},
        "dct:license": _licence(),
        "dct:spatial": {"@id": f"{_EUROPE}/country/FRA"},
        "dct:modified": _modified(version),
        "foaf:homepage": {"@id": index},
        "dcat:themeTaxonomy": {"@id": f"{_EUROPE}/data-theme"},
        "dcat:dataset": [_dataset(dataset, version, earlier) for dataset in datasets],
    }


def _dataset(dataset: Dataset, version: Version, days: tuple[date, ...]) -> dict[str, Any]:
    page = full(page_path(dataset))
    frequency = "IRREG" if dataset.is_frozen else "CONT"
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.code,
        "dct:title": _in_french(dataset.title),
        "dct:description": _in_french(" ".join((dataset.description, *dataset.gaps))),
        "dcat:keyword": [_in_french(word) for word in dataset.keywords],
        "dcat:theme": [{"@id": f"{_EUROPE}/data-theme/{theme}"} for theme in ("GOVE", "REGI")],
        "dct:publisher": {"@id": full("/")},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": _who(),
            "vcard:hasURL": {"@id": full(_LEGAL_NOTICE)},
        },
        "dct:language": {"@id": _FRENCH},
        "dct:spatial": {"@id": f"{_EUROPE}/country/FRA"},
        "dct:temporal": _period(version),
        "dct:issued": _day(dataset.first_published),
        "dct:modified": _modified(version),
        "dct:accrualPeriodicity": {"@id": f"{_EUROPE}/frequency/{frequency}"},
        "dct:accessRights": {"@id": f"{_EUROPE}/access-right/PUBLIC"},
        "dct:conformsTo": _standards(dataset),
        "dct:license": {"@id": LICENCE},
        "dcat:landingPage": {"@id": page, "@type": "foaf:Document"},
        "dcat:distribution": [
            _distribution(dataset, form, version) for form in version.forms(dataset)
        ],
        "dcat:hasVersion": [_earlier(dataset, day) for day in days],
    }


def _distribution(dataset: Dataset, form: Form, version: Version) -> dict[str, Any]:
    address = full(file_path(dataset, form))
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _in_french(f"{dataset.title}, {form.value.upper()}"),
        "dcat:accessURL": {"@id": full(page_path(dataset))},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{_IANA}/{CONTENT_TYPES[form].partition(';')[0]}"},
        "dct:format": {"@id": f"{_EUROPE}/file-type/{_FILE_TYPES[form]}"},
        "dct:license": {"@id": LICENCE},
        "dct:issued": _day(dataset.first_published),
        "dct:modified": _modified(version),
        "dct:conformsTo": {"@id": full(schema_path(dataset))},
    }


def _earlier(dataset: Dataset, day: date) -> dict[str, Any]:
    """The same dataset as of a day at which a report was published."""
    address = full(file_path(dataset, Form.CSV, as_of=day))
    return {
        "@id": address.removesuffix(f".{Form.CSV.value}"),
        "@type": "dcat:Dataset",
        "dct:title": _in_french(f"{dataset.title}, au {day.isoformat()}"),
        "dct:description": _in_french(dataset.description),
        "dcat:version": day.isoformat(),
        "dcat:distribution": {
            "@id": address,
            "@type": "dcat:Distribution",
            "dcat:accessURL": {"@id": full(page_path(dataset))},
            "dcat:downloadURL": {"@id": address},
            "dct:license": {"@id": LICENCE},
        },
    }


def _standards(dataset: Dataset) -> list[dict[str, str]]:
    own = {"@id": full(schema_path(dataset)), "@type": "dct:Standard"}
    return [own]


def _publisher() -> dict[str, Any]:
    return {
        "@id": full("/"),
        "@type": "foaf:Organization",
        "foaf:name": _who(),
        "foaf:homepage": {"@id": full("/")},
    }


def _who() -> str:
    return str(site_identity().site_title)


def _licence() -> dict[str, Any]:
    return {
        "@id": LICENCE,
        "@type": "dct:LicenseDocument",
        "dct:title": _in_french("Licence Ouverte 2.0"),
        "skos:exactMatch": {"@id": SPDX_LICENCE},
    }


def _period(version: Version) -> dict[str, Any]:
    programme = version.edition.programme
    start = {"dcat:startDate": _day(programme.launched_on)} if programme else {}
    return {"@type": "dct:PeriodOfTime", **start, "dcat:endDate": _day(version.as_of)}


def _modified(version: Version) -> dict[str, str]:
    if version.modified_at is None:
        return _day(version.as_of)
    instant = version.modified_at.replace(microsecond=0).isoformat()
    return {"@value": instant, "@type": "xsd:dateTime"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _in_french(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "fr"}
