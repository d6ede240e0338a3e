"""The limits of a request, and the settings that a service is started with."""

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
    """The limits of a service; docs/service.md lists those that a client meets.

    :param seconds: wall time of an answer, waiting included
    :param quick_query_seconds: processor time after which a query leaves the quick pool
    :param quick_answer_seconds: the same for what the program itself asks, as for the JSON interface
    :param turn_seconds: wall time that a slow query keeps its slot while a client with fewer slots waits
    :param memory_bytes: address space that a worker may take beyond what it starts with
    :param rows: rows or triples of an answer
    :param answer_bytes: size of an answer
    :param query_bytes: size of a query; the body of a request may have four times as much
    :param tokens: words, addresses and signs of a query
    :param depth: brackets open at a time in a query
    :param patterns: triple patterns of a group
    :param operators: operators of a query
    :param workers: processes of the quick pool
    :param slow_slots: slow queries that run at a time
    :param waiting_requests: requests that wait at a time
    :param client_requests: requests of one client at a time
    :param connections: open connections
    :param receive_seconds: time for the head of a request and for its body, together
    :param send_seconds: time that a client may leave an answer unread
    :param idle_seconds: time that a connection stays open between requests
    :param site_seconds: time to read what the pages need, in a process of its own
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
    receive_seconds: float = 10.0
    send_seconds: float = 60.0
    idle_seconds: float = 15.0
    site_seconds: float = 600.0

    @property
    def body_bytes(self) -> int:
        """Return the largest body of a request; a form encodes one byte of a query in up to three."""
        return 4 * self.query_bytes

    def as_dict(self) -> Mapping[str, float]:
        """Return the limits by name, as the process that forks workers reads them."""
        return asdict(self)


@dataclass(frozen=True)
class Settings:
    """The settings of one service.

    :param home: folder of the published graph
    :param port: 0 for any free port
    :param public: whether other machines may connect; then a sandbox without network is required
    :param sandboxed: whether the workers run in a sandbox
    :param pages: whether the pages of the site are served
    :param base_url: address that clients know the service by, ending in a slash; empty for the Host of each
        request
    :param behind_proxy: whether a proxy on this machine names the clients in X-Forwarded-For
    :param log: whether a line is written about each request
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
