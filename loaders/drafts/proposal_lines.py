"""Open proposals of an article: comment lines that become statements when a person accepts them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..recognition.spans import overlaps_any
from .proposals import CLAIMS, FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MENTIONS, DIGESTS = "mentions", "digests"
KINDS = (CLAIMS, FIGURES, MENTIONS, DIGESTS)
NAME_RULE = "name"  # the rule of mentions
MODEL_RULE = "model"  # the rule of what a language model proposes
_PLACE = re.compile(r"<!-- original (\d+)-(\d+) -->")
_STATEMENT = re.compile(r"#\?(\d+) (.+?)\s+# ([\w-]+)(?: ([01]\.\d+))?")
_DIGEST = re.compile(r'<!-- \?(\d+) digest (\[".*"\]) -->')
_MENTION = re.compile(r"<!-- \?(\d+) (\d+)-(\d+) (\S+) -->")
_ACCEPTED_MENTION = re.compile(r"<!-- (\d+) (\d+)-(\d+) (\S+) -->")
_REJECTED = re.compile(r"\s*(?:<!-- |#)!\d+ ")
_NUMBERED = re.compile(r"\s*(?:<!-- |#)[?!]?(\d+) ")
_HEADING = re.compile(r"## ([a-z][a-z0-9-]*)\s*")
_FENCE = re.compile(r"```\s*(\w*)\s*")


@dataclass(frozen=True)
class OpenProposal:
    """A proposal that nobody has decided on.

    :param row: index of its line in the file
    :param kind: one of :data:`KINDS`
    :param confidence: in 0..1; ``None`` if nobody measured it
    :param content: the statement, the CURIE of the mention, or a digest and its translation as JSON
    :param paragraph: name of its paragraph
    :param place: start and end in the original: of the name, or of the sentence that a statement rests on
    """

    number: int
    row: int
    kind: str
    rule: str
    confidence: float | None
    content: str
    paragraph: str
    place: tuple[int, int]


def open_proposals(rows: Sequence[str]) -> tuple[OpenProposal, ...]:
    """List the open proposals in the lines of an article; empty without any."""
    return tuple(_proposals(rows))


def _proposals(rows: Sequence[str]) -> Iterator[OpenProposal]:
    paragraph, block = "", ""
    place = (0, 0)
    for row, line in enumerate(map(str.strip, rows)):
        if heading := _HEADING.fullmatch(line):
            paragraph = heading[1]
        elif fence := _FENCE.fullmatch(line):
            block = "" if block else fence[1]
        elif where := _PLACE.fullmatch(line):
            place = int(where[1]), int(where[2])
        elif proposal := _proposal(line, row, block, (paragraph, place)):
            yield proposal


def _proposal(line: str, row: int, block: str, where: tuple[str, tuple[int, int]]) -> OpenProposal | None:
    """Read one line as a proposal.

    :param where: name of the paragraph, and the place of its sentence in the original
    """
    if match := _MENTION.fullmatch(line):
        span = int(match[2]), int(match[3])
        return OpenProposal(int(match[1]), row, MENTIONS, NAME_RULE, 1.0, match[4], where[0], span)
    if match := _DIGEST.fullmatch(line):
        return OpenProposal(int(match[1]), row, DIGESTS, MODEL_RULE, None, match[2], *where)
    if match := _STATEMENT.fullmatch(line):
        number, content, rule, written = match.groups()
        confidence = float(written) if written else None
        return OpenProposal(int(number), row, block, rule, confidence, content, *where)
    return None


def digest_words(proposal: OpenProposal) -> tuple[str, str]:
    """Return the text and the translation of a proposed digest.

    :returns: empty texts if its line was changed to something else
    """
    try:
        text, translation = json.loads(proposal.content)
    except ValueError:
        return "", ""
    return str(text), str(translation)


def accepted_row(proposal: OpenProposal, line: str, content: str) -> str:
    """Return the line of an accepted proposal: the statement itself, or the comment without its mark.

    A statement that a model proposed stays marked as such.
    """
    if proposal.kind == MENTIONS:
        start, end = proposal.place
        return f"<!-- {proposal.number} {start}-{end} {content} -->"
    if proposal.kind == DIGESTS:
        return line.replace("<!-- ?", "<!-- ", 1)
    return f"{content}  # {MODEL_RULE}" if proposal.rule == MODEL_RULE else content


def rejected_row(line: str) -> str:
    """Return the line of a rejected proposal: a comment that is offered no more."""
    return line.replace("?", "!", 1)


def is_rejected(line: str) -> bool:
    """Tell whether a line is a rejected proposal."""
    return _REJECTED.match(line) is not None


def mention_row(rows: Sequence[str], curie: str, place: tuple[int, int]) -> str:
    """Return the line of an accepted mention, with a number that no line of the article has.

    >>> mention_row(["<!-- ?14 190-216 mh:mot-cua -->"], "mh:lgsp", (220, 224))
    '<!-- 15 220-224 mh:lgsp -->'
    """
    numbers = [int(match[1]) for match in map(_NUMBERED.match, rows) if match]
    return f"<!-- {max(numbers, default=0) + 1} {place[0]}-{place[1]} {curie} -->"


def superseded_mentions(rows: Sequence[str], part: ParagraphRows) -> list[int]:
    """List the lines of accepted mentions whose name was cut anew: a later one of the same thing overlaps."""
    matches = [(row, _ACCEPTED_MENTION.fullmatch(rows[row].strip())) for row in range(part.first, part.end)]
    mentions = [
        (row, int(match[1]), (int(match[2]), int(match[3])), match[4]) for row, match in matches if match
    ]
    return [
        row
        for row, number, place, curie in mentions
        if overlaps_any(
            *place, [span for _, later, span, name in mentions if later > number and name == curie]
        )
    ]


@dataclass(frozen=True)
class ParagraphRows:
    """The lines of one paragraph, as indexes into those of the file.

    :param digest: first line and end of the words: from after the comments to the first block
    """

    name: str
    first: int
    end: int
    digest: tuple[int, int]
    statements: tuple[tuple[str, str], ...]  # block and line
    names: tuple[tuple[tuple[int, int], str], ...]  # accepted mentions: place in the original, CURIE
    place: tuple[int, int] | None  # in the original, if it is stated

    @property
    def mentions(self) -> tuple[str, ...]:
        """The CURIEs of the accepted mentions."""
        return tuple(curie for _, curie in self.names)


def paragraphs(rows: Sequence[str]) -> tuple[ParagraphRows, ...]:
    """Divide an article into its paragraphs."""
    starts = [row for row, line in enumerate(rows) if _HEADING.fullmatch(line)]
    ends = [*starts[1:], len(rows)]
    return tuple(_paragraph(rows, start, end) for start, end in zip(starts, ends, strict=False))


def _paragraph(rows: Sequence[str], start: int, end: int) -> ParagraphRows:
    heading = _HEADING.fullmatch(rows[start])
    statements: list[tuple[str, str]] = []
    block, digest_start, digest_end = "", start + 1, end
    for row in range(start + 1, end):
        line = rows[row].strip()
        if fence := _FENCE.fullmatch(line):
            block = "" if block else fence[1]
            digest_end = min(digest_end, row)
        elif block and line and not line.startswith("#"):
            statements.append((block, line))
        elif line.startswith("<!--") and row < digest_end:
            digest_start = row + 1
    name = heading[1] if heading else ""
    digest = digest_start, digest_end
    lines = [*map(str.strip, rows[start:end])]
    matches = filter(None, map(_ACCEPTED_MENTION.fullmatch, lines))
    names = tuple(((int(match[2]), int(match[3])), match[4]) for match in matches)
    places = [(int(match[1]), int(match[2])) for match in filter(None, map(_PLACE.fullmatch, lines))]
    place = places[0] if places else None
    return ParagraphRows(name, start, end, digest, tuple(statements), names, place)


def block_rows(rows: Sequence[str], part: ParagraphRows, block: str, line: str) -> tuple[int, list[str]]:
    """Return where a statement goes into a paragraph, and the lines that go there.

    It becomes the last line of the block; a paragraph without the block gets one, claims before figures.
    """
    lines = [(row, _FENCE.fullmatch(rows[row].strip())) for row in range(part.first, part.end)]
    fences = [(row, match[1]) for row, match in lines if match]
    for (_, name), (end, _) in zip(fences[::2], fences[1::2], strict=False):
        if name == block:
            return end, [line]
    if fences and block == CLAIMS:
        return fences[0][0], [f"```{block}", line, "```", ""]
    end = part.end
    while not rows[end - 1].strip():
        end -= 1
    return end, ["", f"```{block}", line, "```"]
