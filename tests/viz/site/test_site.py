"""The site of a small graph: the same bytes, safe with hostile texts, careful with other people's files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from egovkg.errors import SiteError
from egovkg.files import packaged_text
from egovkg.graph.store import OxigraphStore
from egovkg.graph.text import fold
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries.questions.named import questions
from egovkg.tests.corpora.stores import store_of
from egovkg.viz.shared.html import FILES_POLICY
from egovkg.viz.site.build import SiteOptions, site_files, write_pages, write_site
from egovkg.viz.site.content.data_files import csv_bytes
from egovkg.viz.site.content.model import File, Page
from egovkg.viz.site.content.paths import anchor, entity_path, explorer_address, file_name, relative
from egovkg.viz.site.content.site import Site, read_site
from egovkg.viz.site.content.snapshot import EntityMention, GraphSnapshot
from egovkg.viz.site.content.statements import tone_of
from egovkg.viz.site.content.texts import page_texts
from egovkg.viz.site.inputs import inputs_digest
from egovkg.viz.site.pages.articles import text_pieces
from egovkg.viz.site.pages.glossary import glossary
from egovkg.viz.site.render import static_files
from egovkg.viz.site.sections import SECTIONS, SiteSection
from egovkg.viz.site.writer import MANIFEST, write_files
from egovkg.viz.tables.csv_writer import is_formula

CASES = Path(__file__).parents[2] / "cases" / "picture"
DOCS = Path(__file__).parents[3] / "docs"
PAYLOADS: list[str] = json.loads((CASES / "payloads.json").read_text("utf-8"))
TAGS = {
    *("a", "article", "aside", "blockquote", "body", "button", "code", "dd", "details", "div", "dl", "dt"),
    *("figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "head", "header", "html", "label"),
    *(
        "input",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
        "script",
        "section",
        "small",
        "span",
        "strong",
    ),
    *("summary", "table", "tbody", "td", "th", "thead", "title", "tr", "ul"),
}


def small_store() -> OxigraphStore:
    return store_of((CASES / "small.trig").read_text("utf-8"))


def hostile_store(payloads: list[str]) -> OxigraphStore:
    """One entity for each payload, and every text of it is the payload."""
    pattern = (CASES / "hostile.trig").read_text("utf-8")
    parts = []
    for number, payload in enumerate(payloads):
        values = {"$NUMBER": str(number), "$NEXT": str((number + 1) % len(payloads))}
        values |= {"$CURIE": str(ox.Literal(f"{number}:{payload}")), "$TEXT": str(ox.Literal(payload))}
        text = pattern
        for key, value in values.items():
            text = text.replace(key, value)
        parts.append(text)
    return store_of("".join(parts))


class Read(HTMLParser):
    """A page as a reader gets it: elements, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.feed(html)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def small() -> dict[str, bytes]:
    site, _ = read_site(small_store())
    return {file.path: file.data for file in site_files(site)}


@pytest.fixture(scope="module")
def hostile() -> dict[str, bytes]:
    site, _ = read_site(hostile_store(PAYLOADS))
    return {file.path: file.data for file in site_files(site)}


def html(files: dict[str, bytes]) -> dict[str, str]:
    """Our pages; the explorer has tests of its own."""
    return {
        path: data.decode("utf-8")
        for path, data in files.items()
        if path.endswith(".html") and not path.startswith("explorer")
    }


