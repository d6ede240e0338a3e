"""Which statements count for which cell of province × component, and what each of them says.

A statement counts for a component when it names a thing that realises it: a thing of a class that the
component lists, or one that the register ties to it (the register goes before the class). It counts for
the province of that thing's territory; for a national thing, for the province that the statement names or
whose body it names. A task, goal or limitation counts through what it concerns.

Where statements tell outright of a thing's presence (whom it serves, whose it is), another relation of it,
such as a connection or a result, no longer speaks of its being there or planned.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ..graph.names import CODE, EGOV, with_prefixes
from .values import short_name, text_of
from .verdicts import Sign, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..graph.store import Store
    from .reference import Component

Cell = tuple[str, str]  # IRI of a province, code of a component

# A denial of one of these says that the thing is not there; a denial of another relation does not.
PRESENCE = frozenset({"serves", "ofTerritory", "architectureOf", "operates", "operatedBy", "ownedBy", "owns"})
_INTENT = frozenset({"hasGoal", "hasTask", "hasLimitation"})
_ASIDE = frozenset({"considers", "concerns"})  # speaking of a thing says nothing of its being there
# Plain scans, joined in Python: one query with all of it takes four times as long on a large graph.
_CLAIMS = """
SELECT ?claim ?subject ?predicate ?status ?polarity ?stated ?object {
  ?claim %s ?object ; egov:subject ?subject ; egov:predicate ?predicate ; egov:status ?status ;
    egov:polarity ?polarity ; egov:statedOn ?stated
}"""
_REALISING = """
SELECT DISTINCT ?component ?thing ?byClass {
  { VALUES (?component ?class) { %s } ?thing a ?class . BIND(true AS ?byClass) }
  UNION { ?thing egov:implementsComponent ?component }
  UNION { VALUES (?component ?thing) { %s } }
}"""
_CONCERNS = "SELECT DISTINCT ?item ?thing { ?item egov:concerns ?thing }"
_EARLIEST = "SELECT ?claim ?day { ?claim egov:earliest ?day }"
_UNTIL = "SELECT ?claim ?day { ?claim egov:validTo ?ends ; egov:latest ?day }"
_GUESSES = 'SELECT ?claim { ?claim egov:certainty "low" }'
_TERRITORIES = "SELECT DISTINCT ?thing ?unit { ?thing egov:ofTerritory ?unit }"
_UNITS = """
SELECT DISTINCT ?unit ?within ?type {
  VALUES ?type { egov:Province egov:District egov:Commune }
  ?unit a ?type . OPTIONAL { ?unit egov:within ?within }
}"""
_VERSIONS = """
SELECT DISTINCT ?thing ?version {
  ?claim egov:predicate egov:versionLabel ; egov:subject ?thing ; egov:literal ?version
}"""


@dataclass(frozen=True)
class Places:
    """Where things belong: units, the province above each, and the territory of each thing."""

    province: Mapping[str, str]  # unit -> its province, itself for a province
    territory: Mapping[str, str]

    @classmethod
    def of(cls, store: Store) -> Places:
        """Read them; two queries, linear in the number of things with a territory."""
        above: dict[str, str] = {}
        provinces = set()
        for unit, within, kind in store.select(with_prefixes(_UNITS)).rows:
            above.setdefault(text_of(unit), text_of(within))
            if text_of(kind) == EGOV + "Province":
                provinces.add(text_of(unit))
        province = {unit: found for unit in above if (found := _top(unit, above, provinces))}
        rows = store.select(with_prefixes(_TERRITORIES)).rows
        return cls(province, {text_of(thing): text_of(unit) for thing, unit in rows})

    def of_thing(self, thing: str) -> set[str]:
        """Name the unit that a thing is, or whose it is; none for a national thing."""
        unit = thing if thing in self.province else self.territory.get(thing, "")
        return {unit} & self.province.keys()


def _top(unit: str, above: Mapping[str, str], provinces: set[str]) -> str | None:
    seen: set[str] = set()
    while unit and unit not in seen:
        if unit in provinces:
            return unit
        seen.add(unit)
        unit = above.get(unit, "")
    return None


@dataclass(frozen=True, slots=True)
class _Raw:
    """A row of the queries, as plain values."""

    component: str
    thing: str
    claim: str
    others: tuple[str, ...]
    predicate: str
    status: str
    polarity: str
    stated: date
    earliest: date | None
    until: date | None
    by_class: bool
    is_other_version: bool
    is_item: bool  # a task, goal or limitation of somebody else that concerns the thing


def candidates(
    store: Store,
    components: Sequence[Component],
    *,
    as_of: date,
    known_by: date | None = None,
    places: Places | None = None,
) -> dict[Cell, list[Statement]]:
    """Collect the statements that count for each cell on a day.

    A statement holds from its own date where it bears one, else from the day it was said; a plan from the
    day it was said. One whose end has passed no longer counts, nor does a guess (certainty low).

    :param as_of: the day the question is about
    :param known_by: leave out what was said after this day; all is known when it is ``None``
    :param places: where things belong, when it was read before
    :returns: (province, component code) -> statements in order of id; silent cells are missing

    Cost: ten queries; linear in the claims of the store, about 20 µs each.
    """
    places = places or Places.of(store)
    rows = [
        raw
        for raw in _rows(store, components)
        if (known_by is None or raw.stated <= known_by) and _counts(raw, as_of)
    ]
    told = {raw.thing for raw in rows if raw.predicate in PRESENCE}
    cells: dict[Cell, dict[str, Statement]] = defaultdict(dict)
    for raw in rows:
        sign = sign_of(raw.predicate, raw.status, raw.polarity)
        if sign is None or (raw.thing in told and not _adds(raw, sign)):
            continue
        for unit in _units(places, raw):
            province = places.province[unit]
            here = Sign.ASIDE if raw.is_other_version else _from_below(sign) if unit != province else sign
            _keep(cells[province, raw.component], _statement(raw, here))
    return {cell: [found[key] for key in sorted(found)] for cell, found in sorted(cells.items())}


def sign_of(predicate: str, status: str, polarity: str) -> Sign | None:
    """Say what a statement means for the thing it names; ``None`` when it says nothing of its being there.

    >>> sign_of("serves", "planned", "asserted"), sign_of("connectsTo", "operational", "denied")
    (<Sign.PLANNED: 'planned'>, None)
    """
    if predicate in _ASIDE:
        return None
    if polarity == "denied":
        return Sign.ABSENT if predicate in PRESENCE else None
    if predicate == "hasLimitation":
        return Sign.LIMITED
    if predicate == "hasGoal":
        return Sign.PLANNED
    if predicate == "hasTask" and status in {"operational", "completed"}:
        return Sign.UNDER_WAY
    return _SIGNS[status]


_SIGNS = {
    "operational": Sign.PRESENT,
    "completed": Sign.PRESENT,
    "under-construction": Sign.UNDER_WAY,
    "pilot": Sign.UNDER_WAY,
    "planned": Sign.PLANNED,
    "approved": Sign.PLANNED,
    "limited": Sign.LIMITED,
    "retired": Sign.ABSENT,
}


def _from_below(sign: Sign) -> Sign:
    """Say what a statement of a lower unit means for its province: there in part, or nothing that counts."""
    return Sign.PARTIAL if sign is Sign.PRESENT else Sign.ASIDE


def _adds(raw: _Raw, sign: Sign) -> bool:
    """Tell whether a statement still counts for a thing whose presence others tell outright."""
    return raw.predicate in PRESENCE or sign is Sign.LIMITED or (raw.is_item and raw.predicate != "hasGoal")


def _keep(found: dict[str, Statement], one: Statement) -> None:
    """Hold one statement a claim: in the province itself before one of its units."""
    if one.id not in found or found[one.id].sign in {Sign.PARTIAL, Sign.ASIDE}:
        found[one.id] = one


def _units(places: Places, raw: _Raw) -> set[str]:
    """Name the units that a statement counts for.

    A thing that belongs to nobody known, and is what it is by its class alone, counts only where it is told
    outright whom it serves: a system connected to a platform does not make the platform its province's.
    """
    own = places.of_thing(raw.thing)
    is_told = raw.predicate == "serves"
    served = {other for other in raw.others if is_told and other in places.province}
    if own or raw.by_class:
        return own | served
    return set().union(*(places.of_thing(other) for other in raw.others))


def _counts(raw: _Raw, as_of: date) -> bool:
    ended = raw.until is not None and raw.until < as_of
    return not ended and _since(raw) <= as_of


def _since(raw: _Raw) -> date:
    """Tell from when on a statement holds: a plan is known when it is said, whatever day it is for."""
    planned = raw.status in {"planned", "approved"} or raw.predicate in _INTENT
    return raw.stated if planned or raw.earliest is None else raw.earliest


def _statement(raw: _Raw, sign: Sign) -> Statement:
    since = _since(raw)
    return Statement(short_name(raw.claim), sign, since, raw.earliest is not None and since == raw.earliest)


def _rows(store: Store, components: Sequence[Component]) -> Iterator[_Raw]:
    """Join claims with what realises a component; six scans, linear in claims and realising things."""
    realised = _realised(store, components)
    concerned = _pairs(store, _CONCERNS)
    earliest, until = _days(store, _EARLIEST), _days(store, _UNTIL)
    guesses = {text_of(row[0]) for row in store.select(with_prefixes(_GUESSES)).rows}
    for relation in ("egov:object", "egov:literal"):
        for row in store.select(with_prefixes(_CLAIMS % relation)).rows:
            claim, subject, predicate, status, polarity, stated, target = map(text_of, row)
            ends = (subject, target) if relation == "egov:object" else (subject,)
            named = [(thing, False) for thing in ends if thing in realised]
            name = _name(predicate)
            if name in _INTENT and target in concerned:
                named += [(thing, True) for thing in concerned[target] if thing in realised]
            if not named or claim in guesses:
                continue
            for thing, is_item in named:
                for component, by_class, is_other in realised[thing]:
                    yield _Raw(
                        component=component,
                        thing=thing,
                        claim=claim,
                        others=tuple(end for end in ends if end != thing),
                        predicate=name,
                        status=_name(status),
                        polarity=_name(polarity),
                        stated=_day(stated),
                        earliest=earliest.get(claim),
                        until=until.get(claim),
                        by_class=by_class,
                        is_other_version=is_other,
                        is_item=is_item,
                    )


@lru_cache(maxsize=4096)
def _name(iri: str) -> str:
    """Take the last part of the address of a term or code."""
    return iri.removeprefix(EGOV).removeprefix(CODE)


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _realised(store: Store, components: Sequence[Component]) -> dict[str, list[tuple[str, bool, bool]]]:
    """Map things to the codes of what they realise, whether by class alone, whether of another version.

    A thing that the register ties to a component is that and nothing else; an architecture must bear the
    version that a component asks for.
    """
    by_class = " ".join(f"(<{each.iri}> <{kind}>)" for each in components for kind in each.classes)
    by_name = " ".join(f"(<{each.iri}> <{thing}>)" for each in components for thing in each.entities)
    wanted = {each.iri: each for each in components}
    versions = _pairs(store, _VERSIONS)
    found: dict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    named = set()
    for row in store.select(with_prefixes(_REALISING % (by_class, by_name))).rows:
        component, thing, is_class = wanted.get(text_of(row[0])), text_of(row[1]), row[2] is not None
        if not is_class:
            named.add(thing)
        if component:
            is_other = component.version is not None and component.version not in versions.get(thing, ())
            found[thing].append((component.code, is_class, is_other))
    return {
        thing: sorted({one for one in each if not (one[1] and thing in named)})
        for thing, each in found.items()
    }


def _pairs(store: Store, query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in store.select(with_prefixes(query)).rows:
        found[text_of(key)].append(text_of(value))
    return found


def _days(store: Store, query: str) -> dict[str, date]:
    rows = store.select(with_prefixes(query)).rows
    return {text_of(claim): date.fromisoformat(text_of(day)) for claim, day in rows}
