"""Targets: the figures of the articles beside what national documents ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....queries.planning.ask import TargetQuestion, ask_targets
from ....words import DEFAULT_LANGUAGE
from ..content.csv_files import as_csv
from ..content.data_files import as_json, table_twins
from ..content.model import LANGUAGES, File, Page
from ..content.paths import gap_path
from ..content.statements import Teller
from ..content.words import words
from .entities import told_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.planning.framework import NumericTarget
    from ....queries.planning.targets import TargetStanding
    from ..content.model import Context, Site

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
)
_SIGNS = {">=": "≥", "<=": "≤"}


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page, as of the day of the latest article; none without articles or targets."""
    provinces = site.known.provinces
    question = TargetQuestion(as_of=provinces.latest_article, languages=(DEFAULT_LANGUAGE,))
    report = ask_targets(site.known.store, question, provinces)
    if not provinces.covered or not report.targets:
        return

    def context(lang: str) -> Context:
        teller = Teller(site.known, lang)
        return {
            "targets": report.targets,
            "standings": [standing for standing in report.standings if standing.value is not None],
            "silent": report.targets_without_figure.without_figure,
            "symbol": lambda verdict: verdict.symbol,
            "word": lambda verdict: verdict.label(lang),
            "why": lambda obstacle: obstacle.text(lang),
            "quotes": lambda standing: told_by(teller, standing.facts),
            "place": lambda standing: _place(site, standing),
            "figure": lambda standing: _figure(teller, standing),
            "asked": lambda target: _asked(target, lang),
        }

    title = {lang: words(lang)["targets.title"] for lang in LANGUAGES}
    yield Page(
        "targets.html", "targets.html.j2", title, context, "targets", table_twins("targets"), ("sort.js",)
    )
    rows = report.as_dicts(DEFAULT_LANGUAGE)
    yield File("targets.json", as_json(rows))
    yield File("targets.csv", as_csv(_COLUMNS, ([row[key] for key in _COLUMNS] for row in rows)))


def _place(site: Site, standing: TargetStanding) -> str:
    """Give the page of the province, where it has one."""
    province = standing.judged.province
    return gap_path(province.curie) if province.iri in site.known.compared else ""


def _figure(teller: Teller, standing: TargetStanding) -> str:
    """Write the figure that is held against the target, with the unit of its own."""
    if standing.quotient is not None or not standing.facts:
        return standing.quotient.words(teller.lang) if standing.quotient else str(standing.value)
    return teller.all([teller.known.by_fact[standing.facts[0].id]])[0].amount


def _asked(target: NumericTarget, lang: str) -> str:
    """Write what a target asks for."""
    sign, _, rest = target.words(lang).partition(" ")
    amount, _, unit = rest.replace("%", " %").partition(" ")
    return f"{_SIGNS.get(sign, sign)} {amount.replace('.', ',') if lang == 'vi' else amount} {unit}".rstrip()