class TestPages:
    def test_each_page_stands_in_both_languages(self, small: dict[str, bytes]) -> None:
        pages = html(small)
        vietnamese = {path for path in pages if not path.startswith("en/")}
        assert {f"en/{path}" for path in vietnamese} == pages.keys() - vietnamese
        for path, text in pages.items():
            assert f'<html lang="{"en" if path.startswith("en/") else "vi"}">' in text

    def test_each_entity_has_a_page_with_twins(self, small: dict[str, bytes]) -> None:
        known = GraphSnapshot(small_store())
        assert len(known.entities) >= 10
        for entity in known.entities:
            stem = entity_path(entity.iri).removesuffix(".html")
            assert {f"{stem}.html", f"en/{stem}.html", f"{stem}.json", f"{stem}.ttl"} <= small.keys()

    def test_statement_shows_sentence_article_publisher_date_status_and_polarity(
        self, small: dict[str, bytes]
    ) -> None:
        known = GraphSnapshot(small_store())
        for statement in known.statements:
            fact = statement.fact
            page = Read(html(small)[entity_path(known.by_curie[fact.subject].iri)])
            article = known.articles[fact.article]
            assert " ".join(fact.evidence.split()) in page.text
            assert article.title["vi"] in page.text
            assert article.publisher.get("vi", "") in page.text
            if fact.polarity == "no":
                assert page_texts("vi")["denied"] in page.text
            elif fact.kind == "claim" and known.vocabulary.is_informative(fact.status, fact.predicate):
                assert known.code_label(fact.status, "vi") in page.text

    def test_links_lead_to_files_and_places_that_exist(self, small: dict[str, bytes]) -> None:
        assert broken(small) == []

    @pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # inside rdflib's own reader
    def test_twins_hold_the_same_triples(self, small: dict[str, bytes]) -> None:
        import rdflib

        names = [path for path in small if path.startswith("id/") and path.endswith(".json")]
        assert names
        for name in names:
            turtle = set(ox.parse(small[name.replace(".json", ".ttl")], format=ox.RdfFormat.TURTLE))
            again = set(ox.parse(small[name], format=ox.RdfFormat.JSON_LD))
            assert {str(one.triple) for one in again} == {str(one.triple) for one in turtle}, name
            assert len(rdflib.Graph().parse(data=small[name].decode(), format="json-ld")) == len(turtle)
            assert turtle

    def test_reader_gives_the_text_again(self) -> None:
        known = GraphSnapshot(small_store())
        mentions = [
            EntityMention(0, 5, "hb:lgsp"),
            EntityMention(3, 8, "x:y"),
            EntityMention(9, 10, "x:y"),
            EntityMention(11, 99, "x:y"),
        ]
        cut = text_pieces(known, "nền tảng của ai", mentions)
        assert "".join(piece.text for piece in cut) == "nền tảng của ai"
        assert [piece.text for piece in cut if piece.curie] == ["nền t", "c"]

    def test_every_question_has_a_page_with_query_and_twins(self, small: dict[str, bytes]) -> None:
        for one in questions():
            stem = f"question/{one.name}"
            assert {
                f"{stem}.html",
                f"{stem}.csv",
                f"en/{stem}.csv",
                f"{stem}.json",
                f"{stem}.rq",
            } <= small.keys()
            assert small[f"{stem}.rq"].decode() == one.text
            assert one.asks["vi"] in Read(html(small)[f"{stem}.html"]).text

    def test_every_question_has_the_command_that_asks_it_again(self, small: dict[str, bytes]) -> None:
        pages = html(small)
        for one in questions():
            page = pages[f"question/{one.name}.html"]
            (command,) = re.findall(r"<code>(egovkg ask [^<]*)</code>", page)
            program, verb, name, *pairs = shlex.split(unescape(command))
            assert (program, verb, name) == ("egovkg", "ask", one.name)
            needed = [parameter.name for parameter in one.parameters if parameter.default is None]
            assert [pair.partition("=")[0] for pair in pairs] == needed
            subjects = re.findall(r'<section class="part">\s*<h2 id="([^"]*)"', page)
            assert (
                not subjects
                or pairs == ["…"]
                or all(pair.partition("=")[2] not in {"", "…"} for pair in pairs)
            )

    def test_an_empty_answer_is_not_stated_never_absent(self, small: dict[str, bytes]) -> None:
        page = Read(html(small)["question/savings.html"])
        assert "không có nghĩa là không có" in page.text

    def test_every_term_of_the_ontology_has_its_place(self, small: dict[str, bytes]) -> None:
        page, vocabulary = html(small)["ontology.html"], load_vocabulary()
        for name in (*vocabulary.classes, *vocabulary.properties):
            assert f'id="{anchor(name)}"' in page
        for code in vocabulary.codes:
            assert f'id="code-{anchor(code)}"' in page

    def test_a_graph_without_statements_gives_a_site(self) -> None:
        site, _ = read_site(OxigraphStore.in_memory())
        files = {file.path: file.data for file in site_files(site)}
        assert "index.html" in files
        assert broken(files) == []

    def test_a_section_is_one_line(self, small: dict[str, bytes]) -> None:
        def make(site: Site) -> list[Page]:
            title = {"vi": "Thử", "en": "Trial"}
            number = len(site.snapshot.entities)
            return [
                Page("trial.html", "articles.html.j2", title, lambda lang: {"rows": [], "n": number}, "trial")
            ]

        site, _ = read_site(small_store())
        entry = SiteSection("trial", "trial.html", {"vi": "Thử", "en": "Trial"}, make)
        files = {file.path: file.data for file in site_files(site, sections=(*SECTIONS, entry))}
        assert files.keys() - small.keys() == {"trial.html", "en/trial.html"}
        assert 'href="../trial.html" ' not in html(files)["en/index.html"]
        assert '<a href="trial.html">Thử</a>' in html(files)["index.html"]

    def test_few_entries_at_the_head_and_every_section_at_the_foot(self, small: dict[str, bytes]) -> None:
        page = html(small)["en/index.html"]
        head, foot = page.partition("</header>")[0], page.partition("<footer")[2]
        entries = re.findall(r'<li><a href="[^"]*">([^<]*)</a>', head)
        assert entries == ["Systems", "Questions", "Sources", "Learn"]  # it compares no province
        assert {"explorer.html#l=en", "glossary.html", "data.html"} <= {
            link.removeprefix("../") for link in re.findall(r'href="([^"]*)"', foot)
        }

    def test_unknown_words_of_a_template_are_told(self) -> None:
        sources = "".join(packaged_text("egovkg.viz.site", f"templates/{name}") for name in template_names())
        asked = set(re.findall(r'\bw\["([\w.]+)"\]', sources)) | set(
            re.findall(r"\bw\['([\w.]+)'\]", sources)
        )
        asked |= set(re.findall(r"\bw\.([a-z]+)\b", sources)) - {"get"}
        assert asked <= page_texts("vi").keys() == page_texts("en").keys()


