"""Every named question against a case of its own, on two engines.

A case is a folder `cases/questions/<question>[--<what>]` with `expected.csv`, and where they are needed
`params.yaml` (parameters, and `lang`) and `extra.trig` (quads that the shared graph lacks).
The shared graph `base.trig` is what the loader makes of `cases/questions/corpus`.
`shipped.yaml` holds answers read by eye out of the five articles in `tests/corpora/five`.
`EGOVKG_REGENERATE=1 pytest tests/queries/questions/test_questions.py -k test_answer` writes `base.trig` and
every `expected.csv` anew, with `-k "test_answer and <question>"` those of one question only: read the
difference before you keep it.
"""

from __future__ import annotations

import csv
import io
import os
import re
import signal
from collections import Counter
from contextlib import contextmanager
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from egovkg.errors import EntityError, QuestionError
from egovkg.graph.names import CODE, EGOV, PREFIXES, with_prefixes
from egovkg.graph.rules import Closure
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.article_files import load_article
from egovkg.loaders.pipeline.assembly import distinct_lines
from egovkg.loaders.pipeline.prepared import inferred_lines, statement_types, triples
from egovkg.loaders.pipeline.shipped_quads import ontology_quads
from egovkg.loaders.register.assembly import LexiconParts, assemble
from egovkg.loaders.register.entries import read_register
from egovkg.loaders.register.lexicon import Lexicon
from egovkg.loaders.register.measures import read_terms
from egovkg.loaders.statements.article_quads import Emitter
from egovkg.loaders.statements.register_quads import register_quads
from egovkg.loaders.statements.resolver import Resolver
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries.facts.values import TermValue, text_of, value_of
from egovkg.queries.questions.ask import Answer, NamedQuestion, ask_question, not_stated
from egovkg.queries.questions.binding import bind
from egovkg.queries.questions.catalogue import page
from egovkg.queries.questions.header import GROUPS, parse_question
from egovkg.queries.questions.named import question, questions
from egovkg.tests.corpora.folders import FIVE
from egovkg.tests.corpora.stores import nquads_of
from egovkg.words import languages
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Shipped(TypedDict):
    """One answer out of the articles.

    `only`: whether these are all the rows, `where`: of those with these cells; `never`: rows that must not
    be there; `not_stated`: whether the answer is that no article states it; `spread`: a column with
    lists, of which each value makes a row.
    """

    id: str
    question: str
    params: NotRequired[dict[str, str]]
    lang: NotRequired[str]
    columns: list[str]
    rows: list[list[str]]
    only: NotRequired[bool]
    where: NotRequired[dict[str, str]]
    never: NotRequired[list[list[str]]]
    not_stated: NotRequired[bool]
    spread: NotRequired[str]


ROOT = Path(__file__).parents[2] / "cases" / "questions"
BASE = ROOT / "base.trig"
SHIPPED = yaml.safe_load((ROOT / "shipped.yaml").read_text("utf-8"))
REGENERATE = bool(os.environ.get("EGOVKG_REGENERATE"))
CASES = sorted(path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "corpus")
NAMES = [one.name for one in questions()]
# Questions whose answer on the good graph must be empty; their other case plants the fault.
INTEGRITY = frozenset({"edges-without-claim", "statements-without-evidence"})
# Values for parameters that have no default, asked of the five articles in tests/corpora/five.
SAMPLES = {
    "article": "tuyen-quang-2020",
    "body": "tq:ubnd-tinh",
    "date": "2020-03-31",
    "document": "tq:qd-464-2017",
    "measure": "certificatesIssued",
    "province": "tuyen quang",  # the former and the present one
    "system": "tq:lgsp",
    "thing": "tq:lgsp",
}
# rdflib 7.6 evaluates these in an order whose cost is the product of all labels, paths, figures or claims.
RDFLIB_DOES_NOT_END = frozenset(
    {
        "affected-bodies",
        "changed-between",
        "changed-between--changes",
        "changed-between--province",
        "conflicts",
        "conflicts--en",
        "conflicts--succession",
        "joined-to-hub",
        "joined-to-hub--service",
        "not-comparable",
        "not-comparable--scheme",
        "platform-reach",
        "province-today",
        "province-today--en",
    }
)
RDFLIB_SECONDS = 300  # a query that rdflib does not end takes all memory otherwise
# Names that the loader adds beside the ontology.
INTERNAL = frozenset({"curie", "token"})


