"""The explorer measured in a real browser, and against pyvis as it comes, in the same run.

    python benchmarks/explorer.py            about two minutes on two cores; needs Chromium
    python benchmarks/explorer.py --sizes 300

Times depend on the machine and its load; the ratios to pyvis, the sizes and the counts do not.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import tempfile
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from egovkg.viz.explorer.page import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from egovkg.queries.picture.picture import Picture
    from playwright.sync_api import Browser, Page

Line: TypeAlias = "tuple[str, str, str, str, str]"  # what, ours, peer, ratio, goal

SIZES = (300, 2000, 5000, 20000)
OPENING = {300: "≤ 1.0 s", 2000: "≤ 2.5 s", 5000: "≤ 3.0 s", 20000: "≤ 2 s"}
BYTES = {300: "≤ 0.70 MB, gzip ≤ 200 KB", 2000: "≤ 1.20 MB, gzip ≤ 250 KB"}
BUILDING = {2000: "≤ 1 s", 20000: "≤ 5 s"}
HEAP = {2000: "≤ 20 MB", 5000: "≤ 40 MB"}
PANNING = {2000: "≤ 50 ms", 5000: "≤ 100 ms"}
PEER_NODES = 200
SWITCHES = ("--headless=new", "--no-sandbox", "--disable-gpu", "--enable-precise-memory-info")
DRAWN = "document.documentElement.dataset.ready === 'true'"
PEER_DRAWN = "document.getElementById('loadingBar')?.style.opacity === '0'"  # nothing is painted before
# milliseconds of an act and of the picture after it, the median of five
TIMED = """async act => {
  const times = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const start = performance.now();
    act(turn);
    explorer.live().renderer._redraw();
    times.push(performance.now() - start);
    await new Promise(done => setTimeout(done, 60));
  }
  return times.sort((one, other) => one - other)[2];
}"""
ACTS = {
    "focus": "turn => explorer.lookAt(explorer.nodes[turn * 7].id)",
    "search": "turn => explorer.find(['nen tang tich hop', 'he thong', 'co so', 'cong', 'so'][turn])",
    "filter": "turn => document.querySelectorAll('#filter-families input')[turn].click()",
    "expand": "turn => explorer.change({ cells: new Map([[explorer.tiles()[turn].cell, 50]]), node: null })",
}
FRAMES = """() => new Promise(done => {
  const frames = []; let last = performance.now(); const end = last + 2500;
  const tick = now => { frames.push(now - last); last = now;
    now < end ? requestAnimationFrame(tick) : done(frames.slice(2).sort((a, b) => a - b)); };
  requestAnimationFrame(tick);
})"""


class Opened(NamedTuple):
    """The result of opening a page.

    :param seconds: seconds from the start of the navigation to the first complete picture
    :param requests: requested addresses that are not in the file
    """

    page: Page
    seconds: float
    requests: tuple[str, ...]


def chromium() -> str | None:
    """Find the browser; without one, the rows are left out."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def opened(browser: Browser, path: Path, ready: str, timeout: float = 120) -> Opened:
    """Open a page and wait for its picture."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.route(lambda url: url.startswith("http"), lambda route: route.abort())
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_function(ready, timeout=timeout * 1000)
    seconds = time.perf_counter() - start
    local_schemes = ("file:", "data:", "blob:")
    return Opened(page, seconds, tuple(url for url in requests if not url.startswith(local_schemes)))


def rows(sizes: tuple[int, ...] = SIZES) -> Iterator[Line]:
    """Run all measurements; none if Chromium is not installed."""
    browser_path = chromium()
    if not browser_path:
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, headless=False, args=list(SWITCHES)
        )
        yield against_pyvis(browser, Path(folder))
        for size in sizes:
            yield from of_size(browser, Path(folder), size)
        browser.close()


def of_size(browser: Browser, folder: Path, size: int) -> Iterator[Line]:
    """Build and open a page with a number of entities, and measure its use."""
    picture: Picture = pictures().synthetic(size)
    start = time.perf_counter()
    html = render(picture)
    built = time.perf_counter() - start
    path = folder / f"{size}.html"
    path.write_text(html, encoding="utf-8")
    data = html.encode("utf-8")
    name = f"explorer, {size:,} entities, {3 * size:,} relations"
    sizes = f"{len(data) / 1e6:.2f} MB, gzip {len(gzip.compress(data)) / 1000:.0f} KB"
    best = min((opened(browser, path, DRAWN) for _ in range(3)), key=lambda opening: opening.seconds)
    yield f"{name}: built in Python", f"{built:.2f} s", "", "", BUILDING.get(size, "")
    yield f"{name}: file", sizes, "", "", BYTES.get(size, "")
    yield f"{name}: first draw", f"{best.seconds:.2f} s", "", "", OPENING.get(size, "")
    yield f"{name}: requests", str(len(best.requests)), "", "", "0"
    yield f"{name}: heap", f"{heap(best.page):.0f} MB", "", "", HEAP.get(size, "")
    yield f"{name}: pan, p95 frame", f"{panned(best.page):.0f} ms", "", "", PANNING.get(size, "")
    yield from acts(best.page, name, size)


def acts(page: Page, name: str, size: int) -> Iterator[Line]:
    """Time typical actions of a reader."""
    goals = {"focus": "≤ 100 ms", "search": "≤ 20 ms", "filter": "≤ 50 ms", "expand": "≤ 300 ms"}
    for act, code in ACTS.items():
        if act != "expand" or size > 2000:
            took: float = page.evaluate(f"({TIMED})({code})")
            yield f"{name}: {act}", f"{took:.0f} ms", "", "", goals[act]
            page.evaluate("explorer.change({ node: null, edge: null })")


def heap(page: Page) -> float:
    """Return the JavaScript heap in MB after a garbage collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = page.evaluate("performance.memory.usedJSHeapSize")
    return used / 1e6


