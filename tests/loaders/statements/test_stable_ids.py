"""Ids and content of statements do not depend on where they stand in their file (issue 15, F22)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from egovkg.loaders.article.formatting import formatted
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.queries.facts.facts import Fact, facts
from egovkg.tests.corpora.folders import FIVE

ARTICLE = find_articles(FIVE)[0]


def facts_of(text: str, folder: Path) -> tuple[Fact, ...]:
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / ARTICLE.name).write_text(text, encoding="utf-8")
    return facts(build([folder], folder / "home").version.open())


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Fact, ...]:
    return facts_of(ARTICLE.read_text("utf-8"), tmp_path_factory.mktemp("before"))


def with_comment(text: str) -> str:
    return text.replace("```claims\n", "```claims\n# checked against the original\n", 1)


def with_html_comment(text: str) -> str:
    return text.replace("\n## d1\n", "\n<!-- checked\nagainst the original -->\n\n## d1\n", 1)


def with_blank_lines(text: str) -> str:
    return re.sub(r"\n## ", "\n\n\n\n## ", text)


def with_trailing_comment(text: str) -> str:
    return re.sub(r"(```claims\n[^\n]+)", r"\1  # as stated", text, count=1)


def with_wide_columns(text: str) -> str:
    return formatted(re.sub(r"^([a-z]+:\S+)  +", r"\1          ", text, flags=re.MULTILINE))


@pytest.mark.parametrize(
    "change", [with_comment, with_html_comment, with_blank_lines, with_trailing_comment, with_wide_columns]
)
def test_ids_and_content_stay(before: tuple[Fact, ...], tmp_path: Path, change: object) -> None:
    assert callable(change)
    after = facts_of(change(ARTICLE.read_text("utf-8")), tmp_path)
    assert len(after) > 100
    assert after == before
    assert [fact.id for fact in after] == [fact.id for fact in before]


def test_the_line_is_told(before: tuple[Fact, ...], tmp_path: Path) -> None:
    after = facts_of(with_comment(ARTICLE.read_text("utf-8")), tmp_path)
    assert {new.line - old.line for new, old in zip(after, before, strict=True)} == {1}
    assert [fact.as_dict()["line"] for fact in after] == [fact.line for fact in after]


def test_another_statement_is_another_fact(before: tuple[Fact, ...], tmp_path: Path) -> None:
    text = ARTICLE.read_text("utf-8").replace(
        "```claims\n", '```claims\nvn:bac-kan hasResult "Một điều khác" {en: x}\n', 1
    )
    after = facts_of(text, tmp_path)
    assert {fact.id for fact in before} < {fact.id for fact in after}