def small_lexicon() -> Lexicon:
    """The register of the cases, with the shipped measures and units."""
    register, problems = read_register((ROOT / "corpus/register/ex.yaml").read_text("utf-8"), "ex.yaml")
    measures, units = (
        read_terms((FIVE / f"{name}.yaml").read_text("utf-8"), name, name)[0]
        for name in ("measures", "units")
    )
    assert register is not None
    assert not problems
    lexicon, problems = assemble(load_vocabulary(), LexiconParts([register], measures, units))
    assert not problems
    return lexicon


def graph_of(lexicon: Lexicon, articles: Iterable[Path]) -> bytes:
    """Make N-Quads of register, articles, edges and what follows from them."""
    resolver, emitter, closure = Resolver(lexicon), Emitter(lexicon), Closure.of(lexicon.vocabulary)
    parts = [register_quads(lexicon)]
    edges: set[bytes] = set()
    inferred = set(inferred_lines(closure, triples(parts[0]), with_types=True).splitlines(keepends=True))
    for path in sorted(articles):
        loaded = load_article(path.read_bytes(), path.name, resolver)
        assert loaded.article is not None, loaded.problems
        quads = emitter.article(loaded.article)
        parts.append(quads.graph)
        edges.update(quads.edges.splitlines(keepends=True))
        follows = inferred_lines(closure, [*triples(quads.edges), *statement_types(quads.graph)])
        inferred.update(follows.splitlines(keepends=True))
    stated = {line[: line.rindex(b" <")] for line in parts[0].splitlines(keepends=True)}
    edges, inferred = distinct_lines(stated, edges, inferred)
    return b"".join([*parts, *sorted(edges), *sorted(inferred)])


def from_corpus() -> bytes:
    """Make the shared graph."""
    return graph_of(small_lexicon(), (ROOT / "corpus/articles").glob("*.kg.md"))


@lru_cache(maxsize=1)
def base() -> bytes:
    """The ontology and the shared graph as N-Quads."""
    return ontology_quads() + nquads_of(BASE.read_bytes())


def quads_of(case: str) -> bytes:
    extra = ROOT / case / "extra.trig"
    return base() + nquads_of(extra.read_bytes()) if extra.exists() else base()


@lru_cache(maxsize=2)
def store_of(nquads: bytes) -> OxigraphStore:
    store = OxigraphStore.in_memory()
    store.load(nquads)
    return store


@lru_cache(maxsize=2)
def dataset_of(nquads: bytes) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=nquads, format="nquads")
    return dataset


def in_one_language(nquads: bytes, name: str, lang: str) -> bytes:
    """Drop the English texts, which no answer in Vietnamese needs but that of `terms`.

    rdflib filters last, so each label in two languages doubles its work.
    """
    if name == "terms" or lang != "vi":
        return nquads
    return b"".join(line for line in nquads.splitlines(keepends=True) if b'"@en ' not in line)


def parameters(case: str) -> tuple[dict[str, str], str]:
    file = ROOT / case / "params.yaml"
    given = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
    lang = str(given.pop("lang", "vi"))
    return {name: str(value) for name, value in given.items()}, lang


def answer(case: str) -> Answer:
    given, lang = parameters(case)
    return ask_question(store_of(quads_of(case)), NamedQuestion(case.partition("--")[0], given, lang))


def as_csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in answer.columns])
    writer.writerows([["" if value is None else value for value in row] for row in answer.rows])
    return out.getvalue()


def term_of(node: object) -> ox.NamedNode | ox.Literal | None:
    """Turn a term of rdflib into one of ours, so that one function makes plain values of both."""
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        kind = node.datatype
        return (
            ox.Literal(str(node), language=node.language)
            if kind is None
            else ox.Literal(str(node), datatype=ox.NamedNode(str(kind)))
        )
    assert node is None
    return None