def panned(page: Page) -> float:
    """Drag the background for 2.5 s and return the 95th percentile of the time per frame, in ms."""
    box = page.locator("#stage").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    handle = page.evaluate_handle(f"({{ frames: ({FRAMES})() }})")
    end = time.perf_counter() + 2.4
    step = 0
    while time.perf_counter() < end:
        step += 1
        page.mouse.move(x + 120 * ((step % 20) / 10 - 1), y + 60 * ((step % 14) / 7 - 1))
    page.mouse.up()
    frames: list[float] = handle.evaluate("held => held.frames")
    return frames[int(0.95 * len(frames))]


def against_pyvis(browser: Browser, folder: Path) -> Line:
    """Measure the same graph drawn by unmodified pyvis, with vis-network embedded in the page."""
    picture: Picture = pictures().synthetic(PEER_NODES)
    (folder / "ours.html").write_text(render(picture), encoding="utf-8")
    (folder / "peer.html").write_text(pyvis_default(picture), encoding="utf-8")
    ours = min(opened(browser, folder / "ours.html", DRAWN).seconds for _ in range(5))
    peer = opened(browser, folder / "peer.html", PEER_DRAWN, timeout=300).seconds
    label = f"explorer, {PEER_NODES} entities: first draw (times pyvis with its defaults)"
    return label, f"{ours:.2f} s", f"{peer:.2f} s", f"{peer / ours:.0f}", "≥ 20"


def pyvis_default(picture: Picture) -> str:
    """Draw with only `add_node` and `add_edge`."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for node in picture.nodes:
        net.add_node(node.curie, label=node.short, shape="dot")
    for edge in picture.edges:
        net.add_edge(edge.subject, edge.object, label=edge.predicate)
    html: str = net.generate_html()
    return html


def pictures() -> ModuleType:
    """Import the module `pictures` from the same folder."""
    spec = spec_from_file_location("pictures", Path(__file__).with_name("pictures.py"))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    arguments = parser.parse_args()
    print("| what | egovkg | peer | ratio | goal |\n|---|---|---|---|---|")
    for line in rows(tuple(arguments.sizes)):
        print(f"| {' | '.join(line)} |", flush=True)
