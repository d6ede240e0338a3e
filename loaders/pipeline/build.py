"""The build: reads changed articles, checks and stores them, and publishes a new version.

Unchanged articles are not read again; their quads are copied from the previous version. A changed register
entry concerns the articles that depend on it; if the ontology, the reference data, the measures, the units or
the program have changed, everything is read again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from ... import __version__
from ...errors import BuildError, InputError
from ...files import json_text
from ...graph.publish import MANIFEST_FORMAT, OnWait, Version, building, publish, published
from ...problems import Problem, errors
from ..faults.messages import message
from ..readings.corpora import reading_quads, readings_of, unknown_articles
from .accounting import Account, account
from .article_files import repeated_id
from .assembly import write_catalogue, write_derived, write_shared, write_store
from .corpus import displayed_path, find_articles, printable, resolved
from .lexicon_files import LoadedLexicon, load_lexicon
from .passed_over import files_passed_over
from .preparation import Preparer, prepare_all
from .prepared import PreparedArticle
from .sources import ArticleSource, ManifestEntry, stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..readings.table import ReadingLine


class Track(Protocol):
    """Shows progress while it yields the given articles unchanged, one at a time."""

    def __call__(self, articles: Iterable[PreparedArticle], total: int, /) -> Iterable[PreparedArticle]:
        """Yield the articles unchanged."""


def without_progress(articles: Iterable[PreparedArticle], total: int) -> Iterable[PreparedArticle]:
    """Return the articles unchanged, without showing progress."""
    return articles


@dataclass(frozen=True)
class Built:
    """The result of a build.

    :param read: number of articles read in this build
    :param reused: number of unchanged articles copied from the previous version
    :param account: accounting identity over all articles
    :param claims: number of claims in all articles
    :param figures: number of figures in all articles
    :param problems: warnings and notes; errors make the build fail
    :param changed: whether a new version was published
    """

    version: Version
    read: int
    reused: int
    account: Account
    claims: int
    figures: int
    problems: tuple[Problem, ...]
    changed: bool


def build(
    folders: Sequence[Path],
    home: Path,
    *,
    track: Track = without_progress,
    on_wait: OnWait = lambda process: None,
) -> Built:
    """Build the graph of corpus folders and publish it in `home`.

    :param folders: corpus folders to build; the shipped register is always included
    :param on_wait: called once if another build has to finish first, with the id of its process
    :raises InputError: with all problems of all files if one of them is an error; nothing is changed
    :raises BuildError: if there is no article, the folder cannot be written, or another build holds the lock;
        nothing is changed
    """
    with building(home, on_wait=on_wait) as staging:
        return _Build(folders, home, staging).run(track)


class _Build:
    """The steps of one build, which has the build lock."""

    def __init__(self, folders: Sequence[Path], home: Path, staging: Path) -> None:
        self.home, self.staging = home, staging
        self.folders = [resolved(folder) for folder in folders]
        self.loaded_lexicon = load_lexicon(self.folders)
        passed_over = (problem for folder in self.folders for problem in files_passed_over(folder))
        self.readings, faults = readings_of(self.folders, displayed_path)
        self.remarks = (*self.loaded_lexicon.problems, *passed_over, *faults)
        self.preparer = Preparer(self.loaded_lexicon)
        self.previous = _with_same_terms(published(home), self.loaded_lexicon.terms_digest)

    def run(self, track: Track) -> Built:
        """Read, check, store and publish."""
        names = {
            path: printable(path.relative_to(folder))
            for folder in self.folders
            for path in find_articles(folder)
        }
        if not names:
            raise BuildError(message("build.no-articles", folders=tuple(map(displayed_path, self.folders))))
        reused, changed_paths = self._split_by_change(names)
        problems = [*self.remarks, *(item for source in reused for item in source.problems)]
        sources = [source.moved_to(self.staging) for source in reused]
        prepared_articles = prepare_all(changed_paths, self.folders, self.preparer)
        tracked = track(prepared_articles, len(changed_paths))
        for path, prepared in zip(changed_paths, tracked, strict=True):
            problems += prepared.problems
            if prepared.id:
                problems += _repeated_ids(prepared, sources)
                sources.append(stage(prepared, names[path], self.staging))
        problems += self._reading_problems(sources, len(names))
        if not changed_paths:
            problems += self.preparer.shape_problems([])  # the register alone
        if errors(problems):
            raise InputError(sorted(dict.fromkeys(problems)))
        return self._finish(sorted(sources, key=lambda source: source.id), sorted(problems))

    def _split_by_change(self, names: Mapping[Path, str]) -> tuple[list[ArticleSource], list[Path]]:
        """Split the articles into unchanged ones, which are copied, and paths to read."""
        previous = _sources_by_digest(self.previous) if self.previous else {}
        reused, changed_paths = [], []
        for path, name in names.items():
            source = previous.pop(_digest(path), None)  # a copy is read, and reported
            if source and self._is_reusable(source):
                entry: ManifestEntry = {**source.manifest_entry, "file": name}
                reused.append(replace(source, manifest_entry=entry, display_name=displayed_path(path)))
            else:
                changed_paths.append(path)
        return reused, changed_paths

    def _reading_problems(self, sources: Sequence[ArticleSource], articles: int) -> tuple[Problem, ...]:
        """Hold the second readings against the articles, if all of these are usable."""
        rows = {source.id: source.rows for source in sources}
        return unknown_articles(self.readings, rows) if len(sources) == articles else ()

    def _is_reusable(self, source: ArticleSource) -> bool:
        register_use = source.manifest_entry["register"]
        return source.is_whole() and self.preparer.register_digests.is_current(register_use)

    def _finish(self, sources: Sequence[ArticleSource], problems: Sequence[Problem]) -> Built:
        totals = _Totals.of(sources)
        read = sum(source.is_new for source in sources)
        manifest = _manifest(self.loaded_lexicon, sources, totals, self.readings)
        name = sha256(manifest.encode()).hexdigest()[:16]
        is_unchanged = self.previous is not None and self.previous.name == name
        version = self.previous if self.previous and is_unchanged else self._publish(name, manifest, sources)
        return Built(
            version,
            read,
            len(sources) - read,
            totals.account,
            totals.claims,
            totals.figures,
            tuple(problems),
            changed=not is_unchanged,
        )

    def _publish(self, name: str, manifest: str, sources: Sequence[ArticleSource]) -> Version:
        write_shared(self.staging, self.preparer.register, self.preparer.closure)
        write_catalogue(self.staging, sources, self.readings)
        write_derived(self.staging, sources)
        write_store(self.staging, self.previous, sources)
        (self.staging / "manifest.json").write_text(manifest, encoding="utf-8")
        return publish(self.home, self.staging, name)


def _digest(path: Path) -> str:
    """Return the SHA-256 of an article; empty if it is unreadable, which is reported later."""
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


def _with_same_terms(version: Version | None, terms_digest: str) -> Version | None:
    """Return the version if its articles are reusable (same format, program and terms), else ``None``."""
    if version is None or not version.is_readable():
        return None
    manifest = version.manifest()
    origin = (manifest.get("format"), manifest.get("egovkg"), manifest.get("terms"))
    return version if origin == (MANIFEST_FORMAT, __version__, terms_digest) else None


def _sources_by_digest(version: Version) -> dict[str, ArticleSource]:
    entries: list[ManifestEntry] = version.manifest()["sources"]  # type: ignore[assignment]  # our own manifest
    return {
        entry["digest"]: ArticleSource(entry, entry["file"], version.folder, is_new=False)
        for entry in entries
    }


def _repeated_ids(prepared: PreparedArticle, sources: Iterable[ArticleSource]) -> list[Problem]:
    return [
        repeated_id(prepared.file, prepared.line, source.id, source.place)
        for source in sources
        if source.id == prepared.id
    ]


@dataclass(frozen=True)
class _Totals:
    """Totals over all articles: the accounting identity, and the numbers of claims and figures."""

    account: Account
    claims: int
    figures: int

    @classmethod
    def of(cls, sources: Sequence[ArticleSource]) -> _Totals:
        return cls(
            account(source.counts for source in sources),
            sum(source.manifest_entry["claims"] for source in sources),
            sum(source.manifest_entry["figures"] for source in sources),
        )


def _manifest(
    loaded_lexicon: LoadedLexicon,
    sources: Sequence[ArticleSource],
    totals: _Totals,
    readings: Sequence[ReadingLine],
) -> str:
    counts = {"articles": len(sources), "claims": totals.claims, "figures": totals.figures}
    content = {
        "format": MANIFEST_FORMAT,
        "egovkg": __version__,
        "lexicon": loaded_lexicon.digest,
        "terms": loaded_lexicon.terms_digest,
        "readings": sha256("".join(reading_quads(readings)).encode()).hexdigest(),
        "counts": {**counts, **asdict(totals.account)},
        "sources": [source.manifest_entry for source in sources],
    }
    return json_text(content, sort_keys=True)
