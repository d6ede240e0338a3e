"""All facts as flat records: the stable contract of `facts --format jsonl`."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.shipped_quads import ontology_quads
from egovkg.queries.facts.facts import Fact, facts
from egovkg.queries.facts.qualifiers import qualifiers
from egovkg.tests.corpora.stores import store_of

BASE = Path(__file__).parents[2] / "cases" / "questions" / "base.trig"
CONTRACT = """
id kind article line subject subject_label predicate object object_label text value comparator unit
qualifiers status polarity valid_from valid_to as_of_basis stated_on published evidence
"""


@lru_cache(maxsize=1)
def store() -> OxigraphStore:
    return store_of(BASE.read_bytes(), ontology_quads())


def one(subject: str, predicate: str, article: str = "mot-2020", lang: str = "vi") -> Fact:
    found = [f for f in facts(store(), article, lang) if (f.subject, f.predicate) == (subject, predicate)]
    return found[0]


def test_fields_are_the_contract() -> None:
    assert [field.name for field in fields(Fact)] == CONTRACT.split()
    assert list(facts(store())[0].as_dict()) == CONTRACT.split()


def test_every_statement_is_there_once() -> None:
    found = facts(store())
    counted = store().select(
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <https://w3id.org/egovkg/ontology#evidence> ?e }"
    )
    assert len({fact.id for fact in found}) == len(found)
    assert str(len(found)) == getattr(counted.rows[0][0], "value", None)


def test_order_is_article_line_id() -> None:
    keys = [(fact.article, fact.line, fact.id) for fact in facts(store())]
    assert keys == sorted(keys)


def test_one_article_is_part_of_all() -> None:
    every = facts(store())
    assert facts(store(), "hai-2020") == tuple(fact for fact in every if fact.article == "hai-2020")
    assert facts(store(), "no such article") == ()


def test_claim_between_two_things() -> None:
    fact = one("ex:cong-mot", "usesDataOf")
    assert fact.kind == "claim"
    assert fact.id.startswith("claim/mot-2020/d2-")
    assert (fact.object, fact.object_label) == ("ex:van-ban-mot", "Hệ thống quản lý văn bản tỉnh Một")
    assert (fact.text, fact.value, fact.comparator, fact.unit) == (None, None, None, None)
    assert (fact.status, fact.polarity, fact.as_of_basis) == ("operational", "yes", "publication")
    assert fact.stated_on == date(2020, 3, 19)
    assert fact.evidence.startswith("Cổng dịch vụ công ở thu.example.vn")


def test_denied_claim_says_no() -> None:
    denied = [fact for fact in facts(store()) if fact.polarity == "no"]
    assert [(fact.subject, fact.object) for fact in denied] == [("ex:cong-mot", "ex:truc-quoc-gia")]


def test_literal_claim_has_text_and_no_object() -> None:
    fact = one("ex:cong-mot", "webAddress")
    assert (fact.object, fact.object_label, fact.text) == (None, None, "http://thu.example.vn/")
    assert fact.kind == "claim"


def test_item_has_text_in_the_asked_language() -> None:
    fact = one("ex:mot", "hasTask", "mot-2019")
    assert fact.object is not None
    assert fact.object.startswith("item/mot-2019/d4-")
    assert fact.text == "Hoàn thành nền tảng tích hợp"
    assert fact.qualifiers == {"about": ("ex:lgsp-mot",), "due_by": "2020", "responsible": ("ex:ubnd-mot",)}
    assert one("ex:mot", "hasTask", "mot-2019", "en").text == "Complete the integration platform"


def test_times_of_a_claim() -> None:
    fact = one("ex:lgsp-mot", "partOfProgramme")
    assert (fact.valid_from, fact.valid_to, fact.as_of_basis) == ("2016", "2020", "explicit")
    assert fact.qualifiers == {}


def test_figure() -> None:
    fact = one("ex:ky-so-mot", "certificatesIssued")
    assert fact.kind == "figure"
    assert (fact.object, fact.object_label, fact.text) == (None, None, None)
    assert (fact.value, fact.comparator, fact.unit) == (Decimal(936), "=", "chứng-thư")
    assert fact.qualifiers == {"kind": "result", "scope": ("province", "district")}


def test_levels_and_scale_of_figures() -> None:
    levels = [f.qualifiers["level"] for f in facts(store(), "mot-2019") if f.predicate == "servicesOnline"]
    assert levels == [(3,), (4,)]
    rank = one("ex:mot", "indexRank")
    assert rank.qualifiers["denominator"] == Decimal(63)
    assert rank.qualifiers["about"] == ("ex:pci",)


def test_target_is_marked() -> None:
    targets = [fact for fact in facts(store()) if fact.qualifiers.get("kind") == "target"]
    assert [(fact.comparator, fact.value, fact.status) for fact in targets] == [
        (">=", Decimal(90), "planned")
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_json_holds_numbers_and_plain_texts(lang: str) -> None:
    for fact in facts(store(), lang=lang):
        plain = json.loads(json.dumps(fact.as_dict(), ensure_ascii=False, allow_nan=False))
        assert isinstance(plain["value"], (int, float)) == (fact.kind == "figure")
        assert all(plain[name] for name in ("id", "article", "subject", "subject_label", "evidence"))
        assert "/" not in plain["predicate"]


def test_english_labels_and_sentences() -> None:
    fact = one("ex:cong-mot", "usesDataOf", lang="en")
    assert fact.subject_label == "Public service portal of Province One"
    assert fact.evidence.startswith("The public service portal at thu.example.vn")


def test_qualifiers_of_few_are_those_of_all() -> None:
    every = qualifiers(store(), [f"urn:{number}" for number in range(10_000)])
    some = list(every)[:5]
    assert {iri: every[iri] for iri in some} == qualifiers(store(), some)
