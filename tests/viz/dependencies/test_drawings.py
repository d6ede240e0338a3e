"""Drawings of dependencies: places, escaping, exports, and the page as a browser shows it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import networkx as nx
import pytest
from egovkg.graph.names import EGOV, GRAPH_EDGES, GRAPH_INFERRED, GRAPH_REGISTER, RDF_TYPE, RDFS
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.impact import impact
from egovkg.queries.dependencies.matrix import matrix
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.viz.dependencies.drawing import TALLEST_COLUMN, Drawing, of_impact, of_matrix
from egovkg.viz.dependencies.graph_formats import gexf, graphml, mermaid, plain_graph
from egovkg.viz.dependencies.matrix_page import matrix_page
from egovkg.viz.dependencies.matrix_workbook import matrix_workbook
from egovkg.viz.dependencies.page import network, render, write
from egovkg.viz.dependencies.picture import svg

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BASE = "https://w3id.org/egovkg/id/system/t-"
EVIL = '=cmd|"</script><img src=x onerror=alert(1)>`#\u0007'


def dependencies(pairs: set[tuple[int, int]], names: dict[int, str] | None = None) -> Dependencies:
    numbers = sorted({end for pair in pairs for end in pair})
    lines = []
    for number in numbers:
        label = json.dumps((names or {}).get(number, f"Hệ thống số {number}"), ensure_ascii=False)
        lines += [
            f"<{BASE}{number}> <{RDF_TYPE}> <{EGOV}InformationSystem> <{GRAPH_REGISTER}> .",
            f"<{BASE}{number}> <{RDF_TYPE}> <{EGOV}TechnicalComponent> <{GRAPH_INFERRED}> .",
            f"<{BASE}{number}> <{RDFS}label> {label}@vi <{GRAPH_REGISTER}> .",
            f'<{BASE}{number}> <{EGOV}curie> "t:{number}" <{GRAPH_REGISTER}> .',
        ]
    lines += [f"<{BASE}{one}> <{EGOV}connectsTo> <{BASE}{other}> <{GRAPH_EDGES}> ." for one, other in pairs]
    store = OxigraphStore.in_memory()
    store.load("".join(f"{line}\n" for line in lines).encode())
    return Dependencies.of(store, EdgeChoice(lang="en"))


def drawn(pairs: set[tuple[int, int]], names: dict[int, str] | None = None) -> Drawing:
    return of_impact(impact(dependencies(pairs, names), [f"{BASE}0"]))


TWELVE = {
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 1),
    (5, 1),
    (6, 2),
    (7, 2),
    (8, 3),
    (9, 4),
    (10, 4),
    (11, 6),
    (12, 11),
    (5, 2),
}


class TestPlaces:
    def test_columns_are_hops(self) -> None:
        level = {box.system.curie: box.column for box in drawn(TWELVE).boxes}
        assert level["t:0"] == 0
        assert {level[f"t:{n}"] for n in (1, 2, 3)} == {1}
        assert level["t:12"] == 4

    def test_no_two_boxes_share_room(self) -> None:
        for pairs in (TWELVE, {(n, 0) for n in range(1, 40)}, {(1, 0), (3, 2), (5, 4)}):
            one = of_matrix(matrix(dependencies(pairs)), "t")
            places = [(box.column, round(box.row, 3)) for box in one.boxes]
            assert len(set(places)) == len(places)

    def test_a_tall_column_is_folded(self) -> None:
        boxes = drawn({(n, 0) for n in range(1, 30)}).boxes
        levels = [box.column for box in boxes]
        assert max(levels.count(level) for level in set(levels)) <= TALLEST_COLUMN

    def test_every_edge_is_drawn_once_and_numbered(self) -> None:
        one = drawn(TWELVE)
        assert {(a.edge.dependent, a.edge.provider) for a in one.arrows} == {
            (f"t:{a}", f"t:{b}") for a, b in TWELVE
        }
        assert [arrow.number for arrow in one.arrows] == list(range(1, len(TWELVE) + 1))

    def test_loops_are_placed(self) -> None:
        one = of_matrix(matrix(dependencies({(0, 1), (1, 2), (2, 0), (3, 0)})), "t")
        assert len({box.column for box in one.boxes if box.system.curie != "t:3"}) == 1


class TestEscaping:
    def test_a_label_cannot_leave_its_place(self) -> None:
        one = drawn({(1, 0)}, {1: EVIL})
        page = render(one)
        assert "<img" not in page.partition('id="data"')[0]
        assert page.count("</script") == 3  # the data, the library, our own
        assert "onerror=alert(1)>" not in page
        chart = mermaid(one)
        assert EVIL not in chart
        assert all(line.count('"') in {0, 2} for line in chart.splitlines() if line.startswith("  n"))

    @pytest.mark.parametrize(
        ("name", "written"),
        [
            ("LGSP\\nTP. Huế", "LGSP#92;<wbr>nTP. Huế"),
            ("giá $$x^2$$", "giá #36;<wbr>#36;<wbr>x^2#36;<wbr>#36;<wbr>"),
            (
                "%%{init: {'theme':1}}%%",
                "#37;#37;#123;init#58;<wbr> #123;'theme'#58;<wbr>1#125;#125;#37;#37;",
            ),
            ("1. Cổng", "1#46; Cổng"),
            ("- Cổng", "#45; Cổng"),
            ("`**đậm** _nghiêng_`", "#96;#42;#42;đậm#42;#42; #95;nghiêng#95;#96;"),
            ("fa:fa-car A&B <br>", "fa#58;<wbr>fa-car A#38;B #60;br#62;"),
            ('"]:::failed; click n0', "#34;#93;#58;<wbr>#58;<wbr>#58;<wbr>failed#59; click n0"),
        ],
    )
    def test_mermaid_shows_a_name_as_written(self, name: str, written: str) -> None:
        chart = mermaid(drawn({(1, 0)}, {0: name}))
        assert f'["{written}<br/>' in chart
        assert html.unescape(written.replace("#", "&#").replace("<wbr>", "")) == name

    @pytest.mark.parametrize("name", ["a", EVIL, "]]> <a/> & \ufffe", "Ð\u0301ồng\u200b Xoài"])
    def test_graphml_is_valid_by_its_schema(self, name: str, tmp_path: Path) -> None:
        etree = pytest.importorskip("lxml.etree")
        schema = etree.XMLSchema(etree.parse(Path(__file__).parents[2] / "cases" / "graphml.xsd"))
        schema.assertValid(etree.fromstring(graphml(drawn(TWELVE, {1: name})).encode()))
        double = '<key id="label" for="node"/><key id="label" for="edge"/>'
        twice = f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{double}</graphml>'
        assert not schema.validate(etree.fromstring(twice))

    @pytest.mark.parametrize("name", ["Cổng <b>&amp;</b>", EVIL, "x" * 300, "", "]]>"])
    def test_a_picture_is_well_formed_whatever_the_names(self, name: str) -> None:
        picture = svg(drawn(TWELVE, {1: name}))
        root = ElementTree.fromstring(picture)
        assert root.find("{http://www.w3.org/2000/svg}desc") is not None
        assert picture == svg(drawn(TWELVE, {1: name}))

    def test_what_xml_cannot_hold_is_replaced(self) -> None:
        one = drawn({(1, 0)}, {1: EVIL})
        for text in (graphml(one), gexf(one)):
            assert "\u0007" not in text
        assert nx.parse_graphml(graphml(one)).nodes["t:1"]["label"].startswith("=cmd")

    def test_matrix_files_hold_the_label_as_text(self, tmp_path: Path) -> None:
        import openpyxl

        answer = matrix(dependencies({(1, 0)}, {1: EVIL.replace("\u0007", "")}))
        (tmp_path / "m.xlsx").write_bytes(matrix_workbook(answer))
        book = openpyxl.load_workbook(tmp_path / "m.xlsx")
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if "cmd" in str(cell.value)]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}
        assert "<img" not in matrix_page(answer)


class TestExchange:
    def test_edges_keep_basis_and_direction(self) -> None:
        graph = plain_graph(drawn(TWELVE))
        assert graph.has_edge("t:1", "t:0")
        assert graph.edges["t:1", "t:0"]["basis"] == "stated"

    def test_no_day_of_writing(self) -> None:
        assert "lastmodifieddate" not in gexf(drawn(TWELVE))

    def test_pyvis_network_for_notebooks(self) -> None:
        net = network(drawn(TWELVE))
        assert {node["id"] for node in net.nodes} == {f"t:{n}" for n in range(13)}
        net.add_node("note", label="added")
        net.add_edge("note", "t:0")
        assert len(net.edges) == len(TWELVE) + 1

    def test_page_is_offline_and_strict(self) -> None:
        page = unescape(render(drawn(TWELVE)))
        assert "default-src 'none'" in page
        assert "connect-src 'none'" in page
        assert "unsafe" not in page.partition("</head>")[0]
        assert not re.search(r'<(script|link|img)[^>]+(src|href)="(?!data:)', page.replace("\n", " "))


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    write(drawn(TWELVE), tmp_path / "page.html")
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: faults.append(request.url) if "http" in request.url[:5] else None)
    opened.goto((tmp_path / "page.html").as_uri())
    opened.wait_for_selector("html[data-ready=yes]")
    yield opened
    opened.close()
    assert faults == []


@pytest.mark.browser
class TestPage:
    def test_twelve_systems_are_readable_without_zooming(self, page: Page) -> None:
        canvas = page.locator("#stage canvas").bounding_box()
        frame = page.locator(".frame").bounding_box()
        assert canvas
        assert frame
        scale = page.evaluate("JSON.parse(document.getElementById('data').textContent).width")
        shown = canvas["width"] / scale
        assert min(1, shown) * 15 >= 12  # pixels of the letters in a box
        assert frame["height"] <= 800

    def test_a_click_on_a_box_shows_its_edges(self, page: Page) -> None:
        frame = page.locator("#stage canvas").bounding_box()
        assert frame
        data = json.loads(page.locator("#data").inner_text())
        start = next(node for node in data["nodes"] if node["id"] == "t:0")
        scale = min(
            1.0, max(0.82, (page.locator(".frame").evaluate("f => f.clientWidth") - 8) / data["width"])
        )
        x = frame["width"] / 2 + (start["x"] - data["middle"][0]) * scale
        y = frame["height"] / 2 + (start["y"] - data["middle"][1]) * scale
        page.mouse.click(frame["x"] + x, frame["y"] + y)
        page.wait_for_selector("#selected:not([hidden])")
        assert page.locator("#selected h2").count() == 3
        assert page.locator("tr.chosen").count() == 3

    def test_table_says_the_same_as_the_drawing(self, page: Page) -> None:
        assert page.locator("tbody tr").count() == len(TWELVE)
