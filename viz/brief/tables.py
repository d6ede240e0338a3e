"""The brief of a province as tables for terminals, programs and workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.qualifiers import Sourcing
from ...queries.brief.report import BriefSection
from ...words import catalogue, label
from ..documents.footnotes import sentence_source
from ..tables.grid import Grid
from ..tables.terminal import table_text
from .texts import place_to_read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...queries.brief.report import BriefLine, BriefReport, RuleClause
    from ..tables.grid import CellValue

_READ_COLUMNS = ("matter", "finding", "kind", "territory", "clause", "read_at", "ask", "sentences")
_COLUMNS = (
    "kind",
    "matter",
    "finding",
    "territory",
    "day",
    "verdict_before",
    "verdict",
    "document",
    "clause",
    "in_force_from",
    "in_force_until",
    "sourcing",
    "read_at",
    "ask",
    "ask_ground",
    "sentences",
    "sources",
    "claims",
)


def brief_text(report: BriefReport, lang: str) -> str:
    """Lay out the sections one below the other for a terminal."""
    nothing = catalogue(__package__, lang)["nothing"]
    parts = []
    for section in BriefSection:
        grid = section_grid(report, section, lang)
        table = table_text(grid) if grid.rows else f"{nothing}\n"
        parts.append(f"{section.label(lang)} ({len(grid.rows)})\n\n{table}")
    return "\n".join(parts)


def section_grid(report: BriefReport, section: BriefSection, lang: str) -> Grid:
    """Lay out a section for a terminal; columns without a value are left out."""
    rows = [_read_row(report, line, lang) for line in report.lines[section]]
    return _filled_grid(_READ_COLUMNS, rows, lang)


def _filled_grid(columns: Sequence[str], rows: Sequence[Sequence[CellValue]], lang: str) -> Grid:
    """Lay out rows for readers: a column without a value in any row is left out."""
    filled = [place for place in range(len(columns)) if not rows or any(row[place] for row in rows)]
    names = [columns[place] for place in filled]
    return Grid(_headings(names, lang), names, [[row[place] for place in filled] for row in rows])


def brief_grid(report: BriefReport, lang: str) -> Grid:
    """Lay out all lines in one table, the section first."""
    rows = [
        [section.label(lang), *_row(report, line, lang)]
        for section in BriefSection
        for line in report.lines[section]
    ]
    return Grid(_headings(("section", *_COLUMNS), lang), ("section", *_COLUMNS), rows)


def brief_sheets(report: BriefReport, lang: str) -> Mapping[str, Grid]:
    """Lay out the sheets of a workbook: the basis, a sheet a section, and the sentences.

    :returns: name of the sheet → grid
    """
    names = catalogue(__package__, lang).below("sheet")
    remarks = [[remark.message().text(lang)] for remark in report.remarks]
    sheets = {names["basis"]: Grid([names["basis"]], ["about"], remarks)}
    for section in BriefSection:
        rows = [_row(report, line, lang) for line in report.lines[section]]
        sheets[names[section.value]] = _filled_grid(_COLUMNS, rows, lang)
    sheets[names["sentences"]] = _sentences_grid(report, lang)
    return sheets


def _headings(names: Sequence[str], lang: str) -> list[str]:
    words = catalogue(__package__, lang)
    return [words[f"column.{name}"] for name in names]


def _read_row(report: BriefReport, line: BriefLine, lang: str) -> list[str]:
    return [
        line.matter.text(lang),
        line.finding.text(lang),
        line.kind.label(lang),
        report.territory(line, lang),
        line.clause.text(lang) if line.clause else "",
        place_to_read(line.clause, lang).partition("; ")[0] if line.clause else "",
        line.body.name.text(lang) if line.body else "",
        _cited(report, line, lang),
    ]


def _cited(report: BriefReport, line: BriefLine, lang: str) -> str:
    """Give the sentences of our digests that a line rests on, each with its article and paragraph."""
    words = catalogue(__package__, lang)
    return " ".join(
        words(
            "cited",
            text=sentence.text.text(lang),
            article=sentence.article,
            paragraph=sentence.paragraph,
            published=sentence.published_text(lang),
        )
        for sentence in report.sentences_of(line)
    )


def _row(report: BriefReport, line: BriefLine, lang: str) -> list[CellValue]:
    sentences = report.sentences_of(line)
    return [
        line.kind.label(lang),
        line.matter.text(lang),
        line.finding.text(lang),
        report.territory(line, lang),
        line.day,
        line.before.label(lang) if line.before else None,
        line.verdict.label(lang) if line.verdict else None,
        *_clause_cells(line.clause, lang),
        line.body.name.text(lang) if line.body else None,
        line.body.clause.text(lang) if line.body else None,
        " ".join(sentence.text.text(lang) for sentence in sentences),
        "; ".join(f"{sentence.article} {sentence.paragraph}, {sentence.published}" for sentence in sentences),
        "; ".join(line.claims),
    ]


def _clause_cells(clause: RuleClause | None, lang: str) -> list[CellValue]:
    """Return the document and clause of a line, its days, how it was seen, and where to read it."""
    if clause is None:
        return [None] * 6
    basis = clause.basis
    return [
        label(basis.document_labels, lang),
        basis.clause or catalogue(__package__, lang)["clause_not_read"],
        clause.life.first,
        clause.life.last,
        Sourcing.of_slug(basis.sourcing).label(lang),
        place_to_read(clause, lang),
    ]


def _sentences_grid(report: BriefReport, lang: str) -> Grid:
    names = ("number", "sentences", "source", "article", "paragraph", "published", "address")
    rows: list[list[CellValue]] = [
        [
            report.number(sentence),
            sentence.text.text(lang),
            sentence_source(sentence, lang),
            sentence.article,
            sentence.paragraph,
            sentence.published,
            sentence.address,
        ]
        for sentence in report.cited_sentences
    ]
    return Grid(_headings(names, lang), names, rows)
