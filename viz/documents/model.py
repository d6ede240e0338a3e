"""The parts of a document, independent of the format in which it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text.

    :param target: where a link leads: the anchor of a part of the document, or an address on the web
    :param is_soft: whether it is a side remark, set smaller and lighter
    """

    text: str
    target: str = ""
    is_soft: bool = False

    @property
    def leads_outside(self) -> bool:
        """Whether the link leads to the web.

        >>> Span("law", "https://example.vn").leads_outside, Span("[1]", "sentence-1").leads_outside
        (True, False)
        """
        return self.target.startswith(_WEB)

    @property
    def anchor(self) -> str:
        """The anchor within the document to which the link leads; empty without one.

        An address that is neither of the web nor an anchor, such as one of a script, is no link.
        """
        return self.target if self.target.replace("-", "").isalnum() else ""


SpanLine: TypeAlias = "tuple[Span, ...]"
CellLines: TypeAlias = "tuple[SpanLine, ...]"  # one line below the other


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    :param level: 1 for a section, 2 for a part of one
    """

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Remarks:
    """A list of remarks."""

    kind: ClassVar[str] = "remarks"
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table.

    :param widths: shares of the width, one a column; they need not add up to anything
    """

    kind: ClassVar[str] = "table"
    headings: Sequence[str]
    rows: Sequence[Sequence[CellLines]]
    widths: Sequence[int]

    def filled(self) -> TextTable:
        """Return the table without the columns that are empty in all rows."""
        places = [place for place in range(len(self.headings)) if any(row[place] for row in self.rows)]
        return TextTable(
            [self.headings[place] for place in places],
            [[row[place] for place in places] for row in self.rows],
            [self.widths[place] for place in places],
        )


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture, as wide as the page at most.

    :param svg: as :func:`egovkg.viz.pictures.framed` returns it
    :param text: what a reader is told who cannot see it
    """

    kind: ClassVar[str] = "picture"
    svg: str
    text: str

    @property
    def element(self) -> str:
        """The SVG element alone, without the XML declaration."""
        return self.svg[self.svg.index("<svg") :]


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note to which links of the document lead.

    :param source: what stands below its text
    """

    anchor: str
    number: int
    text: str
    source: SpanLine = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """A list of notes."""

    kind: ClassVar[str] = "notes"
    notes: Sequence[Note]


Block: TypeAlias = Heading | Remarks | TextTable | Notes | Illustration


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document.

    :param lead: what a reader has to know first, below the title
    :param lang: language of its texts
    """

    title: str
    lead: str
    lang: str
    blocks: Sequence[Block] = field(default_factory=tuple)
