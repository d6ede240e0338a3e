"""The native article format `*.kg.md`: Markdown with links as mentions, and fenced claims and figures.

The Markdown is parsed by pulldown-cmark (through pyromark); what stands here turns its events into
paragraphs, mentions and lines. Nobody types an offset: they are counted here, in code points of the
paragraph's plain text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

import pyromark

from ...problems import Problem
from ..text.suggest import did_you_mean
from .frontmatter import Front, read_front, split_front

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_END_LINK = {"End": "Link"}
BLOCKS = ("claims", "figures")
CLAIM = re.compile(r'\s*([^\s#]\S*)\s+(\S+)\s+("(?:[^"\\]|\\.)*"|[^\s{"]+)\s*(?:(\{.*\})\s*)?(?:#.*)?')
FIGURE = re.compile(r"\s*([^\s#]\S*)\s+(\S+)\s+([^\s{]+)(?:\s+([^\s{#]+))?\s*(?:(\{.*\})\s*)?(?:#.*)?")
_SEEN = 2000  # bytes of a paragraph that are looked through for the end of a broken mention
_MARKDOWN = pyromark.Markdown()


class Link(NamedTuple):
    """One mention: `[surface](target)`; an empty target is resolved by its words.

    `start` and `end` count code points of the paragraph's text, `offset` bytes of the article's body.
    """

    surface: str
    target: str
    start: int
    end: int
    offset: int


class ClaimLine(NamedTuple):
    """One line of a claims block, not yet understood; `columns` are those of the four fields."""

    line: int
    subject: str
    predicate: str
    object: str
    attributes: str
    columns: tuple[int, int, int, int]


class FigureLine(NamedTuple):
    """One line of a figures block, not yet understood; `columns` are those of the five fields."""

    line: int
    subject: str
    measure: str
    value: str
    unit: str
    attributes: str
    columns: tuple[int, int, int, int, int]


class Paragraph(NamedTuple):
    """A paragraph of the digest with what it supports; `unread` counts the lines not understood."""

    name: str
    line: int
    text: str
    english: str
    links: tuple[Link, ...]
    claims: tuple[ClaimLine, ...]
    figures: tuple[FigureLine, ...]
    unread: int


class Places:
    """Turns byte offsets of a body into lines and columns, which only a problem asks for.

    :param data: the body
    :param skipped: lines of the file before it
    """

    def __init__(self, data: bytes, skipped: int) -> None:
        self.data, self.skipped = data, skipped
        self.breaks = [-1, *(m.start() for m in re.finditer(b"\n", data))]

    def line(self, offset: int) -> int:
        """Line of the file, 1-based."""
        return bisect_right(self.breaks, offset - 1) + self.skipped

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, both 1-based."""
        start = self.breaks[bisect_right(self.breaks, offset - 1) - 1] + 1
        return self.line(offset), len(self.data[start:offset].decode()) + 1


class Native(NamedTuple):
    """A parsed article: its head (``None`` when unreadable), paragraphs and places.

    `unread` counts the mentions and lines that stand before any paragraph.
    """

    file: str
    front: Front | None
    paragraphs: tuple[Paragraph, ...]
    places: Places
    unread: int = 0


def parse_native(text: str, file: str) -> tuple[Native, tuple[Problem, ...]]:
    """Parse one article.

    :param text: normalised, see :func:`egovkg.loaders.text.reading.read_bytes`
    :returns: the article as far as it could be read, and every problem found; cost linear
    """
    block, skipped, problems = split_front(text, file)
    if not skipped:
        return Native(file, None, (), Places(b"", 0)), problems
    front, found = read_front(block, file)
    problems += found
    body = text.split("\n", skipped)[-1]
    reader = _Reader(body, skipped, file)
    reader.read()
    reader.close()
    native = Native(file, front, tuple(reader.paragraphs), reader.places, reader.lost)
    return native, (*problems, *reader.problems)


def fenced(body: str) -> Iterator[tuple[int, int]]:
    """Find the fenced blocks of a body: the rows, counted from 0, on which each opens and ends."""
    data = body.encode()
    row, at = 0, 0
    for event, span in _MARKDOWN.events_with_range(body):
        if isinstance(event, dict) and isinstance(start := event.get("Start"), dict) and "CodeBlock" in start:
            row += data.count(b"\n", at, span["start"])
            at = span["start"]
            yield row, row + data.count(b"\n", at, span["end"] - 1)


