"""Statements about entities that realise components: one row per statement and entity.

The rows come from simple queries joined in Python; a single query takes four times as long on a large graph.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ....graph.names import CODE, EGOV, with_prefixes
from ....graph.text import spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ....graph.store import Store
    from .framework import ReferenceComponent

_NUMBERS = re.compile(r"\d+")
FIGURE = "measures"  # stands for the predicate of a figure
INTENT = frozenset({"hasGoal", "hasTask", "hasLimitation"})
_CLAIMS = """
SELECT ?claim ?subject ?predicate ?status ?stated ?object {
  ?claim %s ?object ; egov:subject ?subject ; egov:predicate ?predicate ; egov:status ?status ;
    egov:statedOn ?stated
}"""
_FIGURES = """
SELECT ?claim ?subject ?status ?stated {
  ?claim egov:value ?value ; egov:subject ?subject ; egov:figureKind code:result ; egov:status ?status ;
    egov:statedOn ?stated ; egov:comparator ?comparator
  FILTER(?value > 0 && ?comparator NOT IN (code:at-most, code:less-than))
}"""
_PUBLISHED = """
SELECT DISTINCT ?claim ?published {
  ?claim egov:statedFrom ?first ; egov:evidence/egov:inArticle/egov:published ?published
}"""
_DENIED = "SELECT ?claim ?polarity { VALUES ?polarity { code:denied } ?claim egov:polarity ?polarity }"
_REALISING = """
SELECT ?component ?thing ?byClass {
  { VALUES (?component ?class) { %s } ?thing a ?class . BIND(true AS ?byClass) }
  UNION { ?thing egov:implementsComponent ?component }
  UNION { VALUES (?component ?thing) { %s } }
}"""
_NAMED = """
SELECT DISTINCT ?component ?thing ?name {
  VALUES (?component ?class) { %s } ?thing a ?class ; egov:curie ?curie ; rdfs:label ?name
}"""
_TECHNICAL = EGOV + "TechnicalComponent"  # what a name is looked for among, where no class is named
_CONCERNS = "SELECT DISTINCT ?item ?thing { ?item egov:concerns ?thing }"
# From the time that yields to the one that rules: a first day before an "as of", that before a period.
_OWN_TIMES = tuple(
    f"SELECT ?claim ?time {{ ?claim egov:{name} ?time }}" for name in ("period", "asOf", "validFrom")
)
_UNTIL = "SELECT ?claim ?day { ?claim egov:validTo ?ends ; egov:latest ?day }"
_ENDED = "SELECT DISTINCT ?thing ?day { ?thing egov:curie ?curie ; egov:validTo ?day }"
_GUESSES = 'SELECT ?claim ?certainty { VALUES ?certainty { "low" } ?claim egov:certainty ?certainty }'
_OF_A_DEPARTMENT = """
SELECT DISTINCT ?thing ?body {
  ?claim egov:predicate egov:ownedBy ; egov:subject ?thing ; egov:object ?body . ?body a egov:Department
  FILTER NOT EXISTS { ?other egov:predicate egov:serves ; egov:subject ?thing }
}"""
_VERSIONS = """
SELECT DISTINCT ?thing ?version {
  ?claim egov:predicate egov:versionLabel ; egov:subject ?thing ; egov:literal ?version
}"""


_EDTF_OPEN = frozenset({"", ".."})


class VersionMatch(NamedTuple):
    """Result of comparing the version of an entity with the version that a component requires.

    :param required: `None` if any version is accepted
    :param version: the version of the entity, of several the nearest; `None` if none is stated
    :param counts: whether the version is the required one or a later one
    """

    required: str | None = None
    version: str | None = None
    counts: bool = True

    @property
    def is_successor(self) -> bool:
        """Whether the version counts because it is later than the required one."""
        return self.counts and self.version is not None and self.version != self.required


_ANY_VERSION = VersionMatch()
_Realised = tuple[str, bool, VersionMatch]  # code, by class alone, its version


class OwnTime(NamedTuple):
    """The time from which a statement holds, as the statement itself dates it.

    :param text: as stated, such as `2019` or `2019-12-01`
    :param first: the first day that the text can mean
    :param settled: the last day that the text can mean, from which the statement certainly holds; for `2019`,
        2019-12-31
    """

    text: str
    first: date
    settled: date


class CandidateRow(NamedTuple):
    """A statement about an entity that realises a component, as plain values.

    :param ends_of_statement: the other entities that the statement names
    :param predicate: local name of the predicate; :data:`FIGURE` for a figure
    :param own_time: the date that the statement itself gives; `None` without one
    :param until: the last day on which the statement holds by its own date
    :param ends: the last day on which the entity exists; `None` while it exists
    :param by_class: whether the entity realises the component only because of its class
    :param version: how the version of the entity compares with the required one
    :param is_guess: whether the annotator was unsure of the statement
    :param is_item: whether the statement is a task, goal or limitation that concerns the entity
    :param is_of_one_body: whether the only known reach of the entity is that one department owns it
    :param published: when its article was published, in EDTF; empty if that is the day `stated`
    """

    component: str
    entity: str
    claim: str
    ends_of_statement: tuple[str, ...]
    predicate: str
    status: str
    is_denied: bool
    stated: date
    own_time: OwnTime | None
    until: date | None
    ends: date | None
    by_class: bool
    version: VersionMatch
    is_guess: bool
    is_item: bool
    is_of_one_body: bool
    published: str = ""


@dataclass(frozen=True)
class _Scans:
    """Optional properties of claims and entities, each as a map from IRI to value."""

    denied: Mapping[str, str]
    guesses: Mapping[str, str]
    own_times: Mapping[str, str]
    until: Mapping[str, str]
    ends: Mapping[str, str]
    of_department: Mapping[str, str]
    published: Mapping[str, str]
    concerned: Mapping[str, Sequence[str]]

    def own_time(self, claim: str) -> OwnTime | None:
        """Return the time from which a claim holds by its own date."""
        return read_own_time(self.own_times[claim]) if claim in self.own_times else None

    def last_day(self, claim: str) -> date | None:
        """Return the last day on which a claim holds by its own date."""
        return _day(self.until[claim]) if claim in self.until else None

    def end_of(self, entity: str) -> date | None:
        """Return the last day on which an entity exists; `None` while it exists."""
        return _last_day(self.ends[entity]) if entity in self.ends else None

    @classmethod
    def of(cls, store: Store) -> _Scans:
        """Read the properties from a store; ten queries."""

        def pairs(query: str) -> dict[str, str]:
            return {row[0]: row[1] for row in store.texts(with_prefixes(query))}

        return cls(
            pairs(_DENIED),
            pairs(_GUESSES),
            {claim: time for query in _OWN_TIMES for claim, time in pairs(query).items()},
            pairs(_UNTIL),
            pairs(_ENDED),
            pairs(_OF_A_DEPARTMENT),
            pairs(_PUBLISHED),
            _lists(store, _CONCERNS),
        )


def candidate_rows(store: Store, components: Sequence[ReferenceComponent]) -> Iterator[CandidateRow]:
    """List the statements about entities that realise the components, including guesses.

    Cost: about a dozen scans, linear in the claims of the store, about 15 µs each.
    """
    realised, scans = _realised(store, components), _Scans.of(store)
    for claim, subject, predicate, status, stated, target in _statements(store):
        realising_entities = [(entity, False) for entity in (subject, target) if entity in realised]
        if predicate in INTENT and target in scans.concerned:
            realising_entities += [(entity, True) for entity in scans.concerned[target] if entity in realised]
        statement_entities = (subject, target) if target else (subject,)
        for realising_entity, is_item in realising_entities:
            other_ends = tuple([iri for iri in statement_entities if iri != realising_entity])
            for component, by_class, version in realised[realising_entity]:
                yield CandidateRow(  # by place: by name it takes a fifth longer
                    component,
                    realising_entity,
                    claim,
                    other_ends,
                    predicate,
                    _name(status),
                    claim in scans.denied,
                    _day(stated),
                    scans.own_time(claim),
                    scans.last_day(claim),
                    scans.end_of(realising_entity),
                    by_class,
                    version,
                    claim in scans.guesses,
                    is_item,
                    realising_entity in scans.of_department,
                    scans.published.get(claim, ""),
                )


def _statements(store: Store) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Read the claims about an entity, those with a text as object, and results; a text is no entity."""
    for row in store.texts(with_prefixes(_CLAIMS % "egov:object")):
        yield row[0], row[1], _name(row[2]), row[3], row[4], row[5]
    for row in store.texts(with_prefixes(_CLAIMS % "egov:literal")):
        yield row[0], row[1], _name(row[2]), row[3], row[4], ""
    for row in store.texts(with_prefixes(_FIGURES)):
        yield row[0], row[1], FIGURE, row[2], row[3], ""


