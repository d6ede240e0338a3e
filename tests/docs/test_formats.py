"""The table of `docs/formats.md`, made by running every verb in every form; each file is read by others.

`python tests/docs/test_formats.py` writes the table anew.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import warnings
import zipfile
import zlib
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
import networkx as nx
import openpyxl
import pytest
import rdflib
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.cli.app import MODULES
from egovkg.tests.corpora.folders import read_five_as_shipped
from egovkg.viz.shared.forms import FORMS
from lxml import etree
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "formats.md"
CASES = ROOT / "tests" / "cases"
_TABLE = re.compile(r"(?<=<!-- forms -->\n).*?(?=<!-- /forms -->)", re.DOTALL)
RUNS = {  # row of the table → a command
    "ask": ("ask", "articles"),
    "ask, without a question": ("ask",),
    "report": ("report", "--province", "vn:ca-mau-2025", "--as-of", "2026-11-30"),
    "brief": ("brief", "--province", "vn:ca-mau-2025", "--since", "2026-06-30", "--as-of", "2026-11-30"),
    "check": ("check", str(CASES / "errors" / "54-many-at-once")),
    "compare": ("compare", "Tuyên Quang", "Bình Phước"),
    "critical": ("critical", "--province", "Tuyên Quang"),
    "diff": ("diff", "earlier", "current", "--part", "claim"),
    "draw explorer": ("draw", "explorer"),
    "draw VIEW": ("draw", "impact", "tq:ttdl"),
    "duties": ("duties", "--province", "Bắc Kạn"),
    "facts": ("facts", "--article", "bac-kan-2019"),
    "gaps": ("gaps", "--province", "Bắc Kạn"),
    "gaps --compare": ("gaps", "--province", "Bắc Kạn", "--compare", "2019-01-01"),
    "impact": ("impact", "tq:ttdl"),
    "matrix": ("matrix", "--province", "Tuyên Quang"),
    "path": ("path", "bp:qlvb", "nat:truc-van-ban"),
    "roadmap": ("roadmap", "--province", "Bắc Kạn"),
    "show": ("show", "tq:lgsp"),
    "sparql": ("sparql", "SELECT ?s ?d { ?s egov:documentDate ?d } ORDER BY ?s ?d LIMIT 5"),
    "sparql, of a graph": ("sparql", "DESCRIBE <https://w3id.org/egovkg/id/system/tq-lgsp>"),
    "spof": ("spof", "--province", "Bắc Kạn"),
    "spof --joins": ("spof", "--joins"),
    "targets": ("targets", "--province", "Tuyên Quang"),
    "versions": ("versions",),
}
WITHOUT_ROW = {
    "accept",
    "agree",
    "audit",
    "build",
    "draft",
    "explore",
    "export",
    "fmt",
    "import",
    "link",
    "lsp",
    "new",
    "packages",
    "push",
    "serve",
    "site",
}


@dataclass(frozen=True)
class WrittenFile:
    row: str
    form: str
    path: Path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def offered_forms(verb: str) -> list[str]:
    """The forms among which `--format` of a verb chooses."""
    with click.Context(main) as context:
        command = main.get_command(context, verb)
    assert command
    choices = [option.type for option in command.params if option.name == "form"]
    return [str(name) for choice in choices if isinstance(choice, click.Choice) for name in choice.choices]


def written_files(folder: Path) -> Iterator[WrittenFile]:
    """Run every row in every form that its verb offers; the ending alone says which."""
    for number, (row, words) in enumerate(RUNS.items()):
        offered = offered_forms(words[0])
        for form in FORMS:
            path = folder / f"{number}-{form.name}.{form.endings[0]}"
            if form.name not in offered:
                continue
            done = run(*words, "-o", str(path), "--lang", "en")
            if done.exit_code != 2:
                assert path.stat().st_size, (row, form.name, done.output)
                yield WrittenFile(row, form.name, path)
            else:
                assert not path.exists()
                assert "cannot be written as" in done.stderr, (row, form.name, done.stderr)


def table(files: Iterator[WrittenFile]) -> str:
    forms: dict[str, set[str]] = {row: set() for row in RUNS}
    for file in files:
        forms[file.row].add(file.form)
    columns = [form for form in FORMS if any(form.name in names for names in forms.values())]
    lines = [
        "| `egovkg …` | " + " | ".join(f"{form.name} `.{form.endings[0]}`" for form in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for row, names in forms.items():
        cells = ("✓" if form.name in names else "" for form in columns)
        lines.append(f"| `{row}` | " + " | ".join(cells) + " |")
    return "\n" + "\n".join(lines) + "\n\n"


@pytest.fixture(scope="module")
def files(
    home_in_memory: Path, small_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[WrittenFile]:
    folder = tmp_path_factory.mktemp("forms")
    (folder / "earlier").symlink_to(small_home)
    with pytest.MonkeyPatch.context() as patch, chdir(folder):
        patch.setenv("EGOVKG_HOME", str(home_in_memory))
        return list(written_files(folder))


def test_the_table_is_what_the_verbs_write(files: list[WrittenFile]) -> None:
    stated = _TABLE.search(PAGE.read_text("utf-8"))
    assert stated
    assert stated[0] == table(iter(files)), "run: python tests/docs/test_formats.py"


def test_every_verb_stands_in_the_table_or_below_it() -> None:
    assert {words[0] for words in RUNS.values()} | WITHOUT_ROW == set(MODULES)
    page = PAGE.read_text("utf-8")
    assert all(f"`{verb}" in page for verb in WITHOUT_ROW)


def test_the_refusal_reads_as_on_the_page() -> None:
    refused = run("targets", "-o", "targets.docx", "--lang", "en")
    assert f"> `{refused.stderr.splitlines()[-1].removeprefix('Error: ')}`" in PAGE.read_text("utf-8")


@cache
def graphml_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(CASES / "graphml.xsd"))


def read_svg(path: Path) -> None:
    root = etree.parse(path).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = "\n".join(root.itertext("{http://www.w3.org/2000/svg}text"))
    assert "Source: egovkg" in texts
    assert re.search(r"(as of|statements until) \d{4}-\d\d-\d\d", texts)
    assert re.search(r"Legend|How to read it", texts)


def read_png(path: Path) -> None:
    """Check every part by its sum, and the pixels by their number."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, pixels = 8, b""
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, part = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert (
            zlib.crc32(kind + part) == struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0]
        )
        pixels += part if kind == b"IDAT" else b""
        place += 12 + length
    width, height, depth, colours = struct.unpack(">IIBB", data[16:26])
    assert (depth, min(width, height) > 400) == (8, True)
    assert len(zlib.decompress(pixels)) == height * (1 + width * {2: 3, 6: 4}[colours])


