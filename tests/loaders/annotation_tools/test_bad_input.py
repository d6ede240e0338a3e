"""What is wrong with a file of an annotation tool is told with file, line, what and how to mend it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from egovkg.loaders.annotation_tools.formats import FORMATS, format_of
from egovkg.tests.loaders.annotation_tools.samples import read

if TYPE_CHECKING:
    from pathlib import Path

TASK = {"data": {"text": "Sở"}, "annotations": [{"result": []}]}
HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n\n\n#Text=Sở\n"


def entity(identifier: int, start: int, end: int) -> dict[str, object]:
    return {"id": identifier, "start_offset": start, "end_offset": end, "label": "ORG"}


def doccano(*entities: dict[str, object], **other: object) -> str:
    return json.dumps({"text": "Sở", "entities": [*entities], **other})


CASES: list[tuple[str, dict[str, bytes | str], list[str]]] = [
    ("brat", {"a.ann": "T1\tORG 0 2\tSở\n"}, ["a.ann:1:1 KG120 the annotated text a.txt"]),
    ("brat", {"a.ann": "T1\tORG 0 9\tSở\n", "a.txt": "Sở"}, ["a.ann:1:1 KG121 T1 is at 0–9, outside"]),
    ("brat", {"a.ann": "T1\tORG 0 2\tBộ\n", "a.txt": "Sở"}, ['a.ann:1:1 KG121 T1: the text holds "Sở"']),
    (
        "brat",
        {"a.ann": "T1\tO 0 2\tSở\nT1\tO 0 1\tS\nR1\tx Arg1:T1 Arg2:T9\nA1\tN R9\nQ\n", "a.txt": "Sở"},
        [
            "a.ann:2:1 KG122 the id T1 is given twice",
            'a.ann:5:1 KG120 this line is not understood: "Q"',
            "a.ann:4:1 KG122 this line is about R9",
            "a.ann:3:1 KG122 R1 refers to T9",
        ],
    ),
    (
        "brat",
        {"a.ann": "T1\tO 0 2\tSở\nE1\tO:T1 a:E2\nE2\tO:T1 a:E1\n", "a.txt": "Sở"},
        ["a.ann:2:1 KG122 E1 is an argument of itself"],
    ),
    ("brat", {"a.ann": "T1\tO 0 2\tSở", "a.txt": "Sở".encode("utf-16")}, ["a.txt:1:1 KG002 byte 0xFF"]),
    ("brat", {"a.ann": "T1\tO 0 2\tSở", "a.txt": b"\x89PNG\r\n\x1a\n\0"}, ["a.txt:1:1 KG120 this is a PNG"]),
    ("webanno", {"a.tsv": ""}, ["a.tsv:1:1 KG120 the file is empty"]),
    ("webanno", {"a.tsv": "1\tSở\tO\n"}, ['a.tsv:1:1 KG120 the file begins']),
    ("webanno", {"a.tsv": f"{HEAD}1-1\t0-2\tSở\n"}, ["a.tsv:6:1 KG120 the line has 0 columns"]),
    ("webanno", {"a.tsv": f"{HEAD}1-1\t0-2\tBộ\t_\t\n"}, ['a.tsv:6:1 KG121 1-1: the text holds']),
    ("cas", {"a.xmi": "<a/>"}, ["a.xmi:1:1 KG120 there is no CAS in this file"]),
    ("cas", {"a.xmi": "<xmi:XMI"}, ["a.xmi:1:1 KG120 the XML is faulty here"]),
    ("cas", {"a.xmi": '\n<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, ["a.xmi:2:1 KG120 the file declares"]),
    ("cas", {"a.json": '{"%FEATURE_STRUCTURES": [\n{"a"'}, ["a.json:2:5 KG120 the JSON is faulty here"]),
    ("label-studio", {"a.json": "[" * 200_000}, ["a.json:1:1 KG120 "]),
    ("label-studio", {"a.json": "3"}, ["a.json:1:1 KG120 there are no tasks"]),
    ("label-studio", {"a.json": b"PK\x03\x04\xff\0"}, ["a.json:1:1 KG120 this is a ZIP archive"]),
    (
        "label-studio",
        {"a.json": json.dumps([TASK, {**TASK, "data": {}}])},
        ["a.json:1:1 KG120 there is no text with these annotations"],
    ),
    (
        "doccano",
        {"a.jsonl": f"{doccano(entity(0, 0, 2), entity(0, 0, 2))}\n{doccano(entity(1, 2, 1))}\n[1]\n{{"},
        [
            "a.jsonl:1:1 KG122 the id 0 is given twice",
            "a.jsonl:2:1 KG121 1 is at 2–1",
            "a.jsonl:3:1 KG120 this line is not understood",
            "a.jsonl:4:2 KG120 the JSON is faulty here",
        ],
    ),
    (
        "web-annotation",
        {"a.jsonld": json.dumps([{"id": "b", "target": {"source": "a.txt", "selector": {
            "type": "TextQuoteSelector", "exact": "S"}}}]), "a.txt": "Sở S"},
        ['a.jsonld:1:1 KG121 the words "S" of b stand 2 times in the text'],
    ),
    ("web-annotation", {"a.jsonld": "{}"}, ["a.jsonld:1:1 KG120 there are no annotations with a target"]),
    ("conll", {"a.conll": "Sở B-ORG\nNội X\n"}, ['a.conll:2:1 KG120 this line is not understood: "Nội X"']),
]  # fmt: skip


@pytest.mark.parametrize(("form", "files", "expected"), CASES)
def test_each_fault_has_its_line(form: str, files: dict[str, bytes | str], expected: list[str]) -> None:
    lines = [problem.text("en") for problem in read(form, files).problems]
    assert len(lines) == len(expected), lines
    for line, opening in zip(lines, expected, strict=True):
        assert line.startswith(opening)
        assert " — " in line


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"\xff\xfe", b"{", b"<", b"[]", b"\xef\xbb\xbf", b"null"])
def test_no_bytes_end_in_a_traceback(form: str, data: bytes) -> None:
    for ending in FORMATS[form].endings:
        reading = read(form, {f"a{ending}": data, "a.txt": data})
        assert reading.problems or form == "brat"  # of which an empty file is a text without annotations
        assert not any(text.spans for text in reading.texts)


def test_every_ending_has_one_format_and_json_is_told_by_its_content(tmp_path: Path) -> None:
    for name, content in {"cas": '{"%FEATURE_STRUCTURES"', "label-studio": "[]"}.items():
        path = tmp_path / "a.json"
        path.write_text(content)
        form = format_of(path)
        assert form
        assert form.name == name
    assert format_of(tmp_path / "a.docx") is None
