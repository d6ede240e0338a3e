"""The rooms of the package as README and `docs/architecture.md` list them, from their own docstrings.

`python tests/docs/test_rooms.py` writes both lists anew.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import egovkg
import pytest
from egovkg.tests.house.plan import MAY_IMPORT
from egovkg.tests.house.rules import House, Source

ROOT = Path(egovkg.__file__).parent
HOUSE = House(ROOT)
README, ARCHITECTURE = ROOT / "README.md", ROOT / "docs" / "architecture.md"
WITHOUT_CODE = {
    "corpus": "Annotated articles (`*.kg.md`), the register of what they name, measures and units.",
    "tests": "The same folders, with `cases/` for input and expected output, `house/` for the rules.",
    "benchmarks": "Speed as a ratio to a peer in the same run.",
    "docs": "What users and contributors read.",
}


def first_line(source: Source) -> str:
    return (ast.get_docstring(source.tree) or "").partition("\n")[0]


def packages() -> dict[str, str]:
    """Package → what its docstring says in one line."""
    faces = (source for source in HOUSE.sources if source.path.name == "__init__.py" and source.name)
    return {source.name: first_line(source) for source in faces}


def plan() -> str:
    """The top folders, as README lists them."""
    folders = {name: line for name, line in packages().items() if "." not in name} | WITHOUT_CODE
    width = max(map(len, folders)) + 2
    return "\n".join(["```", *(f"{name + '/':{width}} {line}" for name, line in folders.items()), "```"])


def rooms() -> str:
    """Every package with what it may import, and a line for each of its modules."""
    parts = []
    for package, line in packages().items():
        below = MAY_IMPORT.get(package)
        allowed = (
            ", ".join(f"`{name}`" for name in sorted(below)) if below else "nothing but the ground floor"
        )
        modules = [
            f"- [`{source.path.name}`](../{source.path.relative_to(ROOT).as_posix()}): {first_line(source)}"
            for source in HOUSE.packages[package]
        ]
        parts.append(f"### `{package}`\n\n{line}")
        parts.append(f"Imports {'everything' if package.startswith('cli') else allowed}.")
        parts += ["\n".join(modules)] if modules else []
    return "\n\n".join(parts)


def with_list(page: Path, name: str, text: str) -> str:
    """A page with the list between its two marks made anew."""
    marked = re.compile(rf"(<!-- {name}: [^>]*-->\n).*?(\n<!-- end -->)", re.DOTALL)
    new, count = marked.subn(lambda match: match[1] + text + match[2], page.read_text("utf-8"))
    assert count == 1, f"{page.name} has no place for {name}"
    return new


PAGES = [(README, "plan", plan), (ARCHITECTURE, "rooms", rooms)]


@pytest.mark.parametrize(("page", "name", "make"), PAGES, ids=lambda value: getattr(value, "name", None))
def test_lists_of_rooms_are_up_to_date(page: Path, name: str, make: object) -> None:
    assert callable(make)
    assert page.read_text("utf-8") == with_list(page, name, make()), "run: python tests/docs/test_rooms.py"


SECTION = (
    ARCHITECTURE.read_text("utf-8").partition("## Where a change belongs")[2].partition("## The rooms")[0]
)
CHANGES = re.findall(r"^\| (an?[^|]+) \| [^|]+ \| (.+) \|$", SECTION, re.MULTILINE)


@pytest.mark.parametrize(("change", "files"), CHANGES, ids=[change for change, _ in CHANGES])
def test_a_change_touches_few_files_that_are_there(change: str, files: str) -> None:
    paths = re.findall(r"`([^`]+)`( \(new\))?", files)
    assert len(paths) <= 6
    for path, is_new in paths:
        if not is_new and not re.search(r"[<*]", path) and path != "words/":
            assert (ROOT / path).exists(), f"{change}: {path}"


def test_the_ten_usual_changes_have_their_room() -> None:
    assert len(CHANGES) >= 10


if __name__ == "__main__":
    for page, name, make in PAGES:
        page.write_text(with_list(page, name, make()), encoding="utf-8")
