"""Conversion of the lexicon to N-Quads: entities, measures and units, as the sorted lines of their graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.names import GRAPH_REGISTER, OWL, SKOS
from ...ontology.references import shipped_components
from ...words import languages
from ..register.entity import former_names
from ..register.unit_changes import CHANGES, read_unit_change
from ..text.corpus_languages import ARTICLE_LANGUAGE
from ..text.dates import read_date
from .nquads import LABEL, TYPE, distinct_lines, edtf, egov, labelled, literal, measure_node, unit_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from ..register.measures import FigureTerm

_LITERALS = {
    "code": "unitCode",
    "edition": "codeEdition",
    "number": "number",
    "source": "registerSource",
    "note": "note",
}  # key of an entry -> relation, as in the two mappings below
_TIMES = {"from": "validFrom", "until": "validTo", "date": "documentDate"}
_ENTITIES = {
    "territory": "ofTerritory",
    "within": "within",
    "branch_of": "branchOf",
    "issuer": "registeredIssuer",
}
REGISTER_RELATIONS = frozenset(_ENTITIES.values())  # those that keys of entries state, rather than claims


def register_quads(lexicon: Lexicon) -> bytes:
    """Return register, measures and units as sorted N-Quads of their graph."""
    lines = [f"{node} {pair} <{GRAPH_REGISTER}> .\n" for node, pairs in _nodes(lexicon) for pair in pairs]
    return distinct_lines(sorted(lines))


def _nodes(lexicon: Lexicon) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each node with its pairs of relation and value."""
    for entity in lexicon.register.entities:
        yield f"<{entity.iri}>", _entity_pairs(entity, lexicon)
    for measure in lexicon.measures.values():
        yield measure_node(measure.name), _measure_pairs(measure, lexicon)
    for unit in lexicon.units.values():
        yield unit_node(unit.values["slug"]), _unit_pairs(unit)


def _texts(relation: str, values: Mapping[str, str], key: str = "") -> Iterator[str]:
    """Return a text in each language in which it exists, as pairs of relation and literal.

    :param key: prefix of the keys before the language, such as `definition_`
    """
    for lang in languages():
        if text := values.get(f"{key}{lang}"):
            yield f"{relation} {labelled(text, lang)}"


def _measure_pairs(measure: FigureTerm, lexicon: Lexicon) -> Iterator[str]:
    yield f"{TYPE} {egov('Measure')}"
    yield f"{egov('curie')} {literal(measure.name)}"
    yield from _texts(LABEL, measure.values)
    yield from _texts(f"<{SKOS}definition>", measure.values, "definition_")
    if unit := lexicon.units.get(measure.values.get("unit", "")):
        yield f"{egov('countedIn')} {unit_node(unit.values['slug'])}"


def _unit_pairs(unit: FigureTerm) -> Iterator[str]:
    yield f"{TYPE} {egov('Unit')}"
    yield f"{egov('token')} {literal(unit.name)}"
    yield from _texts(LABEL, unit.values)


def _entity_pairs(entity: RegisterEntity, lexicon: Lexicon) -> Iterator[str]:
    values, entities = entity.values, lexicon.register.by_curie
    yield f"{TYPE} {egov(entity.kind)}"
    yield f"{egov('curie')} {literal(entity.curie)}"
    yield from _texts(LABEL, values)
    if short_name := values.get("short"):
        yield f"{egov('shortName')} {labelled(short_name, ARTICLE_LANGUAGE)}"
    yield from (f"{egov(name)} {literal(values[key])}" for key, name in _LITERALS.items() if values.get(key))
    for key, name in _TIMES.items():
        if text := values.get(key):
            yield f"{egov(name)} {edtf(read_date(text).edtf)}"
    for key, name in _ENTITIES.items():
        if curie := values.get(key):
            yield f"{egov(name)} <{entities[curie].iri}>"
    yield from _list_pairs(entity, entities)


def _list_pairs(entity: RegisterEntity, entities: Mapping[str, RegisterEntity]) -> Iterator[str]:
    lists = entity.lists
    for alias in lists.get("aliases", ()):
        yield f"<{SKOS}altLabel> {labelled(alias, ARTICLE_LANGUAGE)}"
    yield from _change_pairs(lists)
    for curie in lists.get("succeeded_by", ()):
        yield f"{egov('succeededBy')} <{entities[curie].iri}>"
    for iri in lists.get("same_as", ()):
        yield f"<{OWL}sameAs> <{iri}>"
    for component in lists.get("component", ()):
        yield f"{egov('implementsComponent')} <{shipped_components()[component]}>"


def _change_pairs(lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Write the changes of a unit in words, and its former names as aliases."""
    for name in former_names(lists):
        yield f"<{SKOS}altLabel> {labelled(name, ARTICLE_LANGUAGE)}"
    for change in map(read_unit_change, lists.get(CHANGES, ())):
        yield from (f"{egov('unitChange')} {labelled(change.text(lang), lang)}" for lang in languages())
