"""The page of targets: the figures in articles compared with targets of national documents."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ....ontology.codes import find_code
from ....queries.planning.ask import TargetQuestion, ask_targets
from ....queries.planning.cells.framework import PER_CENT, NumericTarget
from ....queries.planning.remarks import remark_text
from ....words import DEFAULT_LANGUAGE, label, written_number
from ...tables.columns import verdict_text
from ...tables.targets import document_text
from ..content.data_files import record_files, table_alternates
from ..content.evidence import fact_quotes, verdict_doubts
from ..content.forms import with_shown_days
from ..content.model import Page
from ..content.paths import gap_path
from ..content.statements import StatementWording
from ..content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.planning.cells.framework import LegalTarget
    from ....queries.planning.targets import TargetReport, TargetStanding
    from ..content.model import Context, File
    from ..content.site import Site

__all__ = ["pages"]

_TYPOGRAPHIC_SIGNS = {">=": "≥", "<=": "≤"}
_COLUMNS = (
    "province",
    "target",
    "target_label",
    "document",
    "asked",
    "period",
    "verdict",
    "comparator",
    "value",
    "figure_period",
    "clause",
    "sourcing",
    "component_verdict",
    "needed_per_quarter",
    "source_unit",
)


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page as of the day of the site; none without articles or targets."""
    provinces = site.snapshot.provinces
    question = TargetQuestion(as_of=site.snapshot.as_of, languages=(DEFAULT_LANGUAGE,))
    report = ask_targets(site.snapshot.store, question, provinces)
    if not provinces.covered or not report.targets:
        return
    yield Page(
        path="targets.html",
        template="targets.html.j2",
        title=titles("targets.title"),
        context=partial(_context, site, report),
        section="targets",
        alternates=table_alternates("targets"),
        scripts=("sort.js",),
    )
    yield from record_files("targets", _COLUMNS, report.as_dicts(DEFAULT_LANGUAGE))


def _context(site: Site, report: TargetReport, lang: str) -> Context:
    wording = StatementWording(site.snapshot, lang)
    return {
        "targets": list({standing.target.iri: standing.target for standing in report.standings}.values()),
        "standings": [standing for standing in report.standings if standing.is_stated],
        "remarks": [
            with_shown_days(remark_text(remark, lang), lang) for remark in (*report.remarks, *report.scope)
        ],
        "quotes": lambda standing: fact_quotes(wording, standing.facts),
        "doubts": lambda standing: verdict_doubts(standing.facts, lang),
        "gap_page": lambda standing: _gap_page(site, standing),
        "figure": lambda standing: _figure(wording, standing),
        "needed": lambda standing: _needed(standing, lang),
        "requirement": lambda target: _requirement(target, lang),
        "document": lambda target: document_text(target, lang),
    }


def _gap_page(site: Site, standing: TargetStanding) -> str:
    """Return the path of the page with the gaps of the province; empty without one."""
    province = standing.judged.province
    return gap_path(province.curie) if province.iri in site.snapshot.compared_provinces else ""


def _figure(wording: StatementWording, standing: TargetStanding) -> str:
    """Return the figure compared with the target in its own unit, or its calculation."""
    if standing.gap is not None:
        return verdict_text(standing.gap.verdict, wording.lang)
    if standing.quotient is not None:
        return standing.quotient.words(wording.lang)
    if not standing.facts:
        return str(standing.value)
    position = wording.snapshot.position_of_fact[standing.facts[0].id]
    return wording.statements([position])[0].amount


def _needed(standing: TargetStanding, lang: str) -> str:
    """Return how much the figure has to rise in each quarter left; empty where nothing is needed or known."""
    needed = standing.needed_per_quarter
    return "" if needed is None else written_number(needed, lang)


def _requirement(target: LegalTarget, lang: str) -> str:
    """Return what a target requires: a value, such as `≥ 80 %`, or a component."""
    if not isinstance(target, NumericTarget):
        return target.words(lang)
    unit = "%" if target.unit == PER_CENT else label(target.unit_labels, lang)
    comparator = find_code(target.comparator).written
    sign = _TYPOGRAPHIC_SIGNS.get(comparator, comparator)
    return f"{sign} {written_number(target.value.normalize(), lang)} {unit}".strip()
