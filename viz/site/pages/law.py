"""The page of law: the links that it asks of provinces, and the register of documents in force."""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from ....queries.planning.ask import DutyQuestion, ask_duties
from ....queries.planning.duties import read_duties
from ....queries.planning.remarks import remark_text
from ....queries.questions.ask import NamedQuestion, ask_question
from ....words import DEFAULT_LANGUAGE, languages
from ...shared.places import short_territory_name
from ...tables.targets import document_text
from ..content.data_files import csv_bytes, json_bytes, table_alternates
from ..content.evidence import fact_quotes
from ..content.forms import with_shown_days
from ..content.model import File, Page
from ..content.paths import gap_path
from ..content.statements import StatementWording
from ..content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.planning.duties import DutyReport, DutyStanding
    from ..content.model import Context
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
    standings = report.as_dicts(DEFAULT_LANGUAGE)
    yield File("law.json", json_bytes(standings))
    yield File("law.csv", csv_bytes(_COLUMNS, map(itemgetter(*_COLUMNS), standings)))


def _context(site: Site, report: DutyReport, lang: str) -> Context:
    wording = StatementWording(site.snapshot, lang)
    parameters = {"date": report.as_of.isoformat()}
    register = ask_question(site.snapshot.store, NamedQuestion(_IN_FORCE, parameters, lang))
    columns = [column.name for column in register.columns]
    return {
        "as_of": report.as_of.isoformat(),
        "remarks": [with_shown_days(remark_text(remark, lang), lang) for remark in report.scope],
        "provinces": list(dict.fromkeys(standing.judged.province for standing in report.standings)),
        "rows": _rows(report),
        "stated": [standing for standing in report.standings if standing.facts],
        "document": lambda duty: document_text(duty, lang),
        "quotes": lambda standing: fact_quotes(wording, standing.facts),
        "gap_page": lambda province: (
            gap_path(province.curie) if province.iri in site.snapshot.compared_provinces else ""
        ),
        "short_name": lambda province: short_territory_name(province.label(lang), lang),
        "register": [dict(zip(columns, row, strict=True)) for row in register.rows],
    }


def _rows(report: DutyReport) -> list[list[DutyStanding]]:
    """Group the cells by duty, provinces in order."""
    rows: dict[str, list[DutyStanding]] = {}
    for standing in report.standings:
        rows.setdefault(standing.duty.iri, []).append(standing)
    return list(rows.values())
