"""The download page: the whole graph in open formats, with sizes and hashes."""

from __future__ import annotations

import gzip
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ....graph.names import PREFIXES
from ....words import DEFAULT_LANGUAGE
from ..content.data_files import csv_bytes, table_alternates, table_files
from ..content.fact_tables import ENTITY_KEYS, FACT_KEYS, entity_rows, fact_row
from ..content.forms import shown_size
from ..content.model import File, Page
from ..content.rdf_files import as_turtle
from ..content.texts import page_texts, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ....graph.store import Store
    from ...tables import CellValue
    from ..content.model import Context
    from ..content.site import Site
    from ..content.snapshot import GraphSnapshot

__all__ = ["pages"]

_FILE_KEYS = ("file", "holds", "bytes", "sha256")


def pages(site: Site) -> Iterator[Page | File]:
    """Make the data files and the page that lists them."""
    files = (*_graph_files(site.snapshot.store), *_table_files(site.snapshot))
    yield from files

    def context(lang: str) -> Context:
        rows = [_page_row(file, lang) for file in files]
        return {"rows": rows, "keys": FACT_KEYS, "prefixes": PREFIXES}

    yield Page("data.html", "data.html.j2", titles("data.title"), context, "data", table_alternates("data"))
    yield from table_files("data", _FILE_KEYS, map(_table_row, files))


def _graph_files(store: Store) -> tuple[File, ...]:
    n_quads = store.dump()
    quads = list(ox.parse(n_quads, format=ox.RdfFormat.N_QUADS))
    triples = dict.fromkeys(quad.triple for quad in sorted(quads, key=str))
    trig = ox.serialize(_by_graph(quads), format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""
    return (
        _packed("data/egovkg.nq", n_quads),
        _packed("data/egovkg.trig", trig),
        _packed("data/egovkg.ttl", as_turtle(triples)),
    )


def _packed(path: str, data: bytes) -> File:
    """Return a file compressed with gzip: the same bytes at any time."""
    return File(f"{path}.gz", gzip.compress(data, mtime=0))


def _by_graph(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    return sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))


def _table_files(snapshot: GraphSnapshot) -> tuple[File, ...]:
    return (
        File("data/facts.csv", csv_bytes(FACT_KEYS, map(fact_row, snapshot.statements))),
        File("data/entities.csv", csv_bytes(ENTITY_KEYS, entity_rows(snapshot))),
    )


def _content_text(file: File, lang: str) -> str:
    """Describe the content of a file."""
    return page_texts(lang)[f"data.{_file_name(file)}"]


def _file_name(file: File) -> str:
    return file.path.rpartition("/")[2]


def _table_row(file: File) -> tuple[CellValue, ...]:
    return file.path, _content_text(file, DEFAULT_LANGUAGE), len(file.data), sha256(file.data).hexdigest()


def _page_row(file: File, lang: str) -> dict[str, str]:
    return {
        "path": file.path,
        "name": _file_name(file),
        "content": _content_text(file, lang),
        "size": shown_size(len(file.data), lang),
        "hash": sha256(file.data).hexdigest(),
    }
