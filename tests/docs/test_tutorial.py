"""The tutorial and the README show what the program prints: their commands run, their outputs are compared.

A fenced block `console` holds commands (`$ egovkg …`) with what they print; a block with `file=NAME` in its
first line is written to that file before the next command runs, or, a `diff`, changes lines of it. A line `…`
stands for any lines.
`python tests/docs/test_tutorial.py` writes the outputs anew.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from egovkg.cli import main as main_verb
from egovkg.loaders.pipeline.corpus import REPLACEMENT
from egovkg.tests.corpora.folders import FIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
README = "README.md"
SHIPPED = {README, "docs/country.md"}  # the others read a copy of the five articles in the folder `five`
DOCUMENTS = ("docs/tutorial.md", "docs/gaps.md", "docs/scaling.md", *sorted(SHIPPED))
BUILT = {*SHIPPED, "docs/scaling.md"}  # they begin with a published graph
CUT = "…"
_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
_VERSION = re.compile(r"\bversion [0-9a-f]{16}\b")  # changes with every change of the ontology or register


@dataclass(frozen=True)
class Block:
    """A fenced block.

    :param start: where its body begins in the document
    """

    info: str
    body: str
    start: int

    @property
    def file(self) -> str | None:
        """The file it is to be written to, if any."""
        found = re.search(r"\bfile=(\S+)", self.info)
        return found[1] if found else None


@dataclass(frozen=True)
class Step:
    """One command of a console block, and the lines that the document shows under it."""

    command: str
    shown: str


def blocks(text: str) -> Iterator[Block]:
    """List the fenced blocks of a document."""
    for match in _FENCE.finditer(text):
        yield Block(match["info"].strip(), match["body"], match.start("body"))


def steps(body: str) -> Iterator[Step]:
    """Take a console block apart; a command ends with its line."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield Step(command, shown)


def run(command: str, folder: Path) -> str:
    """Run a command of the tutorial, without a shell, in this process, which has loaded the modules.

    :returns: all that it prints, in the order in which it is printed
    """
    program, *arguments = shlex.split(command)
    assert program == "egovkg", f"{program}: only egovkg is run; use another kind of block"
    corpus = FIVE.name if (folder / FIVE.name).is_dir() else ""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)  # in the order of writing
    with (
        pytest.MonkeyPatch.context() as patch,
        chdir(folder),
        redirect_stdout(printed),
        redirect_stderr(printed),
    ):
        for name in [name for name in os.environ if name.startswith("EGOVKG_")]:
            patch.delenv(name)
        patch.setenv("EGOVKG_NO_BROWSER", "1")
        patch.setenv(REPLACEMENT, corpus)
        with pytest.raises(SystemExit) as ending:
            main_verb(arguments, prog_name=program)
    printed.seek(0)
    text = printed.read()
    assert ending.value.code in {0, 1}, f"{command}\n{text}"
    return text


def agrees(shown: str, printed: str) -> bool:
    """Tell whether a document shows what was printed; version names and blank lines at the end are free.

    >>> agrees("a\\n…\\nd\\n", "a\\nb\\nc\\nd\\n"), agrees("a\\n", "a\\nb\\n")
    (True, False)
    """
    lines = [_VERSION.sub("version", line.rstrip()) for line in shown.rstrip().split("\n")]
    pattern = "".join(r"(?:.*\n)*?" if line == CUT else re.escape(line) + r"\n" for line in lines)
    wanted = [_VERSION.sub("version", line.rstrip()) for line in printed.rstrip().split("\n")]
    return re.fullmatch(pattern, "\n".join(wanted) + "\n") is not None


def place(block: Block, folder: Path) -> None:
    """Write a block to its file; a `diff` replaces lines (`-old`, `+new`) of the file as it is."""
    target = folder / str(block.file)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not block.info.startswith("diff"):
        target.write_text(block.body, encoding="utf-8")
        return
    text = target.read_text(encoding="utf-8")
    for old, new in re.findall(r"^-(.*)\n\+(.*)\n", block.body, flags=re.MULTILINE):
        assert text.count(f"{old}\n") == 1, old
        text = text.replace(f"{old}\n", f"{new}\n")
    target.write_text(text, encoding="utf-8")


