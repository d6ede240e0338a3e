"""The scripts of all pages: their tests in Node.js, their order, and what must not stand in them."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import egovkg
import pytest
import yaml
from egovkg.ontology.codes import code_list
from egovkg.viz.explorer.assets import BOOT, MAIN, NETWORK_PAGE, OPENING, script_text
from egovkg.viz.explorer.compression import inflated
from egovkg.viz.explorer.page import render
from egovkg.viz.shared.script_modules import ScriptModule, module_order
from egovkg.viz.site.render import static_files

ROOT = Path(egovkg.__file__).parent
TESTS = Path(__file__).parents[1]
CASES = TESTS / "cases"
NODE = shutil.which("node")
SCRIPT_TESTS = sorted(TESTS.rglob("*.test.js"))
EXPLORER_SCRIPTS = ROOT / "viz" / "explorer" / "static"
SHARED_SCRIPTS = ROOT / "viz" / "static"
# Folders of the explorer's scripts, each of which may import from those before it.
LAYERS = ("../../static", "data", "state", "wording", "layout", "drawing", "files", "panels", "")
# Codes that are everyday words of programs as well: a folder of data.
EVERYDAY = {"data"}


@pytest.fixture(scope="session")
def script_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write what the tests in Node.js read: the data of a small page, and names with their keys."""
    picture_of = runpy.run_path(str(TESTS / "viz" / "explorer" / "conftest.py"))["picture_of"]
    page = render(picture_of((CASES / "picture" / "small.trig").read_text("utf-8")))
    element = re.search(r'id="data">([^<]*)<', page)
    assert element
    content = {
        "page": json.loads(inflated(element[1])),
        "folding": yaml.safe_load((CASES / "folding.yaml").read_text("utf-8")),
        "formulas": yaml.safe_load((CASES / "formulas.yaml").read_text("utf-8")),
    }
    path = tmp_path_factory.mktemp("scripts") / "data.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


@pytest.mark.skipif(NODE is None, reason="no Node.js found; install it to test the scripts of the pages")
@pytest.mark.parametrize("path", SCRIPT_TESTS, ids=lambda path: path.name)
def test_in_node(path: Path, script_data: Path) -> None:
    assert NODE
    environment = os.environ | {"EGOVKG_SCRIPT_DATA": str(script_data)}
    run = subprocess.run(
        [NODE, "--test", path], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_module_of_data_state_and_wording_has_a_test_that_imports_it() -> None:
    tested = "".join(path.read_text("utf-8") for path in SCRIPT_TESTS)
    in_a_browser_only = {"state/trail.js"}  # the history of the browser
    for folder in ("data", "state", "wording"):
        for path in (EXPLORER_SCRIPTS / folder).glob("*.js"):
            name = f"{folder}/{path.name}"
            assert f"static/{name}" in tested or name in in_a_browser_only, name


@pytest.fixture(scope="module")
def modules() -> list[ScriptModule]:
    return [
        module for entry in (BOOT, NETWORK_PAGE, OPENING, MAIN) for module in module_order(entry, script_text)
    ]


def test_no_script_is_forgotten(modules: list[ScriptModule]) -> None:
    scripts = [*EXPLORER_SCRIPTS.rglob("*.js"), *SHARED_SCRIPTS.glob("*.js")]
    paths = {os.path.relpath(path, EXPLORER_SCRIPTS).replace(os.sep, "/") for path in scripts}
    assert {module.path for module in modules} == paths


def test_every_export_is_imported(modules: list[ScriptModule]) -> None:
    imported = {
        (path, name) for module in modules for path, names in module.imports.items() for name in names
    }
    tested = "".join(path.read_text("utf-8") for path in SCRIPT_TESTS)
    for module in modules:
        for name in module.exports:
            assert (module.path, name) in imported or name in tested, (module.path, name)


def test_imports_run_one_way_between_folders(modules: list[ScriptModule]) -> None:
    def height(path: str) -> int:
        return LAYERS.index(path.rpartition("/")[0])

    for module in modules:
        for path in module.imports:
            assert height(path) <= height(module.path), (module.path, path)


def test_order_follows_from_imports(modules: list[ScriptModule]) -> None:
    seen: set[str] = set()
    for module in modules:
        assert set(module.imports) <= seen, module.path
        seen.add(module.path)


def test_the_search_of_the_site_folds_by_the_script_of_the_explorer() -> None:
    script = static_files()["search.js"].decode()
    shared = (SHARED_SCRIPTS / "folding.js").read_text("utf-8")
    assert shared.replace("export ", "") in script
    assert not re.search(r"^(import|export)", script, re.MULTILINE)


def all_scripts() -> list[Path]:
    folders = [ROOT / "viz", ROOT / "service"]
    return sorted(path for folder in folders for path in folder.rglob("static/**/*.js"))


@pytest.mark.parametrize("path", all_scripts(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_code_of_the_ontology_stands_in_a_script(path: Path) -> None:
    """Statuses, layers and verdicts arrive with the data of a page."""
    assert not codes_in(path) - EVERYDAY


def test_every_everyday_word_is_in_a_script() -> None:
    assert set().union(*map(codes_in, all_scripts())) == EVERYDAY


def codes_in(path: Path) -> set[str]:
    lists = ("Status", "Layer", "Verdict", "TargetVerdict", "Polarity")
    codes = {code.slug for name in lists for code in code_list(name)}
    return codes.intersection(re.findall(r"""["'`]([\w-]+)["'`]""", path.read_text("utf-8")))