@lru_cache(maxsize=4096)
def _name(iri: str) -> str:
    """Return the local name of a term or code."""
    return iri.removeprefix(EGOV).removeprefix(CODE)


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=4096)
def _last_day(text: str) -> date | None:
    """Read a last day; a month or a year means its last day."""
    if not text:
        return None
    year, month, day = (*map(int, text[:10].split("-")), 0, 0)[:3]
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


@lru_cache(maxsize=4096)
def read_own_time(text: str) -> OwnTime | None:
    """Read the time from which a statement holds: certainly from the last day that the text can mean.

    :param text: the time in EDTF; of an interval with an open end, its beginning counts
    :returns: `None` for an interval with an open start

    >>> [str(day) for day in read_own_time("2019")[1:]]
    ['2019-01-01', '2019-12-31']
    >>> read_own_time("2019-10/2019-12").settled.isoformat()
    '2019-12-31'
    """
    beginning, _, end = text.partition("/")
    if beginning in _EDTF_OPEN:
        return None
    settled = _last_day(beginning if end in _EDTF_OPEN else end)
    assert settled is not None  # neither is empty
    year, month, day = (*map(int, beginning[:10].split("-")), 1, 1)[:3]
    return OwnTime(text, date(year, month, day), settled)


@lru_cache(maxsize=4096)
def version_number(label: str) -> tuple[int, ...]:
    """Read the version number in a label; empty if it has none.

    >>> version_number("2.0") < version_number("phiên bản 3.1"), version_number("mới")
    (True, ())
    """
    numbers = [int(part) for part in _NUMBERS.findall(label)]
    while numbers and not numbers[-1]:
        numbers.pop()  # 2.0 is 2
    return tuple(numbers)


