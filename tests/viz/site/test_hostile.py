"""Every page of the shipped graph, with each word that articles and registers bring made hostile."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from egovkg.graph.publish import open_published
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.shipped_quads import reference_quads
from egovkg.viz.site.build import site_files
from egovkg.viz.site.content.site import read_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PAYLOADS: list[str] = json.loads(
    (Path(__file__).parents[2] / "cases" / "picture" / "payloads.json").read_text("utf-8")
)
KINDS = ("gap/", "impact", "targets", "gaps", "tour", "index", "articles", "article/", "about", "entities")
WORDS = re.compile(r"(#label|#prefLabel|#altLabel|#shortName|#note|#text|#literal|#definition|#title)$")
RUNS = re.compile(r"\s*(=\s*\w|[+@-].*[(!|])")  # what a spreadsheet would run; a comparator alone is none
ADDRESSES = frozenset(re.findall(r'https?://[^\s"<>]+', reference_quads().decode()))  # where law can be read
MARK = "⟦{}⟧"  # stands before each payload, so that it is found again wherever it is shown


@pytest.fixture(scope="module")
def files(home: Path) -> dict[str, bytes]:
    """The site of the poisoned graph."""
    store = OxigraphStore.in_memory()
    store.load(ox.serialize(poisoned(open_published(home).dump()), format=ox.RdfFormat.N_QUADS) or b"")
    site, _ = read_site(store)
    return {file.path: file.data for file in site_files(site)}


def poisoned(dump: bytes) -> Iterator[ox.Quad]:
    """Replace words; what the ontology itself says stays, for it is ours."""
    for number, quad in enumerate(ox.parse(dump, format=ox.RdfFormat.N_QUADS)):
        held, ours = quad.object, "graph/ontology" in str(quad.graph_name)
        if ours or not isinstance(held, ox.Literal) or not WORDS.search(quad.predicate.value):
            yield quad
            continue
        text = PAYLOADS[number % len(PAYLOADS)] + MARK.format(number)
        words = ox.Literal(text, language=held.language) if held.language else ox.Literal(text)
        yield ox.Quad(quad.subject, quad.predicate, words, quad.graph_name)


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update((name, value or "") for name, value in attrs)
        if tag == "script" and not dict(attrs).get("src"):
            self.tags.add("script without a file")


@cache
def allowed() -> frozenset[str]:
    """Elements that the templates write."""
    folder = Path(__file__).parents[3] / "viz" / "site" / "templates"
    texts = [path.read_text("utf-8") for path in folder.glob("*.j2")]
    return frozenset(tag for text in texts for tag in re.findall(r"<([a-z][a-z0-9]*)", text))


def chosen(files: dict[str, bytes]) -> list[str]:
    """List the pages of every kind, and a share of the many pages of entities."""
    pages = [path for path in files if path.endswith(".html") and path != "explorer.html"]
    return [path for path in pages if "id/" not in path] + [path for path in pages if "id/" in path][::9]


def test_words_of_others_add_no_element_and_no_address(files: dict[str, bytes]) -> None:
    assert len(PAYLOADS) >= 40
    for kind in KINDS:
        assert any(path.startswith(kind) for path in files), kind
    for path in chosen(files):
        page = Elements(files[path].decode("utf-8"))
        assert page.tags <= allowed(), (path, page.tags - allowed())
        for name, value in page.attributes:
            assert re.fullmatch(r"[a-z-]+", name), (path, name)
            assert not name.startswith("on"), (path, name)
            assert name != "style", path
            if name in {"href", "src"} and value not in ADDRESSES:
                assert not re.match(r"\s*[a-z]+\s*:", value, re.I) or value == "data:,", (path, value)


@pytest.mark.parametrize(
    "path", ["impact.html", "gap/vn-bac-kan.html", "targets.html", "en/impact.html", "en/gap/vn-bac-kan.html"]
)
def test_words_of_others_are_shown_as_they_are(files: dict[str, bytes], path: str) -> None:
    text = files[path].decode("utf-8")
    assert text.count("⟦") > 5
    assert re.search(r"&lt;(script|img|svg)[^⟦]*⟦", text)


def test_no_cell_of_a_table_is_a_formula(files: dict[str, bytes]) -> None:
    tables = [path for path in files if path.endswith(".csv")]
    assert {"impact.csv", "targets.csv", "gaps.csv", "articles.csv", "tours.csv"} <= set(tables)
    for path in tables:
        for row in csv.reader(io.StringIO(files[path].decode("utf-8"), newline="")):
            assert not any(RUNS.match(cell) for cell in row), path


@pytest.mark.browser
def test_nothing_runs_in_a_browser(files: dict[str, bytes], browser: Browser, tmp_path: Path) -> None:
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda asked: faults.append(asked.url) if asked.url.startswith("http") else None)
    page.add_init_script(
        "window.hits = []; window.hit = () => hits.push('ran');"
        "addEventListener('securitypolicyviolation', event => hits.push(event.violatedDirective));"
    )
    for name in ("impact", "gaps", "gap/vn-bac-kan", "targets", "tours", "tour/lgsp-la-gi", "about", "index"):
        page.goto((tmp_path / f"{name}.html").as_uri())
        page.wait_for_selector("html[data-ready]")
        for button in page.locator("button.sort").all()[:3]:
            button.click()
        assert page.evaluate("hits") == [], name
        assert page.locator("iframe, object, embed, base, img, form, video, svg").count() == 0, name
    context.close()
    assert faults == []
