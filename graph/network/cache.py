"""Cache of the networks of a published version, as array files in the folder of the version.

A file contains the name of its version and a format number; if either differs, or the file is damaged, it is
replaced. It is removed together with its version.
"""

from __future__ import annotations

import os
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from .expectations import expected_network
from .kinship import Kinship
from .network import BASES, Network, stated_network, stated_network_of_record

if TYPE_CHECKING:
    from pathlib import Path

    from ..publish import Version
    from ..store import Store

FORMAT = 2  # increase it when the meaning of the arrays changes
FOLDER = "network"
RECORD = "edges.nq"  # the file in which a build publishes the graph of plain edges
STATED = "stated"
PARTS = (STATED, "sourced", "all")
_PART_ROWS = ("part", "whole")
_ARRAYS = ("names", "dependents", "providers", "kinds", "bases", "classes", "parts")


def network_of(version: Version, store: Store | None = None, edge_selection: str = STATED) -> Network:
    """Return a network of a version; the first call for a version computes and caches it.

    :param store: the opened store of the version, if there is one
    :param edge_selection: `stated` edges, or expected ones: `sourced`, or `all` including those without a
        source
    :raises ValueError: if the selection is unknown

    Cost: about 1.5 µs per edge for the first call, then about 30 ns per edge to read the file; repeated calls
    in a process return the same object.
    """
    if edge_selection not in PARTS:
        raise ValueError(f'"{edge_selection}" is no part of a network — one of {", ".join(PARTS)}')
    slot = _memory_slot(version.folder, edge_selection)
    if not slot:
        slot.append(_read(version.folder, edge_selection) or _compute(version, store, edge_selection))
    return slot[0]


@lru_cache(maxsize=8)
def _memory_slot(folder: Path, edge_selection: str) -> list[Network]:
    """Return the in-memory cache slot of a network: a list that is empty until it has been loaded."""
    return []


def project(store: Store, edge_selection: str = STATED) -> Network:
    """Read the network of a selection (`stated`, `sourced` or `all`) from a store, bypassing the cache."""
    network = (
        stated_network(store)
        if edge_selection == STATED
        else expected_network(store, unverified=edge_selection == "all")
    )
    return Kinship.of(store).describe(network)


def _compute(version: Version, store: Store | None, edge_selection: str) -> Network:
    store = store or version.open()
    network = _from_record(version) if edge_selection == STATED else None
    network = project(store, edge_selection) if network is None else Kinship.of(store).describe(network)
    _write(version.folder, network, edge_selection)
    return network


def _from_record(version: Version) -> Network | None:
    """Read the stated edges from the N-Quads file of the version, which is faster than a query."""
    try:
        return stated_network_of_record((version.folder / RECORD).read_bytes())
    except OSError:
        return None


def _path(folder: Path, edge_selection: str) -> Path:
    return folder / FOLDER / f"{edge_selection}.npz"


def _stamp(folder: Path, edge_selection: str) -> list[str]:
    return [str(FORMAT), folder.name, edge_selection, *BASES]


def _write(folder: Path, network: Network, edge_selection: str) -> None:
    """Write the arrays atomically; does nothing if the folder is not writable."""
    out = BytesIO()
    arrays = {name: getattr(network, name) for name in _ARRAYS}
    np.savez(
        out, stamp=np.array(_stamp(folder, edge_selection)), relations=np.array(network.relations), **arrays
    )
    path = _path(folder, edge_selection)
    staged = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        staged.write_bytes(out.getvalue())
        staged.replace(path)
    except OSError:
        return


def _read(folder: Path, edge_selection: str) -> Network | None:
    try:
        with np.load(BytesIO(_path(folder, edge_selection).read_bytes()), allow_pickle=False) as arrays:
            if arrays["stamp"].tolist() != _stamp(folder, edge_selection):
                return None
            columns = {name: arrays[name] for name in _ARRAYS}
            network = Network(relations=tuple(arrays["relations"].tolist()), **columns)
    except (OSError, ValueError, KeyError, BadZipFile, EOFError):
        return None
    return network if _is_sound(network) else None


def _is_sound(network: Network) -> bool:
    count, size = network.edge_count, len(network)
    ends = (network.dependents, network.providers)
    columns = (*ends, network.kinds, network.bases)
    return (
        all(len(column) == count for column in columns)
        and all(count == 0 or (int(end.min()) >= 0 and int(end.max()) < size) for end in ends)
        and (count == 0 or int(network.kinds.max()) < len(network.relations))
        and (count == 0 or int(network.bases.max()) < len(BASES))
        and network.classes is not None
        and len(network.classes) == size
        and network.parts.shape[0] == len(_PART_ROWS)
        and (not network.parts.size or 0 <= int(network.parts.min()) <= int(network.parts.max()) < size)
    )
