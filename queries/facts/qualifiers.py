"""The qualifiers of statements: times, levels, extent, topics."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from ...graph.names import CODE, EGOV, ID, with_prefixes
from ...ontology.codes import code_list, find_code
from ...words import DEFAULT_LANGUAGE
from .values import language_of, short_name, text_of, value_of
from .wording import values_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ...graph.store import RdfTerm, Store

Qualifier: TypeAlias = "str | Decimal | tuple[str | int, ...]"
QualifiersByIri: TypeAlias = "dict[str, Mapping[str, Qualifier]]"  # statement or item -> its qualifiers

# relation -> the contract's word for it
_TIMES = {
    "validFrom": "from",
    "validTo": "to",
    "asOf": "as_of",
    "dueBy": "due_by",
    "period": "period",
    "baseline": "baseline",
}
_CODES = {"extent": "extent", "figureKind": "kind"}
_TEXTS = {"note": "note", "certainty": "certainty"}
_MULTIPLE = {
    "atGovernmentLevel": "scope",
    "atServiceLevel": "level",
    "about": "about",
    "concerns": "about",
    "responsible": "responsible",
    "saidBy": "said_by",
}
_POPULATION, _POPULATION_TEXT, _OF = "population", "populationText", "of"
_LEVELLED = frozenset({"atGovernmentLevel", "atServiceLevel"})
_NUMBERS = {"denominator": "denominator"}
_CURIE = re.compile(r"[a-z][a-z0-9]*:\S+")
_BEARERS = tuple(f"{ID}{folder}/" for folder in ("claim", "figure", "item"))
_PLAIN = "SELECT ?bearer ?relation ?value { %s ?bearer ?relation ?value %s }"
_THINGS = (
    "SELECT DISTINCT ?bearer ?relation ?value { %s ?bearer ?relation ?thing . ?thing egov:curie ?value %s }"
)


def population_texts(by_language: Mapping[str, Mapping[str, Qualifier]]) -> Mapping[str, str]:
    """Return the words of a population by language; empty if it is an entity, or not stated.

    :param by_language: language → qualifiers of one statement in that language

    >>> population_texts({"vi": {"of": "ba sở"}, "en": {"of": "three departments"}})
    {'vi': 'ba sở', 'en': 'three departments'}
    >>> population_texts({"vi": {"of": "bk:co-quan"}, "en": {"of": "bk:co-quan"}})
    {}
    """
    stated = {lang: bounds[_OF] for lang, bounds in by_language.items() if _OF in bounds}
    return {lang: str(text) for lang, text in stated.items() if not _CURIE.fullmatch(str(text))}


def qualifiers(store: Store, among: Collection[str], lang: str = DEFAULT_LANGUAGE) -> QualifiersByIri:
    """Read the qualifiers of statements and items.

    :param among: addresses of the statements and items required; others may be read too
    :param lang: language of a population in words; the default language if it is not translated
    :returns: address → key of the qualifier → value, a tuple if the key can be repeated; statements without
        qualifiers are missing
    """
    bearing = (row for row in _rows(store, among) if row[0].startswith(_BEARERS))  # register entities do not
    single: dict[str, dict[str, Qualifier]] = defaultdict(dict)
    multiple: dict[str, dict[str, list[str | int]]] = defaultdict(lambda: defaultdict(list))
    for bearer, relation, value in bearing:
        name = relation.removeprefix(EGOV)
        if name in _MULTIPLE:
            multiple[bearer][_MULTIPLE[name]].append(_multiple_value(name, text_of(value)))
        elif name != _POPULATION_TEXT:
            word, read = _SINGLE[name]
            single[bearer][word] = read(value)
        elif _OF not in single[bearer] or language_of(value) == lang:
            single[bearer][_OF] = text_of(value)
    for bearer, words in multiple.items():
        single[bearer].update({word: tuple(sorted(values, key=_order)) for word, values in words.items()})
    return dict(single)


def _rows(store: Store, among: Collection[str]) -> Iterator[tuple[str, str, RdfTerm | None]]:
    limit = values_line("bearer", among)
    plain = (*(_SINGLE.keys() - {_POPULATION}), *_LEVELLED, _POPULATION_TEXT)
    of_entities = (*(_MULTIPLE.keys() - _LEVELLED), _POPULATION)
    for query, names in ((_PLAIN, plain), (_THINGS, of_entities)):
        relations = [f"egov:{name}" for name in sorted(names)]
        # two VALUES on one pattern make the engine scan all of it, so the second limit is a FILTER
        if limit:
            text = query % (limit, f"FILTER(?relation IN ({', '.join(relations)}))")
        else:
            text = query % (f"VALUES ?relation {{ {' '.join(relations)} }}", "")
        for bearer, relation, value in store.select(with_prefixes(text)).rows:
            yield text_of(bearer), text_of(relation), value


def _multiple_value(name: str, text: str) -> str | int:
    code = text.removeprefix(CODE)
    if name == "atServiceLevel":
        level = find_code(code).written
        return int(level) if level.isdigit() else level
    return code


def _order(value: str | int) -> tuple[int, str]:
    """Return the sort key of a value: rank of a government level, number of a service level, or the name."""
    rank = next((level.rank for level in code_list("GovernmentLevel") if level.slug == value), 0)
    return (value, "") if isinstance(value, int) else (rank, value)


def _slug(term: RdfTerm | None) -> Qualifier:
    return text_of(term).removeprefix(CODE)


def _number(term: RdfTerm | None) -> Qualifier:
    value = value_of(term)
    return Decimal(value) if isinstance(value, (int, Decimal)) else text_of(term)


_SINGLE: Mapping[str, tuple[str, Callable[[RdfTerm | None], Qualifier]]] = {
    **{name: (word, text_of) for name, word in {**_TIMES, **_TEXTS}.items()},
    **{name: (word, _slug) for name, word in _CODES.items()},
    **{name: (word, _number) for name, word in _NUMBERS.items()},
    _POPULATION: (_OF, text_of),
    "partOfFigure": ("part_of", lambda term: short_name(text_of(term))),
}
