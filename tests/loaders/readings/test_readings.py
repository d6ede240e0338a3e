"""The table of second readings: read, held against the articles, in the graph, told by `show` and pages."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.graph.shacl.validate import validate
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import Built, build
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.pipeline.shipped_quads import ontology_quads
from egovkg.loaders.readings.corpora import changed_since, reading_quads
from egovkg.loaders.readings.table import read_table
from egovkg.queries.facts.readings import SecondReading
from egovkg.queries.facts.sources import read_sources
from egovkg.queries.picture.picture import picture
from egovkg.viz.explorer.layout import arrange
from egovkg.viz.explorer.page_data import page_record

CASE = Path(__file__).parents[2] / "cases" / "errors" / "25-no-year"
HEAD = "article\tby\ton\tseen\trows\tread\tright\toff\twrong\tunsupported\tnote\n"
LINE = "a\tNgười đọc\t2026-11-30\tpage\t3\t2\t1\t0\t0\t1\ttime too narrow\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give a small corpus of two articles, of which one was read again."""
    folder = Path(shutil.copytree(CASE, tmp_path / "corpus"))
    text = (folder / "articles/a.kg.md").read_text("utf-8")
    (folder / "articles/b.kg.md").write_text(text.replace("article: a\n", "article: b\n"), "utf-8")
    (folder / "readings.tsv").write_text(HEAD + LINE, "utf-8")
    return folder


@pytest.fixture
def built(corpus: Path, tmp_path: Path) -> Built:
    return build([corpus], tmp_path / "graph")


def test_counts_reach_the_sources(built: Built) -> None:
    sources = read_sources(built.version.open())
    reading = SecondReading("2026-11-30", "Người đọc", True, 3, 2, 1, 0, 0, 1, "time too narrow")
    assert {id: source.readings for id, source in sources.items()} == {"a": (reading,), "b": ()}


def test_an_article_that_changed_since_is_noted_by_the_guide(built: Built, corpus: Path) -> None:
    assert [problem for problem in built.problems if problem.code == "KG134"] == []
    found = check([corpus], by_guide=True)
    notes = [problem.text("en") for problem in found if problem.code == "KG134"]
    assert [note.partition(" — ")[0].rpartition("/")[2] for note in notes] == [
        "readings.tsv:2:1 KG134 info: 1 article has another number of rows now "
        "than when it was read: a (3 → 1)"
    ]


def test_only_the_last_reading_of_an_article_counts() -> None:
    later = LINE.replace("Người đọc", "Người khác").replace("\t3\t2\t1\t", "\t1\t1\t0\t")
    readings, problems = read_table(HEAD + LINE + later, "readings.tsv")
    assert not problems
    assert changed_since(readings, {"a": 1}) == ()
    assert len(changed_since(readings, {"a": 3})) == 1


def test_show_says_what_was_found_or_that_it_was_not_read_again(built: Built, tmp_path: Path) -> None:
    def line(article: str, lang: str) -> str:
        words = ["show", article, "--graph", str(tmp_path / "graph"), "--lang", lang]
        return CliRunner().invoke(main, words).stdout.splitlines()[2]

    assert built.changed
    assert line("a", "en") == (
        "read again by Người đọc on 2026-11-30 against the page: 2 of 3 rows, 1 right, 1 unsupported"
    )
    assert line("a", "vi") == (
        "Người đọc đọc lại ngày 2026-11-30, đối chiếu với trang gốc: "
        "2 trong 3 dòng, 1 đúng, 1 không có căn cứ"
    )
    assert (line("b", "en"), line("b", "vi")) == ("not read a second time", "chưa được đọc lại")


def test_the_explorer_says_so_at_the_source(built: Built) -> None:
    drawn = picture(built.version.open())
    data = json.dumps(page_record(drawn, arrange(drawn))["articles"], ensure_ascii=False)
    (summary, reading), unread = [article["again"]["vi"] for article in json.loads(data)]
    assert summary == "đã có một người khác đọc lại; 1/2 dòng đúng"
    assert reading.startswith("Người đọc đọc lại ngày 2026-11-30, đối chiếu với trang gốc:")
    assert unread == ["chưa được đọc lại"]


def test_a_changed_table_is_a_new_version_without_reading_articles(
    built: Built, corpus: Path, tmp_path: Path
) -> None:
    (corpus / "readings.tsv").write_text(HEAD + LINE.replace("\t1\t0\t0\t1\t", "\t2\t0\t0\t0\t"), "utf-8")
    again = build([corpus], tmp_path / "graph")
    assert (again.changed, again.read) == (True, 0)
    assert [reading.right for reading in read_sources(again.version.open())["a"].readings] == [2]
    (corpus / "readings.tsv").unlink()
    without = build([corpus], tmp_path / "graph").version.open()
    assert not without.select("SELECT ?x { ?x a <https://w3id.org/egovkg/ontology#SecondReading> }").rows


def test_quads_fit_the_shape_and_faulty_ones_do_not() -> None:
    readings, problems = read_table(HEAD + LINE.replace("\ttime too narrow", ""), "readings.tsv")
    assert problems == ()
    assert (readings[0].on, readings[0].note) == (date(2026, 11, 30), "")
    nquads = "".join(reading_quads(readings))
    # A read count above the rows of the article, and no statement whether the page was seen.
    faulty = nquads.replace('rowsRead> "2"', 'rowsRead> "4"').replace("#pageSeenAgain", "#other")

    def paths(text: str) -> int:
        store = OxigraphStore.in_memory()
        store.load(ontology_quads() + text.encode())
        return sum(violation.shape.endswith("SecondReadingShape") for violation in validate(store))

    assert (paths(nquads), paths(faulty)) == (0, 2)


def test_lines_of_another_table_are_refused() -> None:
    readings, problems = read_table("article,by,on\n", "readings.tsv")
    assert readings == ()
    assert [(problem.code, problem.line) for problem in problems] == [("KG130", 1)]
