"""An article held against its original: the right text (KG070), and words of our own (KG080)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.loaders.pipeline.originals import MIN_COPIED
from egovkg.loaders.pipeline.scaffold import ArticleDraft, new_article
from egovkg.tests.corpora.folders import FIVE

ORIGINAL = "Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai mười ba mười bốn mười lăm.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    new_article(ArticleDraft("minh-hoa", "vn:viet-nam", "2020-01-01"), folder)
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "minh-hoa.txt").write_text(ORIGINAL, encoding="utf-8")
    return folder


def source(corpus: Path, digest: str, chars: int) -> None:
    path = corpus / "articles" / "minh-hoa.kg.md"
    line = f'source: {{kind: original-not-shipped, sha256: "{digest}", chars: {chars}}}\nlang: vi\n'
    path.write_text(path.read_text("utf-8").replace("lang: vi\n", line), encoding="utf-8")


def reworded(corpus: Path, words: str) -> None:
    path = corpus / "articles" / "minh-hoa.kg.md"
    path.write_text(path.read_text("utf-8").replace("đang phục vụ người dân", words), encoding="utf-8")


def told(corpus: Path, folder: Path) -> list[str]:
    return [str(problem).partition("minh-hoa.kg.md:")[2] for problem in check([corpus], originals=folder)]


def test_the_right_original_in_our_own_words_is_silent(corpus: Path, tmp_path: Path) -> None:
    source(corpus, sha256(ORIGINAL.encode()).hexdigest(), len(ORIGINAL))
    assert told(corpus, tmp_path / "originals") == []


def test_another_text_is_told_with_both_lengths(corpus: Path, tmp_path: Path) -> None:
    source(corpus, "0" * 64, 6120)
    assert told(corpus, tmp_path / "originals") == [
        "1:1 KG070 warning: minh-hoa.txt differs from the annotated version"
        f" ({len(ORIGINAL)} characters instead of 6120)"
        " — use the annotated version, or revise the article and update sha256"
    ]


@pytest.mark.parametrize(("words", "shared"), [(MIN_COPIED - 1, 0), (MIN_COPIED, MIN_COPIED), (17, 17)])
def test_running_words_are_told(corpus: Path, tmp_path: Path, words: int, shared: int) -> None:
    reworded(corpus, "– " + " ".join(ORIGINAL.rstrip(".\n").split()[:words]).upper() + " –")
    found = [
        f"12:1 KG080 warning: paragraph d1 copies {shared} consecutive syllables of the original — reword it"
    ]
    assert told(corpus, tmp_path / "originals") == (found if shared else [])


@pytest.mark.parametrize(("name", "copied"), [("hai ba bốn", 17), (" ".join(ORIGINAL.split()[1:10]), 0)])
def test_the_words_of_a_linked_name_are_no_copy(corpus: Path, tmp_path: Path, name: str, copied: int) -> None:
    reworded(corpus, "– " + ORIGINAL.rstrip(".\n").replace(name, f"[{name}](vn:viet-nam)") + " –")
    lines = [line for line in told(corpus, tmp_path / "originals") if "KG080" in line]
    assert [f"copies {copied} consecutive" in line for line in lines] == [True] * bool(copied)


@pytest.mark.parametrize(("target", "is_told"), [("mh:he-thong", True), ("nat:cong-dvcqg", False)])
def test_a_name_in_the_translation_is_no_copy(
    corpus: Path, tmp_path: Path, target: str, is_told: bool
) -> None:
    original = "one two three four five six National Public Service Portal seven eight nine ten\n"
    (tmp_path / "originals" / "minh-hoa.txt").write_text(original, encoding="utf-8")
    path = corpus / "articles" / "minh-hoa.kg.md"
    text = path.read_text("utf-8").replace("[Hệ thống mẫu](mh:he-thong)", f"[Hệ thống mẫu]({target})")
    (translation,) = [line for line in text.split("\n") if line.startswith("> ")]
    path.write_text(text.replace(translation, f"> {original.rstrip()}"), encoding="utf-8")
    assert any("KG080" in line for line in told(corpus, tmp_path / "originals")) == is_told


def test_the_translation_is_held_against_what_was_read(corpus: Path, tmp_path: Path) -> None:
    path = corpus / "articles" / "minh-hoa.kg.md"
    text = path.read_text("utf-8")
    (translation,) = [line for line in text.split("\n") if line.startswith("> ")]
    path.write_text(text.replace(translation, f"> {ORIGINAL.rstrip()}"), encoding="utf-8")
    assert [line for line in told(corpus, tmp_path / "originals") if "KG080" in line] == [
        "12:1 KG080 warning: paragraph d1 copies 20 consecutive syllables of the original — reword it"
    ]


def test_without_its_original_an_article_is_not_compared(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    source(corpus, "0" * 64, 1)
    assert told(corpus, tmp_path / "empty") == [""]
    (warning,) = check([corpus], originals=tmp_path / "empty")
    assert str(warning).endswith(
        "empty:1:1 KG070 warning: this folder holds no original of an article, so nothing was compared"
        " — name the originals after their articles, such as minh-hoa.txt"
    )


def test_an_original_that_is_no_text_is_told(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "originals" / "minh-hoa.txt").write_bytes(b"\xff\xfe\x00")
    source(corpus, "0" * 64, 3)
    assert len(told(corpus, tmp_path / "originals")) == 1


def test_every_shipped_article_names_its_original() -> None:
    for path in find_articles(FIVE):
        assert 'kind: original-not-shipped, sha256: "' in path.read_text("utf-8"), path.name
