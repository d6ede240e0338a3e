"""The service in the process of the test, and clients that send bytes as they like."""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn
from egovkg.graph.publish import MANIFEST_FORMAT, building, publish
from egovkg.graph.store import OxigraphStore
from egovkg.service.contract.settings import Limits, Settings
from egovkg.service.http.app import application
from egovkg.service.http.server import protocol_class
from egovkg.service.run import started

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

ASK = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"


def publish_quads(home: Path, quads: bytes, name: str = "0123456789abcdef") -> None:
    """Publish a graph without a build."""
    with building(home) as staging:
        store = OxigraphStore.create(staging / "store")
        store.load(quads)
        store.engine.flush()
        del store
        (staging / "manifest.json").write_text(json.dumps({"format": MANIFEST_FORMAT}))
        publish(home, staging, name)


def serving(home: Path, work: Callable[[str, int], Awaitable[None]], limits: Limits) -> None:
    """Run the service in this process, and some clients beside it."""

    async def run() -> None:
        async with started(Settings(home, port=0, pages=False, limits=limits)) as running:
            config = uvicorn.Config(
                application(running.pool, running.site),
                http=protocol_class(running.pool.settings),
                ws="none",
                lifespan="off",
                log_level="error",
                timeout_keep_alive=int(limits.idle_seconds),
            )
            server = uvicorn.Server(config)
            server.capture_signals = nullcontext  # type: ignore[assignment,method-assign]
            serving = asyncio.ensure_future(server.serve(sockets=[running.listener]))
            place = urlsplit(running.url)
            try:
                await work(str(place.hostname), int(place.port or 0))
            finally:
                server.should_exit = True
                await serving

    asyncio.run(run())


async def said(
    host: str, port: int, data: bytes, wait: float = 10.0, source: str = "127.0.0.1"
) -> tuple[bytes, float]:
    """Send something; give all that comes until the other side closes, and how long that took."""
    start = time.monotonic()
    reader, writer = await asyncio.open_connection(host, port, local_addr=(source, 0))
    try:
        writer.write(data)
        return await asyncio.wait_for(reader.read(), wait), time.monotonic() - start
    finally:
        writer.close()


def statuses(answers: bytes) -> list[bytes]:
    """Give the status of each answer."""
    return re.findall(rb"HTTP/1\.1 (\d+) ", answers)
