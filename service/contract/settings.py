"""What a request to the service may cost, and what the service is started with."""

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
    """The limits of one service; each is told in the documents.

    :param seconds: wall time of an answer, waiting included
    :param slice_seconds: processor time after which a query leaves the quick lane
    :param turn_seconds: of the clock, which a slow query may take while an address with fewer waits
    :param own_seconds: the same for what the program itself asks, as for the JSON interface
    :param memory_bytes: address space that a worker may take beyond what it starts with
    :param rows: rows or triples of an answer
    :param answer_bytes: size of an answer
    :param query_bytes: size of a query; the body of a request may have four times as much
    :param tokens: words, addresses and signs of a query
    :param depth: brackets open at a time in a query
    :param patterns: triple patterns of a group
    :param operators: operators of a query
    :param workers: processes for quick queries
    :param slow: processes for the others
    :param waiting: requests that wait at a time
    :param per_client: requests of one address at a time
    :param connections: open connections
    :param receive_seconds: for the head of a request and for its body, together
    :param send_seconds: for an answer that is not taken off
    :param idle_seconds: for a connection between requests
    :param page_seconds: to read what all pages need, in a process of its own
    """

    seconds: float = 5.0
    slice_seconds: float = 0.1
    turn_seconds: float = 1.0
    own_seconds: float = 2.0
    memory_bytes: int = 512 * MIB
    rows: int = 10_000
    answer_bytes: int = 20_000_000
    query_bytes: int = 262_144
    tokens: int = 10_000
    depth: int = 100
    patterns: int = 100
    operators: int = 1_000
    workers: int = field(default_factory=lambda: min(16, max(4, 3 * (os.cpu_count() or 2))))
    slow: int = 2
    waiting: int = 256
    per_client: int = 64
    connections: int = 1_024
    receive_seconds: float = 10.0
    send_seconds: float = 60.0
    idle_seconds: float = 15.0
    page_seconds: float = 600.0

    def as_dict(self) -> Mapping[str, float]:
        """Give the limits by name, as they go to a worker."""
        return asdict(self)


@dataclass(frozen=True)
class Settings:
    """What the service is started with.

    :param home: folder of the published graph
    :param port: 0 for any that is free
    :param public: refuse to start without a fence against outbound connections
    :param fenced: whether fences are put up
    :param pages: whether the pages of the site are made
    :param base_url: address that the service is known by, ending in a slash; empty for what a request says
    :param behind_proxy: whether a proxy on this machine names the clients
    :param log: whether a line is written about each request
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    public: bool = False
    fenced: bool = True
    pages: bool = True
    base_url: str = ""
    behind_proxy: bool = False
    log: bool = False
    limits: Limits = field(default_factory=Limits)
