"""Where no script of the explorer may run, the page says so in plain words; else nothing is seen of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from egovkg.tests.viz.explorer.test_page_bytes import load
from egovkg.viz.explorer.assets import site_files
from egovkg.viz.explorer.page import ALONE, SiteLinks, render
from egovkg.words import catalogue, languages

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.tests.viz.explorer.conftest import Watched
    from playwright.sync_api import Browser, Route

ADDRESS = "http://site.example/explorer.html"
SITE = SiteLinks("index.html", "explorer")
POLICIES = {  # header -> whether the scripts of a page that stands alone, and of one of a site, are blocked
    "script-src 'self'": (True, False),
    "default-src 'self'": (True, False),
    "script-src 'none'": (True, True),
    "": (False, False),
    "script-src 'self' 'unsafe-inline'": (False, False),
}
KINDS = {".css": "text/css", ".js": "text/javascript"}


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("site", [ALONE, SITE], ids=["alone", "site"])
def test_the_page_holds_the_words(lang: str, site: SiteLinks) -> None:
    notice = re.search(r'<p id="blocked"[^>]*>(.*?)</p>', render(load(), lang=lang, site=site))
    assert notice
    words = catalogue("egovkg.viz.explorer", lang)["noScript.site" if site.data_files else "noScript"]
    assert "Content-Security-Policy" in words
    assert notice[1].startswith(words.replace("'", "&#39;"))
    assert ("explorer.csv" in notice[1]) == bool(site.data_files)


def test_the_page_of_a_site_holds_no_script() -> None:
    page = render(load(), site=SITE)
    assert [kind for kind in re.findall(r"<script([^>]*)>", page) if "src=" not in kind] == [
        ' type="text/plain" id="data"'
    ]
    assert "<style" not in page
    named = {
        *re.findall(r'<script src="([^"]+)"', page),
        *re.findall(r'rel="stylesheet" href="([^"]+)"', page),
    }
    assert named == {*site_files()}


@pytest.mark.browser
@pytest.mark.parametrize("site", [ALONE, SITE], ids=["alone", "site"])
@pytest.mark.parametrize("policy", POLICIES)
def test_the_words_are_seen_where_scripts_are_blocked(policy: str, site: SiteLinks, browser: Browser) -> None:
    is_blocked = POLICIES[policy][site is SITE]
    headers = {"content-security-policy": policy} if policy else {}
    page = browser.new_page()
    files = site_files() if site is SITE else {}
    body = render(load(), site=site)

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        kind = KINDS.get(name[name.find(".") :], "text/html")
        own = {**headers, "content-type": f"{kind}; charset=utf-8"}
        route.fulfill(status=200, headers=own, body=files.get(name, body))

    page.emulate_media(reduced_motion="reduce" if is_blocked else "no-preference")
    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.wait_for_timeout(2_600)
    box = page.locator("#blocked").bounding_box()
    assert bool(box and box["height"] > 20) == is_blocked
    assert (page.locator("#counts").inner_text() == "") == is_blocked
    page.close()


@pytest.mark.browser
def test_the_page_of_a_site_works_from_a_disk(watched: Watched, tmp_path: Path) -> None:
    (tmp_path / "explorer.html").write_text(render(load(), site=SITE), "utf-8")
    for name, text in site_files().items():
        (tmp_path / name).write_text(text, "utf-8")
    page = watched.open((tmp_path / "explorer.html").as_uri())
    assert page.locator("#counts").inner_text()
    assert page.evaluate("typeof globalThis.carried") == "undefined"
