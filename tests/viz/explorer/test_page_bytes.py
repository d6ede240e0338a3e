from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import egovkg
import pytest
import yaml
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.files import packaged_text
from egovkg.graph.names import ID
from egovkg.graph.store import OxigraphStore
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries.facts.values import Json
from egovkg.queries.picture.picture import Picture, Reference, picture
from egovkg.tests.corpora.stores import store_of
from egovkg.viz.explorer.assets import (
    STYLE,
    TEMPLATE,
    bare,
    boot_script,
    program,
    script_text,
    visjs_library,
)
from egovkg.viz.explorer.columnar import DIGITS, pack, pack_numbers
from egovkg.viz.explorer.compression import deflated, inflated
from egovkg.viz.explorer.country import country_tiles
from egovkg.viz.explorer.evidence_records import ARTICLE_MARK
from egovkg.viz.explorer.families import families, family_of
from egovkg.viz.explorer.layout import GOVERNING_ROWS
from egovkg.viz.explorer.notebook import explore
from egovkg.viz.explorer.page import SiteLinks, render, write
from egovkg.viz.explorer.pyvis_network import network
from egovkg.viz.explorer.views import VIEWS
from egovkg.words import catalogue, languages
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pyvis.network import Network

CASE = Path(__file__).parents[2] / "cases" / "picture" / "small.trig"
# grounds of the two themes in the style sheet
GROUNDS = {"light": "#fbfcfd", "dark": "#12171d"}


def load() -> Picture:
    return picture(store_of(CASE.read_text("utf-8")))


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


def script_paths() -> list[str]:
    """List the scripts of the explorer, from their folder."""
    folder = Path(egovkg.__file__).parent / "viz" / "explorer" / "static"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.js"))


def block(page: str, name: str) -> str:
    """Unpack what the page carries: vis-network (library), program or data."""
    element = re.search(rf'<script type="text/plain" id="{name}">([^<]*)</script>', page)
    assert element
    return inflated(element[1])


def page_data(page: str) -> dict[str, object]:
    data: dict[str, object] = json.loads(block(page, "data"))
    return data


def test_same_picture_same_page(small: Picture, page: str) -> None:
    assert render(small) == page


WRITING = (
    "import sys, runpy, pathlib\n"
    "module = runpy.run_path(sys.argv[1])\n"
    "from egovkg.viz.explorer.page import write\n"
    "write(module['load'](), pathlib.Path(sys.argv[2]))\n"
)


def written(target: Path, **environment: str) -> bytes:
    """Write the page in a process of its own, without the UTF-8 that Python would choose by itself."""
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", WRITING, __file__, str(target)]
    home = {"HOME": str(target.parent)}
    subprocess.run(command, check=True, env=plain | home | environment, cwd=target.parent)
    return target.read_bytes()


@pytest.mark.parametrize("seed", ["0", "7"])
def test_same_bytes_in_a_plain_locale(seed: str, page: str, tmp_path: Path) -> None:
    assert written(tmp_path / "page.html", LC_ALL="C", PYTHONHASHSEED=seed) == page.encode("utf-8")


def test_same_bytes_in_a_western_locale(page: str, tmp_path: Path) -> None:
    name, folder = "en_US.cp1252", tmp_path / "locales"
    folder.mkdir()
    if not (define := shutil.which("localedef")):
        pytest.skip("no localedef to make the locale with")
    made = subprocess.run([define, "-c", "-f", "CP1252", "-i", "en_US", folder / name], check=False)
    if made.returncode > 1:
        pytest.skip("no source of the locale")
    found = written(tmp_path / "page.html", LC_ALL=name, LOCPATH=str(folder))
    assert found == page.encode("utf-8")


def test_writing_leaves_no_part_and_makes_the_folder(small: Picture, page: str, tmp_path: Path) -> None:
    target = tmp_path / "a" / "page.html"
    write(small, target)
    assert target.read_text("utf-8") == page
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


