"""A new article to start from: it passes every check, and never touches what is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from egovkg.errors import InputError, WriteError
from egovkg.loaders.article.formatting import would_change
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.pipeline.scaffold import ArticleDraft, new_article, prefix_of


def start(article: str, folder: Path, **given: str) -> tuple[Path, ...]:
    options = {"scope": "vn:viet-nam", "published": "2020-01-01", **given}
    return new_article(ArticleDraft(article, **options), folder)


@pytest.mark.parametrize(
    "article", ["minh-hoa-2021", "bac-kan-2021", "tuyen-quang-2021", "2021", "c", "nat-a", "vn-a", "c-o-d-e"]
)
def test_new_article_passes_every_check(tmp_path: Path, article: str) -> None:
    written = start(article, tmp_path)
    assert [path.is_file() for path in written] == [True, True]
    assert check([tmp_path]) == ()
    assert not would_change(written[0], "a")
    built = build([tmp_path], tmp_path / "home")
    assert (built.claims, built.problems) == (1, ())


def test_many_articles_of_one_folder_do_not_meet(tmp_path: Path) -> None:
    for article in ("ha-noi-2020", "ha-noi-2021", "ha-nam-2021"):
        start(article, tmp_path)
    assert sorted(path.name for path in (tmp_path / "register").iterdir()) == [
        "hn.yaml",
        "hn2.yaml",
        "hn3.yaml",
    ]
    assert check([tmp_path]) == ()


@pytest.mark.parametrize(
    ("article", "given", "code"),
    [
        ("Bắc Kạn", {}, "KG014"),
        ("../x", {}, "KG014"),
        ("a" * 200, {}, "KG014"),
        ("", {}, "KG014"),
        ("x", {"prefix": "tq"}, "KG018"),
        ("x", {"prefix": "code"}, "KG018"),
        ("x", {"prefix": "../x"}, "KG018"),
        ("x", {"scope": "vn:bac-can"}, "KG021"),
        ("x", {"published": "2020-13-01"}, "KG040"),
        ("x", {"published": "2020-06/2020-12~"}, "KG040"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(
    tmp_path: Path, article: str, given: dict[str, str], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        start(article, tmp_path / "corpus", **given)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert list(tmp_path.iterdir()) == []


def test_an_article_that_exists_is_kept(tmp_path: Path) -> None:
    path, _ = start("x", tmp_path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="KG015"):
        start("x", tmp_path)
    assert path.read_text("utf-8") == "mine"


def test_an_id_of_another_file_is_taken(tmp_path: Path) -> None:
    path, _ = start("x", tmp_path)
    path.rename(path.with_name("other.kg.md"))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=r'KG015 article id "x" already used in .*other\.kg\.md:3'):
        start("x", tmp_path)
    with pytest.raises(InputError, match=r"already used in .*bac-kan-2019\.kg\.md:3"):
        start("bac-kan-2019", tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WriteError, match=r"x\.kg\.md: KG099 cannot write \(.* choose another place"):
        start("x", tmp_path / "file")


def test_prefixes() -> None:
    assert [prefix_of(name) for name in ("minh-hoa-2021", "a", "2021")] == ["mh", "a", "a"]
