"""Detection of administrative units in sources and statements of before their first day (KG064)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ...ontology.statuses import find_status
from ...problems import Severity
from ..faults.messages import fault, message
from ..text.dates import read_date

if TYPE_CHECKING:
    from ...problems import Fault
    from ..article.attributes import Attributes
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from ..text.dates import StatedTime

# For so long before its first day a unit is prepared, and what is said of it can be right: systems of the
# provinces of 1 July 2025 were on trial in June 2025.
PREPARATION = timedelta(days=91)
_ENDS = ("to", "asOf", "period")  # attributes after which a statement need not hold any more
_BASELINE = "baseline"  # the time that a figure is compared with


def last_day(attributes: Attributes, published: StatedTime | None) -> date | None:
    """Return the last day that a statement can be about; ``None`` if it says nothing of what was already so.

    Plans and targets are about a time that is still to come. A statement without an end holds at least until
    its article was published.
    """
    if published is None or attributes.is_target or find_status(attributes.status).is_unused:
        return None
    days = [time.latest for name, time in attributes.times.items() if name != _BASELINE]
    if not any(name in attributes.times for name in _ENDS):
        days.append(published.latest)
    return max(days)


def early_unit_fault(
    entity: RegisterEntity, day: date | None, lexicon: Lexicon, preparation: timedelta = timedelta(0)
) -> Fault | None:
    """Warn about a unit, or an entity of a unit, that began only after a day.

    :param day: last day that is spoken of
    :param preparation: for how long before its first day something can be said of a unit
    :returns: the warning, with the units that became this one; cost: linear in the register if there is one
    """
    is_unit = lexicon.fits(entity.kind, "AdministrativeUnit")
    unit = entity if is_unit else lexicon.register.get(entity.values.get("territory", ""))
    start = unit.values.get("from") if unit else None
    if unit is None or day is None or not start or day + preparation >= read_date(start).earliest:
        return None
    return fault(
        "KG064.early-unit" if is_unit else "KG064.of-early-unit",
        Severity.WARNING,
        curie=entity.curie,
        start=start,
        day=day.isoformat(),
        predecessors=lexicon.register.former_units(unit.curie) or (message("no-predecessor"),),
        **({} if is_unit else {"unit": unit.curie}),
    )
