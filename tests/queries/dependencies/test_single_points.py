"""Single points of failure, what merely joins, and criticality."""

from __future__ import annotations

import networkx as nx
import pytest
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.criticality import criticality
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.dependencies.network.remarks import NetworkEmpty
from egovkg.queries.dependencies.network.scope import SystemFilter
from egovkg.queries.dependencies.records import affected_record
from egovkg.queries.dependencies.single_points import joins, single_points
from egovkg.queries.dependencies.text import (
    affected_notes,
    criticality_text,
    reason_texts,
)

from .small_graphs import Made, ask, chain, failing, listed, notes


def centres(*relations: str, second: str = "DataCentre") -> Made:
    """x, y and z stand in one data centre; what else they need is asked for, of a second provider."""
    made = Made().system("dc", "DataCentre", "p").system("net", second, "p")
    for key in "xyz":
        made.system(key, province="p").claim(key, "hostedOn", "dc")
        for relation in relations:
            made.claim(key, relation, "net")
    return made


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
