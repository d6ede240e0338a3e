"""Answers about dependencies: what the articles say, what is kept apart, and why each step is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import networkx as nx
import pytest
from egovkg.errors import DependencyError, EntityError, FilterError, ScopeError, StoreError
from egovkg.graph.names import CODE, EGOV, GRAPH_EDGES, GRAPH_INFERRED, GRAPH_REGISTER, RDF_TYPE, RDFS, XSD
from egovkg.graph.network.network import Network, stated_network
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.corpus import shipped_folder
from egovkg.ontology.directions import is_reversed
from egovkg.queries.dependencies.comparison import comparison
from egovkg.queries.dependencies.criticality import CriticalityReport, criticality
from egovkg.queries.dependencies.impact import ImpactReport, impact
from egovkg.queries.dependencies.matrix import MatrixReport, loops_of, mark_of, matrix
from egovkg.queries.dependencies.network.choice import EdgeChoice, Widening
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.dependencies.network.edge_claims import EdgeClaim, edge_claims, edges_in_force
from egovkg.queries.dependencies.network.remarks import NetworkEmpty, PathByWidening, remark_texts
from egovkg.queries.dependencies.network.scope import SystemFilter, class_named, layer_named
from egovkg.queries.dependencies.paths import PathBounds, PathReport, paths
from egovkg.queries.dependencies.records import affected_record
from egovkg.queries.dependencies.shortest_paths import reached
from egovkg.queries.dependencies.single_points import SinglePointReport, joins, single_points
from egovkg.queries.dependencies.text import (
    affected_notes,
    criticality_text,
    edge_text,
    reason_texts,
)
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.viz.dependencies.drawing import of_impact
from hypothesis import strategies as st

BASE = "https://w3id.org/egovkg/id/"
NODES = 8
PAIRS = st.sets(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] != pair[1]),
    max_size=16,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dependencies") / "home"
    build([shipped_folder()], folder)
    return folder


@pytest.fixture(scope="module")
def corpus(home: Path) -> Dependencies:
    return Dependencies.published(home)


def ask(found: Dependencies, *entities: str, upstream: bool = False) -> ImpactReport:
    return impact(found, [found.resolve(words) for words in entities], upstream=upstream)


Report: TypeAlias = ImpactReport | PathReport | MatrixReport | SinglePointReport | CriticalityReport


def notes(answer: Report) -> list[str]:
    return remark_texts(answer.remarks, answer.choice.lang)


def listed(answer: ImpactReport) -> dict[str, int]:
    return {one.system.curie: one.hops for one in answer.affected}


class Made:
    """A small graph with claims, as a loader would write it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.claims = 0

    def system(self, key: str, kind: str = "InformationSystem", province: str | None = None) -> Made:
        thing = f"<{BASE}system/t-{key}>"
        self.quad(thing, RDF_TYPE, f"<{EGOV}{kind}>", GRAPH_REGISTER)
        self.quad(thing, RDF_TYPE, f"<{EGOV}TechnicalComponent>", GRAPH_INFERRED)
        self.quad(thing, f"{RDFS}label", f'"Hệ thống {key}"@vi', GRAPH_REGISTER)
        self.quad(thing, f"{EGOV}curie", f'"t:{key}"', GRAPH_REGISTER)
        if province:
            unit = f"<{BASE}unit/t-{province}>"
            self.quad(thing, f"{EGOV}ofTerritory", unit, GRAPH_REGISTER)
            self.quad(unit, RDF_TYPE, f"<{EGOV}Province>", GRAPH_REGISTER)
            self.quad(unit, f"{RDFS}label", f'"Tỉnh {province}"@vi', GRAPH_REGISTER)
            self.quad(unit, f"{EGOV}curie", f'"t:{province}"', GRAPH_REGISTER)
        return self

    def claim(
        self,
        one: str,
        relation: str,
        other: str,
        *,
        status: str = "operational",
        polarity: str = "asserted",
        said: str = "2020-01-01",
        since: str = "",
        until: str = "",
        certainty: str = "",
    ) -> Made:
        self.claims += 1
        graph = "https://w3id.org/egovkg/graph/article/test"
        node, evidence = f"<{BASE}claim/test/{self.claims}>", f"<{BASE}evidence/test/{self.claims}>"
        ends = f"<{BASE}system/t-{one}>", f"<{BASE}system/t-{other}>"
        day = f"^^<{XSD}date>"
        pairs = {
            RDF_TYPE: f"<{EGOV}Claim>",
            f"{EGOV}subject": ends[0],
            f"{EGOV}predicate": f"<{EGOV}{relation}>",
            f"{EGOV}object": ends[1],
            f"{EGOV}status": f"<{CODE}{status}>",
            f"{EGOV}polarity": f"<{CODE}{polarity}>",
            f"{EGOV}timeBasis": f"<{CODE}publication>",
            f"{EGOV}statedOn": f'"{said}"{day}',
            f"{EGOV}evidence": evidence,
            f"{EGOV}sourceLine": f'"{self.claims}"^^<{XSD}integer>',
        }
        if since:
            pairs[f"{EGOV}earliest"] = f'"{since}"{day}'
        if until:
            pairs |= {f"{EGOV}latest": f'"{until}"{day}', f"{EGOV}validTo": f'"{until}"'}
        if certainty:
            pairs[f"{EGOV}certainty"] = f'"{certainty}"'
        for predicate, value in pairs.items():
            self.quad(node, predicate, value, graph)
        self.quad(evidence, f"{EGOV}text", f'"Câu {self.claims}."@vi', graph)
        self.quad(evidence, f"{EGOV}inArticle", f"<{BASE}article/test>", graph)
        self.quad(f"<{BASE}article/test>", f"{EGOV}curie", '"test"', graph)
        if (
            status in {"operational", "completed", "pilot", "limited"}
            and polarity == "asserted"
            and certainty != "low"
        ):
            self.quad(ends[0], f"{EGOV}{relation}", ends[1], GRAPH_EDGES)
        return self

    def quad(self, subject: str, predicate: str, value: str, graph: str) -> None:
        self.lines.append(f"{subject} <{predicate}> {value} <{graph}> .\n")

    def found(self, **choice: object) -> Dependencies:
        store = OxigraphStore.in_memory()
        store.load("".join(sorted(set(self.lines))).encode())
        return Dependencies.of(store, EdgeChoice(**choice))  # type: ignore[arg-type]


