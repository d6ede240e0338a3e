"""Queries on a graph of this machine have limits: a runaway query ends at them, and at once on Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from egovkg.cli import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
RUNAWAY = {
    "count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)+ ?b . ?c (!<urn:y>)+ ?d }",
    "ask": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = CONCAT(STR(?d), STR(?g))) }",
}


def command(home: Path, query: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "egovkg", "sparql", query, "--graph", str(home), "--lang", "en", *words]


@pytest.mark.parametrize("name", RUNAWAY)
def test_a_runaway_query_ends_at_its_limit(home: Path, name: str) -> None:
    start = time.monotonic()
    words = command(home, RUNAWAY[name], "--seconds", "0.5")
    done = subprocess.run(words, capture_output=True, text=True, timeout=40, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "egovkg: time limit: no answer within 0.5 s — ask for less, or raise EGOVKG_QUERY_SECONDS"
        " (ask, sparql: --seconds)\n"
    )
    assert time.monotonic() - start < 20  # on a busy machine


def test_ctrl_c_ends_a_runaway_query(home: Path) -> None:
    process = subprocess.Popen(command(home, RUNAWAY["count"]), stderr=subprocess.PIPE, text=True)
    time.sleep(3)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert "Traceback" not in process.communicate(timeout=30)[1]
    assert process.returncode in {130, -signal.SIGINT}
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("words", [[], ["--seconds", "30"], ["--seconds", "0"]])
def test_a_query_in_time_is_answered(home: Path, words: list[str]) -> None:
    query = "SELECT (COUNT(?d) AS ?n) { ?d egov:documentDate ?x }"
    done = CliRunner().invoke(main, ["sparql", query, "--graph", str(home), "--format", "csv", *words])
    assert (done.exit_code, done.stdout) == (0, "n\n146\n")


@pytest.mark.parametrize("seconds", ["-1", "many", "1e9"])
def test_what_is_no_limit_is_refused(home: Path, seconds: str) -> None:
    done = CliRunner().invoke(main, ["sparql", "ASK {}", "--graph", str(home), "--seconds", seconds])
    assert done.exit_code == 2


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_query_that_takes_all_memory_ends_at_its_limit(home: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    limits = ["--memory", "100", "--lang", "en", "--graph", str(home)]
    done = CliRunner().invoke(main, ["sparql", query, *limits])
    assert done.exit_code == 1
    assert done.stderr.endswith(
        "MiB, or nests too deeply — ask for less, or raise EGOVKG_QUERY_MEMORY (ask, sparql: --memory)\n"
    )


def test_a_named_question_has_limits(home: Path) -> None:
    words = ["ask", "articles", "--seconds", "0.000001", "--lang", "en", "--graph", str(home)]
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "time limit: no answer within 1e-06 s" in done.stderr


def test_every_verb_that_reads_has_the_limits_of_the_environment(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EGOVKG_QUERY_SECONDS", "0.000001")
    done = CliRunner().invoke(main, ["facts", "--graph", str(home), "--lang", "en"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "time limit: no answer within 1e-06 s" in done.stderr
    monkeypatch.setenv("EGOVKG_QUERY_SECONDS", "soon")
    done = CliRunner().invoke(main, ["facts", "--graph", str(home), "--lang", "en"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert 'EGOVKG_QUERY_SECONDS "soon" is not a limit' in done.stderr
