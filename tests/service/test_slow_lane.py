"""The slow lane is shared: between addresses, by turns, and with nobody's query lost for another's worker."""

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
from egovkg.service.background import Background, background
from egovkg.service.workers.slow_lane import SHARE, TURN, Seat, SlowLane

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
A, B, C = "192.0.2.1", "192.0.2.2", "192.0.2.3"
SOON, LATER = 0.3, 5.0


class Worker:
    """Stands in for a worker: notes why it was ended."""

    def __init__(self) -> None:
        self.why = ""

    def kill(self, why: str) -> None:
        self.why = why


def running(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    asyncio.run(run())


def seated(lane: SlowLane, client: str) -> Seat:
    seat = lane.enter(client)
    assert seat is not None
    seat.worker = Worker()  # type: ignore[assignment]  # a stand-in
    return seat


def why(seat: Seat) -> str:
    assert isinstance(seat.worker, Worker)
    assert seat.worker.why == seat.lost
    return seat.lost


async def until(lane: SlowLane, client: str, seconds: float) -> Seat:
    return await lane.wait(client, asyncio.get_running_loop().time() + seconds)


def test_a_free_seat_is_taken() -> None:
    async def work() -> None:
        lane = SlowLane(2, 1)
        first, second = seated(lane, A), seated(lane, A)
        assert lane.enter(A) is None
        lane.leave(first)
        assert (await until(lane, A, SOON)).client == A
        assert (why(second), lane.waiting) == ("", 0)

    running(work)


def test_an_address_with_two_seats_gives_the_younger_to_one_with_none() -> None:
    async def work() -> None:
        lane = SlowLane(2, 1)
        older = seated(lane, A)
        await asyncio.sleep(0.01)
        younger = seated(lane, A)
        assert seated(lane, B) in lane.seats
        assert (why(older), why(younger)) == ("", SHARE)
        lane.leave(younger)  # as its request does when it learns of it
        assert len(lane.seats) == 2
        assert lane.enter(B) is None, "one each is fair"
        assert lane.enter(A) is None

    running(work)


def test_a_turn_ends_when_another_address_has_waited_as_long() -> None:
    async def work() -> None:
        lane = SlowLane(2, 0.2)
        oldest = seated(lane, A)
        await asyncio.sleep(0.05)
        other = seated(lane, B)
        start = time.monotonic()
        seat = await until(lane, C, LATER)
        assert 0.15 < time.monotonic() - start < 2
        assert (seat.client, why(oldest), why(other)) == (C, TURN, "")

    running(work)


def test_nobody_loses_a_seat_to_an_address_with_as_many() -> None:
    async def work() -> None:
        lane = SlowLane(2, 0.05)
        one, other = seated(lane, A), seated(lane, B)
        with pytest.raises(TimeoutError):
            await until(lane, A, SOON)
        assert (why(one), why(other)) == ("", "")

    running(work)


def test_nobody_loses_a_seat_to_the_same_address() -> None:
    async def work() -> None:
        lane = SlowLane(1, 0.05)
        seat = seated(lane, A)
        with pytest.raises(TimeoutError):
            await until(lane, A, SOON)
        assert (why(seat), lane.waiting) == ("", 0)

    running(work)


def test_addresses_wait_in_turn() -> None:
    async def work() -> None:
        lane = SlowLane(1, 60)
        seat = seated(lane, C)
        got: list[str] = []

        async def one(client: str) -> None:
            place = await until(lane, client, LATER)
            got.append(client)
            lane.leave(place)

        tasks = [asyncio.ensure_future(one(client)) for client in (A, A, A, B)]
        await asyncio.sleep(0)
        assert lane.waiting == 4
        lane.leave(seat)
        await asyncio.gather(*tasks)
        assert got == [A, B, A, A]
        assert (lane.seats, lane.waiting) == ([], 0)

    running(work)


def test_who_gives_up_waiting_leaves_nothing_behind() -> None:
    async def work() -> None:
        lane = SlowLane(1, 60)
        seat = seated(lane, A)
        task = asyncio.ensure_future(until(lane, B, LATER))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert lane.waiting == 0
        lane.leave(seat)
        assert lane.seats == []

    running(work)


LONG = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
STATUS = "<https://w3id.org/egovkg/ontology#status>"
SOME = f"SELECT (COUNT(*) AS ?n) {{ ?a {STATUS} ?b . ?c {STATUS} ?d FILTER(STR(?a) < STR(?c)) }}"


@pytest.fixture
def service(home: Path) -> Iterator[Background]:
    with background(home, "--no-pages", "--workers", "2", "--seconds", "6") as running_service:
        yield running_service


def asked(service: Background, query: str, client: str) -> tuple[int, bytes, float]:
    """Ask from an address of this machine; give status, body and seconds."""
    place = urlsplit(service.url)
    start = time.monotonic()
    link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30, source_address=(client, 0))
    link.request("GET", f"/sparql?query={quote(query)}", headers={"Connection": "close"})
    answer = link.getresponse()
    return answer.status, answer.read(), time.monotonic() - start


def test_one_address_does_not_keep_the_lane_from_another(service: Background) -> None:
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


def test_a_slow_query_outlives_the_end_of_its_worker(service: Background) -> None:
    first = asked(service, SOME, "127.0.0.1")
    assert first[0] == 200
    with ThreadPoolExecutor(1) as client:
        again = client.submit(asked, service, SOME, "127.0.0.1")  # it is known to be slow
        time.sleep(min(first[2] / 2, 0.5))
        for pid in workers(service.pid):
            os.kill(pid, signal.SIGKILL)
        assert again.result()[:2] == first[:2]


def workers(pid: int) -> list[int]:
    """Give the processes that answer: children of the child that starts them."""
    (nursery,) = children(pid)
    return children(nursery)


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