def read_pdf(path: Path) -> None:
    reader = PdfReader(path)
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "Source: egovkg" in text
    assert reader.metadata
    assert reader.metadata.title


def read_graphml(path: Path) -> None:
    graphml_schema().assertValid(etree.parse(path))
    assert nx.read_graphml(path).number_of_edges()


def read_gexf(path: Path) -> None:
    assert nx.read_gexf(path).number_of_edges()


def read_workbook(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}


def read_csv(path: Path) -> None:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 1


def read_json(path: Path) -> None:
    assert json.loads(path.read_text("utf-8"))


def read_lines(path: Path) -> None:
    assert all(isinstance(json.loads(line), dict) for line in path.read_text("utf-8").splitlines())


def read_turtle(path: Path) -> None:
    triples = len(rdflib.Graph().parse(path, format="turtle"))
    assert triples
    if program := shutil.which("rapper"):  # a second reader, where there is one
        command = [program, "-i", "turtle", "-c", str(path)]
        count = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        assert f"returned {triples} triples" in count


def read_patch(path: Path) -> None:
    """Apply a patch to the quads that it deletes: what it adds is left."""
    deleted = [line[2:] for line in path.read_text("utf-8").splitlines() if line.startswith("D ")]
    graph = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, inside its parsers
        graph.parse(data="\n".join(deleted), format="nquads")
        graph.parse(path, format="patch")
    assert len(graph) > 1


def read_page(path: Path) -> None:
    page = etree.parse(path, etree.HTMLParser())
    assert page.getroot().findtext("head/title")


def read_document(path: Path) -> None:
    """Read a Word file as XML: each link within it leads to a bookmark."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    marks = {mark.get(space + "name") for mark in body.iter(space + "bookmarkStart")}
    assert {link.get(space + "anchor") for link in body.iter(space + "hyperlink")} <= {*marks, None}


def read_text(path: Path) -> None:
    assert path.read_text("utf-8").strip()


def read_mermaid(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("%%")]
    assert lines[0] == "flowchart RL"
    line_of_chart = re.compile(r'  (n\d+\["[^"]*"\]:::\w+|n\d+ -\.?->?-?>?\|"[^"]*"\| n\d+|classDef \w+ \S+)')
    assert all(line_of_chart.fullmatch(line) for line in lines[1:]), lines


READERS: Mapping[str, Callable[[Path], None]] = {
    "table": read_text,
    "text": read_text,
    "csv": read_csv,
    "json": read_json,
    "jsonl": read_lines,
    "xlsx": read_workbook,
    "docx": read_document,
    "html": read_page,
    "svg": read_svg,
    "png": read_png,
    "pdf": read_pdf,
    "mermaid": read_mermaid,
    "graphml": read_graphml,
    "gexf": read_gexf,
    "turtle": read_turtle,
    "sarif": read_json,
    "rdf-patch": read_patch,
}


@pytest.mark.parametrize("form", READERS)
def test_programs_of_others_read_each_file(form: str, files: list[WrittenFile]) -> None:
    of_form = [file for file in files if file.form == form]
    assert of_form
    for file in of_form:
        READERS[form](file.path)


if __name__ == "__main__":
    read_five_as_shipped()
    with tempfile.TemporaryDirectory() as name, chdir(name):
        os.environ["EGOVKG_HOME"] = str(Path(name) / "home")
        assert run("build", "-o", os.environ["EGOVKG_HOME"]).exit_code == 0
        assert run("build", "--corpus", str(CASES / "errors" / "25-no-year"), "-o", "earlier").exit_code == 0
        fresh = table(written_files(Path(name)))
    PAGE.write_text(_TABLE.sub(lambda _: fresh, PAGE.read_text("utf-8")), "utf-8")
    sys.exit(0)
