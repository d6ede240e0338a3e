"""The build: read what changed, check it, store it, publish it.

An unchanged article is not read again: its quads are taken over from the last version. When the register,
the ontology or the program changed, everything is read anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from ... import __version__
from ...errors import BuildError, InputError
from ...graph.publish import Version, building, publish, published
from ...problems import Problem
from .accounting import Account, account
from .assembly import write_catalogue, write_derived, write_shared, write_store
from .corpus import find_articles, is_sound, load_lexicon, printable, shown
from .prepare import Prepared, Preparer, prepare_all
from .sources import Entry, Source, stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

FORMAT = 1


class Track(Protocol):
    """Shows progress: passes articles through, one step each."""

    def __call__(self, items: Iterable[Prepared], total: int, /) -> Iterable[Prepared]:
        """Pass the items through."""


def silent(items: Iterable[Prepared], total: int) -> Iterable[Prepared]:
    """Show nothing."""
    return items


@dataclass(frozen=True)
class Built:
    """What a build did.

    :param read: articles read in this build
    :param reused: articles taken over unchanged
    :param account: of all articles, read and reused
    :param claims: claims of all articles
    :param figures: figures of all articles
    :param problems: warnings and notes; a build with errors raises instead
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


def build(folders: Sequence[Path], home: Path, *, track: Track = silent) -> Built:
    """Build the graph of corpus folders and publish it in `home`.

    :param folders: corpus folders whose articles are wanted; the shipped register is always there
    :raises InputError: with every problem of every file, when any is an error; nothing is changed
    :raises BuildError: when there is no article, the folder cannot be written, or another build holds it;
        nothing is changed
    """
    with building(home) as staging:
        return _Build(folders, home, staging).run(track)


class _Build:
    """One build under the lock."""

    def __init__(self, folders: Sequence[Path], home: Path, staging: Path) -> None:
        self.home, self.staging = home, staging
        self.folders = [folder.resolve() for folder in folders]
        self.lexical = load_lexicon(self.folders)
        self.previous = _same_lexicon(published(home), self.lexical.digest)

    def run(self, track: Track) -> Built:
        """Read, check, store, publish."""
        names = {
            path: printable(path.relative_to(folder))
            for folder in self.folders
            for path in find_articles(folder)
        }
        if not names:
            where = ", ".join(map(shown, self.folders))
            raise BuildError(f"{where}: no articles (articles/*.kg.md) — nothing was changed")
        sources, fresh = self._sorted_out(names)
        problems = [*self.lexical.problems, *(problem for source in sources for problem in source.problems)]
        sources = [source.moved_to(self.staging) for source in sources]
        preparer = Preparer(self.lexical)
        prepared_articles = track(prepare_all(fresh, self.folders, preparer), len(fresh))
        for path, prepared in zip(fresh, prepared_articles, strict=True):
            problems += prepared.problems
            if prepared.id:
                problems += _taken(prepared, sources)
                sources.append(stage(prepared, names[path], self.staging))
        if not fresh:
            problems += preparer.shape_problems([])  # the register alone
        if not is_sound(problems):
            raise InputError(sorted(dict.fromkeys(problems)))
        return self._finish(sorted(sources, key=lambda source: source.id), problems, preparer)

    def _sorted_out(self, names: Mapping[Path, str]) -> tuple[list[Source], list[Path]]:
        """Part the articles into those taken over from the last version and those to be read."""
        known = _known(self.previous) if self.previous else {}
        sources, fresh = [], []
        for path in names:
            source = known.pop(sha256(path.read_bytes()).hexdigest(), None)  # a copy is read, and told
            if source and source.is_whole():
                entry: Entry = {**source.entry, "file": names[path]}
                sources.append(replace(source, entry=entry, shown=shown(path)))
            else:
                fresh.append(path)
        return sources, fresh

    def _finish(self, sources: list[Source], problems: list[Problem], preparer: Preparer) -> Built:
        totals = account(source.counts for source in sources)
        read = sum(source.fresh for source in sources)
        claims = sum(source.entry["claims"] for source in sources)
        figures = sum(source.entry["figures"] for source in sources)
        manifest = _manifest(self.lexical.digest, sources, totals, claims, figures)
        name = sha256(manifest.encode()).hexdigest()[:16]

        def result(version: Version, *, changed: bool) -> Built:
            kept = tuple(sorted(problems))
            return Built(version, read, len(sources) - read, totals, claims, figures, kept, changed)

        if self.previous and self.previous.name == name:
            return result(self.previous, changed=False)
        write_shared(self.staging, self.lexical.lexicon, preparer.closure)
        write_catalogue(self.staging, sources)
        write_derived(self.staging, sources)
        write_store(self.staging, self.previous, sources)
        (self.staging / "manifest.json").write_text(manifest, encoding="utf-8")
        return result(publish(self.home, self.staging, name), changed=True)


def _same_lexicon(version: Version | None, digest: str) -> Version | None:
    if version is None or not version.is_readable():
        return None
    manifest = version.manifest()
    same = (manifest.get("format"), manifest.get("egovkg"), manifest.get("lexicon"))
    return version if same == (FORMAT, __version__, digest) else None


def _known(version: Version) -> dict[str, Source]:
    entries: list[Entry] = version.manifest()["sources"]  # type: ignore[assignment]  # our own manifest
    return {entry["digest"]: Source(entry, entry["file"], version.folder, fresh=False) for entry in entries}


def _taken(prepared: Prepared, sources: Iterable[Source]) -> list[Problem]:
    other = next((source for source in sources if source.id == prepared.id), None)
    if other is None:
        return []
    what = f'article id "{prepared.id}" already used in {other.shown}:{other.entry["line"]}'
    return [Problem(prepared.file, prepared.line, 1, "KG015", what, "ids must be unique")]


def _manifest(lexicon: str, sources: Sequence[Source], totals: Account, claims: int, figures: int) -> str:
    content = {
        "format": FORMAT,
        "egovkg": __version__,
        "lexicon": lexicon,
        "counts": {
            "articles": len(sources),
            "claims": claims,
            "figures": figures,
            "read": totals.read,
            "emitted": totals.emitted,
            "merged": totals.merged,
            "rejected": totals.rejected,
        },
        "sources": [source.entry for source in sources],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
