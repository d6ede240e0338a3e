"""The sandbox of a worker: what the process cannot do, even if a query exploited the engine.

- an empty network namespace: there is nothing to connect to
- a system-call filter (seccomp): sockets, new programs and tracing are refused; once a worker has opened its
  store, every call is refused that answering a query does not need
- Landlock: files can be read below the folder of the graph and of the program only, and written nowhere
- no capabilities: a worker of a service that runs as root has no more rights than the owner of its files

Each layer is set up if the system allows it, without administrator rights. All of them are Linux features.
docs/decisions/21-sandbox-filter.md explains why they are called directly.
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

NAMESPACE, SECCOMP, LANDLOCK = "network namespace", "seccomp", "landlock"
ALLOW_LIST, NO_CAPABILITIES = "allow-list", "no capabilities"
NETWORK_LAYERS = (NAMESPACE, SECCOMP)  # either keeps a worker from connecting

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# socket, connect, accept, bind, listen, socketpair, execve, ptrace, mount, keyctl, unshare, accept4,
# perf_event_open, open_by_handle_at, setns, process_vm_readv, process_vm_writev, bpf, execveat, userfaultfd,
# io_uring_setup, io_uring_enter, io_uring_register, pidfd_getfd
_DENIED_CALLS = {
    "x86_64": (41, 42, 43, 49, 50, 53, 59, 101, 165, 250, 272, 288, 298, 304, 308, 310, 311, 321, 322, 323,
               425, 426, 427, 438),
    "aarch64": (198, 203, 202, 200, 201, 199, 221, 117, 40, 219, 97, 242, 241, 265, 268, 270, 271, 280, 281,
                282, 425, 426, 427, 438),
}  # fmt: skip
# What a worker needs once its store is open, as ranges of numbers: reading and writing open descriptors,
# opening files (which Landlock limits), memory, clocks, signals, its own limits.
_NEEDED_CALLS = {
    "x86_64": """0-21 23-28 32-33 35 39 44-48 51 54-55 60-61 63 72-75 77 79 89 96-100 102 104 107-108 110-111
        115 121 124 127-128 130-131 140 143 145 158 160 186 201-204 217-219 221 228-233 257 262 267 269-271
        273-274 281 290-293 295 309 318 324 332 334 439""",
    "aarch64": """17 19-25 29 32 46 48 56-57 59 61-69 72-73 78-80 82-83 93-94 96 98-101 107 113-115 120-121
        123-124 128 132-137 139 141 153 155-156 158 160 163-165 168-169 172-179 204 206-212 214-216 222-223
        226-227 232-233 260 278 283 291 293 439""",
}
# Calls that are allowed for this process only: a new thread, a signal to a thread, a limit.
_OWN_CALLS = {"x86_64": (56, 234, 302), "aarch64": (220, 131, 261)}  # clone, tgkill, prlimit64
_CLONE_THREAD = 0x00010000
_NEWER_CALLS = 424  # numbers from here on are equal everywhere; libraries try them and fall back
_BPF_LOAD, _BPF_IF_EQUAL, _BPF_IF_AT_LEAST, _BPF_RETURN = 0x20, 0x15, 0x35, 0x06  # classic BPF
_BPF_IF_ABOVE, _BPF_IF_ANY_BIT = 0x25, 0x45
_AT_NUMBER, _AT_ARCHITECTURE, _AT_FIRST_ARGUMENT = 0, 4, 16  # of `struct seccomp_data`
_SECCOMP_ALLOW, _SECCOMP_EPERM, _SECCOMP_ENOSYS = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38
_X32_CALLS = 0x40000000  # the second numbering of calls on x86-64

_CAPABILITIES, _CAPABILITY_VERSION = 64, 0x20080522
_PR_CAPBSET_DROP = 24
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 22, 36, 38
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_LANDLOCK_CREATE_RULESET, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT_SELF = 444, 445, 446
_READ_FILE = 1 << 2
_READ_FOLDER = 1 << 0 | _READ_FILE | 1 << 3  # execute, read files, list


def isolate_network() -> tuple[str, ...]:
    """Cut off this process and its children from the network; the process must be single-threaded.

    :returns: names of the active layers; empty if the system allows none
    """
    if sys.platform != "linux":
        return ()
    libc = ctypes.CDLL(None, use_errno=True)
    layers = (NAMESPACE, _enter_empty_namespace), (SECCOMP, _install_filter)
    return tuple(name for name, set_up in layers if set_up(libc))


def restrict_files(readable: Iterable[str]) -> bool:
    """Allow this process to read only below some folders, and to write nowhere.

    :returns: whether the system supports this
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    rights = ctypes.c_uint64(_handled_rights(version))
    ruleset = libc.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(rights), ctypes.c_size_t(8), 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow_reading(libc, ruleset, path)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def restrict_calls() -> bool:
    """Refuse this process every system call that answering a query does not need.

    :returns: whether the system supports this
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _NEEDED_CALLS:
        return False
    return _install(ctypes.CDLL(None, use_errno=True), _needed_program(machine))


def drop_capabilities() -> bool:
    """Give up the capabilities of an administrator, as far as this process has any.

    :returns: whether it has none now
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in range(_CAPABILITIES):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    return bool(libc.capset(header, bytes(24)) == 0)