def comparable(rows: Iterable[tuple[TermValue, ...]]) -> Counter[tuple[TermValue, ...]]:
    """Count rows with lists in order, since engines may join them in any order."""
    return Counter(
        tuple(
            "; ".join(sorted(filter(None, v.split("; ")))) or None if isinstance(v, str) else v for v in row
        )
        for row in rows
    )


@contextmanager
def ended_after(seconds: int) -> Iterator[None]:
    """Fail when what runs within is not done after so many seconds; on Windows, wait."""

    def fail(number: int, frame: object) -> None:
        pytest.fail(f"not done after {seconds} s: see RDFLIB_DOES_NOT_END")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module", autouse=REGENERATE)
def written_base() -> None:
    """Write the shared graph anew, on request."""
    made = ox.parse(from_corpus(), format=ox.RdfFormat.N_QUADS)
    quads = sorted(made, key=lambda quad: (str(quad.graph_name), str(quad)))
    prefixes = {**PREFIXES, "graph": "https://w3id.org/egovkg/graph/"}
    BASE.write_bytes(ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b"")
    base.cache_clear()


def test_shared_graph_is_what_the_loader_makes() -> None:
    stored = {str(quad) for quad in ox.parse(BASE.read_bytes(), format=ox.RdfFormat.TRIG)}
    made = {str(quad) for quad in ox.parse(from_corpus(), format=ox.RdfFormat.N_QUADS)}
    assert stored == made, "run: EGOVKG_REGENERATE=1 pytest tests/queries/questions/test_questions.py"


@pytest.mark.parametrize("case", CASES)
def test_answer(case: str) -> None:
    table, expected = as_csv(answer(case)), ROOT / case / "expected.csv"
    if REGENERATE:
        expected.write_text(table, "utf-8")
    assert table == expected.read_text("utf-8")


# rdflib 7.6 warns of its own use of what it deprecates
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("case", [case for case in CASES if case not in RDFLIB_DOES_NOT_END])
def test_rdflib_answers_the_same(case: str) -> None:
    given, lang = parameters(case)
    asked = question(case.partition("--")[0])
    text = bind(store_of(quads_of(case)), asked, given, lang)
    with ended_after(RDFLIB_SECONDS):
        found = dataset_of(in_one_language(quads_of(case), asked.name, lang)).query(text)
        rows = [tuple(value_of(term_of(node)) for node in row) for row in found if isinstance(row, tuple)]
    assert comparable(rows) == comparable(answer(case).rows)


@lru_cache(maxsize=2)
def labels(store: OxigraphStore, lang: str) -> dict[str, str]:
    """The labels of the shipped entities by CURIE."""
    query = f"""SELECT ?curie ?label {{ ?thing egov:curie ?curie ; rdfs:label ?label
        FILTER(LANG(?label) = "{lang}" && CONTAINS(?curie, ":")) }}"""
    rows = store.select(with_prefixes(query)).rows
    return {text_of(curie): text_of(label) for curie, label in rows}


def spread(row: tuple[TermValue, ...], position: int | None) -> list[tuple[TermValue, ...]]:
    """Make a row of each value of a cell with a list; without a position, keep the row."""
    if position is None:
        return [row]
    return [(*row[:position], one, *row[position + 1 :]) for one in str(row[position]).split("; ")]


