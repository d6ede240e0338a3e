"""Publishes versions beside the service, in a process of its own; builds that are killed or find no room.

    python -m egovkg.benchmarks.soak.publisher publish HOME SECONDS
    python -m egovkg.benchmarks.soak.publisher kill HOME SECONDS
    python -m egovkg.benchmarks.soak.publisher full HOME SECONDS

One JSON object on standard output says what became of them.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from egovkg.errors import EgovError
from egovkg.graph.publish import MANIFEST_FORMAT, building, publish, published
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.tests.corpora.folders import FIVE

PAUSE = 0.4  # seconds between two publishes
_BUILD_SECONDS = 1.2  # a build ends within this time, if nobody kills it
_REFUSED = 3  # exit status of a build that says why it failed
_LARGEST_FILE = 3 << 20
_CLAIMS = "SELECT (COUNT(?c) AS ?n) { ?c a <https://w3id.org/egovkg/ontology#Claim> }"


def base_quads(home: Path) -> bytes:
    """Return all quads of the published graph."""
    version = published(home)
    assert version is not None
    return version.open().engine.dump(format=ox.RdfFormat.N_QUADS) or b""


def version_name(number: int) -> str:
    """Return the name of the version with so many additional quads."""
    return f"{number:016x}"


def publish_versions(home: Path, seconds: float) -> Counter[str]:
    """Publish versions one after the other, each with one quad more than the one before."""
    quads, end, done = base_quads(home), time.monotonic() + seconds, Counter[str]()
    while time.monotonic() < end:
        done["publishes"] += 1
        more = "".join(
            f'<urn:soak:{n}> <urn:soak:p> "{n}" <urn:soak:g> .\n' for n in range(done["publishes"])
        )
        with building(home) as staging:
            store = OxigraphStore.create(staging / "store")
            store.load(quads + more.encode())
            store.engine.flush()
            del store
            (staging / "manifest.json").write_text(json.dumps({"format": MANIFEST_FORMAT}), encoding="utf-8")
            publish(home, staging, version_name(done["publishes"]))
        time.sleep(PAUSE)
    return done


def corpora(folder: Path) -> list[Path]:
    """Return copies of the five articles, each without another one, so that each gives another version."""
    names = sorted(path.name for path in (FIVE / "articles").iterdir())
    copies = [folder / name for name in names]
    for copy in copies:
        shutil.copytree(FIVE / "articles", copy / "articles")
        (copy / "articles" / copy.name).unlink()
    return copies


def in_child(work: Callable[[], object]) -> int:
    """Fork a process that does some work; returns its id.

    This process itself opens no store: the engine has threads, which a fork does not copy.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with Path(os.devnull).open("w", encoding="utf-8") as null, redirect_stderr(null):
                status = 0 if work() else 1
        except EgovError:
            status = _REFUSED
        finally:
            os._exit(status)
    return child


def is_broken(home: Path) -> bool:
    """Tell whether the published version is not whole."""
    return os.waitpid(in_child(lambda: is_whole(home)), 0)[1] != 0


def is_whole(home: Path) -> bool:
    """Tell whether the published version opens, and holds as many claims as its manifest says."""
    version = published(home)
    if version is None:
        return False
    counts = version.manifest()["counts"]
    claims = version.open().engine.query(_CLAIMS, use_default_graph_as_union=True)
    assert isinstance(claims, ox.QuerySolutions)
    assert isinstance(counts, dict)
    return [int(row[0].value) for row in claims] == [counts["claims"]]


def kill_builds(home: Path, seconds: float) -> Counter[str]:
    """Kill builds at random moments; the published version is always whole, and the next build succeeds."""
    dice, end, done = random.Random(1), time.monotonic() + seconds, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        choices = corpora(Path(folder))
        while time.monotonic() < end:
            child = in_child(partial(build, [dice.choice(choices)], home))
            time.sleep(dice.uniform(0, _BUILD_SECONDS))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            done["killed builds" if os.WIFSIGNALED(status) else "builds that were quicker"] += 1
            done["broken versions"] += is_broken(home)
        done["failed builds"] += os.waitpid(in_child(partial(build, [choices[0]], home)), 0)[1] != 0
        done["leftovers"] += sum(1 for _ in (home / "versions").glob(".staging-*"))
    return done


def build_within(size: int, corpus: Path, home: Path) -> object:
    """Build and publish a corpus while no file may grow beyond a number of bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return build([corpus], home)


def fill_disk(home: Path, seconds: float) -> Counter[str]:
    """Let builds run against a limit of the size of files, as on a full disk; each must say so."""
    dice, end, done = random.Random(2), time.monotonic() + seconds, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        choices = corpora(Path(folder))
        while time.monotonic() < end:
            size = int(_LARGEST_FILE * dice.random() ** 3)

            work = partial(build_within, size, dice.choice(choices), home)
            _, status = os.waitpid(in_child(work), 0)
            done[_ENDS.get(os.waitstatus_to_exitcode(status), "builds without a message")] += 1
            done["broken versions"] += is_broken(home)
    return done


_ENDS = {0: "builds with enough room", _REFUSED: "builds without room"}
MODES = {"publish": publish_versions, "kill": kill_builds, "full": fill_disk}

if __name__ == "__main__":
    print(json.dumps(MODES[sys.argv[1]](Path(sys.argv[2]), float(sys.argv[3]))))