def template_names() -> list[str]:
    folder = Path(__file__).parents[3] / "viz" / "site" / "templates"
    return sorted(path.name for path in folder.glob("*.j2"))


def broken(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """List links of our pages that lead to no file, or to no place in it."""
    import posixpath
    from html import unescape
    from urllib.parse import unquote

    pages = html(files)
    places = {path: set(re.findall(r'\sid="([^"]*)"', text)) for path, text in pages.items()}
    faults = []
    for path, text in pages.items():
        for raw in set(re.findall(r'\s(?:href|src|data-index)="([^"]*)"', text)):
            target, _, place = unescape(raw).partition("#")
            if target == "data:,":
                continue
            file = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
                if target
                else path
            )
            lost = place and file in places and place not in places[file]
            if (file not in files and file != MANIFEST) or lost or "://" in target:
                faults.append((path, raw))
    return faults


class TestSafety:
    def test_policy_is_strict_and_on_every_page(self, small: dict[str, bytes]) -> None:
        assert FILES_POLICY.startswith("default-src 'none'; script-src 'self' file:;")
        assert "connect-src 'none'" in FILES_POLICY
        assert "unsafe" not in FILES_POLICY
        for path, text in html(small).items():
            held = [
                value for tag, name, value in Read(text).attributes if name == "content" and "-src" in value
            ]
            assert held == [FILES_POLICY], path

    def test_nothing_is_fetched_from_elsewhere_and_nothing_runs_inline(self, small: dict[str, bytes]) -> None:
        for path, text in html(small).items():
            page = Read(text)
            for tag, name, value in page.attributes:
                assert not name.startswith("on"), path
                assert name != "style", path
                if name in {"src", "srcset", "action", "data", "poster"} or (
                    tag == "link" and name == "href"
                ):
                    assert not re.match(r"[a-z]+:|//", value) or value == "data:,", (path, value)
            assert len(re.findall(r"<script[^>]*></script>", text)) == page.tags.count("script")
            assert "style" not in page.tags
        for name, data in static_files().items():
            source = data.decode()
            forbidden = (
                "innerHTML",
                "outerHTML",
                "insertAdjacent",
                "document.write",
                "eval(",
                "Function(",
                "fetch(",
            )
            assert not [each for each in (*forbidden, "@import", "url(", "http") if each in source], name

    def test_hostile_texts_stand_as_written_and_add_no_element(self, hostile: dict[str, bytes]) -> None:
        assert len(PAYLOADS) >= 40
        for path, text in html(hostile).items():
            page = Read(text)
            assert set(page.tags) <= TAGS, (path, set(page.tags) - TAGS)
            for _, name, value in page.attributes:
                assert re.fullmatch(r"[a-z-]+", name), (path, name)
                assert not name.startswith("on"), (path, name)
                if name in {"href", "src"}:
                    assert not re.match(r"\s*[a-z]+\s*:", value, re.I) or value == "data:,", (path, value)
        for number, payload in enumerate(PAYLOADS):
            text = Read(html(hostile)[f"id/system/x-{number}.html"]).text
            assert text.count(" ".join(payload.split())) >= 5, payload

    def test_hostile_names_become_safe_paths(self, hostile: dict[str, bytes]) -> None:
        for path in hostile:
            assert re.fullmatch(r"[a-z0-9A-Z./_-]+", path), path
            assert ".." not in path
        for name in ("..", ".", "", "a/b", "con", "nul.txt", "A", "x" * 300, "ð", "a b", "a.", "\ud800"):
            made = file_name(name)
            assert re.fullmatch(r"[a-z0-9][a-zA-Z0-9.-]*", made)
            assert made != name
            assert len(made) < 120
        assert len({file_name(name) for name in ("A", "a", "á", "à", "..", ".")}) == 6

    def test_no_cell_is_a_formula(self, hostile: dict[str, bytes]) -> None:
        names = [path for path in hostile if path.endswith(".csv")]
        assert len(names) > 50
        for name in names:
            for row in csv.reader(io.StringIO(hostile[name].decode("utf-8"))):
                for cell in row:
                    assert not is_formula(cell), (name, cell)

    def test_formulas_are_defused_and_numbers_stay(self) -> None:
        table = csv_bytes(["a"], [["=1"], ["+1"], ["-A1"], ["@x"], ["\t=x"], [-1], [None], ["x=1"]])
        rows = [row[0] if row else "" for row in csv.reader(io.StringIO(table.decode()))]
        assert rows == ["a", "'=1", "+1", "'-A1", "@x", "'\t=x", "-1", "", "x=1"]

    def test_search_index_is_data_that_ends_nothing(self, hostile: dict[str, bytes]) -> None:
        text = hostile["search-index.js"].decode()
        assert not re.search("[<>&\u2028\u2029]", text)
        rows = json.loads(text.partition("= ")[2].rstrip(";\n"))["rows"]
        assert set(PAYLOADS) <= {row[2][0] for row in rows}

    @pytest.mark.parametrize("words", ["availability", "hoạt động 24/7", "độ sẵn sàng"])
    def test_a_question_is_found_by_its_name_and_other_wordings(
        self, hostile: dict[str, bytes], words: str
    ) -> None:
        rows = json.loads(hostile["search-index.js"].decode().partition("= ")[2].rstrip(";\n"))["rows"]
        (other_names,) = [row[3] for row in rows if "availability" in row[3]]
        assert words in other_names


