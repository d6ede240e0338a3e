"""The program of the process that evaluates queries within limits; :mod:`.query_process` starts it.

It imports nothing of egovkg, so that it starts in some 15 ms. Each request is a JSON text, each reply one
letter and a body; the size of both, in 8 bytes, stands before them.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS, TRIPLES, REFUSED = b"R", b"T", b"E"  # kinds of a reply
TIME_STATUS = 1  # exit status of a process that faulthandler ends
_MEMORY_STATUS = 2
_ANSWER_SHARE = 4  # an answer may take a quarter: read into Python it takes three times as much
_SIZE_BYTES = 8
_WATCH_SECONDS = 0.05  # between two looks at memory and parent; the engine takes up to 1 GB a second
_ENGINE_ERRORS = (SyntaxError, ValueError, RuntimeError, OSError)


def opened(folder: str) -> Callable[[str, bool], tuple[bytes, bytes]]:
    """Open a store; returns a function from a query, and whether to ask the union, to kind and body."""
    import pyoxigraph as ox

    try:
        store = ox.Store.read_only(folder)
    except _ENGINE_ERRORS as error:
        reply = refusal(error)
        return lambda text, is_union: reply

    def answer(text: str, is_union: bool) -> tuple[bytes, bytes]:
        try:
            result = store.query(text, use_default_graph_as_union=is_union)
            if isinstance(result, ox.QueryTriples):
                return TRIPLES, result.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
            return RESULTS, result.serialize(format=ox.QueryResultsFormat.JSON) or b""
        except _ENGINE_ERRORS as error:
            return refusal(error)

    return answer


def refusal(error: Exception) -> tuple[bytes, bytes]:
    """Return the reply for an error of the engine."""
    return REFUSED, json.dumps([type(error).__name__, str(error)]).encode()


def memory_taken() -> int:
    """Return the bytes of the address space, or on macOS those ever resident at a time; elsewhere 0."""
    try:
        import resource

        if sys.platform == "darwin":
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  pathlib takes longer to import
            return int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return 0


def limit_memory(additional_bytes: int) -> int:
    """Let the system refuse memory far above a limit, and forbid core dumps.

    :returns: the limit of the memory taken, in bytes, which :func:`watch` holds; 0 for none
    """
    taken = memory_taken()
    if not additional_bytes or not taken:
        return 0
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        highest = taken + 2 * additional_bytes
        resource.setrlimit(resource.RLIMIT_AS, (highest, highest))
    return taken + additional_bytes


def watch(parent: int, limit_bytes: int) -> None:
    """End this process, whatever it is doing, once it takes too much memory or its parent has ended.

    An engine to which the system refuses memory may abort, or wait for ever.
    """
    while os.getppid() == parent:
        if limit_bytes and memory_taken() > limit_bytes:
            os._exit(_MEMORY_STATUS)
        time.sleep(_WATCH_SECONDS)
    os._exit(0)


def serve(folder: str, seconds: float, additional_bytes: int) -> None:
    """Answer requests from standard input to standard output until the input ends.

    :param seconds: of wall-clock time for a query; 0 for no limit
    :param additional_bytes: of memory beside that taken with the store open; 0 for no limit
    """
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    answer = opened(folder)
    limits = os.getppid(), limit_memory(additional_bytes)
    threading.Thread(target=watch, args=limits, daemon=True).start()
    with open(os.devnull, "w", encoding="ascii") as nowhere:  # noqa: PTH123
        while size := int.from_bytes(requests.read(_SIZE_BYTES), "big"):
            request = json.loads(requests.read(size))
            if seconds:
                faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            kind, body = answer(*request)
            if additional_bytes and len(body) > additional_bytes // _ANSWER_SHARE:
                os._exit(_MEMORY_STATUS)
            faulthandler.cancel_dump_traceback_later()
            replies.write(len(body).to_bytes(_SIZE_BYTES, "big") + kind)
            replies.write(body)
            replies.flush()


if __name__ == "__main__":
    library, place, time_limit, memory_limit = sys.argv[1:]
    sys.path.append(library)
    serve(place, float(time_limit), int(memory_limit))
