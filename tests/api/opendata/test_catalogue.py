"""The catalogue, read as machines read it."""

from __future__ import annotations

from itertools import chain
from urllib.parse import urlsplit

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, URIRef

from beffroi.api.opendata.catalogue import LICENCE
from beffroi.api.opendata.datasets import BY_CODE, DATASETS
from beffroi.api.opendata.writing import forms_of
from tests.api.opendata.conftest import ADDRESS, HOLDER
from tests.api.opendata.test_files import body_of

# Terms of DCAT 3 that the reader does not know yet.
HAS_VERSION, VERSION = URIRef(f"{DCAT}hasVersion"), URIRef(f"{DCAT}version")
REQUIRED = (
    DCTERMS.title,
    DCTERMS.description,
    DCTERMS.publisher,
    DCTERMS.issued,
    DCTERMS.modified,
    DCTERMS.temporal,
    DCTERMS.spatial,
    DCTERMS.conformsTo,
    DCTERMS.accrualPeriodicity,
    DCTERMS.accessRights,
    DCTERMS.license,
    DCAT.contactPoint,
    DCAT.keyword,
    DCAT.theme,
    DCAT.landingPage,
    DCAT.distribution,
    HAS_VERSION,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("register"),
    # The reader of JSON-LD uses a class that its own library gives up.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]


@pytest.fixture
def graph(client: Client) -> Graph:
    """What the catalogue says; reading it fetches nothing."""
    response = client.get("/donnees/catalogue.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    return Graph().parse(data=response.content, format="json-ld")


def test_the_catalogue_describes_itself(graph: Graph) -> None:
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    for required in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license):
        assert graph.value(catalogue, required), required
    (publisher,) = graph.objects(catalogue, DCTERMS.publisher)
    assert str(graph.value(publisher, FOAF.name)) == "Petites villes de demain"
    listed = {str(graph.value(one, DCTERMS.identifier)) for one in _datasets(graph)}
    assert listed == {dataset.code for dataset in DATASETS}


def test_each_dataset_has_what_the_profile_asks(graph: Graph) -> None:
    datasets = _datasets(graph)
    missing = [
        (dataset, term)
        for dataset in datasets
        for term in REQUIRED
        if graph.value(dataset, term) is None
    ]
    assert datasets
    assert missing == []


def test_each_distribution_has_its_licence_form_and_address(graph: Graph) -> None:
    for dataset in _datasets(graph):
        files = list(graph.objects(dataset, DCAT.distribution))
        code = str(graph.value(dataset, DCTERMS.identifier))
        assert len(files) == len(forms_of(BY_CODE[code], rows=1))
        for file in files:
            assert graph.value(file, DCTERMS.license) == URIRef(LICENCE)
            for required in (DCAT.mediaType, DCTERMS.format, DCAT.downloadURL, DCTERMS.conformsTo):
                assert graph.value(file, required), file


def test_every_address_of_the_catalogue_answers(graph: Graph, client: Client) -> None:
    properties = (DCAT.downloadURL, DCAT.accessURL, DCAT.landingPage, DCTERMS.conformsTo)
    found = set(chain.from_iterable(graph.objects(None, one) for one in properties))
    paths = {urlsplit(str(address)).path for address in found}
    assert len(paths) >= 5 * len(DATASETS)
    for path in sorted(paths):
        response = client.get(path)
        assert response.status_code == 200, path
        assert body_of(response), path


def test_names_the_versions_of_published_reports(graph: Graph) -> None:
    versions = set(graph.objects(None, HAS_VERSION))
    assert len(versions) == len(DATASETS)
    assert {str(graph.value(version, VERSION)) for version in versions} == {"2022-09-23"}


def test_names_nobody(client: Client) -> None:
    written = client.get("/donnees/catalogue.jsonld").content.decode()
    for private in ("mailto:", HOLDER, ADDRESS):
        assert private not in written


def _datasets(graph: Graph) -> list[URIRef]:
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    return [one for one in graph.objects(catalogue, DCAT.dataset) if isinstance(one, URIRef)]
