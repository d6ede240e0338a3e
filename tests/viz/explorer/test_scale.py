"""Large graphs: counts that open, nothing handed to the canvas that is not drawn, small files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.tests.viz.explorer.waiting import until

if TYPE_CHECKING:
    from egovkg.tests.viz.explorer.conftest import Watched

pytestmark = pytest.mark.browser


DRAWN_AND_COUNTED = (
    "explorer.shown().nodes.length + explorer.tiles().reduce((sum, tile) => sum + tile.count, 0)"
)


def test_a_large_graph_opens_with_names_and_counts(watched: Watched, huge: str) -> None:
    page = watched.open(huge)
    page.evaluate("explorer.live().redraw()")
    named = page.evaluate("explorer.labels().filter(box => box.lines).length")
    drawn = page.evaluate("explorer.shown().nodes.length + explorer.tiles().length")
    assert 0.6 * drawn < named <= page.evaluate("explorer.shown().nodes.length")
    assert page.evaluate("Object.keys(explorer.live().body.nodes).length") < 250
    assert page.locator("#shown").inner_text().startswith("Đang hiện")
    assert page.evaluate(DRAWN_AND_COUNTED) == 2600
    bands = dict(page.evaluate("explorer.bands()"))
    assert sum(bands.values()) == page.evaluate("explorer.edges.length")


def test_a_count_opens_its_cell(watched: Watched, huge: str) -> None:
    page = watched.open(huge)
    tile, total = page.evaluate("(({ id, total }) => [id, total])(explorer.tiles()[0])")
    place = page.evaluate("id => explorer.live().canvasToDOM(explorer.live().getPosition(id))", tile)
    box = page.locator("#stage").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    assert page.evaluate(DRAWN_AND_COUNTED) == total
    shown = page.evaluate("explorer.shown().nodes.length")
    assert shown > 40
    assert page.evaluate("new Set(explorer.shown().nodes.map(node => node.row)).size") == 1
    page.locator("#back").click()
    until(page, "!explorer.state.off.rows.size")
    assert page.evaluate(DRAWN_AND_COUNTED) == 2600


def test_what_is_looked_at_comes_out_of_its_cell(watched: Watched, huge: str) -> None:
    page = watched.open(huge + "#n=sx:00003")
    shown = page.evaluate("explorer.shown().nodes.map(node => node.id)")
    assert "sx:00003" in shown
    lit = page.evaluate("explorer.nodes.find(node => node.id === 'sx:00003').neighbours")
    assert len(set(lit) & set(shown)) > 1
    ends = page.evaluate("explorer.lines().flatMap(edge => [edge.from, edge.to])")
    assert set(ends) == {"sx:00003", *(set(lit) & set(shown))}
    page.evaluate("explorer.lookAt('sx:00000')")
    page.locator("#view-near").click()
    rest = page.evaluate("explorer.scene().hidden")
    assert rest > 0
    assert f"{rest} thực thể chưa hiện" in page.locator("#shown").inner_text()
    before = page.evaluate("explorer.shown().nodes.length")
    page.locator("#more").click()
    assert page.evaluate("explorer.shown().nodes.length") == before + min(50, rest)
    assert "50 trong" in page.locator("#panel").inner_text()


def test_tables_fill_as_asked(watched: Watched, busy: str) -> None:
    page = watched.open(busy + "#v=table")
    sheet = page.locator(".sheet").nth(1)
    total = page.evaluate("explorer.shown().edges.length")
    assert sheet.locator("tr[data-id]").count() == 200 < total
    assert f"200 trong {total}" in sheet.locator("caption").inner_text()
    sheet.locator(".more").first.press("Enter")
    assert sheet.locator("tr[data-id]").count() == min(400, total)
    sheet.locator(".more").first.press("Enter")
    assert sheet.locator("tr[data-id]").count() == total
    sheet.locator(".col-to .sorter").press("Enter")
    sheet.locator(".col-to .sorter").press("Enter")
    kind = "Trung tâm tích hợp dữ liệu số "
    names = page.evaluate("explorer.shown().edges.map(({ ends }) => ends[1].names.vi)")
    numbers = [int(name.removeprefix(kind).split()[0]) for name in names if name.startswith(kind)]
    assert sheet.locator("tr[data-id] td").nth(1).inner_text().startswith(f"{kind}{max(numbers)} ")


def test_at_an_overview_relations_are_bands(watched: Watched, busy: str) -> None:
    page = watched.open(busy)
    assert page.evaluate("explorer.lines().length") == 0
    bands = dict(page.evaluate("explorer.bands()"))
    assert sum(bands.values()) == page.evaluate("explorer.edges.length")
    band = max(bands, key=lambda each: bands[each])
    page.evaluate("band => explorer.change({ band, node: null, edge: null })", band)
    rows = page.evaluate("explorer.lines().map(({ ends }) => ends.map(node => node.row).sort().join())")
    assert set(rows) == {",".join(sorted(band.split("|")))}
    page.evaluate("explorer.lookAt('sx:00003')")
    lines = page.evaluate("explorer.lines().map(edge => [edge.from, edge.to])")
    assert lines
    assert all("sx:00003" in ends for ends in lines)


def test_filters_shorten_counts(watched: Watched, huge: str) -> None:
    page = watched.open(huge)
    page.locator("#filter-families input").first.uncheck()
    assert page.evaluate(DRAWN_AND_COUNTED) == 2275
    page.get_by_role("button", name="Hiện lại tất cả").click()
    assert page.evaluate(DRAWN_AND_COUNTED) == 2600
