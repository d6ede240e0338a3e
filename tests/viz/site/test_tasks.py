"""What a new user does on the site, from a disk: by mouse in few clicks, and by keyboard alone."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from egovkg.ontology.verdicts import Verdict
from egovkg.words import in_all_languages, languages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from egovkg.viz.site.build import SiteReport
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CENTRE = {"vi": "Trung tâm tích hợp dữ liệu tỉnh Bắc Kạn", "en": "Bắc Kạn data integration centre"}
STOPPED = {"vi": "Các phần mềm dùng chung tỉnh Bắc Kạn", "en": "Shared software of Bắc Kạn province"}
ARTICLE = {
    "vi": "Hiện đại hóa nền hành chính để kiến tạo, phục vụ nhân dân",
    "en": "Modernising the administration to enable and to serve the people",
}
EXAMPLE = "egovkg.viz.site.pages", "example.data-centre-failure"
TEXTS = {  # text of a link -> package and key of its wording
    "question": EXAMPLE,
    "impact": ("egovkg.viz.site", "section.impact"),
    "stops": ("egovkg.viz.site", "entity.impact"),
    "read": ("egovkg.viz.site", "read"),
    "explorer": ("egovkg.viz.site", "seegraph"),
    "gaps": ("egovkg.viz.site", "section.gaps"),
    "tours": ("egovkg.viz.site", "section.tours"),
    "end": ("egovkg.viz.site", "tour.end"),
    "answer": ("egovkg.viz.site", "tour.answer"),
    "questions": ("egovkg.viz.site", "section.questions"),
}
WORDS = {name: in_all_languages(package, key) for name, (package, key) in TEXTS.items()}
WORDS["planned"] = {lang: Verdict.PLANNED.label(lang) for lang in languages()}
WORDS["next"] = {lang: f"{text} →" for lang, text in in_all_languages("egovkg.viz.site", "next").items()}
FOCUSED = """() => {
  const held = document.activeElement;
  const style = getComputedStyle(held);
  const box = held.getBoundingClientRect();
  return {
    words: (held.getAttribute("aria-label") || held.textContent).trim().replace(/\\s+/g, " "),
    isBody: held === document.body,
    isSeen: style.outlineStyle !== "none" && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.fixture(scope="module")
def folder(site_report: SiteReport, site_folder: Path) -> Path:
    assert site_report.files
    return site_folder


class Hands:
    """A user without a mouse: presses keys, and looks at what has the focus."""

    def __init__(self, page: Page, lang: str) -> None:
        self.page, self.lang, self.pressed = page, lang, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def tab_to(self, words: str, most: int = 120) -> None:
        """Press Tab until what has these words has the focus, and can be seen to have it."""
        for _ in range(most):
            self.press("Tab")
            held = self.page.evaluate(FOCUSED)
            if words in held["words"]:
                assert held["isSeen"], f"{words!r} has the focus and nothing shows it"
                return
            assert not held["isBody"], f"{words!r} was not reached"
        pytest.fail(f"{words!r} was not reached with {most} keys")

    def follow(self, words: str, most: int = 120) -> None:
        """Go to a link and open it."""
        self.tab_to(words, most)
        before = self.page.url
        self.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_load_state()

    def find(self, typed: str) -> None:
        """Search by name and open the first hit."""
        self.press("/")
        self.page.keyboard.type(typed)
        self.page.wait_for_selector("#results li")
        before = self.page.url
        self.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_selector("html[data-ready]")


@pytest.fixture(params=["vi", "en"])
def hands(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Hands]:
    """A user on the home page, in either language; anything that asks the network is a fault."""
    lang: str = request.param
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if asked.url.startswith("http") else None)
    page.goto((folder / ("index.html" if lang == "vi" else "en/index.html")).as_uri())
    page.wait_for_selector("html[data-ready]")
    yield Hands(page, lang)
    context.close()
    assert faults == []


def is_in_view(page: Page, selector: str) -> bool:
    """Tell whether something stands in the window, and nothing covers its top."""
    box = page.locator(selector).first.bounding_box()
    return box is not None and 0 <= box["y"] < 900


def assert_answered(page: Page, lang: str) -> None:
    """See which systems stop, and who says so, without scrolling."""
    part = page.locator("section.cell", has=page.locator("#bk-tt-tich-hop-du-lieu"))
    assert CENTRE[lang] in part.locator("h3").inner_text()
    assert STOPPED[lang] in part.inner_text()
    assert ARTICLE[lang] in part.locator("figcaption").first.inner_text()
    assert part.locator(".our-words").first.inner_text()
    for selector in ("#bk-tt-tich-hop-du-lieu", "section.cell:has(#bk-tt-tich-hop-du-lieu) figcaption"):
        assert is_in_view(page, selector), selector


class TestWhoSaysSo:
    """From the home page to "which systems stop with the data centre of Bắc Kạn, and who says so"."""

    def test_by_the_example_question_in_two_clicks(self, hands: Hands) -> None:
        page, lang = hands.page, hands.lang
        page.get_by_role("link", name=WORDS["question"][lang]).click()
        assert_answered(page, lang)
        part = page.locator("section.cell", has=page.locator("#bk-tt-tich-hop-du-lieu"))
        part.get_by_role("link", name=WORDS["read"][lang]).first.click()
        assert "article/bac-kan-2019.html#" in page.url
        assert is_in_view(page, ":target")

    def test_by_the_navigation_in_three_clicks(self, hands: Hands) -> None:
        page, lang = hands.page, hands.lang
        page.get_by_role("navigation").get_by_role("link", name=WORDS["impact"][lang]).click()
        page.locator(".contents").get_by_role("link", name=CENTRE[lang]).click()
        assert_answered(page, lang)
        part = page.locator("section.cell", has=page.locator("#bk-tt-tich-hop-du-lieu"))
        part.get_by_role("link", name=WORDS["read"][lang]).first.click()
        assert "article/bac-kan-2019.html#" in page.url

    def test_by_search_in_four_clicks(self, hands: Hands) -> None:
        page, lang = hands.page, hands.lang
        page.locator("#search").click()
        page.keyboard.type("trung tam tich hop du lieu bac kan" if lang == "vi" else "bac kan data")
        page.locator("#results li", has_text=CENTRE[lang]).first.click()
        page.get_by_role("link", name=WORDS["stops"][lang]).click()
        assert_answered(page, lang)
        part = page.locator("section.cell", has=page.locator("#bk-tt-tich-hop-du-lieu"))
        part.get_by_role("link", name=WORDS["read"][lang]).first.click()
        assert "article/bac-kan-2019.html#" in page.url

    def test_by_keyboard_alone(self, hands: Hands) -> None:
        hands.press("Tab", "Enter")  # past the head
        hands.follow(WORDS["question"][hands.lang])
        assert_answered(hands.page, hands.lang)
        hands.follow(WORDS["read"][hands.lang])
        assert "article/bac-kan-2019.html#" in hands.page.url
        assert hands.pressed < 40


class TestTwelveTasks:
    """Each task from the home page, with keys alone."""

    def test_1_find_an_entity_without_accents(self, hands: Hands) -> None:
        hands.find(
            "trung tam tich hop du lieu tinh bac kan"
            if hands.lang == "vi"
            else "bac kan data integration centre"
        )
        assert hands.page.locator("h1").inner_text() == CENTRE[hands.lang]

    def test_2_open_the_evidence_of_a_statement(self, hands: Hands) -> None:
        hands.find("bk:tt-tich-hop-du-lieu")
        hands.press("Tab")
        hands.follow(WORDS["read"][hands.lang])
        place = hands.page.url.partition("#")[2]
        assert is_in_view(hands.page, f"#{place}")
        assert hands.page.locator("section.reading", has=hands.page.locator(f"#{place}")).inner_text()

    def test_3_change_the_language(self, hands: Hands) -> None:
        hands.find("bk:tt-tich-hop-du-lieu")
        other = "en" if hands.lang == "vi" else "vi"
        hands.follow("English" if other == "en" else "Tiếng Việt")
        assert hands.page.locator("html").get_attribute("lang") == other
        assert hands.page.locator("h1").inner_text() == CENTRE[other]

    def test_4_change_the_theme(self, hands: Hands) -> None:
        colour = "getComputedStyle(document.body).backgroundColor"
        before = hands.page.evaluate(colour)
        hands.tab_to("Nền tối" if hands.lang == "vi" else "Dark theme")
        hands.press("Space")
        assert hands.page.evaluate(colour) != before
        assert hands.page.locator("#theme").get_attribute("aria-pressed") == "true"

    def test_5_open_the_evidence_of_a_gap_cell(self, hands: Hands) -> None:
        hands.follow(WORDS["gaps"][hands.lang])
        hands.tab_to("Bắc Kạn" if hands.lang == "vi" else "Bac Kan")
        hands.press("ArrowRight", "ArrowRight")  # Bình Phước
        page = hands.page
        for _ in range(40):
            hands.press("ArrowDown")
            held = page.evaluate(FOCUSED)
            assert held["isSeen"]
            if WORDS["planned"][hands.lang] in held["words"]:
                break
        assert page.evaluate("document.activeElement.closest('td').cellIndex") == 3
        code = page.evaluate("document.activeElement.hash.slice(1)")
        hands.press("Enter")
        page.wait_for_url(f"**/gap/vn-binh-phuoc.html#{code}")
        assert is_in_view(page, f"#{code}")
        section = page.locator(f"section#{code}")
        assert WORDS["planned"][hands.lang] in section.locator("h2").inner_text()
        assert is_in_view(page, f"section#{code} .our-words")
        hands.tab_to(WORDS["read"][hands.lang])

    def test_6_follow_a_tour_to_its_end(self, hands: Hands) -> None:
        hands.follow(WORDS["tours"][hands.lang])
        hands.follow("LGSP")
        steps = hands.page.locator("section.step").count()
        assert steps >= 8
        for step in range(2, steps + 1):
            hands.follow(WORDS["next"][hands.lang])
            assert hands.page.url.endswith(f"#step-{step}")
            assert is_in_view(hands.page, f"#step-{step}")
        assert WORDS["end"][hands.lang] in hands.page.locator("section.step").last.inner_text()

    def test_7_sort_a_table(self, hands: Hands) -> None:
        hands.find("figures-over-time")
        page = hands.page
        sorter = page.locator("table.answer").first.locator("th.number button, th button").first
        words = sorter.inner_text()
        column = "table.answer >> nth=0 >> css=tbody > tr:first-child > td:first-child"
        before = page.locator(column).all_inner_texts()
        hands.tab_to(words)
        head = page.locator("th[aria-sort]")
        hands.press("Enter")
        assert head.get_attribute("aria-sort") == "ascending"
        up = page.locator(column).all_inner_texts()
        hands.press("Space")
        assert head.get_attribute("aria-sort") == "descending"
        down = page.locator(column).all_inner_texts()
        assert sorted(before) == sorted(up) == sorted(down)
        assert up != down
        assert page.evaluate(FOCUSED)["words"] == words, "the focus is lost"

    def test_8_download_the_data_of_a_page(self, hands: Hands) -> None:
        hands.find("conflicts")
        with hands.page.expect_download() as waiting:
            hands.tab_to("CSV", 300)
            hands.press("Enter")
        rows = list(csv.reader(waiting.value.path().read_text("utf-8").splitlines()))
        assert len(rows) > 1

    def test_9_go_on_to_the_explorer(self, hands: Hands) -> None:
        hands.find("bk:tt-tich-hop-du-lieu")
        hands.press("Tab")
        hands.follow(WORDS["explorer"][hands.lang])
        assert "explorer.html#n=bk:tt-tich-hop-du-lieu" in unquote(hands.page.url)

    def test_10_look_up_what_a_relation_means(self, hands: Hands) -> None:
        hands.find("bk:tt-tich-hop-du-lieu")
        relation = "đặt tại" if hands.lang == "vi" else "hosted on"
        hands.follow(relation)  # in the list of contents
        hands.follow(relation)
        assert hands.page.url.endswith("ontology.html#hostedOn")
        assert is_in_view(hands.page, "#hostedOn")
        assert len(hands.page.locator("#hostedOn dd").inner_text()) > 20

    def test_11_check_oneself_in_a_tour(self, hands: Hands) -> None:
        hands.follow(WORDS["tours"][hands.lang])
        hands.follow("LGSP")
        hands.tab_to(WORDS["answer"][hands.lang], 200)
        answer = hands.page.locator(".think details").first
        assert not answer.locator("p").is_visible()
        hands.press("Enter")
        assert answer.locator("p").is_visible()

    def test_12_share_an_answer(self, hands: Hands, browser: Browser) -> None:
        hands.follow(WORDS["impact"][hands.lang])
        hands.follow(CENTRE[hands.lang])
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        other = context.new_page()
        other.goto(hands.page.url)
        assert_answered(other, hands.lang)
        context.close()


class TestLook:
    @pytest.mark.parametrize("width", [1280, 360])
    def test_head_of_the_matrix_stays_in_sight(self, browser: Browser, folder: Path, width: int) -> None:
        context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
        page = context.new_page()
        page.goto((folder / "gaps.html").as_uri())
        cell = page.locator("table.heat tbody tr:nth-last-child(1) td:last-child").last
        cell.scroll_into_view_if_needed()
        head = page.locator("table.heat thead th").last
        box, below = head.bounding_box(), cell.bounding_box()
        assert box is not None
        assert below is not None
        assert 0 <= box["y"] < 20
        assert abs(box["x"] - below["x"]) < 2, "the head is not above its column"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert head.evaluate(
            "head => document.elementFromPoint(...['x', 'y'].map(side => "
            "head.getBoundingClientRect()[side] + 5)) === head"
        ), "something covers it"
        context.close()

    def test_a_figure_tells_its_number_on_the_page_of_its_measure(self, folder: Path) -> None:
        text = (folder / "id" / "measure" / "certificatesIssued.html").read_text("utf-8")
        assert text.count('class="amount"') >= 5
        assert "unit-of-measure" not in text

    def test_no_page_shows_a_code_for_words(self, browser: Browser, folder: Path) -> None:
        """Options of the command line, ISO days and ids of articles are for machines."""
        context = browser.new_context()
        page = context.new_page()
        for name in ("gaps", "gap/vn-bac-kan", "impact", "targets", "about", "index"):
            for lang in ("", "en/"):
                page.goto((folder / f"{lang}{name}.html").as_uri())
                text = page.locator("main").inner_text()
                for odd in ("--unverified", "bac-kan-2019", ">=", "2019-12-05", "None"):
                    assert odd not in text, (lang, name, odd)
        context.close()

    @pytest.mark.parametrize("name", ["index.html", "entities.html", "gap/vn-bac-kan.html"])
    def test_nothing_moves_on_a_phone_while_scripts_come(
        self, browser: Browser, folder: Path, name: str
    ) -> None:
        context = browser.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
        page = context.new_page()
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(each => "
            "window.moved += each.value)).observe({type: 'layout-shift', buffered: true});"
        )
        page.goto((folder / name).as_uri())
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(300)
        assert page.evaluate("moved") < 0.05
        assert page.locator("#search").is_visible()
        page.locator("#menu summary").click()
        assert page.locator("#menu nav a").first.is_visible()
        context.close()

    @pytest.mark.parametrize("width", [1440, 390])
    def test_verdicts_of_frameworks_side_by_side_are_in_sight(
        self, browser: Browser, folder: Path, width: int
    ) -> None:
        context = browser.new_context(viewport={"width": width, "height": 850}, reduced_motion="reduce")
        page = context.new_page()
        page.goto((folder / "frameworks.html").as_uri())
        table = page.locator("table.heat")
        assert table.locator("tbody th").first.evaluate("head => head.offsetWidth") <= min(340, width // 2)
        seen = (
            "(table, left) => { table.parentElement.scrollLeft = left; table.scrollIntoView(); "
            "return [...table.querySelectorAll('tbody td')].filter(cell => { "
            "const {x, y, width} = cell.getBoundingClientRect(); "
            "return cell.contains(document.elementFromPoint(x + width / 2, y + 8)); }).length; }"
        )
        assert min(table.evaluate(seen, 0), table.evaluate(seen, 99999)) > 5
        context.close()
