"""The service as programs of others meet it: SPARQLWrapper, and the JSON of dependencies, gaps, targets."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from egovkg.queries.dependencies.ask import ImpactQuestion, PathQuestion, ask_impact, ask_paths
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.remarks import remark_texts
from egovkg.queries.dependencies.records import affected_record, path_record
from egovkg.queries.planning.ask import GapQuestion, ask_gaps
from egovkg.queries.planning.target_reading import read_targets
from egovkg.service.background import BackgroundService, background
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from egovkg.graph.store import OxigraphStore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
LGSP = "<https://w3id.org/egovkg/id/system/tq-lgsp>"
LABELS = f"SELECT ?l {{ {LGSP} <http://www.w3.org/2000/01/rdf-schema#label> ?l }} ORDER BY ?l"


@pytest.fixture(scope="module")
def service(home: Path) -> Iterator[BackgroundService]:
    with background(home, "--no-pages", "--workers", "2", "--seconds", "20") as running:
        yield running


def wrapper(service: BackgroundService, query: str, kind: str) -> SPARQLWrapper:
    made = SPARQLWrapper(f"{service.url}sparql")
    made.addCustomHttpHeader("Accept-Language", "en")
    made.setQuery(query)
    made.setReturnFormat(kind)
    return made


@pytest.mark.parametrize("posted", [None, POST, POSTDIRECTLY])
def test_tables_through_sparqlwrapper(
    service: BackgroundService, store: OxigraphStore, posted: str | None
) -> None:
    asked = wrapper(service, LABELS, JSON)
    if posted is not None:
        asked.setMethod(POST)
    if posted == POSTDIRECTLY:
        asked.setRequestMethod(POSTDIRECTLY)
    content = asked.query().convert()
    assert isinstance(content, dict)
    rows = content["results"]["bindings"]
    own = [row[0] for row in store.select(LABELS).rows]
    assert [(row["l"]["value"], row["l"]["xml:lang"]) for row in rows] == [
        (one.value, one.language)  # type: ignore[union-attr]
        for one in own
    ]


@pytest.mark.parametrize("kind", [XML, CSV, TSV])
def test_other_forms_through_sparqlwrapper(service: BackgroundService, kind: str) -> None:
    body = wrapper(service, LABELS, kind).query().response.read()
    assert "Tuyên Quang".encode() in body


def test_graphs_through_sparqlwrapper(service: BackgroundService) -> None:
    body = (
        wrapper(service, f"CONSTRUCT {{ {LGSP} ?p ?o }} {{ {LGSP} ?p ?o }}", TURTLE).query().response.read()
    )
    assert "Tuyên Quang".encode() in body


def test_refusals_through_sparqlwrapper(service: BackgroundService) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrapper(service, "SELECT * {", JSON).query()


def answer(service: BackgroundService, name: str, **params: str) -> dict[str, object]:
    with urlopen(f"{service.url}api/{name}?{urlencode(params)}", timeout=30) as got:
        content: dict[str, object] = json.loads(got.read())
        return content


def plain(content: object) -> object:
    return json.loads(json.dumps(content))


CENTRE = "trung tam tich hop du lieu bac kan"


@pytest.mark.parametrize("basis", ["stated", "both"])
@pytest.mark.parametrize("direction", ["downstream", "upstream"])
def test_impact(service: BackgroundService, store: OxigraphStore, basis: str, direction: str) -> None:
    question = ImpactQuestion((CENTRE,), direction == "upstream", EdgeChoice(basis, lang="en"))
    own = ask_impact(store, question)
    told = answer(service, "impact", entity=CENTRE, basis=basis, direction=direction, lang="en", limit="1000")
    assert told["affected"] == plain([affected_record(affected, "en") for affected in own.affected])
    assert told["notes"] == remark_texts(own.remarks, "en")
    assert told["total"] == len(own.affected)


def test_impact_of_several_in_pages(service: BackgroundService) -> None:
    whole = answer(service, "impact", entity=f"{CENTRE} | tq:lgsp", basis="both", limit="1000")
    assert len(whole["failed"]) == 2  # type: ignore[arg-type]
    assert int(str(whole["total"])) >= 2
    first = answer(service, "impact", entity=f"{CENTRE} | tq:lgsp", basis="both", limit="1")
    assert [*first["affected"]] == [*whole["affected"]][:1]  # type: ignore[misc]
    assert "offset=1" in str(first["next"])


def test_path(service: BackgroundService, store: OxigraphStore) -> None:
    own = ask_paths(store, PathQuestion("bp:qlvb", "nat:truc-van-ban"))
    told = answer(service, "path", **{"from": "bp:qlvb", "to": "nat:truc-van-ban"})
    assert own.paths
    assert told["paths"] == plain([path_record(path, own.systems, "vi") for path in own.paths])


def test_gaps(service: BackgroundService, store: OxigraphStore) -> None:
    question = GapQuestion(provinces=("Bắc Kạn",), as_of=date(2020, 12, 31), languages=("en",))
    report = ask_gaps(store, question)
    told = answer(service, "gaps", province="Bắc Kạn", as_of="2020-12-31", lang="en", limit="1000")
    assert told["cells"] == plain(report.as_dicts("en"))
    assert sum(told["counts"].values()) == told["total"]  # type: ignore[attr-defined]


def test_targets(service: BackgroundService, store: OxigraphStore) -> None:
    told = answer(service, "targets", province="bac kan", as_of="2020-12-31", lang="en", limit="1000")
    standings = told["standings"]
    assert isinstance(standings, list)
    day = date(2020, 12, 31)
    assert len(standings) == sum(target.life.is_in_force(day) for target in read_targets(store))
    verdicts = {one["arithmetic"]: one["verdict"] for one in standings}
    assert verdicts["2,408 of 55,337 = 4.4%"] == "not_comparable"  # the figure ends before the period does


BAD = {
    "impact?entity=tq:lgsp&basis=none": (400, "parameter"),
    "impact?entity=%7C": (400, "parameter"),
    "impact?entity=nobody+here": (404, "unknown-entity"),
    "impact?entity=tq:lgsp&as_of=soon": (400, "parameter"),
    "impact?entity=tq:lgsp&kind=Nonsense": (400, "parameter"),
    "impact?entity=tq:lgsp&layer=cellar": (400, "parameter"),
    "impact?entity=tq:lgsp&province=Atlantis": (404, "unknown-entity"),
    "impact?entity=tq:lgsp&as_of=2019/2020": (400, "parameter"),
    "impact?entity=tq:lgsp&as_of=2019-13": (400, "parameter"),
    "impact?entity=tq:lgsp&as_of=0000": (400, "parameter"),
    "path?from=tq:lgsp": (400, "parameter"),
    "path?from=tq:lgsp&to=tq:ttdl&most=0": (400, "parameter"),
    "path?from=tq:lgsp&to=tq:ttdl&longest=21": (400, "parameter"),
    "gaps?province=Atlantis": (404, "unknown-entity"),
    "gaps?as_of=2020-13-01": (400, "parameter"),
    "targets?province=T%E1%BB%89nh&unverified=maybe": (400, "parameter"),
}


@pytest.mark.parametrize("path", BAD)
def test_what_does_not_fit(service: BackgroundService, path: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{service.url}api/{path}", timeout=30)
    with refused.value as error:
        assert (error.code, json.loads(error.read())["error"]) == BAD[path]
