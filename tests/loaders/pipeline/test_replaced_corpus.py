"""A corpus folder in place of the shipped one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.loaders.pipeline.checking import articles_of
from egovkg.loaders.pipeline.corpus import REPLACEMENT, default_folder, shipped_folder
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.tests.corpora.folders import FIVE

PACKAGED = FIVE.parents[2] / "corpus"
CASES = Path(__file__).parents[2] / "cases" / "errors"


def test_its_register_and_articles_are_the_only_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(CASES / "25-no-year", tmp_path / "other"))
    monkeypatch.setenv(REPLACEMENT, str(folder))
    monkeypatch.chdir(tmp_path)
    assert shipped_folder() == default_folder() == folder
    assert [path.name for path in articles_of([])] == ["a.kg.md"]
    prefixes = {entity.curie.partition(":")[0] for entity in load_lexicon([]).lexicon.register.entities}
    assert prefixes == {"vd"}


def test_without_it_the_corpus_in_the_package_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REPLACEMENT, "")
    assert shipped_folder() == PACKAGED


def test_the_folder_in_the_package_is_no_corpus_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PACKAGED.parent)
    assert default_folder() == FIVE


@pytest.mark.parametrize(
    ("words", "status"), [(["check"], 1), (["build", "--corpus", "shipped"], 2), (["new", "a"], 1)]
)
def test_a_folder_that_is_missing_is_named(
    words: list[str], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(REPLACEMENT, "nowhere")
    done = CliRunner().invoke(main, [*words, "--lang", "en"])
    assert (done.exit_code, done.stdout) == (status, "")
    assert done.stderr.endswith("EGOVKG_CORPUS=nowhere: no such folder\n")
