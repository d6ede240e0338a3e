"""The queue of slow queries between clients: who gets a slot, who loses one, and what a refusal says."""

from __future__ import annotations

import asyncio
import http.client
import json
import sys
import threading
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from egovkg.service.background import background
from egovkg.service.workers.slow_queue import Slot, SlowQueue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have one address on loopback")
HOG = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
GREEDY, OTHER, THIRD = "127.0.0.1", "127.0.0.2", "127.0.0.3"
STATUS = "<https://w3id.org/egovkg/ontology#status>"


class Answer(NamedTuple):
    status: int
    body: bytes
    seconds: float
    retry: str | None

    @property
    def error(self) -> str:
        return str(json.loads(self.body)["error"])


def ask(url: str, query: str, source: str) -> Answer:
    """Ask from an address of this machine."""
    place = urlsplit(url)
    link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60, source_address=(source, 0))
    start = time.monotonic()
    try:
        link.request(
            "GET",
            "/sparql?" + urlencode({"query": query}),
            headers={"Accept": "text/csv", "Accept-Language": "en"},
        )
        got = link.getresponse()
        return Answer(got.status, got.read(), time.monotonic() - start, got.getheader("retry-after"))
    finally:
        link.close()


def taking(rows: int, mark: object = "") -> str:
    """Write a query whose time grows with a number."""
    some = f"{{ SELECT ?a {{ ?a ?x ?y }} LIMIT {rows} }}"
    return f"SELECT (COUNT(*) AS ?n) {{ {some} ?c {STATUS} ?d FILTER(STR(?a) < STR(?c)) }} # {mark}"


class Greedy:
    """Somebody who asks too much over several connections, again and again, for the length of a block."""

    def __init__(self, url: str, connections: int) -> None:
        self.url, self.answers, self.stop = url, list[Answer](), threading.Event()
        self.threads = [threading.Thread(target=self._run) for _ in range(connections)]

    def _run(self) -> None:
        while not self.stop.is_set():
            self.answers.append(ask(self.url, HOG, GREEDY))

    def __enter__(self) -> Greedy:
        for one in self.threads:
            one.start()
        time.sleep(1.5)  # by then both slots are taken
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for one in self.threads:
            one.join()


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with background(home, "--no-pages", "--workers", "4", "--seconds", "6") as service:
        yield service.url


def rows_for(url: str, seconds: float) -> int:
    """Find how much to ask for, so that it takes about so long when nobody else asks."""
    rows = 100
    while (took := ask(url, taking(rows, time.time()), OTHER).seconds) < 0.4:
        rows *= 2
    return int(rows * seconds / took)


def test_a_second_query_does_not_end_the_first_of_another(url: str) -> None:
    rows = rows_for(url, 2.0)
    with Greedy(url, 3):
        assert ask(url, taking(rows, time.time()), OTHER).status == 200


def test_who_waited_in_vain_is_told_so(url: str) -> None:
    with Greedy(url, 4) as greedy:
        time.sleep(6)
    for one in greedy.answers:
        assert (one.status, one.error) in {(504, "time"), (503, "busy")}
        assert (one.retry is not None) == (one.status == 503)
    waited = [one for one in greedy.answers if one.status == 503]
    assert waited
    assert all(b"wait" in one.body or b"at a time" in one.body for one in waited)


def test_who_was_moved_is_told_so(url: str) -> None:
    """A query that lost its slot to another address, and with it its time, did not fail by its own fault."""
    got: list[Answer] = []
    rows = rows_for(url, 0.8)
    hogs = [threading.Thread(target=lambda: got.append(ask(url, HOG, GREEDY))) for _ in range(2)]
    for one in hogs:
        one.start()
        time.sleep(0.3)
    time.sleep(0.7)
    assert ask(url, taking(rows, time.time()), OTHER).status == 200
    for one in hogs:
        one.join()
    assert sorted((one.status, one.error) for one in got) == [(503, "busy"), (504, "time")]


# -- the queue by itself


def with_queue(work: Callable[[SlowQueue], Awaitable[None]], size: int = 2, turn: float = 0.2) -> None:
    async def run() -> None:
        await work(SlowQueue(size, turn))

    asyncio.run(run())


def waiting(queue: SlowQueue, client: str, seconds: float = 5.0) -> asyncio.Task[Slot]:
    return asyncio.ensure_future(queue.wait(client, asyncio.get_running_loop().time() + seconds))


def test_who_holds_less_is_next() -> None:
    """The second of an address waits behind the first of another, whichever came first."""

    async def work(queue: SlowQueue) -> None:
        kept, freed = queue.enter(GREEDY), queue.enter(OTHER)
        assert kept is not None
        assert freed is not None
        second = waiting(queue, GREEDY)
        await asyncio.sleep(0)
        first = waiting(queue, THIRD)
        await asyncio.sleep(0)
        queue.leave(freed)
        await asyncio.sleep(0.01)
        assert first.done()
        assert not second.done()
        second.cancel()

    with_queue(work, turn=60)


def test_no_slot_is_lost() -> None:
    """Whoever gives up at whatever moment: in the end all slots are free."""

    async def work(queue: SlowQueue) -> None:
        for wait in (0.0, 0.001, 0.01):
            held = [queue.enter(GREEDY), queue.enter(OTHER)]
            tasks = [waiting(queue, f"127.0.1.{number}", wait) for number in range(20)]
            await asyncio.sleep(wait)
            for slot in held:
                assert slot is not None
                queue.leave(slot)
            for one in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(one, Slot):
                    queue.leave(one)
            assert (queue.slots, len(queue.waiting)) == ([], 0)

    with_queue(work)
