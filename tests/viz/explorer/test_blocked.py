"""Where no script of the explorer may run, the page says so in plain words; else nothing is seen of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from egovkg.tests.viz.explorer.test_page_bytes import load
from egovkg.viz.explorer.page import ALONE, SiteLinks, render
from egovkg.words import catalogue, languages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

ADDRESS = "http://site.example/explorer.html"
POLICIES = {
    "the site's own files": ("script-src 'self'", True),
    "no script at all": ("script-src 'none'", True),
    "no policy": ("", False),
    "scripts inside pages": ("script-src 'self' 'unsafe-inline'", False),
}


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("site", [ALONE, SiteLinks("index.html", "explorer")], ids=["alone", "site"])
def test_the_page_holds_the_words(lang: str, site: SiteLinks) -> None:
    notice = re.search(r'<p id="blocked"[^>]*>(.*?)</p>', render(load(), lang=lang, site=site))
    assert notice
    words = catalogue("egovkg.viz.explorer", lang)["noScript"]
    assert "Content-Security-Policy" in words
    assert notice[1].startswith(words.replace("'", "&#39;"))
    assert ("explorer.csv" in notice[1]) == bool(site.data_files)


@pytest.mark.browser
@pytest.mark.parametrize("policy", POLICIES)
def test_the_words_are_seen_where_scripts_are_blocked(policy: str, browser: Browser) -> None:
    rule, is_blocked = POLICIES[policy]
    headers = {"content-type": "text/html; charset=utf-8"}
    if rule:
        headers["content-security-policy"] = rule
    page = browser.new_page()
    body = render(load(), site=SiteLinks("index.html", "explorer"))

    def answer(route: Route) -> None:
        route.fulfill(status=200, headers=headers, body=body)

    page.emulate_media(reduced_motion="reduce" if is_blocked else "no-preference")
    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.wait_for_timeout(2_600)
    box = page.locator("#blocked").bounding_box()
    assert bool(box and box["height"] > 20) == is_blocked
    page.close()
