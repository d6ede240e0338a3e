"""Answers in XML: well-formed, or refused with what to ask for instead."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
import rdflib
from egovkg.graph.store import OxigraphStore
from egovkg.service.answers.sparql import answer
from egovkg.service.contract.messages import Job, Reply
from egovkg.service.contract.refusals import ServiceError
from egovkg.service.contract.settings import Limits

RDF_XML, RESULTS_XML = "application/rdf+xml", "application/sparql-results+xml"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
STORE = OxigraphStore.in_memory()


def ask(query: str, media_type: str) -> Reply:
    return answer(STORE, Job("sparql", {"media_type": media_type}, query), Limits())


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("CONSTRUCT { <urn:s> <http://x/1> 'a' } {}", RDF_XML),
        ("CONSTRUCT { <urn:s> <http://x/> 'a' } {}", RDF_XML),
        ("CONSTRUCT { <urn:s> <urn:p> 'a\\u0001' } {}", RDF_XML),
        *(
            (f"CONSTRUCT {{ <urn:s> <{RDF}{name}> 'a' }} {{}}", RDF_XML)
            for name in ("li", "Description", "about", "bagID", "aboutEachPrefix")
        ),
        ("SELECT ('a\\u0001' AS ?x) {}", RESULTS_XML),
        ("SELECT ('\\uFFFE' AS ?x) {}", RESULTS_XML),
    ],
)
def test_what_xml_cannot_hold_is_refused(query: str, media_type: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        ask(query, media_type)
    assert (refusal.value.status, refusal.value.code) == (406, "not-acceptable")
    assert "Turtle" in refusal.value.text("vi")
    other = "text/turtle" if media_type == RDF_XML else "application/sparql-results+json"
    assert ask(query, other).status == 200


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("CONSTRUCT { <urn:s> <http://x/a1> 'a <b> & \\t' } {}", RDF_XML),
        ("CONSTRUCT { <urn:s> <http://x/1a> 'Bắc Kạn'@vi } {}", RDF_XML),
        ("CONSTRUCT { <urn:s?a=1&b=2> a <http://x#T> } {}", RDF_XML),
        ("SELECT ('a <b> & \\n' AS ?x) {}", RESULTS_XML),
        ("ASK {}", RESULTS_XML),
    ],
)
def test_what_xml_can_hold_is_well_formed(query: str, media_type: str) -> None:
    assert ElementTree.fromstring(ask(query, media_type).body) is not None


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", "a\tb \n c", " <a> & ]]> ", "\x85\u2028"])
def test_a_text_arrives_as_it_is(text: str) -> None:
    written = json.dumps(text)  # its escapes are those of SPARQL
    table = ElementTree.fromstring(ask(f"SELECT ({written} AS ?x) {{}}", RESULTS_XML).body)
    assert table.findtext(".//{*}literal") == text
    graph = rdflib.Graph().parse(
        data=ask(f"CONSTRUCT {{ <urn:s> <urn:p:q> {written} }} {{}}", RDF_XML).body, format="xml"
    )
    assert [str(value) for value in graph.objects()] == [text]


@pytest.mark.parametrize("name", ["_1", "type", "value", "first"])
def test_a_name_that_is_not_reserved_is_written(name: str) -> None:
    body = ask(f"CONSTRUCT {{ <urn:s> <{RDF}{name}> <urn:o> }} {{}}", RDF_XML).body
    assert [str(predicate) for predicate in rdflib.Graph().parse(data=body, format="xml").predicates()] == [
        RDF + name
    ]