class _Reader:
    """Walks the events of one body; holds the paragraph under construction."""

    def __init__(self, body: str, skipped: int, file: str) -> None:
        self.file = file
        self.body = body
        self.data = body.encode()
        self.places = Places(self.data, skipped)
        self.paragraphs: list[Paragraph] = []
        self.problems: list[Problem] = []
        self.names: dict[str, int] = {}
        self.lost = 0
        self.comment = False
        self.is_told = False
        self._begin("", 0)

    def _begin(self, name: str, line: int) -> None:
        self.name, self.line = name, line
        self.words: list[str] = []
        self.length = 0
        self.english: list[str] = []
        self.links: list[Link] = []
        self.claims: list[ClaimLine] = []
        self.figures: list[FigureLine] = []
        self.unread = 0

    def close(self) -> None:
        """Finish the paragraph under construction."""
        if not self.name:
            self.lost += self.unread
            return
        text = "".join(self.words)
        kept = text.rstrip()
        self.paragraphs.append(
            Paragraph(
                self.name,
                self.line,
                kept,
                "".join(self.english).strip(),
                tuple(self.links),
                tuple(self.claims),
                tuple(self.figures),
                self.unread,
            )
        )

    def problem(self, offset: int, code: str, what: str, fix: str) -> None:
        """Note a problem at a byte offset."""
        line, column = self.places.at(offset)
        self.problems.append(Problem(self.file, line, column, code, what, fix))

    def _outside(self, offset: int, what: str) -> None:
        """Tell once that something stands before the first paragraph: one heading mends all of it."""
        if not self.is_told:
            self.problem(offset, "KG025", f"{what} before any paragraph", 'open one with "## d1"')
        self.is_told = True

    def read(self) -> None:
        """Take every event once."""
        events: Iterator[Any] = iter(_MARKDOWN.events_with_range(self.body))
        quoted = False
        for event, span in events:
            if event == "SoftBreak" or event == "HardBreak":
                self._add(" ", quoted)
            elif isinstance(event, dict):
                if (text := event.get("Text")) is not None:
                    self._text(text, span["start"], quoted)
                elif (start := event.get("Start")) is not None:
                    quoted = self._start(start, span["start"], events, quoted)
                elif (end := event.get("End")) is not None:
                    if end == "BlockQuote" or (isinstance(end, dict) and "BlockQuote" in end):
                        quoted = False
                elif (code := event.get("Code")) is not None:
                    self._add(code, quoted)
                elif (html := event.get("InlineHtml") or event.get("Html")) is not None:
                    self._html(html, span["start"])

    def _start(
        self, start: str | Mapping[str, Any], offset: int, events: Iterator[Any], quoted: bool
    ) -> bool:
        """Take what an opening event opens; tell whether the English rendering is being read."""
        if start == "Paragraph" or start == "Item":
            self._gap(quoted)
        elif start == "BlockQuote" or "BlockQuote" in start:
            return True
        elif isinstance(start, dict):
            if "Link" in start:
                self._link(start["Link"]["dest_url"], offset, events, quoted)
            elif "CodeBlock" in start:
                self._block(start["CodeBlock"], offset, events)
            elif "Heading" in start:
                self._heading(start["Heading"]["level"], offset, events)
            elif "Image" in start:
                what, fix = "an image is no mention", 'put a blank between "!" and "["'
                self.problem(offset, "KG022", what, fix)
        return quoted

    def _html(self, html: str, offset: int) -> None:
        if html.startswith("<!--") or self.comment:
            self.comment = "-->" not in html
        elif html.strip():
            self.unread += 1
            self.problem(offset, "KG027", f'HTML "{html.strip()[:40]}"', 'write plain words; a "<" as \\<')

    def _gap(self, quoted: bool) -> None:
        target = self.english if quoted else self.words
        if target:
            self._add(" ", quoted)

    def _add(self, text: str, quoted: bool) -> None:
        if quoted:
            self.english.append(text)
        else:
            self.words.append(text)
            self.length += len(text)

    def _text(self, text: str, offset: int, quoted: bool) -> None:
        if not self.name and text.strip():
            self._outside(offset, "text")
        if "[" in text and not quoted and not self._is_escaped(offset):
            self._stray(text, offset)
        self._add(text, quoted)

    def _is_escaped(self, offset: int) -> bool:
        return self.data[offset : offset + 1] == b"[" and self.data[offset - 1 : offset] == b"\\"

    def _stray(self, text: str, offset: int) -> None:
        start = offset + len(text[: text.index("[")].encode())
        rest = self.data[start : start + _SEEN].partition(b"\n\n")[0].decode(errors="ignore")
        depth = 0
        for position, sign in enumerate(rest):
            depth += (sign == "[") - (sign == "]")
            if sign == "[" and depth > 1:
                what, fix = "mention inside a mention", "split them; use a claim for part-of"
                self.problem(start + len(rest[:position].encode()), "KG023", what, fix)
                return
            if depth == 0:
                break
        self.problem(start, "KG022", '"[" without "](prefix:id)"', "close the mention")

    def _link(self, target: str, offset: int, events: Iterable[Any], quoted: bool) -> None:
        parts: list[str] = []
        for event, span in events:
            if event == _END_LINK:
                break
            if event == "SoftBreak" or event == "HardBreak":
                parts.append(" ")
            elif isinstance(event, dict):
                if html := event.get("InlineHtml"):
                    self._html(html, span["start"])
                parts.append(event.get("Text") or event.get("Code") or "")
        surface = parts[0] if len(parts) == 1 else "".join(parts)
        if not surface.strip():
            self.problem(offset, "KG024", 'empty "[]"', "put the words inside")
            return
        if not quoted:
            self._linked(surface, target, offset)
        self._add(surface, quoted)

    def _linked(self, surface: str, target: str, offset: int) -> None:
        if not self.name:
            self.unread += 1
            self._outside(offset, "a mention")
        words = surface.strip()
        start = self.length + surface.index(words)
        self.links.append(Link(words, target, start, start + len(words), offset))

    def _heading(self, level: str, offset: int, events: Iterable[Any]) -> None:
        parts = []
        for event, _ in events:
            if isinstance(event, dict):
                if isinstance(end := event.get("End"), dict) and "Heading" in end:
                    break
                parts.append(event.get("Text") or "")
        name = "".join(parts).strip()
        line = self.places.line(offset)
        is_name = re.fullmatch(r"[a-z][a-z0-9-]{0,99}", name)
        if level != "H2" or not is_name:
            fix = f'write "## {name}"' if is_name else 'write "## d1"'
            self.problem(offset, "KG026", f'heading "{name}" opens no paragraph', fix)
            return
        if name in self.names:
            first = self.names[name]
            self.problem(
                offset,
                "KG025",
                f'paragraph "{name}" already stands at line {first}',
                "give it a name of its own",
            )
        self.names.setdefault(name, line)
        self.close()
        self._begin(name, line)

    def _block(self, kind: object, offset: int, events: Iterable[Any]) -> None:
        info = kind.get("Fenced", "").strip() if isinstance(kind, dict) else ""
        parts: list[str] = []
        first = -1
        for event, span in events:
            if isinstance(event, dict):
                if "End" in event:
                    break
                if first < 0:
                    first = span["start"]
                parts.append(event.get("Text") or "")
        if info not in BLOCKS:
            self.unread += sum(1 for row in "".join(parts).split("\n") if row.strip())
            fix = did_you_mean(info, BLOCKS, "blocks are called claims or figures")
            self.problem(offset, "KG027", f'unknown block "{info}"', fix)
        elif not self.name:
            self.unread += sum(1 for row in "".join(parts).split("\n") if row.strip())
            self._outside(offset, info)
        elif parts:
            line = self.places.line(first)
            (self._claims if info == "claims" else self._figures)("".join(parts), line)

    def _claims(self, block: str, line: int) -> None:
        match_line = CLAIM.fullmatch
        for number, row in enumerate(block.split("\n"), line):
            if match := match_line(row):
                s, p, o, a = match.group(1, 2, 3, 4)
                columns = (match.start(1) + 1, match.start(2) + 1, match.start(3) + 1, match.start(4) + 1)
                self.claims.append(ClaimLine(number, s, p, o, a or "", columns))
            elif row.strip() and not row.lstrip().startswith("#"):
                self._not_understood(row, number, "subject predicate object {…}")

    def _figures(self, block: str, line: int) -> None:
        match_line = FIGURE.fullmatch
        for number, row in enumerate(block.split("\n"), line):
            if match := match_line(row):
                s, m, v, u, a = match.group(1, 2, 3, 4, 5)
                columns = (
                    match.start(1) + 1,
                    match.start(2) + 1,
                    match.start(3) + 1,
                    match.start(4) + 1,
                    match.start(5) + 1,
                )
                self.figures.append(FigureLine(number, s, m, v, u or "", a or "", columns))
            elif row.strip() and not row.lstrip().startswith("#"):
                self._not_understood(row, number, "subject measure value [unit] {…}")

    def _not_understood(self, row: str, line: int, expected: str) -> None:
        self.unread += 1
        fields = len(re.sub(r"\{.*", "", row).split())
        column = len(row) - len(row.lstrip()) + 1
        what = f"expected: {expected}; got {fields} field{'s' * (fields != 1)}"
        fix = "put quotes around a text" if fields > 3 else "write the missing part"
        if row.count("{") != row.count("}"):
            what, fix = "the braces of the attributes do not match", "write {key: value, key: value}"
            column = row.index("{" if "{" in row else "}") + 1
        self.problems.append(Problem(self.file, line, column, "KG030", what, fix))
