"""doccano JSONL: a text a line, with `label` lists or `entities` and `relations`; code points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...files import json_line
from ...problems import Severity
from .decoding import json_of, offset_at, records, text_at, text_of
from .model import SOURCE, TARGET, AnnotatedSpan, AnnotatedText, AnnotationReading, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .decoding import JsonValue
    from .model import Files

ENDING = ".jsonl"
_OTHER = ("cats", "Comments", "comments")  # what a record says of the whole text
_TRIPLE = 3  # start, end, label


def read(name: str, files: Files, file: str) -> AnnotationReading:
    """Read the records of one file.

    :param name: name of the file
    :param file: the same as messages call it
    """
    reading = AnnotationReading(file)
    content = text_of(files.get(name), reading)
    if content is None:
        return reading
    rows = [(number, row) for number, row in enumerate(content.split("\n"), 1) if row.strip("\ufeff \t\r")]
    for number, row in rows:
        faults = len(reading.problems)
        record = json_of(row, reading, number)
        if isinstance(record, dict):
            stem = name.removesuffix(ENDING)
            _add(record, number, stem if len(rows) == 1 else f"{stem}-{number}", reading)
        elif len(reading.problems) == faults:
            reading.report(number, "KG120.malformed-line", text=row[:60])
    _warn_of_lost_relations(reading, content)
    return reading


def _warn_of_lost_relations(reading: AnnotationReading, content: str) -> None:
    """Warn if every list of relations is empty: doccano is known to write such lists by mistake."""
    spans = sum(len(text.spans) for text in reading.texts)
    relations = sum(len(text.relations) for text in reading.texts)
    if spans and not relations and '"relations"' in content:
        reading.report(1, "KG123.no-relations", Severity.WARNING, count=spans)


def _add(record: dict[str, JsonValue], line: int, name: str, reading: AnnotationReading) -> None:
    text = text_at(record, "text", "data")
    if not text:
        reading.report(line, "KG120.no-text")
        return
    for key in _OTHER:
        if record.get(key):
            reading.passed_over[key] += 1
    ids: set[str] = set()
    spans = [span for span in _spans(record, line) if reading.is_usable(span, len(text), ids)]
    relations = [
        Relation(
            f"r{number}",
            text_at(item, "type", "label"),
            ((SOURCE, text_at(item, "from_id")), (TARGET, text_at(item, "to_id"))),
            line=line,
        )
        for number, item in enumerate(records(record.get("relations", [])), 1)
    ]
    document = text_at(record, "document") or name
    reading.add(AnnotatedText(document, text, tuple(spans), tuple(relations), reading.file, line))


def _spans(record: dict[str, JsonValue], line: int) -> Iterable[AnnotatedSpan]:
    for item in records(record.get("entities", [])):
        place = offset_at(item, "start_offset"), offset_at(item, "end_offset")
        yield AnnotatedSpan(text_at(item, "id"), (place,), text_at(item, "label"), line=line)
    listed = record.get("label") or record.get("labels") or []
    for number, triple in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(triple, list) and len(triple) == _TRIPLE:
            values: dict[str, JsonValue] = dict(zip(("start", "end", "label"), triple, strict=True))
            place = offset_at(values, "start"), offset_at(values, "end")
            yield AnnotatedSpan(f"label-{number}", (place,), text_at(values, "label"), line=line)


def write(texts: Iterable[AnnotatedText]) -> dict[str, bytes]:
    """Write one file with a line a document."""
    rows = [json_line(_record(text)) for text in texts]
    return {"documents.jsonl": "".join(f"{row}\n" for row in rows).encode()}


def _record(text: AnnotatedText) -> dict[str, object]:
    numbers = {span.id: number for number, span in enumerate(text.spans)}
    entities = [
        {"id": numbers[span.id], "label": span.label, "start_offset": span.start, "end_offset": span.end}
        for span in text.spans
    ]
    relations = [
        {
            "id": number,
            "from_id": numbers[relation.arguments[0][1]],
            "to_id": numbers[relation.arguments[1][1]],
            "type": relation.label,
        }
        for number, relation in enumerate(text.relations)
    ]
    return {"text": text.text, "document": text.name, "entities": entities, "relations": relations}