def chain(**last: str) -> Made:
    """The portal rests on the platform, and that on the centre; the last link as asked for."""
    made = Made()
    for key, kind in (
        ("portal", "PublicServicePortal"),
        ("lgsp", "IntegrationPlatform"),
        ("dc", "DataCentre"),
    ):
        made.system(key, kind, "p")
    return made.claim("portal", "connectsTo", "lgsp").claim("lgsp", "hostedOn", "dc", **last)


def expecting(found: Dependencies, one: str, other: str) -> Dependencies:
    """The same, with one expected edge."""
    network = Network.from_edges(
        [(f"{BASE}system/t-{one}", "expects", f"{BASE}system/t-{other}", "reference")]
    )
    return Dependencies(
        found.store,
        lambda part: found.read_network(part) if part == "stated" else network,
        found.choice,
        found.directory,
    )


class TestWhatTheArticlesSay:
    def test_data_centre_of_bac_kan(self, corpus: Dependencies) -> None:
        answer = ask(corpus, "bk:tt-tich-hop-du-lieu")
        assert listed(answer) == {"bk:phan-mem-chuyen-nganh": 1, "bk:phan-mem-dung-chung": 1}
        assert {step.relations for one in answer.affected for step in one.edges} == {("hostedOn",)}
        assert all(fact.article == "bac-kan-2019" for one in answer.affected for fact in one.edges[0].claims)

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
        assert listed(ask(corpus, "cong dich vu cong quoc gia")) == {"tq:cong-dvc": 1, "tq:mot-cua": 1}

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

    def test_a_part_shares_what_its_whole_needs_not_the_other_way(self) -> None:
        made = chain().system("module").claim("module", "partOfSystem", "lgsp")
        found = made.found(parts=True)
        assert listed(ask(found, "t:dc")) == {"t:lgsp": 1, "t:portal": 2, "t:module": 2}
        assert listed(ask(found, "t:module")) == {}

    def test_claim_bounds(self) -> None:
        day = date(2020, 1, 1)
        claim = EdgeClaim("a", "hostedOn", "b", "operational", False, False, day, day, None)
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
            (SystemFilter(layers=frozenset({"portals"})), 1),
            (SystemFilter(kinds=frozenset({"InformationSystem"})), every),
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


