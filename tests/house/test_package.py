"""The package as a whole: every file shipped, every public name stated, nothing of a machine inside."""

from __future__ import annotations

import importlib
import re
import tomllib
from fnmatch import fnmatch
from inspect import isclass, isfunction
from pathlib import Path

import egovkg
import pytest
from egovkg.tests.house.rules import House, Source

ROOT = Path(egovkg.__file__).parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HOUSE = House(ROOT)
LEFT_OUT = {".git", ".venv", ".egovkg", "build", "dist", "site", "__pycache__"}
OF_A_PACKAGE = ("static", "templates", "tours", "words")  # folders whose files belong to the package above


def repository() -> list[Path]:
    """List the files that somebody wrote: no caches, no environment."""
    paths = (path for path in ROOT.rglob("*") if path.is_file())
    return [
        path
        for path in paths
        if not (LEFT_OUT & {*path.relative_to(ROOT).parts})
        and not any(
            part.endswith((".egg-info", "_cache", ".hypothesis")) for part in path.relative_to(ROOT).parts
        )
    ]


def full_name(source: Source) -> str:
    return f"egovkg.{source.name}" if source.name else "egovkg"


@pytest.mark.parametrize("package", [name for name in HOUSE.packages if name])
def test_every_data_file_is_package_data(package: str) -> None:
    """What no pattern names would be left out of the wheel."""
    patterns = CONFIG["tool"]["setuptools"]["package-data"].get(f"egovkg.{package}", [])
    folder = ROOT.joinpath(*package.split("."))
    paths = [*folder.iterdir(), *(path for name in OF_A_PACKAGE for path in (folder / name).rglob("*"))]
    for path in paths:
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            name = path.relative_to(folder).as_posix()
            assert any(fnmatch(name, pattern) for pattern in patterns), path


def test_the_corpus_holds_articles_and_registers() -> None:
    for path in (path for path in (ROOT / "corpus").rglob("*") if path.is_file()):
        assert path.name.endswith((".kg.md", ".yaml")) or path.name == "readings.tsv", path


STATING = [source for source in HOUSE.sources if re.search("^__all__ =", source.text, re.MULTILINE)]


@pytest.mark.parametrize("source", STATING, ids=full_name)
def test_all_names_what_is_public(source: Source) -> None:
    module = importlib.import_module(full_name(source))
    own = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (isclass(value) or isfunction(value))
        and value.__module__ == module.__name__
    }
    stated = list(module.__all__)
    assert len(stated) == len(set(stated))
    assert own <= set(stated)
    assert all(hasattr(module, name) for name in stated)


@pytest.mark.parametrize(
    "pattern",
    [
        r"pypi\.org/" + "simple",
        "--(extra-)?" + "index-url",
        "files" + r"\.pythonhosted",
        "/ho" + "me/[a-z]",
        "/Us" + "ers/[A-Za-z]",
        r"[A-Z]:\\" + "Users",
        "/ro" + "ot/",
        "/wo" + "rk/[a-z]",
    ],
)
def test_no_file_names_an_index_or_a_machine(pattern: str) -> None:
    wanted = re.compile(pattern)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in repository()
        for number, line in enumerate(path.read_bytes().decode("utf-8", errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(("name", "extra"), [("requirements.lock", None), ("requirements-dev.lock", "dev")])
def test_a_lock_holds_the_pinned_packages_with_their_hashes(name: str, extra: str | None) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    entries = [line.split() for line in text.splitlines() if not line.startswith("#")]
    constraints = (ROOT / "constraints.txt").read_text("utf-8").lower()
    lines = re.sub(r"[_.](?=.*==)", "-", constraints).splitlines()
    assert [words[0] for words in entries if words[0] not in lines] == []
    hashes = {
        words[0]: [word for word in words if re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", word)]
        for words in entries
    }
    assert [pin for pin, known in hashes.items() if not known] == []
    engine = next(pin for pin in hashes if pin.startswith("pyoxigraph=="))
    assert len(hashes[engine]) > 10  # its files for other systems and Pythons too
    project = CONFIG["project"]
    wanted = [*project["dependencies"], *(project["optional-dependencies"][extra] if extra else ())]
    names = {re.split(r"[\s<>=!~;\[]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names | {"setuptools"} <= {pin.partition("==")[0] for pin in hashes}


def test_every_dependency_is_pinned_in_the_constraints() -> None:
    def plain(requirement: str) -> str:
        return re.split(r"[\s<>=!~;\[]", requirement)[0].lower().replace("_", "-")

    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {plain(line) for line in lines if re.fullmatch(r"[A-Za-z0-9_.-]+==[^\s=]+", line)}
    assert len(pinned) == len(lines)
    project = CONFIG["project"]
    wanted = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    assert {plain(one) for one in wanted} <= pinned
