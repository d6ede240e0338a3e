"""Command line, service and site give one answer to a planner's question, and the same remarks on it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.cli.language import speaking
from egovkg.cli.verbs.planning import remark_line
from egovkg.graph.store import OxigraphStore
from egovkg.queries.facts.values import Json
from egovkg.queries.planning.ask import (
    GapQuestion,
    PlanningQuestion,
    TargetQuestion,
    ask_gaps,
    ask_roadmap,
    ask_targets,
)
from egovkg.queries.planning.provinces import Provinces
from egovkg.queries.planning.remarks import ArticlesOfProvince, Remark, remark_text
from egovkg.service.answers.endpoints import ENDPOINTS
from egovkg.viz.site.content.forms import with_shown_days
from egovkg.viz.site.content.paths import in_language
from egovkg.words import DEFAULT_LANGUAGE, languages
from markupsafe import escape

pytestmark = pytest.mark.usefixtures("home_in_memory")
ENDED, TODAY = "vn:tuyen-quang", date(2026, 1, 1)  # a province that was merged in July 2025
SEVERAL = "Thái Nguyên"  # a name that two units bore


def command(home: Path, verb: str, question: PlanningQuestion, lang: str) -> tuple[Any, list[str]]:
    """Answer by the command line: the objects, and the lines on standard error."""
    words = [verb, "--graph", str(home), "--lang", lang, "--format", "json"]
    words += [word for name in question.provinces for word in ("--province", name)]
    words += ["--as-of", str(question.as_of)] if question.as_of else []
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout), done.stderr.splitlines()


def service(store: OxigraphStore, name: str, question: PlanningQuestion, lang: str) -> dict[str, Any]:
    """Answer by the JSON interface, without a server and without its pages of a hundred."""
    endpoint = ENDPOINTS[name]
    parameters: list[Json] = [
        ["province", "|".join(question.provinces)],
        ["as_of", str(question.as_of)],
        ["lang", lang],
    ]
    content = endpoint.answer(store, endpoint.checked_values(parameters))
    return dict(json.loads(json.dumps(content)))


def texts(remarks: tuple[Remark, ...], lang: str) -> list[str]:
    return [remark_text(remark, lang) for remark in remarks]


def lines(remarks: tuple[Remark, ...], lang: str) -> list[str]:
    """The remarks as the command line says them, with its switches."""
    with speaking(lang):
        return [remark_line(remark) for remark in remarks]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", [ENDED, SEVERAL])
class TestCommandAndService:
    def test_gaps(self, home: Path, store: OxigraphStore, name: str, lang: str) -> None:
        question = GapQuestion(provinces=(name,), as_of=TODAY, languages=(lang,))
        report = ask_gaps(store, question)
        objects, said = command(home, "gaps", question, lang)
        answer = service(store, "gaps", question, lang)
        assert objects == answer["cells"] == json.loads(json.dumps(report.as_dicts(lang)))
        assert said[: len(report.remarks + report.scope)] == lines((*report.remarks, *report.scope), lang)
        assert report.remarks
        assert answer["remark"] == "; ".join(texts(report.remarks, lang))

    def test_targets(self, home: Path, store: OxigraphStore, name: str, lang: str) -> None:
        question = TargetQuestion(provinces=(name,), as_of=TODAY, languages=(lang,))
        report = ask_targets(store, question)
        objects, said = command(home, "targets", question, lang)
        answer = service(store, "targets", question, lang)
        assert objects == answer["standings"] == json.loads(json.dumps(report.as_dicts(lang)))
        assert said == lines((*report.remarks, *report.scope), lang)
        assert answer["remark"] == "; ".join(texts(report.remarks, lang))

    def test_roadmap(self, home: Path, store: OxigraphStore, name: str, lang: str) -> None:
        question = GapQuestion(provinces=(name,), as_of=TODAY, languages=(lang,))
        report = ask_roadmap(store, question)
        objects, said = command(home, "roadmap", question, lang)
        assert objects == json.loads(json.dumps(report.as_dicts(lang)))
        assert said == lines((*report.remarks, *report.scope), lang)


def not_on(page: str, remarks: list[str], lang: str) -> list[str]:
    """List the remarks that a page lacks, where days are written as readers write them."""
    return [text for text in remarks if str(escape(with_shown_days(text, lang))) not in page]


class TestSite:
    """The site answers on its one day, for every province that an article covers."""

    def test_gaps(self, home: Path, store: OxigraphStore, site_pages: dict[str, bytes]) -> None:
        question = GapQuestion(as_of=Provinces(store).latest_known_day)
        report = ask_gaps(store, question)
        objects, _ = command(home, "gaps", question, DEFAULT_LANGUAGE)
        written = json.loads(site_pages["gaps.json"])
        assert keys_of(written) == keys_of(objects)
        for lang in languages():
            page = site_pages[in_language("gaps.html", lang)].decode()
            scope = [remark for remark in report.scope if not isinstance(remark, ArticlesOfProvince)]
            assert not_on(page, texts((*report.remarks, *scope), lang), lang) == []

    def test_targets(self, home: Path, store: OxigraphStore, site_pages: dict[str, bytes]) -> None:
        question = TargetQuestion(as_of=Provinces(store).latest_known_day)
        objects, _ = command(home, "targets", question, DEFAULT_LANGUAGE)
        assert json.loads(site_pages["targets.json"]) == objects
        report = ask_targets(store, question)
        for lang in languages():
            page = site_pages[in_language("targets.html", lang)].decode()
            assert not_on(page, texts((*report.remarks, *report.scope), lang), lang) == []

    def test_roadmap(self, store: OxigraphStore, site_pages: dict[str, bytes]) -> None:
        report = ask_roadmap(store, GapQuestion(provinces=(ENDED,), as_of=Provinces(store).latest_known_day))
        assert report.steps
        page = site_pages["gap/vn-tuyen-quang.html"].decode()
        assert all(step.gap.component.label("vi") in page for step in report.steps)
        assert not_on(page, texts(report.scope, "vi"), "vi") == []


def keys_of(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the sentences: the site quotes more of them."""
    return [{key: value for key, value in cell.items() if key != "evidence"} for cell in cells]


def test_an_ended_province_is_told_with_its_successor(store: OxigraphStore) -> None:
    remarks = ask_gaps(store, GapQuestion(provinces=(ENDED,), as_of=TODAY)).remarks
    (remark,) = [each for each in remarks if "no longer exists on 2026-01-01" in remark_text(each, "en")]
    assert "vn:tuyen-quang-2025" in remark_text(remark, "vi")
    before = ask_gaps(store, GapQuestion(provinces=(ENDED,), as_of=date(2020, 12, 31))).remarks
    assert not any("no longer exists" in remark_text(remark, "en") for remark in before)
