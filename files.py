"""Reading of packaged files, atomic writing of files, and JSON text."""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import WriteError
from .words import ROOT, Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "PACKAGE_ROOT",
    "compact_json",
    "json_line",
    "json_text",
    "packaged_text",
    "system_reason",
    "write_atomically",
    "write_together",
]

PACKAGE_ROOT = Path(__file__).parent  # the folder of the package: of a checkout, or below site-packages
_REASONS_BY_TYPE = {"gaierror": "unknown_host", "TimeoutError": "timed_out"}  # numbers of these errors vary
_SYSTEM_REASONS = {
    errno.EACCES: "no_rights",
    errno.EPERM: "no_rights",
    errno.EROFS: "read_only",
    errno.ELOOP: "ring_of_links",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "folder",
    errno.EEXIST: "exists",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.ENAMETOOLONG: "long_name",
    errno.EMFILE: "open_files",
    errno.ECONNREFUSED: "connection_refused",
    errno.ECONNRESET: "connection_reset",
    errno.ETIMEDOUT: "timed_out",
    errno.EHOSTUNREACH: "unreachable",
    errno.ENETUNREACH: "unreachable",
    errno.EADDRINUSE: "address_in_use",
    errno.EADDRNOTAVAIL: "address_elsewhere",
}  # number of an error of the operating system -> key of its text


def system_reason(error: OSError | RuntimeError) -> Message | str:
    """Return the reason why the operating system refused a file; rare reasons keep the system's text.

    >>> system_reason(OSError(errno.EACCES, "denied")).text("en")
    'Permission denied'
    """
    if isinstance(error, RuntimeError):  # of `Path.resolve` before Python 3.13
        return message(ROOT, "system.ring_of_links")
    key = _REASONS_BY_TYPE.get(type(error).__name__) or _SYSTEM_REASONS.get(error.errno or 0)
    return message(ROOT, f"system.{key}") if key else error.strerror or str(error)


@lru_cache(maxsize=256)
def packaged_text(package: str, name: str) -> str:
    """Read a text file of a package; line ends are LF on every system.

    :param package: full name of the package that contains the file
    :param name: path below the folder of the package, with `/`
    :raises FileNotFoundError: if the package has no such file

    >>> packaged_text("egovkg.viz.explorer", "templates/explorer.html.j2").startswith("<!doctype html>")
    True
    """
    text = resources.files(package).joinpath(*name.split("/")).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _mode(path: Path) -> int | None:
    """Return the mode for a new file; ``None`` if the path is a device or pipe, which cannot be replaced."""
    try:
        status = path.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


def write_atomically(path: Path, data: bytes, display_name: str) -> None:
    """Write a file atomically: if writing fails, the old content remains.

    :param display_name: name of the file in error messages
    :raises WriteError: KG099 if the folder or file cannot be written
    """
    temporary = ""
    try:
        path = path.resolve()  # a link stays a link
        mode = _mode(path)
        if mode is None:
            path.write_bytes(data)  # a device or pipe: there is nothing to replace
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except (OSError, RuntimeError) as error:  # a ring of links is a RuntimeError
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise WriteError(display_name, system_reason(error)) from error


def write_together(contents: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write several files so that either all change or none does; missing folders are made.

    Files that have the content already are not touched. What an interruption leaves is what was there before,
    or, where the process is killed between two renames, files that are whole each.

    :returns: the files that changed
    :raises WriteError: KG099 if one of them cannot be written; no file has changed
    """
    before = {path: path.read_bytes() if path.is_file() else None for path in contents}
    changed = tuple(path for path, data in contents.items() if before[path] != data)
    written: list[Path] = []
    try:
        for path in changed:
            written.append(path)
            _make_folder(path.parent)
            write_atomically(path, contents[path], str(path))
    except BaseException:
        for path in reversed(written):
            _restore(path, before[path])
        raise
    return changed


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(folder, system_reason(error)) from error


def _restore(path: Path, data: bytes | None) -> None:
    """Give a file its former content; a file that was not there is removed."""
    if not path.is_file():
        return
    if data is None:
        path.unlink()
    elif path.read_bytes() != data:
        write_atomically(path, data, str(path))


def json_text(content: object, *, sort_keys: bool = False) -> str:
    r"""Return JSON for files and terminals: one member per line, non-ASCII letters unescaped.

    Decimal numbers become JSON numbers; dates and other types unknown to JSON become text.

    >>> json_text({"name": "tỉnh", "share": Decimal("0.5")})
    '{\n "name": "tỉnh",\n "share": 0.5\n}\n'
    """
    return json.dumps(content, ensure_ascii=False, indent=1, default=_json_value, sort_keys=sort_keys) + "\n"


def json_line(content: object) -> str:
    """Return JSON on one line without a line end, for files with one object per line (JSON Lines).

    >>> json_line({"count": Decimal(3), "name": "tỉnh"})
    '{"count": 3, "name": "tỉnh"}'
    """
    return json.dumps(content, ensure_ascii=False, default=_json_value)


def compact_json(content: object) -> str:
    """Return JSON without spaces, for data inside pages and replies.

    >>> compact_json({"count": 3, "name": "tỉnh"})
    '{"count":3,"name":"tỉnh"}'
    """
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_json_value)


def _json_value(value: object) -> object:
    """Convert a value of a type that JSON lacks: decimals to numbers, all others to text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
