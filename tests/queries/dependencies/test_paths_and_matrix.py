"""Paths between systems, the matrix, and their bounds."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pytest
from egovkg.graph.network.network import Network
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.criticality import criticality
from egovkg.queries.dependencies.matrix import loops_of, matrix
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.dependencies.network.remarks import NetworkEmpty
from egovkg.queries.dependencies.network.scope import SystemFilter
from egovkg.queries.dependencies.paths import PathBounds, paths
from egovkg.queries.dependencies.shortest_paths import reached
from egovkg.queries.dependencies.single_points import single_points

from .small_graphs import Report, ask, chain, notes


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
