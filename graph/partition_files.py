"""Writers of partitioned files: the protocol, and the N-Quads writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

QUADS_PER_FILE = 1_000_000


class PartitionWriter(Protocol):
    """Writes the quads of each partition to files, in the given order."""

    def add(self, partition: str, quads: Sequence[ox.Quad]) -> None:
        """Append quads to a partition."""

    def close(self) -> tuple[str, ...]:
        """Close all files.

        :returns: their paths inside the folder
        """


class NQuadsWriter:
    """Writes N-Quads files of at most :data:`QUADS_PER_FILE` lines.

    :param folder: an existing, empty folder
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.line_counts: dict[str, int] = {}  # partition -> lines written

    def add(self, partition: str, quads: Sequence[ox.Quad]) -> None:
        """Append quads to a partition."""
        start = 0
        while start < len(quads):
            written = self.line_counts.get(partition, 0)
            chunk = quads[start : start + QUADS_PER_FILE - written % QUADS_PER_FILE]
            path = self.folder / partition / f"part-{written // QUADS_PER_FILE:05}.nq"
            path.parent.mkdir(exist_ok=True)
            with path.open("ab") as file:
                file.write(ox.serialize(chunk, format=ox.RdfFormat.N_QUADS) or b"")
            self.line_counts[partition] = written + len(chunk)
            start += len(chunk)

    def close(self) -> tuple[str, ...]:
        """Return the paths of the files; they are complete after every `add`."""
        return tuple(path.relative_to(self.folder).as_posix() for path in self.folder.glob("*/*.nq"))
