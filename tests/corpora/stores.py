"""Stores in memory that several tests read: of TriG, and of the register."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.statements.register_quads import register_quads


def nquads_of(trig: str | bytes) -> bytes:
    """Give TriG as N-Quads."""
    return ox.serialize(ox.parse(trig, format=ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS) or b""


def store_of(trig: str | bytes, *others: bytes) -> OxigraphStore:
    """Load TriG, and N-Quads beside it."""
    store = OxigraphStore.in_memory()
    store.load(b"".join([nquads_of(trig), *others]))
    return store


@lru_cache(maxsize=1)
def register_store() -> OxigraphStore:
    """Load the register of the corpus alone."""
    store = OxigraphStore.in_memory()
    store.load(register_quads(load_lexicon([]).lexicon))
    return store