class TestPaths:
    def test_shortest_first_with_bounds_told(self) -> None:
        made = chain().claim("portal", "hostedOn", "dc")
        found = made.found(lang="en")
        answer = paths(found, found.resolve("t:portal"), found.resolve("t:dc"))
        assert [route.curies for route in answer.paths] == [
            ("t:portal", "t:dc"),
            ("t:portal", "t:lgsp", "t:dc"),
        ]
        assert any("limits of the search: 20 paths of at most 8 steps" in note for note in notes(answer))
        bounded = paths(found, found.resolve("t:portal"), found.resolve("t:dc"), PathBounds(max_paths=1))
        assert bounded.bound == "count"
        assert any("stopped at the limit of 1 path" in note for note in notes(bounded))

    def test_no_path_stated(self, corpus: Dependencies) -> None:
        found = corpus.with_choice(EdgeChoice(lang="en"))
        answer = paths(found, found.resolve("tq:qlvb"), found.resolve("bp:qlvb"))
        assert answer.paths == ()
        assert notes(answer)[0].startswith("no path is stated between ")

    def test_other_way_round_and_itself(self) -> None:
        found = chain().found(lang="en")
        turned = paths(found, found.resolve("t:dc"), found.resolve("t:portal"))
        assert turned.is_reversed
        assert turned.paths[0].curies == ("t:portal", "t:lgsp", "t:dc")
        same = paths(found, found.resolve("t:dc"), found.resolve("t:dc"))
        assert same.paths == ()
        assert "is the same system" in notes(same)[0]


def centres(*relations: str, second: str = "DataCentre") -> Made:
    """x, y and z stand in one data centre; what else they need is asked for, of a second provider."""
    made = Made().system("dc", "DataCentre", "p").system("net", second, "p")
    for key in "xyz":
        made.system(key, province="p").claim(key, "hostedOn", "dc")
        for relation in relations:
            made.claim(key, relation, "net")
    return made


def failing(answer: SinglePointReport) -> dict[str, set[str]]:
    return {point.system.curie: {one.curie for one in point.failing} for point in answer.points}


ALL = {"t:x", "t:y", "t:z"}


