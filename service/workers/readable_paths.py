"""The paths that a worker may read: its version, the program, libraries, and data about the process.

Landlock checks the target of a symbolic link. Some installers fill environments with links; therefore the
folders to which the links of libraries point are listed too.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ...files import PACKAGE_ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYSTEM_PATHS = ("/usr/lib", "/lib", "/lib64", "/proc/self", "/dev/null", "/dev/urandom")


def readable_paths(folder: Path) -> list[str]:
    """List the paths that the worker of a version may read.

    :param folder: folder of the version
    """
    return [*dict.fromkeys((str(folder.resolve()), *_program_paths(), *_SYSTEM_PATHS))]


@cache
def _program_paths() -> tuple[str, ...]:
    """List the folders of the program and the libraries; links are only followed next to the engine."""
    folders = (str(PACKAGE_ROOT), sys.prefix, sys.base_prefix, *filter(None, sys.path))
    of_libraries = (folder for folder in sys.path if (Path(folder) / "pyoxigraph").is_dir())
    targets = (target for folder in of_libraries for target in link_targets(folder))
    return tuple(dict.fromkeys((*folders, *targets)))


def link_targets(folder: str) -> Iterator[str]:
    """List the targets of symbolic links in a folder of libraries: whole libraries, or files of one.

    >>> list(link_targets("/no/such/folder"))
    []
    """
    for entry in _entries(folder):
        if entry.is_symlink():
            yield os.path.realpath(entry.path)
        elif entry.is_dir():
            files = (inner for inner in _entries(entry.path) if inner.is_symlink())
            if (file := next(files, None)) is not None:
                target = os.path.realpath(file.path)
                yield target if file.is_dir() else str(Path(target).parent)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []  # a missing folder or an archive, which holds no links
