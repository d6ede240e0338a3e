"""Data and downloads: the whole graph in open forms, with sizes and hashes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ....graph.names import PREFIXES
from ..content.csv_files import as_csv
from ..content.data_files import table_files, table_twins
from ..content.fact_tables import ENTITY_KEYS, FACT_KEYS, entity_rows, fact_row
from ..content.model import File, Page
from ..content.rdf_files import as_turtle
from ..content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ....graph.store import Store
    from ..content.model import Context, Site
    from ..content.snapshot import Known

_FILE_KEYS = ("file", "holds", "bytes", "sha256")


def pages(site: Site) -> Iterator[Page | File]:
    """Make the files and the page that lists them."""
    files = (*_graph_files(site.known.store), *_tables(site.known))
    title = {lang: words(lang)["data.title"] for lang in ("vi", "en")}
    yield from files
    twins = table_twins("data")
    yield Page("data.html", "data.html.j2", title, lambda lang: _data(site, files, lang), "data", twins)
    yield from table_files("data", _FILE_KEYS, (_file_row(each) for each in files))


def _file_row(file: File) -> tuple[object, ...]:
    words_of = words("vi")[f"data.{file.path.rpartition('/')[2]}"]
    return file.path, words_of, len(file.data), sha256(file.data).hexdigest()


def _graph_files(store: Store) -> tuple[File, ...]:
    lines = store.dump()
    quads = list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    triples = dict.fromkeys(quad.triple for quad in sorted(quads, key=str))
    return (
        File("data/egovkg.nq", lines),
        File(
            "data/egovkg.trig",
            ox.serialize(_by_graph(quads), format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b"",
        ),
        File("data/egovkg.ttl", as_turtle(triples)),
    )


def _by_graph(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    return sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))


def _tables(known: Known) -> tuple[File, ...]:
    return (
        File("data/facts.csv", as_csv(FACT_KEYS, map(fact_row, known.statements))),
        File("data/entities.csv", as_csv(ENTITY_KEYS, entity_rows(known))),
    )


def _data(site: Site, files: Sequence[File], lang: str) -> Context:
    rows = [
        (
            file.path,
            file.path.rpartition("/")[2],
            words(lang)[f"data.{file.path.rpartition('/')[2]}"],
            _size(file, lang),
            sha256(file.data).hexdigest(),
        )
        for file in files
    ]
    return {"rows": rows, "keys": FACT_KEYS, "prefixes": PREFIXES}


def _size(file: File, lang: str) -> str:
    text = f"{len(file.data) / 1000:,.1f} kB"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text
