"""The landscape of a province as a document that people read, print and pass on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import catalogue
from ..documents.footnotes import footnote
from ..documents.model import Heading, Notes, Remarks, TextDocument
from .pictures import landscape_pictures, systems_left_out
from .tables import connection_table, figure_table, gap_table, other_table, source_table, system_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...queries.landscape.report import LandscapeReport
    from ...queries.planning.gaps import Gap
    from ..documents.model import Block, TextTable


def landscape_document(report: LandscapeReport) -> TextDocument:
    """Return the landscape of a province as a document, in the language of the report.

    Its parts are pictures of the connections, systems by layer, connections, figures, gaps, all other
    statements, sources, and the sentences to which the numbers lead.
    """
    words = catalogue(__package__, report.lang)
    lead, *remarks = [remark.message().text(report.lang) for remark in report.remarks]
    blocks = [
        Remarks(remarks),
        *_pictures(report),
        *_systems(report),
        *_part(report, "connections", len(report.connections), connection_table(report)),
        *_part(report, "figures", len(report.figures), figure_table(report)),
        *_gaps(report),
        *_part(report, "others", len(report.others), other_table(report)),
        *_sources(report),
    ]
    return TextDocument(
        words("title", province=report.province.label(report.lang)), lead, report.lang, blocks
    )


def _pictures(report: LandscapeReport) -> Iterator[Block]:
    words, network = catalogue(__package__, report.lang), report.network
    yield Heading(words["heading.picture"])
    pictures = list(landscape_pictures(network, report.province.label(report.lang)))
    if not pictures:
        yield Remarks([words("no-picture", day=report.day)])
        return
    remarks = [words["how-drawn"]]
    if left_out := systems_left_out(network):
        total = len(network.systems)
        remarks.append(words("shown-of", shown=total - left_out, total=total))
    yield Remarks(remarks)
    yield from pictures


def _systems(report: LandscapeReport) -> Iterator[Block]:
    words = catalogue(__package__, report.lang)
    yield Heading(words("heading.systems", count=len(report.systems)))
    yield Remarks([words["how-listed" if report.systems else "nothing"]])
    yield from system_blocks(report)


def _part(report: LandscapeReport, name: str, count: int, table: TextTable) -> Iterator[Block]:
    words = catalogue(__package__, report.lang)
    yield Heading(words(f"heading.{name}", count=count))
    yield table if count else Remarks([words["nothing"]])


def _gaps(report: LandscapeReport) -> Iterator[Block]:
    """Make the part on the framework: what sources speak of as a table, the rest by name."""
    words, lang = catalogue(__package__, report.lang), report.lang
    asked = [cell for cell in report.cells if cell.is_applicable]
    spoken = [cell for cell in asked if not cell.verdict.lacks_evidence]
    yield Heading(words("heading.gaps", framework=report.gaps.framework.label(lang)))
    remarks = [remark.message().text(lang) for remark in report.gaps.framework_remarks]
    if silent := [cell for cell in asked if cell.verdict.lacks_evidence]:
        remarks.append(_silence(silent, lang))
    yield Remarks(remarks)
    if spoken:
        yield gap_table(report, spoken)


def _silence(cells: Sequence[Gap], lang: str) -> str:
    names = "; ".join(cell.component.label(lang) for cell in cells)
    return catalogue(__package__, lang).counted("silent", len(cells), names=names)


def _sources(report: LandscapeReport) -> Iterator[Block]:
    words = catalogue(__package__, report.lang)
    yield Heading(words("heading.sources", count=len(report.sources)))
    if not report.sources:
        yield Remarks([words["nothing"]])
        return
    yield source_table(report)
    yield Heading(words("heading.sentences", count=len(report.cited_sentences)))
    yield Notes(
        [footnote(report.number(sentence), sentence, report.lang) for sentence in report.cited_sentences]
    )
