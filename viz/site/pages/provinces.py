"""The pages of the provinces of today: brief, gaps, targets and roadmap of each, as of one day.

What holds for every province, such as the rules of the period, stands on the page that lists them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from ....ontology.verdicts import Verdict
from ....queries.brief import (
    BriefQuestion,
    BriefSection,
    LineKind,
    ask_briefs,
    sentence_place,
)
from ....queries.planning.ask import GapQuestion, TargetQuestion, ask_gaps, ask_targets, roadmap_report
from ....queries.planning.remarks import ArticlesOfProvince
from ....queries.planning.units import NoSource
from ....words import DEFAULT_LANGUAGE, label, languages
from ...brief.tables import brief_grid
from ...brief.texts import clause_times, kind_and_territory
from ...explorer.supplements import news_period
from ...shared.places import distinct_names, short_territory_name
from ...tables.columns import verdict_text
from ...tables.targets import document_text
from ..content.data_files import table_alternates, table_files
from ..content.forms import shown_date, with_shown_days
from ..content.model import File, Page, PageLink
from ..content.paths import article_path, gap_path, province_path
from ..content.province_systems import systems_by_layer
from ..content.statements import StatementWording
from ..content.texts import page_texts, titles
from .unit_changes import changes_of_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ....queries.brief.report import BriefLine, BriefReport
    from ....queries.facts.units import Remark
    from ....queries.facts.values import Json
    from ....queries.planning.gap_report import GapReport
    from ....queries.planning.gaps import Gap
    from ....queries.planning.targets import TargetReport
    from ....queries.planning.units import Province
    from ..content.model import Context
    from ..content.site import Site
    from ..content.snapshot import GraphSnapshot

__all__ = ["pages"]

_PATH = "provinces.html"
_COUNTED = (Verdict.MET, Verdict.IN_PROGRESS, Verdict.PLANNED, Verdict.STATED_GAP, Verdict.NO_EVIDENCE)
_NEWS = (BriefSection.NEW, BriefSection.UNDATED, BriefSection.CHANGED, BriefSection.OVERDUE)
_OWN_PLACE = frozenset({BriefSection.SILENT, BriefSection.UNVERIFIED})
_NEWEST = 3  # articles named at the head of the page of a province
_COLUMNS = ("province", "province_id", "units", "articles", *(verdict.value for verdict in _COUNTED), "due")


@dataclass(frozen=True)
class _Answers:
    """The answers from which the pages of all provinces are made, as of one day."""

    briefs: Sequence[BriefReport]
    gaps: GapReport
    targets: TargetReport

    def shown(self, report: BriefReport) -> BriefReport:
        """Return the brief with the lines of its own page: without rules that hold for every province.

        Of a province of which no source speaks, these are the lines of what is due.
        """
        lines = {section: tuple(self._own_lines(report, section)) for section in BriefSection}
        return replace(report, lines=lines)

    def _own_lines(self, report: BriefReport, section: BriefSection) -> Iterator[BriefLine]:
        if self.articles_of(report) or section is BriefSection.DUE:
            yield from (line for line in report.lines[section] if not _is_shared(section, line))

    def cells_of(self, report: BriefReport) -> list[Gap]:
        """List the applicable cells of a province: those of the units by which it is judged."""
        return [
            cell
            for cell in self.gaps.cells
            if cell.is_applicable and cell.judged.requested == report.province
        ]

    def articles_of(self, report: BriefReport) -> list[str]:
        """List the ids of the articles that cover a province; empty where no source speaks of it."""
        coverage = (self.gaps.coverage.get(unit.iri) for unit in report.units)
        return [article for covered in coverage if covered for article in covered.articles]


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of provinces and a page for each, as of the day of the site.

    There are none without articles.
    """
    day = site.snapshot.as_of
    if day is None or not site.snapshot.paged_provinces:
        return
    answers = _ask(site.snapshot, day)
    yield Page(
        path=_PATH,
        template="provinces.html.j2",
        title=titles("provinces.title"),
        context=partial(_list_context, answers),
        section="provinces",
        alternates=table_alternates("provinces"),
        scripts=("sort.js",),
    )
    rows = (_counts(answers, report) for report in answers.briefs)
    yield from table_files("provinces", _COLUMNS, map(itemgetter(*_COLUMNS), rows))
    for report in answers.briefs:
        yield _province_page(site, answers, report)
        yield from _line_files(answers.shown(report))


def _ask(snapshot: GraphSnapshot, day: date) -> _Answers:
    """Ask for briefs, gaps and targets of all provinces that exist on a day."""
    provinces, present = snapshot.provinces, snapshot.paged_provinces
    curies = tuple(province.curie for province in present)
    gap_question = GapQuestion(
        provinces=curies,
        as_of=day,
        languages=(DEFAULT_LANGUAGE,),
        sentences_per_cell=0,
    )
    target_question = TargetQuestion(provinces=curies, as_of=day, languages=(DEFAULT_LANGUAGE,))
    return _Answers(
        ask_briefs(provinces.store, BriefQuestion(as_of=day, languages=languages()), present, provinces),
        ask_gaps(provinces.store, gap_question, provinces),
        ask_targets(provinces.store, target_question, provinces),
    )


