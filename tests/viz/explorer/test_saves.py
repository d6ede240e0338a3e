"""What the explorer saves, and hostile texts in every field."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import yaml
from egovkg.tests.viz.explorer.waiting import until
from egovkg.viz.explorer.notebook import explore
from egovkg.viz.explorer.page import render
from egovkg.viz.explorer.supplements import Supplements
from egovkg.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from egovkg.queries.picture.picture import Picture
    from egovkg.tests.viz.explorer.conftest import Watched
    from playwright.sync_api import Browser, Page

CASES = Path(__file__).parents[2] / "cases" / "picture"
PAYLOADS: list[str] = json.loads((CASES / "payloads.json").read_text("utf-8"))
EGOV = "https://w3id.org/egovkg/ontology#"
SVG = "{http://www.w3.org/2000/svg}"
LGSP_NGSP = "hb:lgsp|connectsTo|nat:ngsp"

pytestmark = pytest.mark.browser


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_files_tell_what_stops_from_what_would_by_plans_only(watched: Watched, small: str) -> None:
    words = catalogue("egovkg.viz.explorer", "en")
    page = watched.open(small + "#n=nat:ngsp&w=deps&l=en")
    _, *rows = csv.reader(io.StringIO(page.evaluate("explorer.csv()[0]").removeprefix("\ufeff")))
    fates = {row[0]: row[1] for row in rows}
    assert Counter(fates.values()) == {words["fate.stops"]: 1, words["fate.foreseen"]: 2, "–": 1}
    svg = page.evaluate("explorer.svg()")
    assert "Stops, step 1" in svg
    assert svg.count("inference, step") == 2  # broken in two lines
    assert (
        page.locator("#shown")
        .inner_text()
        .endswith(words["stops.foreseen"].format(what=words["stops.systems"].format(n=2)))
    )


def test_csv_holds_what_is_shown(watched: Watched, small: str) -> None:
    watched.open(small)
    rows = rows_of(watched.saved("#save-nodes"))
    assert len(rows) == 11
    assert rows[0][0] == "Tên"
    assert "Nền tảng tích hợp, chia sẻ dữ liệu tỉnh Hoà Bình" in {row[0] for row in rows}
    assert len(rows_of(watched.saved("#save-edges"))) == 6
    watched.page.get_by_role("checkbox", name="Cà Mau 2").uncheck()
    assert len(rows_of(watched.saved("#save-nodes"))) == 9


CELLS: dict[str, list[str]] = yaml.safe_load((CASES.parent / "formulas.yaml").read_text("utf-8"))


def test_formulas_are_defused(watched: Watched, small: str) -> None:
    page = watched.open(small)
    for cell, is_formula in [(cell, kind == "formulas") for kind in CELLS for cell in CELLS[kind]]:
        page.evaluate("cell => { explorer.shown().nodes[0].names.vi = cell }", cell)
        _, row, *_ = csv.reader(io.StringIO(page.evaluate("explorer.csv()[0]"), newline=""))
        assert row[0].startswith("'") == is_formula, repr(cell)


def test_png_has_two_points_to_a_pixel(watched: Watched, small: str) -> None:
    page = watched.open(small)
    data = watched.saved("#save-png")
    assert data.startswith(b"\x89PNG")
    root = ET.fromstring(watched.saved("#save-svg").decode("utf-8"))
    size = [int.from_bytes(data[start : start + 4], "big") for start in (16, 20)]
    assert size == [pytest.approx(2 * float(root.get(side) or 0), abs=2) for side in ("width", "height")]
    assert len(data) > 10_000
    assert page.evaluate("reads.pixel('hb:lgsp')") == page.evaluate("reads.live()['hb:lgsp']").lower()


@pytest.mark.parametrize("hash_", ["#n=hb:lgsp", "#w=near&n=hb:lgsp", "#w=deps&n=hb:lgsp&t=dark"])
def test_svg_has_what_is_drawn(watched: Watched, small: str, hash_: str) -> None:
    page = watched.open(small + hash_)
    root = ET.fromstring(watched.saved("#save-svg").decode("utf-8"))
    shown = page.evaluate("explorer.shown().nodes.map(node => node.names.vi)")
    drawn = [group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g") if group.get("class") == "node"]
    assert sorted(drawn, key=str) == sorted(shown)
    lines = [path for path in root.iter(f"{SVG}path") if path.get("class") == "edge"]
    assert len(lines) == page.evaluate("explorer.lines().length")
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    # the relation that is planned, and denied, bears its mark, which the legend explains
    assert sum(text.startswith("✕") for text in texts) == 2
    assert "bị phủ định" in texts
    assert page.evaluate("explorer.svg() === explorer.svg()")


@pytest.mark.parametrize("view", ["grid", "country"])
def test_pictures_say_title_legend_source_and_date(watched: Watched, small: str, view: str) -> None:
    page = watched.open(f"{small}#w={view}")
    root = ET.fromstring(page.evaluate("explorer.svg()"))
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    assert texts[0].startswith("Đồ thị tri thức chính quyền điện tử – ")
    source = " ".join(texts[-3:])
    assert "Nguồn: " in source
    assert page.evaluate("String(new Date().getFullYear())") in source
    legend = [
        group.findtext(f"{SVG}text") for group in root.iter(f"{SVG}g") if group.get("class") == "legend"
    ]
    assert ("Nền tảng dùng chung" in legend) == (view == "grid")
    names = {name for name in ("Hoà Bình", "Phú Thọ", "Cà Mau") if name in texts}
    assert names or view == "grid"


TONES = (
    "tone-sure",
    "tone-partial",
    "tone-open",
    "tone-denied",
    "tone-conflict",
    "tone-aside",
    "tone-silent",
)
JUDGED: dict[str, Any] = {
    "day": "2026-11-30",
    "framework": {"vi": "Khung thử", "en": "Trial framework"},
    "scope": {"vi": "9 trên 21 ô không có bằng chứng.", "en": "9 of 21 cells have no evidence."},
    "verdicts": [
        {"id": tone, "label": {"vi": f"nhãn {tone}"}, "meaning": {}, "symbol": "●", "tone": tone}
        for tone in TONES
    ],
    "components": [[f"C{place}", {"vi": f"Thành phần {place}"}] for place in range(len(TONES))],
    "provinces": {"vn:ca-mau": {"cells": [[place, None, []] for place in range(len(TONES))], "age": None}},
}


@pytest.mark.parametrize("hash_", ["#w=country&d=verdicts", "#w=country&d=verdicts&j=C2&t=dark"])
def test_picture_of_verdicts_has_what_the_screen_has(
    watched: Watched, small_picture: Picture, tmp_path: Path, hash_: str
) -> None:
    file = tmp_path / "judged.html"
    file.write_text(render(small_picture, supplements=Supplements(verdicts=JUDGED)), "utf-8")
    page = watched.open(file.as_uri() + hash_)
    root = ET.fromstring(page.evaluate("explorer.svg()"))
    samples = [
        sample.get("data-tone") for sample in root.iter(f"{SVG}svg") if sample.get("class") == "verdict"
    ]
    assert sorted(map(str, samples)) == sorted([*TONES, *(["tone-open"] if "j=" in hash_ else TONES)])
    texts = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    for words in (*(f"● nhãn {tone}" for tone in TONES), "Khung thử", "9 trên 21 ô"):
        assert words in texts
    assert ("1/7" in texts) == ("Số trong ô:" in texts) == ("j=" not in hash_)
    patterns = {
        ET.tostring(sample)
        for sample in root.iter(f"{SVG}svg")
        if sample.get("class") == "verdict" and (sample.get("height") or "").startswith("14")
    }
    assert len({re.sub(rb'( (x|y|color)=|data-tone=)"[^"]*"', b"", drawn) for drawn in patterns}) == len(
        TONES
    )
    colours = [value for element in root.iter() for value in element.attrib.values()]
    assert not [value for value in colours if "var(" in value or value.startswith("color(")]


def test_turtle_says_what_is_shown_and_no_more(watched: Watched, small: str) -> None:
    page = watched.open(small)
    quads = list(ox.parse(watched.saved("#save-turtle"), format=ox.RdfFormat.TURTLE))
    claims = {q.subject for q in quads if getattr(q.object, "value", "") == f"{EGOV}Claim"}
    assert len(claims) == page.evaluate("explorer.shown().edges.flatMap(edge => edge.claims).length")
    iris = {node["iri"] for node in page.evaluate("explorer.nodes.map(({iri}) => ({iri}))")}
    plain = {
        (str(q.subject.value), q.predicate.value.removeprefix(EGOV), str(q.object.value))
        for q in quads
        if isinstance(q.subject, ox.NamedNode)
        and isinstance(q.object, ox.NamedNode)
        and {q.subject.value, q.object.value} <= iris
    }
    held = page.evaluate("""explorer.shown().edges.filter(edge => edge.claims.some(claim =>
        !claim.denied && ["operational", "completed"].includes(claim.status))).map(edge => edge.id)""")
    assert len(plain) == len(held)
    assert LGSP_NGSP not in held  # planned and denied: no plain triple


def hostile_graph() -> str:
    """One entity for each payload, and every text of it is the payload."""
    pattern = (CASES / "hostile.trig").read_text("utf-8")
    parts = []
    for number, payload in enumerate(PAYLOADS):
        values = {"$NUMBER": str(number), "$NEXT": str((number + 1) % len(PAYLOADS))}
        values |= {"$CURIE": str(ox.Literal(f"{number}:{payload}")), "$TEXT": str(ox.Literal(payload))}
        text = pattern
        for key, value in values.items():
            text = text.replace(key, value)
        parts.append(text)
    return "".join(parts)


@pytest.fixture(scope="module")
def hostile(paged: Callable[[Picture, str], str], drawn: Callable[[str], Picture]) -> str:
    return paged(drawn(hostile_graph()), "hostile")


@pytest.fixture
def alert(watched: Watched, hostile: str) -> Page:
    watched.page.add_init_script(
        "window.hits = []; window.hit = () => hits.push('ran');"
        "addEventListener('securitypolicyviolation', event => hits.push(event.violatedDirective));"
    )
    return watched.open(hostile)


def assert_unhurt(page: Page) -> None:
    assert page.evaluate("hits") == []
    assert page.locator("iframe, object, embed, base, img, form, video").count() == 0


def test_hostile_texts_do_nothing_and_stand_as_written(alert: Page) -> None:
    page = alert
    assert len(PAYLOADS) >= 40
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
    page.locator("#form-table").click()
    cells = page.locator("#tables tr[data-id] th button").all_text_contents()
    assert sorted(cells[: len(PAYLOADS)]) == sorted(PAYLOADS)
    page.locator("#search").fill("hit")
    assert page.locator("#results li").count() > 3
    page.keyboard.press("Enter")
    assert_unhurt(page)


def test_hostile_texts_in_every_view_and_file(alert: Page, watched: Watched) -> None:
    page = alert
    for view in ("time", "near", "deps", "force", "grid"):
        page.locator(f"#view-{view}").click()
        page.locator("#lang-en").click()
        page.locator("#lang-vi").click()
    page.evaluate("explorer.change({ node: null, edge: null })")
    assert b"\"'=HYPERLINK(" in watched.saved("#save-nodes")
    titles = [
        element.text
        for element in ET.fromstring(watched.saved("#save-svg").decode("utf-8")).iter(f"{SVG}title")
    ]
    assert set(titles) >= {payload for payload in PAYLOADS if payload.isprintable()}
    quads = ox.parse(watched.saved("#save-turtle"), format=ox.RdfFormat.TURTLE)
    texts = {q.object.value for q in quads if isinstance(q.object, ox.Literal)}
    assert texts >= set(PAYLOADS)
    assert_unhurt(page)


def test_changed_pyvis_network_is_drawn_offline(
    watched: Watched, small_picture: Picture, tmp_path: Path
) -> None:
    net = explore(small_picture).network
    net.add_node("mine", label="<b>x</b>", title='<img src=x onerror="f()"> href', color="#b3261e", x=0, y=0)
    net.toggle_physics(False)
    net.show_buttons(filter_=["physics"])
    net.heading = "<script>fail()</script>"
    net.write_html(str(tmp_path / "net.html"))
    page = watched.open((tmp_path / "net.html").as_uri())
    assert page.evaluate("network.body.data.nodes.get('mine').color") == "#b3261e"
    assert page.evaluate("network.body.data.nodes.length") == 11
    assert page.locator("#heading").inner_text() == "<script>fail()</script>"
    assert page.locator("#config .vis-config-item").count() > 3


def test_notebook_frame_works_without_an_address(
    browser: Browser, small_picture: Picture, tmp_path: Path
) -> None:
    cell = explore(small_picture, view="deps")._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!doctype html><body>{cell}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((tmp_path / "notebook.html").as_uri())
    frame: Any = page.frames[1]
    frame.wait_for_selector("html[data-ready]")
    assert frame.evaluate("explorer.state.view") == "deps"
    frame.locator("#view-time").click()
    frame.locator("#back").click()
    assert frame.evaluate("explorer.state.view") == "deps"
    frame.locator("#forward").click()
    assert frame.evaluate("explorer.state.view") == "time"
    assert faults == []
    context.close()


def test_a_view_is_kept_handed_on_and_opened_again(watched: Watched, small: str, tmp_path: Path) -> None:
    page = watched.open(small + "#n=hb:lgsp&w=deps")
    page.locator("#saved").click()
    page.get_by_label("Tên cho khung nhìn này").fill("Nền tảng")
    page.keyboard.press("Enter")
    row = page.locator("#saved-views li", has_text="Nền tảng")
    with page.expect_download() as started:
        row.get_by_role("button", name="Tải tệp").click()
    kept = tmp_path / started.value.suggested_filename
    started.value.save_as(kept)
    assert kept.name == "Nền-tảng.json"
    row.get_by_role("button", name="Xoá").click()
    assert page.locator("#saved-views li").count() == 0
    assert "chỉ mở được trên máy này" in page.locator("#saved-views").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("[explorer.state.view, explorer.state.node]") == [
        "deps",
        "hb:lgsp",
    ]  # only the window closed
    page.locator("#view-time").click()
    page.locator("#saved").click()
    page.locator("#saved-file").set_input_files(kept)
    until(page, "explorer.state.view === 'deps' && explorer.state.node === 'hb:lgsp'")
    page.go_back()
    until(page, "explorer.state.view === 'time'")
