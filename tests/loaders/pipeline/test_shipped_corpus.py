"""The shipped corpus at any size: `check --guide` warns of nothing, English is complete; codes hold."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.loaders.pipeline.corpus import REPLACEMENT, find_articles, shipped_folder
from egovkg.loaders.pipeline.lexicon_files import LoadedLexicon, load_lexicon
from egovkg.loaders.pipeline.preparation import Preparer
from egovkg.loaders.readings.table import READINGS_FILE, load_readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from egovkg.loaders.pipeline.article_files import LoadedArticle

# unit code -> name before and since 2025-07-01: eight numbers got another meaning (Decision 19/2025/QĐ-TTg)
REUSED = {
    "15": ("Yên Bái", "Lào Cai"),
    "24": ("Bắc Giang", "Bắc Ninh"),
    "44": ("Quảng Bình", "Quảng Trị"),
    "46": ("Thừa Thiên Huế", "Huế"),
    "52": ("Bình Định", "Gia Lai"),
    "80": ("Long An", "Tây Ninh"),
    "82": ("Tiền Giang", "Đồng Tháp"),
    "91": ("Kiên Giang", "An Giang"),
}
SUCCESSORS = {
    "tuyen-quang": "Tuyên Quang",
    "phu-tho": "Phú Thọ",
    "bac-kan": "Thái Nguyên",
    "binh-phuoc": "Đồng Nai",
    "bac-lieu": "Cà Mau",
    "yen-bai": "Lào Cai",
    "tien-giang": "Đồng Tháp",
}


@pytest.fixture(scope="module", autouse=True)
def shipped() -> Iterator[Path]:
    """Take the five articles away, which all other tests read as the shipped corpus."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(REPLACEMENT)
        yield shipped_folder()


@pytest.fixture(scope="module")
def lexical(shipped: Path) -> LoadedLexicon:
    return load_lexicon([])


@pytest.fixture(scope="module")
def articles(shipped: Path, lexical: LoadedLexicon) -> dict[str, LoadedArticle]:
    preparer = Preparer(lexical)
    return {path.name.removesuffix(".kg.md"): preparer.load(path) for path in find_articles(shipped)}


def test_no_error_and_no_warning_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["check", "--guide", "--lang", "en"])
    assert [line for line in done.stdout.splitlines() if " info: " not in line] == []
    assert done.stderr.startswith("checked: the shipped corpus\n")
    assert done.exit_code == 0


def test_ids_are_file_names_and_nothing_is_lost(articles: dict[str, LoadedArticle]) -> None:
    for name, one in articles.items():
        assert one.article is not None
        assert one.article.id == name
        assert one.counts.read == one.counts.emitted
        assert (one.counts.merged, one.counts.rejected) == (0, 0)


def test_no_article_can_be_younger_than_its_second_reading(
    shipped: Path, articles: dict[str, LoadedArticle]
) -> None:
    """Answers that are given as of the latest day known would speak of a day to come."""
    readings, problems = load_readings(shipped / READINGS_FILE, READINGS_FILE)
    assert problems == ()
    assert {reading.article for reading in readings} == articles.keys()
    for reading in readings:
        article = articles[reading.article].article
        assert article is not None
        assert article.head.published.latest <= reading.on, reading.article


def test_every_paragraph_proves_something_in_both_languages(articles: dict[str, LoadedArticle]) -> None:
    bare = [
        f"{name} {paragraph.name}"
        for name, one in articles.items()
        for paragraph in (one.article.paragraphs if one.article else ())
        if not (paragraph.text and paragraph.translation and (paragraph.claims or paragraph.figures))
    ]
    assert bare == []


def test_every_entity_has_both_labels(lexical: LoadedLexicon) -> None:
    bare = [
        e.curie for e in lexical.lexicon.register.entities if not (e.values.get("vi") and e.values.get("en"))
    ]
    assert bare == []
    listed = [*lexical.lexicon.measures.values(), *lexical.lexicon.units.values()]
    assert [one.name for one in listed if not (one.values["vi"] and one.values["en"])] == []


def test_every_stated_item_has_english(articles: dict[str, LoadedArticle]) -> None:
    claims = [claim for one in articles.values() if one.article for claim in one.article.claims]
    assert [
        claim.line for claim in claims if claim.object.stated_item_class and not claim.attributes.translation
    ] == []


def provinces(lexical: LoadedLexicon, *, former: bool) -> dict[str, str]:
    """Map the code of each province of an edition to its short name."""
    entities = [e for e in lexical.lexicon.register.entities if e.kind == "Province" and e.values.get("code")]
    return {
        e.values["code"]: e.values["short"]
        for e in entities
        if e.values["edition"].startswith("legacy") is former
    }


def test_both_editions_of_the_provinces_are_whole(lexical: LoadedLexicon) -> None:
    assert (len(provinces(lexical, former=True)), len(provinces(lexical, former=False))) == (63, 34)


@pytest.mark.parametrize("code", REUSED)
def test_codes_that_were_used_again(lexical: LoadedLexicon, code: str) -> None:
    assert (provinces(lexical, former=True)[code], provinces(lexical, former=False)[code]) == REUSED[code]


def test_codes_that_are_gone(lexical: LoadedLexicon) -> None:
    assert len(provinces(lexical, former=True).keys() - provinces(lexical, former=False).keys()) == 29


def test_every_former_province_has_one_successor(lexical: LoadedLexicon) -> None:
    register = lexical.lexicon.register
    former = [e for e in register.entities if e.kind == "Province" and e.values.get("until")]
    assert len(former) == 63
    for entity in former:
        (successor,) = entity.lists["succeeded_by"]
        next_day = date.fromisoformat(entity.values["until"]) + timedelta(days=1)
        assert register.by_curie[successor].values["from"] == next_day.isoformat()
    for name, successor in SUCCESSORS.items():
        found = register.by_curie[f"vn:{name}"].lists["succeeded_by"][0]
        assert register.by_curie[found].values["short"] == successor


def test_same_name_is_not_the_same_unit(lexical: LoadedLexicon) -> None:
    register = lexical.lexicon.register.by_curie
    before, since = register["vn:tuyen-quang"], register["vn:tuyen-quang-2025"]
    assert before.values["short"] == since.values["short"]
    assert before.iri != since.iri
    assert not before.lists.get("same_as") or before.lists["same_as"] != since.lists.get("same_as")
