"""The wheel, built without network and run with the sources out of reach, also below symbolic links."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import egovkg
import pytest
from egovkg.loaders.pipeline.corpus import REPLACEMENT
from egovkg.viz.explorer.compression import inflated

ROOT = Path(egovkg.__file__).parent
DATA = {".ttl", ".xml", ".rq", ".yaml", ".tsv", ".txt", ".md", ".j2", ".css", ".js", ".typed"}
PARTS = ("cli", "corpus", "graph", "loaders", "ontology", "queries", "service", "viz", "words")
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def pip(*words: str, cwd: Path) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", *words]
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, **OFFLINE}
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    sources = folder / "sources"
    shutil.copytree(
        ROOT,
        sources,
        ignore=shutil.ignore_patterns(".*", "*.egg-info", "build", "dist", "tests", "__pycache__"),
    )
    pip(
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder / "dist"),
        str(sources),
        cwd=folder,
    )
    shutil.rmtree(sources)
    (found,) = (folder / "dist").iterdir()
    return found


@pytest.fixture(scope="module")
def away(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel away from the sources; give a folder beside it to stand in."""
    folder = tmp_path_factory.mktemp("away")
    pip("install", "--no-deps", "--target", str(folder / "installed"), str(wheel), cwd=folder)
    return folder


@pytest.fixture(scope="module", params=["folder", "link"])
def place(request: pytest.FixtureRequest, away: Path) -> Path:
    """Give the folder of the installation itself, and a symbolic link to it."""
    if request.param == "folder":
        return away
    link = away.with_name(f"{away.name}-link")
    link.symlink_to(away, target_is_directory=True)
    return link


def run(away: Path, *words: str) -> str:
    env = {
        **{name: value for name, value in os.environ.items() if name != REPLACEMENT},
        "PYTHONPATH": str(away / "installed"),
        "EGOVKG_HOME": str(away / "home"),
        "EGOVKG_NO_BROWSER": "1",
        "EGOVKG_LANG": "en",
    }
    done = subprocess.run([sys.executable, *words], cwd=away, capture_output=True, env=env, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_wheel_holds_every_source_and_every_data_file(wheel: Path) -> None:
    inside = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    paths = [*ROOT.glob("*.py"), ROOT / "py.typed"]
    for part in PARTS:
        paths += [path for path in (ROOT / part).rglob("*") if path.suffix in DATA | {".py"}]
    assert inside == {f"egovkg/{path.relative_to(ROOT).as_posix()}" for path in paths}
    for suffix in (".kg.md", ".yaml", ".ttl", ".rq", ".j2", ".js"):
        assert any(name.endswith(suffix) for name in inside), suffix


def test_wheel_names_its_licence_and_command(wheel: Path) -> None:
    archive = ZipFile(wheel)
    names = {name.partition(".dist-info/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
    metadata = archive.read(names["METADATA"]).decode()
    assert "License-Expression: MIT" in metadata
    assert "egovkg = egovkg.__main__:main" in archive.read(names["entry_points.txt"]).decode()
    assert any(name.endswith("LICENSE") for name in names)


def test_the_main_job_runs_without_the_sources(place: Path) -> None:
    where = run(
        place,
        "-c",
        "import egovkg, egovkg.loaders.pipeline.corpus as c\n"
        "print(egovkg.__file__, c.shipped_folder(), sep='\\n')",
    )
    installed = (place / "installed").resolve()
    assert all(Path(line).resolve().is_relative_to(installed) for line in where.splitlines())
    articles = len(list((ROOT / "corpus/articles").glob("*.kg.md")))
    printed = run(place, "-m", "egovkg", "build")
    assert f"articles: {articles} (" in printed
    assert "accounting: read" in printed
    assert len(json.loads(run(place, "-m", "egovkg", "ask", "articles", "--format", "json"))) == articles
    assert run(place, "-m", "egovkg", "check") == ""
    assert "tq:lgsp" in run(place, "-m", "egovkg", "show", "tq:lgsp")


def test_the_page_is_drawn_without_the_sources(place: Path) -> None:
    run(place, "-m", "egovkg", "build")
    run(place, "-m", "egovkg", "draw", "explorer", "-o", "page.html")
    page = (place / "page.html").read_text("utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    texts = map(inflated, re.findall(r'type="text/plain"[^>]*>([^<]+)<', page))
    assert any("Tuyên Quang" in text for text in texts)
