"""What is counted and measured while the service is under load, and the goals of a row."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

GOOD_P99 = 500.0  # milliseconds
PARENT_MIB = 400.0  # resident memory of the process that speaks HTTP
BACK_SECONDS = 60.0  # until that memory is back
BACK_MIB = 48.0  # what it may keep in caches
_TRUE_UNDER_LOAD = ("503 busy", "504 time")  # a failure, but what the client is told is so


@dataclass
class Tally:
    """The requests of clients of one kind.

    :param outcomes: number of requests by `200`, `503 busy`, `closed` …
    :param untyped: refusals without a status and a code that programs can read
    :param late: answers after the time limit
    """

    times: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    untyped: int = 0
    late: int = 0

    def quantile(self, share: float) -> float:
        """Return the time in milliseconds that a share of the requests does not exceed."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    def failed(self, *allowed: str) -> int:
        """Count the requests that got neither an answer nor one of the allowed outcomes."""
        return sum(number for outcome, number in self.outcomes.items() if outcome not in ("200", *allowed))

    @property
    def total(self) -> int:
        """The number of requests."""
        return sum(self.outcomes.values())


@dataclass(frozen=True)
class Usage:
    """Resources used by the processes of the service; sizes in MiB."""

    processes: int
    zombies: int
    descriptors: int
    parent: float
    all: float

    @classmethod
    def of(cls, pid: int) -> Usage:
        """Measure a process and its descendants."""
        tree = [*descendants(pid)]
        zombies = sum(_status(process, "State:").startswith("Z") for process in tree)
        descriptors = len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208  a count
        return cls(len(tree), zombies, descriptors, resident(pid), sum(map(_proportional, tree)))


def descendants(pid: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from descendants(int(child))


def resident(pid: int) -> float:
    """Return the resident memory of a process in MiB."""
    return int(_status(pid, "VmRSS:").split()[0] or 0) / 1024


def _status(pid: int, name: str) -> str:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.removeprefix(name).strip() for line in lines if line.startswith(name)), "0")


def _proportional(pid: int) -> float:
    """Return the memory of a process in MiB; what it shares with others counts in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@dataclass
class Findings:
    """What was measured while one row ran.

    :param true_reasons: outcomes of good requests that are no failure, because they say what is so
    :param back: seconds until the memory of the parent was back; infinite if it did not come back
    :param goals: goals of this row beside the common ones
    :param counts: what adds up over runs: `publishes`, `killed builds`
    """

    good: Tally = field(default_factory=Tally)
    hostile: Tally = field(default_factory=Tally)
    true_reasons: tuple[str, ...] = ()
    parent: float = 0.0
    memory: float = 0.0
    back: float = 0.0
    goals: dict[str, bool] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def untrue(self) -> int:
        """The number of good requests that failed with a reason that is not so."""
        return self.good.failed(*self.true_reasons, *_TRUE_UNDER_LOAD)

    def all_goals(self) -> dict[str, bool]:
        """Return the common goals and those of the row, and whether each was reached."""
        return {
            "no good answer wrong": self.good.wrong == 0,
            "no good request failed": self.good.failed(*self.true_reasons) == 0,
            "no reason of a failure untrue": self.untrue == 0,
            f"p99 of good requests at most {GOOD_P99:.0f} ms": self.good.quantile(0.99) <= GOOD_P99,
            "every refusal typed": self.hostile.untyped + self.good.untyped == 0,
            "every attack answered in time": self.hostile.late == 0,
            f"parent at most {PARENT_MIB:.0f} MiB": self.parent <= PARENT_MIB,
            f"its memory back within {BACK_SECONDS:.0f} s": self.back <= BACK_SECONDS,
            **self.goals,
        }