class TestSinglePoints:
    """Issue 14, cases A1 to A3."""

    def test_needs_of_two_relations_are_both_points(self) -> None:
        made = centres("usesNetwork", second="Network")
        assert failing(single_points(made.found())) == {"t:dc": ALL, "t:net": ALL}

    def test_needs_of_two_classes_in_one_relation_are_both_points(self) -> None:
        made = centres("hostedOn", second="Equipment")
        assert failing(single_points(made.found())) == {"t:dc": ALL, "t:net": ALL}

    def test_a_need_in_a_further_relation_is_no_alternative(self) -> None:
        made = centres("usesNetwork", second="DataCentre")
        assert failing(single_points(made.found())) == {"t:dc": ALL, "t:net": ALL}

    def test_a_provider_of_one_class_and_relation_is_an_alternative(self) -> None:
        found = centres("hostedOn").found(lang="en")
        assert failing(single_points(found)) == {}
        answer = ask(found, "t:dc")
        assert {one.system.curie: one.state.value for one in answer.affected} == dict.fromkeys(ALL, "goes_on")
        assert answer.failing == ()
        (alternative,) = answer.affected[0].alternatives
        assert (alternative.lost[0].curie, alternative.providers[0].curie) == ("t:dc", "t:net")
        assert "keeps running, because it has an alternative: hosted on" in affected_notes(
            answer.affected[0], "en"
        )
        assert {one.state.value for one in ask(found, "t:dc", "t:net").affected} == {"fails"}

    def test_what_goes_on_does_not_propagate(self) -> None:
        made = centres("hostedOn").system("app", province="p").claim("app", "usesDataOf", "x")
        assert "t:app" not in listed(ask(made.found(), "t:dc"))
        assert failing(single_points(made.found())) == {"t:x": {"t:app"}}

    def test_upstream_names_the_alternative(self) -> None:
        made = centres("hostedOn").system("grid", "Network").claim("x", "usesNetwork", "grid")
        answer = ask(made.found(), "t:x", upstream=True)
        states = {one.system.curie: one.state.value for one in answer.affected}
        assert states == {"t:dc": "goes_on", "t:net": "goes_on", "t:grid": "fails"}

    def test_the_record_has_the_contract_and_the_state(self) -> None:
        record = affected_record(ask(centres("hostedOn").found(), "t:dc").affected[0], "vi")
        assert list(record)[:5] == ["entity", "label", "hops", "path", "basis"]
        assert record["state"] == "goes_on"
        assert record["alternatives"] == [
            {"dependent": "t:x", "relation": "hostedOn", "lost": ["t:dc"], "others": ["t:net"]}
        ]

    @pytest.mark.parametrize("parts", [False, True])
    def test_a_part_of_the_failed_is_no_alternative(self, parts: bool) -> None:
        made = centres("hostedOn").claim("net", "partOfSystem", "dc")
        answer = single_points(made.found(parts=parts))
        assert failing(answer)["t:dc"] >= ALL
        assert all(
            "t:net" not in {one.curie for one in alternative.providers}
            for point in answer.points
            for alternative in point.alternatives
        )

    @pytest.mark.parametrize("scope", ["Tuyên Quang", "Bắc Kạn", "Bình Phước", None])
    def test_no_part_of_a_failed_system_is_an_alternative_in_the_corpus(
        self, corpus: Dependencies, scope: str | None
    ) -> None:
        found = corpus.with_choice(EdgeChoice(parts=True))
        answer = single_points(found, SystemFilter(units=found.units_of(scope)) if scope else None)
        network = found.network
        wholes = {(network.name(a), network.name(b)) for a, b in network.parts.T.tolist()}
        assert wholes
        for point in answer.points:
            for alternative in point.alternatives:
                pairs = {(one.iri, point.system.iri) for one in alternative.providers}
                assert not pairs & wholes

    def test_a_loop_fails_together(self) -> None:
        made = Made().system("a").system("b").claim("a", "connectsTo", "b").claim("b", "usesDataOf", "a")
        assert failing(single_points(made.found())) == {"t:a": {"t:b"}, "t:b": {"t:a"}}

    def test_of_a_province(self, corpus: Dependencies) -> None:
        answer = single_points(corpus, SystemFilter(units=corpus.units_of("Bắc Kạn")))
        first = answer.points[0]
        assert first.system.curie == "bk:tt-tich-hop-du-lieu"
        assert {one.curie for one in first.failing} == {"bk:phan-mem-chuyen-nganh", "bk:phan-mem-dung-chung"}
        assert all(first.system.label("vi") in why for why in reason_texts(first, "vi"))
        assert any("dự phòng" in note for note in notes(answer))

    def test_points_and_impact_agree_on_the_corpus(self, corpus: Dependencies) -> None:
        points = failing(single_points(corpus))
        for point, systems in points.items():
            assert {one.system.curie for one in ask(corpus, point).failing} == systems
        quiet = {system.curie for system in single_points(corpus).systems.values()} - points.keys()
        assert all(ask(corpus, curie).failing == () for curie in quiet)
        reach_of = {row.system.curie: row.reach for row in criticality(corpus).ranking}
        assert {curie: count for curie, count in reach_of.items() if count} == {
            curie: len(systems) for curie, systems in points.items()
        }

    def test_what_merely_joins_is_no_point(self, corpus: Dependencies) -> None:
        """A document system with two neighbours joins them; nothing rests on it."""
        made = Made().system("qlvb").system("a", "DataCentre").system("b", "Network")
        made.claim("qlvb", "hostedOn", "a").claim("qlvb", "usesNetwork", "b")
        found = made.found(lang="en")
        assert set(failing(single_points(found))) == {"t:a", "t:b"}
        assert [join.system.curie for join in joins(found).joins] == ["t:qlvb"]
        assert all(point.failing for point in single_points(corpus).points)
        assert {"bp:qlvb", "tq:qlvb"} <= {join.system.curie for join in joins(corpus).joins}
        assert not {"bp:qlvb", "tq:qlvb"} & set(failing(single_points(corpus)))

    def test_joins_of_nothing(self) -> None:
        made = Made().system("a").system("b").claim("a", "connectsTo", "b")
        assert joins(made.found()).joins == ()
        assert len(joins(made.found()).remarks) == 1
        assert NetworkEmpty() in joins(Dependencies.of(OxigraphStore.in_memory())).remarks

    def test_of_very_many_points_some_are_listed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("egovkg.queries.dependencies.single_points.MAX_POINTS", 1)
        monkeypatch.setattr("egovkg.queries.dependencies.single_points.MAX_RANKED", 1)
        answer = single_points(chain().found(lang="en"))
        assert failing(answer) == {"t:dc": {"t:lgsp", "t:portal"}}
        assert notes(answer)[0].startswith("only 1 of 2 single points of failure are listed")

    def test_an_alternative_is_told(self) -> None:
        made = chain().system("dc2", "DataCentre", "p").claim("lgsp", "hostedOn", "dc2")
        answer = single_points(made.found(lang="en"))
        assert set(failing(answer)) == {"t:lgsp"}

    def test_empty_scope(self, corpus: Dependencies) -> None:
        found = corpus.with_choice(EdgeChoice(lang="en"))
        answer = single_points(found, SystemFilter(units=found.units_of("Phú Thọ"), words="Phú Thọ"))
        assert answer.points == ()
        assert notes(answer)[0] == "by the chosen edges, there is no dependency in the scope Phú Thọ"