def _counts(answers: _Answers, report: BriefReport) -> dict[str, Json]:
    """Count the verdicts on components of a province, unit by unit, and what is due soon."""
    verdicts = Counter(cell.verdict for cell in answers.cells_of(report))
    return {
        "province": report.province.label(DEFAULT_LANGUAGE),
        "province_id": report.province.curie,
        "units": " ".join(unit.curie for unit in report.units),
        "articles": " ".join(answers.articles_of(report)),
        **{verdict.value: verdicts[verdict] for verdict in _COUNTED},
        "due": len(report.lines[BriefSection.DUE]),
    }


def _list_context(answers: _Answers, lang: str) -> Context:
    silent = [report for report in answers.briefs if not answers.articles_of(report)]
    first = answers.briefs[0]
    rules, unverified = (
        [_rule(first, line, lang) for line in first.lines[section] if _is_shared(section, line)]
        for section in (BriefSection.NEW, BriefSection.UNVERIFIED)
    )
    return {
        "as_of": answers.gaps.as_of.isoformat(),
        "since": first.period.since.isoformat(),
        "framework": answers.gaps.framework.label(lang),
        "verdicts": _COUNTED,
        "rows": [(report.province, _counts(answers, report)) for report in answers.briefs],
        "page_of": lambda province: province_path(province.curie),
        "news": _news(answers, lang),
        "news_period": news_period(first.period, lang),
        "rules": rules,
        "unverified": unverified,
        "unverified_section": BriefSection.UNVERIFIED.label(lang),
        "silences": _by_body(silent[0], silent[0].lines[BriefSection.SILENT], lang) if silent else [],
    }


def _news(answers: _Answers, lang: str) -> list[tuple[BriefSection, list[tuple[Province, list[_LineView]]]]]:
    """List what is new, changed or overdue in single provinces, by section; there are no empty lists."""
    news = []
    shown = [answers.shown(report) for report in answers.briefs]
    for section in _NEWS:
        of_provinces = [
            (report.province, [_line(report, line, lang) for line in report.lines[section]])
            for report in shown
        ]
        if lines := [(province, views) for province, views in of_provinces if views]:
            news.append((section, lines))
    return news


def _province_page(site: Site, answers: _Answers, report: BriefReport) -> Page:
    path = province_path(report.province.curie)
    return Page(
        path=path,
        template="province.html.j2",
        title={lang: report.province.label(lang) for lang in languages()},
        context=partial(_province_context, site, answers, report),
        section="provinces",
        alternates=table_alternates(path.removesuffix(".html")),
    )


def _line_files(report: BriefReport) -> Iterator[File]:
    """Return the lines of a page as JSON and CSV."""
    grid = brief_grid(report, DEFAULT_LANGUAGE)
    stem = province_path(report.province.curie).removesuffix(".html")
    yield from table_files(stem, grid.keys, grid.rows)


def _province_context(site: Site, answers: _Answers, report: BriefReport, lang: str) -> Context:
    """Return what the page of a province shows; without a source, what is due and whom to ask."""
    is_covered = bool(answers.articles_of(report))
    days, *others = report.remarks
    remarks = [
        remark
        for remark in others
        if isinstance(remark, NoSource) or (is_covered and not isinstance(remark, ArticlesOfProvince))
    ]
    silences = report.lines[BriefSection.SILENT]
    shared = {
        "days": _remark(days, lang),
        "changes": changes_of_unit(StatementWording(site.snapshot, lang), report.province.curie),
        "curie": report.province.curie,
        "is_drawn": report.province.curie in site.snapshot.drawn,
        "remarks": [_remark(remark, lang) for remark in remarks],
        "is_covered": is_covered,
        "parts": _parts(answers.shown(report), (BriefSection if is_covered else [BriefSection.DUE]), lang),
        "silent_section": BriefSection.SILENT.label(lang),
    }
    if not is_covered:
        names = (line.body.name.text(lang) if line.body else "" for line in silences)
        return {**shared, "counts": list(Counter(names).items())}
    return {
        **shared,
        **_overview(site, answers, report, lang),
        **_planning(site, answers, report, lang),
        "silences": _by_body(report, silences, lang),
    }


def _overview(site: Site, answers: _Answers, report: BriefReport, lang: str) -> Context:
    """Return what the head of the page of a province shows planners, architects and students."""
    territories = {report.province.curie, *(unit.curie for unit in report.units)}
    systems = systems_by_layer(StatementWording(site.snapshot, lang), territories)
    articles = answers.articles_of(report)
    return {
        "verdicts": Counter(cell.verdict for cell in answers.cells_of(report)),
        "due": len(report.lines[BriefSection.DUE]),
        "systems": systems,
        "system_count": sum(layer.count for layer in systems),
        "articles": _article_links(site, articles, lang)[:_NEWEST],
        "sources": [
            (unit, _article_links(site, covered.articles, lang))
            for unit in report.units
            if (covered := answers.gaps.coverage.get(unit.iri))
        ],
        "article_count": len(articles),
    }


