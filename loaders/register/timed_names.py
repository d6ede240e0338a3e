"""Labels that end in the time for which a thing exists: “… (đến 2025-06-30)”, “… (từ 2025-07-01)”."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...problems import FaultError
from ..text.dates import read_date

if TYPE_CHECKING:
    from ..text.dates import StatedTime
    from .entity import RegisterEntity

_SINCE, _UNTIL = "từ", "đến"
_TIME = re.compile(rf"\s*\(({_SINCE}|{_UNTIL})\s+(?:(?:ngày|tháng|năm)\s+)?([^()\s]+)\)$")


@dataclass(frozen=True, slots=True)
class TimedName:
    """A label without the time at its end.

    :param since: time from which the thing exists; ``None`` if the label does not say it
    :param until: time until which it exists; likewise
    """

    name: str
    since: StatedTime | None = None
    until: StatedTime | None = None


def read_timed_name(label: str) -> TimedName:
    """Take the time at the end off a label.

    :returns: the label as it is, without times, if it ends in no time

    >>> read_timed_name("LGSP Sơn La (đến 30/6/2025)").until.edtf, read_timed_name("Trung tâm (IOC)").name
    ('2025-06-30', 'Trung tâm (IOC)')
    """
    if match := _TIME.search(label):
        with suppress(FaultError):
            time = read_date(match[2])
            name = label[: match.start()]
            return TimedName(name, since=time) if match[1] == _SINCE else TimedName(name, until=time)
    return TimedName(label)


def may_exist(entity: RegisterEntity, time: StatedTime | None) -> bool:
    """Tell whether a thing can have existed at a time, by its keys `from` and `until` and by its label.

    :param time: ``None`` if it is unknown, at which everything can have existed
    """
    if time is None:
        return True
    label = read_timed_name(entity.label)
    start, end = entity.values.get("from"), entity.values.get("until")
    starts = [moment for moment in (label.since, read_date(start) if start else None) if moment]
    ends = [moment for moment in (label.until, read_date(end) if end else None) if moment]
    return all(moment.earliest <= time.latest for moment in starts) and all(
        moment.latest >= time.earliest for moment in ends
    )
