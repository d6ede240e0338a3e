"""The page of law: the links that it asks of provinces, and the register of documents in force."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from ....queries.planning.ask import DutyQuestion, ask_duties
from ....queries.planning.duties import read_duties
from ....queries.planning.remarks import remark_text
from ....queries.questions.ask import NamedQuestion, ask_question
from ....words import DEFAULT_LANGUAGE, languages
from ...shared.places import short_territory_name
from ...tables.targets import document_text
from ..content.data_files import record_files, table_alternates
from ..content.evidence import fact_quotes, verdict_doubts
from ..content.forms import with_shown_days
from ..content.model import Page
from ..content.paths import province_path
from ..content.statements import StatementWording
from ..content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.planning.duties import Duty, DutyReport, DutyStanding
    from ....queries.planning.units import Province
    from ..content.model import Context, File
    from ..content.site import Site

__all__ = ["pages"]

_IN_FORCE = "law-in-force"
_COLUMNS = (
    "province",
    "duty",
    "duty_label",
    "dependent",
    "provider",
    "document",
    "clause",
    "in_force_from",
    "due",
    "verdict",
    "since",
    "sourcing",
    "source_unit",
)


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page as of the day of the site; none without articles or duties."""
    store, provinces, day = site.snapshot.store, site.snapshot.provinces, site.snapshot.as_of
    if day is None or not any(duty.is_sourced for duty in read_duties(store)):
        return
    report = ask_duties(store, DutyQuestion(as_of=day, languages=languages()), provinces)
    yield Page(
        path="law.html",
        template="law.html.j2",
        title=titles("law.title"),
        context=partial(_context, site, report),
        section="law",
        alternates=table_alternates("law"),
        scripts=("sort.js",),
    )
    yield from record_files("law", _COLUMNS, report.as_dicts(DEFAULT_LANGUAGE))


def _context(site: Site, report: DutyReport, lang: str) -> Context:
    wording = StatementWording(site.snapshot, lang)
    parameters = {"date": report.as_of.isoformat()}
    register = ask_question(site.snapshot.store, NamedQuestion(_IN_FORCE, parameters, lang))
    columns = [column.name for column in register.columns]
    remarks = (*report.remarks, *report.scope)
    return {
        "as_of": report.as_of.isoformat(),
        "remarks": [with_shown_days(remark_text(remark, lang), lang) for remark in remarks],
        "provinces": list(dict.fromkeys(standing.judged.requested for standing in report.standings)),
        "rows": _rows(report),
        "stated": [standing for standing in report.standings if standing.facts],
        "document": lambda duty: document_text(duty, lang),
        "quotes": lambda standing: fact_quotes(wording, standing.facts),
        "doubts": lambda standing: verdict_doubts(standing.facts, lang),
        "province_page": lambda province: province_path(province.curie),
        "short_name": lambda province: short_territory_name(province.label(lang), lang),
        "register": [dict(zip(columns, row, strict=True)) for row in register.rows],
    }


def _rows(report: DutyReport) -> list[tuple[Duty, list[list[DutyStanding]]]]:
    """Group the cells by duty and province; a province has one for each unit that sources speak of."""
    rows: dict[str, dict[Province, list[DutyStanding]]] = defaultdict(lambda: defaultdict(list))
    for standing in report.standings:
        rows[standing.duty.iri][standing.judged.requested].append(standing)
    cells = (list(by_province.values()) for by_province in rows.values())
    return [(row[0][0].duty, row) for row in cells]
