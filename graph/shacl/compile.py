"""Compilation of SHACL shapes to SPARQL: one query per constraint selects violations in linear time.

Because data usually conform, a cheaper query, the *screen*, runs before the exact one. If it selects no row,
there is no violation. A screen scans all values of one property, ignoring targets; several constraints share
it. Source: W3C Shapes Constraint Language (SHACL), 2017; numbers in comments are its sections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ...errors import ShapeError
from ...words import message
from ..names import RDF, RDF_TYPE, XSD
from .read import LOGICAL, SH, VALUE_CONSTRAINTS, Constraint, Path, Shape, SparqlConstraint

Subclasses: TypeAlias = Mapping[str, tuple[str, ...]]  # class -> itself and its subclasses, as SPARQL terms
ValueCompiler: TypeAlias = Callable[[Constraint, str, Subclasses], str]  # of a constraint and a variable
SetCompiler: TypeAlias = Callable[[Constraint, Path], str]

_LOCAL_CONSTRAINTS = VALUE_CONSTRAINTS - {"class"}  # decided by the value alone


@dataclass(frozen=True)
class Check:
    """A compiled constraint.

    :param query: selects ``?this``, ``?path`` and ``?value`` of each violation; the last two may be unbound
    :param screen: cheaper query that runs first; if it selects no row, there is no violation; ``None`` if
        `query` is as cheap
    :param path: the property path in SPARQL
    """

    shape: str
    component: str
    query: str
    screen: str | None
    path: str | None
    severity: str
    messages: Mapping[str, str]


def compile_shape(shape: Shape, subclasses: Subclasses) -> Iterator[Check]:
    """Compile a node shape and its property shapes.

    :raises ShapeError: if the combination of constraints is not supported
    """
    focus = _focus(shape, subclasses)
    required = _required(shape, focus)
    for constraint in shape.constraints:
        wrong = f"BIND(?this AS ?value) FILTER({_wrong(constraint, '?this', subclasses)})"
        yield _check(shape, shape, constraint.component, _query(focus, wrong), None)
    for property_shape in shape.properties:
        if property_shape.path is None:
            raise ShapeError(message(__package__, "pathless", shape=shape.iri))
        for constraint in property_shape.constraints:
            pattern = _pattern(constraint, property_shape.path, subclasses)
            is_first = (
                constraint.name == "minCount" and property_shape.path.is_step and _is_required(property_shape)
            )
            screen = required if is_first else _screen(constraint, property_shape, subclasses)
            yield _check(shape, property_shape, constraint.component, _query(focus, pattern), screen)
    for select in shape.selects:
        yield _sparql_check(shape, select, focus)


def _check(shape: Shape, property_shape: Shape, component: str, query: str, screen: str | None) -> Check:
    path = property_shape.path.text if property_shape.path else None
    return Check(shape.iri, component, query, screen, path, property_shape.severity, property_shape.messages)


def _query(focus: str, pattern: str) -> str:
    return f"SELECT DISTINCT ?this ?path ?value {{ {focus} {pattern} }}"


def _sparql_check(shape: Shape, select: SparqlConstraint, focus: str) -> Check:
    """Compile a SPARQL constraint (5.3); joining it with its focus nodes is equivalent to binding them."""
    focus_subquery = f"{{ SELECT DISTINCT ?this {{ {focus} }} }} {select.body}"
    query = f"{select.prologue}SELECT DISTINCT ?this ?path ?value {{ {focus_subquery} }}"
    return Check(shape.iri, "SPARQL", query, None, None, shape.severity, select.messages)


def _focus(shape: Shape, subclasses: Subclasses) -> str:
    """Return the pattern that binds the focus nodes (2.1)."""
    parts = []
    if classes := shape.targets.get("targetClass"):
        listed = " ".join(dict.fromkeys(low for high in classes for low in subclasses.get(high, (high,))))
        parts.append(f"VALUES ?focus_kind {{ {listed} }} ?this <{RDF_TYPE}> ?focus_kind .")
    if subjects := shape.targets.get("targetSubjectsOf"):
        parts.append(f"VALUES ?focus_of {{ {' '.join(subjects)} }} ?this ?focus_of ?focus_any .")
    if objects := shape.targets.get("targetObjectsOf"):
        parts.append(f"VALUES ?focus_of {{ {' '.join(objects)} }} ?focus_any ?focus_of ?this .")
    return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)


# --- screens -------------------------------------------------------------------------------------------


def _required(shape: Shape, focus: str) -> str | None:
    """Return the screen that finds focus nodes without one of the required properties, in one scan."""
    absent = [
        f"!EXISTS {{ ?this {property_shape.path.text} ?any{number} }}"
        for number, property_shape in enumerate(shape.properties)
        if property_shape.path and property_shape.path.is_step and _is_required(property_shape)
    ]
    return f"SELECT (1 AS ?off) {{ {focus} FILTER({' || '.join(absent)}) }} LIMIT 1" if absent else None


def _is_required(property_shape: Shape) -> bool:
    return any(
        constraint.name == "minCount" and _number(constraint) == 1
        for constraint in property_shape.constraints
    )


def _screen(constraint: Constraint, property_shape: Shape, subclasses: Subclasses) -> str | None:
    """Return the screen that scans a property for violations of a constraint, ignoring targets.

    :returns: ``None`` if a screen would scan far more subjects than there are targets, as for an inverse path
    """
    if property_shape.path is None or property_shape.path.text[0] != "<":
        return None
    values = f"?this {property_shape.path.text} ?value"
    if constraint.name in _LOCAL_CONSTRAINTS or constraint.name == "maxCount":
        return f"SELECT (1 AS ?off) {{ {values} }} HAVING({' || '.join(_alarms(property_shape, subclasses))})"
    if constraint.name == "lessThanOrEquals":
        return f"SELECT (1 AS ?off) {{ {_less_than_or_equals(constraint, property_shape.path)} }} LIMIT 1"
    if constraint.name == "uniqueLang":
        return f"SELECT (1 AS ?off) {{ {_unique_lang(constraint, property_shape.path)} }} LIMIT 1"
    if constraint.name == "class":
        listed = " ".join(subclasses.get(constraint.terms[0], constraint.terms))
        instances = f"VALUES ?kind {{ {listed} }} ?value <{RDF_TYPE}> ?kind"
        distinct = f"{{ SELECT DISTINCT ?value {{ {values} }} }}"
        return f"SELECT (1 AS ?off) {{ {distinct} MINUS {{ {instances} }} }} LIMIT 1"
    return None


def _alarms(property_shape: Shape, subclasses: Subclasses) -> Iterator[str]:
    """Return aggregates over all values of a property; one is true if a value violates a constraint."""
    if any(constraint.name == "maxCount" for constraint in property_shape.constraints):
        yield "COUNT(*) != COUNT(DISTINCT ?this)"
    tests = [
        _wrong(c, "?value", subclasses) for c in property_shape.constraints if c.name in _LOCAL_CONSTRAINTS
    ]
    if tests:
        yield f"SUM(IF({' || '.join(tests)}, 1, 0)) > 0"


# --- constraints on one value: expressions that are true for a violation, and never an error -----------


def _wrong(constraint: Constraint, value: str, subclasses: Subclasses) -> str:
    return f"({_VALUE_COMPILERS[constraint.name](constraint, value, subclasses)})"


def _class(constraint: Constraint, value: str, subclasses: Subclasses) -> str:
    """Violation: the value is no instance of the class or of a subclass (4.1.1)."""
    classes = ", ".join(subclasses.get(constraint.terms[0], constraint.terms))
    return f"!EXISTS {{ {value} <{RDF_TYPE}> {value}_kind FILTER({value}_kind IN ({classes})) }}"


_WELL_FORMED = {  # datatype -> test that an ill-formed literal fails
    f"<{XSD}string>": "true",
    f"<{RDF}langString>": "true",
    f"<{XSD}integer>": "isNumeric({0})",
    f"<{XSD}decimal>": "isNumeric({0})",
    f"<{XSD}boolean>": 'STR({0}) IN ("true", "false", "1", "0")',
    f"<{XSD}date>": f'COALESCE(IF({{0}} < "2000-01-01"^^<{XSD}date>, true, true), false)',
}


def _datatype(constraint: Constraint, value: str, _: Subclasses) -> str:
    """Violation: the value has another datatype, or is ill-formed (4.1.2)."""
    datatype = constraint.terms[0]
    if datatype.startswith(f"<{XSD}") and datatype not in _WELL_FORMED:
        raise ShapeError(message(__package__, "datatype", datatype=datatype))
    differs = f"!isLiteral({value}) || datatype({value}) != {datatype}"
    well_formed = _WELL_FORMED.get(datatype, "true").format(value)
    return differs if well_formed == "true" else f"{differs} || !{well_formed}"


_KINDS = {"IRI": "isIRI({0})", "Literal": "isLiteral({0})", "BlankNode": "isBlank({0})"}


def _node_kind(constraint: Constraint, value: str, _: Subclasses) -> str:
    """Violation: the value is another kind of node (4.1.3)."""
    names = constraint.terms[0].strip("<>").removeprefix(SH).split("Or")
    if unknown := set(names) - set(_KINDS):
        raise ShapeError(message(__package__, "node_kind", kinds=tuple(sorted(unknown))))
    return f"!({' || '.join(_KINDS[name].format(value) for name in names)})"


def _in(constraint: Constraint, value: str, _: Subclasses) -> str:
    """Violation: the value is not in the list (4.8.3)."""
    return f"!({' || '.join(f'sameTerm({value}, {term})' for term in constraint.terms)})"


def _matches(constraint: Constraint, value: str, _: Subclasses) -> str:
    """Violation: the text does not match the pattern (4.4.3)."""
    return f"isBlank({value}) || !REGEX(STR({value}), {constraint.terms[0]})"


def _min_inclusive(constraint: Constraint, value: str, _: Subclasses) -> str:
    """Violation: the value is less than the minimum, or not comparable with it (4.3.2)."""
    return f"!COALESCE({value} >= {constraint.terms[0]}, false)"


def _max_inclusive(constraint: Constraint, value: str, _: Subclasses) -> str:
    """Violation: the value is greater than the maximum, or not comparable with it (4.3.4)."""
    return f"!COALESCE({value} <= {constraint.terms[0]}, false)"


def _language_in(constraint: Constraint, value: str, _: Subclasses) -> str:
    """Violation: the text is in none of the languages (4.4.4)."""
    tests = " || ".join(f"langMatches(lang({value}), {tag})" for tag in constraint.terms)
    return f"!isLiteral({value}) || !({tests})"


def _or(constraint: Constraint, value: str, subclasses: Subclasses) -> str:
    """Violation: the value conforms to none of the shapes (4.6.3)."""
    return " && ".join(f"!{_conforms(shape, value, subclasses)}" for shape in constraint.shapes)


def _xone(constraint: Constraint, value: str, subclasses: Subclasses) -> str:
    """Violation: the value conforms to none of the shapes, or to several (4.6.4)."""
    count = " + ".join(f"IF({_conforms(shape, value, subclasses)}, 1, 0)" for shape in constraint.shapes)
    return f"({count}) != 1"


def _not(constraint: Constraint, value: str, subclasses: Subclasses) -> str:
    """Violation: the value conforms to the shape (4.6.1)."""
    return _conforms(constraint.shapes[0], value, subclasses)


def _node(constraint: Constraint, value: str, subclasses: Subclasses) -> str:
    """Violation: the value does not conform to the shape (4.7.1)."""
    return f"!{_conforms(constraint.shapes[0], value, subclasses)}"


_VALUE_COMPILERS: Mapping[str, ValueCompiler] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "in": _in,
    "pattern": _matches,
    "minInclusive": _min_inclusive,
    "maxInclusive": _max_inclusive,
    "languageIn": _language_in,
    "or": _or,
    "xone": _xone,
    "not": _not,
    "node": _node,
}


def _conforms(shape: Shape, value: str, subclasses: Subclasses) -> str:
    """Return the SPARQL expression that is true if a value conforms to a referenced shape."""
    if shape.selects:
        raise ShapeError(message(__package__, "nested", shape=shape.iri, term="sh:sparql"))
    parts = [shape] if shape.path else shape.properties
    tests = [] if shape.path else [_wrong(c, value, subclasses) for c in shape.constraints]
    tests += [_breaks(c, part, value, subclasses) for part in parts for c in part.constraints]
    return f"!({' || '.join(tests)})" if tests else "true"


def _breaks(constraint: Constraint, property_shape: Shape, value: str, subclasses: Subclasses) -> str:
    """Return the EXISTS expression that is true if values of a path violate a constraint."""
    if property_shape.path is None or not property_shape.path.is_step:
        raise ShapeError(message(__package__, "nested_path", shape=property_shape.iri))
    step = f"{value} {property_shape.path.text}"
    if constraint.name in VALUE_CONSTRAINTS | LOGICAL:
        path_value = f"{value}_value"
        return f"EXISTS {{ {step} {path_value} FILTER({_wrong(constraint, path_value, subclasses)}) }}"
    if constraint.name == "hasValue":
        return f"!EXISTS {{ {step} {constraint.terms[0]} }}"
    if constraint.name == "minCount" and _number(constraint) == 1:
        return f"!EXISTS {{ {step} {value}_value }}"
    if constraint.name == "maxCount" and _number(constraint) == 0:
        return f"EXISTS {{ {step} {value}_value }}"
    raise ShapeError(message(__package__, "nested", shape=property_shape.iri, term=f"sh:{constraint.name}"))


# --- constraints on the set of values of a focus node: patterns that match a violation -----------------


def _pattern(constraint: Constraint, path: Path, subclasses: Subclasses) -> str:
    if compile_set := _SET_COMPILERS.get(constraint.name):
        return compile_set(constraint, path)
    if constraint.name == "qualifiedMinCount":
        return _qualified_min_count(constraint, path, subclasses)
    return f"?this {path.text} ?value . FILTER({_wrong(constraint, '?value', subclasses)})"


def _number(constraint: Constraint) -> int:
    return int(constraint.terms[0].split('"')[1])


def _fewer(number: int, pattern: str) -> str:
    if number == 1:
        return f"MINUS {{ {pattern} }}"
    counted = f"SELECT ?this {{ {pattern} }} GROUP BY ?this HAVING(COUNT(DISTINCT ?some) >= {number})"
    return f"MINUS {{ {{ {counted} }} }}" if number else "FILTER(false)"


def _min_count(constraint: Constraint, path: Path) -> str:
    """Select focus nodes with too few values (4.2.1)."""
    return _fewer(_number(constraint), f"?this {path.text} ?some")


def _qualified_min_count(constraint: Constraint, path: Path, subclasses: Subclasses) -> str:
    """Select focus nodes with too few values that conform to a shape (4.7.3)."""
    fits = _conforms(constraint.shapes[0], "?some", subclasses)
    return _fewer(_number(constraint), f"?this {path.text} ?some FILTER({fits})")


def _max_count(constraint: Constraint, path: Path) -> str:
    """Select focus nodes with too many values (4.2.2)."""
    having = f"HAVING(COUNT(DISTINCT ?some) > {_number(constraint)})"
    return f"{{ SELECT ?this {{ ?this {path.text} ?some }} GROUP BY ?this {having} }}"


def _has_value(constraint: Constraint, path: Path) -> str:
    """Select focus nodes that lack the required value (4.8.2)."""
    return f"MINUS {{ ?this {path.text} {constraint.terms[0]} }}"


def _unique_lang(constraint: Constraint, path: Path) -> str:
    """Select focus nodes with two values in one language (4.4.5)."""
    if "true" not in constraint.terms[0]:
        return "FILTER(false)"
    tagged = f'{{ ?this {path.text} ?some BIND(LCASE(lang(?some)) AS ?tag) FILTER(?tag != "") }}'
    having = "GROUP BY ?this ?tag HAVING(COUNT(DISTINCT ?some) > 1)"
    return f"{{ SELECT DISTINCT ?this {{ SELECT ?this ?tag {tagged} {having} }} }}"


def _less_than_or_equals(constraint: Constraint, path: Path) -> str:
    """Select values greater than one of another property, or not comparable with it (4.5.4)."""
    limit = f"?this {constraint.terms[0]} ?limit"
    return f"?this {path.text} ?value . {limit} . FILTER(!COALESCE(?value <= ?limit, false))"


_SET_COMPILERS: Mapping[str, SetCompiler] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "hasValue": _has_value,
    "uniqueLang": _unique_lang,
    "lessThanOrEquals": _less_than_or_equals,
}
