"""Publishing of a graph: a new version is written next to the old one, then the pointer is moved.

    <home>/current             one line: the name of the published version
    <home>/versions/<name>/    manifest.json, quads/ (the lossless record), store/ (opened read-only)
    <home>/build.lock          held by the one build that runs

Readers never see an incomplete version, and a killed build leaves the pointer unchanged.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ..errors import BuildError, StoreError, WriteError
from ..files import system_reason
from ..words import message
from .store import OxigraphStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

POINTER = "current"
VERSIONS = "versions"
RETAINED_VERSIONS = 2  # the published version and the previous one, which a reader may still have open
_STAGING = ".staging-"
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

    def manifest(self) -> Mapping[str, object]:
        """Read the manifest: counts, hashes and software versions of the build.

        :raises StoreError: if it cannot be read
        """
        try:
            text = (self.folder / "manifest.json").read_text(encoding="utf-8")
            content: Mapping[str, object] = json.loads(text)
        except ValueError as error:
            reason = message(__package__, "publish.damaged_manifest", reason=str(error))
            raise StoreError(self.folder, reason) from error
        return content

    def is_readable(self) -> bool:
        """Tell whether the manifest and the store of the version can be read."""
        try:
            self.manifest()
            self.open()
        except (OSError, StoreError):
            return False
        return True

    def open(self) -> OxigraphStore:
        """Open the store of the version for reading; about 10 ms at 1 M triples.

        :raises StoreError: if its files are missing or damaged
        """
        try:
            return OxigraphStore.open(self.folder / "store")
        except StoreError as error:
            reason = message(__package__, "publish.damaged_graph", reason=error.reason)
            raise StoreError(self.folder, reason) from error


def published(home: Path) -> Version | None:
    """Find the published version; ``None`` if nothing has been published."""
    try:
        name = (home / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    folder = home / VERSIONS / name
    return Version(folder) if name and (folder / "manifest.json").is_file() else None


def open_published(home: Path) -> OxigraphStore:
    """Open the published graph for reading.

    :raises StoreError: if nothing has been published in the folder
    """
    version = published(home)
    if version is None:
        raise no_graph_error(home)
    return version.open()


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
    else:
        if folder.exists():
            shutil.rmtree(folder)
        _sync_manifest(staging)
        staging.rename(folder)
    pointer = home / f"{POINTER}.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(home / POINTER)
    _prune(home, name)
    return Version(folder)


def _sync_manifest(folder: Path) -> None:
    with (folder / "manifest.json").open("rb") as file:
        os.fsync(file.fileno())


def _prune(home: Path, current: str) -> None:
    versions = [path for path in (home / VERSIONS).iterdir() if (path / "manifest.json").is_file()]
    previous = [path for path in versions if path.name != current]  # other folders there are not ours
    previous.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in previous[RETAINED_VERSIONS - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


__all__ = [
    "StoreError",
    "Version",
    "building",
    "no_graph_error",
    "open_published",
    "publish",
    "published",
    "write_failure",
]
