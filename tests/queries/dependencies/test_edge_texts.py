"""The marks on edges, their wording, and edges whose direction follows from the class."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from egovkg.graph.names import EGOV
from egovkg.graph.network.network import stated_network
from egovkg.loaders.pipeline.build import build
from egovkg.ontology.directions import is_reversed
from egovkg.queries.dependencies.impact import impact
from egovkg.queries.dependencies.matrix import mark_of, matrix
from egovkg.queries.dependencies.network.choice import EdgeChoice, Widening
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.dependencies.network.edge_claims import edge_claims, edges_in_force
from egovkg.queries.dependencies.network.remarks import PathByWidening
from egovkg.queries.dependencies.paths import PathBounds, paths
from egovkg.queries.dependencies.text import (
    affected_notes,
    edge_text,
)
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.tests.corpora.folders import FIVE
from egovkg.viz.dependencies.drawing import of_impact

from .small_graphs import Made, ask, chain, listed, notes


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


class TestPlatforms:
    """Issue 14, case A14: what an integration platform joins depends on it, by one rule in every reader."""

    PLATFORM = "bp:nen-tang-chia-se"  # is to connect the systems of the province and of central bodies
    JOINED = ("bp:he-thong-csdl-tinh",)
    CENTRAL = "nat:he-thong-csdl-tw"

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
        ("question", "system", "count"), [("dependents", PLATFORM, 1), ("depends-on", PLATFORM, 1)]
    )
    def test_questions_agree(self, corpus: Dependencies, question: str, system: str, count: int) -> None:
        answer = ask_question(corpus.store, NamedQuestion(question, {"system": system}, "en"))
        assert len(answer.rows) == count

    def test_a_province_depends_on_what_is_of_the_whole_country(self, corpus: Dependencies) -> None:
        found = corpus.with_choice(EdgeChoice(plans=True, lang="en"))
        assert self.CENTRAL not in listed(ask(found, self.PLATFORM))
        assert listed(ask(found, self.CENTRAL))[self.PLATFORM] == 1
        answer = ask_question(corpus.store, NamedQuestion("national-links", {}, "en"))
        assert sum("Systems and databases of central bodies" in str(row) for row in answer.rows) == 1
        assert not any("direction by the class" in str(row) for row in answer.rows)

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
            ("DocumentExchangeAxis", "connectsTo", "DocumentManagementSystem", True),
            ("IntegrationPlatform", "connectsTo", "DocumentExchangeAxis", False),
            ("Database", "connectsTo", "IntegrationPlatform", False),
            ("DocumentManagementSystem", "connectsTo", "Database", False),
        ],
    )
    def test_the_rule(self, subject: str, relation: str, joined: str, expected: bool) -> None:
        assert is_reversed(subject, relation, joined) == expected


def corpus_with(folder: Path, claim: str) -> Path:
    """Build the five articles with one claim more, in the article of Bình Phước."""
    shutil.copytree(FIVE / "articles", folder / "corpus" / "articles")
    path = folder / "corpus" / "articles" / "binh-phuoc-2020.kg.md"
    line = next(
        line
        for line in path.read_text("utf-8").split("\n")
        if line.startswith("bp:qlvb  connectsTo      bp:truc")
    )
    path.write_text(path.read_text("utf-8").replace(line, f"{line}\n{claim}"), "utf-8")
    build([folder / "corpus"], folder / "home")
    return folder / "home"
