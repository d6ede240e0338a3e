"""The compiled shapes find what pyshacl finds: on sound data nothing, on planted faults the same results."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pytest
import rdflib
from egovkg.errors import ShapeError
from egovkg.graph.names import CODE, EDTF, EGOV, ID, PREFIXES, RDF_TYPE, RDFS, XSD
from egovkg.graph.shacl.compile import Check
from egovkg.graph.shacl.read import read_shapes
from egovkg.graph.shacl.validate import SH, compile_shapes, shipped_shapes, validate
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.ontology.vocabulary import load_vocabulary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.collection import Collection
from rdflib.term import Node

CASE = Path(__file__).parents[2] / "cases" / "shapes"
REPORT = rdflib.Namespace(SH)
Result = tuple[str, str, str]  # focus node, path, component
Lines = tuple[str, ...]  # N-Quads


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """Build a small sound corpus; give the N-Quads that are validated, without the inferred ones."""
    folder = build([CASE], tmp_path_factory.mktemp("home")).version.folder
    names = ("ontology.nq", "register.nq", "edges.nq", "quads/a.nq", "reference.nq", "catalogue.nq")
    return tuple(line for name in names for line in (folder / name).read_text("utf-8").splitlines())


def ours(lines: Sequence[str], shapes: bytes | None = None) -> set[Result]:
    store = OxigraphStore.in_memory()
    store.load("\n".join(lines).encode())
    found = validate(store, shapes)
    assert found == tuple(sorted(found, key=lambda v: (v.focus, v.path or "", v.component, v.value or "")))
    return {(v.focus, v.path or "", v.component) for v in found}


def theirs(lines: Sequence[str], shapes: bytes | None = None, base: Lines = ()) -> set[Result]:
    """Ask pyshacl, the reference implementation, about the same triples in one graph.

    :param base: lines read before: only what differs from them is read again
    """
    wanted, known = _triples(lines), _triples(base)
    data = _graph(known)
    added, lost = _read(wanted - known), _read(known - wanted)
    data += added
    data -= lost
    try:
        return _reference(data, _parsed(shapes or shipped_shapes()))
    finally:
        data += lost
        data -= added


def _reference(data: rdflib.Graph, shapes: rdflib.Graph) -> set[Result]:
    from pyshacl import validate as reference

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, inside pyshacl
        _, results, _ = reference(data, shacl_graph=shapes, advanced=False, inplace=True)
    assert isinstance(results, rdflib.Graph)
    return {_result(results, node) for node in results.objects(None, REPORT.result)}


def _triples(lines: Sequence[str]) -> frozenset[str]:
    return frozenset(re.sub(r" <[^<> ]*> \.$", " .", line) for line in lines)


def _read(triples: frozenset[str]) -> rdflib.Graph:
    return rdflib.Graph().parse(data="\n".join(triples), format="nt")


@lru_cache(maxsize=2)
def _graph(triples: frozenset[str]) -> rdflib.Graph:
    return _read(triples)


def _result(results: rdflib.Graph, node: Node) -> Result:
    component = str(results.value(node, REPORT.sourceConstraintComponent)).removeprefix(SH)
    path = _path(results, results.value(node, REPORT.resultPath))
    return str(results.value(node, REPORT.focusNode)), path, component.removesuffix("ConstraintComponent")


def _path(results: rdflib.Graph, path: Node | None) -> str:
    if path is None:
        return ""
    if isinstance(path, rdflib.URIRef):
        return f"<{path}>"
    if inverse := results.value(path, REPORT.inversePath):
        inner = _path(results, inverse)
        return f"^({inner})" if "/<" in inner else f"^{inner}"
    return "/".join(_path(results, each) for each in Collection(results, path))


@lru_cache(maxsize=64)
def _parsed(shapes: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes, format="turtle")


def test_sound_data_conform(lines: Lines) -> None:
    assert ours(lines) == theirs(lines) == set()


# --- one fault for each constraint of the shipped shapes -----------------------------------------------

NEW = ("<urn:new:1>", "<urn:new:2>")
DAYS = (f'"2020-01-01"^^<{XSD}date>', f'"1999-01-01"^^<{XSD}date>')
NUMBERS = (f'"9"^^<{XSD}integer>', f'"1"^^<{XSD}integer>')
INSTEAD = {  # component -> what the values of a path are replaced by
    "MinCount": (),
    "MaxCount": NEW,
    "Class": NEW[:1],
    "Or": NEW[:1],
    "In": ('"x"',),
    "LanguageIn": ('"x"@fr',),
    "UniqueLang": ('"x"@vi', '"y"@vi'),
    "QualifiedMinCount": ('"x"@en',),
    "MinInclusive": (f'"-1"^^<{XSD}decimal>',),
    "Pattern": ('"vietbao.vn/...467279"',),
}


def limit_of(check: Check) -> tuple[str, tuple[str, str]]:
    """Give the property that limits a path from above, and a value above and one at the limit."""
    name = (check.path or "").strip("<>").removeprefix(EGOV)
    if name.startswith("rows"):
        return "rowsAtReading", NUMBERS
    limits = {"firstDay": "lastDay", "statedFrom": "statedOn"}
    return ("end", NUMBERS) if name == "start" else (limits.get(name, "latest"), DAYS)


def values_of(check: Check) -> tuple[str, ...]:
    if check.component == "Datatype":
        return ('"x"@vi', '"x"', '"2020-02-30"^^<http://www.w3.org/2001/XMLSchema#date>')
    if check.component == "NodeKind":
        return NEW[:1] if check.path == f"<{EGOV}literal>" else ('"x"',)
    if check.component == "LessThanOrEquals":
        return limit_of(check)[1][:1]
    return INSTEAD[check.component]


def without(lines: Lines, node: str, path: str) -> Lines:
    if path.startswith("^"):
        return tuple(line for line in lines if f" {path[1:]} <{node}> " not in line)
    return tuple(line for line in lines if not line.startswith(f"<{node}> {path} "))


def set_values(lines: Lines, node: str, path: str, values: tuple[str, ...]) -> Lines:
    added = (
        f"{value} {path[1:]} <{node}> <urn:g> ."
        if path.startswith("^")
        else f"<{node}> {path} {value} <urn:g> ."
        for value in values
    )
    return (*without(lines, node, path), *added)


def focus_of(shape: str, lines: Lines) -> str:
    """Find the first node that a shipped shape looks at."""
    found = next(each for each in read_shapes(shipped_shapes()) if each.iri == shape)
    vocabulary = load_vocabulary()
    wanted = {iri.strip("<>").removeprefix(EGOV) for iri in found.targets.get("targetClass", ())}
    kinds = {EGOV + name for name in vocabulary.classes if vocabulary.ancestors(name) & wanted}
    for line in lines:
        subject, predicate, value = line.split(" ", 3)[:3]
        is_instance = predicate == f"<{RDF_TYPE}>" and value[1:-1] in kinds
        if subject.startswith(f"<{ID}") and (
            is_instance or predicate in found.targets.get("targetSubjectsOf", ())
        ):
            return subject[1:-1]
    assert found.targets.get("targetSubjectsOf"), f"no node for {shape}"
    return first(lines, "agent")  # the broken value makes it a node that the shape looks at


SINGLE_FAULTS = sorted(
    {
        check.component
        for check in compile_shapes(shipped_shapes())
        if check.path and check.component != "SPARQL"
    }
)


@pytest.mark.parametrize("component", SINGLE_FAULTS)
def test_every_property_constraint_is_found_broken_as_pyshacl_finds_it(lines: Lines, component: str) -> None:
    wrong, expected = lines, set[Result]()
    for check in compile_shapes(shipped_shapes()):
        if check.component != component or check.path is None:
            continue
        focus = focus_of(check.shape, lines)
        wrong = set_values(wrong, focus, check.path, values_of(check))
        if component == "LessThanOrEquals":
            limit, values = limit_of(check)
            wrong = set_values(wrong, focus, f"<{EGOV}{limit}>", values[1:])
        expected.add((focus, check.path, component))
    found = ours(wrong)
    assert expected <= found
    assert found == theirs(wrong, base=lines)


def first(lines: Lines, kind: str, having: str = "") -> str:
    starts = (line.split(" ")[0][1:-1] for line in lines if having in line)
    return next(start for start in starts if start.startswith(f"{ID}{kind}/"))


SERVES = f"<{EGOV}predicate> <{EGOV}serves>"
FAULTS = {  # what is wrong: how, kind of node, what its line says, predicate, value
    "status that is no status": ("replace", "claim", "", "status", f"<{CODE}province>"),
    "claim without object": ("drop", "claim", "", "object", ""),
    "claim with object and literal": ("add", "claim", "", "literal", '"x"'),
    "earliest after latest": ("add", "figure", "", "latest", DAYS[1]),
    "earliest that is not comparable": ("replace", "figure", "", "earliest", '"x"'),
    "line that is no whole number": ("replace", "claim", "", "sourceLine", f'"x"^^<{XSD}integer>'),
    "day that does not exist": ("replace", "claim", "", "statedOn", f'"2021-02-30"^^<{XSD}date>'),
    "figure with a negative value": ("replace", "figure", "", "value", f'"-1"^^<{XSD}decimal>'),
    "evidence in English alone": ("replace", "evidence", "", "text", '"alone"@en'),
    "mention that ends before it starts": ("replace", "mention", "", "end", f'"-1"^^<{XSD}integer>'),
    "document without a number": ("drop", "document", "vd-qd-464-a> ", "number", ""),
    "code without edition": ("add", "agent", "", "unitCode", '"15"'),
    "document of a day that is no EDTF": ("add", "document", "", "documentDate", '"2020"'),
    "edge without claim": ("add", "system", "", "suppliedBy", f"<{ID}agent/vd-bao>"),
    "edge of a claim that is denied": ("replace", "claim", SERVES, "polarity", f"<{CODE}denied>"),
    "edge of a plan": ("replace", "claim", SERVES, "status", f"<{CODE}planned>"),
    "edge of a guess": ("add", "claim", SERVES, "certainty", '"low"'),
    "edge of another claim": ("replace", "claim", SERVES, "predicate", f"<{EGOV}replaces>"),
    "system that depends on itself": ("add", "system", "vd-lgsp> ", "connectsTo", f"<{ID}system/vd-lgsp>"),
}


def planted(lines: Lines, fault: str) -> Lines:
    how, kind, having, name, value = FAULTS[fault]
    node, path = first(lines, kind, having), f"<{EGOV}{name}>"
    rest = lines if how == "add" else without(lines, node, path)
    assert (len(rest) < len(lines)) == (how != "add")
    return (*rest, f"<{node}> {path} {value} <urn:g> .") if value else rest


@pytest.mark.parametrize("part", [0, 1])
def test_planted_faults_are_found_as_pyshacl_finds_them(lines: Lines, part: int) -> None:
    """Each alone, by us; half of them together, in which none hides another, by both: pyshacl is slow."""
    together = lines
    found_alone = set[Result]()
    for fault in list(FAULTS)[part::2]:
        found = ours(planted(lines, fault))
        assert found, fault
        found_alone |= found
        together = planted(together, fault)
    found_together = ours(together)
    assert found_alone <= found_together
    assert found_together == theirs(together, base=lines)


TERMS = [
    *NEW,
    *DAYS,
    *NUMBERS,
    *('"x"', '"x"@vi', '"x"@en', '"x"@fr', '"high"', "_:b", f'"x"^^<{XSD}date>', f'"2020"^^<{EDTF}>'),
    *(f"<{CODE}{slug}>" for slug in ("planned", "operational", "denied", "province", "level-1", "result")),
    *(f"<{EGOV}{name}>" for name in ("Claim", "Figure", "System", "DocumentGroup", "serves", "connectsTo")),
]
CHANGES = st.tuples(
    st.sampled_from(["drop", "again", "replace", "add"]), st.integers(0, 10**6), st.sampled_from(TERMS)
)


def changed(lines: Lines, changes: list[tuple[str, int, str]]) -> Lines:
    """Change lines of the data, not of the ontology: lose one, repeat it, give it another object."""
    own = [line for line in lines if "/graph/ontology>" not in line]
    lost, added = set[str](), list[str]()
    for how, number, term in changes:
        line = own[number % len(own)]
        subject, predicate, _ = line.split(" ", 2)
        if how in {"drop", "replace"}:
            lost.add(line)
        if how in {"add", "replace"}:
            added.append(f"{subject} {predicate} {term} <urn:g> .")
        if how == "again":
            added.append(re.sub(r"<[^<> ]*> \.$", "<urn:g> .", line))
    return (*(line for line in lines if line not in lost), *added)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=st.lists(CHANGES, min_size=30, max_size=60))
def test_any_damage_is_judged_alike(lines: Lines, changes: list[tuple[str, int, str]]) -> None:
    wrong = changed(lines, changes)
    assert without_blank(ours(wrong)) == without_blank(theirs(wrong, base=lines))


def without_blank(found: set[Result]) -> set[Result]:
    """Leave out blank focus nodes: each engine gives them names of its own."""
    return {result for result in found if result[0].startswith(("http", "urn"))}


# --- the language, whatever our shapes use of it -------------------------------------------------------

LANGUAGE = Path(__file__).parents[2] / "cases" / "shape-language"
HEAD = f"""@prefix sh: <{SH}> . @prefix xsd: <{XSD}> . @prefix rdfs: <{RDFS}> . @prefix : <urn:x:> .
:P sh:declare [ sh:prefix "y" ; sh:namespace "urn:x:"^^xsd:anyURI ] .
"""
EVERYWHERE = "a sh:NodeShape ; sh:targetClass :Top, :Other, :Circle ;"


def case_lines(name: str) -> list[str]:
    return (LANGUAGE / name).read_text("utf-8").splitlines()[1:]


def data_lines() -> Lines:
    triples = rdflib.Graph().parse(LANGUAGE / "data.ttl").serialize(format="nt").splitlines()
    return tuple(re.sub(r" \.$", " <urn:g> .", line) for line in triples if line)


@pytest.mark.filterwarnings("ignore::UserWarning")  # rdflib on literals that are ill-formed, as they are here
@pytest.mark.parametrize("constraint", case_lines("supported.txt"))
def test_each_construct_means_what_it_means_to_pyshacl(constraint: str) -> None:
    shapes = f"{HEAD}:S {EVERYWHERE} {constraint} .".encode()
    assert ours(data_lines(), shapes) == theirs(data_lines(), shapes)


@pytest.mark.parametrize(
    "target",
    ["sh:targetSubjectsOf :r", "sh:targetObjectsOf :r, :s", "sh:targetClass :Mid ; sh:targetObjectsOf :r"],
)
def test_each_target_means_what_it_means_to_pyshacl(target: str) -> None:
    shapes = f"{HEAD}:S a sh:NodeShape ; {target} ; sh:property [ sh:path :s ; sh:minCount 1 ] .".encode()
    assert ours(data_lines(), shapes) == theirs(data_lines(), shapes) != set()


@pytest.mark.parametrize("case", case_lines("refused.txt"))
def test_what_is_not_known_is_refused(case: str) -> None:
    text, message = case.split(" -> ")
    with pytest.raises(ShapeError, match=re.escape(message)):
        compile_shapes(f"{HEAD}:S {EVERYWHERE} {text} .".encode())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (":S a sh:NodeShape ; sh:targetNode :a .", "sh:targetNode is not supported"),
        (":S sh:target [ ] .", "sh:target is not supported"),
        (":S a sh:NodeShape, rdfs:Class ; sh:nodeKind sh:IRI .", "a shape that is a class"),
        (":S a sh:NodeShape ; sh:closed true .", "sh:closed is not supported"),
        (":S sh:targetClass :A ; sh:path :p ; sh:minCount 1 .", "targets of a property shape"),
        (":S sh:targetClass :A ; sh:not :S .", "refers to itself"),
    ],
)
def test_no_shape_is_passed_over(text: str, message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        compile_shapes((HEAD + text).encode())


# --- the shipped shapes --------------------------------------------------------------------------------


def test_every_shape_says_in_both_languages_what_is_wrong() -> None:
    for check in compile_shapes(shipped_shapes()):
        assert set(check.messages) == {"vi", "en"}, check
    graph = _parsed(shipped_shapes())
    stated = set(graph.subjects(REPORT.severity))
    assert {
        shape for shape in graph.subjects(REPORT.message) if (shape, REPORT.select, None) not in graph
    } <= stated


def targets(name: str) -> Iterator[str]:
    shape = next(each for each in read_shapes(shipped_shapes()) if each.iri == EGOV + name)
    for terms in shape.targets.values():
        yield from (term.strip("<>").removeprefix(EGOV) for term in terms)


def test_things_of_every_class_in_a_register_or_list_need_labels() -> None:
    own = {"StatedItem", "Claim", "Article", "Evidence", "Assessment", "Expectation", "Mention", "Figure"}
    own |= {"RuleChange", "SecondReading"}
    assert set(targets("EntityShape")) == set(load_vocabulary().folders) - own


def test_no_direct_dependency_is_forgotten() -> None:
    vocabulary = load_vocabulary()
    direct = {name for name in vocabulary.properties if vocabulary.is_a(name, "directlyDependsOn")}
    assert set(targets("NotOnItselfShape")) == direct


def test_no_relation_is_forgotten_that_articles_claim() -> None:
    of_statements = {"Statement", "Claim", "Figure", "Article", "Mention", "Measure", "StatedItem"}
    of_references = {"Assessment", "Expectation", "Quantity", "ReferenceComponent", "RuleChange", "Target"}
    of_references.add("Responsibility")
    of_register = {
        "ofTerritory",
        "within",
        "succeededBy",
        "succeeds",
        "branchOf",
        "registeredIssuer",
        "authority",
        "implementsComponent",
    }
    of_frameworks = {
        "definedBy",
        "expects",
        "componentOf",
        "inLayer",
        "laterLayer",
        "succeedsFramework",
        "restsOn",
        "sourcing",
        "inReferenceModel",
        "deltaOn",
        "omitsComponent",
        "frameworkFor",
        "listBasis",
        "statedIn",
    }
    described = {"concerns", "atServiceLevel", "atGovernmentLevel", "inArticle"}
    claimed = {
        name
        for name, term in load_vocabulary().properties.items()
        if term.kind == "object" and term.domain not in of_statements | of_references
    }
    assert set(targets("NoEdgeWithoutClaimShape")) == claimed - of_register - of_frameworks - described


def test_lists_in_queries_are_those_of_the_targets() -> None:
    for shape in read_shapes(shipped_shapes()):
        for select in shape.selects:
            listed = re.search(r"\?path IN \(([^)]*)\)", select.body)
            assert listed
            names = {name.removeprefix("egov:") for name in re.split(r"[,\s]+", listed[1])}
            assert names == set(targets(shape.iri.removeprefix(PREFIXES["egov"])))
