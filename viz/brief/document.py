"""The brief of a province as a document: a table a section, and the sentences as notes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ...queries.brief.report import BriefSection, LineKind
from ...words import catalogue
from ..documents.footnotes import footnote, footnote_reference
from ..documents.model import Heading, Notes, Remarks, Span, TextDocument, TextTable
from .texts import clause_times, kind_and_territory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...queries.brief.report import BodyToAsk, BriefLine, BriefReport, RuleClause
    from ...queries.facts.sentences import DigestSentence
    from ..documents.model import Block, CellLines, SpanLine

_COLUMNS = ("matter", "finding", "clause", "sentences")
_WIDTHS = (7, 7, 7, 4)


def brief_document(report: BriefReport, lang: str) -> TextDocument:
    """Return the brief of a province as a document: its sections, then the sentences that lines lead to."""
    words = catalogue(__package__, lang)
    days, *remarks = [remark.message().text(lang) for remark in report.remarks]
    counts = [f"{section.label(lang)}: {len(report.lines[section])}" for section in BriefSection]
    blocks: list[Block] = [Remarks([" · ".join(counts), *remarks])]
    for section in BriefSection:
        blocks += _section(report, section, lang)
    if report.cited_sentences:
        notes = [footnote(report.number(sentence), sentence, lang) for sentence in report.cited_sentences]
        blocks += [Heading(words["sentences"]), Notes(notes)]
    title = words("title", province=report.province.label(lang))
    return TextDocument(title, days, lang, blocks)


def _section(report: BriefReport, section: BriefSection, lang: str) -> Iterator[Block]:
    lines = report.lines[section]
    yield Heading(f"{section.label(lang)} ({len(lines)})")
    if not lines:
        yield Remarks([catalogue(__package__, lang)["nothing"]])
    elif section is BriefSection.SILENT:
        for body, group in groupby(lines, key=lambda line: line.body):
            yield from _silences(report, body, list(group), lang)
    elif section is BriefSection.NEW:
        yield from _by_kind(report, lines, lang)
    else:
        yield _table(report, lines, lang)


def _by_kind(report: BriefReport, lines: Iterable[BriefLine], lang: str) -> Iterator[Block]:
    """Make a part of each kind of news: sentences of sources, rules, and what rules ask for."""
    names = catalogue(__package__, lang).below("news")
    for name, group in groupby(lines, key=lambda line: names.get(line.kind.value, names["asked"])):
        yield Heading(name, level=2)
        yield _table(report, group, lang)


def _silences(
    report: BriefReport, body: BodyToAsk | None, lines: Iterable[BriefLine], lang: str
) -> Iterator[Block]:
    """Make a part of what one body is asked about."""
    words = catalogue(__package__, lang)
    yield Heading(body.name.text(lang) if body else words["no_body"], level=2)
    if body is not None:
        yield Remarks([words("ground_of_body", clause=body.clause.text(lang))])
    yield _table(report, lines, lang)


def _table(report: BriefReport, lines: Iterable[BriefLine], lang: str) -> TextTable:
    """Make a table of lines; a column that is empty in all of them is left out."""
    words = catalogue(__package__, lang)
    headings = [words[f"column.{name}"] for name in _COLUMNS]
    return TextTable(headings, [_cells(report, line, lang) for line in lines], _WIDTHS).filled()


def _cells(report: BriefReport, line: BriefLine, lang: str) -> tuple[CellLines, ...]:
    sentences = tuple(_reference(report, sentence, lang) for sentence in report.sentences_of(line))
    return (*_leading_cells(report, line, lang), _clause_cell(line.clause, lang), sentences)


def _leading_cells(report: BriefReport, line: BriefLine, lang: str) -> tuple[CellLines, CellLines]:
    """Return what a line is about, and what is found of it; of a new sentence, the sentence."""
    matter = Span(line.matter.text(lang))
    finding = line.finding.text(lang)
    if line.kind is LineKind.SENTENCE:
        finding = report.sentences_of(line)[0].text.text(lang)
    about = Span(kind_and_territory(report, line, lang), is_soft=True)
    return ((matter,), (about,)), ((Span(finding),),)


def _clause_cell(clause: RuleClause | None, lang: str) -> CellLines:
    if clause is None:
        return ()
    text, addresses = clause.text(lang), clause.basis.addresses
    name = Span(text, target=addresses[0] if addresses else "")
    times = clause_times(clause, lang)
    return ((name,), (Span(times, is_soft=True),)) if times else ((name,),)


def _reference(report: BriefReport, sentence: DigestSentence, lang: str) -> SpanLine:
    source = f"{sentence.article}, {sentence.published_text(lang)}"
    return footnote_reference(report.number(sentence)), Span(source, is_soft=True)
