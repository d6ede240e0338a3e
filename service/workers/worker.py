"""A worker: one process, one version of the graph, one job at a time; it can be killed at any moment."""

from __future__ import annotations

import os
import resource
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ...graph.publish import Version
from ..answers import description, error_replies, json_endpoints, pages, resources, sparql
from ..contract.messages import READY_STATUS, Job, Reply, encoded_message, read_job
from ..contract.settings import MIB, Limits
from .readable_paths import readable_paths
from .sandbox import (
    ALLOW_LIST,
    LANDLOCK,
    NO_CAPABILITIES,
    drop_capabilities,
    restrict_calls,
    restrict_files,
)

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping

    from ...graph.store import OxigraphStore
    from ..contract.messages import SharedMemory

_PAGES_MIB = 2_048  # memory of the process that makes the pages
_PAGES_NICENESS = 10  # so that making pages does not delay answers
_SPARE_SECONDS = 1.0


@dataclass(frozen=True)
class Assignment:
    """What a worker has to serve.

    :param folder: folder of the version that the worker reads
    :param for_pages: whether it makes the pages of the site instead of answering queries
    """

    folder: Path
    limits: Limits
    for_pages: bool
    is_sandboxed: bool


class Worker:
    """Answers jobs from a single store."""

    def __init__(self, store: OxigraphStore, assignment: Assignment) -> None:
        limits, version = assignment.limits, assignment.folder.name
        self.tasks: Mapping[str, Callable[[Job], Reply]]
        if assignment.for_pages:
            self.tasks = {"page": pages.Pages(store, version).answer}
            return
        self.tasks = {
            "sparql": lambda job: sparql.answer(store, job, limits),
            "api": lambda job: json_endpoints.answer(store, job, limits),
            "resource": lambda job: resources.answer(store, job),
            "exists": lambda job: resources.exists(store, job),
            "void": lambda job: description.describe_data_set(store, job, version),
            "service": lambda job: description.describe_service(store, job),
        }

    def answer(self, job: Job) -> Reply:
        """Answer a job; every exception becomes an error reply with a status, a code and a text."""
        try:
            return self.tasks[job.task](job)
        except Exception as error:  # the process answers strangers, and must not end by their jobs
            return error_replies.reply_to(error, job) or error_replies.internal(traceback.format_exc())


def run(channel: socket.socket, assignment: Assignment, shared_memory: SharedMemory | None) -> NoReturn:
    """Answer jobs until the service closes the channel, then end the process.

    :param shared_memory: where large reply bodies are written
    """
    if assignment.for_pages:
        os.nice(_PAGES_NICENESS)
    layers = []
    if assignment.is_sandboxed and restrict_files(readable_paths(assignment.folder)):
        layers.append(LANDLOCK)
    store = Version(assignment.folder).open()
    limits = assignment.limits
    _limit_memory(_PAGES_MIB * MIB if assignment.for_pages else limits.memory_bytes)
    worker = Worker(store, assignment)
    if assignment.is_sandboxed:
        layers += _take_rights()
    channel.sendall(_greeting(layers))
    while (job := read_job(channel)) is not None:
        _limit_processor_time(
            (limits.site_seconds if assignment.for_pages else limits.seconds) + _SPARE_SECONDS
        )
        channel.sendall(worker.answer(job).encoded(shared_memory))
    os._exit(0)


def _take_rights() -> list[str]:
    """Give up the rights that were needed to open the store; returns the names of the layers."""
    steps = (NO_CAPABILITIES, drop_capabilities), (ALLOW_LIST, restrict_calls)
    return [name for name, step in steps if step()]


def _greeting(layers: list[str]) -> bytes:
    """Return the first message of a worker, which tells that it is ready."""
    return encoded_message({"status": READY_STATUS, "pid": os.getpid(), "sandbox_layers": [*layers]}, b"")


def _limit_memory(additional_bytes: int) -> None:
    """Limit the address space to its present size plus some bytes; forbid core dumps and writing of files."""
    for limited in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(limited, (0, 0))
    try:
        pages_taken = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return  # not Linux: the system does not count address space in this way
    limit = pages_taken * resource.getpagesize() + additional_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _limit_processor_time(seconds: float) -> None:
    """Limit the processor time of the next job; the limit holds even if the service has ended."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(usage.ru_utime + usage.ru_stime + 2 * seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
