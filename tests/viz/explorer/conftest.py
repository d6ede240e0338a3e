"""A browser for the tests of the explorer, pages for it, and what goes wrong on them."""

from __future__ import annotations

import os
import runpy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from egovkg.queries.picture.picture import Picture, picture
from egovkg.tests.corpora.stores import store_of
from egovkg.viz.explorer.page import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

CASES = Path(__file__).parents[2] / "cases" / "picture"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WAIT = 8000.0  # ms


class Watched:
    """A page with what went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        page.add_init_script(path=CASES / "reads.js")
        page.on("request", lambda request: self.requests.append(request.url))

    @property
    def foreign(self) -> list[str]:
        """Requests that leave the machine."""
        own = ("file:", "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(own)]

    def open(self, address: str) -> Page:
        self.page.goto("about:blank")  # a change of the hash alone would not load the page anew
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def click(self, kind: str, name: str) -> None:
        """Click an entity or the middle of a relation on the canvas."""
        place = self._place_at_rest(kind, name)
        box = self.page.locator("#stage").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])

    def _place_at_rest(self, kind: str, name: str) -> dict[str, float]:
        """Return where something is drawn, once it stays there."""
        place: dict[str, float] = {}
        for _ in range(40):
            earlier, place = place, self.page.evaluate("([kind, name]) => reads[kind](name)", [kind, name])
            if place == earlier:
                break
            self.page.wait_for_timeout(50)
        return place

    def saved(self, button: str) -> bytes:
        """Press a button that saves something."""
        self.page.evaluate("document.getElementById('save').open = true")
        with self.page.expect_download() as started:
            self.page.locator(button).click()
        return Path(started.value.path()).read_bytes()


def picture_of(trig: str) -> Picture:
    return picture(store_of(trig))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None and not os.environ.get("CI"):
        skip = pytest.mark.skip(reason="no Chromium found; install it to test the page")
        for item in items:
            if item.get_closest_marker("browser") and Path(__file__).parent in item.path.parents:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def drawn() -> Callable[[str], Picture]:
    """Make a picture of a graph in TriG."""
    return picture_of


@pytest.fixture(scope="session")
def small_picture() -> Picture:
    return picture_of((CASES / "small.trig").read_text("utf-8"))


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Picture, str], str]:
    """Write a picture as a page, and give its address."""
    folder = tmp_path_factory.mktemp("explorer")

    def make(drawn: Picture, name: str) -> str:
        write(drawn, folder / f"{name}.html")
        return (folder / f"{name}.html").as_uri()

    return make


@pytest.fixture(scope="session")
def small(small_picture: Picture, paged: Callable[[Picture, str], str]) -> str:
    return paged(small_picture, "small")


@pytest.fixture(scope="session")
def busy(paged: Callable[[Picture, str], str]) -> str:
    """Give a page of 150 entities with three relations each."""
    return paged(_synthetic(150), "busy")


@pytest.fixture(scope="session")
def huge(paged: Callable[[Picture, str], str]) -> str:
    """Give a page with more entities than are drawn one by one."""
    return paged(_synthetic(2600), "huge")


def _synthetic(count: int) -> Picture:
    path = Path(__file__).parents[3] / "benchmarks" / "pictures.py"
    made: Picture = runpy.run_path(str(path))["synthetic"](count)
    return made


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1300, "height": 850}, reduced_motion="reduce")
    held = Watched(context.new_page())
    yield held
    context.close()
    assert held.faults == []
    assert held.foreign == []


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Open a page in a window of its own kind: size, colour scheme, touch."""
    contexts = []

    def opened(address: str, width: int = 1300, height: int = 850, **kind: object) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, **kind)  # type: ignore[arg-type]
        contexts.append(context)
        held = Watched(context.new_page())
        held.open(address)
        return held

    yield opened
    for context in contexts:
        context.close()
