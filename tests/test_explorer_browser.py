"""The explorer in a real browser, from a file, without a network."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from egovkg.graph.store import OxigraphStore
from egovkg.queries.picture import picture
from egovkg.viz.explorer import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CASES = Path(__file__).parent / "cases" / "picture"
SEARCHES: list[tuple[str, list[str]]] = json.loads((CASES / "searches.json").read_text("utf-8"))
PAYLOADS: list[str] = json.loads((CASES / "payloads.json").read_text("utf-8"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
LGSP_NGSP = "hb:lgsp|connectsTo|nat:ngsp"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium found; install it to test the page"
    ),
]


def store_of(text: str) -> OxigraphStore:
    store = OxigraphStore.in_memory()
    quads = ox.parse(text, format=ox.RdfFormat.TRIG)
    store.load(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    return store


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM is not None, "CI needs Chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, headless=False, args=list(SWITCHES))
        yield started
        started.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("explorer") / "small.html"
    write(picture(store_of((CASES / "small.trig").read_text("utf-8"))), path)
    return path.as_uri()


class Watched:
    """A page with what went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        page.add_init_script(path=CASES / "reads.js")
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, address: str) -> Page:
        self.page.goto("about:blank")  # a change of the hash alone would not load the page anew
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")
        return self.page


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1300, "height": 850}, reduced_motion="reduce")
    held = Watched(context.new_page())
    yield held
    context.close()
    assert held.faults == []
    assert [url for url in held.requests if not url.startswith(("file:", "data:", "blob:", "about:"))] == []


def spot(page: Page, kind: str, name: str) -> tuple[float, float]:
    """Give the place of an entity or relation on the canvas, in px of the page."""
    place: dict[str, float] = page.evaluate("([kind, name]) => reads[kind](name)", [kind, name])
    box = page.locator("#stage").bounding_box()
    assert box is not None
    return box["x"] + place["x"], box["y"] + place["y"]


def panel(page: Page) -> str:
    return page.locator("#panel").inner_text()


def test_first_view_tells_counts_and_how_to_read(watched: Watched, small: str) -> None:
    page = watched.open(small)
    assert page.locator("#counts").inner_text() == "10 thực thể · 5 quan hệ · 10 phát biểu"
    assert page.locator("#shown").inner_text() == "Đang hiện 10/10 thực thể, 5/5 quan hệ"
    assert "Cách đọc sơ đồ" in panel(page)
    assert "Hoà Bình xây dựng chính quyền điện tử" in panel(page)


