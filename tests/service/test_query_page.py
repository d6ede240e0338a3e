"""The page for queries in a browser: writing, running, errors, forms of the answer, links, both languages."""

from __future__ import annotations

import re
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.queries.questions.binding import query_text
from egovkg.queries.questions.named import question
from egovkg.service.background import BackgroundService, background

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from egovkg.graph.publish import Version
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork"),
]
TOLD = "the server responded with"  # Chromium tells of each refusal, and of pages that are not made yet
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TWO = "SELECT ?a ?b { ?a <https://w3id.org/egovkg/ontology#connectsTo> ?b }"


@pytest.fixture(scope="module")
def service(home: Path) -> Iterator[BackgroundService]:
    with background(home, "--workers", "2") as running:
        yield running


@pytest.fixture
def page(browser: Browser, service: BackgroundService) -> Iterator[Page]:
    with watched(browser, service) as made:
        yield made


@pytest.fixture(scope="module")
def small(home: Path) -> Iterator[BackgroundService]:
    """A service that gives little: what does not fit is seen soon."""
    with background(home, "--no-pages", "--workers", "2", "--seconds", "2", "--rows", "5") as running:
        yield running


@pytest.fixture
def small_page(browser: Browser, small: BackgroundService) -> Iterator[Page]:
    with watched(browser, small) as made:
        yield made


@contextmanager
def watched(browser: Browser, service: BackgroundService) -> Iterator[Page]:
    """A page on which nothing may go wrong, and which may ask nobody but the service."""
    context = browser.new_context(accept_downloads=True, locale="vi-VN")
    made = context.new_page()
    faults: list[str] = []
    made.set_default_timeout(8000)
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("console", lambda said: faults.append(said.text) if TOLD not in said.text else None)
    made.on("request", lambda asked: faults.append(asked.url) if not is_own(asked.url, service) else None)
    yield made
    context.close()
    assert faults == []


def is_own(url: str, service: BackgroundService) -> bool:
    return url.startswith((service.url, "blob:", "data:", "about:"))


def run(page: Page, query: str) -> None:
    page.fill("#query", query)
    page.click("#run")
    page.wait_for_selector("#stop", state="hidden")


def test_the_example_runs(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}query")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#table tbody tr")
    assert page.locator("#table th").all_inner_texts() == ["system", "label"]
    assert page.locator("html").get_attribute("lang") == "vi"


def test_a_table_a_drawing_a_file(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}en/query")
    run(page, TWO)
    rows = page.locator("#table tbody tr").count()
    assert rows > 3
    assert str(rows) in page.inner_text("#said")
    page.click("#as-graph")
    assert page.locator("#graph circle").count() > 3
    assert page.locator("#graph line").count() == rows
    assert page.locator("#graph path").count() == rows, "each link shows which way it leads"
    with page.expect_download() as got:
        page.click("#save")
    assert got.value.path().read_bytes().count(b"\r\n") == rows + 1


