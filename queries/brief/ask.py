"""The brief of a province: one function from a typed question to a report free of language.

>>> BriefQuestion(province="vn:thai-nguyen-2025").months_ahead
6
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ...errors import QuestionError
from ...words import languages, message
from ..facts.sentences import read_sentences
from ..planning.provinces import Provinces
from .assembly import Assembly
from .remarks import BriefDays
from .report import BriefReport, Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.store import Store
    from ..planning.remarks import Remark
    from ..planning.units import Province

_MONTHS_AHEAD = 6
_QUARTER = 3  # months
_YEAR = 12  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefQuestion:
    """What does the planner of a province have to know for a period?

    :param province: name or CURIE of a province; a former one stands for the present one
    :param since: the day with which the day of the brief is compared; `None` for three months before it
    :param as_of: the day of the brief; `None` for today
    :param framework: short name, version, number, CURIE or label of the framework whose components count;
        `None` for the one in force on the day of the brief, else the default
    :param unverified: whether rules count that were seen in code repositories only, or are recalled
    :param months_ahead: how many months ahead a due day is listed
    :param languages: languages of the sentences, the reader's first; all by default
    """

    province: str = ""
    since: date | None = None
    as_of: date | None = None
    framework: str | None = None
    unverified: bool = False
    months_ahead: int = _MONTHS_AHEAD
    languages: tuple[str, ...] = ()

    @property
    def period(self) -> Period:
        """The days of the brief.

        :raises QuestionError: if the first day is not before the last
        """
        as_of = self.as_of or date.today()
        since = self.since or months_later(as_of, -_QUARTER)
        if since >= as_of:
            raise QuestionError(
                message(__package__, "error.period", since=since.isoformat(), as_of=as_of.isoformat())
            )
        return Period(since, as_of, months_later(as_of, self.months_ahead))


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month.

    >>> months_later(date(2026, 8, 31), 6).isoformat(), months_later(date(2026, 1, 15), -3).isoformat()
    ('2027-02-28', '2025-10-15')
    """
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ask_brief(store: Store, question: BriefQuestion, provinces: Provinces | None = None) -> BriefReport:
    """Make the brief of a province.

    :param provinces: the provinces of the store, if they have been read already
    :raises QuestionError: if the first day of the period is not before the last
    :raises EntityError: if the name matches no unit
    :raises ProvinceError: if the name refers to a unit below a province, or to one without a single successor
    :raises FrameworkError: if no framework, or more than one, has the name

    Cost: about eighty queries; linear in the claims.
    """
    provinces, period = provinces or Provinces(store), question.period
    lang = (question.languages or languages())[0]
    present, remarks = provinces.present(question.province, period.as_of, lang)
    return ask_briefs(store, question, (present,), provinces, remarks)[0]


def ask_briefs(
    store: Store,
    question: BriefQuestion,
    present: Sequence[Province],
    provinces: Provinces | None = None,
    remarks: Sequence[Remark] = (),
) -> tuple[BriefReport, ...]:
    """Make the briefs of provinces for the same days; the store is read once for all of them.

    :param present: provinces; the one that the question names is ignored
    :param remarks: how the names of the provinces were understood
    """
    provinces, period = provinces or Provinces(store), question.period
    framework, unverified = question.framework, question.unverified
    assembly = Assembly.of(provinces, present, period, framework, unverified=unverified)
    sections = {province.iri: assembly.sections(province) for province in present}
    lines = (line for parts in sections.values() for part in parts.values() for line in part)
    claims = {claim for line in lines for claim in line.claims}
    sentences = read_sentences(store, claims, question.languages or languages())
    return tuple(
        BriefReport(
            province=province,
            units=tuple(assembly.units(province).values()),
            period=period,
            lines=sections[province.iri],
            sentences=sentences,
            remarks=(BriefDays(province, period), *remarks, *assembly.remarks(province)),
        )
        for province in present
    )
