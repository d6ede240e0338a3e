"""A check that is repeated: the same answers as a new one, and only what changed is read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from egovkg.loaders.pipeline.checking import CorpusCheck, check
from egovkg.loaders.pipeline.preparation import Preparer
from egovkg.tests.corpora.folders import FIVE

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.loaders.pipeline.article_files import LoadedArticle

ARTICLES = ("bac-lieu-2022", "yen-lap-2018")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for name in ARTICLES:
        shutil.copy(FIVE / "articles" / f"{name}.kg.md", tmp_path / "articles")
    return tmp_path


def test_only_what_changed_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    load = Preparer.load

    def counted(preparer: Preparer, path: Path) -> LoadedArticle:
        read.append(path.name)
        return load(preparer, path)

    monkeypatch.setattr(Preparer, "load", counted)
    repeated = CorpusCheck([folder])
    assert repeated.problems() == ()
    article = folder / "articles" / "yen-lap-2018.kg.md"
    sound = article.read_text("utf-8")
    read.clear()
    article.write_text(sound.replace("pt:dvctt ", "pt:dvcct "), "utf-8")
    assert {problem.code for problem in repeated.problems()} == {"KG021"}
    assert repeated.problems() == check([folder])
    assert read[:1] == ["yen-lap-2018.kg.md"]
    assert read.count("bac-lieu-2022.kg.md") == 1  # by the check that is not repeated
    article.write_text(sound, "utf-8")
    assert repeated.problems() == ()


def test_a_violated_shape_goes_with_its_article(folder: Path) -> None:
    article = folder / "articles" / "yen-lap-2018.kg.md"
    text = article.read_text("utf-8")
    line = "vn:phu-tho  measuredByIndex  nat:pci  {from: 2017, by: 2016}"
    article.write_text(text + f"\n```claims\n{line}\n```\n", "utf-8")
    repeated = CorpusCheck([folder])
    assert [problem.code for problem in repeated.problems()] == ["KG090"]
    assert repeated.problems() == check([folder])
    article.unlink()
    assert repeated.problems() == ()


def test_a_changed_register_changes_everything(folder: Path) -> None:
    repeated = CorpusCheck([folder])
    assert repeated.problems() == ()
    (folder / "register").mkdir()
    register = folder / "register" / "th.yaml"
    register.write_text("prefix: th\nentities:\n  a: {kind: Nothing, vi: A, en: A}\n", "utf-8")
    assert [problem.code for problem in repeated.problems()] == [problem.code for problem in check([folder])]
    assert repeated.problems()


def test_a_buffer_counts_instead_of_the_file(folder: Path) -> None:
    buffers: dict[Path, bytes] = {}
    article = (folder / "articles" / "yen-lap-2018.kg.md").resolve()
    repeated = CorpusCheck([article], buffers=buffers)
    assert repeated.problems() == ()
    buffers[article] = article.read_bytes().replace(b"kg: 1", b"kg: 7", 1)
    assert [problem.code for problem in repeated.problems()] == ["KG016"]
    buffers.clear()
    assert repeated.problems() == ()
