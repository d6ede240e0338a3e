"""SHACL on the store: the shapes of `ontology/shapes.ttl`, each constraint compiled to one SPARQL query.

The subset is what our shapes use; anything else is refused when the shapes are read, never skipped.
Conditions are written with MINUS and joins, so that every query is linear in the focus nodes.
Source: W3C Shapes Constraint Language (SHACL), 2017; the numbers in the comments are its sections.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from ..errors import ShapeError
from ..ontology.modules import Facts
from .names import RDF, RDF_TYPE, RDFS, with_prefixes

if TYPE_CHECKING:
    from .store import Store, Term

SH = "http://www.w3.org/ns/shacl#"
SHAPES = "shapes.ttl"
_ANNOTATIONS = frozenset({"path", "message", "severity"})


@dataclass(frozen=True, order=True)
class Violation:
    """One result of a validation.

    :param focus: the node that is wrong
    :param path: the property path that is wrong, as SPARQL writes it; ``None`` for a SPARQL constraint
        that names none
    :param value: the value that is wrong; ``None`` when the number of values is
    :param component: local name of the constraint component, such as ``MinCount``
    :param severity: ``Violation``, ``Warning`` or ``Info``
    :param shape: address of the node shape
    :param messages: language -> what is wrong
    """

    focus: str
    path: str | None
    value: str | None
    component: str
    severity: str
    shape: str
    messages: Mapping[str, str]


@dataclass(frozen=True)
class Check:
    """One constraint, compiled.

    :param query: answers ``?this`` and, where there is one, ``?path`` and ``?value`` for each violation;
        `%s` stands for the pattern that binds the focus nodes
    :param path: the path in SPARQL
    """

    shape: str
    component: str
    query: str
    path: str | None
    severity: str
    messages: Mapping[str, str]


Compiler: TypeAlias = Callable[[Facts, str, str], str]  # facts, property shape, SPARQL path -> condition


def validate(store: Store) -> tuple[Violation, ...]:
    """Check all graphs of a store together against our shapes.

    :returns: sorted; empty when the data conform
    :raises ShapeError: if a shape uses what this module does not know

    Cost: about a hundred queries, each linear in the nodes it looks at.
    """
    subclasses = _subclasses(store)
    found = [one for check in compile_shapes(SHAPES) for one in _run(store, check, subclasses)]
    return tuple(sorted(found, key=lambda one: (one.focus, one.path or "", one.component, one.value or "")))


def _run(store: Store, check: Check, subclasses: Mapping[str, tuple[str, ...]]) -> list[Violation]:
    query = _SUBCLASSES.sub_all(check.query, subclasses)
    rows = store.select(with_prefixes(query)).rows
    return [
        Violation(
            _text(row[0]) or "",
            check.path or (f"<{_text(row[1])}>" if row[1] else None),
            _text(row[2]),
            check.component,
            check.severity,
            check.shape,
            check.messages,
        )
        for row in rows
    ]


class _Placeholder:
    """Stands in a query for "this class or a class below it", which only the data at hand can tell."""

    def __call__(self, class_iri: str) -> str:
        return f"\0{class_iri}\0"

    def sub_all(self, query: str, subclasses: Mapping[str, tuple[str, ...]]) -> str:
        """Write out every placeholder of a query."""
        parts = query.split("\0")
        for i in range(1, len(parts), 2):
            below = subclasses.get(parts[i], (parts[i],))
            parts[i] = " ".join(f"<{iri}>" for iri in below)
        return "".join(parts)


_SUBCLASSES = _Placeholder()


def _subclasses(store: Store) -> Mapping[str, tuple[str, ...]]:
    rows = store.select(f"SELECT DISTINCT ?low ?high {{ ?low <{RDFS}subClassOf>+ ?high }}").rows
    below: dict[str, set[str]] = {}
    for low, high in rows:
        below.setdefault(_text(high) or "", set()).add(_text(low) or "")
    return {high: tuple(sorted({high, *lows})) for high, lows in below.items()}


def _text(term: Term | None) -> str | None:
    return None if term is None else str(getattr(term, "value", term))


# --- reading the shapes ---------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def compile_shapes(file: str) -> tuple[Check, ...]:
    """Compile a shapes file of the ontology.

    :raises ShapeError: if it uses a construct that is not known here
    """
    facts = Facts.of([file])
    checks: list[Check] = []
    for shape in facts.instances(SH + "NodeShape"):
        focus = _focus(facts, shape)
        for part in facts.values(shape, SH + "property"):
            checks += _property_checks(facts, shape, part, focus)
        checks += [_sparql_check(facts, shape, part, focus) for part in facts.values(shape, SH + "sparql")]
        known = {"targetClass", "targetSubjectsOf", "targetObjectsOf", "property", "sparql", "severity"}
        _refuse_unknown(facts, shape, known)
    return tuple(checks)


def _refuse_unknown(facts: Facts, node: str, known: set[str]) -> None:
    used = {iri.removeprefix(SH) for iri in facts.index[node] if iri.startswith(SH)}
    if unknown := sorted(used - known - _ANNOTATIONS):
        raise ShapeError(f"{node}: sh:{', sh:'.join(unknown)} is not supported")


def _focus(facts: Facts, shape: str) -> str:
    """Write the pattern that binds the focus nodes (2.1)."""
    parts = []
    if classes := facts.values(shape, SH + "targetClass"):
        listed = " ".join(_SUBCLASSES(iri) for iri in classes)
        parts.append(f"VALUES ?kind {{ {listed} }} ?this <{RDF_TYPE}> ?kind .")
    if subjects := facts.values(shape, SH + "targetSubjectsOf"):
        listed = " ".join(f"<{iri}>" for iri in subjects)
        parts.append(f"VALUES ?target {{ {listed} }} ?this ?target ?any .")
    if objects := facts.values(shape, SH + "targetObjectsOf"):
        listed = " ".join(f"<{iri}>" for iri in objects)
        parts.append(f"VALUES ?target {{ {listed} }} ?any ?target ?this .")
    return " UNION ".join(f"{{ {part} }}" for part in parts)


def _property_checks(facts: Facts, shape: str, part: str, focus: str) -> list[Check]:
    _refuse_unknown(facts, part, set(_COMPILERS) | {"message"})
    path = _path(facts, facts.values(part, SH + "path")[0])
    severity = (facts.values(part, SH + "severity") or ("Violation",))[0].removeprefix(SH)
    messages = facts.texts(part, SH + "message")
    return [
        Check(shape, component, _query(focus, compiler(facts, part, path)), path, severity, messages)
        for name, (component, compiler) in _COMPILERS.items()
        if facts.values(part, SH + name)
    ]


def _query(focus: str, condition: str) -> str:
    return f"SELECT DISTINCT ?this ?path ?value {{ {focus} {condition} }}"


def _sparql_check(facts: Facts, shape: str, part: str, focus: str) -> Check:
    """Take over a SPARQL constraint (5.3): its focus nodes are bound by a sub-query."""
    select = facts.values(part, SH + "select")[0]
    body = select[select.index("{") + 1 : select.rindex("}")].replace("$this", "?this")
    query = f"SELECT DISTINCT ?this ?path ?value {{ {{ SELECT DISTINCT ?this {{ {focus} }} }} {body} }}"
    severity = (facts.values(shape, SH + "severity") or ("Violation",))[0].removeprefix(SH)
    return Check(shape, "SPARQL", query, None, severity, facts.texts(part, SH + "message"))


def _path(facts: Facts, node: str) -> str:
    """Write a property path (2.3.1) as SPARQL does."""
    if not node.startswith("_:"):
        return f"<{node}>"
    if inverse := facts.values(node, SH + "inversePath"):
        return f"^{_path(facts, inverse[0])}"
    if alternatives := facts.values(node, SH + "alternativePath"):
        return "(" + "|".join(_path(facts, each) for each in facts.members(alternatives[0])) + ")"
    if facts.values(node, RDF + "first"):
        return "/".join(_path(facts, each) for each in facts.members(node))
    raise ShapeError("only predicate, inverse, alternative and sequence paths are supported")


# --- the constraint components -----------------------------------------------------------------------------


def _number(facts: Facts, part: str, name: str) -> int:
    return int(facts.values(part, SH + name)[0])


def _min_count(facts: Facts, part: str, path: str) -> str:
    """Too few values (4.2.1)."""
    least = _number(facts, part, "minCount")
    if least == 1:
        return f"MINUS {{ ?this {path} ?some }}"
    counted = f"SELECT ?this (COUNT(DISTINCT ?some) AS ?number) {{ ?this {path} ?some }} GROUP BY ?this"
    return f"MINUS {{ {{ {counted} }} FILTER(?number >= {least}) }}"


def _max_count(facts: Facts, part: str, path: str) -> str:
    """Too many values (4.2.2); those with more than one triple are few, and only they are compared."""
    most = _number(facts, part, "maxCount")
    if most == 1:
        several = f"SELECT ?this {{ ?this {path} ?some }} GROUP BY ?this HAVING(COUNT(*) > 1)"
        return f"{{ {several} }} ?this {path} ?one . ?this {path} ?other . FILTER(!sameTerm(?one, ?other))"
    counted = f"SELECT ?this (COUNT(DISTINCT ?some) AS ?number) {{ ?this {path} ?some }} GROUP BY ?this"
    return f"{{ {counted} }} FILTER(?number > {most})"


def _class(facts: Facts, part: str, path: str) -> str:
    """A value that is no instance of the class or of one below it (4.1.1)."""
    kinds = _SUBCLASSES(facts.values(part, SH + "class")[0])
    return f"?this {path} ?value . MINUS {{ VALUES ?wanted {{ {kinds} }} ?value <{RDF_TYPE}> ?wanted }}"


def _datatype(facts: Facts, part: str, path: str) -> str:
    """A value of another datatype (4.1.2)."""
    wanted = facts.values(part, SH + "datatype")[0]
    return f"?this {path} ?value . FILTER(!isLiteral(?value) || datatype(?value) != <{wanted}>)"


def _node_kind(facts: Facts, part: str, path: str) -> str:
    """A value of another kind of node (4.1.3)."""
    tests = {"IRI": "isIRI", "Literal": "isLiteral", "BlankNode": "isBlank"}
    wanted = facts.values(part, SH + "nodeKind")[0].removeprefix(SH)
    if wanted not in tests:
        raise ShapeError(f"sh:nodeKind sh:{wanted} is not supported")
    return f"?this {path} ?value . FILTER(!{tests[wanted]}(?value))"


def _min_inclusive(facts: Facts, part: str, path: str) -> str:
    """A value below the least, or one that cannot be compared (4.3.2)."""
    least = facts.values(part, SH + "minInclusive")[0]
    return f"?this {path} ?value . FILTER(COALESCE(?value < {least}, true))"


def _language_in(facts: Facts, part: str, path: str) -> str:
    """A value in none of the languages (4.4.4)."""
    wanted = facts.members(facts.values(part, SH + "languageIn")[0])
    tests = " || ".join(f'langMatches(lang(?value), "{tag}")' for tag in wanted)
    return f"?this {path} ?value . FILTER(!isLiteral(?value) || !({tests}))"


def _unique_lang(facts: Facts, part: str, path: str) -> str:
    """Two values in one language (4.4.5)."""
    two = f"?this {path} ?one . ?this {path} ?other . FILTER(!sameTerm(?one, ?other)"
    return f'{two} && lang(?one) != "" && lang(?one) = lang(?other))'


def _less_than_or_equals(facts: Facts, part: str, path: str) -> str:
    """A value greater than one of another property, or not comparable with it (4.5.4)."""
    other = facts.values(part, SH + "lessThanOrEquals")[0]
    return f"?this {path} ?value ; <{other}> ?limit . FILTER(!COALESCE(?value <= ?limit, false))"


_COMPILERS: Mapping[str, tuple[str, Compiler]] = {
    "minCount": ("MinCount", _min_count),
    "maxCount": ("MaxCount", _max_count),
    "class": ("Class", _class),
    "datatype": ("Datatype", _datatype),
    "nodeKind": ("NodeKind", _node_kind),
    "minInclusive": ("MinInclusive", _min_inclusive),
    "languageIn": ("LanguageIn", _language_in),
    "uniqueLang": ("UniqueLang", _unique_lang),
    "lessThanOrEquals": ("LessThanOrEquals", _less_than_or_equals),
}
