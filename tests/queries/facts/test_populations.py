"""Whom a statement covers, who said it, the total of a part: facts, reports and tables in each language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from egovkg.cli.verbs.entity_text import entity_text
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.shipped_quads import ontology_quads
from egovkg.queries.facts.entities import resolve
from egovkg.queries.facts.entity_report import entity_report
from egovkg.queries.facts.facts import Fact, facts
from egovkg.queries.facts.statement_tables import statement_tables
from egovkg.queries.picture.picture import picture
from egovkg.tests.corpora.stores import nquads_of, store_of

CASES = Path(__file__).parents[2] / "cases" / "questions"
ARTICLE = "chung-2025"  # of the extra quads of each case


@lru_cache(maxsize=2)
def store(case: str) -> OxigraphStore:
    extra = nquads_of((CASES / case / "extra.trig").read_bytes())
    return store_of((CASES / "base.trig").read_bytes(), extra, ontology_quads())


def by_value(case: str, lang: str = "vi") -> dict[str, Fact]:
    return {str(fact.value): fact for fact in facts(store(case), ARTICLE, lang) if fact.value is not None}


def test_an_entity_or_words_in_the_language_of_the_answer() -> None:
    for lang, words in (("vi", "cơ quan"), ("en", "bodies")):
        stated = by_value("totals-and-parts", lang)
        assert stated["304"].qualifiers["of"] == words
        assert stated["632"].qualifiers["of"] == "ex:can-bo-mot"
        assert "of" not in stated["936"].qualifiers


def test_a_part_knows_its_total() -> None:
    stated = by_value("totals-and-parts")
    assert {stated[value].qualifiers["part_of"] for value in ("304", "632")} == {stated["936"].id}
    assert "part_of" not in stated["936"].qualifiers


def test_a_speaker_is_a_person_or_a_role() -> None:
    speakers = {fact.predicate: fact.qualifiers["said_by"] for fact in facts(store("said-by"), ARTICLE)}
    assert speakers == {"signedDocumentShare": ("ex:an",), "hasLimitation": ("ex:chu-tich-mot",)}


@pytest.mark.parametrize(
    ("case", "lang", "lines"),
    [
        (
            "totals-and-parts",
            "en",
            ["304 digital certificates   [of bodies · part of 936 digital certificates]"],
        ),
        (
            "totals-and-parts",
            "vi",
            ["632 chứng thư số   [tính trên Cán bộ tỉnh Một · thuộc tổng 936 chứng thư số]"],
        ),
        ("said-by", "en", ["100 %   [of the three pilot departments · said by Ms An]"]),
        (
            "interconnected-levels",
            "en",
            ["Document system of Province One   [operational · at province, commune]"],
        ),
    ],
)
def test_the_report_prints_them(case: str, lang: str, lines: list[str]) -> None:
    report = entity_report(store(case), resolve(store(case), "ex:chung"), lang)
    text = entity_text(report, lang)
    assert all(line in text for line in lines)


def test_tables_keep_them() -> None:
    rows = {str(row["value"]): row for row in statement_tables(store("totals-and-parts"), ARTICLE).figures}
    assert (rows["304"]["of"], rows["304"]["of_en"]) == ("cơ quan", "bodies")
    assert rows["632"]["of"] == "ex:can-bo-mot"
    assert rows["936"]["sum"] == rows["304"]["part"] == rows["632"]["part"]
    (limitation,) = statement_tables(store("said-by"), ARTICLE).claims
    assert limitation["saidBy"] == "ex:chu-tich-mot"


def test_pages_have_the_words_in_every_language() -> None:
    shown = {str(item.fact.value): item.population for item in picture(store("totals-and-parts")).statements}
    assert shown["304"] == {"vi": "cơ quan", "en": "bodies"}
    assert shown["632"] == {}
