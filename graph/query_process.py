"""Evaluation of queries in processes with limits of time and memory.

Nothing in Python can stop a query of the engine. A process can be ended: it takes some 15 ms to start, once
for a store, and a query in it some 0.1 ms more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ..errors import EgovError, QueryError
from ..words import message
from . import query_worker

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB = 1 << 20
SECONDS_VARIABLE, MEMORY_VARIABLE = "EGOVKG_QUERY_SECONDS", "EGOVKG_QUERY_MEMORY"
_HEAD = 9  # bytes before the body of a reply
_ERRORS = {error.__name__: error for error in (SyntaxError, ValueError, RuntimeError, OSError)}
_Worker: TypeAlias = "subprocess.Popen[bytes]"
EngineResult: TypeAlias = "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterator[ox.Triple]"


class QueryLimitError(EgovError):
    """A query on a published graph that took more time or memory than it may."""


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """The limits of one query.

    :param seconds: of wall-clock time; 0 for no limit
    :param mebibytes: of memory beside what the open store takes, a quarter of it for the answer; 0 for no
        limit; not on Windows
    """

    seconds: float = 60
    mebibytes: int = 2048


def limits_of_environment() -> QueryLimits:
    """Read the limits from EGOVKG_QUERY_SECONDS and EGOVKG_QUERY_MEMORY, in MiB.

    :raises QueryError: if one of them is not a number of 0 or more
    """
    default = QueryLimits()
    seconds = _number(SECONDS_VARIABLE, default.seconds)
    return QueryLimits(seconds, int(_number(MEMORY_VARIABLE, default.mebibytes)))


def _number(variable: str, default: float) -> float:
    text = os.environ.get(variable, "").strip()
    try:
        number = float(text or default)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise QueryError(message(__package__, "query.bad_limit", variable=variable, text=text))
    return number


class QueryProcess:
    """Evaluates the queries of a published store in processes that end at their limits.

    A process answers one query after another. Threads that query at the same time get one each.

    :param folder: folder of a store that is not written to
    """

    def __init__(self, folder: Path, limits: QueryLimits) -> None:
        self.folder = folder.absolute()  # the working folder may be another when a process starts
        self.limits = limits
        self._owner = os.getpid()
        self._idle: list[_Worker] = []
        weakref.finalize(self, _end_all, self._idle)

    def query(self, text: str, *, use_default_graph_as_union: bool) -> EngineResult:
        """Evaluate a query as the method of the same name of the engine does, and raise the same errors.

        :returns: for CONSTRUCT and DESCRIBE, an iterator over the triples
        :raises QueryLimitError: if the query exceeds a limit
        """
        worker = self._idle_worker() or self._start()
        try:
            kind, body = self._exchange(worker, json.dumps([text, use_default_graph_as_union]).encode())
        except BaseException:  # Ctrl-C too: what it is doing is no longer wanted
            _end(worker)
            raise
        self._idle.append(worker)
        if kind == query_worker.REFUSED:
            name, reason = json.loads(body)
            raise _ERRORS.get(name, RuntimeError)(reason)
        if kind == query_worker.RESULTS:
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        return (quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))

    def _idle_worker(self) -> _Worker | None:
        if self._owner != os.getpid():  # a copy of the process that started them
            return None
        while self._idle:
            worker = self._idle.pop()
            if worker.poll() is None:
                return worker
            _end(worker)
        return None

    def _start(self) -> _Worker:
        library = Path(ox.__file__).parents[1]
        program = [sys.executable, "-I", "-S", query_worker.__file__, str(library), str(self.folder)]
        limits = [str(self.limits.seconds), str(self.limits.mebibytes * MIB)]
        return subprocess.Popen(
            [*program, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the process that asks
        )

    def _exchange(self, worker: _Worker, request: bytes) -> tuple[bytes, bytes]:
        assert worker.stdin
        assert worker.stdout
        try:
            worker.stdin.write(len(request).to_bytes(_HEAD - 1, "big") + request)
            worker.stdin.flush()
        except OSError:
            head = b""
        else:
            head = worker.stdout.read(_HEAD)
        size = int.from_bytes(head[:-1], "big")
        if len(head) < _HEAD or len(body := worker.stdout.read(size)) < size:
            raise self._limit_error(worker.wait())
        return head[-1:], body

    def _limit_error(self, status: int) -> QueryLimitError:
        limits = self.limits
        if status == query_worker.TIME_STATUS:
            key, limit, variable = "query.time_limit", limits.seconds, SECONDS_VARIABLE
        else:
            key, limit, variable = "query.memory_limit", limits.mebibytes, MEMORY_VARIABLE
        return QueryLimitError(message(__package__, key, limit=limit, variable=variable))


def _end_all(workers: list[_Worker]) -> None:
    for worker in workers:
        _end(worker)


def _end(worker: _Worker) -> None:
    """End a process and close its pipes."""
    worker.kill()
    with worker:
        pass
