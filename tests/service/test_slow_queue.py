"""The queue of slow queries: fair shares, turns, and no query lost because another client took its worker."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from egovkg.service.background import BackgroundService, background
from egovkg.service.workers.endings import Ending
from egovkg.service.workers.slow_queue import Slot, SlowQueue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
A, B, C = "192.0.2.1", "192.0.2.2", "192.0.2.3"
SOON, LATER = 0.3, 5.0


class StubWorker:
    """Stands in for a worker: records why it was killed."""

    def __init__(self) -> None:
        self.ending: Ending | None = None

    def kill(self, ending: Ending) -> None:
        self.ending = ending


def running(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    asyncio.run(run())


def occupied(queue: SlowQueue, client: str) -> Slot:
    slot = queue.enter(client)
    assert slot is not None
    slot.worker = StubWorker()  # type: ignore[assignment]  # a stand-in
    return slot


def ending_of(slot: Slot) -> Ending | None:
    assert isinstance(slot.worker, StubWorker)
    assert slot.worker.ending == slot.taken_back
    return slot.taken_back


async def until(queue: SlowQueue, client: str, seconds: float) -> Slot:
    return await queue.wait(client, asyncio.get_running_loop().time() + seconds)


def test_a_free_slot_is_taken() -> None:
    async def work() -> None:
        queue = SlowQueue(2, 1)
        first, second = occupied(queue, A), occupied(queue, A)
        assert queue.enter(A) is None
        queue.leave(first)
        assert (await until(queue, A, SOON)).client == A
        assert (ending_of(second), len(queue.waiting)) == (None, 0)

    running(work)


def test_an_address_with_two_slots_gives_the_younger_to_one_with_none() -> None:
    async def work() -> None:
        queue = SlowQueue(2, 1)
        older = occupied(queue, A)
        await asyncio.sleep(0.01)
        younger = occupied(queue, A)
        assert occupied(queue, B) in queue.slots
        assert (ending_of(older), ending_of(younger)) == (None, Ending.SHARE)
        queue.leave(younger)  # as its request does when it learns of it
        assert len(queue.slots) == 2
        assert queue.enter(B) is None, "one each is fair"
        assert queue.enter(A) is None

    running(work)


def test_a_turn_ends_when_another_address_has_waited_as_long() -> None:
    async def work() -> None:
        queue = SlowQueue(2, 0.2)
        oldest = occupied(queue, A)
        await asyncio.sleep(0.05)
        other = occupied(queue, B)
        start = time.monotonic()
        slot = await until(queue, C, LATER)
        assert 0.15 < time.monotonic() - start < 2
        assert (slot.client, ending_of(oldest), ending_of(other)) == (C, Ending.TURN, None)

    running(work)


def test_nobody_loses_a_slot_to_an_address_with_as_many() -> None:
    async def work() -> None:
        queue = SlowQueue(2, 0.05)
        one, other = occupied(queue, A), occupied(queue, B)
        with pytest.raises(TimeoutError):
            await until(queue, A, SOON)
        assert (ending_of(one), ending_of(other)) == (None, None)

    running(work)


def test_nobody_loses_a_slot_to_the_same_address() -> None:
    async def work() -> None:
        queue = SlowQueue(1, 0.05)
        slot = occupied(queue, A)
        with pytest.raises(TimeoutError):
            await until(queue, A, SOON)
        assert (ending_of(slot), len(queue.waiting)) == (None, 0)

    running(work)


def test_addresses_wait_in_turn() -> None:
    async def work() -> None:
        queue = SlowQueue(1, 60)
        slot = occupied(queue, C)
        got: list[str] = []

        async def one(client: str) -> None:
            place = await until(queue, client, LATER)
            got.append(client)
            queue.leave(place)

        tasks = [asyncio.ensure_future(one(client)) for client in (A, A, A, B)]
        await asyncio.sleep(0)
        assert len(queue.waiting) == 4
        queue.leave(slot)
        await asyncio.gather(*tasks)
        assert got == [A, B, A, A]
        assert (queue.slots, len(queue.waiting)) == ([], 0)

    running(work)


def test_who_gives_up_waiting_leaves_nothing_behind() -> None:
    async def work() -> None:
        queue = SlowQueue(1, 60)
        slot = occupied(queue, A)
        task = asyncio.ensure_future(until(queue, B, LATER))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(queue.waiting) == 0
        queue.leave(slot)
        assert queue.slots == []

    running(work)


LONG = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
STATUS = "<https://w3id.org/egovkg/ontology#status>"
FEW = f"{{ SELECT ?a {{ ?a {STATUS} ?b }} LIMIT 100 }}"
SOME = f"SELECT (COUNT(*) AS ?n) {{ {FEW} ?c {STATUS} ?d FILTER(STR(?a) < STR(?c)) }}"  # no quick query


@pytest.fixture
def service(home: Path) -> Iterator[BackgroundService]:
    with background(home, "--no-pages", "--workers", "2", "--seconds", "6") as running_service:
        yield running_service


def asked(service: BackgroundService, query: str, client: str) -> tuple[int, bytes, float]:
    """Ask from an address of this machine; give status, body and seconds."""
    place = urlsplit(service.url)
    start = time.monotonic()
    link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30, source_address=(client, 0))
    link.request("GET", f"/sparql?query={quote(query)}", headers={"Connection": "close"})
    answer = link.getresponse()
    return answer.status, answer.read(), time.monotonic() - start


def test_one_address_does_not_keep_the_slots_from_another(service: BackgroundService) -> None:
    stop = threading.Event()

    def greedy(number: int) -> set[int]:
        found = set()
        while not stop.is_set():
            found.add(asked(service, f"{LONG} # {number}", "127.0.0.1")[0])
        return found

    with ThreadPoolExecutor(4) as clients:
        loops = [clients.submit(greedy, number) for number in range(4)]
        time.sleep(1.5)
        try:
            other = asked(service, SOME, "127.0.0.2")
        finally:
            stop.set()
        assert other[0] == 200, other
        assert set.union(*(loop.result() for loop in loops)) <= {503, 504}


def test_a_slow_query_outlives_the_end_of_its_worker(service: BackgroundService) -> None:
    first = asked(service, SOME, "127.0.0.1")
    assert first[0] == 200
    with ThreadPoolExecutor(1) as client:
        again = client.submit(asked, service, SOME, "127.0.0.1")  # it is known to be slow
        time.sleep(min(first[2] / 2, 0.5))
        for pid in workers(service.pid):
            os.kill(pid, signal.SIGKILL)
        assert again.result()[:2] == first[:2]


def workers(pid: int) -> list[int]:
    """Give the processes that answer: children of the forkserver, without the one that waits to follow it."""
    (forkserver,) = children(pid)
    return [child for child in children(forkserver) if os.getsid(child) != child]


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
