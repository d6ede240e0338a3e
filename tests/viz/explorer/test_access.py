"""The explorer for everybody: by keyboard, with axe, on a phone, at 400 % zoom, without motion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from egovkg.tests.viz.explorer.firefox import FIREFOX, Firefox
from egovkg.tests.viz.explorer.waiting import until
from egovkg.viz.explorer.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from egovkg.tests.viz.explorer.conftest import Watched
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


LINKS = (
    "",
    *(f"#n=hb:lgsp&w={view}" for view in (VIEWS[0], *VIEWS[2:])),
    "#e=hb:lgsp%7CconnectsTo%7Cnat:ngsp&l=en",
    "#v=table&c=platform%7Cvn:hoa-binh~0&g=portals%7Cplatform",
)


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_accessibility_fault_in_firefox(small: str, tmp_path: Path, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    if FIREFOX is None:
        pytest.skip("no Firefox found")
    firefox = Firefox(tmp_path, dark=dark)
    try:
        for link in LINKS:
            firefox.open(small + link)
            assert firefox.evaluate("document.documentElement.dataset.theme") == ("dark" if dark else "light")
            assert firefox.faults(Axe().axe_script) == [], link
    finally:
        firefox.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault(visit: Callable[..., Watched], small: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    held = visit(small, color_scheme=scheme, bypass_csp=True)
    for link in LINKS:
        page = held.open(small + link)
        unfold(page)
        found: Any = Axe().run(page)
        assert found.violations_count == 0, (link, found.generate_report())
    held.page.fill("#search", "hoa")
    found = Axe().run(held.page)
    assert found.violations_count == 0, found.generate_report()
    assert held.faults == []


@pytest.mark.parametrize("size", [(390, 844), (320, 256)], ids=["phone", "zoom-400"])
def test_small_windows_scroll_one_way_only(
    visit: Callable[..., Watched], small: str, size: tuple[int, int]
) -> None:
    held = visit(small, *size, has_touch=True)
    for link in LINKS:
        page = held.open(small + link)
        unfold(page)
        wide = page.evaluate("""[...document.querySelectorAll("body *")].filter(each => {
            const box = each.getBoundingClientRect();
            return box.right > innerWidth + 1 && box.width > 1 && !each.closest(".sheet, #stage, .quiet");
        }).map(each => each.outerHTML.slice(0, 80))""")
        assert wide == [], link
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), link
        assert page.evaluate("""panel.classList.contains("looked") && innerHeight > 480
            ? panel.offsetTop + panel.offsetHeight === innerHeight && panel.offsetHeight < 0.6 * innerHeight
            : panel.getBoundingClientRect().top >= shown.getBoundingClientRect().bottom""")
    assert held.faults == []


def test_phone_opens_with_counts_that_open(visit: Callable[..., Watched], busy: str) -> None:
    page = visit(busy, 390, 844, has_touch=True).page
    total = page.evaluate("explorer.nodes.length")
    shown = page.evaluate("explorer.shown().nodes.length")
    assert page.evaluate("explorer.labels().filter(box => box.lines).length") == shown
    hidden = page.evaluate("explorer.tiles().reduce((sum, tile) => sum + tile.count, 0)")
    assert 0 < hidden == total - shown
    page.locator("#cells").click()
    assert page.evaluate("explorer.shown().nodes.length") == total


def test_a_swipe_scrolls_the_page(visit: Callable[..., Watched], busy: str) -> None:
    page = visit(busy, 390, 844, has_touch=True, is_mobile=True).page
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": 200, "y": 700})
    for y in range(690, 300, -10):
        touch("touchMove", {"x": 200, "y": y})
    touch("touchEnd")
    until(page, "scrollY > 100")


def test_escape_takes_back_one_filter_at_a_time(watched: Watched, small: str) -> None:
    page = watched.open(small)
    for key in ("planned", "denied"):
        page.locator(f"#filter-modes input[value={key}]").uncheck()
    page.keyboard.press("Escape")
    until(page, "explorer.state.off.modes.size === 1")
    page.keyboard.press("Escape")
    until(page, "explorer.state.off.modes.size === 0")


def test_without_scripts_only_the_message_stands(browser: Browser, small: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small)
    assert page.locator("#blocked").is_visible()
    assert "JavaScript" in page.locator("#blocked").inner_text()
    assert not page.locator("#search").is_visible()
    context.close()


WATCH_FILES = """(() => {
    const make = URL.createObjectURL.bind(URL);
    window.saved = [];
    URL.createObjectURL = (blob) => { saved.push(blob.type); return make(blob); };
})()"""


class Typist:
    """A reader in Chromium who has only a keyboard; `Firefox` offers the same."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.press = page.keyboard.press
        self.write = page.keyboard.type
        self.evaluate = page.evaluate

    def until(self, expression: str) -> None:
        until(self.page, expression)


@pytest.fixture(params=["chromium", "firefox"])
def typist(request: pytest.FixtureRequest, small: str, tmp_path: Path) -> Iterator[Typist | Firefox]:
    if request.param == "chromium":
        watched: Watched = request.getfixturevalue("watched")
        yield Typist(watched.open(small))
        return
    if FIREFOX is None:
        pytest.skip("no Firefox found")
    firefox = Firefox(tmp_path)
    try:
        firefox.open(small)
        yield firefox
    finally:
        firefox.close()


def tab_to(typist: Typist | Firefox, target: str, key: str = "Tab") -> None:
    for _ in range(80):
        if typist.evaluate("target => document.activeElement.matches(target)", target):
            return
        typist.press(key)
    raise AssertionError(f"{key} never reaches {target}")


