"""The service attacked: good clients beside one attack or fault after the other, each a row with its goals.

    make soak SOAK_SECONDS=330                      about two minutes by default; everything on loopback
    python -m egovkg.benchmarks.soak --only "wide heads" --only "large forms" --seconds 20
    python -m egovkg.benchmarks.soak --log docs/soak.md     adds the run to the table there

Answers to good clients are compared with those of the engine in this process, or with those before the load.
The exit status is 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from egovkg.benchmarks.soak.attacks import ATTACKS, LIMIT, MEMORY, Attack, Scene, wait_until
from egovkg.benchmarks.soak.clients import (
    GoodRequest,
    be_good,
    evaluated,
    good_requests,
    point_queries,
)
from egovkg.benchmarks.soak.faults import FAULTS, log_without_room, nothing
from egovkg.benchmarks.soak.measures import BACK_MIB, BACK_SECONDS, Findings, Usage, resident
from egovkg.benchmarks.soak.runs import add_run
from egovkg.graph.publish import Version, published
from egovkg.loaders.pipeline.build import build
from egovkg.service.background import BackgroundService, background
from egovkg.tests.corpora.folders import FIVE, read_five_as_shipped

Service = Callable[..., AbstractContextManager[BackgroundService]]
SWITCHES = ("--no-pages", "--seconds", str(LIMIT), "--memory", str(MEMORY))
_MANY_CLIENTS, _CLIENTS, _PAUSE = 32, 8, 0.02  # good clients, without a pause and with one, in seconds
_LEAST_SECONDS = 4.0  # of a row


@dataclass(frozen=True)
class Row:
    """An attack or a fault, and the good clients beside it.

    :param is_alone: whether it changes the graph or the processes, so that it gets a service of its own
    """

    name: str
    attack: Attack
    is_busy: bool = False
    is_alone: bool = False
    service: Service = background


ROWS = (
    Row("no attack", nothing, is_busy=True),
    *(Row(name, attack, is_busy=name == "hostile queries") for name, attack in ATTACKS.items()),
    *(Row(name, fault, is_alone=True) for name, fault in FAULTS.items()),
    Row("a log without room", nothing, is_alone=True, service=log_without_room),
)
_HEADING = (
    "| row | attackers | good | p50 | p99 | most, ms | wrong | failed | parent MiB | back s | load "
    "| goals |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|"
)


async def attacked(
    row: Row, service: BackgroundService, home: Path, good: list[GoodRequest], seconds: float
) -> Findings:
    """Run one row: good clients and the attack together, then wait until the memory is back."""
    before = resident(service.pid)
    scene = Scene(service.url, service.pid, home, good, time.perf_counter() + seconds)
    clients, pause = (_MANY_CLIENTS, 0.0) if row.is_busy else (_CLIENTS, _PAUSE)
    watching = asyncio.ensure_future(_watch(service.pid, scene.findings))
    work = [be_good(scene.url, good, scene.findings.good, scene.until, n, pause) for n in range(clients)]
    await asyncio.gather(row.attack(scene), *work)
    watching.cancel()
    scene.findings.back = await _seconds_until_back(service.pid, before)
    await wait_until(scene, lambda usage: usage.zombies == 0, "no zombie")
    return scene.findings


async def _watch(pid: int, findings: Findings) -> None:
    """Record the largest memory of the parent and of all processes, four times a second."""
    while True:
        usage = Usage.of(pid)
        findings.parent = max(findings.parent, usage.parent)
        findings.memory = max(findings.memory, usage.all)
        await asyncio.sleep(0.25)


async def _seconds_until_back(pid: int, before: float) -> float:
    start = time.perf_counter()
    while resident(pid) > before + BACK_MIB:
        if time.perf_counter() - start > BACK_SECONDS:
            return float("inf")
        await asyncio.sleep(0.25)
    return time.perf_counter() - start


def report(row: Row, findings: Findings) -> bool:
    """Print the line of a row, and each goal that was missed; true if none was."""
    good, goals = findings.good, findings.all_goals()
    missed = [goal for goal, is_reached in goals.items() if not is_reached]
    times = " | ".join(f"{good.quantile(share):.0f}" for share in (0.5, 0.99, 1))
    failed = good.failed(*findings.true_reasons)
    attackers = findings.hostile.total or sum(findings.counts.values())
    print(
        f"| {row.name} | {attackers} | {good.total} | {times} | {good.wrong} | {failed} "
        f"| {findings.parent:.0f} | {findings.back:.0f} | {os.getloadavg()[0]:.1f} "
        f"| {len(goals) - len(missed)} of {len(goals)} |"
    )
    details = [_outcomes("good", good.outcomes), _outcomes("attackers", findings.hostile.outcomes)]
    details += [_outcomes("in all", findings.counts), *(f"MISSED {goal}" for goal in missed)]
    print(*(f"  {detail}" for detail in details if detail), sep="\n", flush=True)
    return not missed


def _outcomes(name: str, outcomes: Counter[str]) -> str:
    counts = ", ".join(f"{number} × {outcome}" for outcome, number in sorted(outcomes.items()))
    return f"{name}: {counts}" if counts else ""


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """Copy a published graph for as long as a `with` block runs."""
    with tempfile.TemporaryDirectory() as folder:
        yield shutil.copytree(home, Path(folder) / "home", symlinks=True)


def run_shared(
    rows: Sequence[Row], version: Version, home: Path, seconds: float
) -> Iterator[tuple[Row, Findings]]:
    """Run rows one after the other against one service."""
    with background(home, *SWITCHES) as service:
        good = asyncio.run(good_requests(version, service.url))
        for row in rows:
            yield row, asyncio.run(attacked(row, service, home, good, seconds))


def run_alone(row: Row, version: Version, home: Path, seconds: float) -> Findings:
    """Run a row against a service of its own on a copy of the graph."""
    with copied(home) as folder, row.service(folder, *SWITCHES) as service:
        good = evaluated(version, point_queries(version))
        return asyncio.run(attacked(row, service, folder, good, seconds))


def run_rows(
    rows: Sequence[Row], version: Version, home: Path, seconds: float
) -> Iterator[tuple[Row, Findings]]:
    """Run all rows; those that share a service first."""
    shared = [row for row in rows if not row.is_alone]
    if shared:
        yield from run_shared(shared, version, home, seconds)
    for row in rows:
        if row.is_alone:
            yield row, run_alone(row, version, home, seconds)


def summed(all_findings: Sequence[Findings]) -> Counter[str]:
    """Add up what a run adds to the log of runs."""
    counts = Counter[str]()
    for findings in all_findings:
        counts += findings.counts
        counts["good requests"] += findings.good.total
        counts["wrong"] += findings.good.wrong
        counts["failed"] += findings.good.failed(*findings.true_reasons)
        counts["untruly"] += findings.untrue
        counts["hostile requests"] += findings.hostile.total
        counts["untyped"] += findings.hostile.untyped + findings.good.untyped
    return counts


def main() -> int:
    """Build the five articles, serve them, and put the service under load; 1 if a goal was missed."""
    read_five_as_shipped()
    parser = argparse.ArgumentParser(description="The service under attack.")
    parser.add_argument("--seconds", type=float, default=120, help="of load, shared by the rows")
    parser.add_argument("--only", action="append", choices=[row.name for row in ROWS], help="run these rows")
    parser.add_argument("--graph", type=Path, help="folder of a published graph, to save its build")
    parser.add_argument("--log", type=Path, help="page with a table to which the run is added")
    options = parser.parse_args()
    rows = [row for row in ROWS if options.only is None or row.name in options.only]
    seconds = max(_LEAST_SECONDS, options.seconds / len(rows))
    all_findings, is_well = [], True
    with tempfile.TemporaryDirectory() as folder:
        home = options.graph or Path(folder)
        if options.graph is None:
            build([FIVE], home)
        version = published(home)
        assert version is not None
        print(_HEADING)
        for row, findings in run_rows(rows, version, home, seconds):
            is_well &= report(row, findings)
            all_findings.append(findings)
    counts = summed(all_findings)
    print(_outcomes("all rows", counts))
    if options.log:
        names = ", ".join(options.only or ["all rows"])
        add_run(options.log, f"soak: {names}", counts)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
