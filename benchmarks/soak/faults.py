"""Faults beside the clients: killed processes, new versions, damaged files, a full disk."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from egovkg.benchmarks.soak.attacks import Attack, Scene, wait_until
from egovkg.benchmarks.soak.clients import COUNT, Answer, Client, GoodRequest, get, post
from egovkg.benchmarks.soak.measures import Usage, descendants
from egovkg.graph.publish import published
from egovkg.service.background import BackgroundService

_BUSY = "503 busy"
_DAMAGED = "503 store"
_FORKSERVER_SHARE = 0.04  # of the processes that are killed
_SMALLEST_TABLE = 4_096  # bytes; smaller files of the store hold no triples


async def _publisher(scene: Scene, mode: str, seconds: float) -> Mapping[str, int]:
    """Run the publisher beside the clients, and return what it counted."""
    command = [sys.executable, "-m", "egovkg.benchmarks.soak.publisher", mode, str(scene.home), str(seconds)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    output, _ = await process.communicate()
    counts: dict[str, int] = json.loads(output or b"{}")
    return counts


def _seconds_left(scene: Scene) -> float:
    return max(0.0, scene.until - time.perf_counter())


async def publishing(scene: Scene) -> None:
    """Publish versions as fast as they can be written; each answer fits the version that it names."""
    version = published(scene.home)
    assert version is not None
    quads, base = len(version.open().engine), version.name

    def is_right(answer: Answer) -> bool:
        name = answer.field(b"egovkg-version").decode()
        more = 0 if name == base else int(name, 16)
        return b'"%d"' % (quads + more) in answer.body

    scene.good.extend([GoodRequest(post(COUNT.encode()), is_right)] * (len(scene.good) // 4))
    counts = await _publisher(scene, "publish", _seconds_left(scene))
    scene.findings.counts["publishes"] += counts.get("publishes", 0)


def _check_first_version_only(scene: Scene) -> None:
    """Let answers of later versions pass: these are of other corpora."""
    version = published(scene.home)
    assert version is not None
    name = version.name.encode()

    def of_version(request: GoodRequest) -> GoodRequest:
        return GoodRequest(
            request.data,
            lambda answer: answer.field(b"egovkg-version") != name or request.is_right(answer),
        )

    scene.good[:] = map(of_version, scene.good)


async def killed_builds(scene: Scene) -> None:
    """Kill builds at random moments beside the clients."""
    _check_first_version_only(scene)
    counts = await _publisher(scene, "kill", _seconds_left(scene))
    scene.findings.counts["killed builds"] += counts.get("killed builds", 0)
    faults = ("broken versions", "failed builds", "leftovers")
    scene.findings.goals["published version whole after each kill"] = not any(
        counts.get(key, 1) for key in faults
    )


async def full_disk(scene: Scene) -> None:
    """Let builds run out of room beside the clients."""
    _check_first_version_only(scene)
    counts = await _publisher(scene, "full", _seconds_left(scene))
    scene.findings.counts["builds without room"] += counts.get("builds without room", 0)
    faults = ("broken versions", "builds without a message")
    scene.findings.goals["published version whole, each failure told"] = (
        "broken versions" in counts and not any(counts.get(key, 0) for key in faults)
    )


async def kills(scene: Scene) -> None:
    """Kill workers, and now and then the process that forks them."""
    scene.findings.true_reasons = (_BUSY,)
    dice, before = random.Random(3), Usage.of(scene.pid)
    while _seconds_left(scene):
        processes = [*descendants(scene.pid)][1:]
        victim = (
            processes[0] if dice.random() < _FORKSERVER_SHARE else dice.choice(processes[1:] or processes)
        )
        with suppress(ProcessLookupError):
            os.kill(victim, dice.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)))
            scene.findings.counts["killed processes"] += 1
        await asyncio.sleep(0.2)
    await wait_until(
        scene,
        lambda usage: usage.processes == before.processes,
        "all processes back",
    )


async def damage(scene: Scene) -> None:
    """Damage every table of the store, then build it again, as the message says: answers come back."""
    scene.findings.true_reasons = (_DAMAGED,)
    third = _seconds_left(scene) / 3
    await asyncio.sleep(third)
    for table in scene.home.glob("versions/*/store/*.sst"):
        if table.stat().st_size > _SMALLEST_TABLE:
            data = bytearray(table.read_bytes())
            data[100::500] = bytes(byte ^ 1 for byte in data[100::500])
            table.write_bytes(data)
    client, count = Client(scene.url), post(COUNT.encode())
    answer = await client.ask(count)
    scene.findings.goals["damage told as 503 store"] = answer.outcome == _DAMAGED
    health = await client.ask(get("/health"))
    scene.findings.goals["damage told by /health"] = health.body.startswith(b"damaged ")
    await asyncio.sleep(third)
    command = [sys.executable, "-m", "egovkg", "build", "-o", str(scene.home)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    built = await process.wait() == 0
    await asyncio.sleep(2)
    outcomes = {(await client.ask(count)).outcome for _ in range(20)}
    health = await client.ask(get("/health"))
    scene.findings.goals["answers again after a build"] = built and outcomes == {"200"}
    scene.findings.goals["/health is ok again"] = health.body.startswith(b"ok ")
    client.close()


async def nothing(scene: Scene) -> None:
    """Do nothing until the end of the row."""
    await asyncio.sleep(_seconds_left(scene))


@contextmanager
def log_without_room(home: Path, *options: str) -> Iterator[BackgroundService]:
    """Serve a graph; the log goes to a disk that is full."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "EGOVKG_HOME": str(home), "EGOVKG_PORT": str(port)}
    with Path("/dev/full").open("wb") as log:
        command = [sys.executable, "-m", "egovkg", "serve", "--log", *options]
        process = subprocess.Popen(command, stderr=log, env=environment)
    url = f"http://127.0.0.1:{port}/"
    try:
        _wait_until_healthy(url, process)
        yield BackgroundService(url, "", process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{url}health", timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("the service does not start when its log has no room")


FAULTS: Mapping[str, Attack] = {
    "versions published under load": publishing,
    "killed workers and forkserver": kills,
    "killed builds": killed_builds,
    "builds on a full disk": full_disk,
    "a damaged store": damage,
}
