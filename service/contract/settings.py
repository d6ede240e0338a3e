"""The limits on requests, and the settings with which a service is started."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The limits of a service; docs/service.md lists those that clients can meet.

    :param seconds: wall time for an answer, including waiting
    :param quick_query_seconds: processor time after which a query leaves the quick pool
    :param quick_answer_seconds: the same for queries of the program itself, as in the JSON interface
    :param turn_seconds: wall time for which a slow query keeps its slot while a client with fewer slots waits
    :param memory_bytes: address space that a worker may use in addition to that at its start
    :param rows: number of rows or triples of an answer
    :param answer_bytes: size of an answer
    :param query_bytes: size of a query; the body of a request may be four times as large
    :param tokens: number of tokens of a query
    :param depth: nesting depth of brackets in a query
    :param patterns: number of triple patterns of a group
    :param operators: number of operators of a query
    :param workers: number of processes in the quick pool
    :param slow_slots: number of slow queries that run at the same time
    :param waiting_requests: number of requests that wait at the same time
    :param client_requests: number of simultaneous requests of one client
    :param connections: number of open connections
    :param client_connections: number of open connections of one client
    :param unsent_bytes: size of the large answers that are being sent at the same time; one that several
        clients receive counts once
    :param client_unsent_bytes: the same for one client
    :param receive_seconds: time to receive a complete request, head and body
    :param send_seconds: time for which a client may stop reading its answer
    :param idle_seconds: time for which an idle connection stays open between requests
    :param site_seconds: time to read the data of the pages, in a process of its own
    """

    seconds: float = 5.0
    quick_query_seconds: float = 0.1
    quick_answer_seconds: float = 2.0
    turn_seconds: float = 1.0
    memory_bytes: int = 512 * MIB
    rows: int = 10_000
    answer_bytes: int = 20_000_000
    query_bytes: int = 262_144
    tokens: int = 10_000
    depth: int = 100
    patterns: int = 100
    operators: int = 1_000
    workers: int = field(default_factory=lambda: min(16, max(4, 3 * (os.cpu_count() or 2))))
    slow_slots: int = 2
    waiting_requests: int = 256
    client_requests: int = 64
    connections: int = 1_024
    client_connections: int = 128
    unsent_bytes: int = 128 * MIB
    client_unsent_bytes: int = 48 * MIB
    receive_seconds: float = 10.0
    send_seconds: float = 60.0
    idle_seconds: float = 15.0
    site_seconds: float = 600.0

    @property
    def body_bytes(self) -> int:
        """Return the largest size of a request body; a form encodes one byte of a query in up to three."""
        return 4 * self.query_bytes

    def as_dict(self) -> Mapping[str, float]:
        """Return the limits by name, in the form that the forkserver reads."""
        return asdict(self)


@dataclass(frozen=True)
class Settings:
    """The settings of one service.

    :param home: folder of the published graph
    :param port: port number; 0 for any free port
    :param public: whether other machines may connect; this requires a sandbox without network
    :param sandboxed: whether the workers run in a sandbox
    :param pages: whether the service includes the pages of the site
    :param base_url: public address of the service, ending in a slash; empty to use the Host header of each
        request
    :param behind_proxy: whether a proxy on this machine passes the address of clients in X-Forwarded-For
    :param log: whether each request is logged on one line
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    public: bool = False
    sandboxed: bool = True
    pages: bool = True
    base_url: str = ""
    behind_proxy: bool = False
    log: bool = False
    limits: Limits = field(default_factory=Limits)