def test_click_on_a_node_shows_all_that_is_stated(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.mouse.click(*spot(page, "node", "hb:lgsp"))
    text = panel(page)
    for words in (
        "Nền tảng tích hợp, chia sẻ dữ liệu tỉnh Hoà Bình",
        "Hoa Binh sharing platform",
        "trục chia sẻ dữ liệu",
        "do … vận hành",
        "Sở Thông tin và Truyền thông tỉnh Hoà Bình",
        "dự kiến",
        "phủ định",
        "Kết nối LGSP với nền tảng quốc gia",
    ):
        assert words in text
    assert page.evaluate("location.hash") == "#n=hb%3Algsp"


def test_click_on_an_edge_shows_its_sentence(watched: Watched, small: str) -> None:
    page = watched.open(small)
    edge = "hb:cong-dvc|connectsTo|hb:lgsp"
    page.mouse.click(*spot(page, "edge", edge))
    assert page.evaluate("explorer.state.edge") == edge
    text = panel(page)
    assert "Cổng dịch vụ công của tỉnh kết nối với LGSP do Sở vận hành." in text
    assert "Hoà Bình xây dựng chính quyền điện tử" in text
    assert "Báo Hoà Bình, 04/05/2020" in text
    assert "đang vận hành" in text


def test_edge_with_planned_and_denied_claims_shows_both(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=hb:lgsp")
    page.get_by_role("button", name="kết nối với dự kiến phủ định Nền tảng tích hợp quốc gia").press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    text = panel(page)
    assert "2 phát biểu" in text
    assert "trái nhau" in text
    assert "hạn 2021" in text
    page.locator("#panel .close").click()
    assert page.evaluate("[explorer.state.edge, explorer.state.node]") == [None, "hb:lgsp"]


def test_figure_reads_as_vietnamese_and_english_write_it(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=vn:hoa-binh")
    assert "> 75.005,5 chứng thư số" in panel(page)
    assert "kỳ 01/2020 – 04/2020" in panel(page)
    page.locator("#lang-en").click()
    assert "> 75,005.5 certificates" in panel(page)
    page.locator("#panel summary", has_text="75,005.5").click()
    assert "Tỉnh đã cấp trên 936 chứng thư số" in panel(page)  # no translation: the sentence itself


@pytest.mark.parametrize(("typed", "found"), SEARCHES)
def test_search_finds_with_and_without_accents(
    watched: Watched, small: str, typed: str, found: list[str]
) -> None:
    page = watched.open(small)
    assert page.evaluate("words => explorer.find(words).map(node => node.id)", typed) == found


def test_every_entity_is_found_by_its_name_without_accents(watched: Watched, small: str) -> None:
    page = watched.open(small)
    assert page.evaluate("reads.missed()") == []


def test_whole_path_by_keyboard(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.keyboard.press("/")
    page.keyboard.type("so thong tin")
    assert page.locator("#results li").count() == 1
    page.keyboard.press("ArrowDown")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "option-0"
    page.keyboard.press("Enter")
    assert page.evaluate("explorer.state.node") == "hb:so-tttt"
    assert page.evaluate("document.activeElement.id") == "stage"
    page.keyboard.press("ArrowUp")
    assert "Nền tảng tích hợp" in page.locator("#live").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("explorer.state.node") == "hb:lgsp"
    page.keyboard.press("Escape")
    assert page.evaluate("explorer.state.node") is None
    page.go_back()
    page.wait_for_function("explorer.state.node === 'hb:lgsp'")
    page.go_back()
    page.wait_for_function("explorer.state.node === 'hb:so-tttt'")
    page.go_forward()
    page.wait_for_function("explorer.state.node === 'hb:lgsp'")


def test_arrows_without_a_focus_walk_what_is_shown(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.locator("#stage").focus()
    reached = set()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
        reached.add(page.locator("#live").inner_text())
    assert len(reached) == 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_legend_has_the_drawn_colours(watched: Watched, small: str, scheme: str) -> None:
    watched.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page = watched.open(small)
    curies = ("hb:lgsp", "hb:cong-dvc", "cm:mot-cua", "vn:ca-mau")
    for act in ("", "#lang-en", "#theme", "#filter-columns input", "#theme"):
        if act:
            page.locator(act).first.click()
        live = page.evaluate("reads.live()")
        assert live == page.evaluate("reads.legend()")
        shown = page.evaluate("explorer.shown().nodes.map(node => node.id)")
        for curie in set(curies) & set(shown):
            assert page.evaluate("id => reads.pixel(id)", curie) == live[curie].lower(), (act, curie)


def test_filters_change_drawing_table_and_counts_alike(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.get_by_role("checkbox", name="Dự kiến").uncheck()
    page.get_by_role("checkbox", name="Phủ định").uncheck()
    assert LGSP_NGSP not in page.evaluate("explorer.shown().edges.map(edge => edge.id)")
    assert page.evaluate("id => explorer.live().body.edges[id].options.hidden", LGSP_NGSP) is True
    page.get_by_role("checkbox", name="Cà Mau").uncheck()
    page.locator("#view-table").click()
    listed = page.locator("#tables tr[data-id]").evaluate_all("rows => rows.map(row => row.dataset.id)")
    drawn = page.evaluate("[...explorer.shown().nodes, ...explorer.shown().edges].map(each => each.id)")
    assert listed == drawn
    assert "cm:mot-cua" not in listed
    assert page.evaluate("reads.visible()") == sorted(listed)
    page.locator("#all").click()
    assert page.locator("#tables tr[data-id]").count() == 15
    page.get_by_role("button", name="Chỉ hiện Thí điểm").press("Enter")
    assert page.evaluate("explorer.shown().edges.map(edge => edge.id)") == ["cm:mot-cua|connectsTo|nat:ngsp"]


def test_line_style_tells_the_status(watched: Watched, small: str) -> None:
    page = watched.open(small)
    dashes = page.evaluate("reads.dashes()")
    assert dashes["hb:cong-dvc|connectsTo|hb:lgsp"] is False
    assert dashes[LGSP_NGSP] == pytest.approx([7, 5])
    assert dashes["cm:mot-cua|connectsTo|nat:ngsp"] == pytest.approx([1.5, 4])


def test_near_view_shows_one_thing_and_its_neighbours(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=hb:lgsp")
    page.locator("#near").click()
    shown = page.evaluate("explorer.shown().nodes.map(node => node.id)")
    assert sorted(shown) == ["hb:cong-dvc", "hb:lgsp", "hb:so-tttt", "nat:ngsp", "vn:hoa-binh"]
    assert page.evaluate("reads.overlaps()") == 0
    page.mouse.click(*spot(page, "node", "nat:ngsp"))
    assert page.evaluate("explorer.state.node") == "nat:ngsp"
    assert page.locator("#shown").inner_text() == "Đang hiện 3/10 thực thể, 2/5 quan hệ"


@pytest.mark.parametrize(
    "hash_",
    [
        "#n=hb%3Algsp&l=en&t=dark",
        "#e=hb%3Algsp%7CconnectsTo%7Cnat%3Angsp&t=light",
        "#n=vn%3Ahoa-binh&v=table&a=1&k=body%2Cportal&p=vn%3Aca-mau&s=denied%2Cplanned",
    ],
)
def test_link_brings_back_the_same_view(watched: Watched, small: str, hash_: str) -> None:
    page = watched.open(small + hash_)
    first = page.evaluate("reads.view()")
    assert page.evaluate("location.hash") == hash_
    page.locator("#lang-vi").click()
    page.locator("#lang-en").click()
    again = watched.open(small + page.evaluate("location.hash"))
    assert again.evaluate("reads.view()") == first
    assert again.evaluate("document.documentElement.lang") == "en"


def test_link_with_nonsense_opens_the_first_view(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=nothing&e=x&k=evil,&l=xx&t=%3Cb%3E&v=<script>")
    assert page.locator("#shown").inner_text().startswith("Đang hiện 10/10")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault(browser: Browser, small: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        viewport={"width": 1300, "height": 850},
        bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = Watched(context.new_page()).page
    for hash_ in ("", "#n=hb:lgsp", "#e=hb:lgsp%7CconnectsTo%7Cnat:ngsp&l=en", "#v=table"):
        Watched(page).open(small + hash_)
        for summary in page.locator("#panel summary").all():
            summary.click()
        found: Any = Axe().run(page)
        assert found.violations_count == 0, (hash_, found.generate_report())
    page.fill("#search", "hoa")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_phone_has_panel_below_and_no_sideways_scroll(browser: Browser, small: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = Watched(context.new_page()).open(small + "#n=hb:lgsp")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("panel.getBoundingClientRect().top >= stage.getBoundingClientRect().bottom")
    context.close()


def test_drawn_labels_do_not_overlap(watched: Watched, small: str) -> None:
    page = watched.open(small)
    for act in (None, "#zoom-in", "#zoom-in", "#lang-en", "#zoom-out"):
        if act:
            page.locator(act).click()
        assert page.evaluate("reads.overlaps()") == 0, act


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as started:
        page.locator(button).click()
    return Path(started.value.path()).read_bytes()


def test_csv_and_png_are_saved(watched: Watched, small: str) -> None:
    page = watched.open(small)
    assert saved(page, "#save-png").startswith(b"\x89PNG")
    rows = saved(page, "#save-nodes").decode("utf-8-sig").splitlines()
    assert len(rows) == 11
    assert any(row.startswith('"Nền tảng tích hợp, chia sẻ dữ liệu tỉnh Hoà Bình","Nền tảng') for row in rows)
    rows = saved(page, "#save-edges").decode("utf-8-sig").splitlines()
    assert len(rows) == 6
    assert any("dự kiến; phủ định" in row for row in rows)


def hostile_graph(payloads: list[str]) -> str:
    """One entity for each payload, and every text of it is the payload."""
    pattern = (CASES / "hostile.trig").read_text("utf-8")
    parts = []
    for number, payload in enumerate(payloads):
        values = {"$NUMBER": str(number), "$NEXT": str((number + 1) % len(payloads))}
        values |= {"$CURIE": str(ox.Literal(f"{number}:{payload}")), "$TEXT": str(ox.Literal(payload))}
        text = pattern
        for key, value in values.items():
            text = text.replace(key, value)
        parts.append(text)
    return "".join(parts)


def test_hostile_texts_do_nothing_and_stand_as_written(watched: Watched, tmp_path: Path) -> None:
    assert len(PAYLOADS) >= 40
    path = tmp_path / "hostile.html"
    write(picture(store_of(hostile_graph(PAYLOADS))), path)
    watched.page.add_init_script(
        "window.hits = []; window.hit = () => hits.push('ran');"
        "addEventListener('securitypolicyviolation', event => hits.push(event.violatedDirective));"
    )
    page = watched.open(path.as_uri())
    assert page.evaluate("explorer.nodes.length") == len(PAYLOADS)
    for number, payload in enumerate(PAYLOADS):
        texts = page.evaluate("id => reads.panel(id)", f"{number}:{payload}")
        assert texts["title"] == [payload]
        assert payload in texts["facts"]
        assert texts["says"].count(payload) >= 2
        assert texts["quotes"] == [payload] * len(texts["quotes"])
        assert set(texts["cites"]) == {payload}
        assert payload in texts["bounds"]
        assert texts["ends"][0] == payload
        assert payload in texts["sentence"]
    page.locator("#view-table").click()
    cells = page.locator("#tables tr[data-id] th button").all_text_contents()
    order = sorted(f"{number}:{payload}" for number, payload in enumerate(PAYLOADS))
    assert cells[: len(PAYLOADS)] == [curie.partition(":")[2] for curie in order]
    page.locator("#search").fill("hit")
    assert page.locator("#results li").count() > 3
    page.keyboard.press("Enter")
    assert b"\"'=HYPERLINK(" in saved(page, "#save-nodes")
    assert page.evaluate("hits") == []
    assert page.locator("iframe, object, embed, base, img, form, video").count() == 0
