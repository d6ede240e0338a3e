"""Give changed texts to everything that reads texts, for a bounded time, and keep what breaks it.

    python -m egovkg.tests.fuzz                      some two minutes; every target its share
    python -m egovkg.tests.fuzz --seconds 600 --seed 7 --only article
    python -m egovkg.tests.fuzz --log docs/soak.md   adds the number of texts to the table of runs there
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

from egovkg.benchmarks.soak.runs import add_run
from egovkg.tests.corpora.folders import read_five_as_shipped
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
    inputs: int = 0
    taken: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def _late(*_: object) -> NoReturn:
    raise SlowError(f"it takes more than {LIMIT:.0f} s")


def attempt(target: Target, data: bytes, outcome: Outcome, folder: Path) -> None:
    """Give one text to a target; a fault is written down with its text."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    start = time.perf_counter()
    try:
        outcome.taken += target.take(data)
    except Exception as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno} {type(error).__name__}"
        if not any(fault.startswith(place) for fault in outcome.faults):  # each kind of fault once
            folder.mkdir(exist_ok=True)
            file = folder / f"{target.name.split()[0]}-{sha256(data).hexdigest()[:12]}"
            file.write_bytes(data)
            outcome.faults.append(f"{place}: {str(error)[:200]}\n  the text: {file}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    outcome.inputs += 1
    outcome.slowest = max(outcome.slowest, time.perf_counter() - start)


def run(
    target: Target, seed: int, *, seconds: float = 1e9, limit: int = sys.maxsize, folder: Path = KEPT
) -> Outcome:
    """Give a target changed texts until the time is over or so many were given."""
    signal.signal(signal.SIGALRM, _late)
    outcome = Outcome(target.name)
    mutator = Mutator(target.seeds(), Random(f"{seed} {target.name}"))
    for text in mutator.seeds:
        attempt(target, text, outcome, folder)
    end = time.monotonic() + seconds
    while time.monotonic() < end and outcome.inputs < limit:
        attempt(target, mutator.text(), outcome, folder)
    return outcome


def report(done: Outcome) -> Outcome:
    """Print the row of a target."""
    slowest = f"{done.slowest * 1000:.0f} ms"
    print(f"| {done.name} | {done.inputs:,} | {done.taken:,} | {slowest} | {len(done.faults)} |", flush=True)
    return done


def main() -> int:
    """Run from the command line; 1 if there was a fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=[*(target.name for target in TARGETS), NAME])
    parser.add_argument("--again", type=Path, help="give one kept text to the target of --only")
    parser.add_argument("--log", type=Path, help="page with a table to which the run is added")
    options = parser.parse_args()
    read_five_as_shipped()
    chosen = [target for target in TARGETS if options.only in {None, target.name}]
    if options.again:
        print(*(target.take(options.again.read_bytes()) for target in chosen))
        return 0
    share = options.seconds / (len(TARGETS) + 1 if options.only is None else 1)
    print(
        f"seed {options.seed}\n| what reads | texts | taken | slowest | faults |\n|---|---:|---:|---:|---:|"
    )
    outcomes = [report(run(target, options.seed, seconds=share, limit=MOST)) for target in chosen]
    if options.only in {None, NAME}:
        with service_target() as target:
            outcomes.append(report(run(target, options.seed, seconds=share, limit=MOST)))
    faults = [fault for outcome in outcomes for fault in outcome.faults]
    if options.log:
        inputs = sum(outcome.inputs for outcome in outcomes)
        add_run(options.log, f"fuzz, seed {options.seed}", {"fuzzed inputs": inputs, "faults": len(faults)})
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
