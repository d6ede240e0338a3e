"""Verdicts against framework 2.0: those a reader of the articles would give, the same by three routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import rdflib
import yaml
from egovkg.graph.names import CODE, EGOV
from egovkg.graph.publish import open_published
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.ontology.modules import read_module
from egovkg.ontology.references import FRAMEWORK_2_0
from egovkg.ontology.verdicts import GapSign, Verdict
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries.planning.assessment import assessment_iri, assessments_turtle
from egovkg.queries.planning.cells.framework import ReferenceFramework
from egovkg.queries.planning.cells.verdicts import RULES, WeighedStatement, deciding, judge, verdict_of
from egovkg.queries.planning.conditions import Conditions
from egovkg.queries.planning.frameworks import Frameworks
from egovkg.queries.planning.gap_report import GapReport, gap_difference
from egovkg.queries.planning.gaps import gaps
from egovkg.queries.planning.provinces import Provinces
from egovkg.queries.planning.remarks import remark_text
from egovkg.queries.planning.texts import rule_text
from egovkg.tests.corpora.folders import FIVE, read_five_as_shipped
from egovkg.tests.queries.planning.rules_in_sparql import rules_by_sparql
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("home_in_memory")
CELLS = Path(__file__).parents[2] / "cases" / "gaps" / "cells.yaml"
DAYS = (date(2018, 12, 31), date(2020, 12, 31), date(2026, 11, 23))


@pytest.fixture(scope="module")
def reference(store: OxigraphStore) -> ReferenceFramework:
    return Frameworks.of(store).read(FRAMEWORK_2_0)


def report_on(
    store: OxigraphStore, reference: ReferenceFramework, day: date, known_by: date | None = None
) -> GapReport:
    provinces = Provinces(store)
    cells = gaps(provinces, provinces.all(), reference, Conditions(day, known_by))
    return GapReport(reference, day, known_by, cells, provinces.covered)


def expected_cells() -> Iterator[tuple[date, str, str, list[str]]]:
    for day, provinces in yaml.safe_load(CELLS.read_text("utf-8")).items():
        for province, components in provinces.items():
            for component, expected in components.items():
                yield day, province, component, expected


class TestShippedCells:
    def test_enough_of_them_are_written_down(self) -> None:
        assert len(list(expected_cells())) >= 100

    @pytest.mark.parametrize("day", sorted({day for day, *_ in expected_cells()}), ids=str)
    def test_each_verdict_is_a_readers_and_rests_on_its_sentence(
        self, store: OxigraphStore, reference: ReferenceFramework, day: date
    ) -> None:
        cells = {
            (cell.judged.province.curie, cell.component.code): cell
            for cell in report_on(store, reference, day).cells
        }
        wrong = []
        for on, province, component, (verdict, *words) in expected_cells():
            if on != day:
                continue
            cell = cells[province, component]
            sentences = " ".join(cell.sentences("vi"))
            if cell.verdict.value != verdict or not all(word in sentences for word in words):
                wrong.append((province, component, cell.verdict.value, sentences))
        assert wrong == []

    def test_a_component_that_no_article_names_is_silent_everywhere(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        cells = [
            c for c in report_on(store, reference, DAYS[2]).cells if c.component.code in {"S-SOC", "C-KIOSK"}
        ]
        assert {cell.verdict for cell in cells} == {Verdict.NO_EVIDENCE}
        assert len(cells) == 10

    def test_the_share_of_silence_is_that_of_the_cells(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        report = report_on(store, reference, DAYS[2])
        applying = [cell for cell in report.cells if cell.verdict is not Verdict.NOT_APPLICABLE]
        silent = [cell for cell in applying if cell.verdict is Verdict.NO_EVIDENCE]
        assert report.silent_cells.share == len(silent) / len(applying)
        assert 0.5 < report.silent_cells.share < 0.8


class TestThreeRoutes:
    @pytest.mark.parametrize("day", DAYS, ids=str)
    def test_sparql_gives_the_rule_that_python_gave(self, store: OxigraphStore, day: date) -> None:
        report = report_on(store, Frameworks.of(store).read(FRAMEWORK_2_0, unsourced=True), day)
        by_sparql = rules_by_sparql(report)
        assert len(by_sparql) == len(report.cells)
        assert [c for c in report.cells if by_sparql[assessment_iri(c)] != c.rule] == []

    def test_shacl_finds_every_verdict_right(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        for day in DAYS:
            assert conforms(assessments_turtle([report_on(store, reference, day)]))

    def test_shacl_finds_each_verdict_that_does_not_follow(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        graph = rdflib.Graph().parse(data=assessments_turtle([report_on(store, reference, DAYS[2])]))
        verdict = rdflib.URIRef(EGOV + "verdict")
        altered: set[rdflib.term.Node] = set()
        for name in ("planned", "met", "stated-gap", "in-progress", "spoken-of", "no-evidence"):
            subjects = graph.subjects(verdict, rdflib.URIRef(f"{CODE}verdict-{name}"))
            assessment = rdflib.URIRef(min(map(str, subjects)))
            graph.set((assessment, verdict, rdflib.URIRef(CODE + "verdict-contradicted")))
            altered.add(assessment)
        assert len(altered) == 6
        assert unsound(graph) == altered

    @given(
        st.lists(
            st.tuples(st.sampled_from(GapSign), st.dates(date(2019, 1, 1), date(2019, 1, 4))), max_size=5
        )
    )
    def test_rules_are_those_of_the_sentences(self, drawn: list[tuple[GapSign, date]]) -> None:
        """Decide once more, from the words of the rules, and compare."""
        statements = [WeighedStatement(str(n), sign, day) for n, (sign, day) in enumerate(drawn)]
        there = [day for sign, day in drawn if sign is GapSign.PRESENT]
        gone = [day for sign, day in drawn if sign is GapSign.ABSENT]
        kinds = {sign for sign, _ in drawn} - {GapSign.ASIDE}
        silence = Verdict.SPOKEN_OF if drawn else Verdict.NO_EVIDENCE
        if there and gone and max(there) == max(gone):
            expected = Verdict.CONTRADICTED
        elif there or gone:
            expected = Verdict.MET if not gone or (there and max(there) > max(gone)) else Verdict.STATED_GAP
        elif kinds & {GapSign.UNDER_WAY, GapSign.PARTIAL}:
            expected = Verdict.IN_PROGRESS
        elif GapSign.LIMITED in kinds:
            expected = Verdict.STATED_GAP
        else:
            expected = Verdict.PLANNED if kinds else silence
        assert verdict_of(judge(statements)) is expected


def conforms(turtle: str) -> bool:
    return not unsound(rdflib.Graph().parse(data=turtle, format="turtle"))


def unsound(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    """The assessments that the shapes find fault with."""
    from pyshacl import validate

    shapes = rdflib.Graph().parse(data=read_module("verdict-shapes.ttl"), format="turtle")
    sound, report, _ = validate(graph, shacl_graph=shapes)
    found = set(report.objects(None, rdflib.SH.focusNode))
    assert sound is not bool(found)
    return found


class TestTime:
    def test_what_was_said_later_is_left_out(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        report = report_on(store, reference, DAYS[2], known_by=date(2019, 12, 31))
        known = {cell.judged.province.curie for cell in report.cells if cell.evidence}
        assert known == {"vn:bac-kan", "vn:phu-tho"}

    def test_no_statement_counts_before_its_day(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        for day in DAYS:
            for cell in report_on(store, reference, day).cells:
                assert all(statement.since <= day for statement in cell.statements)

    def test_two_days_differ_where_something_was_said_between(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        early, late = (report_on(store, reference, day) for day in (DAYS[0], DAYS[2]))
        changed = {
            (pair.first.judged.province.curie, pair.first.component.code): (
                pair.first.verdict,
                pair.second.verdict,
            )
            for pair in gap_difference(early, late).pairs
        }
        assert changed["vn:bac-kan", "L-LGSP"] == (Verdict.NO_EVIDENCE, Verdict.MET)
        assert changed["vn:bac-kan", "G-PLAN"] == (Verdict.MET, Verdict.SPOKEN_OF)  # it ran to 2019
        assert ("vn:bac-kan", "C-POST") not in changed  # figures from 2017 on

    def test_a_plan_that_ended_is_shown_and_not_weighed(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        (cell,) = (
            each
            for each in report_on(store, reference, DAYS[2]).cells
            if (each.judged.province.curie, each.component.code) == ("vn:bac-kan", "G-PLAN")
        )
        assert cell.verdict is Verdict.SPOKEN_OF
        assert {each.sign for each in cell.statements} == {GapSign.ASIDE}
        assert cell.remark("en") == "ended on 2019-12-31"

    @pytest.mark.parametrize(("day", "is_overdue"), [(date(2020, 12, 31), False), (date(2021, 1, 1), True)])
    def test_a_plan_that_is_due_says_when(
        self, store: OxigraphStore, reference: ReferenceFramework, day: date, is_overdue: bool
    ) -> None:
        cells = report_on(store, reference, day).cells
        due = {(c.judged.province.curie, c.component.code): (c.due, c.is_overdue) for c in cells if c.due}
        assert due["vn:tuyen-quang", "A-REPORT"] == ("2020", is_overdue)

    def test_later_layers_hold_the_same_cells(
        self, store: OxigraphStore, reference: ReferenceFramework
    ) -> None:
        report = report_on(store, reference, DAYS[2])
        later = report.under_later_layers()
        assert {(c.judged, c.component.code, c.rule) for c in later.cells} == {
            (c.judged, c.component.code, c.rule) for c in report.cells
        }
        moved = {c.component.code: c.component.group for c in later.cells}
        own = {c.component.code: c.component.later_layer or c.component.layer for c in report.cells}
        assert moved == own
        layers = [c.component.group for c in later.cells if c.judged == later.cells[0].judged]
        assert layers == sorted(layers, key=layers.index)
        assert len({*layers}) < len({c.component.group for c in report.cells})
        assert conforms(assessments_turtle([later]))

    def test_a_merged_province_shows_its_predecessors(self, store: OxigraphStore) -> None:
        named = Provinces(store).named("Thái Nguyên", DAYS[2], "en")
        assert [each.province.curie for each in named.judged] == ["vn:bac-kan", "vn:thai-nguyen"]
        assert {each.requested.curie for each in named.judged} == {"vn:thai-nguyen-2025"}
        (remark,) = named.remarks
        assert "vn:thai-nguyen)" in remark_text(remark, "en")
        assert "vn:thai-nguyen-2025)" in remark_text(remark, "en")

    def test_on_a_day_before_the_merger_the_name_means_the_old_unit(self, store: OxigraphStore) -> None:
        named = Provinces(store).named("Tuyen Quang", date(2020, 12, 31), "vi")
        assert [each.province.curie for each in named.judged] == ["vn:tuyen-quang"]


class TestWords:
    def test_every_verdict_and_rule_has_words_in_both_languages(self) -> None:
        codes = load_vocabulary().codes
        assert {f"verdict-{v.value.replace('_', '-')}" for v in Verdict} == {
            c for c in codes if c.startswith("verdict-")
        }
        assert all(rule_text(rule, "vi") != rule_text(rule, "en") for rule in RULES)
        assert {rule for rule in RULES if rule not in {"G1", "G8"}} == {r for r in RULES if deciding(r)}

    def test_the_shapes_name_every_rule_with_its_verdict(self) -> None:
        text = read_module("verdict-shapes.ttl").decode()
        for rule, verdict in RULES.items():
            part = text.partition(f'sh:hasValue "{rule}"')[2].partition("sh:hasValue code:")[2]
            assert part.split(" ")[0] == verdict.slug, rule


PAGE = Path(__file__).parents[3] / "docs" / "gaps.md"
_COUNTS = re.compile(r"(<!-- counts: [^\n]*-->\n).*?(<!-- end -->)", re.DOTALL)
_SHOWN = [verdict for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE]


def counts_table(store: OxigraphStore) -> str:
    """Count the verdicts of each province at three days, as a table for the page."""
    reference = Frameworks.of(store).read(FRAMEWORK_2_0)
    reports = [report_on(store, reference, day) for day in DAYS]
    lines = [f"| | {' | '.join(map(str, DAYS))} |", f"|---|{'---|' * len(DAYS)}"]
    for each in Provinces(store).all():
        cells = []
        for report in reports:
            counts = report.counts([cell for cell in report.cells if cell.judged == each])
            cells.append(" / ".join(str(counts[verdict]) for verdict in _SHOWN))
        lines.append(f"| {each.province.label('vi')} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def test_the_numbers_in_the_docs_are_those_of_now(store: OxigraphStore) -> None:
    found = _COUNTS.search(PAGE.read_text("utf-8"))
    assert found
    assert counts_table(store) in found[0]


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    read_five_as_shipped()
    with TemporaryDirectory() as scratch:
        build([FIVE], Path(scratch))
        table = counts_table(open_published(Path(scratch)))
    PAGE.write_text(_COUNTS.sub(lambda m: m[1] + table + m[2], PAGE.read_text("utf-8")), encoding="utf-8")
