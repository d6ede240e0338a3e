"""Data classes of a parsed article: its front matter, and paragraphs with mentions, claims and figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .frontmatter import FrontMatter
    from .statement_lines import ClaimLine, FigureLine


class MentionLink(NamedTuple):
    """One mention: `[surface](target)`; without a target it is resolved by its surface text.

    `start` and `end` count code points of the paragraph's text, `offset` bytes of the article's body.
    """

    surface: str
    target: str
    start: int
    end: int
    offset: int


class ParsedParagraph(NamedTuple):
    """A paragraph of the digest with its statements; `unread` counts the lines that could not be parsed."""

    name: str
    line: int
    text: str
    translation: str
    links: tuple[MentionLink, ...]
    claims: tuple[ClaimLine, ...]
    figures: tuple[FigureLine, ...]
    unread: int


class BodyPlaces:
    """Converts byte offsets in the body of an article to line and column in the file.

    :param data: the body in bytes
    :param skipped: number of lines in the file before the body
    """

    def __init__(self, data: bytes, skipped: int) -> None:
        self.data, self.skipped = data, skipped
        self.breaks = [-1, *(match.start() for match in re.finditer(b"\n", data))]

    def line(self, offset: int) -> int:
        """Return the line of the file, 1-based."""
        return bisect_right(self.breaks, offset - 1) + self.skipped

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column, both 1-based."""
        start = self.breaks[bisect_right(self.breaks, offset - 1) - 1] + 1
        return self.line(offset), len(self.data[start:offset].decode()) + 1


class ParsedArticle(NamedTuple):
    """A parsed article: its front matter (``None`` if unreadable), paragraphs and places.

    `unread` counts the mentions and lines before the first paragraph.
    """

    file: str
    front: FrontMatter | None
    paragraphs: tuple[ParsedParagraph, ...]
    places: BodyPlaces
    unread: int = 0
