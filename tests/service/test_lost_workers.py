"""A worker that ends with a query in its hands: by somebody's hand, by a cap, or by a fault of ours."""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from egovkg.service.background import BackgroundService, background
from egovkg.service.contract.messages import OUT_OF_MEMORY_EXIT
from egovkg.service.workers.endings import Ending, ending_of_status
from egovkg.service.workers.supervisor import POLL_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
STATUS = "<https://w3id.org/egovkg/ontology#status>"
SOME = f"SELECT (COUNT(*) AS ?n) {{ ?a {STATUS} ?b . ?c {STATUS} ?d FILTER(STR(?a) < STR(?c)) }}"
DEEP = "SELECT (STRLEN(?a9) AS ?n) { BIND('0123456789abcdef' AS ?a0) " + "".join(
    f"BIND(CONCAT({','.join([f'?a{n}'] * 8)}) AS ?a{n + 1}) " for n in range(9)
)


@pytest.fixture
def service(home: Path) -> Iterator[BackgroundService]:
    with background(home, "--no-pages", "--workers", "2", "--seconds", "15", "--memory", "64") as running:
        yield running


def ask(service: BackgroundService, query: str) -> tuple[int, bytes]:
    place = urlsplit(service.url)
    link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=40)
    try:
        link.request("GET", "/sparql?" + urlencode({"query": query, "lang": "en"}))
        got = link.getresponse()
        return got.status, got.read()
    finally:
        link.close()


def below(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def end_workers(service: BackgroundService, by: int = signal.SIGKILL) -> None:
    (forkserver,) = below(service.pid)
    for pid in below(forkserver):
        with suppress(ProcessLookupError):
            os.kill(pid, by)


def end_forkserver(service: BackgroundService) -> None:
    (forkserver,) = below(service.pid)
    os.kill(forkserver, signal.SIGKILL)


def until(holds: Callable[[], bool], fault: str) -> None:
    """Wait until something holds; a process that ends while it is looked at does not count."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(ProcessLookupError, FileNotFoundError):
            if holds():
                return
        time.sleep(0.02)
    raise AssertionError(fault)


def workers(service: BackgroundService) -> list[int]:
    return [pid for forkserver in below(service.pid) for pid in below(forkserver)]


def gone(service: BackgroundService, ended: list[int]) -> None:
    until(lambda: not {*ended} & {*workers(service)}, "the workers do not end")


def is_busy(service: BackgroundService) -> bool:
    """Whether some worker works on a slow query: its priority is low."""
    own = os.getpriority(os.PRIO_PROCESS, service.pid)
    return any(os.getpriority(os.PRIO_PROCESS, pid) > own for pid in workers(service))


def is_reaped(service: BackgroundService) -> bool:
    """Whether no process below the service, which adopts the workers of a dead forkserver, is a zombie."""
    return not any(
        Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
        for pid in [*below(service.pid), *workers(service)]
    )


def busy(service: BackgroundService) -> None:
    until(lambda: is_busy(service), "no slow worker")


def calm(service: BackgroundService) -> None:
    until(lambda: not is_busy(service), "a slow worker goes on")


HANDS: dict[str, Callable[[BackgroundService], None]] = {
    "workers": end_workers,
    "hung up": lambda service: end_workers(service, signal.SIGHUP),
    "forkserver": end_forkserver,
}


@pytest.mark.parametrize("what", HANDS)
def test_a_slow_query_is_asked_again_once(service: BackgroundService, what: str) -> None:
    whole = ask(service, SOME)
    assert whole[0] == 200
    calm(service)
    got: list[tuple[int, bytes]] = []
    asking = threading.Thread(target=lambda: got.append(ask(service, SOME)))
    asking.start()
    busy(service)
    HANDS[what](service)
    asking.join()
    assert got == [whole]
    until(lambda: is_reaped(service), "an ended process stays a zombie")


def test_a_standby_takes_the_place_of_the_forkserver(service: BackgroundService) -> None:
    """Starting Python anew would take a second or more, in which nobody is answered."""
    for _ in range(2):
        until(lambda: len(standbys(service)) == 1, "no standby")
        (standby,) = standbys(service)
        end_forkserver(service)
        assert ask(service, SOME)[0] == 200
        assert standby in below(service.pid)
        until(lambda: len(below(service.pid)) == 1, "another process is left")


def test_a_standby_that_ends_with_its_forkserver_is_reaped(service: BackgroundService) -> None:
    """Its parent cannot read its exit status any more: the service adopts it as a zombie."""
    until(lambda: len(standbys(service)) == 1, "no standby")
    (forkserver,), (standby,) = below(service.pid), standbys(service)
    os.kill(forkserver, signal.SIGSTOP)
    os.kill(standby, signal.SIGKILL)
    time.sleep(2 * POLL_SECONDS)  # the service sees it, and asks the forkserver for another
    os.kill(forkserver, signal.SIGKILL)
    assert ask(service, SOME)[0] == 200
    until(lambda: len(below(service.pid)) == 1 and is_reaped(service), "an ended process stays a zombie")


def standbys(service: BackgroundService) -> list[int]:
    """Return the forkservers that wait: each leads a session of its own."""
    return [pid for pid in workers(service) if os.getsid(pid) == pid]


def test_who_is_ended_again_and_again_is_told_503(service: BackgroundService) -> None:
    assert ask(service, SOME)[0] == 200
    calm(service)
    got: list[tuple[int, bytes]] = []
    asking = threading.Thread(target=lambda: got.append(ask(service, SOME)))
    asking.start()
    for _ in range(2):
        busy(service)
        ended = workers(service)
        end_workers(service)
        gone(service, ended)  # one that is ending still looks busy
    asking.join()
    assert got[0][0] == 503
    told = json.loads(got[0][1])
    assert (told["error"], "from outside" in told["message"]) == ("busy", True)


def test_a_cap_is_the_fault_of_the_query(service: BackgroundService) -> None:
    for _ in range(2):  # in the quick pool, then in the slow queue
        status, body = ask(service, DEEP + "}")
        assert (status, json.loads(body)["error"]) == (507, "memory")


ENDS = {
    signal.SIGKILL: Ending.OUTSIDE,
    signal.SIGTERM: Ending.OUTSIDE,
    signal.SIGHUP: Ending.OUTSIDE,
    signal.SIGABRT: Ending.MEMORY,
    signal.SIGSEGV: Ending.MEMORY,
    signal.SIGXCPU: Ending.TIME,
    35: Ending.OUTSIDE,
    OUT_OF_MEMORY_EXIT << 8: Ending.MEMORY,
    1 << 8: Ending.CRASHED,
    0: Ending.CRASHED,
}


@pytest.mark.parametrize("status", ENDS)
def test_how_an_end_is_read(status: int) -> None:
    assert ending_of_status(status) == ENDS[status]