def test_an_error_shows_its_place(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}en/query")
    run(page, "SELECT * {\n  ?s ?p . }")
    assert "line 2, column 11" in page.inner_text("#fault")
    page.click("#goto")
    assert page.evaluate("document.getElementById('query').selectionStart") == 21
    assert "line 2, column 11" in page.inner_text("#place")
    run(page, "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert "SERVICE" in page.inner_text("#fault")
    run(page, "SELECT * { ?s ?p ?o }")
    assert "10000 rows" in page.inner_text("#fault")
    run(page, "ASK { ?s ?p ?o }")
    assert page.inner_text("#fault") == ""
    assert page.inner_text("#said").startswith("Yes")


def test_an_error_is_told_in_vietnamese_first(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}query")
    run(page, "SELECT * {\n  ?s ?p . }")
    told = page.inner_text("#fault")
    assert 'Không chạy được: dòng 2, cột 11: không đúng cú pháp SPARQL ở "}"' in told
    assert page.locator("#fault [lang=en]").count() == 0, "the service answers in the language of the page"
    run(page, "SELECT * { ?s ?p ?o }")
    assert "quá 10000 dòng" in page.inner_text("#fault span")
    assert "LIMIT và OFFSET" in page.inner_text("#fault span")


@pytest.mark.parametrize("width", [360, 1280])
def test_words_of_the_drawing_can_be_read(page: Page, service: BackgroundService, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}query")
    run(page, TWO)
    page.click("#as-graph")
    boxes = page.eval_on_selector_all(
        "#graph text",
        "all => all.map(one => one.getBoundingClientRect()).map(b => [b.height, b.left, b.right])",
    )
    right = page.evaluate("document.getElementById('graph').getBoundingClientRect().right")
    assert boxes
    assert min(height for height, _, _ in boxes) >= 10
    assert max(end for _, _, end in boxes) <= right


def test_a_saved_question(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}query")
    page.wait_for_selector("#saved option:nth-child(81)", state="attached")
    page.select_option("#saved", "articles")
    page.wait_for_selector("#table tbody tr")
    asked = query_text(question("articles"), {}, "vi")
    assert page.input_value("#query").strip() == asked.strip()


ASKS = {
    "vi": "Tỉnh này có những hệ thống nào, ở trạng thái nào?",
    "en": "Which systems does this province have, and in which status?",
}
LABELS = {"vi": "tỉnh, thành phố", "en": "province"}


def pages_address(service: BackgroundService, lang: str) -> str:
    return f"{service.url}{'en/' if lang == 'en' else ''}query"


def choose(page: Page, name: str) -> None:
    """Choose a saved question, and wait for its answer."""
    page.wait_for_selector("#saved option:nth-child(81)", state="attached")
    page.select_option("#saved", name)
    page.wait_for_selector("#said:has-text('ms')")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_saved_question_asks_in_the_language_and_says_what(
    page: Page, service: BackgroundService, version: Version, lang: str
) -> None:
    page.goto(pages_address(service, lang))
    choose(page, "systems-of-province")
    province = page.get_by_label(LABELS[lang], exact=True)
    assert province.input_value().endswith(" (vn:tuyen-quang)")
    own = ask_question(
        version.open(), NamedQuestion("systems-of-province", {"province": "vn:tuyen-quang"}, lang)
    )
    assert page.input_value("#query").strip() == own.query.strip()
    assert page.locator("#table tbody tr").count() == len(own.rows) > 1
    assert page.locator("#table th").all_inner_texts() == list(own.labels)
    assert page.locator("#table td >> nth=1").inner_text() == own.rows[0][1]
    said = page.inner_text("#said")
    assert said.startswith(f"{ASKS[lang]} — {LABELS[lang]}: {province.input_value()} · {len(own.rows)} ")


def test_a_parameter_is_chosen_from_suggestions(
    page: Page, service: BackgroundService, version: Version
) -> None:
    page.goto(f"{service.url}en/query")
    choose(page, "systems-of-province")
    field = page.get_by_role("combobox", name="province")
    field.fill("bac kan")
    page.wait_for_selector("#field-province-list [role=option]:has-text('vn:bac-kan')")
    assert field.get_attribute("aria-expanded") == "true"
    assert all("vn:" in text for text in page.locator("#field-province-list li small").all_inner_texts())
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    curie = page.inner_text(f"#{active} small")
    field.press("Enter")
    assert field.input_value().endswith(f" ({curie})")
    assert page.locator("#field-province-list").is_hidden()
    field.press("Enter")
    page.wait_for_selector(f"#said:has-text('({curie})')")
    page.wait_for_selector("#stop", state="hidden")
    own = ask_question(version.open(), NamedQuestion("systems-of-province", {"province": curie}, "en"))
    assert page.input_value("#query").strip() == own.query.strip()
    field.fill("tuyen quang")  # typed, not chosen: both units that bore the name, as the verb takes it
    page.press("#field-province", "Control+Enter")
    page.wait_for_selector("#said:has-text('(vn:tuyen-quang-2025)')")
    assert "(vn:tuyen-quang), " in page.inner_text("#said")


@pytest.mark.parametrize(("words", "told"), [("Atlantis", "không có thực thể nào tên là"), ("", "hãy điền")])
def test_words_that_mean_nothing(page: Page, service: BackgroundService, words: str, told: str) -> None:
    page.goto(f"{service.url}query")
    choose(page, "systems-of-province")
    page.fill("#field-province", words)
    page.click("#run")
    page.wait_for_selector(f"#fault:has-text('{told}')")
    assert page.locator("#result").is_hidden()


def test_days_numbers_and_what_may_be_left_out(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}en/query")
    choose(page, "changed-between")
    assert page.get_attribute("#field-from", "type") == "date"
    page.fill("#field-from", "2018-01-01")
    page.click("#run")
    page.wait_for_selector("#said:has-text('from day: 2018-01-01; to day: 2019-12-31')")
    assert '"2018-01-01"^^' in page.input_value("#query")
    choose(page, "same-number")
    assert page.get_attribute("#field-least", "type") == "number"
    assert page.input_value("#field-least") == "500"
    choose(page, "not-stated-systems")
    assert page.get_by_label("province (empty: any)").input_value() == ""
    page.wait_for_selector("#said:has-text('province: any')")
    choose(page, "articles")
    assert page.locator("#fields").is_hidden()


def test_the_answer_says_when_the_query_was_edited(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}en/query")
    choose(page, "systems-of-province")
    text = page.input_value("#query")
    page.fill("#query", text + "LIMIT 1")
    page.fill("#field-province", "vn:bac-kan")
    page.click("#run")
    page.wait_for_selector("#said:has-text('A query changed by hand — province: ')")
    assert "unit/vn-bac-kan>" in page.input_value("#query")
    assert page.input_value("#query").endswith("LIMIT 1")
    assert "#q=" in page.url
    start(page, "ASK {}")
    page.wait_for_selector("#said:has-text('Yes')")
    assert page.inner_text("#said").startswith("Yes")
    assert page.locator("#fields").is_hidden()
    assert page.input_value("#saved") == ""


def test_a_link_holds_the_question_and_its_parameters(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}query#ask=systems-of-province&province=vn%3Abac-kan")
    page.wait_for_selector("#said:has-text('(vn:bac-kan)')")
    assert page.input_value("#saved") == "systems-of-province"
    page.click("a.language")
    page.wait_for_selector("#said:has-text('Which systems')")
    assert page.input_value("#field-province").endswith("(vn:bac-kan)")
    assert page.url.endswith("#ask=systems-of-province&province=vn%3Abac-kan")
    page.goto(f"{service.url}query")
    page.goto(f"{service.url}query#ask=no-such-question")
    page.wait_for_selector("#fault:has-text('không có câu hỏi')")


def test_a_link_holds_the_query(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}query#q={quote(TWO)}")
    page.wait_for_selector("#table tbody tr")
    assert page.input_value("#query") == TWO
    other = page.get_attribute("a.language", "href") or ""
    assert other.endswith("#q=" + quote(TWO, safe="!~*'()"))
    page.click("a.language")
    page.wait_for_selector("#table tbody tr")
    assert (page.input_value("#query"), page.locator("html").get_attribute("lang")) == (TWO, "en")


def start(page: Page, query: str) -> None:
    """Run a query by its key, and do not wait for the answer."""
    page.fill("#query", query)
    page.press("#query", "Control+Enter")


def test_a_late_answer_is_not_shown(small_page: Page, small: BackgroundService) -> None:
    small_page.goto(f"{small.url}en/query")
    start(small_page, SLOW)
    small_page.wait_for_selector("#stop", state="visible")
    with small_page.expect_event("requestfailed") as given_up:
        start(small_page, "ASK {}")
    assert given_up.value.url == f"{small.url}sparql"
    small_page.wait_for_selector("#said:has-text('Yes')")
    small_page.wait_for_timeout(2500)  # by then the first would have been refused
    assert small_page.inner_text("#said").startswith("Yes")
    assert small_page.inner_text("#fault") == ""
    assert small_page.locator("#stop").is_hidden()


def test_the_button_and_the_key_run_anew(small_page: Page, small: BackgroundService) -> None:
    small_page.goto(f"{small.url}query")
    for by_key in (False, True):
        start(small_page, SLOW)
        small_page.wait_for_selector("#stop", state="visible")
        small_page.fill("#query", "ASK {}")
        small_page.press("#query", "Control+Enter") if by_key else small_page.click("#run")
        small_page.wait_for_selector("#said:has-text('Đúng')")


def test_a_query_can_be_stopped(small_page: Page, small: BackgroundService) -> None:
    small_page.goto(f"{small.url}en/query")
    start(small_page, "ASK {}")
    small_page.wait_for_selector("#table td")
    start(small_page, SLOW)
    small_page.click("#stop")
    assert small_page.inner_text("#said") == "Stopped before there was an answer"
    assert small_page.locator("#result").is_hidden(), "the old answer is not that of the new query"
    assert small_page.evaluate("document.activeElement.id") == "run"
    small_page.wait_for_timeout(2500)
    assert small_page.inner_text("#fault") == ""
    small_page.click("#run")
    small_page.wait_for_selector("#fault:has-text('It did not run')")
    assert small_page.locator("#stop").is_hidden()


def test_what_is_saved_is_what_is_shown(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}query")
    run(page, 'SELECT ("shown" AS ?a) {}')
    page.fill("#query", 'SELECT ("not run" AS ?a) {}')
    with page.expect_download() as got:
        page.click("#save")
    assert got.value.path().read_bytes() == b"a\r\nshown\r\n"


@pytest.mark.parametrize(
    ("lang", "told"), [("vi", "nhiều nhất 10.000 dòng"), ("en", "has 10,000 rows at most")]
)
def test_the_help_tells_the_limit(page: Page, service: BackgroundService, lang: str, told: str) -> None:
    page.goto(pages_address(service, lang))
    page.click("main summary")
    assert told in page.inner_text("main details")


def test_the_help_tells_the_limit_of_this_service(small_page: Page, small: BackgroundService) -> None:
    small_page.goto(f"{small.url}en/query")
    small_page.click("main summary")
    assert "An answer has 5 rows at most" in small_page.inner_text("main details")
    run(small_page, "SELECT * { ?s ?p ?o }")
    assert "more than 5 rows" in small_page.inner_text("#fault")


def test_things_have_their_short_names(page: Page, service: BackgroundService) -> None:
    page.goto(f"{service.url}en/query")
    some = "<https://w3id.org/egovkg/id/system/bk-lgsp> <https://w3id.org/egovkg/code/level-4>"
    some += " <https://w3id.org/egovkg/id/system/no-such> <https://w3id.org/egovkg/id/measure/accountShare>"
    run(page, f"SELECT ?x {{ VALUES ?x {{ {some} }} }}")
    cells = page.locator("#table td")
    assert cells.all_inner_texts() == ["bk:lgsp", "code:level-4", "system/no-such", "measure/accountShare"]
    title = page.get_attribute("#table td a >> nth=0", "title") or ""
    assert title.startswith("https://w3id.org/egovkg/id/system/bk-lgsp\n")
    assert "Bắc Kạn" in title or "Bac Kan" in title
    run(page, TWO)
    page.click("#as-graph")
    names = page.locator("#graph text").evaluate_all("all => all.map(one => one.firstChild.data)")
    assert names
    assert all(re.fullmatch(r"[a-z0-9]+:[a-z0-9-]+…?", name) for name in names)


CROWD = """PREFIX egov: <https://w3id.org/egovkg/ontology#>
SELECT DISTINCT ?a ?b { ?a egov:ofTerritory ?b }"""
TOUCHING = """all => {
  const boxes = all.map(one => [one.textContent, one.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([other]) => [one, other]));
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_names_in_the_drawing_do_not_touch(page: Page, service: BackgroundService, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}query")
    run(page, CROWD)
    page.click("#as-graph")
    assert page.locator("#graph circle").count() > 40
    assert page.locator("#graph text").count() > 10
    assert page.eval_on_selector_all("#graph text", TOUCHING) == []
    named = page.locator("#graph text").evaluate_all("all => all.map(one => one.firstChild.data)")
    assert {"vn:bac-kan", "vn:bac-lieu"} <= {*named}, "what much leads to has its name"
    places = "all => all.map(one => one.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
    left, top, right, bottom = page.eval_on_selector_all("#graph svg", places)[0]
    for box in page.eval_on_selector_all("#graph text", places):
        assert box[0] >= left
        assert box[1] >= top - 1
        assert box[2] <= right
        assert box[3] <= bottom + 1
    titles = page.locator("#graph circle title").evaluate_all("all => all.map(one => one.textContent)")
    assert len(titles) == page.locator("#graph circle").count()
    assert all(title.startswith("https://") for title in titles)
    unnamed = len(titles) - page.locator("#graph text").count()
    assert f"{unnamed} điểm không có chỗ cho tên" in page.inner_text("#graph")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("thing", ["id/system/bk-lgsp", "code/level-4", "id/claim"])
def test_a_cell_leads_to_the_thing_in_the_language_of_the_page(
    page: Page, service: BackgroundService, lang: str, thing: str
) -> None:
    english = "en/" if lang == "en" else ""
    page.goto(f"{service.url}{english}query")
    iri = f"<https://w3id.org/egovkg/{thing}>"
    which = "{ ?x a egov:Claim }" if thing == "id/claim" else f"{{ VALUES ?x {{ {iri} }} ?x ?p ?o }}"
    run(page, f"PREFIX egov: <https://w3id.org/egovkg/ontology#> SELECT ?x {which} LIMIT 1")
    href = page.get_attribute("#table td a", "href")
    with page.expect_navigation() as led:
        page.click("#table td a")
    assert led.value.status == 200, href
    assert page.url.startswith(f"{service.url}{english}data/{thing.removeprefix('id/')}")
    assert page.locator("html").get_attribute("lang") == lang


@pytest.mark.parametrize("path", ["en/id/system/bk-lgsp", "en/code/level-4"])
def test_an_address_below_the_english_pages_is_english(
    page: Page, service: BackgroundService, path: str
) -> None:
    answer = page.goto(service.url + path)
    assert answer is not None
    assert answer.status == 200
    assert page.url == f"{service.url}en/data/{path.removeprefix('en/').removeprefix('id/')}.html"


SCRIPTS = (
    "<script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    "javascript:document.title='run'",
)


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_an_answer_says_is_text(page: Page, service: BackgroundService, text: str) -> None:
    page.goto(f"{service.url}query")
    literal = text.replace("\\", "\\\\").replace('"', '\\"')
    safe = re.sub(r"[<>\" ]", "", text)
    run(page, f'SELECT ("{literal}" AS ?a) (IRI("javascript:{quote(safe)}") AS ?b) {{ }}')
    assert page.inner_text("#table td >> nth=0") == text
    assert page.locator("#table a").count() == 0
    assert page.title() != "run"


def test_everybody_can_use_it(page: Page, service: BackgroundService) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(f"{service.url}query")
    run(page, TWO)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_words_in_the_table_stay_whole(page: Page, service: BackgroundService) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{service.url}en/query")
    choose(page, "changed-between")
    rows = page.eval_on_selector_all("#table tbody tr", "all => all.map(one => one.clientHeight)")
    assert max(rows) < 400, "sentences have room, the table scrolls sideways"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_works_on_a_narrow_screen(page: Page, service: BackgroundService) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{service.url}query")
    run(page, TWO)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def until_made(page: Page, service: BackgroundService) -> None:
    """The pages are made at low priority: on a busy machine they wait for everything else."""
    deadline = time.monotonic() + 300
    while (answer := page.request.get(service.url, timeout=60_000)).status == 503:
        assert time.monotonic() < deadline, "the pages were not made in five minutes"
        time.sleep(1)
    assert answer.status == 200


def test_the_pages_lead_to_it_and_are_live(page: Page, service: BackgroundService) -> None:
    until_made(page, service)
    page.goto(service.url)
    page.wait_for_selector("html[data-ready]")
    page.goto(f"{service.url}query")
    page.goto(f"{service.url}index.html")
    page.wait_for_selector("nav a[href*='query']")
    page.goto(f"{service.url}id/system/tq-lgsp")
    assert page.url == f"{service.url}data/system/tq-lgsp.html"
    assert "LGSP" in page.inner_text("h1")