def test_nothing_is_fetched_from_elsewhere(page: str) -> None:
    for tag, name, value in parsed(page).attributes:
        if name in {"src", "href", "srcset", "action", "data", "poster"}:
            assert value.startswith(("#", "data:")), (tag, name, value)
    assert "url(" not in packaged_text("egovkg.viz.explorer", STYLE)
    assert "@import" not in packaged_text("egovkg.viz.explorer", STYLE)


def test_policy_allows_exactly_what_the_page_runs(page: str) -> None:
    elements = parsed(page)
    rules = next(value for tag, name, value in elements.attributes if name == "content" and "-src" in value)
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    ran = [(kind, text) for kind, text in elements.texts if kind in {"script", "style"}]
    assert [kind for kind, _ in ran] == ["style", "script"]
    unpacked = [("script", block(page, name)) for name in ("library", "program")]
    for kind, text in [*ran, *unpacked]:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
        assert re.search(rf"{kind}-src [^;]*'sha256-{re.escape(digest)}'", rules), kind


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
    for path in script_paths():
        assert not [call for call in forbidden if call in script_text(path)], path


def test_page_opens_in_the_asked_language(small: Picture) -> None:
    english = render(small, lang="en")
    assert '<html lang="en">' in english
    assert "<title>E-government knowledge graph</title>" in english


def test_page_holds_every_sentence_once(small: Picture, page: str) -> None:
    text = block(page, "data")
    for statement in small.statements:
        assert text.count(json.dumps(statement.sentence["vi"], ensure_ascii=False)) == 1


def used_words() -> set[str]:
    """List the keys of words that template and scripts name."""
    template = packaged_text("egovkg.viz.explorer", f"templates/{TEMPLATE}")
    sources = "".join((template, *map(script_text, script_paths())))
    keys = set(re.findall(r'\bt\("([\w.]+)"', sources))
    keys |= set(re.findall(r'data-(?:t|label)="([\w.]+)"', sources))
    keys |= set(re.findall(r"words\.(\w+) }}", sources))
    keys |= {
        key for pair in re.findall(r'words\["([\w.]+)" if \w+ else "([\w.]+)"\]', sources) for key in pair
    }
    keys |= set(re.findall(r'"((?:intro|level)\.\w+)"', sources))
    keys |= {key for pair in re.findall(r't\(\w+ \? "([\w.]+)" : "([\w.]+)"', sources) for key in pair}
    return keys | {"language.own", "lifeWords", "smallWords"}


# groups of words whose keys are put together
GROUPS = (
    "base",
    "asked",
    "basis",
    "certainty",
    "col",
    "copied",
    "date",
    "drawing",
    "family",
    "fate",
    "form",
    "group",
    "lane",
    "level",
    "link",
    "mark",
    "measure",
    "reason",
    "reservation",
    "row",
    "stops",
    "time",
    "view",
)


def test_words_of_the_page_are_all_there_and_all_used() -> None:
    keys = catalogue("egovkg.viz.explorer", "vi").keys()
    used = used_words()
    assert {"openAll", "shrink", "date.quarter"} <= used
    assert not used - keys
    spare = {key.removesuffix(".one") for key in keys} - used
    assert not {key for key in spare if key.partition(".")[0] not in GROUPS}


def test_words_that_keys_are_made_of_are_there() -> None:
    words = catalogue("egovkg.viz.explorer", "vi")
    assert {family.id for family in families()} == set(words.below("family"))
    assert {*VIEWS} == set(words.below("view")) == set(words.below("drawing"))
    assert {*GOVERNING_ROWS} == set(words.below("row"))


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_its_button(page: str, lang: str) -> None:
    own_name = catalogue("egovkg.viz.explorer", lang)["language.own"]
    assert f'id="lang-{lang}" data-language' in page
    assert f'aria-label="{lang.upper()}, {own_name}"' in page


# folders of what a register may hold
FOLDERS = {"agent", "role", "unit", "region", "system", "technology", "document", "plan", "event", "service"}
FOLDERS |= {"architecture", "standard", "index", "component"}


def folder_of(name: str) -> str:
    try:
        return load_vocabulary().folder(name)
    except KeyError:
        return ""


