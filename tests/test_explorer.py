from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from egovkg.graph.store import OxigraphStore
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries.picture import Picture, picture
from egovkg.viz.explorer import SCRIPTS, network, policy, render, write
from egovkg.viz.families import families, family_of, page_words, read_text
from egovkg.viz.payload import packed

CASE = Path(__file__).parent / "cases" / "picture" / "small.trig"
# grounds of the two themes in explorer.css
GROUNDS = {"light": "#fbfcfd", "dark": "#12171d"}


def load() -> Picture:
    store = OxigraphStore.in_memory()
    quads = ox.parse(CASE.read_text("utf-8"), format=ox.RdfFormat.TRIG)
    store.load(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    return picture(store)


@pytest.fixture(scope="module")
def small() -> Picture:
    return load()


@pytest.fixture(scope="module")
def page(small: Picture) -> str:
    return render(small)


class Elements(HTMLParser):
    """Collects attributes of all elements and the texts of style and script elements."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.inside = tag if tag in {"script", "style"} else ""
        if self.inside:
            kind = dict(attrs).get("type") or tag
            self.texts.append((kind, ""))

    def handle_data(self, data: str) -> None:
        if self.inside:
            kind, text = self.texts[-1]
            self.texts[-1] = (kind, text + data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def parsed(page: str) -> Elements:
    elements = Elements()
    elements.feed(page)
    return elements


def page_data(page: str) -> dict[str, object]:
    text = next(text for kind, text in parsed(page).texts if kind == "application/json")
    data: dict[str, object] = json.loads(text)
    return data


def test_same_picture_same_page(small: Picture, page: str) -> None:
    assert render(small) == page


@pytest.mark.parametrize("seed", ["0", "7"])
def test_same_bytes_in_a_plain_locale(seed: str, page: str, tmp_path: Path) -> None:
    script = (
        "import sys, runpy, pathlib\n"
        "module = runpy.run_path(sys.argv[1])\n"
        "from egovkg.viz.explorer import write\n"
        "write(module['load'](), pathlib.Path(sys.argv[2]))\n"
    )
    target = tmp_path / "page.html"
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": seed}
    environment |= {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    command = [sys.executable, "-c", script, __file__, str(target)]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    assert target.read_bytes() == page.encode("utf-8")


def test_writing_leaves_no_part_and_makes_the_folder(small: Picture, page: str, tmp_path: Path) -> None:
    target = tmp_path / "a" / "page.html"
    write(small, target)
    assert target.read_text("utf-8") == page
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


def test_nothing_is_fetched_from_elsewhere(page: str) -> None:
    for tag, name, value in parsed(page).attributes:
        if name in {"src", "href", "srcset", "action", "data", "poster"}:
            assert value.startswith(("#", "data:")), (tag, name, value)
    assert "url(" not in read_text("explorer.css")
    assert "@import" not in read_text("explorer.css")


def test_policy_allows_exactly_what_the_page_runs(page: str) -> None:
    elements = parsed(page)
    rules = next(value for tag, name, value in elements.attributes if name == "content" and "-src" in value)
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    ran = [(kind, text) for kind, text in elements.texts if kind in {"script", "style"}]
    assert [kind for kind, _ in ran] == ["style", "script", "script"]
    for kind, text in ran:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
        assert re.search(rf"{kind}-src [^;]*'sha256-{re.escape(digest)}'", rules), kind


def test_policy_is_written_for_the_given_texts() -> None:
    assert policy("a", ["b"]) != policy("a", ["c"])


def test_no_handler_stands_in_the_markup(page: str) -> None:
    assert not [each for each in parsed(page).attributes if each[1].startswith("on") or each[1] == "style"]


def test_scripts_never_write_markup() -> None:
    forbidden = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
    )
    for name in SCRIPTS:
        assert not [each for each in forbidden if each in read_text(name)], name


def test_page_opens_in_the_asked_language(small: Picture) -> None:
    english = render(small, lang="en")
    assert '<html lang="en">' in english
    assert "<title>E-government knowledge graph</title>" in english


def test_page_holds_every_sentence_once(small: Picture, page: str) -> None:
    for statement in small.statements:
        assert page.count(json.dumps(statement.sentence["vi"], ensure_ascii=False)) == 1


def test_words_of_the_page_are_all_there_and_all_used() -> None:
    sources = "".join(read_text(name) for name in (*SCRIPTS, "explorer.html.j2"))
    asked = set(re.findall(r'\bt\("([\w.]+)"', sources))
    asked |= set(re.findall(r'data-(?:t|label)="([\w.]+)"', sources))
    asked |= set(re.findall(r'"(intro\.\w+|file\.\w+)"', sources))
    words = page_words()
    assert words["vi"].keys() == words["en"].keys()
    assert not asked - words["vi"].keys()
    families_of_words = ("row.", "time.", "basis.", "certainty.", "group.", "col.")
    assert not {key for key in words["vi"].keys() - asked if not key.startswith(families_of_words)}


def test_every_class_of_things_has_a_family() -> None:
    vocabulary = load_vocabulary()
    inner = {"Statement", "Article", "Evidence", "Mention", "Measure", "Unit", "StatedItem", "Code"}
    for name in vocabulary.classes:
        if not vocabulary.ancestors(name) & inner:
            assert families()[family_of(name)]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_symbols_stand_out_from_the_ground(theme: str) -> None:
    assert f"--ground: {GROUNDS[theme]};" in read_text("explorer.css")
    ground = luminance(GROUNDS[theme])
    for family in families():
        own = luminance(getattr(family, theme))
        ratio = (max(own, ground) + 0.05) / (min(own, ground) + 0.05)
        assert ratio >= 3, (family.id, round(ratio, 2))


def test_no_two_families_share_shape_or_colour() -> None:
    assert len({family.path for family in families()}) == len(families())
    assert len({family.light for family in families()}) == len(families())
    assert len({family.dark for family in families()}) == len(families())


def test_network_is_plain_pyvis(small: Picture) -> None:
    net = network(small)
    assert net.num_nodes() == len(small.nodes)
    assert net.num_edges() == len(small.edges)
    assert net.directed
    assert net.get_node("hb:lgsp")["label"] == "LGSP Hoà Bình"
    assert not any("group" in node for node in net.nodes)
    assert net.options["physics"] == {"enabled": False}


def test_pyvis_is_imported_only_to_draw() -> None:
    code = "import sys, egovkg.viz.explorer; sys.exit('pyvis' in sys.modules or 'IPython' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_data_is_columns_that_give_the_records_back(small: Picture, page: str) -> None:
    data = page_data(page)
    statements = data["statements"]
    assert isinstance(statements, dict)
    ids = statements["id"]
    assert ids == [statement.fact.id for statement in small.statements]
    modes = statements["status"]
    assert [modes["d"][index] for index in modes["i"]] == [each.fact.status for each in small.statements]


def test_packed_nothing_is_nothing() -> None:
    assert packed([]) == {}


def test_empty_graph_gives_a_page() -> None:
    page = render(picture(OxigraphStore.in_memory()))
    assert page_data(page)["nodes"] == {}
