"""What tests share: engines that they start themselves, on loopback, once in a run; a graph; one browser."""

from __future__ import annotations

import os
import pickle
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from egovkg.graph.publish import Version
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.tests.corpora.folders import FIVE, read_five_as_shipped
from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from egovkg.viz.site.build import SiteReport
    from egovkg.viz.site.content.site import Site
    from egovkg.words import Message
    from playwright.sync_api import Browser

_VIRTUOSO = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DisableUnixSocket = 1
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
MaxClientConnections = 10
KeepAliveTimeout = 10
MaxKeepAlives = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""


def _free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


@contextmanager
def _running(command: Sequence[str], folder: Path, url: str) -> Iterator[None]:
    with (folder / "out.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5).read()
                break
            except OSError:
                assert server.poll() is None, (folder / "out.log").read_text(errors="replace")[-2000:]
                assert time.monotonic() < deadline, f"{command[0]} does not answer"
                time.sleep(0.1)
        yield
    finally:
        server.kill()  # its folder goes as well: there is nothing to save
        server.wait()


read_five_as_shipped()

ENGINES = {"oxigraph", "oxigraph_loaded", "served", "virtuoso"}  # fixtures that start a server
TESTS = Path(__file__).parent
SLOW = (  # they run every example, question, fault or page, or the program as a process: minutes in all
    "cli",
    "docs",
    "graph/endpoint",
    "graph/shacl/test_shapes.py",
    "graph/test_rules.py",
    "graph/test_union.py",
    "house/test_every_code.py",
    "house/test_one_answer_dependencies.py",
    "house/test_one_answer_planning.py",
    "house/test_third_language.py",
    "loaders/faults",
    "loaders/pipeline",
    "queries/planning/test_gap_command.py",
    "queries/planning/test_gaps.py",
    "queries/questions",
    "test_fuzz.py",
    "test_links.py",
    "test_pythons.py",
    "test_wheel.py",
    "viz/explorer/test_page_bytes.py",
    "viz/site",
)

THOROUGH = (  # as long as all others together: `make test` leaves them to `make thorough`, CI runs both
    # every page in browsers, with both languages, themes and sizes of window
    "service/test_query_page.py",
    "viz/explorer/test_access.py",
    "viz/explorer/test_blocked.py",
    "viz/explorer/test_scale.py",
    "viz/explorer/test_third_language.py",
    "viz/site/test_shipped.py::TestBrowser",
    "viz/site/test_tasks.py",
    "viz/site/test_tours.py::test_every_tour_stands_on_the_shipped_corpus",
    # against implementations of others: rdflib, Virtuoso, pySHACL, owlrl, reasoners
    "graph/endpoint/test_push.py",
    "graph/shacl/test_shapes.py",
    "graph/test_rules.py::test_stored_closure_and_paths_together_equal_owlrl",
    "ontology/test_consistency.py",
    "queries/planning/test_frameworks.py::TestThreeRoutes",
    "queries/planning/test_gaps.py::TestThreeRoutes",
    "queries/questions/test_engines.py::test_same_answer[virtuoso",
    "queries/questions/test_questions.py::test_rdflib_answers_the_same",
    # every verb, form and installation
    "docs/test_formats.py::test_the_table_is_what_the_verbs_write",
    "house/test_every_code.py",
    "house/test_third_language.py",
    "test_wheel.py",
    # processes that are killed, clients that wait
    "loaders/pipeline/test_build.py::test_killed_builds_leave_the_last_graph_intact",
    "service/test_fair_shares.py",
    "service/test_lost_workers.py",
    "service/test_slow_clients.py",
    "service/test_slow_queue.py",
)

LONG = (  # files of half a minute and more, the longest first: begun last, one would keep a process waiting
    "viz/site/test_tasks.py",
    "queries/questions/test_engines.py",
    "viz/explorer/test_access.py",
    "viz/site/test_shipped.py",
    "service/test_query_page.py",
    "queries/questions/test_questions.py",
    "graph/shacl/test_shapes.py",
    "service/test_lost_workers.py",
    "service/test_service.py",
    "test_wheel.py",
    "graph/endpoint/test_push.py",
    "viz/explorer/test_page.py",
    "viz/explorer/test_page_bytes.py",
    "queries/planning/test_small_gaps.py",
    "service/test_attack.py",
    "queries/planning/test_small_targets.py",
    "graph/test_publish.py",
    "viz/explorer/test_saves.py",
    "docs/test_tutorial.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make quick` and `make test` leave out, and put the longest files first.

    `make quick` leaves out tests that start a browser, Java or a server, or take minutes.
    """
    rank = {TESTS / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path, len(LONG)))
    slow = tuple(TESTS / name for name in SLOW)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker("browser")
        if fixtures & ENGINES or TESTS / "service" in item.path.parents:
            item.add_marker("engine")
        if any(item.path == path or path in item.path.parents for path in slow):
            item.add_marker("slow")
        if item.nodeid.removeprefix("tests/").startswith(THOROUGH):
            item.add_marker("thorough")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the corpus of five articles."""
    folder = tmp_path_factory.mktemp("published") / "home"
    build([FIVE], folder)
    return folder


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish one article with its small register, for what takes long with five."""
    folder = tmp_path_factory.mktemp("small") / "home"
    build([TESTS / "cases" / "errors" / "25-no-year"], folder)
    return folder


@pytest.fixture(scope="session")
def version(home: Path) -> Version:
    """The published version."""
    return Version(home / "versions" / (home / "current").read_text().strip())


@pytest.fixture(scope="session")
def store(version: Version) -> OxigraphStore:
    """The published graph in memory, where queries take a fifth of the time."""
    copy = OxigraphStore.in_memory()
    copy.load(version.open().dump())
    return copy


@pytest.fixture(scope="module")
def home_in_memory(home: Path, store: OxigraphStore) -> Iterator[Path]:
    """Let the verbs that a file runs in this process read the published graph from memory."""
    opened = Version.open
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Version, "open", lambda self: store if self.folder.is_relative_to(home) else opened(self)
        )
        yield home


@pytest.fixture(scope="session")
def site_and_faults(store: OxigraphStore) -> tuple[Site, tuple[Message | str, ...]]:
    """The site of the five articles, as data, and the faults of the tours that were left out."""
    from egovkg.viz.site.content.site import read_site

    return read_site(store, version="0123456789abcdef")


@pytest.fixture(scope="session")
def site(site_and_faults: tuple[Site, tuple[Message | str, ...]]) -> Site:
    """The site of the five articles, as data."""
    return site_and_faults[0]


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder


@pytest.fixture(scope="session")
def site_report(run_folder: Path, site_folder: Path, request: pytest.FixtureRequest) -> SiteReport:
    """Write the site of the five articles, once in a run; nobody may change its files."""
    from egovkg.viz.site.build import write_pages

    stored = run_folder / "site.pickle"
    with FileLock(run_folder / "site.lock"):
        if not stored.exists():
            site, faults = request.getfixturevalue("site_and_faults")
            stored.write_bytes(pickle.dumps(write_pages(site, site_folder, skipped_tours=faults)))
        report: SiteReport = pickle.loads(stored.read_bytes())
    return report


@pytest.fixture(scope="session")
def site_folder(run_folder: Path) -> Path:
    """Where `site_report` writes."""
    return run_folder / "site"


@pytest.fixture(scope="session")
def site_pages(site_report: SiteReport, site_folder: Path) -> dict[str, bytes]:
    """The files of the site of the five articles."""
    assert site_report.files
    files = (path for path in site_folder.rglob("*") if path.is_file())
    return {path.relative_to(site_folder).as_posix(): path.read_bytes() for path in files}


@contextmanager
def oxigraph_at(folder: Path, *options: str) -> Iterator[str]:
    """Run the oxigraph server; it needs nothing but the package `oxigraph`."""
    program = Path(sys.executable).with_name("oxigraph" + (".exe" if sys.platform == "win32" else ""))
    (port,) = _free_ports(1)
    url = f"http://127.0.0.1:{port}/query"
    with _running([str(program), "serve", "--bind", f"127.0.0.1:{port}", *options], folder, url):
        yield url


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    """The query address of an empty oxigraph server, whose default graph is not the union."""
    with oxigraph_at(tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def oxigraph_loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The query address of one oxigraph server for the whole run."""
    with oxigraph_at(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="session")
def served(home: Path) -> Iterator[str]:
    """The query address of our own service, which serves the five articles, for the whole run."""
    if sys.platform == "win32":
        pytest.skip("the service needs fork")
    from egovkg.service.background import background

    with background(home, "--no-pages", "--workers", "2", "--seconds", "30") as service:
        yield f"{service.url}sparql"


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The query address of Virtuoso, with user and password, for the whole run."""
    program = shutil.which("virtuoso-t")
    if program is None:
        reason = "virtuoso-t is not installed (Debian package virtuoso-opensource-7-bin)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = _free_ports(2)
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=http))
    place = f"127.0.0.1:{http}/sparql"
    with _running([program, "-f", "-c", "virtuoso.ini"], folder, f"http://{place}"):
        yield f"http://dba:dba@{place}"  # the user and password of every fresh database


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file: while playwright runs, no test of its process can run an event loop."""
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("no Chromium found; install it to test the pages")
    from playwright.sync_api import sync_playwright

    assert CHROMIUM is not None, "CI needs Chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, headless=False, args=list(SWITCHES))
        yield started
        started.close()
