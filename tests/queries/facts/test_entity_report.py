"""The portrait of an entity: all that is known, each statement with its sentence."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest
from egovkg.cli.verbs.entity_text import entity_text
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.shipped_quads import ontology_quads
from egovkg.queries.facts.entities import resolve
from egovkg.queries.facts.entity_report import EntityReport, amount, entity_report, unit_words
from egovkg.queries.facts.facts import facts
from egovkg.tests.corpora.stores import store_of

BASE = Path(__file__).parents[2] / "cases" / "questions" / "base.trig"


@lru_cache(maxsize=1)
def store() -> OxigraphStore:
    return store_of(BASE.read_bytes(), ontology_quads())


def portrait(words: str, lang: str = "vi") -> EntityReport:
    return entity_report(store(), resolve(store(), words), lang)


def test_what_the_register_says() -> None:
    seen = portrait("ex:lgsp-mot")
    assert (seen.curie, seen.label) == ("ex:lgsp-mot", "Nền tảng tích hợp tỉnh Một")
    assert seen.labels["en"] == "Integration platform of Province One"
    assert seen.kinds == ("IntegrationPlatform",)
    assert seen.kind == "Nền tảng tích hợp, chia sẻ dữ liệu"
    assert seen.territory == ("Tỉnh Một",)
    assert seen.aliases == ("LGSP", "LGSP Một")


def test_statements_with_their_roles() -> None:
    seen = portrait("ex:lgsp-mot")
    assert [(one.role, one.relation, one.other_side, one.status) for one in seen.statements] == [
        ("subject", "phục vụ địa bàn", "Tỉnh Một", "đang vận hành"),
        ("subject", "do … vận hành", "Sở Thông tin tỉnh Một", "đang vận hành"),
        ("subject", "đặt tại", "Trung tâm dữ liệu tỉnh Một", "đang vận hành"),
        ("subject", "dùng mạng", "Mạng chuyên dùng tỉnh Một", "đang vận hành"),
        ("subject", "dùng công nghệ", "Giao thức IPv6 thử", "dự kiến"),
        ("subject", "thuộc chương trình, dự án", "Dự án điện tử tỉnh Một", "đang vận hành"),
        ("object", "kết nối với", "Hệ thống quản lý văn bản tỉnh Một", "đang vận hành"),
        ("object", "là thành phần của", "Cổng dịch vụ công tỉnh Một", "đang vận hành"),
        ("object", "kết nối với", "Hệ thống báo cáo tỉnh Một", "dự kiến"),
        ("about", "có nhiệm vụ", "Tỉnh Một: Hoàn thành nền tảng tích hợp", "dự kiến"),
    ]


def test_each_statement_has_its_sentence_and_source() -> None:
    for one in portrait("ex:lgsp-mot").statements:
        assert one.fact.evidence
        assert one.source.article == one.fact.article
        assert one.source.title.startswith("Tỉnh Một năm")
        assert one.source.publisher == "Báo thử"
        assert one.source.published == one.fact.stated_on.isoformat()


def test_english_portrait() -> None:
    seen = portrait("ex:lgsp-mot", "en")
    assert seen.label == "Integration platform of Province One"
    assert seen.statements[0].relation == "serves territory"
    assert seen.statements[0].source.title == "Province One in 2019"


def test_responsible_body_sees_its_task() -> None:
    seen = portrait("ex:ubnd-mot")
    assert ("about", "có nhiệm vụ") in {(one.role, one.relation) for one in seen.statements}


def test_measure_and_index_have_portraits() -> None:
    assert [one.fact.kind for one in portrait("certificatesIssued").statements] == ["figure"]
    assert [one.other_side for one in portrait("ex:pci").statements] == [
        "Hội thử nghiệm",
        "Tỉnh Một: 55/63 hạng",
    ]


def test_nothing_stated_is_an_empty_list() -> None:
    seen = portrait("ex:chung")
    assert seen.label == "Tỉnh Chung"
    assert seen.statements == ()


def test_portrait_as_json_object() -> None:
    plain = json.loads(json.dumps(portrait("ex:mot").as_dict(), ensure_ascii=False))
    assert plain["curie"] == "ex:mot"
    assert {"role", "relation", "other", "title", "publisher", "evidence", "status"} <= plain["statements"][
        0
    ].keys()


@pytest.mark.parametrize(
    ("measure", "lang", "words"),
    [
        ("documentsExchanged", "vi", "75.005 văn bản"),
        ("documentsExchanged", "en", "75,005 documents"),
        ("indexRank", "vi", "55/63 hạng"),
        ("savings", "vi", "≈ 5.000.000.000 đồng"),
    ],
)
def test_numbers_in_words(measure: str, lang: str, words: str) -> None:
    found = next(fact for fact in facts(store(), lang=lang) if fact.predicate == measure)
    assert amount(found, lang, unit_words(store(), lang)) == words


def test_a_status_is_told_where_it_is_informative() -> None:
    """Of what cannot run, `operational` is left out: a province's limitation is not in operation."""
    lines = entity_text(portrait("ex:mot"), "vi").splitlines()
    assert "có hạn chế → Máy tính đã cũ" in lines
    assert "có mục tiêu → Trở thành đô thị thông minh   [dự kiến · hạn 2025]" in lines
    assert "phục vụ địa bàn ← Nền tảng tích hợp tỉnh Một   [đang vận hành · từ 2019-12-01]" in lines
