"""The versions of a graph that a folder holds: their list, their names, and how many builds leave behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import StoreError
from ..words import message
from .publish import (
    MANIFEST_FORMAT,
    VERSIONS,
    Version,
    building,
    no_graph_error,
    published,
    remove_old_versions,
    write_retention,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

CURRENT, PREVIOUS = "current", "previous"  # names of the published version and of the one before it
SHORTEST_NAME = 4  # characters that abbreviate the name of a version


@dataclass(frozen=True)
class VersionSource:
    """A source of a version: an article or an inventory, as it was read by the build.

    :param published: when it was published, in EDTF
    :param file: its file inside the corpus
    :param digest: SHA-256 of the file
    """

    id: str
    title: str
    published: str
    file: str
    digest: str
    claims: int
    figures: int


@dataclass(frozen=True)
class VersionRecord:
    """What the manifest of a version tells.

    :param published_on: when it was published, in UTC; the last time, if it was published more than once
    :param is_readable: whether this program reads it; not, if a release with another format wrote it
    :param program: the release of egovkg that built it
    """

    version: Version
    published_on: datetime
    is_current: bool
    is_readable: bool
    program: str
    sources: tuple[VersionSource, ...]

    @property
    def name(self) -> str:
        """The name of the version."""
        return self.version.name

    @property
    def claims(self) -> int:
        """The number of claims of all sources."""
        return sum(source.claims for source in self.sources)

    @property
    def figures(self) -> int:
        """The number of figures of all sources."""
        return sum(source.figures for source in self.sources)

    def as_dict(self) -> dict[str, object]:
        """Return the record in a form that JSON can hold."""
        return {
            "version": self.name,
            "published_on": self.published_on.isoformat(timespec="seconds"),
            "current": self.is_current,
            "readable": self.is_readable,
            "program": self.program,
            "articles": len(self.sources),
            "claims": self.claims,
            "figures": self.figures,
            "sources": [vars(source) for source in self.sources],
        }


def list_versions(home: Path) -> tuple[Version, ...]:
    """List the versions in the folder of a graph, the one published last first; empty if there is none."""
    folders = [path for path in (home / VERSIONS).glob("[!.]*") if (path / "manifest.json").is_file()]
    return tuple(sorted(map(Version, folders), key=lambda version: version.published_on, reverse=True))


def describe_versions(home: Path) -> tuple[VersionRecord, ...]:
    """Read the manifests of all versions in a folder, the one published last first.

    :raises StoreError: if a manifest cannot be read
    """
    current = published(home)
    return tuple(_record(version, is_current=version == current) for version in list_versions(home))


def find_version(home: Path, name: str) -> Version | None:
    """Find a version by its name, by at least four characters that begin it, or as `current` or `previous`.

    :returns: `None` if there is none
    :raises StoreError: if several names begin so
    """
    versions = list_versions(home)
    if name == CURRENT:
        return published(home)
    if name == PREVIOUS:
        current = published(home)
        return next((version for version in versions if version != current), None)
    matching = [version for version in versions if version.name.startswith(name)]
    if len(name) < SHORTEST_NAME or not matching:
        return None
    if len(matching) > 1 and name not in {version.name for version in matching}:
        names = ", ".join(version.name for version in matching)
        raise StoreError(home, message(__package__, "versions.ambiguous", name=name, names=names))
    return min(matching, key=lambda version: len(version.name))


def retain_versions(home: Path, count: int | None) -> tuple[str, ...]:
    """Set how many versions this and later builds leave behind, and remove the older ones now.

    :param count: at least 1, the published version included; `None` for all
    :returns: names of the versions that were removed; a version that somebody reads is not
    :raises StoreError: if nothing was published in the folder
    :raises BuildError: if a build runs in the folder and does not end in time
    """
    current = published(home)
    if current is None or current.folder == home.absolute():  # nothing, or the folder of one version
        raise no_graph_error(home)
    with building(home):  # a version that is being published is not an old one
        write_retention(home, count)
        current = published(home)
        return remove_old_versions(home, current.name) if current else ()


def _record(version: Version, *, is_current: bool) -> VersionRecord:
    manifest = version.manifest()
    entries = manifest.get("sources")
    return VersionRecord(
        version,
        version.published_on,
        is_current,
        manifest.get("format") == MANIFEST_FORMAT,
        str(manifest.get("egovkg", "?")),
        tuple(_source(entry) for entry in (entries if isinstance(entries, list) else ())),
    )


def _source(entry: Mapping[str, object]) -> VersionSource:
    name, title, published_on, file, digest = (
        str(entry.get(key, "")) for key in ("id", "title", "published", "file", "digest")
    )
    claims, figures = (int(str(entry.get(key, 0))) for key in ("claims", "figures"))
    return VersionSource(name, title, published_on, file, digest, claims, figures)


__all__ = [
    "CURRENT",
    "PREVIOUS",
    "VersionRecord",
    "VersionSource",
    "describe_versions",
    "find_version",
    "list_versions",
    "retain_versions",
]
