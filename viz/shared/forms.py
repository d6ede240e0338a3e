"""The output formats of answers and drawings, and the file extensions that select them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CSV",
    "DOCX",
    "DRAWINGS",
    "FORMS",
    "GEXF",
    "GRAPHML",
    "HTML",
    "JSON",
    "JSONL",
    "MERMAID",
    "PDF",
    "PICTURES",
    "PNG",
    "RDF_PATCH",
    "ROWS",
    "SARIF",
    "SVG",
    "TABLE",
    "TEXT",
    "TURTLE",
    "XLSX",
    "YAML",
    "Form",
    "ending_of",
    "form_by_ending",
]


@dataclass(frozen=True, slots=True)
class Form:
    """An output format.

    :param endings: file extensions without the dot, the usual one first
    :param is_binary: whether it must be written to a file, because a terminal cannot show it
    :param needs_renderer: whether it is converted from SVG by an optional package
    """

    name: str
    endings: tuple[str, ...]
    is_binary: bool = False
    needs_renderer: bool = False


TABLE = Form("table", ("txt",))
TEXT = Form("text", ("txt",))
CSV = Form("csv", ("csv",))
JSON = Form("json", ("json",))
JSONL = Form("jsonl", ("jsonl", "ndjson"))
XLSX = Form("xlsx", ("xlsx",), is_binary=True)
HTML = Form("html", ("html", "htm"))
DOCX = Form("docx", ("docx",), is_binary=True)
SVG = Form("svg", ("svg",))
PNG = Form("png", ("png",), is_binary=True, needs_renderer=True)
PDF = Form("pdf", ("pdf",), is_binary=True, needs_renderer=True)
MERMAID = Form("mermaid", ("mmd", "mermaid"))
GRAPHML = Form("graphml", ("graphml",))
GEXF = Form("gexf", ("gexf",))
TURTLE = Form("turtle", ("ttl",))
SARIF = Form("sarif", ("sarif", "sarif.json"))
RDF_PATCH = Form("rdf-patch", ("rdfp",))
YAML = Form("yaml", ("yaml", "yml"))

ROWS = (TABLE, CSV, JSON, XLSX)  # of every verb that answers with rows
PICTURES = (HTML, SVG, PNG, PDF)  # what a reader looks at
DRAWINGS = (*PICTURES, MERMAID, GRAPHML, GEXF)  # of every verb that draws a network
FORMS = (*ROWS, TEXT, JSONL, DOCX, *DRAWINGS, TURTLE, SARIF, RDF_PATCH, YAML)


def ending_of(file_name: str) -> str:
    """Return the extension of a file name in lower case, without the dot.

    >>> ending_of("out/Gaps.XLSX"), ending_of("gaps")
    ('xlsx', '')
    """
    return PurePath(file_name).suffix.removeprefix(".").lower()


def form_by_ending(file_name: str, forms: Iterable[Form]) -> Form | None:
    """Choose a format by the extension of a file name, the longest first; `None` if no format has it.

    >>> form_by_ending("gaps.htm", DRAWINGS) is HTML, form_by_ending("gaps.docx", DRAWINGS)
    (True, None)
    >>> form_by_ending("a.sarif.json", (JSON, SARIF)) is SARIF
    True
    """
    double = ".".join(PurePath(file_name).suffixes[-2:]).replace("..", ".").lstrip(".").lower()
    by_ending = {ending: form for form in reversed([*forms]) for ending in form.endings}
    return by_ending.get(double) or by_ending.get(ending_of(file_name))
