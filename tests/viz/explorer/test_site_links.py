"""The explorer inside a site: the ways back to its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.viz.explorer.assets import site_files
from egovkg.viz.explorer.page import SiteLinks, render
from egovkg.viz.site.content.paths import article_path, entity_path, in_language, province_path

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.queries.picture.picture import Picture
    from egovkg.tests.viz.explorer.conftest import Watched

pytestmark = pytest.mark.browser

LINKS = "[...document.querySelectorAll('#panel a')].map(each => each.getAttribute('href'))"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_of_a_site_leads_to_its_other_pages(
    watched: Watched, small_picture: Picture, tmp_path: Path, lang: str
) -> None:
    province = "vn:ca-mau"
    links = SiteLinks("index.html", province_pages={province: "vn-ca-mau"})
    html = render(small_picture, site=links)
    (tmp_path / "explorer.html").write_text(html, "utf-8")
    for name, text in site_files().items():
        (tmp_path / name).write_text(text, "utf-8")
    page = watched.open((tmp_path / "explorer.html").as_uri())
    page.locator(f"#lang-{lang}").click()
    assert page.locator("#home").get_attribute("href") == in_language("index.html", lang)
    articles = {in_language(article_path(each.id), lang) for each in small_picture.articles}
    assert set(page.evaluate(LINKS)) == articles
    for node in small_picture.nodes:
        page.evaluate("id => explorer.lookAt(id)", node.curie)
        led_to = set(page.evaluate(LINKS))
        pages = {entity_path(node.iri), *([province_path(province)] if node.curie == province else [])}
        assert led_to - articles == {in_language(path, lang) for path in pages}


def test_a_page_that_stands_alone_leads_nowhere(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=hb:lgsp")
    assert page.locator("a[href]:not(.skip)").count() == 0
