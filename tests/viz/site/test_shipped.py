"""The site of the shipped articles: whole, linked, right in a real browser, from files, without a network."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
from hashlib import sha256
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.loaders.pipeline.build import build
from egovkg.viz.site.build import SiteReport, site_files
from egovkg.viz.site.content.site import read_site
from egovkg.viz.site.content.tours import read_tour
from egovkg.viz.site.pages.home import examples
from egovkg.viz.site.writer import MANIFEST
from egovkg.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from egovkg.graph.store import OxigraphStore
    from egovkg.viz.site.content.site import Site
    from playwright.sync_api import Browser, Page, Request

CASES = Path(__file__).parents[2] / "cases"
PAYLOADS: list[str] = json.loads((CASES / "picture" / "payloads.json").read_text("utf-8"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = {"preload": False, "resultTypes": ["violations"]}
# Rows, entries and paragraphs of the same elements, classes and styles are judged alike: one of each will do.
LEAVE_ONE_OF_A_KIND = """() => {
  const seen = new Set();
  const parts = document.querySelectorAll("main :is(tr, li, section, article, div, p)");
  for (const part of parts) {
    const inside = [...part.querySelectorAll("*")];
    const shape = inside.map((each) => `${each.tagName}.${each.className}.${each.getAttribute("style")}`);
    const kind = `${part.parentElement.tagName} ${part.tagName}.${part.className} ${shape.join(" ")}`;
    if (part.isConnected && seen.has(kind)) part.remove();
    seen.add(kind);
  }
}"""
TYPES = (  # one page of each type
    "gaps.html",
    "frameworks.html",
    "gap/vn-tuyen-quang.html",
    "targets.html",
    "law.html",
    "impact.html",
    "index.html",
    "entities.html",
    "id/system/bk-lgsp.html",
    "id/unit/vn-yen-lap.html",
    "id/measure/certificatesIssued.html",
    "articles.html",
    "article/yen-lap-2018.html",
    "questions.html",
    "question/conflicts.html",
    "question/dependents.html",
    "question/figure-conflicts.html",
    "tours.html",
    "tour/lgsp-la-gi.html",
    "ontology.html",
    "glossary.html",
    "data.html",
    "about.html",
)


@pytest.fixture(scope="module")
def folder(site_folder: Path) -> Path:
    return site_folder


@pytest.fixture(scope="module")
def made(site_report: SiteReport) -> SiteReport:
    return site_report


def pages(folder: Path) -> dict[str, str]:
    """Our pages; the explorer has tests of its own."""
    paths = (path for path in folder.rglob("*.html") if path.name != "explorer.html")
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


class TestWhole:
    def test_every_link_of_every_page_leads_somewhere(self, made: SiteReport, folder: Path) -> None:
        texts = pages(folder)
        assert len(texts) == sum(made.pages.values())
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        places = {path: set(re.findall(r'\sid="([^"]*)"', text)) for path, text in texts.items()}
        faults = []
        for path, text in texts.items():
            for raw in set(re.findall(r'\s(?:href|src|data-index)="([^"]*)"', text)) - {"data:,"}:
                if raw.startswith(("https://", "http://")):  # the sources of the register of law
                    continue
                target, _, place = unescape(raw).partition("#")
                file = normpath(join(dirname(path), unquote(target))) if target else path
                if file not in files or (place and file in places and place not in places[file]):
                    faults.append((path, raw))
        assert faults == []

    def test_every_page_has_its_data_twins_linked_and_readable(self, made: SiteReport, folder: Path) -> None:
        read: set[str] = set()
        for path, text in pages(folder).items():
            head = dict(re.findall(r'<link rel="alternate" title="([^"]*)" href="([^"]*)">', text))
            shown = text.partition('<section class="twins"')[2]
            assert "JSON" in head or "JSON-LD" in head, path
            if "<table" in text and not path.startswith(("tour/", "en/tour/")):
                assert "CSV" in head, path
            for form, raw in head.items():
                assert f'<a href="{raw}" download>{form}</a>' in shown, (path, form)
                file = normpath(join(dirname(path), unquote(unescape(raw))))
                if file not in read:
                    read.add(file)
                    self.read_twin(folder / file, form)
        assert len(read) > 1500

    def test_the_explorer_has_its_relations_beside_it(
        self, made: SiteReport, site: Site, folder: Path
    ) -> None:
        text = (folder / "explorer.html").read_text("utf-8")
        for form in ("JSON", "CSV"):
            assert f'href="explorer.{form.lower()}" download>{form}</a>' in text
            self.read_twin(folder / f"explorer.{form.lower()}", form)
        rows = json.loads((folder / "explorer.json").read_text("utf-8"))
        picture = site.snapshot.picture
        assert [row["basis"] for row in rows].count("stated") == len(picture.edges)
        assert len(rows) == len(picture.edges) + len(picture.references)
        assert {each for row in rows for each in row["statements"]} <= {
            statement.fact.id for statement in picture.statements
        }

    @staticmethod
    def read_twin(file: Path, form: str) -> None:
        """Read a twin as what it is called; none is empty."""
        data = file.read_bytes()
        if form.startswith("JSON"):
            assert json.loads(data) or file.parent.name == "question", file
        elif form.endswith(".owl"):
            assert len(list(ox.parse(data, format=ox.RdfFormat.RDF_XML))) > 1_000
        elif form == "CSV":
            head, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
            assert {len(row) for row in rows} <= {len(head)}, file
            assert rows or file.parent.name == "question", file
        elif form == "Turtle" or form.endswith(".ttl"):
            assert any(True for _ in ox.parse(data, format=ox.RdfFormat.TURTLE)), file
        elif form == "YAML":
            assert yaml.safe_load(data)["steps"], file
        else:
            assert form == "SPARQL"
            assert b"SELECT" in data.upper() or b"ASK" in data.upper(), file

    def test_the_numbers_of_a_twin_are_those_of_its_page(
        self, made: SiteReport, site: Site, folder: Path
    ) -> None:
        def held(name: str) -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = json.loads((folder / name).read_text("utf-8"))
            return found

        home = json.loads((folder / "index.json").read_text("utf-8"))["vi"]
        assert home["counts"]["phát biểu có bằng chứng"] == len(site.snapshot.statements)
        assert len(held("entities.json")) == len(site.snapshot.entities)
        assert {row["name"] for row in held("questions.json")} == set(site.answers)
        for row in held("questions.json") + held("articles.json") + held("tours.json"):
            assert (folder / row["page"]).is_file(), row
        for tour in site.tours:
            steps = json.loads((folder / f"tour/{tour.name}.json").read_text("utf-8"))["steps"]
            for step, read in zip(tour.steps, steps, strict=True):
                assert read["title"]["vi"] == step.title["vi"]
                assert sum(len(each.statements) for each in step.evidence) == sum(
                    len(show["statements"]) for show in read["shows"]
                )
        cells = held("gaps.json")
        parts = [held(path.relative_to(folder).as_posix()) for path in sorted(folder.glob("gap/*.json"))]
        assert sorted(map(str, cells)) == sorted(str(cell) for part in parts for cell in part)
        for row in held("data.json"):
            assert row["sha256"] == sha256((folder / row["file"]).read_bytes()).hexdigest()

    def test_no_page_is_over_a_megabyte(self, made: SiteReport, folder: Path) -> None:
        sizes = {path: path.stat().st_size for path in folder.rglob("*.html")}
        assert made.files > len(sizes) > 1000
        assert {path.name: size for path, size in sizes.items() if size > 1_000_000} == {}

    def test_a_table_cut_short_leads_to_all_rows(self, made: SiteReport, folder: Path) -> None:
        page = (folder / "en/question/statements-of-article.html").read_text("utf-8")
        shown, total = map(int, re.findall(r"Showing (\d+) of (\d+)", page)[0])
        assert 0 < shown < total
        assert '<a href="statements-of-article.csv" download>CSV</a>' in page.partition('class="more"')[2]
        subject = re.findall(r'<section class="part">\s*<h2 id="([^"]*)"', page)[0]
        rows = list(
            csv.DictReader(io.StringIO((folder / "en/question/statements-of-article.csv").read_text("utf-8")))
        )
        assert sum(row["of"] in subject for row in rows) == total

    def test_no_id_stands_twice_on_a_page(self, made: SiteReport, folder: Path) -> None:
        for path, text in pages(folder).items():
            held = re.findall(r'\sid="([^"]*)"', text)
            assert len(held) == len(set(held)), path

    def test_every_statement_stands_on_the_page_of_its_subject(
        self, made: SiteReport, site: Site, folder: Path
    ) -> None:
        texts = pages(folder)
        assert len(site.snapshot.statements) > 800
        for statement in site.snapshot.statements:
            fact = statement.fact
            text = texts[site.snapshot.by_curie[fact.subject].path]
            assert f'id="s-{"-".join(fact.id.split("/")[1:])}"' in text, fact.id
            assert (
                str(fact.evidence).replace("&", "&amp;").replace('"', "&#34;").replace("'", "&#39;") in text
            )

    def test_manifest_and_exports_hold_the_graph(
        self, made: SiteReport, store: OxigraphStore, folder: Path
    ) -> None:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert files.keys() == on_disk - {MANIFEST}
        assert len(files) == made.files
        for path in ("data/egovkg.nq.gz", "index.html"):
            assert files[path]["sha256"] == sha256((folder / path).read_bytes()).hexdigest()
        assert gzip.decompress((folder / "data" / "egovkg.nq.gz").read_bytes()) == store.dump()
        packed = (folder / "data" / "egovkg.trig.gz").read_bytes()
        trig = ox.parse(gzip.decompress(packed), format=ox.RdfFormat.TRIG)
        assert sum(1 for _ in trig) == len(store)

    def test_every_shipped_tour_stands_and_has_eight_to_twelve_steps(
        self, site: Site, made: SiteReport
    ) -> None:
        assert made.skipped_tours == ()
        assert len(site.tours) >= 6
        for tour in site.tours:
            assert 8 <= len(tour.steps) <= 12, tour.name
            assert all(step.evidence for step in tour.steps)
            assert sum(bool(each.statements) for step in tour.steps for each in step.evidence) >= 2
            assert any(step.check for step in tour.steps)

    def test_the_tour_of_the_document_is_read(self, site: Site) -> None:
        text = (Path(__file__).parents[3] / "docs" / "tours.md").read_text("utf-8")
        block = text.partition("```yaml\n")[2].partition("```")[0]
        tour = read_tour(site.snapshot, site.answers, block.encode(), "docs/tours.md")
        assert len(tour.steps[0].evidence) == 2

    def test_every_example_question_has_its_answer(self, made: SiteReport, folder: Path) -> None:
        home = unescape((folder / "index.html").read_text("utf-8"))
        for example in examples():
            text = catalogue("egovkg.viz.site.pages", "vi")[f"example.{example.key}"]
            assert f">{text}</a>" in home, example


class TestCommand:
    @pytest.fixture
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        build([CASES / "errors" / "25-no-year"], tmp_path / "home")
        return tmp_path / "home"

    def test_site_is_written_and_counted(self, home: Path) -> None:
        done = CliRunner().invoke(main, ["site", "--graph", str(home), "-o", "out", "--format", "json"])
        assert done.exit_code == 0, done.stderr
        rows = {row["section"]: row["pages"] for row in json.loads(done.stdout)}
        assert rows["Trang đầu"] == 2
        assert rows["Câu hỏi"] > 100
        assert "egovkg: questions" in done.stderr
        assert "một bài hướng dẫn kèm theo gói bị bỏ qua: " in done.stderr
        assert Path("out/index.html").is_file()

    def test_faults_are_told_with_status_1(self, home: Path) -> None:
        Path("bad.yaml").write_text("tour: x\n", encoding="utf-8")
        done = CliRunner().invoke(
            main, ["site", "--graph", str(home), "-o", "out", "--tour", "bad.yaml", "--lang", "en"]
        )
        assert (done.exit_code, done.stdout) == (1, "")
        assert "bad.yaml: title: needs words in every language" in done.stderr
        assert not Path("out").exists()
        Path("out").mkdir()
        Path("out/index.html").write_text("mine", encoding="utf-8")
        done = CliRunner().invoke(main, ["site", "--graph", str(home), "-o", "out", "--lang", "en"])
        assert done.exit_code == 1
        assert "was not written by egovkg — choose another folder" in done.stderr
        assert Path("out/index.html").read_text("utf-8") == "mine"


class Watched:
    """A page with what went wrong on it."""

    def __init__(
        self,
        browser: Browser,
        folder: Path,
        *,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
        tested: bool = False,
    ) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            color_scheme=scheme,
            java_script_enabled=scripts,
            bypass_csp=tested,  # so that the checker of accessibility can run
        )
        self.page: Page = self.context.new_page()
        self.folder = folder
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        self.page.on("request", self._request)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:", "about:")):
            self.faults.append(request.url)

    def open(self, path: str) -> Page:
        name, _, place = path.partition("#")
        self.page.goto((self.folder / name).as_uri() + (f"#{place}" if place else ""))
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def close(self) -> None:
        self.context.close()
        assert self.faults == []


@pytest.mark.browser
@pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium found; install it to test the pages"
)
class TestBrowser:
    @pytest.fixture
    def watched(self, browser: Browser, made: SiteReport, folder: Path) -> Iterator[Watched]:
        held = Watched(browser, folder)
        yield held
        held.close()

    @pytest.mark.parametrize(("scheme", "prefix"), [("light", ""), ("dark", "en/")])
    def test_no_accessibility_fault_on_any_type_of_page(
        self, browser: Browser, made: SiteReport, folder: Path, scheme: Literal["light", "dark"], prefix: str
    ) -> None:
        from axe_playwright_python.sync_playwright import Axe

        held = Watched(browser, folder, tested=True, scheme=scheme)
        for name in TYPES:
            page = held.open(prefix + name)
            page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
            page.evaluate(LEAVE_ONE_OF_A_KIND)
            found: Any = Axe().run(page, options=AXE)
            assert found.violations_count == 0, (name, found.generate_report())
        page = held.open(prefix + "index.html")
        page.fill("#search", "lgsp")
        page.wait_for_selector("#results li")
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, found.generate_report()
        held.close()

    def test_no_page_scrolls_sideways_at_400_percent(
        self, browser: Browser, made: SiteReport, folder: Path
    ) -> None:
        held = Watched(browser, folder, width=320)
        for name in TYPES:
            page = held.open(name)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert not page.locator("#menu").evaluate("menu => menu.open")
        held.close()

    def test_pages_read_without_scripts(self, browser: Browser, made: SiteReport, folder: Path) -> None:
        held = Watched(browser, folder, scripts=False)
        held.page.goto((folder / "id" / "system" / "bk-lgsp.html").as_uri())
        assert held.page.locator(".our-words").count() > 3
        assert held.page.locator("nav a").count() > 8
        assert not held.page.locator("#search").is_visible()
        held.close()

    @pytest.mark.parametrize(
        ("typed", "title"),
        [
            ("trung tam tich hop du lieu bac kan", "Trung tâm tích hợp dữ liệu tỉnh Bắc Kạn"),
            ("TRUNG TÂM TÍCH HỢP DỮ LIỆU BẮC KẠN".lower(), "Trung tâm tích hợp dữ liệu tỉnh Bắc Kạn"),
            ("bk:tt-tich-hop-du-lieu", "Trung tâm tích hợp dữ liệu tỉnh Bắc Kạn"),
            ("trai nhau ve cung mot luc", "Những cặp phát biểu nào trái nhau về cùng một lúc?"),
        ],
    )
    def test_search_by_keyboard_with_or_without_accents(
        self, watched: Watched, typed: str, title: str
    ) -> None:
        page = watched.open("id/unit/vn-lai-chau.html")
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.wait_for_selector("#results li")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "lai-chau" not in url)
        assert page.locator("h1").inner_text() == title

    def test_language_switch_keeps_the_place(self, watched: Watched) -> None:
        page = watched.open("article/bac-kan-2019.html#d20")
        page.locator("#d31").scroll_into_view_if_needed()
        page.evaluate("document.getElementById('d31').scrollIntoView()")
        page.locator("a.language").dispatch_event("click")
        page.wait_for_url("**/en/article/bac-kan-2019.html*")
        assert page.url.endswith("#d31")
        assert page.locator("html").get_attribute("lang") == "en"
        page.evaluate("scrollTo(0, 0)")
        page.locator("a.language").click()
        page.wait_for_url(lambda url: "/en/" not in url)
        assert page.url.endswith("article/bac-kan-2019.html")

    def test_theme_is_remembered_on_the_next_page(self, watched: Watched) -> None:
        page = watched.open("index.html")
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator("#theme").click()
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert before != dark
        page = watched.open("en/id/system/bk-lgsp.html")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
        assert page.locator("#theme").get_attribute("aria-pressed") == "true"

    def test_keyboard_reaches_the_content_first(self, watched: Watched) -> None:
        page = watched.open("question/conflicts.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Đến nội dung"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('main')")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    def test_reader_and_explorer_lead_to_each_other(self, watched: Watched) -> None:
        page = watched.open("article/yen-lap-2018.html")
        mention = page.locator("a.mention").first
        name = mention.get_attribute("data-entity")
        mention.hover()
        assert page.locator(".lit").count() >= 0
        mention.click()
        page.get_by_role("link", name="Xem trên sơ đồ").first.click()
        page.wait_for_url("**/explorer.html#*")
        assert name is not None
        assert unquote(page.url).endswith(f"#n={name}")

    def test_hostile_texts_do_nothing(self, browser: Browser, tmp_path: Path) -> None:
        import runpy

        helper = runpy.run_path(str(Path(__file__).with_name("test_site.py")))
        site, _ = read_site(helper["hostile_store"](PAYLOADS))
        for file in site_files(site):
            (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file.path).write_bytes(file.data)
        held = Watched(browser, tmp_path)
        held.page.add_init_script(
            "window.hits = []; window.hit = () => hits.push('ran');"
            "addEventListener('securitypolicyviolation', event => hits.push(event.violatedDirective));"
        )
        names = [f"id/system/x-{number}.html" for number in range(len(PAYLOADS))]
        for name in ("index.html", "entities.html", "articles.html", "question/articles.html", *names):
            page = held.open(name)
            assert page.evaluate("hits") == [], name
        page.fill("#search", "hit")
        page.wait_for_selector("#results li")
        assert any(payload in page.locator("#results").inner_text() for payload in PAYLOADS)
        assert page.evaluate("hits") == []
        assert page.locator("iframe, object, embed, base, img, form, video, svg").count() == 0
        held.close()
