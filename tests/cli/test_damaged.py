"""A damaged graph is called damaged by every verb that reads one, and by the calls of the library."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.cli.app import MODULES
from egovkg.errors import StoreError
from egovkg.graph.publish import open_published, published

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {  # verb → what it needs beside the graph
    "ask": ["articles"],
    "brief": ["--province", "Cà Mau"],
    "report": ["--province", "Cà Mau"],
    "compare": ["Bắc Kạn", "Lạng Sơn"],
    "critical": [],
    "diff": ["current", "current"],
    "draw": ["explorer"],
    "duties": [],
    "export": ["-o", "files"],
    "facts": [],
    "gaps": [],
    "impact": ["nat:lgsp"],
    "matrix": [],
    "path": ["a:b", "c:d"],
    "push": ["--endpoint", "http://127.0.0.1:9/"],
    "roadmap": [],
    "serve": ["--check", "--no-pages"],
    "show": ["nat:lgsp"],
    "site": ["-o", "pages"],
    "sparql": ["ASK {}"],
    "spof": [],
    "targets": [],
}


@pytest.fixture(scope="module")
def damaged_home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Change one byte in the middle of the largest table."""
    home = tmp_path_factory.mktemp("damaged") / "home"
    shutil.copytree(small_home, home)
    table = max(home.glob("versions/*/store/*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    return home


def test_every_verb_that_reads_a_graph_is_here() -> None:
    context = click.Context(main)
    verbs = {name: main.get_command(context, name) for name in MODULES}
    reading = {
        name
        for name, command in verbs.items()
        if command and any("--graph" in parameter.opts for parameter in command.params)
    }
    assert reading == {*WORDS, "explore", "versions"}  # one builds the graph again, the other reads no store


@pytest.mark.parametrize("verb", WORDS)
def test_a_verb_names_the_damaged_file(
    damaged_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [verb, *WORDS[verb], "--graph", str(damaged_home), "--lang", "en"]
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "the published graph is damaged (store/" in done.stderr
    assert 'run "egovkg build"' in done.stderr


def test_the_library_names_it(damaged_home: Path) -> None:
    version = published(damaged_home)
    assert version is not None
    for opening in (version.open, lambda: open_published(damaged_home)):
        with pytest.raises(StoreError, match=r"damaged \(store/"):
            opening()
