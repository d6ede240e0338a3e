"""A worker: one process, one version of the graph, one job at a time; it may be killed at any moment."""

from __future__ import annotations

import os
import resource
import sys
import traceback
from typing import TYPE_CHECKING, NoReturn

from ...errors import ArticleError, EgovError, EntityError, QueryError, ServiceError, StoreError
from ...files import PACKAGE_ROOT
from ...graph.store import OxigraphStore
from ..answers import description as serve_void
from ..answers import json_endpoints
from ..answers import pages as serve_pages
from ..answers import resource as serve_thing
from ..answers import sparql as serve_sparql
from ..contract.messages import JSON, READY, Job, Reply, Window, packed, problem, read_job
from ..contract.settings import MIB, Limits
from .sandbox import die_with_parent, fence_files

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ...queries.facts.values import Json

_PAGES_MIB = 2_048  # what the process that makes pages may take
_SPARE_SECONDS = 1.0


class Worker:
    """Answers jobs from one store.

    :param version: its name
    """

    def __init__(self, store: OxigraphStore, limits: Limits, version: str, pages: bool) -> None:
        self.tasks: Mapping[str, Callable[[Job], Reply]] = {
            "sparql": lambda job: serve_sparql.answer(store, job, limits),
            "api": lambda job: json_endpoints.answer(store, job, limits),
            "thing": lambda job: serve_thing.answer(store, job),
            "known": lambda job: serve_thing.known(store, job),
            "void": lambda job: serve_void.data_set(store, job, version),
            "service": lambda job: serve_void.service(store, job),
        }
        if pages:
            made = serve_pages.Pages(store, version)
            self.tasks = {"page": made.answer}

    def answer(self, job: Job) -> Reply:
        """Do a job; whatever goes wrong with it becomes a typed refusal."""
        try:
            return self.tasks[job.what](job)
        except ServiceError as error:
            return problem(error.status, error.code, str(error), _plain(error.details))
        except QueryError as error:
            return problem(400, "query", str(error))
        except EntityError as error:
            status, code = (400, "ambiguous") if error.ambiguous else (404, "unknown-entity")
            return problem(status, code, str(error), {"candidates": list(error.candidates)})
        except ArticleError as error:
            return problem(404, "unknown-article", str(error), {"known": list(error.article_ids)})
        except (StoreError, OSError) as error:
            return Reply(
                503, JSON, problem(503, "store", f"the graph cannot be read: {error}").body, stale=True
            )
        except EgovError as error:
            return problem(400, "refused", str(error))
        except MemoryError:
            return problem(507, "memory", "the answer takes more memory than a query may use — ask for less")
        except Exception:  # the last resort of a process that answers strangers
            return problem(500, "internal", traceback.format_exc())


def _plain(details: Mapping[str, object]) -> dict[str, Json]:
    return {
        key: value if isinstance(value, (int, str)) else [str(one) for one in value]  # type: ignore[attr-defined]
        for key, value in details.items()
    }


def run(
    channel: socket.socket,
    folder: Path,
    limits: Limits,
    *,
    pages: bool,
    fenced: bool,
    window: Window | None = None,
) -> NoReturn:
    """Work until the other side closes the channel. Never returns.

    :param folder: of the version
    :param window: where large answers are laid down
    """
    die_with_parent()
    if pages:
        os.nice(10)  # making pages must not hold up an answer
    fences = [name for name in ("landlock",) if fenced and fence_files(_readable(folder))]
    store = OxigraphStore.open(folder / "store")
    _cap_memory((_PAGES_MIB * MIB) if pages else limits.memory_bytes)
    worker = Worker(store, limits, folder.name, pages)
    about: dict[str, Json] = {"pid": os.getpid(), "fences": [*fences]}
    channel.sendall(packed({"status": READY, "kind": "", "stale": False, **about}, b""))
    while (job := read_job(channel)) is not None:
        _cap_time((limits.page_seconds if pages else limits.seconds) + _SPARE_SECONDS)
        channel.sendall(worker.answer(job).packed(window))
    os._exit(0)


def _readable(folder: Path) -> list[str]:
    """List what a worker reads: its version, the program, the libraries, and what it must know of itself."""
    own = [
        str(folder.resolve()),
        str(PACKAGE_ROOT),
        sys.prefix,
        sys.base_prefix,
        *(path for path in sys.path if path),
    ]
    return [*dict.fromkeys(own), "/usr/lib", "/lib", "/lib64", "/proc/self", "/dev/null", "/dev/urandom"]


def _cap_memory(more: int) -> None:
    """Allow so much address space beyond what is taken now; no core files, no files written."""
    for what, limit in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (limit, limit))
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  no need of a path
            taken = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return  # no such file: not Linux, where address space is not counted in this way
    resource.setrlimit(resource.RLIMIT_AS, (taken + more, taken + more))


def _cap_time(seconds: float) -> None:
    """Bound the processor time of the next job: the second fence, where the service itself is gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    total = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (total, resource.getrlimit(resource.RLIMIT_CPU)[1]))
