"""Servers that never come to the end of their head: each is left when its time is over."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import TimeLimitError
from egovkg.graph.endpoint.transport import EndpointRequest, RequestLimits, Transport

if TYPE_CHECKING:
    from collections.abc import Iterator

DRIPS = {
    "header lines": (b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "letters of a header": (b"HTTP/1.1 200 OK\r\nX: ", b"a"),
    "letters of the status": (b"HTTP/1.1 20", b"0"),
}


@contextmanager
def dripping(start: bytes, drop: bytes) -> Iterator[str]:
    """A server that sends something every now and then, and never an end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def run() -> None:
            with suppress(OSError), listening.accept()[0] as link:
                link.recv(65_536)
                link.sendall(start)
                for _ in range(100):
                    link.sendall(drop)
                    time.sleep(0.1)

        server = threading.Thread(target=run, daemon=True)
        server.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


@pytest.mark.parametrize("kind", DRIPS)
def test_a_head_without_end_meets_the_deadline(kind: str) -> None:
    with dripping(*DRIPS[kind]) as url:
        transport = Transport(url, RequestLimits(seconds=0.6, attempts=1), environment={})
        start = time.monotonic()
        with pytest.raises(TimeLimitError):
            transport.send(EndpointRequest("GET", url))
        assert 0.5 < time.monotonic() - start < 4
        transport.pool.clear()
