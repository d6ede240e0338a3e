"""The page in a third, invented language, whose words are the English ones between marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from egovkg.queries.facts import readings, sources
from egovkg.viz.explorer import entity_records, page, page_data
from egovkg.words import Catalogue, catalogue, languages

if TYPE_CHECKING:
    from collections.abc import Callable

    from egovkg.queries.picture.picture import Picture
    from egovkg.tests.viz.explorer.conftest import Watched

pytestmark = pytest.mark.browser

LANGUAGE = "eo"
NOT_READ = ("locale", "date.")  # settings of the language that no reader sees


def words_of(package: str, lang: str) -> Catalogue:
    if lang != LANGUAGE:
        return catalogue(package, lang)
    english = dict(catalogue(package, "en").items())
    marked = {key: text if key.startswith(NOT_READ) else f"⟦{text}⟧" for key, text in english.items()}
    return Catalogue(marked | {"locale": LANGUAGE})


@pytest.fixture
def address(
    monkeypatch: pytest.MonkeyPatch, small_picture: Picture, paged: Callable[[Picture, str], str]
) -> str:
    for module in (entity_records, page, page_data, readings, sources):
        if hasattr(module, "languages"):
            monkeypatch.setattr(module, "languages", lambda: (*languages(), LANGUAGE))
        if hasattr(module, "catalogue"):
            monkeypatch.setattr(module, "catalogue", words_of)
    nodes = tuple(
        replace(node, labels={**node.labels, LANGUAGE: "Platformo"}) if node.curie == "hb:lgsp" else node
        for node in small_picture.nodes
    )
    return paged(replace(small_picture, nodes=nodes), "third-language")


def test_the_page_can_be_read_in_a_third_language(watched: Watched, address: str) -> None:
    opened = watched.open(address + "#n=hb:lgsp")
    buttons = opened.locator("[data-language]").all_inner_texts()
    assert buttons == ["VI", "EN", "EO"]
    opened.locator(f"#lang-{LANGUAGE}").click()
    assert opened.evaluate("document.documentElement.lang") == LANGUAGE
    assert opened.title() == "⟦E-government knowledge graph⟧"
    assert opened.locator("#panel h2").inner_text() == "Platformo"
    others = opened.locator("#panel .other").all_inner_texts()
    assert others == ["Nền tảng tích hợp, chia sẻ dữ liệu tỉnh Hoà Bình", "Hoa Binh sharing platform"]
    fixed = opened.locator("[data-t]").all_text_contents()
    assert [text for text in fixed if not text.startswith("⟦")] == []
    assert "l=eo" in opened.evaluate("location.hash")


def test_what_has_no_label_there_is_in_the_language_of_the_articles(watched: Watched, address: str) -> None:
    opened = watched.open(f"{address}#n=nat:ngsp&l={LANGUAGE}")
    assert opened.locator("#panel h2").inner_text() == "Nền tảng tích hợp quốc gia"
    assert opened.locator("#panel h2").get_attribute("lang") == "vi"