@pytest.mark.parametrize("case", SHIPPED, ids=lambda case: case["id"])
def test_answers_out_of_the_articles(case: Shipped, store: OxigraphStore) -> None:
    lang = case.get("lang", "vi")
    found = ask_question(store, NamedQuestion(case["question"], case.get("params", {}), lang))
    names = [column.name for column in found.columns]

    def worded(row: Iterable[object]) -> tuple[str, ...]:
        cells = ("" if cell is None else str(cell) for cell in row)
        return tuple(labels(store, lang).get(cell, cell) for cell in cells)

    where = {(names.index(name), *worded([cell])) for name, cell in case.get("where", {}).items()}
    position = names.index(case["spread"]) if "spread" in case else None
    kept = [
        row
        for several in found.rows
        for row in map(worded, spread(several, position))
        if where <= set(enumerate(row))
    ]
    rows = {tuple(row[names.index(name)] for name in case["columns"]) for row in kept}
    wanted = set(map(worded, case["rows"]))
    if case.get("only", True):
        assert rows == wanted
    assert rows >= wanted
    assert not rows & set(map(worded, case.get("never", ())))
    assert case.get("not_stated", False) == (found.message == not_stated(lang))


def test_most_questions_of_each_group_have_an_answer_out_of_the_articles() -> None:
    answered = {case["question"] for case in SHIPPED}
    assert len(answered) >= 50
    for group in GROUPS:
        asked = {one.name for one in questions() if group in one.groups}
        assert len(asked & answered) >= 20
    assert len({case["id"] for case in SHIPPED}) == len(SHIPPED)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_corpus_is_answered(name: str, store: OxigraphStore) -> None:
    asked = question(name)
    text = bind(store, asked, {p.name: SAMPLES[p.name] for p in asked.parameters if p.default is None})
    assert store.select(text).variables


@pytest.mark.parametrize("name", NAMES)
def test_has_a_case_with_rows(name: str) -> None:
    own = [case for case in CASES if case.partition("--")[0] == name]
    assert any(answer(case).rows for case in own)
    if name in INTEGRITY:
        assert not ask_question(store_of(base()), NamedQuestion(name)).rows


def test_no_case_without_question() -> None:
    assert {case.partition("--")[0] for case in CASES} == set(NAMES)
    assert len(NAMES) >= 50


@pytest.mark.parametrize("name", NAMES)
def test_header(name: str) -> None:
    asked = question(name)
    words = [asked.asks, asked.none or {lang: not_stated(lang) for lang in languages()}]
    words += [one.labels for one in asked.parameters]
    words += [one.labels for one in asked.columns]
    assert all(pair["vi"].strip() and pair["en"].strip() for pair in words)
    assert asked.asks["en"].isascii()
    assert not asked.asks["vi"].isascii()
    assert asked.asks["vi"].endswith("?")
    assert asked.asks["en"].endswith("?")
    assert set(asked.groups) <= set(GROUPS)
    variables = store_of(base()).select(asked.text).variables
    assert variables == tuple(column.name for column in asked.columns)


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_its_line(name: str) -> None:
    asked = question(name)
    slots = set(re.findall(r"^\s*VALUES \?(\w+) \{ [^{}]* \}$", asked.text, re.MULTILINE))
    languages = set(re.findall(r"\?(lang\w*)", asked.text))
    assert slots == {parameter.name for parameter in asked.parameters} | languages


@pytest.mark.parametrize("name", NAMES)
def test_order_is_total(name: str) -> None:
    """A list may be left out where the order names the whole group: Virtuoso sorts by short keys only."""
    asked = question(name)
    order = set(re.findall(r"\?(\w+)", asked.text.rpartition("ORDER BY")[2]))
    group = set(re.findall(r"\?(\w+)", asked.text.rpartition("GROUP BY")[2].partition("ORDER BY")[0]))
    labels = {f"{name}Label" for name in order}
    lists = {column.name for column in asked.columns if column.several and group and group <= order | labels}
    assert order >= {column.name for column in asked.columns} - lists


@pytest.mark.parametrize("name", NAMES)
def test_names_only_what_there_is(name: str) -> None:
    vocabulary = load_vocabulary()
    known = vocabulary.classes.keys() | vocabulary.properties.keys() | INTERNAL
    text = question(name).text.partition("PREFIX")[2]
    assert set(re.findall(r"egov:(\w+)", text)) <= known
    assert set(re.findall(r"code:([\w-]+)", text)) <= vocabulary.codes.keys()
    measures, _ = read_terms((FIVE / "measures.yaml").read_text("utf-8"), "m", "measures")
    assert set(re.findall(r"measure:(\w+)", text)) <= {measure.name for measure in measures}


