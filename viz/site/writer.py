"""Writing a site: what it wrote before is replaced or removed, what others put there is left alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from ...errors import SiteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .content.model import File

Hashes: TypeAlias = "dict[str, str]"  # path -> SHA-256 of its bytes

MANIFEST = "manifest.json"
_MADE_BY = "egovkg site"


@dataclass(frozen=True)
class Written:
    """What a run did.

    :param written: files that are new or changed
    :param unchanged: files that were there with the same bytes
    :param removed: files of the former run that are wanted no more
    :param kept: such files that somebody changed since; they were left
    """

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def write_files(folder: Path, files: Iterable[File], version: str) -> Written:
    """Write the files of a site and a manifest that names them all.

    :raises SiteError: if a file would replace one that no former run wrote; then nothing is written
    :raises OSError: if the folder cannot be written
    """
    wanted = {file.path: file.data for file in files}
    former = _former(folder)
    _check(folder, wanted, former)
    hashes = {path: sha256(data).hexdigest() for path, data in wanted.items()}
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / MANIFEST, _manifest({**former, **hashes}, version, wanted))  # a killed run is known again
    changed = tuple(path for path in sorted(wanted) if _replace(folder / path, wanted[path]))
    removed, kept = _remove(folder, {path: each for path, each in former.items() if path not in wanted})
    _write(folder / MANIFEST, _manifest(hashes, version, wanted))
    return Written(changed, len(wanted) - len(changed), removed, kept)


def _former(folder: Path) -> Hashes:
    """Read what the last run wrote; nothing when there was none."""
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = content["files"] if content["made_by"] == _MADE_BY else {}
        return {path: entry["sha256"] for path, entry in files.items() if _is_inside(path)}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return (
        bool(path)
        and not pure.is_absolute()
        and ".." not in pure.parts
        and "\\" not in path
        and ":" not in path
    )


def _check(folder: Path, wanted: Mapping[str, bytes], former: Hashes) -> None:
    if folder.exists() and not folder.is_dir():
        raise SiteError(f"{folder}: is no folder — choose another with -o")
    if (folder / MANIFEST).exists() and not _is_ours(folder):
        raise SiteError(f"{folder / MANIFEST}: was not written by egovkg — choose another folder with -o")
    for path in wanted:
        place = folder / path
        if path not in former and (place.exists() or place.is_symlink()):
            raise SiteError(f"{place}: was not written by egovkg — choose another folder with -o")
        if not _stays(folder, place.parent):
            raise SiteError(f"{place}: a link leads out of the folder — remove it or choose another with -o")


def _is_ours(folder: Path) -> bool:
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("made_by") == _MADE_BY


def _stays(folder: Path, place: Path) -> bool:
    return place.resolve().is_relative_to(folder.resolve())


def _replace(path: Path, data: bytes) -> bool:
    """Write a file wholly or not at all; leave it when it holds the same."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    _write(path, data)
    return True


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _remove(folder: Path, stale: Hashes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove files that the last run wrote and nobody changed since, and folders that are empty then."""
    removed, kept = [], []
    for path, digest in sorted(stale.items()):
        place = folder / path
        if not place.is_file() or place.is_symlink() or not _stays(folder, place.parent):
            continue
        if sha256(place.read_bytes()).hexdigest() != digest:
            kept.append(path)
            continue
        place.unlink()
        removed.append(path)
        _drop_empty(folder, place.parent)
    return tuple(removed), tuple(kept)


def _drop_empty(folder: Path, place: Path) -> None:
    while place != folder and place.is_relative_to(folder) and not any(place.iterdir()):
        place.rmdir()
        place = place.parent


def _manifest(hashes: Hashes, version: str, wanted: Mapping[str, bytes]) -> bytes:
    files = {
        path: {"sha256": digest, "bytes": len(wanted.get(path, b""))}
        for path, digest in sorted(hashes.items())
    }
    content = {"made_by": _MADE_BY, "graph": version, "files": files}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
