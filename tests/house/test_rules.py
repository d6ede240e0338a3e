"""The rules of the house hold; and a planted fault of each kind turns its rule red."""

from __future__ import annotations

from graphlib import TopologicalSorter
from pathlib import Path

import egovkg
import pytest
from egovkg.loaders.text.corpus_languages import ARTICLE_LANGUAGE
from egovkg.ontology.verdicts import TargetVerdict, Verdict
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.tests.house import rules
from egovkg.tests.house.literals import (
    compared_codes,
    languages_in_queries,
    literal_codes,
    unused_exemptions,
)
from egovkg.tests.house.plan import MAY_IMPORT
from egovkg.tests.house.rules import House
from egovkg.words import languages

HOUSE = House(Path(egovkg.__file__).parent)
# Codes that are everyday words of programs as well: in which files, and what they say there.
EVERYDAY = {
    # what a statement, an answer or a page is about: a key of records
    "about": ("loaders/article/attributes.py", "loaders/statements/article_quads.py", "queries/*", "viz/*"),
    # of a selection: everything
    "all": (
        "graph/network/cache.py",
        "graph/publish.py",
        "queries/dependencies/network/*",
        "viz/explorer/*",
        "viz/site/templates/*",
    ),
    # of an SVG text: its baseline
    "central": ("viz/explorer/static/files/svg_words.js",),
    # a folder of files for programs, the data of a page, the list of models of a server
    "data": (
        "graph/endpoint/push_target.py",
        "loaders/annotation_tools/*",
        "loaders/language_model/connection.py",
        "loaders/text/file_kinds.py",
        "service/answers/resources.py",
        "viz/*/static/*.js",
        "viz/*/templates/*",
        "viz/site/*",
    ),
    # of a limit: at most
    "most": ("service/answers/*",),
    # the name of a parameter and of a column
    "province": ("cli/*", "queries/*", "service/*", "viz/*"),
}
LISTS = (
    "Status",
    "Layer",
    "Verdict",
    "TargetVerdict",
    "Phase",
    "Tone",
    "GapSign",
    "Certainty",
    "EdgeStanding",
    "ServiceLevel",
    "GovernmentLevel",
    "Extent",
    "Comparator",
)
ROOMS = ("cli", "graph", "queries", "queries.dependencies", "queries.facts", "queries.planning")
PACKAGES = ["egovkg", *(f"egovkg.{room}" for room in ROOMS)]
CEILING = 0.01  # share of empty names; falls, never rises


def codes() -> set[str]:
    """Codes that must stand in the ontology alone, also as answers give them; and codes of languages."""
    schemes = load_vocabulary().schemes
    listed = {code for name in LISTS for code in schemes[name]}
    answered = {verdict.value for verdict in (*Verdict, *TargetVerdict)}
    return listed | answered | {*languages()}


RULES = (
    rules.forbidden_imports,
    rules.circles,
    rules.unshipped_packages,
    rules.silent_packages,
    rules.crowded_packages,
    rules.named_switches,
    rules.long_functions,
    rules.long_modules,
    rules.doubled_types,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: rules.Rule) -> None:
    assert rule(HOUSE) == []


def test_the_plan_of_imports_has_no_circle() -> None:
    TopologicalSorter(MAY_IMPORT).prepare()
    assert {name for others in MAY_IMPORT.values() for name in others} <= set(MAY_IMPORT)


def test_every_allowance_is_used() -> None:
    assert rules.unused_allowances(HOUSE) == []


def test_codes_stand_in_the_ontology_alone() -> None:
    schemes = load_vocabulary().schemes
    asked_otherwise = {code for name in LISTS[:4] for code in schemes[name]}
    assert literal_codes(HOUSE, codes(), asked_otherwise, EVERYDAY) == []
    assert unused_exemptions(HOUSE, codes(), asked_otherwise, EVERYDAY) == []
    assert compared_codes(HOUSE, codes()) == []


