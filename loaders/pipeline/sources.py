"""Sources of a version: one article each, with the files that hold its quads."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypedDict

from ...problems import Problem, Severity
from ..statements.resolve import Counts

if TYPE_CHECKING:
    from pathlib import Path

    from .prepare import Prepared

PARTS = ("quads", "edges", "inferred")


class Note(TypedDict):
    """A warning or note of an article, as the manifest keeps it."""

    line: int
    column: int
    code: str
    what: str
    fix: str
    severity: str


class Entry(TypedDict):
    """One article in the manifest."""

    id: str
    file: str
    line: int
    digest: str
    quads: str
    title: str
    published: str
    claims: int
    figures: int
    counts: dict[str, int]
    notes: list[Note]


@dataclass(frozen=True)
class Source:
    """One article of a version.

    :param entry: what the manifest says of it
    :param shown: its file as messages name it
    :param folder: the version or staging folder in which its files lie
    :param fresh: whether it was read in this build
    """

    entry: Entry
    shown: str
    folder: Path
    fresh: bool

    @property
    def id(self) -> str:
        """The article's id."""
        return self.entry["id"]

    @property
    def counts(self) -> Counts:
        """What was read of it, and what became of that."""
        return Counts(**self.entry["counts"])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Its warnings and notes."""
        return tuple(
            Problem(
                self.shown, n["line"], n["column"], n["code"], n["what"], n["fix"], Severity(n["severity"])
            )
            for n in self.entry["notes"]
        )

    def is_whole(self) -> bool:
        """Tell whether all its files are there."""
        return all(self.path(part).is_file() for part in PARTS)

    def path(self, part: str) -> Path:
        """The file of one of its parts: `quads`, `edges` or `inferred`."""
        return self.folder / part / f"{self.id}.nq"

    def moved_to(self, folder: Path) -> Source:
        """Take its files over into another folder, without copying where the file system can link."""
        for part in PARTS:
            target = folder / part / f"{self.id}.nq"
            target.parent.mkdir(exist_ok=True)
            try:
                os.link(self.path(part), target)
            except OSError:
                shutil.copyfile(self.path(part), target)
        return replace(self, folder=folder)


def stage(prepared: Prepared, file: str, folder: Path) -> Source:
    """Write the files of an article that was read.

    :param file: its name inside the corpus, for the manifest
    :raises ValueError: if the article has no id
    """
    if prepared.id is None:
        raise ValueError(f"{prepared.file}: an article that cannot be used has no files")
    for part in PARTS:
        (folder / part).mkdir(exist_ok=True)
        (folder / part / f"{prepared.id}.nq").write_bytes(getattr(prepared, part))
    entry = Entry(
        id=prepared.id,
        file=file,
        line=prepared.line,
        digest=prepared.digest,
        quads=sha256(prepared.quads).hexdigest(),
        title=prepared.title,
        published=prepared.published,
        claims=prepared.claims,
        figures=prepared.figures,
        counts=asdict(prepared.counts),
        notes=[
            Note(line=p.line, column=p.column, code=p.code, what=p.what, fix=p.fix, severity=p.severity.value)
            for p in prepared.problems
        ],
    )
    return Source(entry, prepared.file, folder, fresh=True)
