"""The service from its start to its end: workers, pages, and the server in front of them."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
import sys
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from ..errors import FenceError, ServiceError
from .contract.messages import Job
from .workers.live_pages import LiveSite
from .workers.pool import Pool
from .workers.sandbox import NETWORK, adopt_orphans
from .workers.supervisor import tell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from .contract.settings import Settings

_PARTING_SECONDS = 5
_BACKLOG = 1_024


@dataclass(frozen=True)
class Running:
    """A service that is ready to answer.

    :param url: its address
    """

    pool: Pool
    site: LiveSite
    listening: socket.socket
    url: str


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Running]:
    """Start everything but the server; end it with the block.

    :raises StoreError: if nothing is published in the folder
    :raises FenceError: if the service is public, and no fence keeps workers from connecting
    :raises OSError: if the address is taken
    """
    check_system(settings)
    adopt_orphans()
    listening = _bound(settings)
    pool = Pool(settings)
    site = LiveSite(pool, settings.pages)
    try:
        await pool.start()
        if settings.public and not set(NETWORK) & set(pool.fences):
            raise FenceError(
                "no fence keeps queries from connecting to other machines here — run on Linux with seccomp "
                "or network namespaces, or serve to this machine only (without --public)"
            )
        site.start()
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        yield Running(pool, site, listening, f"http://{shown}:{port}/")
    finally:
        await site.stop()
        await pool.stop()
        listening.close()


def check_system(settings: Settings) -> None:
    """Refuse what cannot work or is not meant.

    :raises FenceError: for an address that others reach, without `public`; or a system without fork
    """
    if sys.platform == "win32":
        raise FenceError("egovkg serve needs Linux or macOS — on Windows run it in WSL")
    if not settings.public and not _is_loopback(settings.host):
        raise FenceError(f"{settings.host} can be reached by others — add --public if that is meant")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bound(settings: Settings) -> socket.socket:
    family, kind, number, _, address = socket.getaddrinfo(
        settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, number)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise OSError(error.errno, f"{error.strerror} — choose another --port", settings.host) from error
    return listening


def told(running: Running) -> str:
    """Say in one line which version answers behind which fences."""
    version = running.pool.version
    fences = ", ".join(running.pool.fences) or "none: queries are refused by the gate alone"
    return f"version {version.name if version else ''}, fences: {fences}"


async def serve(settings: Settings) -> None:
    """Serve until the process is told to end.

    :raises StoreError, FenceError, OSError: as :func:`started`
    """
    from .http.app import Face
    from .http.server import protocol

    async with started(settings) as running:
        limits = settings.limits
        config = uvicorn.Config(
            Face(running.pool, running.site).application(),
            http=protocol(limits),
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=int(limits.idle_seconds),
            timeout_graceful_shutdown=_PARTING_SECONDS,
        )
        tell(f"{running.url} — {told(running)}")
        await _Server(config).serve(sockets=[running.listening])


class _Server(uvicorn.Server):
    """A server that ends when it is told to, and lets the program end in its own way after it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals that mean the end; those of the base are raised again, which ends all at once."""
        loop = asyncio.get_running_loop()
        ends = (signal.SIGINT, signal.SIGTERM)
        for each in ends:
            loop.add_signal_handler(each, self.handle_exit, each, None)
        try:
            yield
        finally:
            for each in ends:
                loop.remove_signal_handler(each)


async def check(settings: Settings) -> tuple[str, str]:
    """Start, answer one query, and end.

    :returns: what :func:`told` says, and the body of the answer
    :raises ServiceError: if the query is not answered
    """
    async with started(settings) as running:
        about = {"kind": "application/sparql-results+json"}
        reply, _ = await running.pool.answer(Job("sparql", about, "ASK { ?s ?p ?o }"), "check")
        if reply.status != 200:
            raise ServiceError(reply.status, "check", reply.body.decode("utf-8", "replace"))
        return told(running), reply.body.decode()


def run(settings: Settings) -> None:
    """Serve until the process is told to end; as :func:`serve`."""
    asyncio.run(serve(settings))