def test_queries_name_no_language_but_that_of_the_articles() -> None:
    assert languages_in_queries(HOUSE, languages(), ARTICLE_LANGUAGE) == []


def test_names_say_what_a_value_is() -> None:
    assert rules.share_of_empty_names(HOUSE) < CEILING


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A small house without a fault, for a fault to be planted in."""
    files = {
        "graph/__init__.py": '"""The store of a graph."""\n__all__ = []\n',
        "graph/store.py": '"""The store."""\n',
        "queries/__init__.py": '"""Questions to the graph."""\n__all__ = []\n',
        "queries/facts/__init__.py": '"""Facts, one row each."""\n__all__ = []\n',
        "queries/facts/rows.py": '"""Rows."""\nfrom ...graph.store import Store\n',
        "queries/planning/__init__.py": '"""Provinces against frameworks."""\n__all__ = []\n',
        "queries/dependencies/__init__.py": '"""What depends on what."""\n__all__ = []\n',
        "cli/__init__.py": '"""The command line: its verbs."""\n__all__ = []\n',
        "pyproject.toml": f"[tool.setuptools]\npackages = {PACKAGES}\n",
    }
    for name, text in files.items():
        plant(tmp_path, name, text)
    assert [fault for rule in RULES for fault in rule(House(tmp_path))] == []
    return tmp_path


def plant(root: Path, name: str, text: str) -> House:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return House(root)


def typed(line: str) -> str:
    return f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {line}\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("graph/above.py", "from ..queries.facts import rows\n"),
        ("graph/inside.py", "def late() -> None:\n    from ..queries.facts.rows import x\n"),
        ("graph/kind.py", typed("from ..queries.facts.rows import Row")),
        ("graph/absolute.py", "import egovkg.queries.facts.rows\n"),
        ("queries/planning/gaps.py", "from ..dependencies import impact\n"),
        ("queries/facts/verb.py", "from ...cli import main\n"),
        ("graph/named.py", 'import_module("egovkg.queries.facts.rows")\n'),
    ],
)
def test_a_planted_import_is_seen(planted: Path, name: str, text: str) -> None:
    assert len(rules.forbidden_imports(plant(planted, name, text))) == 1


def test_a_planted_allowance_that_nothing_uses_is_seen(planted: Path) -> None:
    plan = {"graph": set[str](), "queries.facts": {"graph", "queries.planning"}}
    assert rules.unused_allowances(House(planted), plan) == [
        "queries.facts may import queries.planning, and does not"
    ]
    house = plant(planted, "queries/facts/late.py", typed("from ..planning import gaps"))
    assert rules.unused_allowances(house, plan) == []


def test_planted_circles_are_seen(planted: Path) -> None:
    plant(planted, "graph/terms.py", typed("from .store import Store"))
    house = plant(planted, "graph/store.py", '"""The store."""\nfrom .terms import Term\n')
    assert rules.circles(house) == ["circle of graph.store, graph.terms"]
    plant(planted, "graph/store.py", '"""The store."""\nfrom ..queries.facts.rows import Row\n')
    assert "circle of graph, queries.facts" in rules.circles(House(planted))


def test_a_planted_face_above_what_imports_its_package_is_seen(planted: Path) -> None:
    plant(planted, "viz/__init__.py", '"""Presentation."""\n' + typed("from .explorer import page"))
    plant(planted, "viz/html.py", "")
    house = plant(planted, "viz/explorer/page.py", "from ..html import policy\n")
    assert "circle of viz, viz.explorer" in rules.circles(plant(planted, "viz/explorer/__init__.py", ""))
    assert rules.forbidden_imports(house) == ["viz.explorer.page imports viz.html"]


def test_a_planted_literal_is_seen_and_a_docstring_is_not(planted: Path) -> None:
    text = '"""planned"""\ndef soon(code: str) -> bool:\n    """planned"""\n    return code == "planned"\n'
    house = plant(planted, "queries/facts/soon.py", text)
    assert literal_codes(house, {"planned"}) == ["queries.facts.soon:4 'planned'"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("queries/facts/verdict.py", 'GAP = "stated_gap"\n'),
        ("queries/facts/sentence.py", 'QUERY = "SELECT * { ?claim egov:status code:planned }"\n'),
        ("queries/questions/plans.rq", "SELECT * { ?claim egov:status code:planned }\n"),
        ("viz/explorer/static/plans.js", 'if (statement.status === "planned") draw();\n'),
        ("viz/site/templates/plans.html.j2", "{% if lang == 'en' %}planned{% endif %}\n"),
        ("queries/facts/split.py", 'AHEAD = "planned pilot".split()\n'),
        ("queries/facts/listed.py", 'AHEAD = "planned, under-construction"\n'),
        ("queries/facts/keys.py", "WEIGHTS = dict(planned=1)\n"),
        ("viz/explorer/static/keys.js", "const weights = { planned: 1 };\n"),
        ("viz/explorer/static/split.js", 'const ahead = "planned pilot".split(" ");\n'),
        ("graph/folders.py", 'LAYER = "users"\n'),
        ("queries/facts/places.py", 'PLACE = "central"\n'),
    ],
)
def test_planted_codes_of_every_kind_are_seen(planted: Path, name: str, text: str) -> None:
    faults = literal_codes(plant(planted, name, text), codes(), (), EVERYDAY)
    assert len({fault.partition(" ")[0] for fault in faults}) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("viz/site/layers.py", 'IS_DATA = layer == "data"\n'),
        ("viz/site/levels.py", 'IS_LOCAL = claim.government_level in {"province", "central"}\n'),
        ("viz/site/asked.py", 'DATA = find_layer("data")\n'),
        ("viz/site/counted.py", 'DATA = count_by_layer["data"]\n'),
        ("viz/site/begun.py", 'IS_PLAN = status.startswith("plan")\n'),
        ("viz/site/match.py", 'match layer:\n    case "data":\n        pass\n'),
        ("viz/explorer/static/layers.js", 'const isData = node.layer === "data";\n'),
        ("viz/explorer/static/begun.js", 'const isPlan = claim.status.startsWith("plan");\n'),
        ("viz/site/templates/levels.html.j2", "{% if row.level == 'province' %}tỉnh{% endif %}\n"),
    ],
)
def test_a_planted_comparison_is_seen_wherever_the_word_is_an_everyday_one(
    planted: Path, name: str, text: str
) -> None:
    house = plant(planted, name, text)
    assert len(compared_codes(house, codes())) == 1
    assert compared_codes(house, {"another-code"}) == []


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ('SELECT ?label { ?one rdfs:label ?label . FILTER(LANG(?label) = "vi") }', 1),
        ('SELECT ?own { ?one egov:text ?own . FILTER(LANG(?own) = "en") }', 1),
        ('SELECT ?one { ?one rdfs:label "Chính phủ"@vi }', 1),
        ('SELECT ?own { ?one egov:text ?own . FILTER(LANG(?own) = "vi") }', 0),
        ('SELECT ?one {\n  VALUES ?lang { "vi" }\n  VALUES (?rule ?words) { ("to" "đến"@vi) }\n}', 0),
    ],
)
def test_a_planted_language_in_a_query_is_seen(planted: Path, query: str, faults: int) -> None:
    house = plant(planted, "queries/questions/named.rq", f"# vi: Gì?\n\n{query}\n")
    assert len(languages_in_queries(house, ("vi", "en"), "vi")) == faults
    house = plant(planted, "queries/facts/named.py", f"QUERY = {query!r}\n")
    assert len(languages_in_queries(house, ("vi", "en"), "vi")) == 2 * faults


def test_an_everyday_word_is_no_code_in_its_place(planted: Path) -> None:
    text = 'def folder(kind: str) -> str:\n    return "data" if kind == "data" else "province"\n'
    house = plant(planted, "viz/site/pages.py", text)
    assert literal_codes(house, codes(), (), EVERYDAY) == compared_codes(house, codes()) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("queries/facts/notes.py", 'NOTE = "more rows: --most 40"\n'),
        ("queries/facts/words/en.yaml", "note: 'more rows: --most 40'\n"),
        ("queries/facts/words/vi.yaml", "note: 'ghi vào -o FILE'\n"),
        ("viz/site/templates/parts.html.j2", "<p>more with --parts</p>\n"),
        ("viz/site/templates/file.html.j2", "<p>write with -o FILE</p>\n"),
        ("viz/explorer/static/parts.js", 'note.textContent = "more with --parts";\n'),
        ("viz/explorer/static/file.js", "note.textContent = `write with -o ${file}`;\n"),
        ("viz/site/tours/parts.yaml", "steps: [{text: 'more with --parts'}]\n"),
        ("queries/facts/file.py", 'NOTE = "write with -o FILE"\n'),
        ("queries/facts/end.py", 'NOTE = "write with -o"\n'),
        ("queries/facts/filled.py", 'def note(name: str) -> str:\n    return f"add -p {name}"\n'),
        ("errors.py", 'NOTE = "more rows: --most 40"\n'),
        ("words.py", 'NOTE = "write with -o FILE"\n'),
        ("words/en.yaml", "note: 'write with -o FILE'\n"),
    ],
)
def test_a_planted_switch_is_seen(planted: Path, name: str, text: str) -> None:
    assert len(rules.named_switches(plant(planted, name, text))) == 1
    assert rules.named_switches(plant(planted, "cli/notes.py", 'NOTE = "more rows: --most 40"\n')) != []


def test_colours_and_switches_of_python_are_no_switches(planted: Path) -> None:
    plant(planted, "viz/explorer/static/page.css", ":root { --ground: white; }\n")
    plant(planted, "viz/explorer/static/page.js", 'ctx.fillStyle = colour("--ground");\n')
    house = plant(planted, "service/start.py", 'COMMAND = ["-m", "egovkg"]\nNOTE = "python -m egovkg"\n')
    assert rules.named_switches(house) == []


def test_a_planted_long_function_is_seen(planted: Path) -> None:
    body = "\n".join("    pass" for _ in range(40))
    house = plant(planted, "graph/long.py", f"async def one(\n    a: int,\n) -> None:\n{body}\n")
    assert rules.long_functions(house) == ["graph.long.one: 43 lines"]


def test_planted_crowds_packages_and_types_are_seen(planted: Path) -> None:
    for number in range(21):
        plant(planted, f"graph/m{number}.py", "class Store:\n    pass\n")
    for number in range(4):
        plant(planted, f"queries/facts/row_{number}.py", "")
    plant(planted, "queries/lost/__init__.py", "")
    house = House(planted)
    assert len(rules.crowded_packages(house)) == 2
    assert [fault.partition(":")[0] for fault in rules.doubled_types(house)] == ["Store"]
    assert rules.unshipped_packages(house) == [
        "egovkg.queries.lost is in pyproject.toml or on disk, not in both"
    ]
    assert len(rules.silent_packages(house)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "from typing import TypeAlias\nCell: TypeAlias = tuple[str, str]\n",
        "Cell = tuple[str, str]\n",
        typed("Cell = tuple[str, str]"),
        'Cell = NewType("Cell", str)\n',
        "class Cell:\n    pass\n",
    ],
)
def test_a_planted_second_meaning_of_a_type_is_seen(planted: Path, text: str) -> None:
    plant(planted, "queries/facts/cells.py", 'Cell: TypeAlias = "str | float"\nWIDTH = 2\n_Row = str\n')
    house = plant(planted, "graph/cells.py", f"{text}WIDTH = 3\n_Row = int\n")
    assert rules.doubled_types(house) == ["Cell: graph.cells, queries.facts.cells"]


def test_planted_empty_names_are_counted(planted: Path) -> None:
    house = plant(planted, "graph/names.py", "def f(found: int, path: str) -> None:\n    told = found\n")
    assert rules.share_of_empty_names(house) == pytest.approx(2 / 3)
