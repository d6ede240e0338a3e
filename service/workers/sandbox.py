"""Fences around a worker: what it can no longer do, whatever a query brings the engine to.

- an empty network namespace: there is nothing to connect to
- a system-call filter (seccomp): sockets, new programs and tracing are refused
- Landlock: files can be read in the folder of the graph and in the program only, and written nowhere

Each is put up where the system allows it, without rights of an administrator. All are of Linux.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NETWORK = ("network namespace", "seccomp")  # either keeps a worker from connecting
FILES = "landlock"

_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# socket, connect, accept, bind, listen, socketpair, execve, ptrace, mount, keyctl, unshare, accept4,
# perf_event_open, open_by_handle_at, setns, process_vm_readv, process_vm_writev, bpf, execveat, userfaultfd,
# io_uring_setup, io_uring_enter, io_uring_register, pidfd_getfd
_DENIED = {
    "x86_64": (41, 42, 43, 49, 50, 53, 59, 101, 165, 250, 272, 288, 298, 304, 308, 310, 311, 321, 322, 323,
               425, 426, 427, 438),
    "aarch64": (198, 203, 202, 200, 201, 199, 221, 117, 40, 219, 97, 242, 241, 265, 268, 270, 271, 280, 281,
                282, 425, 426, 427, 438),
}  # fmt: skip
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of a classic BPF program
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # the latter as "not permitted"
_X32 = 0x40000000  # the second numbering of calls on x86-64

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_SET_DEATH_SIGNAL, _KILL = 1, 9
_SET_CHILD_SUBREAPER = 36
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read a file, list a folder
_READ_FILE = 1 << 2


def fence_network() -> tuple[str, ...]:
    """Cut this process, which has one thread yet, and its children off from the network.

    :returns: names of the fences that stand; empty where the system allows none
    """
    if sys.platform != "linux":
        return ()
    library = ctypes.CDLL(None, use_errno=True)
    fences = ("network namespace", _unshare), ("seccomp", _filter)
    return tuple(name for name, put_up in fences if put_up(library))


def fence_files(readable: Iterable[str]) -> bool:
    """Let this process read below some folders only, and write nowhere.

    :returns: whether the system could do so
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    version = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    handled = (1 << 13) - 1 | (1 << 13 if version >= 2 else 0) | (1 << 14 if version >= 3 else 0)
    rules = library.syscall(_CREATE_RULESET, ctypes.byref(ctypes.c_uint64(handled)), ctypes.c_size_t(8), 0)
    if rules < 0:
        return False
    try:
        for place in readable:
            _allow(library, rules, place)
        library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(library.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def die_with_parent() -> None:
    """Ask the system to end this process when the one that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, _KILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of processes below this one whose own parent ends, so that they can be buried."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _allow(library: ctypes.CDLL, rules: int, place: str) -> None:
    try:
        descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no rule
    allowed = _READ if os.path.isdir(place) else _READ_FILE  # noqa: PTH112  a string is at hand
    rule = struct.pack("=Qi", allowed, descriptor)
    library.syscall(_ADD_RULE, rules, 1, ctypes.c_char_p(rule), 0)
    os.close(descriptor)


def _unshare(library: ctypes.CDLL) -> bool:
    ways = (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK)  # the first is for administrators
    return any(int(library.unshare(way)) == 0 for way in ways)


def _filter(library: ctypes.CDLL) -> bool:
    machine = platform.machine()
    if machine not in _DENIED:
        return False
    program = _program(machine, _DENIED[machine])
    code = ctypes.create_string_buffer(b"".join(program))

    class Program(ctypes.Structure):
        """`struct sock_fprog`."""

        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    handed = Program(len(program), ctypes.addressof(code))
    library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(handed), 0, 0) == 0)


def _program(machine: str, denied: Sequence[int]) -> list[bytes]:
    """Write the filter: a foreign numbering of calls or a denied number is refused, the rest allowed."""
    tests = [_step(_EQUAL, number, len(denied) - at, 0) for at, number in enumerate(denied)]
    return [
        _step(_LOAD, 4),  # the architecture
        _step(_EQUAL, _ARCH[machine], 0, len(denied) + 3),
        _step(_LOAD, 0),  # the number of the call
        _step(_AT_LEAST, _X32, len(denied) + 1, 0),
        *tests,
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
