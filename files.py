"""Files that come with the package, and files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from functools import lru_cache
from importlib import resources
from pathlib import Path

from .errors import WriteError

__all__ = ["PACKAGE_ROOT", "packaged_text", "write_whole"]

PACKAGE_ROOT = Path(__file__).parent  # the folder of the package: of a checkout, or below site-packages


@lru_cache(maxsize=256)
def packaged_text(package: str, name: str) -> str:
    """Read a text file of a package, with LF line ends on every system.

    :param package: full name of the package that the file belongs to
    :param name: path below the package's folder, parts joined by `/`
    :raises FileNotFoundError: if the package has no such file

    >>> packaged_text("egovkg.viz.explorer", "templates/explorer.html.j2").startswith("<!doctype html>")
    True
    """
    text = resources.files(package).joinpath(*name.split("/")).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _mode(path: Path) -> int | None:
    """Tell with which rights a file is to be written; ``None`` for what is there and no regular file."""
    try:
        status = path.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


def write_whole(path: Path, data: bytes, shown: str) -> None:
    """Write a file wholly or not at all.

    :param shown: its name in the message
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
        raise WriteError(shown, getattr(error, "strerror", None) or str(error)) from error
