"""What is drawn is in sight and counted, and only what the reader looks at sets the rest back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.tests.viz.explorer.waiting import until
from egovkg.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from egovkg.tests.viz.explorer.conftest import Watched

pytestmark = pytest.mark.browser
SETTLED = 700.0  # ms after which the camera stands still


def test_on_a_phone_what_is_opened_from_the_map_stands_in_the_drawing(
    visit: Callable[..., Watched], busy: str
) -> None:
    page = visit(busy + "#w=country", 390, 844, has_touch=True).page
    page.evaluate("explorer.change({ view: 'country', node: null })")
    page.locator("input[type=search]").fill(page.evaluate("explorer.nodes[3].names.vi"))
    page.locator("#results [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    until(page, "explorer.state.view === 'near'")
    page.wait_for_timeout(SETTLED)
    place = page.evaluate("reads.node(explorer.state.node)")
    box = page.locator("#stage").bounding_box()
    assert box is not None
    assert 0.25 < place["x"] / box["width"] < 0.75
    assert 0.25 < place["y"] / box["height"] < 0.75


def test_counts_follow_the_size_of_the_drawing(watched: Watched, huge: str) -> None:
    page = watched.open(huge)
    before = page.evaluate("explorer.shown().nodes.length")
    page.set_viewport_size({"width": 1000, "height": 560})
    until(page, f"explorer.shown().nodes.length !== {before}")
    counted = page.evaluate("explorer.tiles().reduce((sum, tile) => sum + tile.count, 0)")
    inner = page.locator("#shown").inner_text().replace(".", "")
    assert f" {page.evaluate('explorer.shown().nodes.length')}/2600" in inner
    assert f" {counted} " in inner


def test_nothing_is_set_back_for_what_is_not_drawn(watched: Watched, huge: str) -> None:
    page = watched.open(huge + "#w=force")
    elsewhere = catalogue("egovkg.viz.explorer", "vi")["lookedElsewhere"]
    items = "explorer.svg().split('<g class=\"node\"')"
    outlined = f"{items}.filter(item => item.includes('fill=\"none\"')).length"
    plain = page.evaluate(outlined)
    drawn = page.evaluate("explorer.shown().nodes[0].id")
    absent = page.evaluate(
        "explorer.nodes.find(node => !explorer.shown().nodes.includes(node)"
        " && node.neighbours.some(id => explorer.shown().nodes.some(other => other.id === id))).id"
    )
    page.evaluate(f"explorer.lookAt('{absent}')")
    assert page.evaluate(outlined) == plain
    assert elsewhere in page.locator("#shown").inner_text()
    page.evaluate(f"explorer.lookAt('{drawn}')")
    assert page.evaluate(outlined) > plain
    assert elsewhere not in page.locator("#shown").inner_text()


def test_an_open_dialog_is_not_printed(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.locator("#saved").click()
    page.locator("dialog[open]").wait_for()
    page.emulate_media(media="print")
    assert not page.locator("dialog[open]").is_visible()
