"""The sandbox of a worker: what the process cannot do, even if a query exploited the engine.

- an empty network namespace: there is nothing to connect to
- a system-call filter (seccomp): sockets, new programs and tracing are refused
- Landlock: files can be read below the folder of the graph and of the program only, and written nowhere

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
_BPF_LOAD, _BPF_IF_EQUAL, _BPF_IF_AT_LEAST, _BPF_RETURN = 0x20, 0x15, 0x35, 0x06  # classic BPF
_SECCOMP_ALLOW, _SECCOMP_EPERM = 0x7FFF0000, 0x00050000 | 1
_X32_CALLS = 0x40000000  # the second numbering of calls on x86-64

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
    instructions = _filter_program(machine, _DENIED_CALLS[machine])
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
        _instruction(_BPF_LOAD, 4),  # the architecture
        _instruction(_BPF_IF_EQUAL, _ARCHITECTURES[machine], 0, len(denied) + 3),
        _instruction(_BPF_LOAD, 0),  # the number of the call
        _instruction(_BPF_IF_AT_LEAST, _X32_CALLS, len(denied) + 1),
        *tests,
        _instruction(_BPF_RETURN, _SECCOMP_ALLOW),
        _instruction(_BPF_RETURN, _SECCOMP_EPERM),
    ]


def _instruction(code: int, value: int, jump_if_true: int = 0, jump_if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, jump_if_true, jump_if_false, value)
