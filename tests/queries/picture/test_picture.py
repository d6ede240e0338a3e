from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from egovkg.graph.store import OxigraphStore
from egovkg.queries.facts.values import texts
from egovkg.queries.picture.picture import Edge, Node, Picture, picture
from egovkg.tests.corpora.stores import store_of

CASE = Path(__file__).parents[2] / "cases" / "picture" / "small.trig"


@pytest.fixture(scope="module")
def small() -> Picture:
    return picture(store_of(CASE.read_text("utf-8")))


def node(drawn: Picture, curie: str) -> Node:
    return next(each for each in drawn.nodes if each.curie == curie)


def edge(drawn: Picture, *key: str) -> Edge:
    return next(each for each in drawn.edges if (each.subject, each.predicate, each.object) == key)


def test_nodes_are_what_articles_name(small: Picture) -> None:
    named = [each.curie for each in small.nodes]
    assert named == sorted(named)
    assert "vn:lao-cai" in named  # only mentioned
    assert "hb:csdl-dat-dai" in named
    assert "hb:bao" not in named  # a publisher is a source, no part of the drawing
    assert "certificatesIssued" not in named


def test_node_has_words_kind_layer_and_details(small: Picture) -> None:
    lgsp = node(small, "hb:lgsp")
    assert lgsp.labels["en"] == "Hoa Binh sharing platform"
    assert (lgsp.short, lgsp.kind, lgsp.layer, lgsp.slug) == (
        "LGSP Hoà Bình",
        "IntegrationPlatform",
        "platform",
        "hb-lgsp",
    )
    assert lgsp.aliases == ("LGSP", "trục chia sẻ dữ liệu")
    assert node(small, "hb:cong-dvc").short == "Cổng dịch vụ công tỉnh Hoà Bình"  # no short name
    assert ("validTo", "2025-06-30") in {
        (detail.relation, detail.text["vi"]) for detail in node(small, "vn:hoa-binh").details
    }


def test_province_is_found_through_the_district(small: Picture) -> None:
    assert node(small, "hb:csdl-dat-dai").province == "vn:hoa-binh"
    assert node(small, "vn:hoa-binh").province == "vn:hoa-binh"
    assert node(small, "nat:ngsp").province is None


def test_one_edge_keeps_planned_and_denied_apart(small: Picture) -> None:
    found = edge(small, "hb:lgsp", "connectsTo", "nat:ngsp")
    facts = [small.statements[position].fact for position in found.statements]
    assert [(fact.status, fact.polarity) for fact in facts] == [("planned", "yes"), ("operational", "no")]
    assert facts[0].qualifiers["due_by"] == "2021"


def test_every_edge_has_evidence(small: Picture) -> None:
    for found in small.edges:
        assert found.statements
        for position in found.statements:
            assert small.statements[position].sentence["vi"]


def test_codes_texts_and_figures_are_statements_not_edges(small: Picture) -> None:
    nodes = {each.curie for each in small.nodes}
    assert all(found.subject in nodes and found.object in nodes for found in small.edges)
    by_relation = {each.fact.predicate: each for each in small.statements}
    task = by_relation["hasTask"]
    assert task.text == {
        "vi": "Kết nối LGSP với nền tảng quốc gia",
        "en": "Connect the platform to the national one",
    }
    assert task.fact.qualifiers["about"] == ("hb:lgsp",)
    assert by_relation["atServiceLevel"].fact.object == "code:level-4"
    assert by_relation["certificatesIssued"].fact.value is not None
    assert by_relation["number"].text == {"vi": "12/QĐ-UBND"}


def test_words_cover_what_is_used(small: Picture) -> None:
    words = small.words
    assert {each.kind for each in small.nodes} == set(words.kinds)
    relations = {each.fact.predicate for each in small.statements}
    assert relations <= words.relations.keys() | words.measures.keys()
    assert words.units["chứng-thư"]["vi"] == "chứng thư số"
    assert words.codes["planned"]["en"] == "planned"
    assert {each.fact.status for each in small.statements} <= words.codes.keys()


def test_articles_tell_source_and_province(small: Picture) -> None:
    ca_mau, hoa_binh = small.articles
    assert hoa_binh.publisher["vi"] == "Báo Hoà Bình"
    assert (hoa_binh.published, hoa_binh.province) == ("2020-05-04", "vn:hoa-binh")
    assert ca_mau.publisher == {}
    assert ca_mau.title == {"vi": "Cà Mau mở rộng một cửa điện tử"}


def test_same_graph_in_other_order_is_the_same_picture(small: Picture) -> None:
    lines = store_of(CASE.read_text("utf-8")).dump().splitlines(keepends=True)
    store = OxigraphStore.in_memory()
    store.load(b"".join(reversed(lines)))
    assert picture(store) == small


def test_empty_store_is_an_empty_picture() -> None:
    drawn = picture(OxigraphStore.in_memory())
    assert (drawn.nodes, drawn.edges, drawn.statements, drawn.articles) == ((), (), (), ())


def test_texts_fall_back_on_another_language() -> None:
    assert texts([ox.Literal("platform", language="en")]) == {"vi": "platform", "en": "platform"}
    assert texts([]) == {}


def test_a_unit_says_what_changed_it_and_what_it_succeeds() -> None:
    unit, egov = "https://w3id.org/egovkg/id/unit/vn-", "https://w3id.org/egovkg/ontology#"
    register = f"""
    <https://w3id.org/egovkg/graph/register> {{
      <{unit}ca-mau> <{egov}succeededBy> <{unit}ca-mau-2025> ;
        <{egov}unitChange> "2025-07-01: sáp nhập (Nghị quyết 202/2025/QH15)"@vi,
          "2025-07-01: merged (Nghị quyết 202/2025/QH15)"@en .
      <{unit}ca-mau-2025> a <{egov}Province> ; <{egov}curie> "vn:ca-mau-2025" .
    }}"""
    with_units = picture(store_of(CASE.read_text("utf-8") + register))
    (change,) = (
        detail.text for detail in node(with_units, "vn:ca-mau").details if detail.relation == "unitChange"
    )
    assert change == {
        "vi": "2025-07-01: sáp nhập (Nghị quyết 202/2025/QH15)",
        "en": "2025-07-01: merged (Nghị quyết 202/2025/QH15)",
    }
    details = node(with_units, "vn:ca-mau-2025").details
    assert [detail.target for detail in details if detail.relation == "succeeds"] == ["vn:ca-mau"]
