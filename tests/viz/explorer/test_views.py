"""The views of the explorer and what bounds them: steps of dependence, years, layers, what is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from egovkg.queries.picture.picture import Picture, Reference
from egovkg.tests.viz.explorer.waiting import until
from egovkg.viz.explorer.page import render
from egovkg.viz.explorer.supplements import Supplements

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from egovkg.queries.facts.values import Json
    from egovkg.tests.viz.explorer.conftest import Watched
    from playwright.sync_api import Page

LGSP_NGSP = "hb:lgsp|connectsTo|nat:ngsp"

pytestmark = pytest.mark.browser


def shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate("explorer.shown().nodes.map(node => node.id)")
    return sorted(found)


def edges(page: Page) -> list[str]:
    found: list[str] = page.evaluate("explorer.shown().edges.map(edge => edge.id)")
    return sorted(found)


def test_dependencies_go_step_by_step_to_both_sides(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=hb:lgsp&w=deps")
    levels = page.evaluate("Object.fromEntries(explorer.scene().levels)")
    assert levels == {"hb:lgsp": 0, "hb:cong-dvc": 1, "nat:ngsp": -1}
    assert "Dừng theo: 1 hệ thống" in page.locator("#shown").inner_text()
    assert page.evaluate("explorer.scene().columns.map(([key]) => key)") == ["-1", "0", "1 stops"]
    page.get_by_role("checkbox", name="Dự kiến").uncheck()
    assert shown(page) == ["hb:cong-dvc", "hb:lgsp"]  # what is only planned and denied carries nothing
    page.get_by_role("checkbox", name="Dự kiến").check()
    watched.click("node", "hb:cong-dvc")
    assert page.evaluate("Object.fromEntries(explorer.scene().levels)") == {
        "hb:cong-dvc": 0,
        "hb:lgsp": -1,
        "nat:ngsp": -2,
    }


def test_dependencies_without_a_choice_propose_where_most_stops(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.locator("#view-deps").click()
    assert page.evaluate("explorer.state.node") == "nat:ngsp"
    assert "trang tự đề xuất" in page.locator("#shown").inner_text()
    page.locator("#view-time").click()
    assert page.evaluate("explorer.state.node") is None  # nothing that the reader has not chosen is looked at


def test_country_names_each_province_and_opens_it(watched: Watched, small: str) -> None:
    page = watched.open(small + "#t=dark&w=country")
    for event, theme in (("beforeprint", "light"), ("afterprint", "dark")):  # paper is light
        page.evaluate("name => { dispatchEvent(new Event(name)) }", event)
        assert page.evaluate("document.documentElement.dataset.theme") == theme
    tiles = page.locator(".map .tile")
    assert sorted(tiles.all_inner_texts()) == [
        "Cà Mau\n1",
        "Hoà Bình\n1",
        "Lào Cai\n–",  # nothing is stated of it, and it stands there
        "Toàn quốc, khác\n–",
    ]
    tiles.filter(has_text="Cà Mau").press("Enter")
    assert "Hệ thống một cửa điện tử tỉnh Cà Mau" in page.locator("#panel").inner_text()
    page.locator("#form-table").click()
    listed = page.locator("#tables tr[data-id]").count()
    assert listed == 4 + 10 + 5  # provinces, entities, relations: everything is in the tables
    page.locator("#form-drawing").click()
    page.locator("#panel button", has_text="Mở kiến trúc").press("Enter")
    assert page.evaluate("explorer.scene().columns.map(([key]) => key)") == ["vn:ca-mau"]
    assert shown(page) == ["cm:mot-cua", "vn:ca-mau"]
    page.go_back()
    until(page, "explorer.state.view === 'country'")


def test_timeline_shows_what_has_a_time_in_its_year(watched: Watched, small: str) -> None:
    page = watched.open(small + "#w=time")
    places = page.evaluate(
        "Object.fromEntries(explorer.shown().nodes.map(({id}) => "
        "[id, [explorer.scene().places.get(id).row, explorer.scene().places.get(id).column]]))"
    )
    assert places["hb:qd-12-2019"] == ["documents", "2019"]
    assert places["hb:lgsp"] == ["expected", "2021"]
    assert not {"vn:hoa-binh", "nat:ngsp"} & set(places)
    assert "chỉ hiện các thực thể có nêu thời gian" in page.locator("#shown").inner_text()


def test_near_opens_neighbours_of_a_neighbour(watched: Watched, small: str) -> None:
    page = watched.open(small + "#n=hb:cong-dvc&w=near")
    before = shown(page)
    assert "nat:ngsp" not in before
    page.get_by_role("button", name="Mở lân cận của Nền tảng tích hợp, chia sẻ dữ liệu tỉnh Hoà Bình").press(
        "Enter"
    )
    assert set(shown(page)) > set(before)
    assert "nat:ngsp" in shown(page)
    assert "x=hb%3Algsp" in page.evaluate("location.hash")
    assert page.evaluate("reads.overlaps()") == 0
    page.get_by_role("button", name="Thu lại lân cận").press("Enter")
    assert shown(page) == before


def test_force_gives_the_same_places_each_time(watched: Watched, small: str) -> None:
    first = watched.open(small + "#w=force").evaluate("[...explorer.scene().places]")
    assert watched.open(small + "#w=force").evaluate("[...explorer.scene().places]") == first
    assert len({(place["x"], place["y"]) for _, place in first}) == 10


def test_buttons_go_back_and_forward(watched: Watched, small: str) -> None:
    page = watched.open(small)
    assert page.locator("#back").is_disabled()
    page.evaluate("explorer.lookAt('hb:lgsp')")
    page.locator("#view-deps").click()
    page.locator("#back").click()
    until(page, "explorer.state.view === 'grid'")
    page.locator("#back").click()
    until(page, "explorer.state.node === null")
    assert page.locator("#back").is_disabled()
    page.locator("#forward").click()
    until(page, "explorer.state.node === 'hb:lgsp'")
    page.locator("#forward").click()
    until(page, "explorer.state.view === 'deps'")


def test_as_of_slider_shows_what_held_in_that_year(watched: Watched, small: str) -> None:
    page = watched.open(small)
    everything = edges(page)
    page.locator("#as-of").focus()
    page.keyboard.press("Home")
    first_year = page.locator("#as-of").get_attribute("aria-valuetext")
    assert first_year == str(page.evaluate("explorer.state.asOf"))
    assert len(edges(page)) < len(everything)
    page.keyboard.press("End")
    assert edges(page) == everything
    assert page.locator("#as-of").get_attribute("aria-valuetext") == "mọi lúc"


def test_years_keep_what_speaks_of_them(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.locator("#until").select_option("2020")
    assert "cm:mot-cua|connectsTo|nat:ngsp" not in edges(page)  # said in 2021
    page.locator("#until").select_option("")
    page.locator("#since").select_option("2021")
    assert edges(page) == ["cm:mot-cua|connectsTo|nat:ngsp", LGSP_NGSP]  # said in, due in 2021
    page.locator("#all").click()
    assert len(edges(page)) == 5


def test_article_and_layer_filters(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.evaluate("document.querySelectorAll('nav details').forEach(each => { each.open = true })")
    page.get_by_role("checkbox", name="Cà Mau mở rộng một cửa điện tử").uncheck()
    assert "cm:mot-cua|connectsTo|nat:ngsp" not in edges(page)
    assert "cm:mot-cua" not in shown(page)
    only_named = page.evaluate("explorer.nodes.find(node => node.id === 'vn:lao-cai')")
    assert (only_named["id"] in shown(page)) == (1 in only_named["articles"])
    page.get_by_role("checkbox", name="Cổng thông tin").uncheck()
    assert "hb:cong-dvc" not in shown(page)


def test_basis_can_be_chosen_only_where_there_are_two(
    watched: Watched, small: str, small_picture: Picture, paged: Callable[[Picture, str], str]
) -> None:
    told = watched.open(small).locator("#filter-bases")
    assert told.get_by_role("checkbox").count() == 0
    assert "không có quan hệ nào từ dữ liệu tham chiếu" in told.inner_text()
    references = (
        Reference("cm:mot-cua", "connectsTo", "hb:lgsp", {"vi": "Khung kiến trúc 2.0"}),
        Reference("hb:lgsp", "connectsTo", "nat:ngsp", {"vi": "Khung kiến trúc 2.0"}),
    )
    page = watched.open(paged(replace(small_picture, references=references), "reference"))
    assert len(edges(page)) == 6
    page.get_by_role("checkbox", name="Khung tham chiếu").uncheck()
    assert len(edges(page)) == 5
    page.get_by_role("checkbox", name="Khung tham chiếu").check()
    page.get_by_role("checkbox", name="Bài viết nêu").uncheck()
    assert edges(page) == ["cm:mot-cua|connectsTo|hb:lgsp", LGSP_NGSP]
    page.evaluate("explorer.openEdge('cm:mot-cua|connectsTo|hb:lgsp')")
    assert "Khung kiến trúc 2.0" in page.locator("#panel").inner_text()


def test_cells_close_to_a_count_and_open_again(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.locator("#cells").click()
    assert shown(page) == []
    assert page.evaluate("explorer.tiles().reduce((sum, tile) => sum + tile.count, 0)") == 10
    assert "10 thực thể trong" in page.locator("#shown").inner_text()
    tile = page.evaluate("explorer.tiles().find(tile => tile.cell.startsWith('platform')).id")
    place = page.evaluate("id => explorer.live().canvasToDOM(explorer.live().getPosition(id))", tile)
    box = page.locator("#stage").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    assert shown(page) == ["hb:lgsp"]
    assert "c=" in page.evaluate("location.hash")
    page.locator("#form-table").click()
    page.get_by_role("button", name="Cơ quan · Hoà Bình").press("Enter")
    assert shown(page) == ["hb:lgsp", "hb:so-tttt"]
    page.locator("#form-drawing").click()
    page.locator("#cells").click()
    assert len(shown(page)) == 10


def test_every_edge_has_evidence_or_a_reference(watched: Watched, small: str) -> None:
    page = watched.open(small)
    for edge in edges(page):
        page.evaluate("id => explorer.openEdge(id)", edge)
        cards = page.locator("#panel .card")
        assert cards.count() >= 1
        for card in cards.all():
            assert card.locator(".digest").first.inner_text()
            assert card.locator("cite").inner_text()
            assert card.locator(".status").inner_text()


def test_columns_rows_and_cells_of_the_grid_hold_their_things(watched: Watched, small: str) -> None:
    page = watched.open(small)
    outside = page.evaluate("""explorer.shown().nodes.filter(({ id, row, column }) => {
        const { places, rows, columns } = explorer.scene();
        const inside = (bands, key, at) =>
          bands.some(([name, start, end]) => name === key && start < at && at < end);
        const place = places.get(id);
        return !inside(rows, row, place.y) || !inside(columns, column, place.x);
    }).length""")
    assert outside == 0


def test_a_tour_is_walked_to_its_end_by_keyboard(
    watched: Watched, small_picture: Picture, tmp_path: Path
) -> None:
    def step(title: str, **content: Json) -> dict[str, Json]:
        texts: Json = {"vi": title, "en": title}
        rest: dict[str, Json] = {"text": texts, "view": None, "check": None}
        return {"title": texts, **rest, **content}

    claim = next(
        edge for edge in small_picture.edges if (edge.subject, edge.object) == ("hb:lgsp", "nat:ngsp")
    ).statements[0]
    steps: list[Json] = [
        step("Một", marks=["hb:lgsp", "nat:ngsp"], evidence=[{"statements": [claim]}]),
        step("Hai", marks=["hb:lgsp"], evidence=[{"entity": "hb:lgsp"}], view="deps"),
    ]
    tour: dict[str, Json] = {"name": "thu", "title": {"vi": "Bài thử"}, "about": {"vi": "…"}, "minutes": 5}
    page = tmp_path / "tour.html"
    page.write_text(render(small_picture, supplements=Supplements(({**tour, "steps": steps},))), "utf-8")
    opened = watched.open(page.as_uri())
    opened.get_by_role("button", name="Bài thử").press("Enter")
    assert opened.evaluate("document.activeElement.textContent") == "Một"
    assert LGSP_NGSP in opened.evaluate("explorer.state.edge")
    opened.get_by_role("button", name="Trước").wait_for()
    opened.keyboard.press("n")
    assert opened.evaluate("[explorer.state.view, explorer.state.node]") == ["deps", "hb:lgsp"]
    opened.locator("#stage").press("ArrowRight")
    opened.keyboard.press("Enter")  # whatever is opened, the tour stays
    assert opened.evaluate("explorer.state.node") != "hb:lgsp"
    assert "2 / 2" in opened.locator(".tour").inner_text()
    opened.keyboard.press("Escape")
    assert opened.evaluate("explorer.state.node") == "hb:lgsp"
    opened.keyboard.press("p")
    assert opened.locator(".tour h2").inner_text() == "Một"
    opened.keyboard.press("Escape")
    assert opened.locator(".tour").count() == 0
    opened.go_back()
    assert opened.locator(".tour h2").inner_text() == "Một"
