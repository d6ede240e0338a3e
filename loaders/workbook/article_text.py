"""The article that a workbook becomes: a paragraph a row, and the way back from its lines to the cells."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from ...problems import Problem
from ...words import Message, catalogue
from ..article.frontmatter import FORMAT_VERSION
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from .entries import ENTRY_SHEETS
from .layout import heading
from .lines import statement_key
from .sources import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...problems import Fault
    from .lines import Part, RowLines
    from .records import SheetRow
    from .sources import WorkbookSource

_SPECIAL = re.compile(r"[\\`*_\[\]<>#&~|!]")
_BLOCK_START = re.compile(r"^(\d+)([.)])|^([-+=>])")
_LINE_VALUES = {"line", "denial", "assertion"}  # values of messages that are numbers of lines
_UNQUOTED = {
    "id",
    "source",
    "paragraph",
    "sentence",
    f"sentence_{TRANSLATION_LANGUAGE}",
    TRANSLATION_LANGUAGE,
}  # columns that evidence leaves out


@dataclass
class _Origin:
    """From which cells a line of the article was made.

    :param starts: column of the line at which each part starts, 1-based, in ascending order
    :param columns: column of the workbook for each part
    """

    record: SheetRow
    starts: list[int] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)

    def column_at(self, column: int) -> str:
        index = bisect_right(self.starts, column) - 1
        return self.columns[max(index, 0)] if self.columns else ""


@dataclass
class ArticleText:
    """The text of one article.

    :param source: what the article is made of
    :param mark: comment by which an import recognises its own files
    """

    source: WorkbookSource
    file: str
    mark: str
    lines: list[str] = field(default_factory=list)
    origins: dict[int, _Origin] = field(default_factory=dict)  # line, 1-based -> its origin

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines) + "\n"

    def add(self, line: str, origin: _Origin | None = None) -> None:
        """Append a line."""
        self.lines.append(line)
        if origin:
            self.origins[len(self.lines)] = origin

    def add_parts(self, record: SheetRow, parts: Sequence[Part]) -> None:
        """Append a line of parts, each made from a cell."""
        origin = _Origin(record)
        length = 0
        for text, column in parts:
            origin.starts.append(length + 1)
            origin.columns.append(column)
            length += len(text)
        self.add("".join(text for text, _ in parts), origin)

    def at_cell(self, problem: Problem) -> Problem:
        """Place a problem of the article at the cell that caused it."""
        flaw = self._with_rows(problem.fault)
        if origin := self.origins.get(problem.line):
            return origin.record.problem(origin.column_at(problem.column), flaw)
        return self.source.problem(self.file, self._head_column(problem.line), flaw)

    def _head_column(self, line: int) -> str:
        """Return the column of the sheet of sources from which a line of the head was made."""
        key = self.lines[line - 1].partition(":")[0] if line <= len(self.lines) else ""
        return {"article": "id"}.get(key, key)

    def _with_rows(self, flaw: Fault) -> Fault:
        """Replace the numbers of lines in a message by those of rows."""
        problem = flaw.problem
        if not isinstance(problem, Message):
            return flaw
        values = tuple(
            (name, self._row(value) if name in _LINE_VALUES and isinstance(value, int) else value)
            for name, value in problem.values
        )
        return replace(flaw, problem=replace(problem, values=values))

    def _row(self, line: int) -> str | int:
        origin = self.origins.get(line)
        return origin.record.address if origin else line


def article_text(
    source: WorkbookSource, rows: Iterable[tuple[SheetRow, RowLines]], workbook: tuple[str, str]
) -> ArticleText:
    """Write the article of one source.

    :param rows: the rows of the source with their lines
    :param workbook: name of the workbook, and the SHA-256 of its bytes
    """
    file, digest = workbook
    words = catalogue(__package__ or "", ARTICLE_LANGUAGE)
    article = ArticleText(source, file, words("mark", file=file))
    for line in _head(source, digest):
        article.add(line)
    for name, paragraph_rows in _paragraphs(rows).items():
        _write_paragraph(article, name, paragraph_rows, file)
    return article


def _head(source: WorkbookSource, digest: str) -> Iterator[str]:
    values = source.values
    yield "---"
    yield f"kg: {FORMAT_VERSION}"
    yield f"article: {source.id}"
    yield f"title: {_yaml(values['title'])}"
    if values["title_en"]:
        yield f"title_en: {_yaml(values['title_en'])}"
    yield f"publisher: {values['publisher']}"
    yield f"published: {source.published.edtf}"
    yield f"lang: {values['lang'] or ARTICLE_LANGUAGE}"
    yield f"scope: {values['scope']}"
    for key in ("seen", "translation", "url", "original", "copy_of"):
        if values[key]:
            yield f"{key}: {_yaml(values[key])}"
    sha256 = values["sha256"] or (digest if source.is_inventory else "")
    parts = {"kind": source.kind if source.kind != ARTICLE else "", "sha256": sha256}
    if stated := ", ".join(f"{key}: {_yaml(text)}" for key, text in parts.items() if text):
        yield f"source: {{{stated}}}"
    yield "---"


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _paragraphs(
    rows: Iterable[tuple[SheetRow, RowLines]],
) -> Mapping[str, list[tuple[SheetRow, RowLines]]]:
    paragraphs: dict[str, list[tuple[SheetRow, RowLines]]] = {}
    for record, lines in rows:
        if lines.claims or lines.figures:
            paragraphs.setdefault(_paragraph_name(record), []).append((record, lines))
    return paragraphs


def _paragraph_name(record: SheetRow) -> str:
    """Name the paragraph of a row: as it says, else by what it states, so that other rows may move."""
    if name := record.text("paragraph"):
        return name
    key = record.text(ARTICLE_LANGUAGE) if record.kind in ENTRY_SHEETS else statement_key(record)
    return f"{record.kind}-{blake2b(key.encode(), digest_size=5).hexdigest()}"


def _write_paragraph(
    article: ArticleText, name: str, rows: Sequence[tuple[SheetRow, RowLines]], file: str
) -> None:
    record = next((record for record, _ in rows if record.text("sentence")), rows[0][0])
    sentence = _Origin(record, [1], ["sentence"])
    article.add("")
    article.add(f"## {name}", _Origin(record, [1], ["paragraph"]))
    article.add("")
    article.add(escaped(_sentence(article.source, record, ARTICLE_LANGUAGE, file)), sentence)
    if translation := _sentence(article.source, record, TRANSLATION_LANGUAGE, file):
        article.add("")
        article.add(f"> {escaped(translation)}", _Origin(record, [1], ["sentence_en"]))
    for block in ("claims", "figures"):
        block_lines = [(record, parts) for record, lines in rows for parts in getattr(lines, block)]
        if block_lines:
            article.add("")
            article.add(f"```{block}")
            for block_record, parts in block_lines:
                article.add_parts(block_record, parts)
            article.add("```")


def _sentence(source: WorkbookSource, record: SheetRow, lang: str, file: str) -> str:
    """Return the evidence of a row: its sentence; for an inventory, with file, sheet and row before it.

    :returns: empty if an article has no sentence in a language
    """
    stated = record.text("sentence" if lang == ARTICLE_LANGUAGE else "sentence_en")
    if record.text("paragraph") or not source.is_inventory:
        return stated or (_summary(record, lang) if lang == ARTICLE_LANGUAGE else "")
    values = {"file": file, "row": record.row, "text": stated or _summary(record, lang)}
    words = catalogue(__package__ or "", lang)
    if record.sheet:
        return words("evidence.row", sheet=record.sheet, **values)
    return words("evidence.row_of_list", **values)


def _summary(record: SheetRow, lang: str) -> str:
    """Return what a row says, cell by cell, each with its heading."""
    words = catalogue(__package__ or "", lang)
    return "; ".join(
        words("evidence.cell", heading=heading(record.kind, column, lang), text=cell.text)
        for column, cell in record.cells.items()
        if column not in _UNQUOTED
    )


def escaped(text: str) -> str:
    r"""Return Markdown that shows a text as it is.

    >>> print(escaped("- [a] 1 * 2"))
    \- \[a\] 1 \* 2
    """
    inline = _SPECIAL.sub(r"\\\g<0>", text)
    return _BLOCK_START.sub(lambda match: f"{match[1] or ''}\\{match[2] or match[3]}", inline)