class TestMatrix:
    def test_layers_and_marks(self, corpus: Dependencies) -> None:
        answer = matrix(corpus, SystemFilter(units=corpus.units_of("Tuyên Quang")))
        place = {one.curie: index for index, one in enumerate(answer.systems)}
        assert answer.mark(place["tq:hnth"], place["tq:ttdl"]) == "S"
        assert answer.mark(place["tq:ttdl"], place["tq:hnth"]) == ""
        assert place["tq:cong-dvc"] < place["tq:qlvb"] < place["tq:ttdl"]
        assert answer.loops == ()

    def test_every_edge_has_its_cell(self, corpus: Dependencies) -> None:
        answer = matrix(corpus)
        names = [one.iri for one in answer.systems]
        cells = {(names[row], names[column]) for row, column in answer.cells}
        assert cells == {(edge[0], edge[2]) for edge in corpus.network.edges()}

    def test_loops_stand_together_and_are_listed(self) -> None:
        made = (
            chain().system("other").claim("dc", "usesDataOf", "portal").claim("other", "connectsTo", "portal")
        )
        answer = matrix(made.found())
        order = [one.curie for one in answer.systems]
        members = sorted(order.index(curie) for curie in ("t:portal", "t:lgsp", "t:dc"))
        assert members == list(range(members[0], members[0] + 3))
        assert [set(path) for path in answer.loops] == [{"t:portal", "t:lgsp", "t:dc"}]

    def test_bounds_are_told(self) -> None:
        answer = matrix(chain().found(lang="en"), max_systems=2)
        assert len(answer.systems) == 2
        assert notes(answer)[0].startswith("the matrix shows 2 of 3 systems")

    def test_loops_are_bounded(self) -> None:
        assert len(loops_of(nx.complete_graph(7, create_using=nx.DiGraph), 5)) == 5

    def test_plans_stand_in_brackets(self) -> None:
        answer = matrix(chain(status="planned").found(plans=True))
        assert "(H)" in {answer.mark(*cell) for cell in answer.cells}


class TestCriticality:
    def test_measures_are_those_of_networkx(self, corpus: Dependencies) -> None:
        graph = nx.DiGraph((edge[0], edge[2]) for edge in corpus.network.edges())
        alternatives = {"tq:chung-thuc", "tq:ky-so-di-dong"}  # beside tq:ky-so, whose parts they are
        between, rank = nx.betweenness_centrality(graph), nx.pagerank(graph, tol=1e-12, max_iter=500)
        ranked = criticality(corpus).ranking
        assert len(ranked) == len(graph)
        for one in ranked:
            iri = one.system.iri
            assert one.betweenness == pytest.approx(between[iri], abs=1e-9)
            assert one.pagerank == pytest.approx(rank[iri], abs=1e-6)
            assert one.reach == (0 if one.system.curie in alternatives else len(nx.ancestors(graph, iri)))
            assert (one.dependents, one.providers) == (graph.in_degree(iri), graph.out_degree(iri))

    def test_most_critical_first_and_explained(self, corpus: Dependencies) -> None:
        first = criticality(corpus).ranking[0]
        assert first.system.curie == "tq:ttdl"
        assert criticality_text(first, "vi").startswith(
            "5 hệ thống phụ thuộc trực tiếp vào nó; 5 hệ thống dừng theo nó"
        )

    def test_bounds_are_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("egovkg.queries.dependencies.criticality.MAX_COUNTED", 1)
        answer = criticality(chain().found(lang="en"))
        assert sum(one.reach is None for one in answer.ranking) == 2
        assert "reach was counted only for the 1 systems with most links" in notes(answer)[0]


