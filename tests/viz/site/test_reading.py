"""How pages word what readers meet: days, doubts, names, figures, print."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from egovkg.queries.facts.worded_facts import WordedFact
from egovkg.viz.site.content.evidence import verdict_doubts
from egovkg.viz.site.content.model import Page, PageLink
from egovkg.viz.site.content.texts import titles
from egovkg.viz.site.pages.impact import AffectedGroup, FailureImpact
from egovkg.viz.site.render import render_page, static_files

if TYPE_CHECKING:
    from egovkg.queries.facts.facts import Fact
    from egovkg.viz.site.content.site import Site

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PAGES = (
    "gaps",
    "law",
    "targets",
    "frameworks",
    "merged",
    "question/not-comparable",
    "question/comparable-figures",
)


def text_of(page: bytes) -> str:
    """The text of a page without its query."""
    markup = re.sub(r"(?s)<(pre|code).*?</\1>", "", page.decode())
    return unescape(re.sub(r"<[^>]+>", "", markup))


@pytest.fixture(scope="module")
def fact(site: Site) -> Fact:
    bare = next(statement.fact for statement in site.snapshot.statements if not statement.fact.qualifiers)
    return replace(bare, qualifiers={})


def doubts(*facts: Fact) -> list[str]:
    return [sign for sign, _ in verdict_doubts([WordedFact({"en": fact}) for fact in facts], "en")]


def test_a_verdict_is_as_sure_as_its_surest_statement(fact: Fact) -> None:
    unsure = replace(fact, qualifiers={"certainty": "medium"})
    partly_unsure = replace(fact, qualifiers={"certainty": "low", "extent": "some"})
    assert doubts(unsure) == ["?"]
    assert doubts(partly_unsure) == ["½", "?"]
    assert doubts(partly_unsure, unsure) == ["?"]
    assert doubts(unsure, fact) == []
    assert doubts() == []


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("name", PAGES)
def test_days_are_written_for_readers(site_pages: dict[str, bytes], folder: str, name: str) -> None:
    assert not ISO_DAY.findall(text_of(site_pages[f"{folder}{name}.html"]))


def test_search_suggests_days_for_readers(site_pages: dict[str, bytes]) -> None:
    script = site_pages["search-index.js"].decode()
    index = json.loads(script[script.index("{") : script.rindex("}") + 1])
    names = [name for _, _, names, _, _ in index["rows"] for name in names]
    assert not [name for name in names if re.search(r"\([^()]* \d{4}-\d{2}-\d{2}\)", name)]
    assert any(name.endswith("(since 1 July 2025)") for name in names)


def test_measures_and_articles_are_named(site_pages: dict[str, bytes]) -> None:
    text = text_of(site_pages["en/question/not-comparable.html"])
    assert "indexRank" not in text
    assert "ca-mau-2025" not in text


def test_print_rules_hold_over_those_of_the_screen() -> None:
    style = static_files()["site.css"].decode()
    assert style.index(".tall { max-height: 85vh") < style.index("@media print")  # the later rule holds
    assert "@page wide { size: A4 landscape" in style


def test_a_long_fold_of_impact_folds_its_end() -> None:
    failure = FailureImpact("a", PageLink("A"), 6, 0, (AffectedGroup((), ()),) * 6)
    context = {"failures": [failure], "points": [], "remarks": [], "direction": ""}
    page = Page("impact.html", "impact.html.j2", titles("impact.title"), lambda _: context, "impact")
    html = render_page(page, "en", (), "")
    opened, folded = html.split('<details class="rest">')
    assert (opened.count('<div class="bundle">'), folded.count('<div class="bundle">')) == (4, 2)
    assert html.count("<details") == html.count("</details>")