@pytest.mark.parametrize("name", NAMES)
def test_avoids_the_forms_that_engines_answer_wrongly_or_slowly(name: str) -> None:
    text = question(name).text
    assert not re.search(r"GRAPH \?|SERVICE|NOT EXISTS", text)
    assert "SELECT *" not in text


def test_page_is_up_to_date() -> None:
    docs = Path(__file__).parents[3] / "docs" / "questions.md"
    assert docs.read_text("utf-8") == page(), (
        "run: python -m egovkg.queries.questions.catalogue > docs/questions.md"
    )


def test_empty_answer_says_not_stated() -> None:
    found = ask_question(store_of(base()), NamedQuestion("systems-of-province", {"province": "ex:chung"}))
    assert not found.stated
    assert found.message == not_stated("vi")
    assert found.as_dict()["rows"] == []
    assert ask_question(
        store_of(base()), NamedQuestion("systems-of-province", {"province": "ex:chung"}, "en")
    ).message == not_stated("en")


def test_empty_answer_in_its_own_words() -> None:
    assert (
        ask_question(store_of(base()), NamedQuestion("edges-without-claim", lang="en")).message
        == "every edge has a claim"
    )


def test_answer_as_json_object() -> None:
    found = ask_question(store_of(base()), NamedQuestion("savings", lang="en")).as_dict()
    rows = found["rows"]
    assert isinstance(rows, list)
    assert isinstance(rows[0], dict)
    assert rows[0]["value"] == 5_000_000_000
    assert found["stated"] is True


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("systms-of-province", {}, "systems-of-province"),
        ("systems-of-province", {}, 'needs the parameter "province"'),
        ("systems-of-province", {"provnce": "ex:mot"}, "nearest: province"),
        ("savings", {"province": "ex:mot"}, "it takes none"),
        ("planned-for", {"from": "2020-02-30"}, "is not a date — write YYYY-MM-DD"),
        ("comparable-figures", {"year": "xyzzy"}, "is not a year — write it like 2019"),
        ("comparable-figures", {"year": "12345"}, "is not a year"),
        ("same-number", {"least": "many"}, "is not a number"),
        ("same-number", {"least": "NaN"}, "is not a number"),
    ],
)
def test_wrong_use_is_told(name: str, given: Mapping[str, str], message: str) -> None:
    with pytest.raises(QuestionError, match=re.escape(message)):
        ask_question(store_of(base()), NamedQuestion(name, given))


def test_wrong_language_is_told() -> None:
    with pytest.raises(QuestionError, match='no language "fr"'):
        ask_question(store_of(base()), NamedQuestion("savings", lang="fr"))


def test_province_is_no_system() -> None:
    with pytest.raises(EntityError):
        ask_question(store_of(base()), NamedQuestion("systems-of-province", {"province": "ex:lgsp-mot"}))


@given(st.text())
def test_words_of_a_user_stay_words(words: str) -> None:
    asked = question("terms")
    text = bind(store_of(base()), asked, {"word": words})
    slot = re.search(r'VALUES \?word \{ ("(?:[^"\\\n\r]|\\.)*"|UNDEF) \}', text)
    assert slot is not None
    start, end = slot.span()
    assert text[:start] + "VALUES ?word { UNDEF }" + text[end:] == bind(store_of(base()), asked, {})


@pytest.mark.parametrize("line", ["# column: x y", "# param: a wrong b | c", "# vi: a\n# vi: b", "# no: x"])
def test_bad_header_is_refused(line: str) -> None:
    good = "# vi: Có gì?\n# en: What?\n# for: student\n# column: x x | x\n"
    with pytest.raises(ValueError, match=r"t\.rq"):
        parse_question("t", good + line + "\nSELECT ?x {}")


def test_files_are_shipped() -> None:
    files = resources.files("egovkg.queries.questions").iterdir()
    assert sum(file.name.endswith(".rq") for file in files) == len(NAMES)
    assert EGOV.endswith("#")
    assert CODE.endswith("/")
