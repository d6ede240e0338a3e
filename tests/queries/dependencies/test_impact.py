"""What fails with what in the articles, by which choices, filters and names."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from egovkg.errors import DependencyError, EntityError, FilterError, ScopeError, StoreError
from egovkg.queries.dependencies.ask import ImpactQuestion, ask_impact
from egovkg.queries.dependencies.comparison import comparison
from egovkg.queries.dependencies.impact import impact
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.dependencies.network.edge_claims import EdgeClaim, edge_claims, edges_in_force
from egovkg.queries.dependencies.network.remarks import MoreSystems
from egovkg.queries.dependencies.network.scope import SystemFilter, class_named, layer_named
from egovkg.queries.dependencies.records import affected_record
from egovkg.queries.dependencies.single_points import single_points
from egovkg.queries.dependencies.text import (
    affected_notes,
    edge_text,
)

from .small_graphs import BASE, Made, ask, chain, expecting, failing, listed, notes


class TestWhatTheArticlesSay:
    def test_data_centre_of_bac_kan(self, corpus: Dependencies) -> None:
        answer = ask(corpus, "bk:tt-tich-hop-du-lieu")
        assert listed(answer) == {"bk:phan-mem-chuyen-nganh": 1, "bk:phan-mem-dung-chung": 1}
        assert {step.relations for one in answer.affected for step in one.edges} == {("hostedOn",)}
        assert all(fact.article == "bac-kan-2019" for one in answer.affected for fact in one.edges[0].claims)

    def test_hints_count_the_services_that_the_wider_answer_lists(self, corpus: Dependencies) -> None:
        narrow = ask(corpus, "nat:cong-dvcqg")
        remarks = {each.widening: each for each in narrow.remarks if isinstance(each, MoreSystems)}
        for widening, choice in corpus.choice.widened().items():
            wide = ask(corpus.with_choice(choice), "nat:cong-dvcqg")
            more = [row for row in wide.affected if row.system.curie not in listed(narrow)]
            counted = remarks.get(widening, MoreSystems(widening, 0))
            assert counted.systems + counted.services == len(more), widening

    def test_its_document_system_is_part_of_what_stops(self, corpus: Dependencies) -> None:
        wider = corpus.with_choice(EdgeChoice(parts=True))
        assert listed(ask(wider, "bk:tt-tich-hop-du-lieu"))["bk:qlvb"] == 2

    def test_data_centre_of_tuyen_quang_protects_and_may_host(self, corpus: Dependencies) -> None:
        answer = ask(corpus, "Trung tâm dữ liệu tỉnh Tuyên Quang")
        assert set(listed(answer)) == {
            "tq:phan-mem-dung-chung",
            "tq:thu-cong-vu",
            "tq:hnth",
            "tq:cong-ttdt",
            "tq:trang-doi-ngoai",
        }
        for one in answer.affected:
            assert one.edges[0].relations == ("securedBy",)
            assert [fact.predicate for fact in one.edges[0].claims] == ["securedBy"]
            assert [fact.predicate for fact in one.edges[0].implied] == ["hostedOn"]
            assert not one.implied_only

    def test_document_system_of_binh_phuoc_and_its_connections(self, corpus: Dependencies) -> None:
        answer = ask(corpus, "bp:qlvb", upstream=True)
        steps = {one.system.curie: one.edges[0].relations for one in answer.affected}
        assert steps == {
            "bp:chu-ky-so": ("integratesWith",),
            "bp:truc-lgsp": ("connectsTo",),
            "nat:truc-van-ban": ("connectsTo",),
        }
        assert all("chữ ký số" in one.edges[0].claims[0].evidence.lower() for one in answer.affected)

    def test_national_portal(self, corpus: Dependencies) -> None:
        answer = ask(corpus, "cong dich vu cong quoc gia")
        assert listed(answer) == {"tq:cong-dvc": 1, "tq:mot-cua": 1, "tq:dvctt": 2}
        assert {row.system.curie for row in answer.failing} == {"tq:cong-dvc", "tq:mot-cua"}

    def test_more_by_the_reference_is_counted_not_blended(self, corpus: Dependencies) -> None:
        answer = ask(corpus, "nat:cong-dvcqg")
        both = ask(corpus.with_choice(EdgeChoice("both")), "nat:cong-dvcqg")
        expected = [one for one in both.affected if one.basis == "reference"]
        assert len(both.affected) == len(answer.affected) + len(expected)
        assert any(note.startswith(f"thêm {len(expected)} ") for note in notes(answer))
        assert all(step.expectations for one in expected for step in one.edges if step.basis == "reference")

    def test_every_edge_has_claims(self, corpus: Dependencies) -> None:
        pairs = [(edge[0], edge[2]) for edge in corpus.network.edges()]
        steps, read = corpus.edges(pairs)
        assert read
        assert all(step.claims for step in steps.values())

    def test_json_keeps_the_contract(self, corpus: Dependencies) -> None:
        one = affected_record(ask(corpus, "nat:cong-dvcqg").affected[0], "vi")
        assert list(one)[:5] == ["entity", "label", "hops", "path", "basis"]
        assert one["path"] == ["nat:cong-dvcqg", "tq:cong-dvc"]
        json.dumps(one)

    def test_two_document_systems_in_one_province(self, corpus: Dependencies) -> None:
        found = comparison(corpus, "Bình Phước", "Tuyên Quang").duplicates["Bình Phước"]
        kinds = {one.kind: {system.curie for system in one.systems} for one in found}
        assert kinds["DocumentManagementSystem"] == {"bp:ioffice", "bp:onewin"}

    def test_one_province_has_the_axis_the_other_not(self, corpus: Dependencies) -> None:
        found = comparison(corpus, "Bình Phước", "Tuyên Quang").contrasts
        axis = next(one for one in found if one.kind[2] == "DocumentExchangeAxis")
        assert len(axis.first_edges) == 1
        assert axis.second_edges == ()

    def test_reference_components_answer_for_themselves(self, corpus: Dependencies) -> None:
        found = corpus.with_choice(EdgeChoice("reference", unverified=True)).of_reference()
        answer = impact(found, [f"{BASE}component/f2-n-npsp"])
        assert listed(answer)["f2:p-dvc"] == 1
        assert {one.basis for one in answer.affected} == {"reference"}


class TestServices:
    """A service stops with the system through which people reach it."""

    @staticmethod
    def made(**last: str) -> Made:
        made = chain().system("dich-vu", "OnlineServiceSet", "q").system("thu-tuc", "OnlineServiceSet", "r")
        made.claim("dich-vu", "deliveredThrough", "portal", **last)
        return made.claim("thu-tuc", "deliveredThrough", "dc")

    def test_they_stand_last_with_the_kind_of_their_link(self) -> None:
        answer = ask(self.made().found(), "t:dc")
        assert [(row.system.curie, row.hops) for row in answer.affected] == [
            ("t:lgsp", 1),
            ("t:portal", 2),
            ("t:thu-tuc", 1),
            ("t:dich-vu", 3),
        ]
        service = answer.affected[-1]
        assert service.path == ("t:dc", "t:lgsp", "t:portal", "t:dich-vu")
        assert [edge.relations for edge in service.edges] == [
            ("hostedOn",),
            ("connectsTo",),
            ("deliveredThrough",),
        ]
        assert service.edges[-1].claims[0].evidence == "Câu 3."
        assert (service.system.province, service.stated_hops) == ("t:q", 3)
        assert {row.system.curie for row in answer.failing} == {"t:lgsp", "t:portal"}
        assert any("2 " in note and "dịch vụ" in note for note in notes(answer))

    def test_a_portal_that_no_system_depends_on(self) -> None:
        answer = ask(self.made().found(), "t:portal")
        assert listed(answer) == {"t:dich-vu": 1}
        assert not any("không hệ thống nào" in note for note in notes(answer))

    def test_a_plan_counts_on_request(self) -> None:
        found = self.made(status="planned").found()
        assert listed(ask(found, "t:portal")) == {}
        wider = ask(found.with_choice(EdgeChoice(plans=True)), "t:portal")
        assert [row.planned_only for row in wider.affected] == [True]

    def test_a_province_keeps_its_own(self) -> None:
        found = self.made().found()
        keep = SystemFilter(units=frozenset({f"{BASE}unit/t-q"}))
        assert listed(impact(found, [found.resolve("t:dc")], keep=keep)) == {"t:dich-vu": 3}

    def test_upstream_and_by_the_reference_there_are_none(self) -> None:
        found = self.made().found()
        assert "t:thu-tuc" not in listed(ask(found, "t:portal", upstream=True))
        assert "t:thu-tuc" not in listed(ask(found.with_choice(EdgeChoice("reference")), "t:dc"))


class TestChoices:
    def test_plans_count_on_request_and_are_marked(self) -> None:
        found = chain(status="planned").found()
        answer = ask(found, "t:dc")
        assert listed(answer) == {}
        assert any("kế hoạch" in note for note in notes(answer))
        wider = ask(found.with_choice(EdgeChoice(plans=True)), "t:dc")
        assert listed(wider) == {"t:lgsp": 1, "t:portal": 2}
        assert all(one.planned_only for one in wider.affected)

    def test_what_is_implied_counts_on_request_and_is_marked(self) -> None:
        found = chain(certainty="low").found()
        assert listed(ask(found, "t:dc")) == {}
        wider = ask(found.with_choice(EdgeChoice(implied=True)), "t:dc")
        assert [one.implied_only for one in wider.affected] == [True, True]
        assert [fact.predicate for fact in wider.affected[0].edges[0].implied] == ["hostedOn"]

    @pytest.mark.parametrize("status", ["under-construction", "approved"])
    def test_what_is_not_in_force_is_kept_apart(self, status: str) -> None:
        found = chain(status=status).found()
        assert listed(ask(found, "t:dc")) == {}
        assert len(ask(found.with_choice(EdgeChoice(plans=True)), "t:dc").affected) == 2

    @pytest.mark.parametrize("status", ["pilot", "limited"])
    def test_what_runs_in_part_fails_and_counts(self, status: str) -> None:
        """Issue 14, case A13; the status is marked on the step."""
        found = chain(status=status).found(lang="en")
        answer = ask(found, "t:dc")
        assert listed(answer) == {"t:lgsp": 1, "t:portal": 2}
        assert not any(one.planned_only for one in answer.affected)
        assert f"hosted on ({status})" in edge_text(answer.affected[0].edges[0], "en")
        assert "t:dc" in failing(single_points(found))
        assert edges_in_force(edge_claims(found.store), None) == set(found.network.edges())

    def test_what_is_denied_or_ended_never_counts(self) -> None:
        for options in ({"polarity": "denied"}, {"status": "retired"}):
            every = EdgeChoice(plans=True, implied=True, parts=True)
            assert listed(ask(chain(**options).found().with_choice(every), "t:dc")) == {}

    def test_a_denial_beside_an_assertion_is_told(self) -> None:
        made = chain().claim("lgsp", "hostedOn", "dc", polarity="denied")
        step = ask(made.found(), "t:dc").affected[0].edges[0]
        assert [fact.polarity for fact in step.not_counted] == ["no"]

    @pytest.mark.parametrize(
        ("day", "count"),
        [("2019-12-31", 0), ("2020-01-01", 0), ("2020-06-01", 2), ("2021-12-31", 2), ("2022-01-01", 0)],
    )
    def test_as_of_uses_what_was_said_and_of_which_day(self, day: str, count: int) -> None:
        made = chain(said="2020-01-01", since="2020-02-01", until="2021-12-31")
        found = made.found(as_of=date.fromisoformat(day))
        assert len(ask(found, "t:dc").affected) == count

    def test_as_of_counts_the_latest_word(self) -> None:
        made = chain(said="2020-01-01").claim("lgsp", "hostedOn", "dc", status="retired", said="2021-01-01")
        assert len(ask(made.found(as_of=date(2020, 6, 1)), "t:dc").affected) == 2
        assert len(ask(made.found(as_of=date(2021, 6, 1)), "t:dc").affected) == 0

    def test_as_of_tells_what_was_said_later(self) -> None:
        answer = ask(chain(said="2021-01-01").found(as_of=date(2020, 6, 1), lang="en"), "t:dc")
        assert "1 statement was made after 2020-06-01 and does not count" in notes(answer)

    def test_plain_choice_is_the_plain_edges(self, corpus: Dependencies) -> None:
        plain = {edge for edge in corpus.network.edges() if edge[3] == "stated"}
        assert edges_in_force(edge_claims(corpus.store), None) == plain

    def test_each_affected_system_says_how_many_parts_it_has(self) -> None:
        made = chain()
        for part, whole in (("module", "portal"), ("form", "module"), ("axis", "lgsp")):
            made.system(part).claim(part, "partOfSystem", whole)
        parts = {row.system.curie: row.parts for row in ask(made.found(), "t:dc").affected}
        assert parts == {"t:lgsp": 1, "t:portal": 2}
        (portal,) = [row for row in ask(made.found(), "t:dc").affected if row.system.curie == "t:portal"]
        assert affected_record(portal, "en")["parts"] == 2
        assert affected_notes(portal, "en") == "it has 2 parts"

    def test_a_part_shares_what_its_whole_needs_not_the_other_way(self) -> None:
        made = chain().system("module").claim("module", "partOfSystem", "lgsp")
        found = made.found(parts=True)
        assert listed(ask(found, "t:dc")) == {"t:lgsp": 1, "t:portal": 2, "t:module": 2}
        assert listed(ask(found, "t:module")) == {}

    def test_claim_bounds(self) -> None:
        day = date(2020, 1, 1)
        claim = EdgeClaim("a", "hostedOn", "b", "operational", False, False, day, day, None, day)
        assert claim.holds_on(date(2020, 1, 1))
        assert not claim.holds_on(date(2019, 12, 31))
        assert not replace(claim, ends=date(2020, 2, 1)).holds_on(date(2020, 2, 2))


class TestFilters:
    def test_indirect_edges_survive(self) -> None:
        found = chain().found()
        answer = impact(
            found, [found.resolve("t:dc")], keep=SystemFilter(kinds=frozenset({"PublicServicePortal"}))
        )
        assert [one.path for one in answer.affected] == [("t:dc", "t:lgsp", "t:portal")]
        assert [one.curie for one in answer.hidden] == ["t:lgsp"]
        assert answer.graph().nodes["t:lgsp"]["hidden"]
        assert nx.has_path(answer.graph(), "t:portal", "t:dc")

    def test_province_layer_and_superclass(self, corpus: Dependencies) -> None:
        start = [corpus.resolve("nat:cong-dvcqg")]
        every = len(impact(corpus, start).affected)
        for keep, count in (
            (SystemFilter(units=corpus.units_of("Tuyên Quang")), every),
            (SystemFilter(units=corpus.units_of("Bắc Kạn")), 0),
            (SystemFilter(kinds=frozenset({"PublicServicePortal"})), 1),
            (SystemFilter(kinds=frozenset({"InformationSystem"})), every - 1),
        ):
            assert len(impact(corpus, start, keep=keep).affected) == count

    def test_a_merged_province_answers_for_its_predecessors(self, corpus: Dependencies) -> None:
        units = corpus.units_of("vn:thai-nguyen-2025")
        start = [corpus.resolve("bk:tt-tich-hop-du-lieu")]
        assert len(impact(corpus, start, keep=SystemFilter(units=units)).affected) == 2

    def test_names_of_classes_and_layers(self) -> None:
        assert class_named("Trung tâm dữ liệu") == "DataCentre"
        assert layer_named("infrastructure") == "infrastructure"
        for find in (class_named, layer_named):
            with pytest.raises(FilterError, match="no "):
                find("legal document")


class TestTogether:
    def test_several_fail_together(self) -> None:
        made = chain().system("mail", "EmailSystem", "p").claim("mail", "securedBy", "dc")
        found = made.found()
        answer = ask(found, "t:lgsp", "t:dc")
        assert listed(answer) == {"t:mail": 1, "t:portal": 1}
        assert {one.curie for one in answer.failed} == {"t:lgsp", "t:dc"}

    def test_a_loop_is_told_once_and_its_start_is_not_listed(self) -> None:
        found = chain().claim("dc", "usesDataOf", "portal").found(lang="en")
        answer = ask(found, "t:dc")
        assert "t:dc" not in listed(answer)
        assert sum(note.startswith("loop of dependencies:") for note in notes(answer)) == 1

    def test_nothing_stated_is_said_so(self) -> None:
        answer = ask(Made().system("alone").found(lang="en"), "t:alone")
        assert answer.affected == ()
        assert "which does not mean that there is none" in notes(answer)[0]

    def test_stated_paths_are_taken_before_expected_ones_of_equal_length(self) -> None:
        found = chain().found(basis="both")
        both = expecting(found, "portal", "lgsp")
        portal = next(one for one in ask(both, "t:dc").affected if one.system.curie == "t:portal")
        assert portal.basis == "stated"
        assert portal.edges[1].relations == ("connectsTo", "expects")

    def test_a_shorter_expected_path_leaves_the_stated_one_told(self) -> None:
        found = chain().found(basis="both")
        both = expecting(found, "portal", "dc")
        portal = next(one for one in ask(both, "t:dc").affected if one.system.curie == "t:portal")
        assert (portal.hops, portal.basis, portal.stated_hops) == (1, "reference", 2)

    def test_graph_bears_the_claims(self, corpus: Dependencies) -> None:
        graph = ask(corpus, "tq:ttdl").graph()
        assert isinstance(graph, nx.DiGraph)
        assert graph.nodes["tq:ttdl"]["failed"]
        for _, _, data in graph.edges(data=True):
            assert data["claims"][0].evidence
            assert data["basis"] == "stated"


class TestBadNames:
    def test_a_kind_without_dependencies(self, corpus: Dependencies) -> None:
        with pytest.raises(DependencyError, match="dependencies are not recorded"):
            corpus.resolve("UBND tỉnh Tuyên Quang")

    def test_unknown_and_ambiguous(self, corpus: Dependencies) -> None:
        with pytest.raises(EntityError, match="nearest"):
            corpus.resolve("trung tâm dữ liệu tỉnh Tuyên Quong")
        with pytest.raises(EntityError):
            corpus.units_of("Atlantis")

    def test_nothing_published(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="egovkg build"):
            Dependencies.published(tmp_path)


def test_a_system_of_no_territory_is_expected_nothing_of(corpus: Dependencies) -> None:
    found = corpus.with_choice(EdgeChoice("reference"))
    assert found.network.node(found.resolve("bp:truc-lgsp")) is None


@pytest.mark.parametrize("words", ["tq:ttdl", "Nghị quyết 17"])
def test_what_is_no_territory_is_no_scope(corpus: Dependencies, words: str) -> None:
    with pytest.raises(ScopeError, match="is not a territory — name a province"):
        corpus.units_of(words)


def test_only_frameworks_are_candidates_for_a_framework(corpus: Dependencies) -> None:
    question = ImpactQuestion(("bk:lgsp",), choice=EdgeChoice("both", framework="3.0"))
    report = ask_impact(corpus, question)
    assert any("Khung Kiến trúc Chính phủ điện tử Việt Nam, phiên bản 3.0" in note for note in notes(report))


def test_the_framework_that_counts_is_named(corpus: Dependencies) -> None:
    """Issue 14, case A17."""
    answer = ask(corpus.with_choice(EdgeChoice("reference", lang="en")), "nat:cong-dvcqg")
    assert any(
        note.startswith("framework: Viet Nam e-Government Architecture Framework 2.0")
        for note in notes(answer)
    )
    stated = ask(corpus.with_choice(EdgeChoice(lang="en")), "nat:cong-dvcqg")
    assert not any(note.startswith("framework:") for note in notes(stated))
