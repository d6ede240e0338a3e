"""What goes between the service and its workers: a job one way, a reply the other, over a socket pair."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from ..queries.values import Json

HEAD = struct.Struct(">II")  # lengths of the head and of the body
READY = 100  # status of the first thing a worker says
JSON = "application/json"


@dataclass(frozen=True)
class Job:
    """What a worker is asked to do.

    :param what: the name of a task, as in :mod:`.serve_worker`
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

    def packed(self) -> bytes:
        """Write the reply for the socket."""
        return packed({"status": self.status, "kind": self.kind, "stale": self.stale}, self.body)


def packed(head: Mapping[str, Json], body: bytes) -> bytes:
    """Write a head and a body, their lengths before them.

    >>> len(packed({}, b"abc")) == HEAD.size + len("{}") + 3
    True
    """
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return HEAD.pack(len(text), len(body)) + text + body


def read_job(channel: socket.socket) -> Job | None:
    """Wait for a job; ``None`` when the other side is gone."""
    start = _exactly(channel, HEAD.size)
    if start is None:
        return None
    head_size, body_size = HEAD.unpack(start)
    rest = _exactly(channel, head_size + body_size)
    if rest is None:
        return None
    head = json.loads(rest[:head_size])
    return Job(head["what"], head["about"], rest[head_size:].decode())


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    parts = []
    while size:
        part = channel.recv(min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def problem(status: int, code: str, message: str, details: Mapping[str, Json] | None = None) -> Reply:
    """Word a refusal for programs: status, a stable word, a sentence.

    >>> problem(400, "syntax", "a bracket is missing", {"line": 1}).body.decode()
    '{"error": "syntax", "status": 400, "message": "a bracket is missing", "line": 1}'
    """
    content: dict[str, Json] = {"error": code, "status": status, "message": message, **(details or {})}
    return Reply(status, JSON, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))
