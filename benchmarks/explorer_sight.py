"""What a reader of the explorer sees at first, and how long it takes, for a graph as it is published.

    egovkg build && python benchmarks/explorer_sight.py           the published graph; needs Chromium
    python benchmarks/explorer_sight.py explorer.html             a page that was written before

Of each view in each language: how many shapes are drawn, and how many bear their names. A count such as "+6"
that stands for a group is a shape that opens; it is counted as one without a name. Times are those of the
main thread of the page (`Performance.getMetrics`), so that other work of the machine hardly counts.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from egovkg.graph.publish import open_published
from egovkg.viz.explorer.page import render
from egovkg.viz.explorer.supplements import read_supplements
from egovkg.viz.explorer.views import VIEWS
from egovkg.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from playwright.sync_api import Browser, CDPSession, Page

WIDTH, HEIGHT = 1440, 900  # px
GOALS = {"names": "≥ 60 %", "first draw": "≤ 1.5 s", "filter": "≤ 50 ms"}
SIGHT = """() => {
  if (explorer.state.view === "country") {
    const tiles = [...document.querySelectorAll("#country .map .tile")];
    const named = tiles.filter((tile) => tile.querySelector(".word")?.textContent);
    return [tiles.length, named.length, tiles.length];
  }
  explorer.live().redraw();
  const items = [...explorer.shown().nodes, ...explorer.tiles()];
  const named = new Set(explorer.labels().filter((box) => box.lines).map((box) => box.id));
  return [items.length, items.filter(({ id }) => named.has(id)).length, explorer.nodes.length];
}"""
FILTERS = "turn => document.querySelectorAll('#filter-families input')[turn].click()"


class Sight(NamedTuple):
    """What is seen of a view at first.

    :param shapes: entities and groups that are drawn
    :param named: shapes whose names are drawn
    :param total: entities of the graph
    """

    shapes: int
    named: int
    total: int


@contextmanager
def started() -> Iterator[Browser]:
    """Start Chromium as the other measurements of the explorer do."""
    from playwright.sync_api import sync_playwright

    explorer = explorer_benchmark()
    path = explorer.chromium()
    if not path:
        raise SystemExit("no Chromium found; install it to measure the page")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=False, args=list(explorer.SWITCHES)
        )
        yield browser
        browser.close()


def opened(browser: Browser, address: str) -> Page:
    """Open an address in a window of its own and wait for the first picture."""
    page = new_page(browser)
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    return page


def new_page(browser: Browser) -> Page:
    """Make a page of the measured size, without motion, in a window of its own."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
    return context.new_page()


def sight(page: Page) -> Sight:
    """Count the shapes and their names as they are drawn now."""
    return Sight(*page.evaluate(SIGHT))


def busy_seconds(session: CDPSession) -> float:
    """Return the seconds for which the main thread of the page has been busy since it was opened."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


def rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Measure every view in every language: what, value, goal."""
    with started() as browser:
        for view in VIEWS:
            for lang in languages():
                page = opened(browser, f"{path.as_uri()}#w={view}&l={lang}")
                seen = sight(page)
                share = f"{seen.named}/{seen.shapes} ({seen.named / max(1, seen.shapes):.0%})"
                yield f"names, {view}, {lang}", share, GOALS["names"]
                page.context.close()
            yield from times(browser, f"{path.as_uri()}#w={view}", view)


def times(browser: Browser, address: str, view: str) -> Iterator[tuple[str, str, str]]:
    """Measure the first draw and a change of filters, as seconds of the main thread."""
    page = new_page(browser)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy_seconds(session)
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    yield f"first draw, {view}", f"{busy_seconds(session) - before:.2f} s", GOALS["first draw"]
    page.wait_for_timeout(800)  # the index of the search is prepared
    spent = []
    for turn in range(5):
        before = busy_seconds(session)
        page.evaluate(f"({FILTERS})({turn})")
        page.wait_for_timeout(200)
        spent.append(busy_seconds(session) - before)
    yield f"filter, {view}", f"{1000 * sorted(spent)[2]:.0f} ms", GOALS["filter"]
    page.context.close()


def explorer_benchmark() -> ModuleType:
    """Import the module `explorer` from the same folder."""
    spec = spec_from_file_location("explorer_benchmark", Path(__file__).with_name("explorer.py"))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print a table of what is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path, nargs="?")
    parser.add_argument("--graph", type=Path, default=Path(".egovkg"))
    arguments = parser.parse_args()
    print("| what | measured | goal |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path: Path = arguments.page or Path(folder) / "explorer.html"
        if arguments.page is None:
            drawn, supplements, _ = read_supplements(open_published(arguments.graph))
            path.write_text(render(drawn, supplements=supplements), encoding="utf-8")
        for row in rows(path.resolve()):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
