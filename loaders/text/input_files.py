"""Reading of input files within limits of size and time; anything except files and pipes is a problem."""

from __future__ import annotations

import os
import select
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import CorpusError, InputError
from ...files import system_reason
from ...problems import FaultError, Problem
from ..faults.messages import fault, message

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from ...problems import Fault

    InputReader: TypeAlias = Callable[[Path, str], bytes]  # path, name in messages -> content

LARGEST = 64 << 20  # bytes
PATIENCE = 5.0  # seconds without a byte, after which a pipe is given up
_CHUNK = 1 << 16


def input_bytes(path: Path, file: str, *, allow_pipe: bool = True) -> bytes:
    """Read a file or, if allowed, a pipe (as from process substitution).

    :param file: name of the file in messages
    :param allow_pipe: whether pipes are accepted, because the file is not written back
    :raises InputError: KG008 if it is unreadable, no file, too large, or a pipe without data
    """
    try:
        status = path.stat()
        if stat.S_ISFIFO(status.st_mode) and allow_pipe:
            return _pipe_bytes(path)
        if flaw := _status_fault(status):
            raise FaultError(flaw)
        return path.read_bytes()
    except OSError as error:
        flaw = fault("KG008.unreadable", reason=system_reason(error))
    except FaultError as error:
        flaw = error.fault
    raise InputError([Problem(file, 1, 1, flaw)])


def input_text(path: Path, file: str) -> str:
    """Read a text file unchanged, including its line ends and byte-order mark.

    :raises InputError: KG008 as :func:`input_bytes`, KG002 if it is not UTF-8
    """
    data = input_bytes(path, file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        flaw = fault("KG002.byte-not-utf-8", offset=error.start)
        raise InputError([Problem(file, 1, 1, flaw)]) from error


def _status_fault(status: os.stat_result) -> Fault | None:
    if stat.S_ISDIR(status.st_mode):
        return fault("KG008.folder")
    if not stat.S_ISREG(status.st_mode):
        return fault("KG008.special-file")
    return _size_fault(status.st_size)


def _size_fault(size: int) -> Fault | None:
    return fault("KG008.too-large", megabytes=LARGEST >> 20) if size > LARGEST else None


def _pipe_bytes(path: Path) -> bytes:
    """Read a pipe to its end.

    :raises FaultError: if no data arrive for a while, or too much
    """
    content = bytearray()
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], PATIENCE)[0]:
            chunk = pipe.read(_CHUNK)
            if chunk == b"":
                return bytes(content)
            content += chunk or b""
            if flaw := _size_fault(len(content)):
                raise FaultError(flaw)
    raise FaultError(fault("KG008.silent-pipe", seconds=f"{PATIENCE:g}"))


def files_in(folder: Path, ending: str) -> tuple[Path, ...]:
    """List the files in a folder with a given extension, sorted by name.

    :returns: empty if the folder does not exist
    :raises CorpusError: if the folder cannot be read
    """
    try:
        paths = list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        reason = system_reason(error)
        raise CorpusError(message("corpus.unreadable", folder=str(folder), reason=reason)) from error
    return tuple(sorted(path for path in paths if path.name.endswith(ending)))
