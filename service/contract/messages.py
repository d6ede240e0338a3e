"""What goes between the service and its workers: a job one way, a reply the other, over a socket pair.

The body of a large reply lies in memory that both see, where the system has such: it is not copied through
the socket. The service takes its own copy before the worker gets another job.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from ...queries.facts.values import Json

HEAD = struct.Struct(">II")  # lengths of the head and of the body
READY = 100  # status of the first thing a worker says
SHARED = 65_536  # bytes of a body from which on it is not sent through the socket
KEPT = 4 << 20  # bytes of the shared memory that stay with a worker after an answer
OUT_OF_MEMORY = 12  # exit code of a worker that could not go on for want of memory
JSON = "application/json"


@dataclass(frozen=True)
class Job:
    """What a worker is asked to do.

    :param what: the name of a task, as in :mod:`egovkg.service.workers.worker`
    :param about: its particulars
    :param text: a query
    """

    what: str
    about: Mapping[str, Json] = field(default_factory=dict)
    text: str = ""

    def packed(self) -> bytes:
        """Write the job for the socket."""
        return packed({"what": self.what, "about": dict(self.about)}, self.text.encode())


@dataclass(frozen=True)
class Reply:
    """What came of a job.

    :param status: of HTTP
    :param kind: media type
    :param body: whole, always
    :param stale: whether the worker can no longer read its version
    """

    status: int
    kind: str
    body: bytes
    stale: bool = False

    def packed(self, window: Window | None = None) -> bytes:
        """Write the reply for the socket; a large body goes into the shared memory instead."""
        head: dict[str, Json] = {"status": self.status, "kind": self.kind, "stale": self.stale}
        size = len(self.body)
        if window is None or not SHARED <= size <= window.size:
            return packed(head, self.body)
        window.put(self.body)
        return packed({**head, "shared": size}, b"")


class Window:
    """Memory that the service and one worker see.

    :param size: the largest body that fits
    """

    def __init__(self, descriptor: int, size: int) -> None:
        self.size = size
        self._memory = mmap.mmap(descriptor, size)

    @staticmethod
    def descriptor(size: int) -> int | None:
        """Make the memory; ``None`` where the system has no such."""
        if not hasattr(os, "memfd_create"):
            return None
        made = os.memfd_create("egovkg")
        os.ftruncate(made, size)  # it takes no room before something is written
        return made

    def put(self, body: bytes) -> None:
        """Lay a body down."""
        self._memory[: len(body)] = body

    def take(self, size: int) -> bytes:
        """Copy a body, and give back what a large one took."""
        body = self._memory[:size]
        if size > KEPT:
            self._memory.madvise(mmap.MADV_REMOVE, KEPT, self.size - KEPT)
        return body

    def close(self) -> None:
        """Let go of the memory."""
        self._memory.close()


def packed(head: Mapping[str, Json], body: bytes) -> bytes:
    """Write a head and a body, their lengths before them.

    >>> len(packed({}, b"abc")) == HEAD.size + len("{}") + 3
    True
    """
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return HEAD.pack(len(text), len(body)) + text + body


def read_job(channel: socket.socket) -> Job | None:
    """Wait for a job; ``None`` when the other side is gone."""
    data = bytearray()
    end = HEAD.size
    while len(data) < end:  # mostly once: a job comes after the answer to the last one, and is small
        part = channel.recv(1 << 16)
        if not part:
            return None
        data += part
        if len(data) >= HEAD.size:
            head_size, body_size = HEAD.unpack_from(data)
            end = HEAD.size + head_size + body_size
    head = json.loads(data[HEAD.size : HEAD.size + head_size])
    return Job(head["what"], head["about"], data[HEAD.size + head_size :].decode())


def problem(status: int, code: str, message: str, details: Mapping[str, Json] | None = None) -> Reply:
    """Word a refusal for programs: status, a stable word, a sentence.

    >>> problem(400, "syntax", "a bracket is missing", {"line": 1}).body.decode()
    '{"error": "syntax", "status": 400, "message": "a bracket is missing", "line": 1}'
    """
    content: dict[str, Json] = {"error": code, "status": status, "message": message, **(details or {})}
    return Reply(status, JSON, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))
