"""Give changed texts to everything that reads texts, for a bounded time, and keep what breaks it.

    python -m egovkg.tests.fuzz                      some two minutes; every target its share
    python -m egovkg.tests.fuzz --seconds 600 --seed 7 --only article
    python -m egovkg.tests.fuzz --again FILE --only article     one text that was kept

A text may be taken or refused. A fault is any other error, a message without its place, or a text that takes
longer than the limit.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NoReturn

from egovkg.tests.fuzz.mutate import Mutator
from egovkg.tests.fuzz.service import NAME, service_target
from egovkg.tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from egovkg.tests.fuzz.targets import Target

LIMIT = 10.0  # seconds for one text
KEPT = Path("fuzz-faults")
MOST = 100_000  # texts of one target; the quick ones reach it


class SlowError(Exception):
    """A text that takes too long."""


@dataclass
class Outcome:
    """What became of the texts of one target."""

    name: str
    given: int = 0
    taken: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def _late(*_: object) -> NoReturn:
    raise SlowError(f"it takes more than {LIMIT:.0f} s")


def attempt(target: Target, data: bytes, outcome: Outcome, kept: Path) -> None:
    """Give one text to a target; a fault is written down with its text."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    start = time.perf_counter()
    try:
        outcome.taken += target.take(data)
    except Exception as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno} {type(error).__name__}"
        if not any(fault.startswith(where) for fault in outcome.faults):  # each kind of fault once
            kept.mkdir(exist_ok=True)
            file = kept / f"{target.name.split()[0]}-{sha256(data).hexdigest()[:12]}"
            file.write_bytes(data)
            outcome.faults.append(f"{where}: {str(error)[:200]}\n  the text: {file}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    outcome.given += 1
    outcome.slowest = max(outcome.slowest, time.perf_counter() - start)


def run(
    target: Target, seed: int, *, seconds: float = 1e9, most: int = sys.maxsize, kept: Path = KEPT
) -> Outcome:
    """Give a target changed texts until the time is over or so many were given."""
    signal.signal(signal.SIGALRM, _late)
    outcome = Outcome(target.name)
    mutator = Mutator(target.seeds(), Random(f"{seed} {target.name}"))
    for each in mutator.seeds:
        attempt(target, each, outcome, kept)
    end = time.monotonic() + seconds
    while time.monotonic() < end and outcome.given < most:
        attempt(target, mutator.text(), outcome, kept)
    return outcome


def report(done: Outcome) -> list[str]:
    """Print the row of a target, and give its faults."""
    slowest = f"{done.slowest * 1000:.0f} ms"
    print(f"| {done.name} | {done.given:,} | {done.taken:,} | {slowest} | {len(done.faults)} |", flush=True)
    return done.faults


def main() -> int:
    """Run from the command line; 1 if there was a fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=[*(each.name for each in TARGETS), NAME])
    parser.add_argument("--again", type=Path, help="give one kept text to the target of --only")
    asked = parser.parse_args()
    chosen = [each for each in TARGETS if asked.only in {None, each.name}]
    if asked.again:
        print(*(each.take(asked.again.read_bytes()) for each in chosen))
        return 0
    share = asked.seconds / (len(TARGETS) + 1 if asked.only is None else 1)
    print(f"seed {asked.seed}\n| what reads | texts | taken | slowest | faults |\n|---|---:|---:|---:|---:|")
    found = [fault for each in chosen for fault in report(run(each, asked.seed, seconds=share, most=MOST))]
    if asked.only in {None, NAME}:
        with service_target() as target:
            found += report(run(target, asked.seed, seconds=share, most=MOST))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