def match_version(required: str | None, versions: Sequence[str]) -> VersionMatch:
    """Compare the versions of an entity with the one that a component requires.

    >>> match_version("2.0", ["1.0"]).counts, match_version("2.0", ["1.0", "3.0"]).version
    (False, '3.0')
    """
    if required is None:
        return _ANY_VERSION
    asked = version_number(required)
    same = [version for version in versions if version == required or version_number(version) == asked]
    later = [version for version in versions if version_number(version) > asked]
    counting = (*([required] if same else []), *sorted(later, key=version_number))
    if counting:
        return VersionMatch(required, counting[0])
    return VersionMatch(required, max(versions, key=version_number, default=None), counts=False)


def _realised(store: Store, components: Sequence[ReferenceComponent]) -> dict[str, list[_Realised]]:
    """Map each entity to the components it realises: code, whether by class only, version match.

    If the register assigns components to an entity, its class is ignored; what it says of a component counts
    for the components of other frameworks that correspond to it.
    """
    by_iri = _by_iri(components)
    versions = _lists(store, _VERSIONS)
    realised: dict[str, list[_Realised]] = defaultdict(list)
    registered = set()
    for iri, entity, by_class in store.texts(with_prefixes(_realising(components))):
        if not by_class:
            registered.add(entity)
        for component in by_iri.get(iri, ()):
            version = _version(component, versions, entity)
            realised[entity].append((component.code, bool(by_class), version))
    several = [entity for entity, roles in realised.items() if len(roles) > 1 or entity in registered]
    for entity in several:
        realised[entity] = _without_doubles(realised[entity], is_registered=entity in registered)
    for component, entity in _named(store, components):
        role = component.code, True, _version(component, versions, entity)
        realised[entity] = sorted({*realised[entity], role}, key=lambda role: role[:2])
    return realised


def _version(
    component: ReferenceComponent, versions: Mapping[str, Sequence[str]], entity: str
) -> VersionMatch:
    """Compare the version that a component asks for, if any, with those of an entity."""
    return match_version(component.version, versions.get(entity, ())) if component.version else _ANY_VERSION


def _by_iri(components: Sequence[ReferenceComponent]) -> Mapping[str, Sequence[ReferenceComponent]]:
    """Map the address of each component, and of each counterpart in another framework, to components."""
    by_iri: dict[str, list[ReferenceComponent]] = defaultdict(list)
    for component in components:
        for iri in {component.iri, *component.counterparts}:
            by_iri[iri].append(component)
    return by_iri


def _realising(components: Sequence[ReferenceComponent]) -> str:
    """Build the query for entities by class, register and framework; names are looked up apart."""
    by_class = [part for part in components if not part.phrases]
    classes = " ".join(f"(<{part.iri}> <{kind}>)" for part in by_class for kind in part.classes)
    entities = " ".join(f"(<{part.iri}> <{entity}>)" for part in components for entity in part.entities)
    return _REALISING % (classes, entities)


def _named(
    store: Store, components: Sequence[ReferenceComponent]
) -> Iterator[tuple[ReferenceComponent, str]]:
    """Find the entities whose name has a phrase of a component, and that are of one of its classes."""
    patterns = {part.iri: (part, _phrase_pattern(part.phrases)) for part in components if part.phrases}
    if not patterns:
        return
    pairs = [
        f"(<{iri}> <{kind}>)" for iri, (part, _) in patterns.items() for kind in part.classes or (_TECHNICAL,)
    ]
    for iri, entity, name in store.texts(with_prefixes(_NAMED % " ".join(pairs))):
        component, pattern = patterns[iri]
        if pattern.search(spelling(name)):
            yield component, entity


def _phrase_pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern that finds one of several phrases as whole words.

    >>> bool(_phrase_pattern(["hồ dữ liệu"]).search(spelling("Kho và Hồ dữ liệu tỉnh")))
    True
    >>> bool(_phrase_pattern(["AI"]).search(spelling("Đài phát thanh")))
    False
    """
    return re.compile("|".join(rf"(?<!\w){re.escape(spelling(phrase))}(?!\w)" for phrase in phrases))


def _without_doubles(roles: list[_Realised], *, is_registered: bool) -> list[_Realised]:
    """Remove duplicates; components assigned by the register replace those inferred from the class."""
    return sorted({role for role in roles if not (role[1] and is_registered)}, key=lambda role: role[:2])


def _lists(store: Store, query: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = defaultdict(list)
    for key, value in store.texts(with_prefixes(query)):
        lists[key].append(value)
    return lists