def _article_links(site: Site, articles: Iterable[str], lang: str) -> list[tuple[PageLink, str]]:
    """Link articles with their days, the newest first."""
    newest = sorted(
        (site.snapshot.articles[id_] for id_ in articles), key=attrgetter("published"), reverse=True
    )
    return [
        (
            PageLink(label(article.title, lang), article_path(article.id), lang),
            shown_date(article.published, lang),
        )
        for article in newest
    ]


def _remark(remark: Remark, lang: str) -> str:
    return with_shown_days(remark.message().text(lang), lang)


def _parts(
    report: BriefReport, sections: Iterable[BriefSection], lang: str
) -> list[tuple[BriefSection, list[_LineView]]]:
    """Word the sections of a brief, without those that stand at a place of their own."""
    return [
        (section, [_line(report, line, lang) for line in report.lines[section]])
        for section in sections
        if section not in _OWN_PLACE
    ]


def _is_shared(section: BriefSection, line: BriefLine) -> bool:
    """Tell whether a line holds for every province: a rule that is new, or not verified."""
    if section is BriefSection.NEW:
        return line.kind is not LineKind.SENTENCE
    return section is BriefSection.UNVERIFIED


def _planning(site: Site, answers: _Answers, report: BriefReport, lang: str) -> Context:
    """Return gaps, targets and roadmap of a province that sources speak of."""
    cells = answers.cells_of(report)
    by_component: dict[str, list[Gap]] = {}
    for cell in cells:
        by_component.setdefault(cell.component.iri, []).append(cell)
    units = list(dict.fromkeys(cell.judged.province for cell in cells))
    distinct = distinct_names((unit.label(lang) for unit in units), lang)
    names = dict(zip(units, distinct, strict=True))
    standings = [cell for cell in answers.targets.standings if cell.judged.requested == report.province]
    return {
        "framework": answers.gaps.framework.label(lang),
        "units": units,
        "components": list(by_component.values()),
        "gap_page": lambda unit: gap_path(unit.curie) if unit.iri in site.snapshot.compared_provinces else "",
        "evidence": _evidence_address,
        "short_name": lambda unit: names.get(unit, short_territory_name(unit.label(lang), lang)),
        "targets": [cell for cell in standings if cell.is_stated],
        "without_figure": sum(not cell.is_stated for cell in standings),
        "document": lambda target: document_text(target, lang),
        "verdict_text": lambda verdict: verdict_text(verdict, lang),
        "roadmap": roadmap_report(site.snapshot.provinces, replace(answers.gaps, cells=tuple(cells))).steps,
        "component_label": lambda code: answers.gaps.framework.component(code).label(lang),
    }


def _evidence_address(cell: Gap) -> str:
    """Return the address of the first sentence on which a verdict rests; empty without one."""
    claims = (weighed.id for weighed in cell.deciding_statements)
    places = (sentence_place(claim) for claim in claims)
    return next((f"{article_path(article)}#{paragraph}" for article, paragraph in places), "")


@dataclass(frozen=True)
class _LineView:
    """A line of a brief, worded for a page.

    :param sources: for each sentence its text, the address of its paragraph, its article and the day
    """

    matter: str
    about: str
    finding: str
    clause: str
    address: str
    times: str
    sources: Sequence[tuple[str, str, str]]


def _line(report: BriefReport, line: BriefLine, lang: str) -> _LineView:
    basis = line.clause.basis if line.clause else None
    return _LineView(
        matter=with_shown_days(line.matter.text(lang), lang),
        about=with_shown_days(kind_and_territory(report, line, lang), lang),
        finding=with_shown_days(line.finding.text(lang), lang),
        clause=line.clause.text(lang) if line.clause else "",
        address=basis.addresses[0] if basis and basis.addresses else "",
        times=with_shown_days(clause_times(line.clause, lang), lang) if line.clause else "",
        sources=[
            (
                sentence.text.text(lang),
                f"{article_path(sentence.article)}#{sentence.paragraph}",
                f"{sentence.title.text(lang)}, {shown_date(sentence.published, lang)}",
            )
            for sentence in report.sentences_of(line)
        ],
    )


def _rule(report: BriefReport, line: BriefLine, lang: str) -> _LineView:
    """Word a line that holds for every province, without the verdict on one of them."""
    view = _line(report, line, lang)
    if line.verdict is None or line.day is None:
        return view
    asked = page_texts(lang)("provinces.asked", day=shown_date(line.day.isoformat(), lang))
    return replace(view, about=line.kind.label(lang), finding=asked, sources=())


def _by_body(
    report: BriefReport, lines: Iterable[BriefLine], lang: str
) -> list[tuple[str, str, list[_LineView]]]:
    """Group silences by the body to ask: its name, the clause that names it, and what it is asked."""
    nobody = page_texts(lang)["provinces.nobody"]
    groups = groupby(lines, key=lambda line: line.body)
    return [
        (
            body.name.text(lang) if body else nobody,
            body.clause.text(lang) if body else "",
            [_line(report, line, lang) for line in group],
        )
        for body, group in groups
    ]
