"""Files of other programs are named for what they are; articles and unknown text are not."""

from __future__ import annotations

import io
import zipfile

import pytest
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.loaders.text.file_kinds import foreign_fault, foreign_kind, is_article
from egovkg.tests.corpora.folders import FIVE
from egovkg.words import languages


def archive(*members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for member in members:
            file.writestr(member, "x")
    return content.getvalue()


XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
FILES: list[tuple[str, str, bytes]] = [
    ("turtle", "a.ttl", b"@prefix a: <http://a/> .\na:b a:c a:d .\n"),
    ("turtle", "a.kg.md", b"# a comment\nPREFIX a: <http://a/>\na:b a:c a:d .\n"),
    ("turtle", "a.ttl", b"<http://a/b> a <http://a/c> ;\n  <http://a/d> 1 .\n"),
    ("trig", "a.trig", b"@prefix a: <http://a/> .\na:g { a:b a:c a:d }\n"),
    ("n-triples", "a.nt", b'<http://a/b> <http://a/c> "d"@vi .\n'),
    ("n-triples", "a", b"<http://a/b> <http://a/c> <http://a/d> .\n"),
    ("n-quads", "a.nq", b'<http://a/b> <http://a/c> "d" <http://a/g> .\n'),
    ("n-quads", "a", b"<http://a/b> <http://a/c> <http://a/d> <http://a/g> .\n"),
    ("rdf-xml", "a.rdf", XML + b'<rdf:RDF xmlns:rdf="x"/>'),
    ("rdf-xml", "a", b"\xef\xbb\xbf<rdf:RDF>"),
    ("json-ld", "a.jsonld", b'{"@context": {}}'),
    ("json-ld", "a.json", b'[{"name": "x", "@id": "y"}]'),
    ("sparql", "a.rq", b"PREFIX a: <http://a/>\nSELECT * { ?s ?p ?o }\n"),
    ("sparql", "a", b"prefix a: <http://a/> select * { ?s ?p ?o }\n"),
    ("xlsx", "a", archive("[Content_Types].xml", "xl/workbook.xml")),
    ("docx", "a", archive("[Content_Types].xml", "word/document.xml")),
    ("pptx", "a", archive("ppt/presentation.xml")),
    ("zip", "a", archive("a.txt")),
    ("xlsx", "a.xlsx", b"PK\x03\x04broken"),
    ("pdf", "a.kg.md", b"%PDF-1.7\n"),
    ("jpeg", "a", b"\xff\xd8\xff\xe0"),
    ("png", "a", b"\x89PNG\r\n\x1a\n"),
    ("gif", "a", b"GIF89a"),
    ("webp", "a", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    ("old-office", "a.doc", bytes.fromhex("d0cf11e0a1b11ae1")),
    ("sqlite", "a.db", b"SQLite format 3\0"),
    ("gzip", "a.gz", b"\x1f\x8b\x08"),
    ("brat", "a.ann", b"T1\tAgent 0 4\tUBND\n"),
    ("brat", "a", b"R1\tserves Arg1:T1 Arg2:T2\n"),
    ("webanno", "a.tsv", b"#FORMAT=WebAnno TSV 3.3\n"),
    ("conll", "a.conllu", b"# text = x\n1\tx\tx\tN\tN\t_\t0\troot\t_\t_\n"),
    ("doccano", "a.jsonl", b'{"id": 1, "text": "x", "label": [[0, 1, "Agent"]]}\n'),
    ("doccano", "a.json", b'{"text": "x", "entities": []}'),
    ("label-studio", "a.json", b'[{"id": 1, "data": {"text": "x"}, "annotations": []}]'),
    ("json", "a.json", b'{"a": 1}'),
    ("geojson", "a.json", b'{"type": "FeatureCollection", "features": []}'),
    ("archimate", "a.xml", XML + b'<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/">'),
    ("archimate", "a.archimate", XML + b"<archimate:model>"),
    ("bpmn", "a.bpmn", XML + b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'),
    ("graphml", "a.graphml", XML + b"<graphml>"),
    ("gexf", "a.gexf", XML + b'<gexf version="1.3">'),
    ("mermaid", "a.mmd", b"%% a\nflowchart LR\n  a --> b\n"),
    ("mermaid", "a", b"sequenceDiagram\n"),
    ("graphviz", "a.dot", b"strict digraph g {\n a -> b\n}\n"),
    ("graphviz", "a", b'graph "a b" {a -- b}'),
    ("plantuml", "a.puml", b"@startuml\nA -> B\n@enduml\n"),
    ("latex", "a.tex", b"% a\n\\documentclass{article}\n"),
    ("svg", "a.svg", b"<svg>"),
    ("html", "a.html", b"<!DOCTYPE html><svg>"),
    ("xml", "a.xml", XML + b"<a/>"),
    ("xml", "a.owl", b"<Ontology/>"),
    ("xml", "a.tei", b'<TEI xmlns="http://www.tei-c.org/ns/1.0">'),
    ("csv", "a.csv", b"a,b\n1,2\n"),
    ("tsv", "A.TSV", b"a\tb\n"),
    ("register", "a.yml", b"# register\nprefix: a\nentities:\n"),
    ("list", "measures.yaml", b"measures:\n  a:\n"),
    ("binary", "a", b"\x7fELF\0\0"),
]
TEXTS = [
    "Bắc Kạn đã có LGSP.\n",
    "[Tỉnh A](vn:bac-kan) có nền tảng riêng.\n",
    "## d1\n\n<!-- lời -->\n",
    "2019, tỉnh có 138 xã; 1.933 thủ tục\n",
    "graph là đồ thị; digraph có hướng\n",
    "---\nkg: 1\n---\n",
    "---\r\nkg: 1\r\n---\r\n",
]


@pytest.mark.parametrize(
    ("name", "file", "data"), FILES, ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_file_of_another_program_is_named(name: str, file: str, data: bytes) -> None:
    kind = foreign_kind(data, file)
    assert kind is not None
    assert kind.name == name
    flaw = foreign_fault(data, file)
    assert flaw is not None
    for lang in languages():
        assert kind.label.text(lang) in flaw.text(lang)
        assert "fmt" not in flaw.text(lang)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_of_no_other_program(text: str) -> None:
    assert foreign_kind(text.encode(), "a.kg.md") is None


@pytest.mark.parametrize("comment", ["# Tỉnh Minh Hoạ, đơn vị cũ và mới.\n\n" * 600, f"# {'x' * 20_000}\n"])
def test_a_register_below_a_long_comment_is_one(comment: str) -> None:
    kind = foreign_kind(f"\ufeff{comment}prefix: mh\nentities:\n".encode(), "mh.yaml")
    assert kind is not None
    assert kind.name == "register"


@pytest.mark.parametrize("file", ["a.docbook", "a.log", "a.org", "a.rst"])
def test_a_text_of_unknown_kind_is_no_article_to_be(file: str) -> None:
    flaw = foreign_fault("Bắc Kạn đã có LGSP.\n".encode(), file)
    assert flaw is not None
    assert "---" not in flaw.text("en")
    assert [foreign_fault(b"LGSP.\n", name) for name in ("a.kg.md", "a.txt", "a", "/dev/fd/63")] == [None] * 4


def test_no_shipped_article_is_taken_for_something_else() -> None:
    for path in find_articles(FIVE):
        body = path.read_text("utf-8").split("\n---\n", 1)[1]
        assert foreign_kind(body.encode(), path.name) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nkg: 1\n---\n", True),
        ('---\narticle: a\n"kg": 9\n---\n', True),
        ("---\ntitle: a page\n---\nkg: 1\n", False),
        ("---\nkg: 1\n", False),
        ("kg: 1\n", False),
    ],
)
def test_an_article_has_a_head_with_its_version(text: str, *, expected: bool) -> None:
    assert is_article(text) is expected
