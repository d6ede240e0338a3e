"""Command line, service and site give one answer to a question, and the same remarks on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.cli.verbs.dependency_options import remark_line
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.ask import (
    ImpactQuestion,
    NetworkQuestion,
    PathQuestion,
    ask_impact,
    ask_paths,
    ask_single_points,
)
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.remarks import (
    FilterApplied,
    FrameworkEnded,
    MoreSystems,
    NameUnderstood,
    remark_texts,
)
from egovkg.queries.dependencies.network.scope import Scope
from egovkg.queries.dependencies.records import affected_record, path_record, single_point_record
from egovkg.queries.facts.ask import EntityQuestion, FactQuestion, ask_entity, ask_facts
from egovkg.queries.facts.entities import UnitsTaken
from egovkg.queries.facts.units import Remark, UnitAbsent
from egovkg.queries.facts.values import Json
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.service.answers.endpoints import ENDPOINTS
from egovkg.words import DEFAULT_LANGUAGE, languages
from markupsafe import escape

pytestmark = pytest.mark.usefixtures("home_in_memory")
SEVERAL = "Tuyên Quang"  # a name that two units bore, one after the other
ENDED = "vn:tuyen-quang"  # a province that was merged in July 2025
CENTRE = "trung tam tich hop du lieu bac kan"  # a name without accents


def command(home: Path, lang: str, *words: str) -> tuple[Any, list[str]]:
    """Answer by the command line: the objects, and the lines on standard error."""
    done = CliRunner().invoke(main, [*words, "--graph", str(home), "--lang", lang, "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout), done.stderr.splitlines()


def service(store: OxigraphStore, name: str, **parameters: str) -> dict[str, Any]:
    """Answer by the JSON interface, without a server and without its pages of a hundred."""
    endpoint = ENDPOINTS[name]
    pairs: list[Json] = [[key.rstrip("_"), value] for key, value in parameters.items()]
    return dict(json.loads(json.dumps(endpoint.answer(store, endpoint.checked_values(pairs)))))


def lines(remarks: tuple[Remark, ...], lang: str) -> list[str]:
    """The remarks as the command line says them, with its switches."""
    return [remark_line(remark, lang) for remark in remarks]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("basis", ["stated", "both"])
def test_impact(home: Path, store: OxigraphStore, lang: str, basis: str) -> None:
    report = ask_impact(store, ImpactQuestion((CENTRE,), choice=EdgeChoice(basis, lang=lang)))
    records = json.loads(json.dumps([affected_record(affected, lang) for affected in report.affected]))
    served = service(store, "impact", entity=CENTRE, basis=basis, lang=lang)
    objects, said = command(home, lang, "impact", CENTRE, "--basis", basis)
    assert records == served["affected"] == objects
    assert remark_texts(report.remarks, lang) == served["notes"]
    assert lines(report.remarks, lang) == said
    kinds = [type(remark) for remark in report.remarks[:2]]
    assert kinds[0] is (NameUnderstood if basis == "stated" else FrameworkEnded)  # framework 2.0, in 2023
    assert NameUnderstood in kinds


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(("name", "kind"), [(SEVERAL, UnitsTaken), (ENDED, UnitAbsent)])
def test_impact_within_a_territory(
    home: Path, store: OxigraphStore, lang: str, name: str, kind: type
) -> None:
    question = ImpactQuestion(("nat:cong-dvcqg",), choice=EdgeChoice(lang=lang), scope=Scope(province=name))
    report = ask_impact(store, question)
    served = service(store, "impact", entity="nat:cong-dvcqg", province=name, lang=lang)
    _, said = command(home, lang, "impact", "nat:cong-dvcqg", "--province", name)
    assert {kind, FilterApplied, MoreSystems} <= {type(remark) for remark in report.remarks}
    assert remark_texts(report.remarks, lang) == served["notes"]
    assert lines(report.remarks, lang) == said


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("ends", [("bp:qlvb", "nat:truc-van-ban"), ("tq:qlvb", "bp:qlvb")])
def test_paths(home: Path, store: OxigraphStore, lang: str, ends: tuple[str, str]) -> None:
    report = ask_paths(store, PathQuestion(*ends, choice=EdgeChoice(lang=lang)))
    records = json.loads(json.dumps([path_record(path, report.systems, lang) for path in report.paths]))
    served = service(store, "path", from_=ends[0], to=ends[1], lang=lang)
    objects, said = command(home, lang, "path", *ends)
    assert records == served["paths"] == objects
    assert remark_texts(report.remarks, lang) == served["notes"]
    assert lines(report.remarks, lang) == said


@pytest.mark.parametrize("lang", languages())
def test_single_points(home: Path, store: OxigraphStore, site_pages: dict[str, bytes], lang: str) -> None:
    report = ask_single_points(store, NetworkQuestion(EdgeChoice(lang=lang)))
    objects, said = command(home, lang, "spof")
    assert json.loads(json.dumps([single_point_record(point, lang) for point in report.points])) == objects
    assert lines(report.remarks, lang) == said
    page = site_pages["impact.html" if lang == DEFAULT_LANGUAGE else f"{lang}/impact.html"].decode()
    assert [text for text in remark_texts(report.remarks, lang) if escape(text) not in page] == []
    assert [
        point.system.curie for point in report.points if escape(point.system.label(lang)) not in page
    ] == []


def test_the_site_has_the_impact_of_every_provider(
    store: OxigraphStore, site_pages: dict[str, bytes]
) -> None:
    content = json.loads(site_pages["impact.json"])
    assert len(content) > 5
    for curie, records in content.items():
        report = ask_impact(store, ImpactQuestion((curie,), compare_choices=False))
        own = [affected_record(affected, DEFAULT_LANGUAGE) for affected in report.affected]
        assert records == json.loads(json.dumps(own))


@pytest.mark.parametrize("lang", languages())
def test_facts_entities_and_questions(home: Path, store: OxigraphStore, lang: str) -> None:
    facts = [fact.as_dict() for fact in ask_facts(store, FactQuestion("yen-lap-2018", lang)).facts]
    assert (
        json.loads(json.dumps(facts)) == service(store, "facts", article="yen-lap-2018", lang=lang)["facts"]
    )
    assert json.loads(json.dumps(facts)) == command(home, lang, "facts", "--article", "yen-lap-2018")[0]

    entity = json.loads(json.dumps(ask_entity(store, EntityQuestion("lgsp tuyen quang", lang)).as_dict()))
    assert entity == service(store, "show", entity="lgsp tuyen quang", lang=lang)
    assert entity == command(home, lang, "show", "lgsp tuyen quang")[0]

    answer = json.loads(json.dumps(ask_question(store, NamedQuestion("committees", lang=lang)).as_dict()))
    assert answer == service(store, "ask", question="committees", lang=lang)
    assert answer["rows"] == command(home, lang, "ask", "committees")[0]
