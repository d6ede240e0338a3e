"""A small brief as document and as tables: each line with its clause and its sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from egovkg.ontology.verdicts import Verdict
from egovkg.queries.brief.remarks import BriefDays
from egovkg.queries.brief.report import (
    BodyToAsk,
    BriefLine,
    BriefReport,
    BriefSection,
    LineKind,
    Period,
    RuleClause,
)
from egovkg.queries.facts.sentences import DigestSentence
from egovkg.queries.law import RuleLife
from egovkg.queries.planning.cells.basis import SourceBasis
from egovkg.queries.planning.units import Province
from egovkg.viz.brief import brief_document, brief_grid, brief_sheets, brief_text
from egovkg.viz.documents import Heading, Notes, Remarks, TextTable
from egovkg.words import Labelled, message

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW = Province("urn:new", "vn:new", {"vi": "Tỉnh Mới", "en": "New Province"}, "2025-07-01", "")
OLD = Province("urn:old", "vn:old", {"vi": "Tỉnh Cũ", "en": "Old Province"}, "", "2025-06-30")
CLAUSE = RuleClause(
    SourceBasis("clause", "11.3", {"vi": "Nghị định 1", "en": "Decree 1"}, ("https://example.vn/1",)),
    RuleLife(date(2026, 7, 1)),
)
PORTAL = Labelled.of({"vi": "Cổng", "en": "Portal"})
SILENCE = message("egovkg.queries.brief", "finding.silent")
SENTENCE = DigestSentence(
    "a-2026", Labelled.of({"en": "Title"}), "2026-10-01", "d4", Labelled.of({"en": "The portal runs."})
)
LINES: Mapping[BriefSection, tuple[BriefLine, ...]] = {
    **dict.fromkeys(BriefSection, ()),
    BriefSection.CHANGED: (
        BriefLine(
            LineKind.COMPONENT,
            PORTAL,
            message("egovkg.queries.brief", "finding.changed-source", before="·", now="●"),
            (OLD,),
            date(2026, 10, 1),
            CLAUSE,
            ("claim/a-2026/d4-1", "claim/a-2026/d4-2"),
            Verdict.MET,
            Verdict.NO_EVIDENCE,
        ),
    ),
    BriefSection.SILENT: (
        BriefLine(
            LineKind.DUTY, PORTAL, SILENCE, (NEW, OLD), body=BodyToAsk(Labelled.of({"en": "Office"}), CLAUSE)
        ),
        BriefLine(LineKind.DUTY, PORTAL, SILENCE, (NEW, OLD)),
    ),
}
PERIOD = Period(date(2026, 6, 30), date(2026, 11, 30), date(2027, 5, 30))
REPORT = BriefReport(
    province=NEW,
    units=(NEW, OLD),
    period=PERIOD,
    lines=LINES,
    sentences={"claim/a-2026/d4-1": SENTENCE, "claim/a-2026/d4-2": SENTENCE},
    remarks=(BriefDays(NEW, PERIOD),),
)


def test_the_document_has_all_sections_in_order() -> None:
    document = brief_document(REPORT, "en")
    headings = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == [
        "What is new (0)",
        "Perhaps new: the day of the source is not printed (0)",
        "New rules not verified: seen in a code repository only, or recalled (0)",
        "What changed its verdict (1)",
        "What became overdue (0)",
        "What is due soon (0)",
        "Whom to ask where sources are silent (2)",
        "Our digests of the sources",
    ]
    assert (
        document.lead == "New Province, as of 2026-11-30, compared with 2026-06-30; due days until 2027-05-30"
    )


def test_a_line_leads_to_its_clause_and_its_sentence() -> None:
    document = brief_document(REPORT, "en")
    changed, *_ = [block for block in document.blocks if isinstance(block, TextTable)]
    (row,) = changed.rows
    matter, finding, clause, sentences = row
    assert [span.text for line in matter for span in line] == ["Portal", "component · Old Province"]
    assert finding[0][0].text == "· → ●, by a source of the period"
    assert (clause[0][0].text, clause[0][0].target) == ("article 11.3, Decree 1", "https://example.vn/1")
    assert clause[1][0].text == "in force from 2026-07-01"
    (notes,) = [block for block in document.blocks if isinstance(block, Notes)]
    assert [span.target for line in sentences for span in line] == [notes.notes[0].anchor, ""]
    assert notes.notes[0].source[0].text == "Title (2026-10-01), a-2026, paragraph d4 of our digest"


def test_silences_stand_by_body() -> None:
    blocks = brief_document(REPORT, "en").blocks
    parts = [block.text for block in blocks if isinstance(block, Heading) and block.level == 2]
    assert parts == ["Office", "No rule of the data names whom to ask"]
    assert Remarks(["named by article 11.3, Decree 1"]) in blocks


def test_rows_for_programs_hold_section_clause_and_claims() -> None:
    changed, asked, _ = brief_grid(REPORT, "en").objects()
    assert changed["section"] == "What changed its verdict"
    assert (changed["verdict_before"], changed["verdict"]) == ("no evidence", "met")
    assert (changed["document"], changed["clause"]) == ("Decree 1", "11.3")
    assert changed["in_force_from"] == date(2026, 7, 1)
    assert changed["sources"] == "a-2026 d4, 2026-10-01"
    assert changed["claims"] == "claim/a-2026/d4-1; claim/a-2026/d4-2"
    assert (asked["ask"], asked["ask_ground"]) == ("Office", "article 11.3, Decree 1")


def test_sheets_leave_empty_columns_out() -> None:
    sheets = brief_sheets(REPORT, "en")
    assert [*sheets] == [
        "about",
        "new",
        "perhaps new",
        "not verified",
        "changed",
        "overdue",
        "due",
        "whom to ask",
        "digests",
    ]
    assert sheets["whom to ask"].keys == ["kind", "matter", "finding", "ask", "ask_ground"]
    assert [row[:5] for row in sheets["digests"].rows] == [
        [1, "The portal runs.", "Title (2026-10-01), a-2026, paragraph d4 of our digest", "a-2026", "d4"]
    ]


def test_the_table_of_a_terminal_says_where_nothing_is() -> None:
    text = brief_text(REPORT, "en")
    assert "What is new (0)\n\nnothing in this period\n" in text
    assert "The portal runs. (our digest of a-2026, d4; 2026-10-01)" in text