class TestBounds:
    def test_sentences_of_very_many_pairs_are_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("egovkg.queries.dependencies.network.dependencies.MAX_QUOTED_PAIRS", 1)
        monkeypatch.setattr("egovkg.queries.dependencies.impact.MAX_QUOTED_PAIRS", 1)
        answer = ask(chain().found(lang="en"), "t:dc")
        assert any("sentences are left out" in note for note in notes(answer))
        assert len(answer.affected) == 2

    @pytest.mark.parametrize("call", [single_points, matrix, criticality])
    def test_an_empty_store_has_a_clear_answer(self, call: Callable[[Dependencies], Report]) -> None:
        found = Dependencies.of(OxigraphStore.in_memory(), EdgeChoice(lang="en"))
        assert NetworkEmpty() in call(found).remarks

    def test_reached_of_unknown_addresses_is_nothing(self) -> None:
        assert reached(Network.from_edges(()), ["urn:x"]) == frozenset()


class TestMarks:
    """What is planned, implied or hedged bears its mark wherever it is shown."""

    @pytest.mark.parametrize(
        ("choice", "how", "mark"),
        [
            ({"plans": True}, {"status": "planned"}, "planned"),
            ({"implied": True}, {"certainty": "low"}, "implied"),
        ],
    )
    def test_a_shortcut_that_is_not_in_force_is_marked(
        self, choice: dict[str, bool], how: dict[str, str], mark: str
    ) -> None:
        made = Made().system("a").system("b").system("c")
        made.claim("a", "hostedOn", "b").claim("b", "hostedOn", "c").claim("a", "connectsTo", "c", **how)
        found = made.found(lang="en", **choice)
        (one,) = [one for one in impact(found, [found.resolve("t:c")]).affected if one.path[-1] == "t:a"]
        assert (one.hops, one.stated_hops, one.edges[0].is_firm) == (1, 2, False)
        assert "by statements in force: 2 hops" in affected_notes(one, "en")
        assert f"connects to ({mark})" in edge_text(one.edges[0], "en")
        (route, *_) = paths(found, found.resolve("t:a"), found.resolve("t:c")).paths
        assert route.edges[0].standing("connectsTo") == mark
        assert {"planned": "(C)", "implied": "C?"}[mark] in {
            mark_of(step) for step in matrix(found).cells.values()
        }

    def test_of_equal_paths_the_one_in_force_is_shown(self) -> None:
        made = Made().system("a").system("b").system("c").system("d")
        made.claim("a", "hostedOn", "b", status="planned").claim("b", "hostedOn", "d")
        made.claim("a", "hostedOn", "c").claim("c", "hostedOn", "d")
        found = made.found(plans=True)
        (one,) = [one for one in impact(found, [found.resolve("t:d")]).affected if one.hops == 2]
        assert one.path == ("t:d", "t:c", "t:a")

    def test_one_relation_in_force_and_one_planned(self) -> None:
        made = Made().system("a").system("b").claim("a", "hostedOn", "b")
        found = made.claim("a", "connectsTo", "b", status="planned").found(plans=True, lang="en")
        (step,) = matrix(found).cells.values()
        assert mark_of(step) == "H(C)"
        assert edge_text(step, "en") == "hosted on, connects to (planned)"
        assert step.as_dict()["standing"] == {"hostedOn": "firm", "connectsTo": "planned"}

    def test_what_is_implied_of_the_corpus_is_marked_where_it_counts(self, corpus: Dependencies) -> None:
        found = corpus.with_choice(EdgeChoice(implied=True, lang="en"))
        answer = impact(found, [found.resolve("tq:ttdl")])
        words = {one.path[-1]: edge_text(one.edges[0], "en") for one in answer.affected}
        assert any("hosted on (implied)" in each for each in words.values()), words
        assert any("edges that are only implied" in note for note in notes(answer))

    def test_hedges_of_the_corpus_are_told(self, corpus: Dependencies) -> None:
        found = corpus.with_choice(EdgeChoice(lang="en"))
        answer = impact(found, [found.resolve("bk:tt-tich-hop-du-lieu")])
        words = {one.path[-1]: edge_text(one.edges[0], "en") for one in answer.affected}
        assert words["bk:phan-mem-chuyen-nganh"] == "hosted on (some, medium certainty)"


