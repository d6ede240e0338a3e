"""Comparison of provinces with targets that are a component, such as a platform or an issued document.

The verdict is that of the component (`cells.verdicts`), on the due day of the target and on the day of the
question. Only a statement of the due day or later can say that the component was not there in time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...ontology.verdicts import GapSign, TargetVerdict, Verdict
from .cells.framework import ReferenceFramework
from .gaps import gaps_under
from .target_comparison import Obstacle, due_day, has_begun, months_between
from .targets import TargetStanding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from .cells.framework import ComponentTarget
    from .conditions import Conditions
    from .gaps import Gap
    from .provinces import Provinces
    from .units import JudgedProvince

_LACKING = frozenset({Verdict.STATED_GAP, Verdict.IN_PROGRESS, Verdict.PLANNED})


def component_standings(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    targets: Sequence[ComponentTarget],
    conditions: Conditions,
) -> tuple[TargetStanding, ...]:
    """Compare what provinces have with the components that targets ask for.

    :param provinces: the provinces of the store that holds the statements
    :param targets: targets in force on the day of the question
    :param conditions: statements of a time after its day are left out
    :returns: ordered by province, then by target

    Cost: as :func:`~.gaps.gaps`; the statements are read once, and judged on the day of the question and on
    each due day before it.
    """
    as_of = conditions.as_of
    days = {min(due_day(target.period), as_of) for target in targets} | ({as_of} if targets else set())
    on_days = [replace(conditions, as_of=day) for day in sorted(days)]
    cells = _cells_by_day(provinces, judged, targets, on_days)
    return tuple(
        _standing(unit, target, _CellOnDays(cells[as_of], cells[min(due_day(target.period), as_of)]), as_of)
        for unit in judged
        for target in targets
    )


@dataclass(frozen=True)
class _CellOnDays:
    """The cells by province and component, on the day of the question and on the due day."""

    now: Mapping[tuple[str, str], Gap]
    due: Mapping[tuple[str, str], Gap]


def _cells_by_day(
    provinces: Provinces,
    judged: Sequence[JudgedProvince],
    targets: Sequence[ComponentTarget],
    on_days: Sequence[Conditions],
) -> dict[date, dict[tuple[str, str], Gap]]:
    components = {target.component.iri: target.component for target in targets}
    # Targets may ask for components of several frameworks that have one code.
    told_apart = (replace(component, code=iri) for iri, component in components.items())
    framework = ReferenceFramework("", {}, tuple(told_apart), ())
    cells_by_day = gaps_under(provinces, judged, framework, on_days)
    return {
        conditions.as_of: {
            (cell.judged.province.iri, cell.component.iri): replace(
                cell, component=components[cell.component.iri]
            )
            for cell in cells
        }
        for conditions, cells in zip(on_days, cells_by_day, strict=True)
    }


def _standing(
    judged: JudgedProvince, target: ComponentTarget, cells: _CellOnDays, as_of: date
) -> TargetStanding:
    key = judged.province.iri, target.component.iri
    due = due_day(target.period)
    verdict, obstacle = judge_component(cells.now[key], cells.due[key], due, as_of)
    is_silent = verdict is TargetVerdict.NO_FIGURE
    if not has_begun(target.period, as_of):
        verdict, obstacle = TargetVerdict.NOT_DUE, None
    decisive = cells.due[key] if verdict is TargetVerdict.MET else cells.now[key]
    return TargetStanding(
        judged,
        target,
        verdict,
        period=decisive.evidence_day.isoformat() if decisive.evidence_day else None,
        obstacle=obstacle,
        is_reached=None if is_silent else decisive.verdict is Verdict.MET,
        months_left=months_between(as_of, due),
        facts=tuple(decisive.facts(decisive=True)),
        gap=decisive,
        published=decisive.evidence_stated,
    )


def judge_component(now: Gap, then: Gap, due: date, as_of: date) -> tuple[TargetVerdict, Obstacle | None]:
    """Judge a component that has to be in place by a day.

    :param now: its cell on the day of the question
    :param then: its cell on the due day, or on the day of the question if that is earlier
    """
    if now.verdict.lacks_evidence:
        return TargetVerdict.NO_FIGURE, None
    if as_of < due:
        return TargetVerdict.NOT_DUE, None
    if then.verdict is Verdict.MET:
        return TargetVerdict.MET, None
    return _judge_late(now, due)


def _judge_late(now: Gap, due: date) -> tuple[TargetVerdict, Obstacle | None]:
    """Judge a component whose due day has passed, and which no statement says to have been there by then."""
    if now.verdict is Verdict.MET:
        return TargetVerdict.NOT_COMPARABLE, Obstacle.STATED_LATER
    signs = {weighed.sign for weighed in now.deciding_statements}
    if now.verdict not in _LACKING or GapSign.PARTIAL in signs:
        return TargetVerdict.NOT_COMPARABLE, Obstacle.UNDECIDED
    if any(weighed.since >= due for weighed in now.deciding_statements):
        return TargetVerdict.MISSED, None
    return TargetVerdict.NOT_COMPARABLE, Obstacle.STATED_EARLIER
