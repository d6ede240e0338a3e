"""Publishing of a graph: a new version is written next to the old one, then the pointer is moved.

    <home>/current             one line: the name of the published version
    <home>/versions/<name>/    manifest.json, quads/ (the lossless record), store/ (opened read-only; its
                               files.json holds size and checksum of each file)
    <home>/retained            how many versions a build leaves behind, if this was set: a number or `all`
    <home>/build.lock          held by the one build that runs

Readers never see an incomplete version, and a killed build leaves the pointer unchanged. A version that
somebody reads is not removed. Where the folder of a graph is read, the folder of a version may stand.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ..errors import BuildError, StoreError, WriteError
from ..files import system_reason
from ..words import message
from .query_process import limits_of_environment
from .store import OxigraphStore
from .store_files import STORE, Lease, damaged_file, is_leased, write_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..words import MessageValue
    from .query_process import QueryLimits

SHARED_GRAPHS = ("ontology", "reference", "register", "catalogue", "edges", "inferred")  # files of no article
MANIFEST_FORMAT = 5  # of the versions that this program writes and reads
POINTER = "current"
VERSIONS = "versions"
RETAINED_VERSIONS = 2  # by default: the published one and the previous one, which a reader may have open
_RETENTION = "retained"
ALL_VERSIONS = "all"
_STAGING = ".staging-"
_VERSION_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
WAIT_SECONDS = 60.0  # for another build; beyond, it more likely hangs than works
_SHORT_WAIT = 1.0  # seconds that are waited without a word
OnWait: TypeAlias = "Callable[[str], None]"


@dataclass(frozen=True)
class Version:
    """A published version of the graph; equal content gives equal names.

    :param folder: folder of the version, named after a digest of its content
    """

    folder: Path

    @property
    def name(self) -> str:
        """The name of the version, used as key of all caches derived from it."""
        return self.folder.name

    @property
    def published_on(self) -> datetime:
        """The time, in UTC, at which the version was published, the last time if it was more than once."""
        return datetime.fromtimestamp((self.folder / "manifest.json").stat().st_mtime, UTC)

    def records(self) -> tuple[Path, ...]:
        """List the N-Quads files of the version: shared graphs, then articles by id."""
        shared = (self.folder / f"{name}.nq" for name in SHARED_GRAPHS)
        return (*shared, *sorted((self.folder / "quads").glob("*.nq")))

    def manifest(self) -> Mapping[str, object]:
        """Read the manifest: counts, hashes and software versions of the build.

        :raises StoreError: if it cannot be read
        """
        try:
            content = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except OSError as error:
            raise self._error("damaged_manifest", system_reason(error)) from error
        except ValueError as error:
            raise self._error("damaged_manifest", str(error)) from error
        if not isinstance(content, dict):
            raise self._error("damaged_manifest", type(content).__name__)
        return content

    def is_readable(self) -> bool:
        """Tell whether the manifest and the store of the version can be read, every file of it."""
        try:
            self.check(is_thorough=True)
            self.open()
        except StoreError:
            return False
        return True

    def open(self) -> OxigraphStore:
        """Open the store of the version for reading; 10 ms for 8 MB, half of it to compare its files.

        As long as the store is open, the version is not removed.

        :raises StoreError: if its files are missing or damaged, or another release of egovkg wrote them
        """
        try:
            lease = Lease(self.folder)
            self.check()
            store = OxigraphStore.open(self.folder / STORE)
        except OSError as error:
            raise self._error("damaged_graph", system_reason(error)) from error
        except StoreError as error:
            if error.folder == self.folder:
                raise
            raise self._error("damaged_graph", error.reason) from error
        store.lease = lease
        return store

    def check(self, *, is_thorough: bool = False) -> None:
        """Compare the files of the version with what was published.

        :param is_thorough: as for :func:`egovkg.graph.store_files.damaged_file`
        :raises StoreError: if a file is missing or damaged, or another release of egovkg wrote them
        """
        manifest = self.manifest()
        if manifest.get("format") != MANIFEST_FORMAT:
            raise self._error("other_release", str(manifest.get("egovkg", "?")))
        name = damaged_file(self.folder, is_thorough=is_thorough)
        if name is not None:
            raise self._error("damaged_graph", name)

    def _error(self, key: str, reason: MessageValue) -> StoreError:
        return StoreError(self.folder, message(__package__, f"publish.{key}", reason=reason))


def published(home: Path) -> Version | None:
    """Find the published version; ``None`` if nothing has been published.

    :param home: the folder of a graph; or the folder of one version, which is then returned
    """
    folder = home.absolute()
    if folder.parent.name == VERSIONS and (folder / "manifest.json").is_file():
        return Version(folder)
    try:
        name = (home / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    folder = home / VERSIONS / name
    is_named = _VERSION_NAME.fullmatch(name) is not None
    return Version(folder) if is_named and (folder / "manifest.json").is_file() else None


def open_published(home: Path, limits: QueryLimits | None = None) -> OxigraphStore:
    """Open the published graph for reading; queries have limits of time and memory.

    :param limits: of each query; by default those of
        :func:`~egovkg.graph.query_process.limits_of_environment`
    :raises StoreError: if nothing has been published in the folder, or its files are damaged
    """
    version = published(home)
    if version is None:
        raise no_graph_error(home)
    store = version.open()
    store.limit(limits or limits_of_environment())
    return store


def no_graph_error(home: Path) -> StoreError:
    """Build the error for a folder in which nothing has been published."""
    return StoreError(home, message(__package__, "publish.no_graph", folder=str(home)))


@contextmanager
def building(
    home: Path, *, wait_seconds: float = WAIT_SECONDS, on_wait: OnWait = lambda process: None
) -> Iterator[Path]:
    """Acquire the build lock and create a staging folder; staging folders of killed builds are removed.

    :param wait_seconds: how long to wait for another build
    :param on_wait: called once if another build has to finish first, with the id of its process
    :raises BuildError: if the folder cannot be written, or another build does not finish in time
    """
    from filelock import FileLock, Timeout  # not needed by readers

    try:
        Path(os.path.realpath(home / VERSIONS)).mkdir(parents=True, exist_ok=True)  # also where a link leads
        lock = FileLock(home / "build.lock")
        try:
            lock.acquire(timeout=min(wait_seconds, _SHORT_WAIT))
        except Timeout:
            on_wait(_building_process(home))
            lock.acquire(timeout=max(wait_seconds - _SHORT_WAIT, 0))
        try:
            _remove_leftovers(home)
            yield _new_staging_folder(home)
        finally:
            _remove_leftovers(home)  # while the lock is held: no other build has a folder here
            lock.release()
    except Timeout as error:
        values = {"folder": str(home), "process": _building_process(home)}
        raise BuildError(message(__package__, "publish.locked", **values)) from error
    except (OSError, StoreError) as error:
        raise write_failure(home, error) from error


def write_failure(home: Path, error: OSError | StoreError) -> BuildError:
    """Convert an `OSError` to a build error that names the input file or the output folder."""
    if isinstance(error, StoreError):
        reason, name = error.reason, str(error.folder)
    else:
        reason, name = system_reason(error), str(error.filename or home)
    if not Path(os.path.realpath(name)).is_relative_to(os.path.realpath(home)):
        return BuildError(message(__package__, "publish.unreadable", path=name, reason=reason))
    return BuildError(WriteError(home, reason).message)


def _building_process(home: Path) -> str:
    """Return the id of the process that is building, taken from the name of its staging folder."""
    numbers = [path.name.removeprefix(_STAGING) for path in (home / VERSIONS).glob(_STAGING + "*")]
    return max(numbers, default="?")


def _new_staging_folder(home: Path) -> Path:
    folder = home / VERSIONS / f"{_STAGING}{os.getpid()}"
    folder.mkdir()
    return folder


def _remove_leftovers(home: Path) -> None:
    for leftover in (home / VERSIONS).glob(_STAGING + "*"):
        shutil.rmtree(leftover, ignore_errors=True)


def publish(home: Path, staging: Path, name: str) -> Version:
    """Publish a complete staging folder as a version; the last step moves the pointer to it.

    :param name: derived from the content, so that equal content gives the same version
    """
    folder = home / VERSIONS / name
    if folder.exists() and Version(folder).is_readable():
        shutil.rmtree(staging)  # the same content was published before
        os.utime(folder / "manifest.json")  # and is the latest version again
    else:
        if folder.exists():
            shutil.rmtree(folder)
        write_record(staging)
        _sync_manifest(staging)
        staging.rename(folder)
    pointer = home / f"{POINTER}.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(home / POINTER)
    remove_old_versions(home, name)
    return Version(folder)


def _sync_manifest(folder: Path) -> None:
    with (folder / "manifest.json").open("rb") as file:
        os.fsync(file.fileno())


def remove_old_versions(home: Path, current: str) -> tuple[str, ...]:
    """Remove all versions but the current one and those that are to be retained, or that somebody reads.

    :param current: name of the published version
    :returns: names of the removed versions
    """
    count = _retention(home)
    versions = [path for path in (home / VERSIONS).iterdir() if (path / "manifest.json").is_file()]
    previous = [Version(path) for path in versions if path.name != current]  # other folders are not ours
    previous.sort(key=lambda version: version.published_on, reverse=True)
    old = [] if count is None else previous[count - 1 :]
    removable = [version for version in old if not is_leased(version.folder)]
    for version in removable:
        shutil.rmtree(version.folder, ignore_errors=True)
    return tuple(version.name for version in removable)


def write_retention(home: Path, count: int | None) -> None:
    """Set how many versions builds leave behind in a folder.

    :param count: at least 1, the published version included; `None` for all
    """
    (home / _RETENTION).write_text(f"{ALL_VERSIONS if count is None else count}\n", encoding="utf-8")


def _retention(home: Path) -> int | None:
    """Read how many versions are retained, the published one included; `None` for all."""
    try:
        setting = (home / _RETENTION).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return RETAINED_VERSIONS
    if setting == ALL_VERSIONS:
        return None
    return max(1, int(setting)) if setting.isdecimal() else RETAINED_VERSIONS


__all__ = [
    "ALL_VERSIONS",
    "StoreError",
    "Version",
    "building",
    "no_graph_error",
    "open_published",
    "publish",
    "published",
    "remove_old_versions",
    "write_failure",
    "write_retention",
]