def test_each_province_of_today_has_a_tile_of_its_own() -> None:
    units = yaml.safe_load(packaged_text("egovkg", "corpus/register/vn.yaml"))["entities"]
    today = {
        f"vn:{name}" for name, unit in units.items() if unit["kind"] == "Province" and "until" not in unit
    }
    assert len(today) == 34
    assert country_tiles().keys() == today
    assert len(set(country_tiles().values())) == 34


def test_every_class_of_things_has_a_family() -> None:
    things = [name for name in load_vocabulary().classes if folder_of(name) in FOLDERS]
    assert len(things) > 50
    for name in things:
        assert families()[family_of(name)]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_symbols_stand_out_from_the_ground(theme: str) -> None:
    assert f"--ground: {GROUNDS[theme]};" in packaged_text("egovkg.viz.explorer", STYLE)
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
    assert net.options.physics.enabled is False


def called(net: Network) -> list[object]:
    """Call every setter of pyvis on a network; return what its options say of each."""
    net.set_edge_smooth("dynamic")
    net.toggle_hide_edges_on_drag(True)
    net.toggle_hide_nodes_on_drag(True)
    net.inherit_edge_colors("to")
    net.show_buttons(filter_=["physics"])
    net.toggle_drag_nodes(False)
    net.barnes_hut(gravity=-1)
    net.repulsion(node_distance=7)
    net.hrepulsion(node_distance=8)
    net.force_atlas_2based(gravity=-9)
    net.toggle_physics(True)
    net.toggle_stabilization(False)
    options = json.loads(net.options.to_json())
    physics = options["physics"]
    return [
        options["edges"]["smooth"]["type"],
        options["interaction"]["hideEdgesOnDrag"],
        options["interaction"]["hideNodesOnDrag"],
        options["edges"]["color"]["inherit"],
        options["configure"],
        options["interaction"]["dragNodes"],
        physics["forceAtlas2Based"]["gravitationalConstant"],
        physics["enabled"],
        physics["stabilization"]["enabled"],
    ]


def test_every_setter_of_pyvis_works_and_reaches_the_page(small: Picture) -> None:
    net = explore(small, lang="en").network
    configure = {"enabled": True, "filter": ["physics"]}
    expected = ["dynamic", True, True, "to", configure, False, -9, True, False]
    assert called(net) == expected
    net.add_node("mine", label="Của tôi", color="#b3261e", shape="star", x=5, y=6)
    net.add_edge("mine", "hb:lgsp", width=3)
    net.get_node("hb:lgsp")["color"] = "#000000"
    shown = explore(net)
    page = shown.html
    assert page.isascii()  # pyvis writes files in the encoding of the locale
    data = json.loads(block(page, "data"))
    drawn = {node["id"]: node for node in data["nodes"]}
    assert (drawn["mine"]["shape"], drawn["mine"]["x"], drawn["mine"]["label"]) == ("star", 5, "Của tôi")
    assert drawn["hb:lgsp"]["color"] == "#000000"
    assert data["edges"][-1]["from"] == "mine"
    assert data["options"] == json.loads(net.options.to_json())
    net.set_options('{"physics": {"enabled": false}}')
    assert json.loads(block(shown.html, "data"))["options"] == {"physics": {"enabled": False}}
    assert 'title="egovkg"' in shown._repr_html_()
    assert not re.search(r'(?:src|href)="(?!data:)', page)


def test_pyvis_is_imported_only_to_draw() -> None:
    code = "import sys, egovkg.viz.explorer; sys.exit('pyvis' in sys.modules or 'IPython' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def column(data: object, key: str) -> list[object]:
    """Unpack one column of the data."""
    assert isinstance(data, dict)
    held = data[key]
    if isinstance(held, list):
        return held
    if "c" in held:
        return [held["c"]] * held["n"]
    found = whole_numbers(held)
    return [held["d"][number] for number in found] if "d" in held else list(found)


def whole_numbers(held: dict[str, Any]) -> list[int]:
    """Read numbers back from letters."""
    size = len(held["i"]) // held["w"]
    places = [held["i"][start : start + size] for start in range(0, len(held["i"]), size)]
    found = [0] * size
    for place in places:
        found = [
            number * len(DIGITS) + DIGITS.index(digit) for number, digit in zip(found, place, strict=True)
        ]
    return list(accumulate(found)) if held.get("s") else found


