"""Assignment of statements to cells (province × component), each with its sign (present, planned, absent …).

A statement counts for a component when it names an entity that realises the component: an entity of a class
that the component lists, or one that the register assigns to it (the register takes precedence). It counts
for the province where the entity is located; for a national entity, for the province that the statement
names, directly or through one of its bodies. A task, goal or limitation counts for the entity that it
concerns.

If statements say explicitly that an entity is present (whom it serves, who owns it), its other relations,
such as a connection or a result, are no longer evidence that it is present or planned.

Statements that name a component but do not count are kept with the reason; a cell is silent only if no
statement concerns it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ....ontology.statuses import find_status
from ....ontology.verdicts import AsideReason, GapSign
from ...facts.territories import Territories
from ...facts.values import short_name
from .candidate_rows import FIGURE, INTENT
from .verdicts import SetAside, WeighedStatement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from .candidate_rows import CandidateRow

    _Weighed: TypeAlias = tuple[CandidateRow, WeighedStatement]

CellKey = tuple[str, str]  # IRI of a province, code of a component
# A denial of one of these says that the thing is not there; a denial of another relation does not.
PRESENCE = frozenset({"serves", "ofTerritory", "architectureOf", "operates", "operatedBy", "ownedBy", "owns"})
# What may say of a thing that it has ended; the end of a connection is not the end of what it joined.
_ENDING = PRESENCE | {"hasResult", "availability"}
_SIGN_OF_ITEM = {"hasLimitation": GapSign.LIMITED, "hasGoal": GapSign.PLANNED}  # whatever the status
_WEAK_SIGNS = frozenset({GapSign.PARTIAL, GapSign.ASIDE})
_FAINT_REASONS = frozenset({AsideReason.GUESS, AsideReason.MENTIONED})
_ASIDE = frozenset({"considers", "concerns"})  # speaking of a thing says nothing of its being there


def candidates(
    candidate_rows: Iterable[CandidateRow], places: Territories, *, as_of: date, known_by: date | None = None
) -> dict[CellKey, list[WeighedStatement]]:
    """Collect the statements that concern each cell on a day.

    A statement holds from its own date if it has one, else from the day it was made; a plan always from the
    day it was made. An entity that is operational up to a day ends on that day. Guesses, ended entities,
    other versions and mere mentions are listed with the reason but do not count.

    :param candidate_rows: the statements about entities that realise the components
    :param places: location of the entities
    :param as_of: the day the question is about
    :param known_by: statements made after this day are left out; ``None`` to include all
    :returns: (province, component code) → statements in order of id; silent cells are missing

    Cost: linear in the statements, about 10 µs each.
    """
    rows = [
        (row, since)
        for row in candidate_rows
        if (known_by is None or row.stated <= known_by) and (since := _since(row)) <= as_of
    ]
    with_presence = {row.entity for row, _ in rows if row.predicate in PRESENCE and not row.is_guess}
    cells: dict[CellKey, _CellStatements] = defaultdict(_CellStatements)
    for row, since in rows:
        sign = sign_of(row.predicate, row.status, is_denied=row.is_denied)
        if row.entity in with_presence and (sign is None or row.is_guess or not _adds(row, sign)):
            continue
        for unit in _units(places, row):
            province = places.province[unit]
            weighed = _weigh(row, since, sign, is_below=unit != province, as_of=as_of)
            cells[province, row.component].add(row, weighed)
    return {cell: cells[cell].settled() for cell in sorted(cells)}


@dataclass
class _CellStatements:
    """The statements of a cell, by id: their rows, and what they mean for the cell."""

    by_id: dict[str, _Weighed] = field(default_factory=dict)

    def add(self, row: CandidateRow, weighed: WeighedStatement) -> None:
        """Add a statement, unless its claim already has one that counts fully.

        A statement that counts in part, as of a lower unit, or not at all is replaced by the later one.
        """
        if weighed.id not in self.by_id or self.by_id[weighed.id][1].sign in _WEAK_SIGNS:
            self.by_id[weighed.id] = row, weighed

    def settled(self) -> list[WeighedStatement]:
        """List the statements in order of id, after those about ended entities have been set aside.

        If another entity still realises the component, statements about ended entities do not count. Mentions
        and guesses are kept only if there are no other statements.
        """
        pairs = [self.by_id[key] for key in sorted(self.by_id)]
        ends = _latest_days([pair for pair in pairs if not pair[0].is_denied], GapSign.ABSENT)
        statements = _without_ended(pairs, ends) if ends else [weighed for _, weighed in pairs]
        if all(weighed.sign is GapSign.ASIDE for weighed in statements):
            return statements
        return [weighed for weighed in statements if not _is_faint(weighed)]


def _latest_days(pairs: Iterable[_Weighed], sign: GapSign) -> dict[str, date]:
    """Map each entity to the latest day from which a statement with the sign holds."""
    days: dict[str, date] = {}
    for row, weighed in pairs:
        if weighed.sign is sign:
            days[row.entity] = max(weighed.since, days.get(row.entity, weighed.since))
    return days


def _without_ended(pairs: Sequence[_Weighed], ends: Mapping[str, date]) -> list[WeighedStatement]:
    """Set aside the statements about ended entities if another entity is still in use.

    :param ends: entity → the latest day on which it ended
    """
    present = _latest_days(pairs, GapSign.PRESENT)
    standing = {entity for entity, day in present.items() if entity not in ends or day >= ends[entity]}
    gone = {entity: day for entity, day in ends.items() if standing and entity not in standing}
    return [_ended(weighed, gone[row.entity]) if row.entity in gone else weighed for row, weighed in pairs]


def _ended(weighed: WeighedStatement, last: date) -> WeighedStatement:
    if weighed.sign is GapSign.ASIDE:
        return weighed
    return weighed._replace(sign=GapSign.ASIDE, set_aside=SetAside(AsideReason.ENDED, last.isoformat()))


def _is_faint(weighed: WeighedStatement) -> bool:
    return weighed.set_aside is not None and weighed.set_aside.reason in _FAINT_REASONS


@lru_cache(maxsize=4096)
def sign_of(predicate: str, status: str, *, is_denied: bool = False) -> GapSign | None:
    """Return the sign of a statement; ``None`` if it says nothing about the presence of the entity.

    >>> sign_of("serves", "planned"), sign_of("connectsTo", "operational", is_denied=True)
    (<GapSign.PLANNED: 'planned'>, None)
    """
    if predicate in _ASIDE:
        return None
    if is_denied:
        return GapSign.ABSENT if predicate in PRESENCE else None
    if predicate in _SIGN_OF_ITEM:
        return _SIGN_OF_ITEM[predicate]
    if predicate == "hasTask" and find_status(status).is_in_force:
        return GapSign.UNDER_WAY
    sign = find_status(status).sign
    return None if sign is GapSign.ABSENT and predicate not in _ENDING else sign


def _weigh(
    row: CandidateRow, since: date, sign: GapSign | None, *, is_below: bool, as_of: date
) -> WeighedStatement:
    """Determine what a statement means for a province; a lower unit or one department counts as partial."""
    has_ended = row.until is not None and row.until < as_of and not _outlasts_its_time(row)
    if aside := _set_aside(row, sign, is_below=is_below, as_of=as_of, has_ended=has_ended):
        return _statement(row, GapSign.ASIDE, since, aside)
    if has_ended and row.until is not None:
        return _statement(row, GapSign.ABSENT, row.until)
    assert sign is not None  # else it is set aside
    in_part = sign is GapSign.PRESENT and (is_below or row.is_of_one_body)
    return _statement(row, GapSign.PARTIAL if in_part else sign, since)


def _set_aside(
    row: CandidateRow, sign: GapSign | None, *, is_below: bool, as_of: date, has_ended: bool
) -> SetAside | None:
    """Find the first reason, in a fixed order, why a statement does not count."""
    is_running = sign is GapSign.PRESENT and row.predicate in PRESENCE
    if row.is_guess:
        return SetAside(AsideReason.GUESS)
    if not row.version.counts:
        detail, required = row.version.version or "", row.version.required or ""
        return SetAside(AsideReason.OTHER_VERSION, detail, required)
    if row.ends is not None and row.ends < as_of:
        return SetAside(AsideReason.ENDED, row.ends.isoformat())
    if has_ended and row.until is not None and (is_below or not is_running):
        return SetAside(AsideReason.ENDED, row.until.isoformat())
    if sign is None:
        return SetAside(AsideReason.MENTIONED)
    return SetAside(AsideReason.LOWER_UNIT) if is_below and sign is not GapSign.PRESENT else None


def _outlasts_its_time(row: CandidateRow) -> bool:
    """Tell whether a statement remains true after its last day: completed work and ended entities."""
    status = find_status(row.status)
    return status.is_ended or (status.is_in_force and not status.is_default)


def _adds(row: CandidateRow, sign: GapSign) -> bool:
    """Tell whether a statement still counts for an entity whose presence others state explicitly."""
    if row.predicate in PRESENCE or sign is GapSign.LIMITED:
        return True
    return (row.predicate == FIGURE and row.own_time is not None) or (
        row.is_item and row.predicate != "hasGoal"
    )


def _units(places: Territories, row: CandidateRow) -> Iterable[str]:
    """Return the units that a statement counts for, each once.

    An entity without a known owner that realises the component only by its class counts only where a
    statement says whom it serves: a system connected to a platform does not assign the platform to the
    province of the system.
    """
    territory = places.unit_of(row.entity)
    if territory is None and not row.by_class:
        return {unit for end in row.ends_of_statement if (unit := places.unit_of(end))}
    own = (territory,) if territory else ()
    if row.predicate != "serves":
        return own
    served = [end for end in row.ends_of_statement if end in places.province]
    return served if territory is None or territory in served else (*served, territory)


def _since(row: CandidateRow) -> date:
    """Return the day from which a statement certainly holds.

    A plan holds from the day it was made, whatever its due date; an end from the last day of its period. A
    month or a year counts from its last day, or from the day of the statement if that lies within it.
    """
    if row.own_time is None and row.until is None:
        return row.stated
    if find_status(row.status).is_ended and row.until is not None and not row.is_denied:
        return row.until
    if _is_intent(row):
        return row.stated
    if row.own_time is None:
        return row.stated if row.until is None else min(row.stated, row.until)
    _, first, settled = row.own_time
    return row.stated if first <= row.stated < settled else settled


def _is_intent(row: CandidateRow) -> bool:
    return find_status(row.status).is_intended or row.predicate in INTENT


def _statement(
    row: CandidateRow, sign: GapSign, since: date, set_aside: SetAside | None = None
) -> WeighedStatement:
    own_time = "" if row.own_time is None or _is_intent(row) else row.own_time.text
    version = row.version.version if row.version.is_successor else None
    return WeighedStatement(
        short_name(row.claim),
        sign,
        since,
        own_time,
        row.stated,
        set_aside,
        version or "",
        row.predicate in PRESENCE or sign is GapSign.LIMITED,
        row.published,
    )
