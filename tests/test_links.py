"""Below symbolic links: the checkout, the environment, the corpus and the home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from urllib.request import urlopen

import egovkg
import pytest
from egovkg.graph.publish import building, open_published
from egovkg.loaders.pipeline import build
from egovkg.loaders.pipeline.checking import check
from egovkg.service.background import background
from egovkg.service.workers.readable_paths import link_targets
from egovkg.tests.corpora.folders import FIVE

ROOT = Path(egovkg.__file__).resolve().parent
LOADED_LATE = ("scipy", "jinja2")  # by a worker, when it is first asked for what needs them

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights")


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Make an environment whose libraries are links, or folders with a link a file, as some installers do."""
    venv.create(tmp_path / "environment", symlinks=True)
    (folder,) = (tmp_path / "environment" / "lib").glob("*/site-packages")
    for entry in reversed([Path(path) for path in sys.path if (Path(path) / "pyoxigraph").is_dir()]):
        for library in entry.iterdir():
            if library.name in LOADED_LATE:
                shutil.copytree(library, folder / library.name, copy_function=os.symlink)
            else:
                (folder / library.name).symlink_to(library)
    (folder / "egovkg").unlink(missing_ok=True)
    (folder / "egovkg").symlink_to(ROOT)
    return tmp_path / "environment"


def test_checkout_below_a_link(tmp_path: Path) -> None:
    (tmp_path / "egovkg").symlink_to(ROOT)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "EGOVKG_LANG": "en"}
    code = "import egovkg.cli; print(egovkg.__file__, flush=True); egovkg.cli.main(['check'])"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == f"{tmp_path}/egovkg/__init__.py\n", done.stderr
    assert done.stderr == f"checked: {FIVE}\nnothing to report\n"


def test_corpus_below_a_link(tmp_path: Path) -> None:
    (tmp_path / "corpus").symlink_to(FIVE)
    assert check([tmp_path / "corpus"]) == check([FIVE]) == ()


@pytest.mark.parametrize("target", ["real", "missing/deep"])
def test_home_is_a_link(tmp_path: Path, target: str) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "home").symlink_to(target)
    with building(tmp_path / "home") as staging:
        assert staging.is_dir()
    assert (tmp_path / target / "versions").is_dir()


def test_article_and_register_are_links(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "articles").mkdir(parents=True)
    for path in (FIVE / "articles").iterdir():
        (tmp_path / "corpus" / "articles" / path.name).symlink_to(path)
    assert check([tmp_path / "corpus"]) == ()
    build([tmp_path / "corpus"], tmp_path / "home")
    assert len(open_published(tmp_path / "home")) > 0


def test_targets_of_links_beside_the_engine(tmp_path: Path) -> None:
    for name in ("store/whole", "store/other", "libraries/partial"):
        (tmp_path / name).mkdir(parents=True)
    file = tmp_path / "store" / "other" / "__init__.py"
    file.touch()
    (tmp_path / "libraries" / "whole").symlink_to(tmp_path / "store" / "whole")
    (tmp_path / "libraries" / "partial" / "__init__.py").symlink_to(file)
    targets = {str(tmp_path / "store" / "whole"), str(file.parent)}
    assert set(link_targets(str(tmp_path / "libraries"))) == targets


@pytest.mark.engine
def test_service_in_an_environment_of_links(
    home: Path, environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "home").symlink_to(home)
    (tmp_path / "link").symlink_to(environment)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "link" / "bin" / "python"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    with background(tmp_path / "home", "--no-pages", "--workers", "1") as service:
        for path in ("api/impact?entity=tq:lgsp", "ontology", "api/gaps"):  # these load libraries when asked
            assert urlopen(f"{service.url}{path}").status == 200
