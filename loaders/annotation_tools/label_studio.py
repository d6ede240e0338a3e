"""Label Studio JSON: tasks with annotations, in as its export writes them, out as predictions.

Offsets count UTF-16 units, as JavaScript does; where the words at them say otherwise, code points.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from ...files import json_text
from .decoding import json_of, offset_at, records, text_at, text_of
from .model import SOURCE, TARGET, AnnotatedSpan, AnnotatedText, AnnotationReading, Relation
from .offsets import Utf16Offsets, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .decoding import JsonValue
    from .model import Files

ENDING = ".json"
_LABELS, _CONTROL, _TEXT = "labels", "label", "text"  # names of the controls in the configuration
_LINK = "link"
_CANCELLED, _OTHER_ANNOTATOR = "was_cancelled", "annotations[1:]"  # as the account calls them
_PAIR = re.compile(r"(\w+)=(.*)", re.DOTALL)
_ANNOTATED = ("annotations", "completions", "predictions")  # the first list that has any is read
_KEY = re.compile(r'"id"\s*:\s*"?([^",\s}]+)')


def read(name: str, files: Files, file: str) -> AnnotationReading:
    """Read the tasks of one file.

    :param name: name of the file
    :param file: the same as messages call it
    """
    reading = AnnotationReading(file)
    content = text_of(files.get(name), reading)
    tasks = json_of(content, reading) if content is not None else None
    if content is None or reading.problems:
        return reading
    lines = _lines_of_ids(content)
    stem = name.removesuffix(ENDING)
    listed = records(tasks)
    for number, task in enumerate(listed, 1):
        data = task.get("data")
        task_data = data if isinstance(data, dict) else task
        line = lines.get(text_at(task, "id"), 1)
        text = _text(task_data)
        if not text:
            reading.report(line, "KG120.no-text")
            continue
        task_name = text_at(task_data, "document") or (stem if len(listed) == 1 else f"{stem}-{number}")
        _Task(task_name, text, lines, reading).add(_results(task, reading), line)
    if not listed:
        reading.report(1, "KG120.no-tasks")
    return reading


def _lines_of_ids(content: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    line, last = 1, 0
    for match in _KEY.finditer(content):
        line += content.count("\n", last, match.start())
        last = match.start()
        lines.setdefault(match[1], line)
    return lines


def _text(data: dict[str, JsonValue]) -> str:
    """Return the text of a task: under `text`, else its longest value."""
    texts = [value for value in data.values() if isinstance(value, str)]
    return text_at(data, _TEXT) or max(texts, key=len, default="")


def _results(task: dict[str, JsonValue], reading: AnnotationReading) -> list[dict[str, JsonValue]]:
    """Return the results of the ground truth, else of the first annotator; those of others are counted."""
    for kind in _ANNOTATED:
        annotations = [item for item in records(task.get(kind, [])) if isinstance(item.get("result"), list)]
        cancelled = [item for item in annotations if item.get("was_cancelled")]
        reading.passed_over += Counter({_CANCELLED: len(cancelled)})
        usable = [item for item in annotations if item not in cancelled and item["result"]]
        usable.sort(key=lambda item: not item.get("ground_truth"))
        reading.passed_over += Counter({_OTHER_ANNOTATOR: max(0, len(usable) - 1)})
        if usable:
            return records(usable[0]["result"])
    short = task.get(_CONTROL)
    return [{"id": str(number), "value": value} for number, value in enumerate(records(short or []), 1)]


class _Task:
    """The document of one task in the making."""

    def __init__(self, name: str, text: str, lines: dict[str, int], reading: AnnotationReading) -> None:
        self.name, self.text, self.lines, self.reading = name, text, lines, reading
        self.spans: dict[str, AnnotatedSpan] = {}
        self.relations: list[Relation] = []

    def add(self, results: Sequence[dict[str, JsonValue]], line: int) -> None:
        regions = [item for item in results if _labels(item)]
        values = [_value(item) for item in regions]
        stated = [
            (offset_at(value, "start"), offset_at(value, "end"), str(value["text"]))
            for value in values
            if value.get("text")
        ]
        unit = unit_of(self.text, stated)
        attributes = _region_attributes(results)
        ids: set[str] = set()
        for item in regions:
            self._add_span(item, unit, attributes, ids)
        for item in results:
            if item.get("type") == "relation":
                self._add_relation(item)
        spans = tuple(self.spans.values())
        self.reading.add(
            AnnotatedText(self.name, self.text, spans, tuple(self.relations), self.reading.file, line)
        )

    def _add_span(
        self,
        item: dict[str, JsonValue],
        unit: Utf16Offsets | None,
        attributes: dict[str, dict[str, str]],
        ids: set[str],
    ) -> None:
        value = _value(item)
        start, end = (offset_at(value, key) for key in ("start", "end"))
        if unit and min(start, end) >= 0:
            start, end = unit.to_code_points(start), unit.to_code_points(end)
        identifier = text_at(item, "id") or f"result-{len(self.spans) + 1}"
        region_attributes = {**attributes.get(identifier, {})}
        link = region_attributes.pop(_LINK, "")
        for position, label in enumerate(_labels(item)):
            key = f"{identifier}.{position + 1}" if position else identifier
            line = self.lines.get(identifier, 1)
            span = AnnotatedSpan(
                key, ((start, end),), label, link=link, attributes=region_attributes, line=line
            )
            if self.reading.is_usable(span, len(self.text), ids):
                self.spans[key] = span
                self._check_words(span, text_at(value, "text"))

    def _check_words(self, span: AnnotatedSpan, stated: str) -> None:
        words = self.text[span.start : span.end]
        if stated and "".join(words.split()) != "".join(stated.replace("\\n", "").split()):
            surfaces = {"words": words[:60], "stated": stated[:60]}
            self.reading.report(span.line, "KG121.other-words", id=span.id, **surfaces)

    def _add_relation(self, item: dict[str, JsonValue]) -> None:
        source, target = text_at(item, "from_id"), text_at(item, "to_id")
        if item.get("direction") == "left":
            source, target = target, source
        listed = item.get("labels")
        texts = [str(value) for value in listed] if isinstance(listed, list) else []
        pairs = [match for text in texts if (match := _PAIR.fullmatch(text))]
        labels = [text for text in texts if not _PAIR.fullmatch(text)] or ["relation"]
        for label in labels:
            identifier = f"R{len(self.relations) + 1}"
            ends = ((SOURCE, source), (TARGET, target))
            attributes = {match[1]: match[2] for match in pairs}
            line = self.lines.get(source, 1)
            self.relations.append(Relation(identifier, label, ends, attributes, line=line))


def _value(item: dict[str, JsonValue]) -> dict[str, JsonValue]:
    value = item.get("value")
    return value if isinstance(value, dict) else {}


def _labels(item: dict[str, JsonValue]) -> list[str]:
    value = _value(item)
    labels = value.get("labels") or value.get("hypertextlabels") or []
    return [str(label) for label in labels] if isinstance(labels, list) else []


def _region_attributes(results: Iterable[dict[str, JsonValue]]) -> dict[str, dict[str, str]]:
    """Gather what other controls and notes say of regions: id → attributes."""
    attributes: dict[str, dict[str, str]] = {}
    for item in results:
        of_region = attributes.setdefault(text_at(item, "id"), {})
        value = _value(item)
        for key in ("choices", "number", "rating", "text"):
            if not _labels(item) and item.get("type") != "relation" and value.get(key) is not None:
                content = value[key]
                texts = content if isinstance(content, list) else [content]
                of_region[text_at(item, "from_name") or key] = "; ".join(map(str, texts))
        meta = item.get("meta")
        notes = meta.get("text", []) if isinstance(meta, dict) else []
        for note in notes if isinstance(notes, list) else [notes]:
            match = _PAIR.fullmatch(str(note))
            of_region[match[1] if match else "note"] = match[2] if match else str(note)
    return attributes


# writing -------------------------------------------------------------------------------------------------


def write(texts: Iterable[AnnotatedText]) -> dict[str, bytes]:
    """Write one file of tasks with predictions, and the configuration of a project for them."""
    documents = [*texts]
    tasks = [
        {
            "data": {_TEXT: text.text, "document": text.name},
            "predictions": [{"model_version": "egovkg", "result": [*_written_results(text)]}],
        }
        for text in documents
    ]
    return {
        "tasks.json": json_text(tasks).encode(),
        "label-config.xml": _configuration(documents).encode(),
    }


def _written_results(text: AnnotatedText) -> Iterator[dict[str, object]]:
    offsets = Utf16Offsets(text.text)
    for span in text.spans:
        start, end = span.start, span.end
        units = {"start": offsets.to_units(start), "end": offsets.to_units(end)}
        value = {**units, "text": text.text[start:end], _LABELS: [span.label]}
        pairs = ({_LINK: span.link} if span.link else {}) | {**span.attributes}
        notes = {"meta": {"text": [f"{key}={text}" for key, text in pairs.items()]}} if pairs else {}
        names = {"from_name": _CONTROL, "to_name": _TEXT, "type": _LABELS}
        yield {"id": span.id, **names, "value": value, **notes}
    for relation in text.relations:
        source, target = (identifier for _, identifier in relation.arguments)
        qualifiers = [f"{name}={value}" for name, value in relation.attributes.items()]
        labels = [relation.label, *qualifiers]
        ends = {"from_id": source, "to_id": target, "direction": "right"}
        yield {**ends, "type": "relation", "labels": labels}


def _configuration(texts: Sequence[AnnotatedText]) -> str:
    labels = sorted({span.label for text in texts for span in text.spans})
    relations = sorted(
        {
            label
            for text in texts
            for relation in text.relations
            for label in (relation.label, *(f"{key}={value}" for key, value in relation.attributes.items()))
        }
    )
    rows = [
        "<View>",
        '  <Relations choice="multiple">',
        *(f"    <Relation value={quoteattr(label)}/>" for label in relations),
        "  </Relations>",
        f'  <Labels name="{_CONTROL}" toName="{_TEXT}">',
        *(f"    <Label value={quoteattr(label)}/>" for label in labels),
        "  </Labels>",
        f'  <Text name="{_TEXT}" value="$text"/>',
        "</View>",
    ]
    return "\n".join(rows) + "\n"
