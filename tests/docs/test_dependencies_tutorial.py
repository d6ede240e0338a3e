"""The tutorial on dependencies is run: its commands, and its Python like the cells of a notebook.

`python tests/docs/test_dependencies_tutorial.py` writes the outputs anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.tests.corpora.folders import read_five_as_shipped

PAGE = Path(__file__).parents[2] / "docs" / "dependencies.md"
CUT = "…"
_CELL = re.compile(r"^```python\n(?P<code>.*?)^```\n\n```text\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"^```console\n\$ (?P<command>[^\n]*)\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)


def cells(text: str, names: dict[str, object]) -> list[tuple[str, str]]:
    """Run the Python of the page from top to bottom; list what it shows and what is printed."""
    found = []
    for cell in _CELL.finditer(text):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(cell["code"], PAGE.name, "exec"), names)
        found.append((cell["shown"], out.getvalue()))
    return found


def commands(text: str) -> list[tuple[str, str]]:
    """Run the commands of the page; list what it shows and what is printed."""
    found = []
    for block in _CONSOLE.finditer(text):
        program, *words = shlex.split(block["command"])
        assert program == "egovkg"
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        found.append((block["shown"], done.stderr + done.stdout))
    return found


def agrees(shown: str, printed: str) -> bool:
    """Tell whether a page shows what was printed; a line `…` stands for any lines at the end."""
    lines, wanted = shown.rstrip().split("\n"), printed.rstrip().split("\n")
    if lines[-1] == CUT:
        lines = lines[:-1]
        wanted = wanted[: len(lines)]
    return [line.rstrip() for line in lines] == [line.rstrip() for line in wanted]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EGOVKG_HOME", raising=False)
    assert CliRunner().invoke(main, ["build"]).exit_code == 0


@pytest.mark.usefixtures("built")
def test_the_tutorial_is_real() -> None:
    text = PAGE.read_text("utf-8")
    run = [*cells(text, {}), *commands(text)]
    assert len(run) >= 12
    for shown, printed in run:
        assert agrees(shown, printed), f"shown:\n{shown}\nprinted:\n{printed}"


def test_every_block_of_python_shows_its_output() -> None:
    text = PAGE.read_text("utf-8")
    assert len(_CELL.findall(text)) == text.count("```python")


def rewrite() -> None:
    """Put what is printed into the page, cut where it is cut."""
    text = PAGE.read_text("utf-8")
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        CliRunner().invoke(main, ["build"])
        for shown, printed in [*cells(text, {}), *commands(text)]:
            lines = shown.rstrip().split("\n")
            kept = printed.rstrip().split("\n")
            kept = [*kept[: len(lines) - 1], CUT] if lines[-1] == CUT else kept
            text = text.replace(
                f"\n{shown}```", "\n" + "\n".join(line.rstrip() for line in kept) + "\n```", 1
            )
        os.chdir(PAGE.parent)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    read_five_as_shipped()
    rewrite()
