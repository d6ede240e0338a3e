"""Parsing of the article format `*.kg.md`: Markdown with links as mentions, fenced claims and figures.

pulldown-cmark (through pyromark) parses the Markdown; this module converts its events to paragraphs, mentions
and lines. Offsets are computed here, in code points of the paragraph's plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import pyromark

from ...problems import Problem, Severity
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from .document import BodyPlaces, MentionLink, ParsedArticle, ParsedParagraph
from .frontmatter import read_front, split_front
from .statement_lines import ClaimLine, FigureLine, UnreadLine, read_claims, read_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ...problems import Fault

Events: TypeAlias = "Iterator[tuple[Any, Any]]"  # of pyromark: an event, and its span in bytes
_Content: TypeAlias = "str | Mapping[str, Any]"  # what an event says: a name, or a name with details
BLOCK_READERS = {"claims": read_claims, "figures": read_figures}
_LINE_BREAKS = ("SoftBreak", "HardBreak")
_LINK_END = {"End": "Link"}
_PARAGRAPH_NAME = re.compile(r"[a-z][a-z0-9-]{0,99}")
_BORDER_MARKS = ("##", "```", "~~~")
_BLOCK_BORDER = re.compile(r"^(##[ \t]+[a-z][a-z0-9-]*[ \t]*$|```|~~~)", re.MULTILINE)
_LOOKAHEAD = 2000  # bytes of a paragraph that are searched for the end of a broken mention
_MARKDOWN = pyromark.Markdown()


def parse_article(text: str, file: str) -> tuple[ParsedArticle, tuple[Problem, ...]]:
    """Parse one article.

    :param text: normalised text, see :func:`egovkg.loaders.text.reading.read_bytes`
    :returns: the parts of the article that could be parsed, and all problems; cost linear
    """
    block, skipped, problems = split_front(text, file)
    if not skipped:
        return ParsedArticle(file, None, (), BodyPlaces(b"", 0)), problems
    front, front_problems = read_front(block, file)
    body = _BodyReader(text.split("\n", skipped)[-1], skipped, file)
    body.read()
    article = ParsedArticle(file, front, tuple(body.paragraphs), body.places, body.unread_before_paragraphs)
    return article, (*problems, *front_problems, *body.problems)


@dataclass(slots=True)
class _ParagraphBuilder:
    """The paragraph being built; its name is empty for text before the first paragraph."""

    name: str = ""
    line: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    translation: list[str] = field(default_factory=list)
    links: list[MentionLink] = field(default_factory=list)
    claims: list[ClaimLine] = field(default_factory=list)
    figures: list[FigureLine] = field(default_factory=list)
    unread: int = 0

    def finished(self) -> ParsedParagraph:
        return ParsedParagraph(
            self.name,
            self.line,
            "".join(self.text).rstrip(),
            "".join(self.translation).strip(),
            tuple(self.links),
            tuple(self.claims),
            tuple(self.figures),
            self.unread,
        )


class _BodyReader:
    """Parses one body in a single pass over its Markdown events."""

    def __init__(self, body: str, skipped: int, file: str) -> None:
        self.file = file
        self.data = body.encode()
        self.places = BodyPlaces(self.data, skipped)
        self.paragraphs: list[ParsedParagraph] = []
        self.problems: list[Problem] = []
        self.unread_before_paragraphs = 0
        self.paragraph = _ParagraphBuilder()
        self.first_lines: dict[str, int] = {}  # paragraph name -> its line
        self.open_comment = 0  # offset after the start of a comment that has not ended; 0 outside
        self.in_quote = False  # the quoted text is the translation
        self.is_outside_reported = False
        self.events: Events = iter(_MARKDOWN.events_with_range(body))
        self._event_readers: dict[str, Callable[[Any, int], None]] = {
            "Text": self._read_text,
            "Start": self._read_start,
            "End": self._read_end,
            "Code": lambda code, offset: self._add(code),
            "InlineHtml": self._read_html,
            "Html": self._read_html,
        }
        self._start_readers: dict[str, Callable[[Any, int], None]] = {
            "Paragraph": self._read_gap,
            "Item": self._read_gap,
            "BlockQuote": self._read_quote,
            "Link": self._read_link,
            "CodeBlock": self._read_block,
            "Heading": self._read_heading,
            "Image": lambda image, offset: self._report(offset, fault("KG022.image")),
        }

    def read(self) -> None:
        """Read every paragraph."""
        for event, span in self.events:
            if isinstance(event, dict):
                self._read_event(event, span["start"])
            elif event in _LINE_BREAKS:
                self._add(" ")
        if self.open_comment:
            self._report(self.open_comment - 1, fault("KG028.open-comment"))
        self._finish_paragraph()

    def _read_event(self, event: Mapping[str, Any], offset: int) -> None:
        for name, content in event.items():
            if name in self._event_readers:
                self._event_readers[name](content, offset)

    def _finish_paragraph(self) -> None:
        if self.paragraph.name:
            paragraph = self.paragraph.finished()
            if not paragraph.text and (paragraph.claims or paragraph.figures):
                flaw = fault("KG029.no-digest", Severity.WARNING, name=paragraph.name)
                self.problems.append(Problem(self.file, paragraph.line, 1, flaw))
            self.paragraphs.append(paragraph)
        else:
            self.unread_before_paragraphs += self.paragraph.unread

    def _report(self, offset: int, flaw: Fault) -> None:
        self.problems.append(Problem(self.file, *self.places.at(offset), flaw))

    def _report_outside(self, offset: int, key: str) -> None:
        """Report content before the first paragraph, but only once, because one heading fixes all of it."""
        if not self.is_outside_reported:
            self._report(offset, fault(f"KG025.{key}-before-paragraphs"))
        self.is_outside_reported = True

    def _read_start(self, start: _Content, offset: int) -> None:
        name, content = (start, None) if isinstance(start, str) else next(iter(start.items()))
        if reader := self._start_readers.get(name):
            reader(content, offset)

    def _read_end(self, end: _Content, offset: int) -> None:
        if "BlockQuote" in end:  # a text, or a mapping of the kind of quote
            self.in_quote = False

    def _read_quote(self, kind: object, offset: int) -> None:
        self.in_quote = True

    def _read_gap(self, kind: object, offset: int) -> None:
        """Insert a blank between two Markdown blocks of a paragraph."""
        if self.paragraph.translation if self.in_quote else self.paragraph.text:
            self._add(" ")

    def _add(self, text: str) -> None:
        if self.in_quote:
            self.paragraph.translation.append(text)
        else:
            self.paragraph.text.append(text)
            self.paragraph.length += len(text)

    # text, HTML and mentions -------------------------------------------------------------------------

    def _read_html(self, html: str, offset: int) -> None:
        if html.startswith("<!--") and not self.open_comment:
            self.open_comment = offset + 1
        if self.open_comment:
            self.open_comment = 0 if "-->" in html else self.open_comment
        elif html.strip():
            self.paragraph.unread += 1
            self._report(offset, fault("KG027.html", html=html.strip()[:40]))

    def _read_text(self, text: str, offset: int) -> None:
        if not self.paragraph.name and text.strip():
            self._report_outside(offset, "text")
        if "[" in text and not self.in_quote and not self._is_escaped(offset):
            self._report_bracket(text, offset)
        self._add(text)

    def _is_escaped(self, offset: int) -> bool:
        return self.data[offset : offset + 1] == b"[" and self.data[offset - 1 : offset] == b"\\"

    def _report_bracket(self, text: str, offset: int) -> None:
        """Report a bracket that starts no mention: the mention is malformed or contains another one."""
        start = offset + len(text[: text.index("[")].encode())
        following = self.data[start : start + _LOOKAHEAD].partition(b"\n\n")[0].decode(errors="ignore")
        inner = _inner_bracket(following)
        if inner is None:
            self._report(start, fault("KG022.open-bracket"))
        else:
            self._report(start + len(following[:inner].encode()), fault("KG023.nested-mention"))

    def _read_link(self, link: Mapping[str, str], offset: int) -> None:
        surface = self._link_text()
        if not surface.strip():
            self._report(offset, fault("KG024.empty-mention"))
            return
        if not self.in_quote:
            self._add_link(surface, link["dest_url"], offset)
        self._add(surface)

    def _link_text(self) -> str:
        parts: list[str] = []
        for event, span in self.events:
            if event == _LINK_END:
                break
            if isinstance(event, dict):
                if html := event.get("InlineHtml"):
                    self._read_html(html, span["start"])
                parts.append(event.get("Text") or event.get("Code") or "")
            elif event in _LINE_BREAKS:
                parts.append(" ")
        return "".join(parts)

    def _add_link(self, surface: str, target: str, offset: int) -> None:
        if not self.paragraph.name:
            self.paragraph.unread += 1
            self._report_outside(offset, "mention")
        stripped = surface.strip()
        start = self.paragraph.length + surface.index(stripped)
        self.paragraph.links.append(MentionLink(stripped, target, start, start + len(stripped), offset))

    # headings and blocks -----------------------------------------------------------------------------

    def _read_heading(self, heading: Mapping[str, str], offset: int) -> None:
        name = self._heading_text()
        is_name = _PARAGRAPH_NAME.fullmatch(name) is not None
        if heading["level"] != "H2" or not is_name:
            flaw = fault("KG026.no-paragraph", name=name, example=name if is_name else "d1")
            self._report(offset, flaw)
            return
        line = self.places.line(offset)
        first_line = self.first_lines.setdefault(name, line)
        if first_line != line:
            self._report(offset, fault("KG025.repeated-paragraph", name=name, line=first_line))
        self._finish_paragraph()
        self.paragraph = _ParagraphBuilder(name, line)

    def _heading_text(self) -> str:
        parts = []
        for event, _ in self.events:
            if isinstance(event, dict):
                if "Heading" in event.get("End", ()):
                    break
                parts.append(event.get("Text") or "")
        return "".join(parts).strip()

    def _read_block(self, kind: str | Mapping[str, str], offset: int) -> None:
        name = "" if isinstance(kind, str) else kind.get("Fenced", "").strip()
        text, start, end = self._block_text()
        if not isinstance(kind, str) and (flaw := self._open_block_fault(name, text, (offset, start, end))):
            self._skip_block(text)
            self._report(offset, flaw)
        elif name not in BLOCK_READERS:
            self._skip_block(text)
            self._report(
                offset, with_suggestion(fault("KG027.unknown-block", name=name), name, BLOCK_READERS)
            )
        elif not self.paragraph.name:
            self._skip_block(text)
            self._report_outside(offset, name)
        elif text:
            for line in BLOCK_READERS[name](text, self.places.line(start)):
                self._add_line(line)

    def _open_block_fault(self, name: str, text: str, offsets: tuple[int, int, int]) -> Fault | None:
        """Report a block that is not closed, or that is closed only by the end of a later block (KG028).

        :param offsets: offsets of the block, of its text, and of its end
        """
        block_start, text_start, end = offsets
        opening = self.data[block_start:end].lstrip(b" \t>")
        mark = opening[: len(opening) - len(opening.lstrip(opening[:1]))].decode()
        closing = self.data[block_start:end].rstrip().rpartition(b"\n")[2].strip(b" \t>")
        if not closing or closing.strip(b"`~"):
            return fault("KG028.open-block", name=name, mark=mark)
        if any(border in text for border in _BORDER_MARKS) and (inner := _BLOCK_BORDER.search(text)):
            line = self.places.line(text_start) + text.count("\n", 0, inner.start())
            return fault("KG028.late-end", name=name, line=line, mark=mark)
        return None

    def _block_text(self) -> tuple[str, int, int]:
        """Read to the end of a block; return its text, where the text starts, and where the block ends."""
        parts: list[str] = []
        start = end = -1
        for event, span in self.events:
            if isinstance(event, dict):
                if "End" in event:
                    end = span["end"]
                    break
                start = span["start"] if start < 0 else start
                parts.append(event.get("Text") or "")
        return "".join(parts), start, end

    def _skip_block(self, text: str) -> None:
        self.paragraph.unread += sum(1 for row in text.split("\n") if row.strip())

    def _add_line(self, line: ClaimLine | FigureLine | UnreadLine) -> None:
        if isinstance(line, ClaimLine):
            self.paragraph.claims.append(line)
        elif isinstance(line, FigureLine):
            self.paragraph.figures.append(line)
        else:
            self.paragraph.unread += 1
            self.problems.append(Problem(self.file, line.line, line.column, line.fault))


def _inner_bracket(text: str) -> int | None:
    """Find a second opening bracket within the first pair of brackets; ``None`` if there is none."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "[") - (character == "]")
        if character == "[" and depth > 1:
            return position
        if depth == 0:
            return None
    return None