def prepare(name: str, folder: Path) -> None:
    """Do what a document takes for granted."""
    if name not in SHIPPED:
        shutil.copytree(FIVE, folder / FIVE.name)
    if name in BUILT:
        printed = run("egovkg build --lang en", folder)
        assert "published version" in printed, printed


def walk(text: str, folder: Path) -> Iterator[tuple[Block, Step, str]]:
    """Write the files and run the commands of a document, one after the other."""
    for block in blocks(text):
        if block.file:
            place(block, folder)
        elif block.info == "console":
            for step in steps(block.body):
                yield block, step, run(step.command, folder)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_shown_output_is_real(name: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    prepare(name, tmp_path)
    count = 0
    for _, step, printed in walk(text, tmp_path):
        count += 1
        assert agrees(step.shown, printed), f"$ {step.command}\nshown:\n{step.shown}\nprinted:\n{printed}"
    assert count == text.count("\n$ egovkg ") > 0


def test_a_cut_stands_for_any_lines() -> None:
    assert agrees("one\n…\nfour\n", "one\ntwo\nthree\nfour\n")
    assert agrees("one\n…\ntwo\n", "one\ntwo\n")
    assert not agrees("one\n…\n", "two\nthree\n")
    assert not agrees("one\n", "one\ntwo\n")
    assert agrees("published version 0123456789abcdef in x\n", "published version fedcba9876543210 in x\n")


def test_steps_keep_blank_lines_of_the_output() -> None:
    assert list(steps("$ egovkg a\nx\n\ny\n$ egovkg b\n")) == [
        Step("egovkg a", "x\n\ny\n"),
        Step("egovkg b", ""),
    ]


def recut(shown: str, printed: str) -> str:
    """Cut what was printed as the document cut it: each part begins with the same line and is as long."""
    lines = printed.rstrip().split("\n")
    parts = [part.strip("\n").split("\n") for part in f"\n{shown.rstrip()}\n".split(f"\n{CUT}\n")]
    out, at = [], 0
    for number, part in enumerate(parts):
        if number:
            out.append(CUT)
        if part[0] in lines[at:] or not number:
            at = lines.index(part[0], at) if number else 0
            out += lines[at : at + len(part)] if part != [""] else []
            at += len(part)
    return "\n".join(line for i, line in enumerate(out) if line != CUT or out[i - 1 : i] != [CUT]) + "\n"


def test_an_output_is_cut_as_it_was() -> None:
    assert recut("a\nb\n…\nx\ny\n…\n", "A\nB\nc\nx\nY\nz\n") == "A\nB\n…\nx\nY\n…\n"
    assert recut("a\n", "b\nc\n") == "b\n"


def rewrite(name: str, folder: Path) -> str:
    """Put what the commands print into a document, with the cuts that the document has."""
    text = (ROOT / name).read_text(encoding="utf-8")
    prepare(name, folder)
    bodies: dict[int, str] = {}
    olds: dict[int, str] = {}
    for block, step, printed in walk(text, folder):
        fails = printed.startswith("egovkg: ") and not step.shown.startswith("egovkg: ")
        assert not fails, f"{name}: $ {step.command}\n{printed}\nwrite another command into the page"
        cut = recut(step.shown, printed) if f"\n{CUT}\n" in f"\n{step.shown}" else printed
        kept = step.shown if agrees(step.shown, printed) else cut
        olds[block.start] = block.body
        bodies[block.start] = bodies.get(block.start, "") + f"$ {step.command}\n{kept}"
    for start in sorted(bodies, reverse=True):
        text = text[:start] + bodies[start].rstrip("\n") + "\n" + text[start + len(olds[start]) :]
    return text


def main() -> None:
    """Write the outputs of all documents anew."""
    for name in DOCUMENTS:
        with TemporaryDirectory() as folder:
            text = rewrite(name, Path(folder))
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