def die_with_parent() -> None:
    """Ask the system to kill this process when its parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that they can be reaped."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _handled_rights(version: int) -> int:
    """Return the access rights that this version of Landlock can restrict, as bits."""
    refer = 1 << 13 if version >= 2 else 0
    truncate = 1 << 14 if version >= 3 else 0
    return (1 << 13) - 1 | refer | truncate


def _allow_reading(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # a path that does not exist needs no rule
    rights = _READ_FOLDER if os.path.isdir(path) else _READ_FILE  # noqa: PTH112  a string is at hand
    rule = struct.pack("=Qi", rights, descriptor)
    libc.syscall(_LANDLOCK_ADD_RULE, ruleset, 1, ctypes.c_char_p(rule), 0)
    os.close(descriptor)


def _enter_empty_namespace(libc: ctypes.CDLL) -> bool:
    as_administrator, as_user = _CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET
    return any(int(libc.unshare(flags)) == 0 for flags in (as_administrator, as_user))


def _install_filter(libc: ctypes.CDLL) -> bool:
    machine = platform.machine()
    if machine not in _DENIED_CALLS:
        return False
    return _install(libc, _filter_program(machine, _DENIED_CALLS[machine]))


def _install(libc: ctypes.CDLL, instructions: Sequence[bytes]) -> bool:
    code = ctypes.create_string_buffer(b"".join(instructions))

    class FilterProgram(ctypes.Structure):
        """`struct sock_fprog`."""

        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    program = FilterProgram(len(instructions), ctypes.addressof(code))
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _filter_program(machine: str, denied: Sequence[int]) -> list[bytes]:
    """Return the filter: denied calls and calls of another architecture are refused, others allowed."""
    tests = [_instruction(_BPF_IF_EQUAL, call, len(denied) - at) for at, call in enumerate(denied)]
    return [
        _instruction(_BPF_LOAD, _AT_ARCHITECTURE),
        _instruction(_BPF_IF_EQUAL, _ARCHITECTURES[machine], 0, len(denied) + 3),
        _instruction(_BPF_LOAD, _AT_NUMBER),
        _instruction(_BPF_IF_AT_LEAST, _X32_CALLS, len(denied) + 1),
        *tests,
        _instruction(_BPF_RETURN, _SECCOMP_ALLOW),
        _instruction(_BPF_RETURN, _SECCOMP_EPERM),
    ]


def _needed_program(machine: str) -> list[bytes]:
    """Return the filter of a worker: needed calls and new threads are allowed, others refused.

    The ranges are sorted: a number below one is in none of those that follow.
    """
    clone, signal_thread, limit = _OWN_CALLS[machine]
    ranges = [_bounds(text) for text in _NEEDED_CALLS[machine].split()]
    tests = []
    for left, (first, last) in zip(range(len(ranges) - 1, -1, -1), ranges, strict=True):
        tests.append(_instruction(_BPF_IF_AT_LEAST, first, 0, 2 * left + 1))  # else: refuse
        tests.append(_instruction(_BPF_IF_ABOVE, last, 0, 2 * left + 3))  # else: allow
    return [
        _instruction(_BPF_LOAD, _AT_ARCHITECTURE),
        _instruction(_BPF_IF_EQUAL, _ARCHITECTURES[machine], 1, 0),
        _instruction(_BPF_RETURN, _SECCOMP_EPERM),
        _instruction(_BPF_LOAD, _AT_NUMBER),
        *_check_of_argument(clone, _BPF_IF_ANY_BIT, _CLONE_THREAD),
        *_check_of_argument(signal_thread, _BPF_IF_EQUAL, os.getpid()),
        *_check_of_argument(limit, _BPF_IF_EQUAL, 0),
        *tests,
        _instruction(_BPF_IF_AT_LEAST, _NEWER_CALLS, 0, 1),
        _instruction(_BPF_RETURN, _SECCOMP_ENOSYS),
        _instruction(_BPF_RETURN, _SECCOMP_EPERM),
        _instruction(_BPF_RETURN, _SECCOMP_ALLOW),
    ]


def _check_of_argument(call: int, test: int, value: int) -> list[bytes]:
    """Return the part of a filter that allows a call only if its first argument passes a test."""
    return [
        _instruction(_BPF_IF_EQUAL, call, 0, 4),
        _instruction(_BPF_LOAD, _AT_FIRST_ARGUMENT),
        _instruction(test, value, 0, 1),
        _instruction(_BPF_RETURN, _SECCOMP_ALLOW),
        _instruction(_BPF_RETURN, _SECCOMP_EPERM),
    ]


def _bounds(text: str) -> tuple[int, int]:
    """Read a range of numbers.

    >>> _bounds("3-5"), _bounds("7")
    ((3, 5), (7, 7))
    """
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def _instruction(code: int, value: int, jump_if_true: int = 0, jump_if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, jump_if_true, jump_if_false, value)
