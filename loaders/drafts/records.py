"""A draft as data for other programs: spans in the original, and proposals; no text of the original."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..recognition.spans import DateSpan, NamedThing, NumberSpan
    from .desk import DraftedText
    from .proposals import DraftParagraph, ProposedMention, ProposedStatement

_SECTIONS = ("mentions", "document_numbers", "dates", "figures", "statements")


def draft_record(drafted: DraftedText) -> dict[str, object]:
    """Return a draft as values for JSON; places count characters of the normalised text, from 0."""
    text = drafted.raw.text
    new = {f"{drafted.head.prefix}:{entity.name}" for entity in drafted.draft.entities}
    merged: dict[str, list[dict[str, object]]] = {name: [] for name in _SECTIONS}
    for paragraph in drafted.draft.paragraphs:
        for name, records in _records(paragraph, new).items():
            merged[name] += records
    return {
        "article": drafted.head.article,
        "scope": drafted.head.scope,
        "published": drafted.head.published,
        "sha256": sha256(text.encode()).hexdigest(),
        "chars": len(text),
        **merged,
        **_model_record(drafted),
        "entities": [
            {"entity": f"{drafted.head.prefix}:{entity.name}", **entity.values}
            for entity in drafted.draft.entities
        ],
    }


def _model_record(drafted: DraftedText) -> dict[str, object]:
    """Return what a language model was asked for; empty if none was."""
    if not drafted.draft.model:
        return {}
    digests = [
        {"number": digest.number, "text": digest.text, "translation": digest.translation}
        for digest in (paragraph.digest for paragraph in drafted.draft.paragraphs)
        if digest
    ]
    return {"model": drafted.draft.model, "digests": digests}


def _records(paragraph: DraftParagraph, new: set[str]) -> dict[str, list[dict[str, object]]]:
    mentions = paragraph.mentions
    return {
        "mentions": [_mention(mention, is_new=mention.entity in new) for mention in mentions],
        "document_numbers": [_document_number(mention.thing) for mention in mentions if mention.thing.number],
        "dates": [_date(date) for date in paragraph.dates],
        "figures": [_figure(number) for number in paragraph.numbers],
        "statements": [_statement(statement, paragraph) for statement in paragraph.statements],
    }


def _mention(mention: ProposedMention, *, is_new: bool) -> dict[str, object]:
    thing = mention.thing
    entity = mention.entity or None
    return {"start": thing.start, "end": thing.end, "kind": thing.kind, "entity": entity, "is_new": is_new}


def _date(date: DateSpan) -> dict[str, object]:
    return {
        "start": date.start,
        "end": date.end,
        "value": date.value,
        "is_year_assumed": date.is_year_assumed,
    }


def _document_number(thing: NamedThing) -> dict[str, object]:
    return {"start": thing.end - len(thing.number), "end": thing.end, "number": thing.number}


def _figure(number: NumberSpan) -> dict[str, object]:
    unit = number.unit or number.counted or None
    return {"start": number.start, "end": number.end, "value": number.value, "unit": unit}


def _statement(statement: ProposedStatement, paragraph: DraftParagraph) -> dict[str, object]:
    return {
        "number": statement.number,
        "block": statement.block,
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": statement.target,
        "attributes": dict(statement.attributes),
        "rule": statement.rule,
        "confidence": statement.confidence,
        "start": paragraph.start,
        "end": paragraph.end,
    }
