"""RDF of others: what it declares, nests or points to costs nothing but a message."""

from __future__ import annotations

import sys

import pyoxigraph as ox
import pytest
from egovkg.errors import UntrustedError
from egovkg.graph.untrusted import parse_untrusted

LAUGHS = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
DOCUMENT_TYPES = (
    f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{LAUGHS}]><r>&e9;</r>',
    '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>',
    '<!--a comment--> <!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>',
    '<?pi?><!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><r/>',
)


@pytest.mark.parametrize("text", DOCUMENT_TYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(UntrustedError, match="document type declaration"):
        parse_untrusted(text.encode(encoding), ox.RdfFormat.RDF_XML)


@pytest.mark.parametrize("form", [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS])
@pytest.mark.parametrize("depth", [101, 20_000, 200_000])
def test_deep_terms_are_refused(form: ox.RdfFormat, depth: int) -> None:
    with pytest.raises(UntrustedError):
        parse_untrusted(b"<urn:a> <urn:p> " + b"<<( <urn:a> <urn:p> " * depth, form)


@pytest.mark.parametrize("opening", ["[ <urn:p> ", "( "])
def test_depth_that_kills_a_parser_kills_the_child_only(opening: str) -> None:
    with pytest.raises(UntrustedError):
        parse_untrusted(f"<urn:a> <urn:p> {opening * 500_000}".encode(), ox.RdfFormat.TURTLE)


def test_a_context_is_not_fetched() -> None:
    text = b'{"@context": "http://127.0.0.1:9/context", "@id": "urn:a", "name": "b"}'
    with pytest.raises(UntrustedError):
        parse_untrusted(text, ox.RdfFormat.JSON_LD)


def test_the_place_of_a_fault_is_told() -> None:
    with pytest.raises(UntrustedError) as caught:
        parse_untrusted(b"<urn:a> <urn:p> 1 .\n<urn:a> <urn:p> .\n", ox.RdfFormat.TURTLE)
    assert (caught.value.line, caught.value.column is not None) == (2, True)


def test_what_expands_too_far_is_refused() -> None:
    prefix = "urn:" + "x" * 10_000
    text = f"@prefix p: <{prefix}> . " + "p:a p:b p:c . " * 100
    assert parse_untrusted(text.encode(), ox.RdfFormat.TURTLE)
    with pytest.raises(UntrustedError, match="expands to more than 1 MiB"):
        parse_untrusted(text.encode(), ox.RdfFormat.TURTLE, largest=1 << 20)


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are of Linux")
def test_memory_is_bounded() -> None:
    prefix = "urn:" + "x" * 1_000_000
    objects = ", ".join(f"p:{n}" for n in range(400))
    text = f"@prefix p: <{prefix}> . p:a p:b {objects} ."
    with pytest.raises(UntrustedError, match="more memory"):
        parse_untrusted(text.encode(), ox.RdfFormat.TURTLE, memory=1 << 20, largest=1 << 32)
