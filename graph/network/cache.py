"""The network of a published version, kept as arrays in the folder of that version.

The file bears the name of the version and a format number inside; a file that bears others, or is damaged, is
not used but made anew. It goes when the version goes.
"""

from __future__ import annotations

import os
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from .expectations import expected_network
from .network import BASES, Network, stated_network, stated_network_of_record

if TYPE_CHECKING:
    from pathlib import Path

    from ..publish import Version
    from ..store import Store

FORMAT = 1  # raise it when the projection changes its meaning
FOLDER = "network"
RECORD = "edges.nq"  # what a build publishes as the graph of plain edges
STATED = "stated"
PARTS = (STATED, "sourced", "all")
_ARRAYS = ("names", "dependents", "providers", "kinds", "bases")


def network_of(version: Version, store: Store | None = None, part: str = STATED) -> Network:
    """Give a network of a version: from its arrays, or projected and then kept.

    :param store: its opened store, if there is one already
    :param part: `stated`, or the expected edges: `sourced`, or `all` with those that have no source
    :raises ValueError: if there is no such part

    Cost: the first time a projection (about 1.5 µs an edge), then the reading of a file (about 30 ns an
    edge); within a process the same object.
    """
    if part not in PARTS:
        raise ValueError(f'"{part}" is no part of a network — one of {", ".join(PARTS)}')
    held = _held(version.folder, part)
    if not held:
        held.append(_read(version.folder, part) or _made(version, store, part))
    return held[0]


@lru_cache(maxsize=8)
def _held(folder: Path, part: str) -> list[Network]:
    """Hold a network of a version in this process; empty until it is put in."""
    return []


def project(store: Store, part: str = STATED) -> Network:
    """Make a network of a store: of what is stated, or of what is expected."""
    return stated_network(store) if part == STATED else expected_network(store, unverified=part == "all")


def _made(version: Version, store: Store | None, part: str) -> Network:
    network = _from_record(version) if part == STATED else None
    if network is None:
        network = project(store or version.open(), part)
    _keep(version.folder, network, part)
    return network


def _from_record(version: Version) -> Network | None:
    """Project the stated edges from the version's record of them: several times faster than its store."""
    try:
        return stated_network_of_record((version.folder / RECORD).read_bytes())
    except OSError:
        return None


def _path(folder: Path, part: str) -> Path:
    return folder / FOLDER / f"{part}.npz"


def _stamp(folder: Path, part: str) -> list[str]:
    return [str(FORMAT), folder.name, part, *BASES]


def _keep(folder: Path, network: Network, part: str) -> None:
    """Write the arrays, wholly or not at all; a folder that cannot be written is left as it is."""
    out = BytesIO()
    arrays = {name: getattr(network, name) for name in _ARRAYS}
    np.savez(out, stamp=np.array(_stamp(folder, part)), relations=np.array(network.relations), **arrays)
    path = _path(folder, part)
    staged = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        staged.write_bytes(out.getvalue())
        staged.replace(path)
    except OSError:
        return


def _read(folder: Path, part: str) -> Network | None:
    try:
        with np.load(BytesIO(_path(folder, part).read_bytes()), allow_pickle=False) as held:
            if held["stamp"].tolist() != _stamp(folder, part):
                return None
            names, dependents, providers, kinds, bases = (held[name] for name in _ARRAYS)
            relations = tuple(held["relations"].tolist())
            network = Network(names, dependents, providers, kinds, bases, relations)
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
    )
