"""Tables of answers: short values in columns, sentences as quotations below their row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ....ontology.qualifiers import Polarity
from ....ontology.statuses import statuses
from ....words import catalogue, label, written_number
from .forms import shown_date
from .model import PageLink
from .paths import article_path
from .statements import StatementWording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ....ontology.tones import Tone
    from ....queries.facts.values import TermValue
    from ....queries.questions.ask import Answer
    from ....queries.questions.header import AnswerColumn
    from .snapshot import GraphSnapshot

__all__ = ["AnswerCell", "AnswerRow", "AnswerTable", "QuotedSentence", "answer_table"]

# column with a sentence -> column with its article
_SENTENCE_COLUMNS = {
    "sentence": "article",
    "first_sentence": "first_article",
    "second_sentence": "second_article",
}
_ARTICLE_COLUMNS = ("article", "articles", "other_article", "sources")
_FIGURE_COLUMNS = ("figure", "other_figure", "values")
_LONG_NUMBER = re.compile(r"(?<![\d.,-])\d{4,}(?= [^\W\d])")  # a number before its unit
_LIST_LIMIT = 12  # members of a list in a cell; the data files hold all
_MAIN_SENTENCE = "sentence"  # its column needs no label


@dataclass(frozen=True)
class AnswerCell:
    """One cell of an answer.

    :param links: its texts, possibly linked; several if the column holds a list
    :param is_number: whether its text is right-aligned
    :param tone: tone of the status that it names; ``None`` for other texts
    :param sort_key: value to sort by if the text does not sort correctly: a number or an ISO day
    """

    links: tuple[PageLink, ...]
    is_number: bool = False
    tone: Tone | None = None
    sort_key: str = ""


@dataclass(frozen=True)
class QuotedSentence:
    """A sentence that is quoted below a row of an answer.

    :param label: label of the column of the sentence; empty if the row has no other sentence
    """

    label: str
    text: str
    article: PageLink


@dataclass(frozen=True)
class AnswerRow:
    """A row of an answer with its quoted sentences."""

    cells: tuple[AnswerCell, ...]
    sentences: tuple[QuotedSentence, ...]


@dataclass(frozen=True)
class AnswerTable:
    """An answer as a table.

    :param headings: headings of the columns that are shown
    :param total: number of rows of the whole answer, shown or not
    """

    headings: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    total: int
    message: str


def answer_table(snapshot: GraphSnapshot, answer: Answer, row_limit: int) -> AnswerTable:
    """Build the table of an answer; columns without information are left out.

    :param row_limit: the largest number of rows shown
    """
    layout = _TableLayout(snapshot, answer)
    rows = tuple(map(layout.row, answer.rows[:row_limit]))
    headings = tuple(answer.labels[position] for position in layout.shown_columns)
    return AnswerTable(headings, rows, len(answer.rows), answer.message)


class _TableLayout:
    """Converts the rows of one answer to rows of a table."""

    def __init__(self, snapshot: GraphSnapshot, answer: Answer) -> None:
        self.snapshot, self.answer, self.lang = snapshot, answer, answer.lang
        self.wording = StatementWording(snapshot, answer.lang)

    @cached_property
    def shown_columns(self) -> list[int]:
        """Positions of the columns shown: those of sentences and those with only defaults are left out."""
        names = {column.name for column in self.answer.columns}
        beside_sentences = {article for name, article in _SENTENCE_COLUMNS.items() if name in names}
        below_rows = {*_SENTENCE_COLUMNS, *beside_sentences}
        return [
            position
            for position, column in enumerate(self.answer.columns)
            if column.name not in below_rows and self._is_telling(position)
        ]

    def _is_telling(self, position: int) -> bool:
        usual_values = {None, self.snapshot.code_label(Polarity.ASSERTED.slug, self.lang)}
        return any(row[position] not in usual_values for row in self.answer.rows)

    def row(self, values: Sequence[TermValue]) -> AnswerRow:
        """Build a row of cells and quoted sentences."""
        columns = self.answer.columns
        by_name = {column.name: value for column, value in zip(columns, values, strict=True)}
        cells = tuple(self._cell(columns[position], values[position]) for position in self.shown_columns)
        return AnswerRow(cells, tuple(self._sentences(by_name)))

    def _sentences(self, values: Mapping[str, TermValue]) -> list[QuotedSentence]:
        labels = {column.name: label(column.labels, self.lang) for column in self.answer.columns}
        sentences = []
        for name, article_column in _SENTENCE_COLUMNS.items():
            if text := values.get(name):
                heading = "" if name == _MAIN_SENTENCE else labels[name]
                article = self._article_link(str(values.get(article_column) or ""))
                sentences.append(QuotedSentence(heading, str(text), article))
        return sentences

    def _cell(self, column: AnswerColumn, value: TermValue) -> AnswerCell:
        if value is None:
            return AnswerCell(())
        if isinstance(value, (int, Decimal)):
            link = PageLink(written_number(value, self.lang), lang=self.lang)
            return AnswerCell((link,), is_number=True, sort_key=f"{value:f}")
        if isinstance(value, date):
            day = value.isoformat()
            return AnswerCell((PageLink(shown_date(day, self.lang), lang=self.lang),), sort_key=day)
        return self._text_cell(column, value)

    def _text_cell(self, column: AnswerColumn, value: str) -> AnswerCell:
        texts = value.split("; ") if column.several else [value]
        if column.name in _ARTICLE_COLUMNS:
            return AnswerCell(tuple(map(self._article_link, texts)))
        if column.name in _FIGURE_COLUMNS:
            texts = [_LONG_NUMBER.sub(self._grouped, text) for text in texts]
        if column.name == "certainty":
            return AnswerCell((self.wording.certainty(value),))
        tone = self._status_tones.get(value) if "status" in column.name else None
        is_date = shown_date(value, self.lang) != value
        links = [self._entity_link(text) for text in texts[:_LIST_LIMIT]]
        if omitted := texts[_LIST_LIMIT:]:
            more = catalogue(__package__, self.lang)("answer.more", count=len(omitted), total=len(texts))
            links.append(PageLink(more, lang=self.lang))
        return AnswerCell(tuple(links), tone=tone, sort_key=value if is_date else "")

    def _grouped(self, number: re.Match[str]) -> str:
        """Separate the thousands of a number."""
        return written_number(int(number[0]), self.lang)

    @cached_property
    def _status_tones(self) -> Mapping[str, Tone]:
        """Label of a status → its tone."""
        return {status.label(self.lang): status.tone for status in statuses().values()}

    def _entity_link(self, text: str) -> PageLink:
        """Link a text that is a CURIE, or the label of exactly one entity."""
        entity = self.snapshot.by_label[self.lang].get(text) or self.snapshot.by_curie.get(text)
        if entity is None:
            return PageLink(shown_date(text, self.lang), lang=self.lang)
        return PageLink(text, entity.path, self.lang)

    def _article_link(self, name: str) -> PageLink:
        """Link an article named by its id, or by its title in any language."""
        article = self.snapshot.article_by_name.get(name)
        if article is None:
            return PageLink(name, lang=self.lang)
        return PageLink(label(article.title, self.lang), article_path(article.id), self.lang)