class TestWording:
    def test_a_loop_reads_in_the_direction_of_dependence(self) -> None:
        made = Made().system("a").system("b").system("c")
        made.claim("a", "hostedOn", "b").claim("b", "hostedOn", "c").claim("c", "hostedOn", "a")
        found = made.found(lang="vi")
        (note,) = [n for n in notes(impact(found, [found.resolve("t:a")])) if "vòng" in n]
        assert note.endswith("Hệ thống a → Hệ thống b → Hệ thống c → Hệ thống a")
        everything = [found.resolve(f"t:{key}") for key in "abc"]
        assert sum("vòng" in n for n in notes(impact(found, everything))) == 1

    def test_a_denial_is_told_where_nothing_depends(self) -> None:
        made = Made().system("a").system("b").claim("a", "hostedOn", "b", polarity="denied")
        found = made.found(lang="en")
        texts = notes(impact(found, [found.resolve("t:b")]))
        assert texts[0].startswith("by the chosen edges, nothing depends on")
        assert texts[1] == "1 statement denies a dependency of these systems"

    def test_a_cut_matrix_does_not_deny_loops(self) -> None:
        made = Made()
        for key in "abcd":
            made.system(key)
        for one, other in ("ab", "bc", "cd", "da"):
            made.claim(one, "hostedOn", other)
        found = made.found(lang="en")
        assert len(matrix(found).loops) == 1
        assert any("among the systems shown" in note for note in notes(matrix(found, max_systems=3)))

    def test_no_path_names_the_choice_that_has_one(self) -> None:
        found = (
            Made().system("a").system("b").claim("a", "connectsTo", "b", status="planned").found(lang="en")
        )
        remarks = paths(found, found.resolve("t:a"), found.resolve("t:b")).remarks
        assert PathByWidening(Widening.PLANS) in remarks

    def test_a_path_longer_than_asked_says_so(self) -> None:
        found = chain().found(lang="en")
        answer = paths(found, found.resolve("t:portal"), found.resolve("t:dc"), PathBounds(max_length=1))
        assert len(answer.paths[0].edges) == 2
        assert any("the shortest path has 2 steps" in note for note in notes(answer))


def test_a_system_of_no_territory_is_expected_nothing_of(corpus: Dependencies) -> None:
    found = corpus.with_choice(EdgeChoice("reference"))
    assert found.network.node(found.resolve("bp:truc-lgsp")) is None


@pytest.mark.parametrize("words", ["tq:ttdl", "Nghị quyết 17"])
def test_what_is_no_territory_is_no_scope(corpus: Dependencies, words: str) -> None:
    with pytest.raises(ScopeError, match="is not a territory — name a province"):
        corpus.units_of(words)


def test_the_framework_that_counts_is_named(corpus: Dependencies) -> None:
    """Issue 14, case A17."""
    answer = ask(corpus.with_choice(EdgeChoice("reference", lang="en")), "nat:cong-dvcqg")
    assert any(
        note.startswith("framework: Viet Nam e-Government Architecture Framework 2.0")
        for note in notes(answer)
    )
    stated = ask(corpus.with_choice(EdgeChoice(lang="en")), "nat:cong-dvcqg")
    assert not any(note.startswith("framework:") for note in notes(stated))


