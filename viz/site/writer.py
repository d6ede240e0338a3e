"""Writing of a site to a folder: files of an earlier run are replaced, all other files are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from ...errors import SiteError
from ...files import compact_json, write_atomically
from ...words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .content.model import File

__all__ = ["MANIFEST", "WriteReport", "notes_of_untouched", "write_files"]

Hashes: TypeAlias = "dict[str, str]"  # path -> SHA-256 of its bytes

MANIFEST = "manifest.json"
_MADE_BY = "egovkg site"
NO_NOTES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class WriteReport:
    """The result of writing the files of a site.

    :param written: new and changed files
    :param unchanged: number of files whose content was already up to date
    :param removed: files of an earlier run that no longer belong to the site
    :param changed_by_others: obsolete files that were kept because somebody has changed them
    """

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    changed_by_others: tuple[str, ...]


def write_files(
    folder: Path, files: Iterable[File], version: str, notes: Mapping[str, object] = NO_NOTES
) -> WriteReport:
    """Write the files of a site, and a manifest that lists them.

    :param notes: what else the manifest says; see :func:`notes_of_untouched`
    :raises SiteError: if a file would be replaced that no earlier run wrote; nothing is written then
    :raises WriteError: if a file cannot be written
    """
    contents = {file.path: file.data for file in files}
    earlier = _earlier_hashes(folder)
    _check_folder(folder, contents, earlier)
    hashes = {path: sha256(data).hexdigest() for path, data in contents.items()}
    # the manifest names the files of both runs first, so that the next run knows those of a killed one
    _write(folder / MANIFEST, _manifest({**earlier, **hashes}, version, contents))
    changed = tuple(path for path in sorted(contents) if _replace(folder / path, contents[path]))
    stale = {path: digest for path, digest in earlier.items() if path not in contents}
    removed, changed_by_others = _remove_stale(folder, stale)
    _write(folder / MANIFEST, _manifest(hashes, version, contents, notes))
    return WriteReport(changed, len(contents) - len(changed), removed, changed_by_others)


def _earlier_hashes(folder: Path) -> Hashes:
    """Read the hashes of the last run; empty without one, or if its manifest is damaged."""
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = content["files"] if content["made_by"] == _MADE_BY else {}
        return {path: entry["sha256"] for path, entry in files.items() if _is_inside(path)}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_inside(path: str) -> bool:
    """Tell whether a path in a manifest stays inside the folder on every operating system."""
    pure = PurePosixPath(path)
    is_relative = bool(path) and not pure.is_absolute() and ".." not in pure.parts
    return is_relative and "\\" not in path and ":" not in path


def _check_folder(folder: Path, contents: Mapping[str, bytes], earlier: Hashes) -> None:
    """Raise an error if a file would be replaced that no earlier run wrote.

    :raises SiteError: with the first such file
    """
    if folder.exists() and not folder.is_dir():
        raise SiteError(message(__package__, "folder.not_a_folder", path=str(folder)))
    if (folder / MANIFEST).exists() and not _is_ours(folder):
        raise SiteError(message(__package__, "folder.foreign_file", path=str(folder / MANIFEST)))
    for path in contents:
        target = folder / path
        if path not in earlier and (target.exists() or target.is_symlink()):
            raise SiteError(message(__package__, "folder.foreign_file", path=str(target)))
        if not _stays_in(folder, target.parent):
            raise SiteError(message(__package__, "folder.link_outside", path=str(target)))


def _is_ours(folder: Path) -> bool:
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("made_by") == _MADE_BY


def _stays_in(folder: Path, subfolder: Path) -> bool:
    return subfolder.resolve().is_relative_to(folder.resolve())


def _replace(path: Path, data: bytes) -> bool:
    """Write a file atomically if its content differs; return whether it changed."""
    if path.is_symlink():
        path.unlink()  # the file that it leads to belongs to others
    elif path.is_file() and path.read_bytes() == data:
        return False
    _write(path, data)
    return True


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data, str(path))


def _remove_stale(folder: Path, stale: Hashes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove unchanged files of the earlier run, and the folders that become empty.

    :returns: the removed files, and those kept because they were changed
    """
    removed, changed_by_others = [], []
    for path, digest in sorted(stale.items()):
        target = folder / path
        if not target.is_file() or target.is_symlink() or not _stays_in(folder, target.parent):
            continue
        if sha256(target.read_bytes()).hexdigest() != digest:
            changed_by_others.append(path)
            continue
        target.unlink()
        removed.append(path)
        _remove_empty_folders(folder, target.parent)
    return tuple(removed), tuple(changed_by_others)


def _remove_empty_folders(folder: Path, subfolder: Path) -> None:
    while subfolder != folder and subfolder.is_relative_to(folder) and not any(subfolder.iterdir()):
        subfolder.rmdir()
        subfolder = subfolder.parent


def notes_of_untouched(folder: Path) -> tuple[Mapping[str, object], WriteReport] | None:
    """Return what the manifest of the last run says beside its files; `None` unless each file is as written.

    Cost: about 1 s for 12 000 files, as it reads them all.
    """
    hashes = _earlier_hashes(folder)
    if not hashes or not all(_is_as_written(folder / path, digest) for path, digest in hashes.items()):
        return None
    content = json.loads((folder / MANIFEST).read_text("utf-8"))
    notes = {key: value for key, value in content.items() if key != "files"}
    return notes, WriteReport((), len(hashes), (), ())


def _is_as_written(path: Path, digest: str) -> bool:
    try:
        return not path.is_symlink() and sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _manifest(
    hashes: Hashes, version: str, contents: Mapping[str, bytes], notes: Mapping[str, object] = NO_NOTES
) -> bytes:
    lines = ",\n".join(
        f'{compact_json(path)}:{{"sha256":"{digest}","bytes":{len(contents.get(path, b""))}}}'
        for path, digest in sorted(hashes.items())
    )
    head = compact_json({"made_by": _MADE_BY, "graph": version, **notes}).removesuffix("}")
    return f'{head},\n"files":{{\n{lines}\n}}}}\n'.encode()