class TestSameBytes:
    def test_same_graph_same_bytes(self, small: dict[str, bytes]) -> None:
        site, _ = read_site(small_store())
        assert {file.path: file.data for file in site_files(site)} == small

    def test_same_bytes_in_a_plain_locale(self, small: dict[str, bytes], tmp_path: Path) -> None:
        script = (
            "import sys, runpy, pathlib\n"
            "module = runpy.run_path(sys.argv[1])\n"
            "module['write_site'](module['small_store'](), pathlib.Path(sys.argv[2]))\n"
        )
        environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "7"}
        environment |= {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        command = [sys.executable, "-c", script, __file__, str(tmp_path / "site")]
        subprocess.run(command, check=True, env=environment, cwd=tmp_path)
        assert on_disk(tmp_path / "site").keys() - {MANIFEST} == small.keys()
        for path, data in small.items():
            assert (tmp_path / "site" / path).read_bytes() == data, path


def on_disk(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class TestFiles:
    OLD = (File("a.html", b"a"), File("id/b.html", b"b"), File("id/c.html", b"c"))
    NEW = (File("a.html", b"A"), File("d/e.html", b"e"))

    def test_stale_files_go_and_foreign_files_stay(self, tmp_path: Path) -> None:
        write_files(tmp_path, self.OLD, "1")
        (tmp_path / "id" / "c.html").write_bytes(b"changed by hand")
        (tmp_path / "mine.txt").write_bytes(b"mine")
        done = write_files(tmp_path, self.NEW, "2")
        assert (done.written, done.removed, done.changed_by_others) == (
            ("a.html", "d/e.html"),
            ("id/b.html",),
            ("id/c.html",),
        )
        assert on_disk(tmp_path).keys() == {"a.html", "d/e.html", "id/c.html", "mine.txt", MANIFEST}
        again = write_files(tmp_path, self.NEW, "2")
        assert (again.written, again.unchanged, again.removed) == ((), 2, ())

    def test_folders_that_became_empty_go(self, tmp_path: Path) -> None:
        write_files(tmp_path, self.OLD, "1")
        write_files(tmp_path, self.NEW, "1")
        assert not (tmp_path / "id").exists()

    def test_manifest_names_every_file_with_its_hash(self, tmp_path: Path) -> None:
        write_files(tmp_path, self.OLD, "v1")
        content = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
        assert content["graph"] == "v1"
        assert content["files"] == {
            file.path: {"sha256": sha256(file.data).hexdigest(), "bytes": len(file.data)} for file in self.OLD
        }

    @pytest.mark.parametrize("held", ["a.html", MANIFEST])
    def test_a_file_of_others_is_never_replaced(self, tmp_path: Path, held: str) -> None:
        (tmp_path / held).write_bytes(b'{"mine": 1}')
        with pytest.raises(SiteError, match="was not written by egovkg"):
            write_files(tmp_path, self.OLD, "1")
        assert on_disk(tmp_path) == {held: b'{"mine": 1}'}

    def test_a_file_where_a_folder_should_be_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "site").write_bytes(b"")
        with pytest.raises(SiteError, match="is not a folder"):
            write_files(tmp_path / "site", self.OLD, "1")

    @pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX links")
    def test_links_out_of_the_folder_are_not_followed(self, tmp_path: Path) -> None:
        site, away = tmp_path / "site", tmp_path / "away"
        site.mkdir()
        away.mkdir()
        (site / "id").symlink_to(away)
        with pytest.raises(SiteError, match="leads out of the folder"):
            write_files(site, self.OLD, "1")
        (site / "id").unlink()
        write_files(site, self.OLD, "1")
        for path in (site / "id").iterdir():
            path.rename(away / path.name)
        (site / "id").rmdir()
        (site / "id").symlink_to(away)
        write_files(site, self.NEW, "1")
        assert on_disk(away).keys() == {"b.html", "c.html"}

    @pytest.mark.parametrize(
        "path", ["../victim.txt", "/victim.txt", "id/../../victim.txt", "c:\\victim.txt"]
    )
    def test_a_doctored_manifest_removes_nothing_elsewhere(self, tmp_path: Path, path: str) -> None:
        victim, site = tmp_path / "victim.txt", tmp_path / "site"
        victim.write_bytes(b"x")
        write_files(site, self.OLD, "1")
        content = json.loads((site / MANIFEST).read_text("utf-8"))
        content["files"][path] = {"sha256": sha256(b"x").hexdigest(), "bytes": 1}
        (site / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
        write_files(site, self.NEW, "1")
        assert victim.exists()

    def test_a_killed_run_is_known_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_files(tmp_path, self.OLD, "1")
        monkeypatch.setattr("egovkg.viz.site.writer._replace", lambda path, data: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_files(tmp_path, self.NEW, "2")
        monkeypatch.undo()
        done = write_files(tmp_path, self.NEW, "2")
        assert done.removed == ("id/b.html", "id/c.html")

    def test_the_whole_site_is_written_and_told(self, tmp_path: Path) -> None:
        told: list[str] = []
        options = SiteOptions(version="v", on_progress=lambda section, count: told.append(section))
        made = write_site(small_store(), tmp_path, options)
        assert told[0] == "graph"
        assert {"entities", "questions"} <= set(told)
        pages = [path for path in on_disk(tmp_path) if "id/" in path and path.endswith(".html")]
        assert made.pages["entities"] == len(pages) + 2
        assert made.skipped_tours
        assert "v" in (tmp_path / "index.html").read_text("utf-8")


MERGED = """
graph:register {
  <https://w3id.org/egovkg/id/unit/vn-hoa-binh> egov:unitChange
    "2025-07-01: sáp nhập (Nghị quyết 9/2099/QH99)"@vi,
    "2025-07-01: merged (Nghị quyết 9/2099/QH99)"@en .
  <https://w3id.org/egovkg/id/document/nat-nq-9> a egov:Resolution ; egov:curie "nat:nq-9" ;
    rdfs:label "Nghị quyết 9/2099/QH99"@vi, "Resolution 9/2099/QH99"@en ;
    egov:number "9/2099/QH99" ; egov:documentDate "2099-06-12"^^edtf:EDTF .
}
"""


def test_a_former_unit_names_the_legal_act_with_its_day() -> None:
    site, _ = read_site(store_of((CASES / "small.trig").read_text("utf-8") + MERGED))
    section = [section for section in SECTIONS if section.key == "entities"]
    files = {file.path: file.data.decode() for file in site_files(site, section)}
    link = '<a href="../document/nat-nq-9.html">Nghị quyết 9/2099/QH99, 12/6/2099</a>'
    assert link in files["id/unit/vn-hoa-binh.html"]
    english = Read(files["en/id/unit/vn-hoa-binh.html"]).text
    assert "1 July 2025: merged (Nghị quyết 9/2099/QH99), Resolution 9/2099/QH99, 12 June 2099" in english
    assert "sáp nhập" not in english


class TestUntouched:
    """A second run from the same inputs makes nothing anew, unless a file is not as it was written."""

    def test_the_same_graph_is_not_made_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder, site = tmp_path / "site", read_site(small_store(), version="v")[0]
        digest = inputs_digest("v", ())
        first = write_pages(site, folder, inputs=digest)
        monkeypatch.setattr("egovkg.viz.site.build.read_site", lambda *_: 1 / 0)
        again = write_site(small_store(), folder, SiteOptions(version="v"))
        assert (again.pages, again.files) == (first.pages, first.files)
        assert (again.written.written, again.written.unchanged) == ((), first.files)
        with pytest.raises(ZeroDivisionError):
            write_site(small_store(), folder, SiteOptions(version="w"))
        (folder / "index.html").write_bytes(b"changed by hand")
        with pytest.raises(ZeroDivisionError):
            write_site(small_store(), folder, SiteOptions(version="v"))


def test_paths_lead_from_page_to_page() -> None:
    assert relative("index.html", "id/system/tq-lgsp.html") == "../../index.html"
    assert relative("id/a.html#x", "id/b.html") == "a.html#x"
    assert relative("#x", "a.html") == "#x"
    assert explorer_address(edge=("a:b", "connectsTo", "c:d")) == "explorer.html#e=a%3Ab%7CconnectsTo%7Cc%3Ad"


def test_each_status_has_one_look_and_plans_never_look_done() -> None:
    looks = {code: tone_of(code) for code in load_vocabulary().schemes["Status"]}
    assert {code for code, tone in looks.items() if tone == "sure"} == {"operational", "completed"}
    assert looks["planned"] == looks["approved"] == "open"
    assert tone_of("operational", denied=True) == "denied"


def test_glossary_holds_the_terms_of_the_document() -> None:
    rows = re.findall(r"^\| (.*) \|$", (DOCS / "glossary.md").read_text("utf-8"), re.MULTILINE)
    document = fold("\n".join(rows).replace("*", "").replace("`", ""))
    terms = [term for section in glossary() for term in section.terms]
    for term in terms:
        assert all(term.meanings.values())
        for text in (term.abbreviation, term.terms["en"]):
            assert fold(text) in document, text
    names = [fold(row.split(" | ")[0]) for row in rows if not row.startswith(("---", "Vietnamese", "short"))]
    held = {fold(text) for term in terms for text in (term.terms["vi"], term.abbreviation)}
    assert [name for name in names if name not in held] == []
    english = " ".join(fold(term.meanings["en"]) for term in terms)
    told = [
        row.split(" | ")[-1] for row in rows if row.count(" | ") == 3 and not row.startswith(("---", "Viet"))
    ]
    missing = [words for words in told if fold(words.replace("*", "").replace("`", "")) not in english]
    assert len(missing) <= 6, missing  # the indexes are worded anew
