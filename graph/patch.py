"""The difference of two graphs as an RDF patch (RDF Delta): the quads to delete and to add."""

from __future__ import annotations

import filecmp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .publish import Version
    from .store import Store


def store_patch(before: Store, after: Store) -> str:
    """Return the patch between two stores; memory linear in their quads."""
    earlier, later = (set(store.dump().splitlines()) for store in (before, after))
    return _patch(earlier, later)


def version_patch(before: Version, after: Version) -> str:
    """Return the patch between two published versions, from their records; equal files are not read."""
    earlier_files, later_files = _files(before), _files(after)
    equal = {
        name
        for name in earlier_files.keys() & later_files.keys()
        if filecmp.cmp(earlier_files[name], later_files[name], shallow=False)
    }
    earlier = {line for name, path in earlier_files.items() if name not in equal for line in _lines(path)}
    later = {line for name, path in later_files.items() if name not in equal for line in _lines(path)}
    return _patch(earlier, later)


def _files(version: Version) -> dict[Path, Path]:
    """List the files of the record of a version: path within the version → path."""
    return {path.relative_to(version.folder): path for path in version.records()}


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def _patch(before: set[bytes], after: set[bytes]) -> str:
    """Write one transaction, sorted; an empty text if nothing differs.

    >>> print(_patch({b"<urn:a> <urn:b> <urn:c> ."}, {b"<urn:a> <urn:b> <urn:d> ."}), end="")
    TX .
    D <urn:a> <urn:b> <urn:c> .
    A <urn:a> <urn:b> <urn:d> .
    TC .
    """
    if before == after:
        return ""
    deleted = [f"D {line.decode()}" for line in sorted(before - after)]
    added = [f"A {line.decode()}" for line in sorted(after - before)]
    return "\n".join(["TX .", *deleted, *added, "TC .", ""])
