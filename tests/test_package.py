"""The package as a whole: nothing forgotten, imports in one direction, nothing of a machine inside."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from inspect import isclass, isfunction
from pathlib import Path

import egovkg
import pytest

ROOT = Path(egovkg.__file__).parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FOLDERS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
SOURCES = sorted([*ROOT.glob("*.py"), *(path for name in FOLDERS for path in (ROOT / name).glob("*.py"))])
LEFT_OUT = {".git", ".venv", ".egovkg", "build", "dist", "site", "__pycache__"}
BELOW = {
    "ontology": set[str](),
    "graph": {"ontology"},
    "queries": {"graph", "ontology"},
    "loaders": {"graph", "ontology"},
    "viz": {"queries", "graph", "ontology"},
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(("egovkg", *(part for part in parts if part != "__init__")))


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


def imports(path: Path, *, types: bool) -> set[str]:
    """List the modules of ours that a source imports, as full names.

    :param types: whether to count imports anywhere, also in functions and for types alone
    """
    tree = ast.parse(path.read_text("utf-8"))
    nodes = ast.walk(tree) if types else iter(tree.body)
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    found = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("egovkg")):
            base = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            module = ".".join(filter(None, (base if node.level else "", node.module)))
            found |= {f"{module}.{alias.name}" for alias in node.names} | {module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("egovkg")}
    return found & {name_of(source) for source in SOURCES}


def test_every_folder_is_a_package() -> None:
    assert sorted(CONFIG["tool"]["setuptools"]["packages"]) == [
        "egovkg",
        *(f"egovkg.{name}" for name in FOLDERS),
    ]
    assert set(FOLDERS) == set(BELOW)


def test_every_data_file_is_package_data() -> None:
    data = CONFIG["tool"]["setuptools"]["package-data"]
    for name in FOLDERS:
        patterns = data.get(f"egovkg.{name}", [])
        for path in (ROOT / name).iterdir():
            if path.is_file() and path.suffix not in {".py", ".pyc"}:
                assert any(fnmatch(path.name, pattern) for pattern in patterns), path
    for path in (path for path in (ROOT / "corpus").rglob("*") if path.is_file()):
        assert path.name.endswith((".kg.md", ".yaml")), path


STATING = [path for path in SOURCES if re.search("^__all__ =", path.read_text("utf-8"), re.MULTILINE)]


@pytest.mark.parametrize("path", STATING, ids=name_of)
def test_all_names_what_is_public(path: Path) -> None:
    module = importlib.import_module(name_of(path))
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


@pytest.mark.parametrize("path", [path for path in SOURCES if path.parent != ROOT], ids=name_of)
def test_imports_point_down(path: Path) -> None:
    folder = path.parent.name
    reached = {name.split(".")[1] for name in imports(path, types=True) if name.count(".")}
    assert reached <= {folder, "errors", *BELOW[folder]}


def test_the_ground_floor_stands_on_nothing() -> None:
    assert imports(ROOT / "__init__.py", types=True) == set()
    assert imports(ROOT / "errors.py", types=False) == set()


def test_no_circle_of_imports() -> None:
    below = {name_of(path): imports(path, types=False) - {name_of(path), "egovkg"} for path in SOURCES}
    assert set(TopologicalSorter(below).static_order()) >= set(below)


def test_sources_are_of_readable_size() -> None:
    long = {name_of(path): n for path in SOURCES if (n := path.read_text("utf-8").count("\n")) > 400}
    assert long == {}


def test_functions_are_of_readable_size() -> None:
    long = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
                if node.end_lineno - start >= 40:
                    long.add(f"{name_of(path)}.{node.name}")
    assert long == set()


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
