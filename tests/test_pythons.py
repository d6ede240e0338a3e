"""Pythons that are too old, and environments that a first try left half made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import egovkg
import pytest

ROOT = Path(egovkg.__file__).resolve().parent
NEED = "egovkg needs Python 3.11 or later; this is Python"
OLD = [(2, 7), (3, 6), (3, 9), (3, 10)]
NEW = [(3, 11), (3, 12), (3, 14)]

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="needs make")


def python_of(version: tuple[int, int], folder: Path) -> Path:
    """Write a Python that takes itself for another version, and whose environments are links to itself."""
    path = folder / f"python{version[0]}.{version[1]}"
    path.write_text(
        f"""#!/bin/sh
test "$1$2" = "-mpip" && exit 0
test "$1$2" = "-mvenv" && {{ rm -rf .venv; mkdir -p .venv/bin; ln -s {path} .venv/bin/python; exit; }}
exec {sys.executable} -c 'import sys; sys.version_info = (*{version}, 0); exec(sys.argv[1])' "$2"
""",
        "utf-8",
    )
    path.chmod(0o755)
    return path


def make(folder: Path, python: Path) -> subprocess.CompletedProcess[str]:
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    command = ["make", "--no-print-directory", ".venv/.ready", f"PYTHON={python}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("version", OLD)
def test_make_names_the_python_that_is_needed(version: tuple[int, int], tmp_path: Path) -> None:
    done = make(tmp_path, python_of(version, tmp_path))
    assert done.returncode
    assert done.stderr.startswith(f"{NEED} {version[0]}.{version[1]}: make explore PYTHON=python3.11\n")
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("version", NEW)
def test_make_takes_a_later_python(version: tuple[int, int], tmp_path: Path) -> None:
    assert make(tmp_path, python_of(version, tmp_path)).returncode == 0


@pytest.mark.parametrize("first", ["missing", "empty", "without-pip", "old", "dangling", "ready"])
def test_second_try_after_a_failed_first_one(first: str, tmp_path: Path) -> None:
    python = python_of((3, 12), tmp_path)
    programs = tmp_path / ".venv" / "bin"
    if first != "missing":
        programs.mkdir(parents=True)
        (programs / "of-the-first-try").touch()
    if first == "without-pip":
        (programs / "python").write_text("#!/bin/sh\ntest $1 != -m\n", "utf-8")
        (programs / "python").chmod(0o755)
    elif first in ("old", "dangling", "ready"):
        targets = {"old": python_of((3, 10), tmp_path), "dangling": tmp_path / "removed", "ready": python}
        (programs / "python").symlink_to(targets[first])
    done = make(tmp_path, python)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / ".venv" / ".ready").exists()
    assert (programs / "of-the-first-try").exists() == (first == "ready")


@pytest.mark.parametrize("version", OLD[1:])
def test_import_names_the_python_that_is_needed(version: tuple[int, int]) -> None:
    code = (
        f"import sys; sys.version_info = {version}; sys.argv = {{argv}}\n"
        f"exec(open({str(ROOT / '__init__.py')!r}, encoding='utf-8').read())"
    )
    for argv, ending in (
        (["-m"], f"{NEED} {version[0]}.{version[1]}"),
        ([""], f"ImportError: {NEED} {version[0]}"),
    ):
        command = [sys.executable, "-c", code.format(argv=argv)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1].startswith(ending)


def found_pythons() -> list[Path]:
    """List the Pythons of this machine that are older than 3.11, by their names."""
    folders = [*os.get_exec_path(), *map(str, (Path.home() / ".pyenv" / "versions").glob("*/bin"))]
    names = [f"python3.{minor}" for minor in range(6, 11)]
    paths = [Path(folder) / name for folder in folders for name in names]
    return [path for path in paths if path.exists() and "shims" not in path.parts]


@pytest.mark.parametrize("python", found_pythons(), ids=lambda path: path.name)
def test_old_python_of_this_machine(python: Path, tmp_path: Path) -> None:
    (tmp_path / "egovkg").symlink_to(ROOT)
    command = [str(python), "-B", "-m", "egovkg", "check"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == f"{NEED} {python.name.removeprefix('python')}\n"