def test_data_is_columns_that_give_the_records_back(small: Picture, page: str) -> None:
    statements = page_data(page)["statements"]
    short = column(statements, "id")
    whole = [
        str(each).replace(ARTICLE_MARK, f"/{held.fact.article}/")
        for each, held in zip(short, small.statements, strict=True)
    ]
    assert whole == [statement.fact.id for statement in small.statements]
    assert short != whole
    assert column(statements, "status") == [each.fact.status for each in small.statements]
    assert column(statements, "text.en") == [each.text.get("en") for each in small.statements]


lists = st.lists(st.integers(0, 1))
values = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.sampled_from("abc"), lists)


@given(st.lists(st.fixed_dictionaries({"a": values, "b": values}), min_size=1, max_size=40))
def test_packing_loses_nothing(records: list[dict[str, Json]]) -> None:
    data = json.loads(json.dumps(pack(records)))
    for key in ("a", "b"):
        assert json.dumps(column(data, key)) == json.dumps([record[key] for record in records])


def test_packed_nothing_is_nothing() -> None:
    assert pack([]) == {}


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_numbers_are_read_back(values: list[int]) -> None:
    assert whole_numbers(json.loads(json.dumps(pack_numbers(values)))) == values
    assert whole_numbers(pack_numbers(sorted(values))) == sorted(values)


def test_relations_are_read_back(small: Picture, page: str) -> None:
    data = page_data(page)
    ids = column(data["nodes"], "id")
    ends = [
        (ids[int(str(one))], ids[int(str(other))])
        for one, other in zip(column(data["edges"], "from"), column(data["edges"], "to"), strict=True)
    ]
    assert ends == [(edge.subject, edge.object) for edge in small.edges]
    held = [set[int]() for _ in small.edges]
    for number, edge in enumerate(column(data["statements"], "edge")):
        if edge:
            held[int(str(edge)) - 1].add(number)
    assert held == [set(edge.statements) for edge in small.edges]


def test_addresses_are_read_back(small: Picture, page: str) -> None:
    nodes = page_data(page)["nodes"]
    for short, node in zip(column(nodes, "iri"), small.nodes, strict=True):
        local = node.curie.replace(":", "-", 1)
        assert node.iri == (short if ":" in str(short) else f"{ID}{short}/{local}")


@given(st.text())
def test_deflated_texts_come_back(text: str) -> None:
    assert inflated(deflated(text)) == text
    assert re.fullmatch(r"[\w+/=]*", deflated(text), re.ASCII)


def test_scripts_can_be_bared() -> None:
    """What `bare` takes for a comment or a margin would be part of a text that runs over lines."""
    for path in script_paths():
        lines = script_text(path).splitlines()
        assert not [line for line in lines if line.replace("^`", "").count("`") % 2], path
        assert not [line for line in lines if "/*" in line.strip()[1:]], path
    assert bare('a("; // b");\n') == 'a("; // b");\n'


def test_empty_graph_gives_a_page() -> None:
    page = render(picture(OxigraphStore.in_memory()))
    assert page_data(page)["nodes"] == {}


def test_page_is_small(page: str) -> None:
    """What every page carries: vis-network, program, style. The data of 300 entities come on top.

    The ceiling was 160 000 with LZMA, whose unpacker the page had to carry; deflate, which browsers unpack
    themselves, makes vis-network a fifth larger. It was 182 000 before the page carried the definitions of
    all statuses, the map of the country and a search of statements; 200 000 before it could walk tours,
    compare figures, show verdicts and keep views; 205 000 before it gathered what has no room for its name,
    put time to scale, and wrote title, legend and sources into its pictures; 214 000 before it told what
    became of a unit, what is new by province, and with what reservation figures compare; 217 000 before it
    counted what stops by the rules of `egovkg impact`, and wrote the marks of relations into its pictures;
    219 000 before its pictures of the country held verdicts; 220 000 before it told what stops from what may
    stop and what goes on; 221 000 before its search took the start questions in the words of a reader.
    """
    assert len(gzip.compress(page.encode())) < 223_000


