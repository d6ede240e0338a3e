"""The sources of the reference data: whole addresses, or none; and what frameworks say of theirs."""

from __future__ import annotations

import re

import pytest
from egovkg.ontology.modules import EGOV, RDFS, TripleIndex, read_module, reference_files

WHOLE = re.compile(r"https?://[^\s/]+\.[^\s/]+/\S+")


@pytest.fixture(scope="module")
def triples() -> TripleIndex:
    return TripleIndex.of(reference_files())


def test_no_address_in_the_shipped_files_is_cut() -> None:
    cut = [
        (name, "...") for name in reference_files() if re.search(rb"\.\.\.[^.]|\xe2\x80\xa6", _links(name))
    ]
    assert cut == []


def _links(name: str) -> bytes:
    """Keep what stands in quotes and looks like an address: a word with a dot and a slash."""
    return b"\n".join(re.findall(rb"\S+\.\S+/\S*", read_module(name)))


def test_each_address_is_whole_and_a_source_without_one_says_so(triples: TripleIndex) -> None:
    sources = [*triples.instances(EGOV + "Source")]
    locations = {source: triples.values(source, EGOV + "location") for source in sources}
    assert [text for texts in locations.values() for text in texts if not WHOLE.fullmatch(text)] == []
    for source, texts in locations.items():
        labels = triples.texts(source, RDFS + "label")
        assert ("không giữ được địa chỉ" in labels["vi"]) is (not texts), source
        assert ("address not kept" in labels["en"]) is (not texts), source
    assert sum(bool(texts) for texts in locations.values()) >= 47


def test_reference_data_rest_on_listed_sources(triples: TripleIndex) -> None:
    sources = {*triples.instances(EGOV + "Source")}
    named = {source for node in triples.index for source in triples.values(node, EGOV + "restsOn")}
    assert named - sources == set()


def test_frameworks_say_where_their_list_comes_from(triples: TripleIndex) -> None:
    silent = [
        framework
        for framework in triples.instances(EGOV + "ReferenceArchitecture")
        if len(triples.values(framework, EGOV + "listBasis")) != 1
    ]
    assert silent == []


def test_the_framework_of_2026_is_what_its_text_says(triples: TripleIndex) -> None:
    """Annex I, section 3 of Decision 1425/QĐ-TTg: points a to d are the four layers from below."""
    framework = "https://w3id.org/egovkg/id/architecture/national-digital-2026"
    members = [node for node in triples.index if framework in triples.values(node, EGOV + "componentOf")]
    own = {
        point: {
            triples.values(node, EGOV + "componentCode")[0]
            for node in members
            if f"PL I.3.{point}" in triples.values(node, EGOV + "clause")
        }
        for point in "abcd"
    }
    assert own["a"] == {"I-DC", "I-LAN", "I-DEVICES", "I-IOT", "S-SECURITY"}
    assert own["d"] == {"P-PORTAL", "C-DASHBOARD", "C-MEASURE"}
    assert {"L-LGSP", "D-SHARED", "D-EFILE"} <= own["b"]
    assert {"A-ONESTOP", "L-IOC", "L-AI"} <= own["c"]
    assert sum(map(len, own.values())) == 24
    assert {code for node in members for code in triples.values(node, EGOV + "sourcing")} == {
        "https://w3id.org/egovkg/code/clause"
    }
