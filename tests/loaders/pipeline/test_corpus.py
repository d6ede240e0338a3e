"""The five articles: their counts are written down, and their sums hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from egovkg.loaders.pipeline.article_files import LoadedArticle
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.loaders.pipeline.lexicon_files import LoadedLexicon, load_lexicon
from egovkg.loaders.pipeline.preparation import Preparer
from egovkg.loaders.text.numbers import plain
from egovkg.tests.corpora.folders import FIVE

COUNTS: dict[str, dict[str, int]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "corpus" / "counts.yaml").read_text("utf-8")
)
SUMS = {
    "tuyen-quang-2020": ["304+632=936", "323+1515+95=1933"],
    "bac-kan-2019": ["4920+11773=16693", "7439+20529=27968", "9611+11372=20983"],
    "binh-phuoc-2020": ["4+11=15"],
}


@pytest.fixture(scope="module")
def lexical() -> LoadedLexicon:
    return load_lexicon([])


@pytest.fixture(scope="module")
def articles(lexical: LoadedLexicon) -> dict[str, LoadedArticle]:
    preparer = Preparer(lexical)
    paths = find_articles(FIVE)
    return {path.name.removesuffix(".kg.md"): preparer.load(path) for path in paths}


def test_every_article_has_its_counts(articles: dict[str, LoadedArticle]) -> None:
    found = {
        name: {
            "paragraphs": len(one.article.paragraphs),
            "mentions": len(one.article.mentions),
            "claims": len(one.article.claims),
            "figures": len(one.article.figures),
        }
        for name, one in articles.items()
        if one.article
    }
    assert found == COUNTS


def test_every_mention_gives_back_its_words(articles: dict[str, LoadedArticle]) -> None:
    for one in articles.values():
        assert one.article is not None
        texts = {paragraph.name: paragraph.text for paragraph in one.article.paragraphs}
        for paragraph, link, _ in one.article.mentions:
            assert texts[paragraph][link.start : link.end] == link.surface != ""


@pytest.mark.parametrize("name", SUMS)
def test_sums_of_the_article_are_marked_and_hold(articles: dict[str, LoadedArticle], name: str) -> None:
    article = articles[name].article
    assert article is not None
    totals = {
        f.attributes.texts["sum"]: f.amount.value for f in article.figures if "sum" in f.attributes.texts
    }
    marked = set()
    for group, total in totals.items():
        parts = [f.amount.value for f in article.figures if f.attributes.texts.get("part") == group]
        assert sum(parts, Decimal(0)) == total
        marked.add(f"{'+'.join(map(plain, parts))}={plain(total)}")
    assert set(SUMS[name]) <= marked


def test_equal_numbers_of_different_things_stay_apart(articles: dict[str, LoadedArticle]) -> None:
    def measures(name: str, value: int) -> set[str]:
        article = articles[name].article
        return {f.measure.name for f in article.figures if f.amount.value == value} if article else set()

    assert len(measures("tuyen-quang-2020", 936)) == 2  # certificates, and stations
    assert measures("tuyen-quang-2020", 1933).isdisjoint(measures("bac-kan-2019", 1933))