def test_twelve_tasks_by_keyboard_alone(typist: Typist | Firefox) -> None:
    press, evaluate = typist.press, typist.evaluate
    # 1 skip to the search, 2 find a thing without accents
    press("Tab")
    press("Enter")
    assert evaluate("document.activeElement.id") == "search"
    address = evaluate("location.hash")
    for target in ("panel", "stage", "search"):
        evaluate("target => document.querySelector(`a.skip[href='#${target}']`).click()", target)
        assert (evaluate("document.activeElement.id"), evaluate("location.hash")) == (target, address)
    typist.write("chia se du lieu tinh")
    press("ArrowDown")
    press("Enter")
    assert evaluate("explorer.state.node") == "hb:lgsp"
    # 3 read what is stated of it: the heading of the panel, then its relations
    press("Enter")
    assert evaluate("document.activeElement.tagName") == "H2"
    # 4 see what stops with it
    tab_to(typist, ".ways button:nth-of-type(2)")
    press("Enter")
    assert evaluate("explorer.state.view") == "deps"
    # 5 walk to what depends on it and open that
    tab_to(typist, "#stage", "Shift+Tab")
    press("ArrowUp")
    press("ArrowLeft")
    said = evaluate("live.textContent")
    press("Enter")
    assert evaluate("explorer.nodes.find(node => node.id === explorer.state.node).names.vi") in said
    # 6 open the evidence of a relation
    tab_to(typist, "#panel .row")
    press("Enter")
    assert evaluate("explorer.state.edge") is not None
    assert evaluate("document.querySelectorAll('#panel .digest').length") >= 1
    # 7 go back, 8 leave the view
    tab_to(typist, "#panel .close", "Shift+Tab")
    press("Enter")
    assert evaluate("explorer.state.edge") is None
    tab_to(typist, "#stage", "Shift+Tab")
    press("Escape")
    assert evaluate("explorer.state.view") == "grid"
    # 9 filter by status, 10 by year
    tab_to(typist, "#filter-modes input", "Shift+Tab")
    press("Space")
    assert evaluate("explorer.state.off.modes.size") == 1
    tab_to(typist, "#as-of")
    press("ArrowLeft")
    assert evaluate("explorer.state.asOf") is not None
    # 11 save the relations
    evaluate(WATCH_FILES)
    tab_to(typist, "#save > summary")
    press("Enter")
    tab_to(typist, "#save-edges")
    press("Enter")
    assert evaluate("saved") == ["text/csv;charset=utf-8"]
    # 12 copy the link, and read the table
    tab_to(typist, "#link")
    press("Enter")
    typist.until("document.getElementById('said').textContent !== ''")
    tab_to(typist, "#stage", "Shift+Tab")
    press("t")
    assert evaluate("document.querySelectorAll('#tables tr[data-id]').length") > 0


def test_copied_link_is_the_address(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#link").click()
    until(page, "said.textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == page.evaluate("location.href")
    page.locator("#save > summary").click()
    page.locator("#cite").click()
    until(page, "navigator.clipboard.readText().then(text => text.includes('Nguồn: '))")
    assert "Kiến trúc" in page.evaluate("navigator.clipboard.readText()")


def test_focus_is_always_seen(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=hb:lgsp")
    unfold(page)
    unseen = []
    for _ in range(90):
        page.keyboard.press("Tab")
        mark = page.evaluate("""(() => {
            const held = document.activeElement;
            if (held === document.body) return "end";
            const ring = held.id === "stage" ? getComputedStyle(drawing, "::after").borderTopWidth
              : getComputedStyle(held).outlineWidth;
            const box = held.getBoundingClientRect();
            const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            return parseFloat(ring) >= 2 && inside ? "" : held.outerHTML.slice(0, 90);
        })()""")
        if mark == "end":
            break
        if mark:
            unseen.append(mark)
    assert unseen == []


@pytest.mark.parametrize("view", VIEWS[1:])
def test_labels_are_large_and_lie_apart(watched: Watched, busy: str, view: str) -> None:
    page = watched.open(f"{busy}#w={view}")
    for act in (None, "#zoom-in", "#zoom-in", "#lang-en", "#fit"):
        if act:
            page.locator(act).click()
        assert page.evaluate("reads.overlaps()") == 0, act
        sizes = page.evaluate(
            "explorer.labels().filter(box => box.lines).map(box => (box.bottom - box.top) / box.lines.length)"
        )
        assert sizes or act in {None, "#fit"}  # at the overview a full grid may leave no room
        assert min(sizes, default=14) >= 13  # line height of letters of 12 px


@pytest.mark.parametrize("view", VIEWS[1:])
def test_legend_has_the_drawn_colours_in_every_view(watched: Watched, small: str, view: str) -> None:
    page = watched.open(f"{small}#n=hb:lgsp&w={view}")
    for act in ("#theme", "#lang-en", "#theme"):
        page.locator(act).click()
        live = page.evaluate("reads.live()")
        assert live
        assert live == page.evaluate("reads.legend()")
        assert page.evaluate("reads.pixel('hb:lgsp')") == live["hb:lgsp"].lower()


def test_nothing_moves_when_less_motion_is_asked_for(watched: Watched, busy: str) -> None:
    page = watched.open(busy)
    before = page.evaluate("explorer.live().getScale()")
    page.locator("#zoom-in").click()
    assert page.evaluate("explorer.live().getScale()") == pytest.approx(before * 1.25)


def test_parts_of_the_page_have_their_language(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=hb:lgsp&l=en")
    assert page.evaluate("document.documentElement.lang") == "en"
    quotes = page.locator("#panel .digest")
    pairs = quotes.evaluate_all("all => all.map(each => [each.lang, each.textContent])")
    assert pairs
    assert all(lang == "vi" for lang, text in pairs if re.search("[ăâđêôơư]", text))
