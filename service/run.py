"""Start and stop of the service: workers, pages, and the HTTP server."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import sys
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import uvicorn

from ..errors import EgovError
from ..files import system_reason
from ..words import message
from .contract.messages import Job
from .contract.refusals import StartError
from .http.app import application
from .http.clients import is_loopback
from .http.server import protocol_class
from .workers.live_site import LiveSite
from .workers.operator_log import log_line
from .workers.pool import Pool
from .workers.sandbox import NETWORK_LAYERS, adopt_orphans

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from .contract.settings import Settings

_STOP_SECONDS = 5
_BACKLOG = 1_024
_ACCEPTED_AT_ONCE = 1  # asyncio goes on after a failure, once for each that it may accept
_DESCRIPTORS_OF_WORKER = 4  # socket and shared memory, twice while another version is taken up
_OTHER_DESCRIPTORS = 64
_SYSTEMD_DESCRIPTOR = 3  # of the first socket that systemd passes on
_MMAP_THRESHOLD, _MMAP_BYTES = -3, 131_072  # M_MMAP_THRESHOLD of mallopt, and its value at the start
_CHECK_QUERY = "ASK { ?s ?p ?o }"
_CHECK_MEDIA_TYPE = "application/sparql-results+json"


@dataclass(frozen=True)
class RunningService:
    """A service that is ready to answer requests.

    :param listener: the listening socket
    :param url: its address
    """

    pool: Pool
    site: LiveSite
    listener: socket.socket
    url: str

    @property
    def summary(self) -> str:
        """The version served and the sandbox in use, as one line for the operator's log."""
        layers = self.pool.sandbox_layers or message(__package__, "no-layers")
        return str(message(__package__, "started", version=self.pool.version_name, layers=layers))


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[RunningService]:
    """Start everything except the HTTP server; stop it at the end of the `with` block.

    :raises StoreError: if nothing is published in the folder
    :raises StartError: if the address is in use, or if the service is public and no sandbox isolates it from
        the network
    """
    check_settings(settings)
    settings = fitted_to_descriptors(settings)
    adopt_orphans()
    _return_memory_early()
    listener = _listener(settings)
    pool = Pool(settings)
    site = LiveSite(pool, settings.pages)
    try:
        await pool.start()
        if settings.public and not set(NETWORK_LAYERS) & set(pool.sandbox_layers):
            raise StartError("no-sandbox")
        site.start()
        host, port = listener.getsockname()[:2]
        url_host = f"[{host}]" if ":" in host else host
        yield RunningService(pool, site, listener, f"http://{url_host}:{port}/")
    finally:
        await site.stop()
        await pool.stop()
        listener.close()


def _return_memory_early() -> None:
    """Let glibc return the memory of each large answer to the system at once, not keep it for the next."""
    if sys.platform == "linux" and (libc := ctypes.CDLL(None)) and hasattr(libc, "mallopt"):
        libc.mallopt(_MMAP_THRESHOLD, _MMAP_BYTES)


def check_settings(settings: Settings) -> None:
    """Refuse settings that do not work on this system, or expose the service unintentionally.

    :raises StartError: if the system has no fork, or other machines could connect without `public`
    """
    if sys.platform == "win32":
        raise StartError("system")
    if not settings.public and settings.host != "localhost" and not is_loopback(settings.host):
        raise StartError("exposed", host=settings.host)


def fitted_to_descriptors(settings: Settings) -> Settings:
    """Let the process open as many files as its limits ask for; else accept fewer connections.

    A service without a free descriptor can neither accept a connection nor fork a worker.
    """
    import resource  # not on Windows, where no service starts

    limits = settings.limits
    reserved = _OTHER_DESCRIPTORS + _DESCRIPTORS_OF_WORKER * (limits.workers + limits.slow_slots)
    needed = reserved + limits.connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= needed or soft == resource.RLIM_INFINITY:
        return settings
    allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    if allowed == needed:
        return settings
    connections = max(1, allowed - reserved)
    log_line(str(message(__package__, "few-descriptors", allowed=allowed, connections=connections)))
    return replace(settings, limits=replace(limits, connections=connections))


def _listener(settings: Settings) -> socket.socket:
    """Listen at the address of the settings, or take over the socket that systemd listens with.

    :raises StartError: if the address is taken, or not one of this machine, or open to others against the
        settings
    """
    if os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS") == "1":
        return _passed_on(settings)
    with ExitStack() as failed:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            listener = failed.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(_BACKLOG)
        except OSError as error:
            host, port, fault = settings.host, str(settings.port), system_reason(error)
            raise StartError("address", host=host, port=port, fault=fault) from error
        failed.pop_all()
    return listener


def _passed_on(settings: Settings) -> socket.socket:
    """Take over the socket that systemd listens with.

    :raises StartError: if other machines can connect to it, and the service is not declared public
    """
    listener = socket.socket(fileno=_SYSTEMD_DESCRIPTOR)
    host = str(listener.getsockname()[0])
    if not settings.public and not is_loopback(host):
        listener.close()
        raise StartError("exposed", host=host)
    return listener


async def serve(settings: Settings) -> None:
    """Serve until a signal ends the process; errors as :func:`started`."""
    async with started(settings) as running:
        limits = running.pool.limits
        config = uvicorn.Config(
            application(running.pool, running.site),
            http=protocol_class(running.pool.settings),
            backlog=_ACCEPTED_AT_ONCE,
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=int(limits.idle_seconds),
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        log_line(f"{running.url} — {running.summary}")
        await _Server(config).serve(sockets=[running.listener])


class _Server(uvicorn.Server):
    """A server that stops at a signal without terminating the program, and accepts one by one."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections; the system queues more than are accepted at once."""
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(_BACKLOG)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle the signals in the event loop; the base class would raise them again and end the process."""
        loop = asyncio.get_running_loop()
        end_signals = (signal.SIGINT, signal.SIGTERM)
        for number in end_signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in end_signals:
                loop.remove_signal_handler(number)


async def check(settings: Settings) -> tuple[str, str]:
    """Start the service, answer one query, and stop; for checks before deployment.

    :returns: the summary of the service, and the body of the answer
    :raises EgovError: if the query is not answered
    """
    async with started(settings) as running:
        job = Job("sparql", {"media_type": _CHECK_MEDIA_TYPE}, _CHECK_QUERY)
        reply, _ = await running.pool.answer(job, client="")
        body = reply.body.decode("utf-8", "replace")
        if reply.status != 200:
            raise EgovError(message(__package__, "check", fault=body))
        return running.summary, body


def run(settings: Settings) -> None:
    """Serve until a signal ends the process; errors as :func:`started`."""
    asyncio.run(serve(settings))
