"""The compiled shapes find what pyshacl finds: on sound data nothing, on planted faults the same results."""

from __future__ import annotations

import random
import re
import warnings
from functools import lru_cache
from pathlib import Path

import pytest
import rdflib
from egovkg.errors import ShapeError
from egovkg.graph import shapes
from egovkg.graph.names import CODE, EGOV, ID, RDFS, XSD
from egovkg.graph.shapes import SH, compile_shapes, validate
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.build import build
from egovkg.ontology.modules import read_module
from rdflib.term import Node

CASE = Path(__file__).parent / "cases" / "shapes"
A = f"{ID}claim/a/d1-"


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Build a small sound corpus; give the N-Quads that are validated, without the inferred ones."""
    folder = build([CASE], tmp_path_factory.mktemp("home")).version.folder
    names = ("ontology.nq", "register.nq", "edges.nq", "quads/a.nq")
    return tuple(line for name in names for line in (folder / name).read_text("utf-8").splitlines())


def ours(lines: tuple[str, ...]) -> set[tuple[str, str, str]]:
    store = OxigraphStore.in_memory()
    store.load("\n".join(lines).encode())
    return {(v.focus, v.path or "", v.component) for v in validate(store)}


def theirs(lines: tuple[str, ...]) -> set[tuple[str, str, str]]:
    """Ask pyshacl, the reference implementation, with the classes above the data's own."""
    from pyshacl import validate as reference

    data, report = rdflib.Graph(), rdflib.Namespace(SH)
    data.parse(data="\n".join(re.sub(r" <[^<> ]*> \.$", " .", line) for line in lines), format="nt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, inside pyshacl
        _, results, _ = reference(data, shacl_graph=_shapes())
    found = set()
    for result in results.subjects(rdflib.RDF.type, report.ValidationResult):
        component = str(results.value(result, report.sourceConstraintComponent)).removeprefix(SH)
        path = results.value(result, report.resultPath)
        shown = _path(results, path)
        found.add(
            (
                str(results.value(result, report.focusNode)),
                shown,
                component.removesuffix("ConstraintComponent"),
            )
        )
    return found


@lru_cache(maxsize=1)
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=read_module("shapes.ttl"), format="turtle")


def _path(results: rdflib.Graph, path: Node | None) -> str:
    from rdflib.collection import Collection

    report = rdflib.Namespace(SH)
    if path is None:
        return ""
    if isinstance(path, rdflib.URIRef):
        return f"<{path}>" if not str(path).startswith("_") else ""
    if inverse := results.value(path, report.inversePath):
        return f"^<{inverse}>"
    alternatives = results.value(path, report.alternativePath)
    return "(" + "|".join(f"<{each}>" for each in Collection(results, alternatives)) + ")"


