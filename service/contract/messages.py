"""The messages between the service and its workers: jobs and replies over a socket pair.

If the system has anonymous shared memory, large reply bodies are written there instead of being sent through
the socket. The service copies a body out before it sends the worker another job.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...files import compact_json, json_line
from ...words import DEFAULT_LANGUAGE
from .media_types import JSON

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from ...queries.facts.values import Json
    from .refusals import ServiceError

LENGTHS = struct.Struct(">II")  # of the header and of the body of a message
READY_STATUS = 100  # status of the first message of a worker
SHARED_BODY_BYTES = 65_536  # a body of this size or more goes through the shared memory
RETAINED_BYTES = 4 << 20  # of the shared memory that stay allocated after an answer
OUT_OF_MEMORY_EXIT = 12  # exit code of a worker that ran out of memory


@dataclass(frozen=True)
class Job:
    """A job for a worker.

    :param task: name of a task in :mod:`egovkg.service.workers.worker`
    :param parameters: parameters of the task
    :param query: SPARQL text, for the task that evaluates a query
    :param lang: language of refusals
    """

    task: str
    parameters: Mapping[str, Json] = field(default_factory=dict)
    query: str = ""
    lang: str = DEFAULT_LANGUAGE

    def encoded(self) -> bytes:
        """Return the job as bytes for the socket."""
        header: dict[str, Json] = {"task": self.task, "parameters": dict(self.parameters), "lang": self.lang}
        return encoded_message(header, self.query.encode())


@dataclass(frozen=True)
class Reply:
    """The reply to a job.

    :param status: HTTP status
    :param media_type: media type of the body
    :param body: the complete body
    :param is_stale: whether the worker can no longer read its version of the graph
    """

    status: int
    media_type: str
    body: bytes
    is_stale: bool = False

    def encoded(self, shared_memory: SharedMemory | None = None) -> bytes:
        """Return the reply as bytes for the socket; a large body is written to the shared memory instead."""
        header: dict[str, Json] = {
            "status": self.status,
            "media_type": self.media_type,
            "is_stale": self.is_stale,
        }
        size = len(self.body)
        if shared_memory is None or not SHARED_BODY_BYTES <= size <= shared_memory.size:
            return encoded_message(header, self.body)
        shared_memory.write(self.body)
        return encoded_message({**header, "shared_bytes": size}, b"")


class SharedMemory:
    """Memory shared between the service and one worker.

    :param size: size in bytes of the largest body that fits
    """

    def __init__(self, descriptor: int, size: int) -> None:
        self.size = size
        self._memory = mmap.mmap(descriptor, size)

    @staticmethod
    def new_descriptor(size: int) -> int | None:
        """Allocate the memory; ``None`` if the system has no anonymous files."""
        if not hasattr(os, "memfd_create"):
            return None
        descriptor = os.memfd_create("egovkg")
        os.ftruncate(descriptor, size)  # pages are allocated when they are first written
        return descriptor

    def write(self, body: bytes) -> None:
        """Write a reply body at the start of the memory."""
        self._memory[: len(body)] = body

    def read(self, size: int) -> bytes:
        """Copy a reply body, and release the pages used by a large one."""
        body = self._memory[:size]
        if size > RETAINED_BYTES:
            self._memory.madvise(mmap.MADV_REMOVE, RETAINED_BYTES, self.size - RETAINED_BYTES)
        return body

    def close(self) -> None:
        """Unmap the memory."""
        self._memory.close()


def encoded_message(header: Mapping[str, Json], body: bytes) -> bytes:
    """Return a message as bytes: the lengths of header and body, then both.

    >>> len(encoded_message({}, b"abc")) == LENGTHS.size + len("{}") + 3
    True
    """
    text = compact_json(header).encode("utf-8", "replace")
    return LENGTHS.pack(len(text), len(body)) + text + body


def read_job(channel: socket.socket) -> Job | None:
    """Receive the next job; ``None`` when the service has closed the channel."""
    data = bytearray()
    end = LENGTHS.size
    while len(data) < end:  # usually one turn: a job is small, and comes after the reply to the one before
        received = channel.recv(1 << 16)
        if not received:
            return None
        data += received
        if len(data) >= LENGTHS.size:
            header_size, body_size = LENGTHS.unpack_from(data)
            end = LENGTHS.size + header_size + body_size
    header = json.loads(data[LENGTHS.size : LENGTHS.size + header_size])
    query = data[LENGTHS.size + header_size :].decode()
    return Job(header["task"], header["parameters"], query, header["lang"])


def error_reply(status: int, code: str, text: str, details: Mapping[str, Json] | None = None) -> Reply:
    """Return an error as a JSON reply: status, stable code for programs, text for readers, details.

    >>> error_reply(400, "syntax", "a bracket is missing", {"line": 1}).body.decode()
    '{"error": "syntax", "status": 400, "message": "a bracket is missing", "line": 1}'
    """
    content: dict[str, Json] = {"error": code, "status": status, "message": text, **(details or {})}
    return Reply(status, JSON, json_line(content).encode("utf-8", "replace"))


def refusal_reply(refusal: ServiceError, lang: str) -> Reply:
    """Return a refusal as a JSON reply, with its text in a language and its values as details."""
    details: dict[str, Json] = {
        name: value if isinstance(value, int | float | str) else value.text(lang)
        for name, value in refusal.values.items()
        if not isinstance(value, tuple)
    }
    return error_reply(refusal.status, refusal.code, refusal.text(lang), details)
