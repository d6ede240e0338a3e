"""The page on Python: a call for each verb, and each call runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from egovkg.cli.app import MODULES
from egovkg.graph.publish import open_published
from egovkg.graph.store import OxigraphStore
from egovkg.tests.loaders.workbook.books import xlsx

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
_ROW = re.compile(r"^\| `(?P<verb>\w+)` \| `(?P<call>[^|]+)` \| (?P<modules>`[^|]+`) \|$", re.MULTILINE)
_CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CALLS = {match["verb"]: (match["call"], match["modules"]) for match in _ROW.finditer(PAGE.read_text("utf-8"))}
ELSEWHERE = {"audit", "serve", "push", "link"}  # these need a process, an endpoint or a database


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The names that the page has made when its table begins, in a folder of their own."""
    folder = tmp_path_factory.mktemp("python")
    names: dict[str, Any] = {}
    before = Path.cwd()
    os.chdir(folder)
    try:
        exec(compile(_CODE.findall(PAGE.read_text("utf-8"))[0], PAGE.name, "exec"), names)
    finally:
        os.chdir(before)
    return names | {"folder": folder, "home": folder / names["home"]}


def names_of(verb: str) -> dict[str, Any]:
    """What the modules of a row offer."""
    names: dict[str, Any] = {}
    for name in re.findall(r"`([\w.]+)`", CALLS[verb][1]):
        names |= vars(import_module(name))
    return names


def test_every_verb_has_its_call() -> None:
    assert set(CALLS) == set(MODULES)


@pytest.mark.parametrize("verb", [verb for verb in CALLS if verb not in ELSEWHERE])
def test_the_call_of_a_verb_runs(
    verb: str, session: dict[str, Any], small_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(session["folder"])
    if verb == "site":
        session = session | {"store": open_published(small_home)}
    if verb == "import":
        rows = [("Tên", "Tên tiếng Anh", "Loại"), ("CSDL thử", "Trial database", "Database")]
        xlsx(Path("inventory.xlsx"), {"Hệ thống": rows})
    if verb in {"accept", "agree", "fmt", "check"} and not Path("my-corpus").is_dir():  # it may run alone
        eval(CALLS["new"][0], names_of("new") | session)
    answer = eval(CALLS[verb][0], names_of(verb) | session)
    assert answer is not None or verb == "explore"


def test_the_rest_of_the_page_runs(session: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    for code in _CODE.findall(PAGE.read_text("utf-8"))[1:]:
        exec(compile(code, PAGE.name, "exec"), session)
    assert "cells have no evidence" in capsys.readouterr().out


def test_links_are_proposed(session: dict[str, Any]) -> None:
    """Wikidata is not asked in a test: an empty store stands in for it."""
    names = names_of("link") | session | {"RemoteStore": lambda url: OxigraphStore.in_memory()}
    assert eval(CALLS["link"][0], names) == ()


def test_the_graph_is_pushed(session: dict[str, Any], oxigraph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(session["folder"])
    call = CALLS["push"][0].replace("http://localhost:7878/query", oxigraph)
    assert eval(call, names_of("push") | session).sizes


def test_the_graph_is_served(session: dict[str, Any]) -> None:
    imports = "".join(f"from {name} import *\n" for name in re.findall(r"`([\w.]+)`", CALLS["serve"][1]))
    code = f"from pathlib import Path\n{imports}home = Path({str(session['home'])!r})\n{CALLS['serve'][0]}"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=session["folder"]) as process:
        assert process.stderr
        lines = iter(process.stderr.readline, "")
        assert any("http://127.0.0.1:" in line for line in lines)
        process.terminate()
        process.stderr.read()