def test_library_is_that_of_pyvis_with_its_licence() -> None:
    assert "The MIT License" in visjs_library()[:3000]
    assert "sourceMappingURL" not in visjs_library()
    assert not [text for text in (boot_script(), program()) if "</script" in text.lower()]


def test_systems_and_services_have_families_of_their_own(small: Picture) -> None:
    """So that the groups in the panel of a province add to the number in its tile."""
    vocabulary = load_vocabulary()
    systems = {kind for kind in vocabulary.classes if vocabulary.is_a(kind, "ComponentOrService")}
    drawn = {kind for family in families() for kind in family.classes}
    others = {kind for kind in drawn - systems if kind != "ReferenceComponent"}  # of frameworks, not drawn
    assert {family_of(kind) for kind in systems & drawn}.isdisjoint(family_of(kind) for kind in others)
    kinds = page_data(render(small))["systemKinds"]
    assert kinds == sorted({node.kind for node in small.nodes} & systems)
    assert len(kinds) == 4


def test_references_stand_beside_statements(small: Picture) -> None:
    reference = Reference("hb:lgsp", "connectsTo", "nat:ngsp", {"vi": "Khung 2.0"})
    data = page_data(render(replace(small, references=(reference,))))
    assert data["references"] == [["hb:lgsp", "connectsTo", "nat:ngsp", {"vi": "Khung 2.0"}]]
    assert page_data(render(small))["references"] == []


def test_notebook_shows_the_page_in_a_frame_of_its_own(small: Picture) -> None:
    shown = explore(small, lang="en", view="deps", height=500)
    html = shown._repr_html_()
    frames: list[dict[str, str]] = []

    class Frames(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            frames.append({"tag": tag} | {key: value or "" for key, value in attrs})

    Frames().feed(html)
    (frame,) = frames
    assert frame["srcdoc"] == render(small, lang="en", view="deps")
    assert (frame["tag"], frame["height"]) == ("iframe", "500")
    assert "allow-same-origin" not in frame["sandbox"]
    assert [node["id"] for node in shown.network.nodes] == [node.curie for node in small.nodes]


@pytest.mark.parametrize("resources", ["in_line", "local", "remote"])
def test_a_network_of_pyvis_itself_is_shown_offline(resources: str) -> None:
    from pyvis.network import Network

    plain_network = Network(cdn_resources=resources)
    plain_network.add_node("a", label="LGSP")
    html = explore(plain_network).html
    assert not re.search(r"<(?:script|link)[^>]*(?:src|href)=[\"'](?:https?:|lib/)", html)
    assert "LGSP" in html
    assert plain_network.cdn_resources == resources


def test_what_cannot_be_explored_is_said(small: Picture) -> None:
    with pytest.raises(ValueError, match=r"bogus.*country, grid, deps"):
        explore(small, view="bogus")
    with pytest.raises(ValueError, match=r"xx.*vi, en"):
        explore(small, lang="xx")
    for source in (None, "x", 3, Path("x")):
        with pytest.raises(TypeError, match=rf"{type(source).__name__} .*open_published"):
            explore(source, lang="en")


def test_only_the_page_of_a_site_leads_back(small: Picture) -> None:
    assert 'id="home"' not in render(small)
    assert page_data(render(small))["home"] == ""
    assert '<a id="home" class="plain" href="index.html" data-t="home">Trang đầu</a>' in render(
        small, site=SiteLinks("index.html")
    )


@pytest.mark.parametrize("view", VIEWS)
def test_draw_opens_with_the_view_asked_for(view: str, tmp_path: Path) -> None:
    target = tmp_path / "one.html"
    home = str(tmp_path / "home")
    assert CliRunner().invoke(main, ["build", "-o", home]).exit_code == 0
    words = ["draw", "explorer", "--view", view, "--graph", home, "-o", str(target)]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert page_data(target.read_text("utf-8"))["view"] == view