def triple(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> <{predicate}> {value} <urn:g> ."


def first(lines: tuple[str, ...], kind: str) -> str:
    return next(line.split(" ")[0][1:-1] for line in lines if f"/{kind}/" in line.split(" ")[0])


FAULTS = {
    "claim without status": ("drop", "claim", EGOV + "status", None),
    "claim with two statuses": ("add", "claim", EGOV + "status", f"<{CODE}planned>"),
    "status that is no status": ("replace", "claim", EGOV + "status", f"<{CODE}province>"),
    "claim without evidence": ("drop", "claim", EGOV + "evidence", None),
    "claim without predicate": ("drop", "claim", EGOV + "predicate", None),
    "claim without object": ("drop", "claim", EGOV + "object", None),
    "claim with object and literal": ("add", "claim", EGOV + "literal", '"x"'),
    "claim without line": ("drop", "claim", EGOV + "sourceLine", None),
    "line that is no number": ("replace", "claim", EGOV + "sourceLine", '"x"'),
    "two days of statement": ("add", "claim", EGOV + "statedOn", f'"2019-01-01"^^<{XSD}date>'),
    "time that is no EDTF": ("add", "claim", EGOV + "validFrom", '"2019"'),
    "earliest after latest": ("add", "figure", EGOV + "latest", f'"1999-01-01"^^<{XSD}date>'),
    "subject that is a text": ("replace", "claim", EGOV + "subject", '"tỉnh"'),
    "level that is no level": ("add", "claim", EGOV + "atGovernmentLevel", f"<{CODE}level-1>"),
    "figure without value": ("drop", "figure", EGOV + "value", None),
    "figure with a negative value": ("replace", "figure", EGOV + "value", f'"-1"^^<{XSD}decimal>'),
    "figure with a text for value": ("replace", "figure", EGOV + "value", '"nhiều"'),
    "figure of no measure": ("replace", "figure", EGOV + "measure", f"<{ID}measure/none>"),
    "figure without comparator": ("drop", "figure", EGOV + "comparator", None),
    "figure with an unknown unit": ("replace", "figure", EGOV + "unit", f"<{ID}unit-of-measure/none>"),
    "evidence without text": ("drop", "evidence", EGOV + "text", None),
    "evidence with two texts in one language": ("add", "evidence", EGOV + "text", '"khác"@vi'),
    "evidence in French": ("add", "evidence", EGOV + "text", '"autre"@fr'),
    "evidence of no article": ("drop", "evidence", EGOV + "inArticle", None),
    "article without publisher": ("drop", "article", EGOV + "publisher", None),
    "article without day": ("drop", "article", EGOV + "published", None),
    "mention of nothing": ("drop", "mention", EGOV + "mentions", None),
    "mention that starts before the text": ("replace", "mention", EGOV + "start", f'"-3"^^<{XSD}integer>'),
    "mention that ends before it starts": ("replace", "mention", EGOV + "end", f'"-1"^^<{XSD}integer>'),
    "system without labels": ("drop", "system", RDFS + "label", None),
    "system with two labels in one language": ("add", "system", RDFS + "label", '"khác"@vi'),
    "system without a Vietnamese label": ("replace", "system", RDFS + "label", '"only"@en'),
    "code without edition": ("add", "agent", EGOV + "unitCode", '"15"'),
    "item without text": ("drop", "item", EGOV + "text", None),
    "item that no claim states": ("drop-object", "item", EGOV + "object", None),
    "edge without claim": ("add", "system", EGOV + "suppliedBy", f"<{ID}agent/vd-bao>"),
    "province within nothing": ("drop", "unit", EGOV + "within", None),
}


def planted(lines: tuple[str, ...], fault: str) -> tuple[str, ...]:
    how, kind, predicate, value = FAULTS[fault]
    node = first(lines, kind)
    start = f"<{node}> <{predicate}> "
    if how == "drop-object":
        return tuple(line for line in lines if f"<{predicate}> <{node}>" not in line)
    if how in {"drop", "replace"}:
        assert any(line.startswith(start) for line in lines), f"nothing to {how}"
        lines = tuple(line for line in lines if not line.startswith(start))
    return (*lines, triple(node, predicate, value)) if value else lines


def test_sound_data_conform(lines: tuple[str, ...]) -> None:
    assert ours(lines) == theirs(lines) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_found_as_pyshacl_finds_it(lines: tuple[str, ...], fault: str) -> None:
    wrong = planted(lines, fault)
    found = ours(wrong)
    assert found
    assert found == theirs(wrong)


@pytest.mark.parametrize("seed", range(6))
def test_random_damage_is_judged_alike(lines: tuple[str, ...], seed: int) -> None:
    rng = random.Random(seed)
    own = [line for line in lines if "/graph/ontology>" not in line]
    lost = set(rng.sample(own, 12))
    damaged = tuple(line for line in lines if line not in lost)
    assert ours(damaged) == theirs(damaged)


def test_messages_speak_both_languages() -> None:
    assert all(set(check.messages) == {"vi", "en"} for check in compile_shapes("shapes.ttl"))


def test_an_unknown_construct_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix a: <urn:a:> .
        a:S a sh:NodeShape ; sh:targetClass a:C ; sh:property [ sh:path a:p ; sh:pattern "x" ] ."""
    monkeypatch.setattr("egovkg.ontology.modules.read_module", lambda name: text)
    with pytest.raises(ShapeError, match="sh:pattern is not supported"):
        compile_shapes.__wrapped__("odd.ttl")


def test_every_constraint_is_planted_somewhere() -> None:
    assert shapes.SHAPES == "shapes.ttl"
    assert len(FAULTS) > 30
