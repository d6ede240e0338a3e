"""Guided tours as records for the page: texts, what each step rests on, and what it marks in the drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....queries.questions.named import question
from ....words import languages
from ...site.content.answer_tables import answer_table
from ...site.content.question_answers import subject_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.facts.values import Json
    from ...site.content.answer_tables import AnswerCell, AnswerTable
    from ...site.content.snapshot import GraphSnapshot
    from ...site.content.tour_model import Tour, TourEvidence, TourStep

__all__ = ["TourRecorder"]

ROW_LIMIT = 8  # rows of an answer inside a step, as on the page of the tour


class TourRecorder:
    """Converts tours to records; statements are named by their positions in the picture.

    :param snapshot: the graph in which the tours were found to stand
    """

    def __init__(self, snapshot: GraphSnapshot) -> None:
        self.snapshot = snapshot
        self._drawn = {node.curie for node in snapshot.picture.nodes}
        self._curies = {entity.path: entity.curie for entity in snapshot.entities}

    def record(self, tour: Tour) -> dict[str, Json]:
        """Return a tour as data."""
        return {
            "name": tour.name,
            "title": dict(tour.title),
            "about": dict(tour.about),
            "minutes": tour.minutes,
            "steps": [self._step(step) for step in tour.steps],
        }

    def _step(self, step: TourStep) -> dict[str, Json]:
        tables = [self._tables(item) for item in step.evidence]
        entities = [
            curie
            for item, of_item in zip(step.evidence, tables, strict=True)
            for curie in (*self._named(item), *self._answering(of_item))
        ]
        return {
            "title": dict(step.title),
            "text": dict(step.text),
            "view": step.view or None,
            "evidence": [
                self._evidence(item, of_item) for item, of_item in zip(step.evidence, tables, strict=True)
            ],
            "marks": [curie for curie in dict.fromkeys(entities) if curie in self._drawn],
            "check": {key: dict(texts) for key, texts in step.check.items()} or None,
        }

    def _evidence(self, item: TourEvidence, tables: dict[str, AnswerTable]) -> dict[str, Json]:
        if item.statements:
            return {"statements": list(item.statements)}
        if item.kind == "entity":
            return {"entity": item.name}
        if item.kind == "paragraph":
            paragraph = self.snapshot.paragraphs[item.name]
            return {"paragraph": dict(paragraph.text), "article": paragraph.article}
        answers: dict[str, Json] = {lang: self._table(table) for lang, table in tables.items()}
        asks: dict[str, Json] = dict(question(item.name).asks)
        return {"question": asks, "subject": item.subject or None, "answers": answers}

    def _tables(self, item: TourEvidence) -> dict[str, AnswerTable]:
        """Answer a question in every language; empty for other evidence."""
        if item.kind != "question":
            return {}
        subjects = (item.subject,) if item.subject else None
        tables = {}
        for lang in languages():
            (_, answer), *_ = subject_answers(self.snapshot, question(item.name), lang, subjects)
            tables[lang] = answer_table(self.snapshot, answer, ROW_LIMIT)
        return tables

    def _table(self, table: AnswerTable) -> dict[str, Json]:
        """Return the rows shown; a cell is a list of texts, each with the entity that it names."""
        rows: list[Json] = [[self._cell(cell) for cell in row.cells] for row in table.rows]
        return {"heads": list(table.headings), "rows": rows, "total": table.total}

    def _cell(self, cell: AnswerCell) -> list[Json]:
        return [[link.text, self._curies.get(link.path)] for link in cell.links]

    def _named(self, item: TourEvidence) -> Iterator[str]:
        """List the entities that evidence speaks of, the first one first."""
        for position in item.statements:
            fact = self.snapshot.statements[position].fact
            yield from filter(None, (fact.subject, fact.object))
        if item.kind == "entity":
            yield item.name
        if item.kind == "paragraph":
            yield from (mention.curie for mention in self.snapshot.paragraphs[item.name].mentions)
        if item.subject:
            yield item.subject

    def _answering(self, tables: dict[str, AnswerTable]) -> Iterator[str]:
        """List the entities that the rows of an answer name."""
        for table in list(tables.values())[:1]:
            links = (link for row in table.rows for cell in row.cells for link in cell.links)
            yield from (self._curies[link.path] for link in links if link.path in self._curies)