class TestPlatforms:
    """Issue 14, case A14: what an integration platform joins depends on it, by one rule in every reader."""

    PLATFORM = "bp:nen-tang-chia-se"  # is to connect the systems of the province and of central bodies
    JOINED = ("bp:he-thong-csdl-tinh", "nat:he-thong-csdl-tw")

    def test_what_the_platform_joins_depends_on_it(self, corpus: Dependencies) -> None:
        found = corpus.with_choice(EdgeChoice(plans=True, lang="en"))
        answer = ask(found, self.PLATFORM)
        assert {curie for curie, hops in listed(answer).items() if hops == 1} == set(self.JOINED)
        assert self.JOINED[0] not in listed(ask(found, self.PLATFORM, upstream=True))
        for affected in answer.affected:
            assert "direction by the class of the platform" in edge_text(affected.edges[0], "en")
            assert affected.edges[0].as_dict()["direction_by_class"]

    def test_no_other_edge_of_the_corpus_is_turned(self, corpus: Dependencies) -> None:
        found = corpus.with_choice(EdgeChoice(plans=True, implied=True))
        edges, _ = found.edges([(edge[0], edge[2]) for edge in found.network.edges()])
        turned = {edge.ends for edge in edges.values() if edge.claims_against_words}
        assert turned == {(joined, self.PLATFORM) for joined in self.JOINED}

    @pytest.mark.parametrize(
        ("question", "system", "count"), [("dependents", PLATFORM, 2), ("depends-on", PLATFORM, 0)]
    )
    def test_questions_agree(self, corpus: Dependencies, question: str, system: str, count: int) -> None:
        answer = ask_question(corpus.store, NamedQuestion(question, {"system": system}, "en"))
        assert len(answer.rows) == count

    def test_the_link_to_a_national_system_stays_listed(self, corpus: Dependencies) -> None:
        answer = ask_question(corpus.store, NamedQuestion("national-links", {}, "en"))
        assert sum("direction by the class" in str(row) for row in answer.rows) == 1

    @pytest.mark.parametrize("relation", ["connectsTo", "integratesWith"])
    def test_a_running_platform(self, relation: str, tmp_path: Path) -> None:
        """Plain edges, their N-Quads, the inferred dependency, the questions and impact say the same."""
        home = corpus_with(tmp_path, f"bp:truc-lgsp  {relation}  bp:onewin")
        found = Dependencies.published(home)
        platform, joined = found.resolve("bp:truc-lgsp"), found.resolve("bp:onewin")
        assert (joined, "connectsTo", platform, "stated") in found.network.edges()
        assert stated_network(found.store).edges() == found.network.edges()
        assert edges_in_force(edge_claims(found.store), None) == set(found.network.edges())
        assert found.store.ask(f"ASK {{ <{joined}> <{EGOV}directlyDependsOn> <{platform}> }}")
        assert not found.store.ask(f"ASK {{ <{platform}> <{EGOV}directlyDependsOn> <{joined}> }}")
        assert listed(ask(found, "bp:truc-lgsp"))["bp:onewin"] == 1
        assert ask_question(found.store, NamedQuestion("edges-without-claim", {}, "en")).rows == ()
        answer = ask_question(found.store, NamedQuestion("depends-on", {"system": "bp:onewin"}, "en"))
        assert "direction by the class" in str(answer.rows[0])
        arrow = of_impact(ask(found, "bp:truc-lgsp")).arrows[0]
        assert arrow.edge.provider == "bp:truc-lgsp"

    @pytest.mark.parametrize(
        ("subject", "relation", "joined", "expected"),
        [
            ("IntegrationPlatform", "connectsTo", "DocumentManagementSystem", True),
            ("IntegrationPlatform", "integratesWith", "Database", True),
            ("IntegrationPlatform", "connectsTo", "IntegrationPlatform", False),
            ("IntegrationPlatform", "connectsTo", "DataCentre", False),
            ("IntegrationPlatform", "usesDataOf", "Database", False),
            ("Database", "connectsTo", "IntegrationPlatform", False),
            ("DocumentManagementSystem", "connectsTo", "Database", False),
        ],
    )
    def test_the_rule(self, subject: str, relation: str, joined: str, expected: bool) -> None:
        assert is_reversed(subject, relation, joined) == expected


def corpus_with(folder: Path, claim: str) -> Path:
    """Build the shipped corpus with one claim more, in the article of Bình Phước."""
    shutil.copytree(shipped_folder() / "articles", folder / "corpus" / "articles")
    path = folder / "corpus" / "articles" / "binh-phuoc-2020.kg.md"
    line = next(
        line
        for line in path.read_text("utf-8").split("\n")
        if line.startswith("bp:qlvb  connectsTo      bp:truc")
    )
    path.write_text(path.read_text("utf-8").replace(line, f"{line}\n{claim}"), "utf-8")
    build([folder / "corpus"], folder / "home")
    return folder / "home"
