"""The explorer in a real browser, from a file, without a network: reading, searching, filtering, links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from egovkg.tests.viz.explorer.waiting import until
from egovkg.words import catalogue

if TYPE_CHECKING:
    from egovkg.tests.viz.explorer.conftest import Watched
    from playwright.sync_api import Page

CASES = Path(__file__).parents[2] / "cases" / "picture"
SEARCHES: list[tuple[str, list[str]]] = json.loads((CASES / "searches.json").read_text("utf-8"))
LGSP_NGSP = "hb:lgsp|connectsTo|nat:ngsp"

pytestmark = pytest.mark.browser


def panel(page: Page) -> str:
    return page.locator("#panel").inner_text()


def test_first_view_tells_counts_and_how_to_read(watched: Watched, small: str) -> None:
    page = watched.open(small)
    assert page.locator("#counts").inner_text() == catalogue("egovkg.viz.explorer", "vi")(
        "counts", nodes=10, edges=5, statements=10
    )
    assert page.locator("#shown").inner_text() == "Đang hiện 10/10 thực thể, 5/5 quan hệ"
    assert "Cách đọc sơ đồ" in panel(page)
    assert "Hoà Bình xây dựng chính quyền điện tử" in panel(page)


def test_click_on_a_node_shows_all_that_is_stated(watched: Watched, small: str) -> None:
    page = watched.open(small)
    watched.click("node", "hb:lgsp")
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
    watched.click("edge", edge)
    assert page.evaluate("explorer.state.edge") == edge
    text = panel(page)
    assert "Cổng dịch vụ công của tỉnh kết nối với LGSP do Sở vận hành." in text
    assert "Hoà Bình xây dựng chính quyền điện tử" in text
    assert "Báo Hoà Bình, 4/5/2020" in text
    assert "đang vận hành" in text


def test_edge_with_planned_and_denied_claims_shows_both(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=hb:lgsp")
    page.get_by_role("button", name="kết nối với dự kiến phủ định Nền tảng tích hợp quốc gia").press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    text = panel(page)
    assert "2 phát biểu" in text
    assert "trái ngược nhau" in text
    assert "hạn 2021" in text
    page.locator("#panel .close").click()
    assert page.evaluate("[explorer.state.edge, explorer.state.node]") == [None, "hb:lgsp"]


def test_figure_reads_as_vietnamese_and_english_write_it(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=vn:hoa-binh")
    assert "> 75.005,5 chứng thư số" in panel(page)
    assert "kỳ 1/2020 – 4/2020" in panel(page)
    page.locator("#lang-en").click()
    assert "> 75,005.5 certificates" in panel(page)
    page.locator("#panel summary", has_text="75,005.5").click()
    assert "Tỉnh đã cấp trên 936 chứng thư số" in panel(page)  # no translation: the sentence itself


def test_search_finds_with_and_without_accents(watched: Watched, small: str) -> None:
    page = watched.open(small)
    for typed, found in SEARCHES:
        assert page.evaluate("words => explorer.find(words).map(node => node.id)", typed) == found, typed


def test_every_entity_is_found_by_its_name_without_accents(watched: Watched, small: str) -> None:
    page = watched.open(small)
    assert page.evaluate("reads.missed()") == []


def test_whole_path_by_keyboard(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.keyboard.press("Control+k")
    page.keyboard.type("so thong tin")
    assert page.locator("#results li:not(.statement)").count() == 1
    assert page.locator("#results li.statement").count() == 1
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
    until(page, "explorer.state.node === 'hb:lgsp'")
    page.go_back()
    until(page, "explorer.state.node === 'hb:so-tttt'")
    page.go_forward()
    until(page, "explorer.state.node === 'hb:lgsp'")


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
    page.locator("#form-table").click()
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
    page.locator("#view-near").click()
    shown = page.evaluate("explorer.shown().nodes.map(node => node.id)")
    assert sorted(shown) == ["hb:cong-dvc", "hb:lgsp", "hb:so-tttt", "nat:ngsp", "vn:hoa-binh"]
    assert page.evaluate("reads.overlaps()") == 0
    watched.click("node", "nat:ngsp")
    assert page.evaluate("explorer.state.node") == "nat:ngsp"
    assert page.locator("#shown").inner_text() == "Đang hiện 3/10 thực thể, 2/5 quan hệ"


@pytest.mark.parametrize(
    "hash_",
    [
        "#n=hb%3Algsp&l=en&t=dark",
        "#e=hb%3Algsp%7CconnectsTo%7Cnat%3Angsp&t=light",
        "#n=vn%3Ahoa-binh&v=table&w=near&k=body%2Cportal&p=vn%3Aca-mau&s=denied%2Cplanned",
        "#n=hb%3Algsp&w=deps",
        "#w=time&r=platform&q=ca-mau-2021&y=2019-2021&o=2020",
        "#g=portals%7Cplatform&w=force&c=platform%7Cvn%3Ahoa-binh%7E0&z=0.4%2C0.6%2C1.8",
        "#n=hb%3Algsp&w=near&x=vn%3Ahoa-binh&m=100",
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
    assert page.locator("#said").inner_text() == "Liên kết nhắc đến “nothing”, đồ thị này không có."
    page.locator("#lang-en").click()
    page.evaluate("location.hash = '#e=a|b|c&l=en'")
    until(page, "said.textContent === 'The link names “a|b|c”, which is not in this graph.'")


def test_what_a_link_names_in_vain_is_told_until_another_is_chosen(watched: Watched, small: str) -> None:
    page = watched.open(small + "#w=deps&n=nat:xyz&l=en")
    missing = "The link names “nat:xyz”, which is not in this graph."
    assert "proposed by the page" in page.locator("#shown").inner_text()
    for button in ("#lang-vi", "#lang-en", "#view-time", "#view-deps"):
        page.locator(button).click()
    assert page.locator("#said").inner_text() == missing
    watched.click("node", "cm:mot-cua")
    assert page.locator("#said").inner_text() == ""


def test_drawn_labels_do_not_overlap(watched: Watched, small: str) -> None:
    page = watched.open(small)
    for act in (None, "#zoom-in", "#zoom-in", "#lang-en", "#zoom-out"):
        if act:
            page.locator(act).click()
        assert page.evaluate("reads.overlaps()") == 0, act
