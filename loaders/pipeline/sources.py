"""The sources of a version: one per article, with the files that contain its quads."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypedDict

from ...problems import Fault, Problem, Severity
from ...words import Labelled, languages
from ..statements.resolver import Counts

if TYPE_CHECKING:
    from pathlib import Path

    from .prepared import PreparedArticle
    from .register_use import RegisterUse

PARTS = ("quads", "edges", "inferred")


class ManifestProblem(TypedDict):
    """A warning or note about an article in the manifest, worded in every language."""

    line: int
    column: int
    code: str
    severity: str
    problem: dict[str, str]
    fix: dict[str, str]


class ManifestEntry(TypedDict):
    """The entry of one article in the manifest."""

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
    register: RegisterUse
    problems: list[ManifestProblem]


@dataclass(frozen=True)
class ArticleSource:
    """One article as part of a version.

    :param manifest_entry: its entry in the manifest
    :param display_name: name of its file in messages
    :param folder: the version or staging folder that contains its files
    :param is_new: whether it was read in this build
    """

    manifest_entry: ManifestEntry
    display_name: str
    folder: Path
    is_new: bool

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.manifest_entry["id"]

    @property
    def rows(self) -> int:
        """The number of its claims and figures."""
        return self.manifest_entry["claims"] + self.manifest_entry["figures"]

    @property
    def counts(self) -> Counts:
        """The numbers of its mentions and lines read, emitted, merged and rejected."""
        return Counts(**self.manifest_entry["counts"])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings and notes about the article."""
        return tuple(_problem(entry, self.display_name) for entry in self.manifest_entry["problems"])

    @property
    def place(self) -> str:
        """Its file and line, as named in messages."""
        return f"{self.display_name}:{self.manifest_entry['line']}"

    def is_whole(self) -> bool:
        """Tell whether all its files exist."""
        return all(self.path(part).is_file() for part in PARTS)

    def path(self, part: str) -> Path:
        """Return the path of one of its files: `quads`, `edges` or `inferred`."""
        return self.folder / part / f"{self.id}.nq"

    def moved_to(self, folder: Path) -> ArticleSource:
        """Move its files to another folder, by hard links if the file system supports them."""
        for part in PARTS:
            target = folder / part / f"{self.id}.nq"
            target.parent.mkdir(exist_ok=True)
            try:
                os.link(self.path(part), target)
            except OSError:
                shutil.copyfile(self.path(part), target)
        return replace(self, folder=folder)


def stage(prepared: PreparedArticle, file: str, folder: Path) -> ArticleSource:
    """Write the files of a prepared article.

    :param file: path of the article inside the corpus, for the manifest
    :raises ValueError: if the article has no id
    """
    if prepared.id is None or prepared.register_use is None:
        raise ValueError(f"{prepared.file}: an article that cannot be used has no files")
    for part in PARTS:
        (folder / part).mkdir(exist_ok=True)
        (folder / part / f"{prepared.id}.nq").write_bytes(getattr(prepared, part))
    entry = ManifestEntry(
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
        register=prepared.register_use,
        problems=[_manifest_problem(problem) for problem in prepared.problems],
    )
    return ArticleSource(entry, prepared.file, folder, is_new=True)


def _manifest_problem(problem: Problem) -> ManifestProblem:
    return ManifestProblem(
        line=problem.line,
        column=problem.column,
        code=problem.code,
        severity=problem.severity.value,
        problem={lang: problem.fault.problem.text(lang) for lang in languages()},
        fix={lang: problem.fault.fix.text(lang) for lang in languages()},
    )


def _problem(entry: ManifestProblem, file: str) -> Problem:
    severity = Severity(entry["severity"])
    fault = Fault(entry["code"], Labelled.of(entry["problem"]), Labelled.of(entry["fix"]), severity)
    return Problem(file, entry["line"], entry["column"], fault)
