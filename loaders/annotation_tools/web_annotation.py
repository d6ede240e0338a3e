"""W3C Web Annotation (JSON-LD): annotations of a text that stands in a file of its own.

Relations are annotations whose targets are two others (`linking`), as Recogito writes them. Offsets count
code points, as the recommendation says; where the quoted words say otherwise, UTF-16 units.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...files import json_text
from .decoding import json_of, offset_at, records, text_at, text_of
from .model import AnnotatedSpan, AnnotatedText, AnnotationReading, Relation
from .offsets import Utf16Offsets, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .decoding import JsonValue
    from .model import Argument, Files, TextPlace

ENDING = ".jsonld"
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_LABEL_PURPOSES = frozenset({"classifying", "tagging", ""})
_IDENTIFYING, _DESCRIBING, _LINKING = "identifying", "describing", "linking"
_POSITION, _QUOTE = "TextPositionSelector", "TextQuoteSelector"
_PAIR = re.compile(r"(\w+)=(.*)", re.DOTALL)
_CONTEXT_LENGTH = 20  # characters before and after a quotation
_ENDS = 2


def read(name: str, files: Files, file: str) -> AnnotationReading:
    """Read the annotations of one text.

    :param name: name of the file; the text is the file that `target.source` names, else that with `.txt`
    :param file: the same as messages call it
    """
    reading = AnnotationReading(file)
    content = text_of(files.get(name), reading)
    root = json_of(content, reading) if content is not None else None
    if content is None or reading.problems:
        return reading
    annotations = [*_annotations(root)]
    if not annotations and not any("items" in item for item in records(root)):
        reading.report(1, "KG120.no-annotations")
        return reading
    stem = name.removesuffix(ENDING)
    text = _source_text(annotations, stem, files, reading)
    if text is not None:
        _add(annotations, AnnotatedText(PurePath(stem).name, text, file=file), content, reading)
    return reading


def _annotations(root: JsonValue) -> Iterator[dict[str, JsonValue]]:
    """Yield the annotations of a list, page or collection."""
    for item in records(root):
        if "target" in item:
            yield item
        else:
            for key in ("items", "first", "@graph"):
                yield from _annotations(item.get(key, []))


def _source_text(
    annotations: Sequence[dict[str, JsonValue]], stem: str, files: Files, reading: AnnotationReading
) -> str | None:
    sources = {
        text_at(target, "source") for item in annotations for target in records(item.get("target"))
    } - {""}
    if len(sources) > 1:
        reading.report(1, "KG120.several-sources", count=len(sources))
        return None
    names = [PurePath(unquote(source)).name for source in sources] + [f"{PurePath(stem).name}.txt"]
    folder = PurePath(stem).parent
    data = next((data for name in names if (data := files.get(str(folder / name))) is not None), None)
    if data is None:
        reading.report(1, "KG120.no-text-file", name=names[0])
        return None
    return text_of(data, reading)


def _add(
    annotations: Sequence[dict[str, JsonValue]],
    document: AnnotatedText,
    content: str,
    reading: AnnotationReading,
) -> None:
    text = document.text
    selections = [_selection(item) for item in annotations]
    stated = [(start, end, quote) for start, end, quote, _, _ in selections if start >= 0 and quote]
    unit = unit_of(text, stated)
    as_units = unit if unit and _fits(unit, text, stated) and not _fits(None, text, stated) else None
    spans: list[AnnotatedSpan] = []
    relations: list[Relation] = []
    ids: set[str] = set()
    for number, (item, selection) in enumerate(zip(annotations, selections, strict=True), 1):
        identifier = text_at(item, "id", "@id") or f"a{number}"
        line = content.count("\n", 0, max(0, content.find(f'"{identifier}"'))) + 1
        ends = _ends(item)
        if len(ends) >= _ENDS:
            label, _, attributes = _bodies(item)
            relations.append(Relation(identifier, label or _LINKING, ends, attributes, line=line))
            continue
        place = _place(text, selection, as_units, (reading, identifier, line))
        label, link, attributes = _bodies(item)
        span = AnnotatedSpan(
            identifier, (place or (0, 0),), label or "annotation", "", link, attributes, line
        )
        if place and reading.is_usable(span, len(text), ids):
            spans.append(span)
    reading.add(AnnotatedText(document.name, text, tuple(spans), tuple(relations), document.file))


def _fits(unit: Utf16Offsets | None, text: str, stated: Iterable[tuple[int, int, str]]) -> bool:
    return all(text[slice(*_converted(unit, (start, end)))] == quote for start, end, quote in stated)


def _converted(unit: Utf16Offsets | None, place: TextPlace) -> TextPlace:
    return (unit.to_code_points(place[0]), unit.to_code_points(place[1])) if unit else place


def _ends(item: dict[str, JsonValue]) -> tuple[Argument, ...]:
    """Return the annotations that a relation joins; empty for an annotation of the text."""
    targets = item.get("target")
    listed = targets if isinstance(targets, list) else [targets]
    ids = [target if isinstance(target, str) else "" for target in listed]
    ids = [key or text_at(item, "id") for key, item in zip(ids, map(_object, listed), strict=True)]
    has_selector = any(_object(target).get("selector") for target in listed)
    if has_selector or len(ids) < _ENDS:
        return ()
    return tuple((f"Arg{number}", key) for number, key in enumerate(ids, 1))


def _object(value: JsonValue) -> dict[str, JsonValue]:
    return value if isinstance(value, dict) else {}


def _selection(item: dict[str, JsonValue]) -> tuple[int, int, str, str, str]:
    """Return start, end, quotation, and the words before and after it; -1 and empty for what is not given."""
    place, quote = (-1, -1), ("", "", "")
    pending = [selector for target in records(item.get("target")) for selector in _selectors(target)]
    while pending:
        selector = pending.pop(0)
        pending += records(selector.get("refinedBy", []))
        if selector.get("type") == _POSITION:
            place = offset_at(selector, "start"), offset_at(selector, "end")
        elif selector.get("type") == _QUOTE:
            quote = text_at(selector, "exact"), text_at(selector, "prefix"), text_at(selector, "suffix")
    return *place, *quote


def _selectors(target: dict[str, JsonValue]) -> list[dict[str, JsonValue]]:
    return records(target.get("selector", []))


def _place(
    text: str,
    selection: tuple[int, int, str, str, str],
    unit: Utf16Offsets | None,
    where: tuple[AnnotationReading, str, int],
) -> TextPlace | None:
    """Find the place of an annotation; one that is not to be found, or not just once, is reported."""
    reading, identifier, line = where
    start, end, quote, before, after = selection
    if start >= 0:
        place = _converted(unit, (start, end))
        words = text[slice(*place)]
        if quote and words != quote:
            surfaces = {"words": words[:60], "stated": quote[:60]}
            reading.report(line, "KG121.other-words", id=identifier, **surfaces)
        return place
    form = re.compile(f"(?<={re.escape(before)}){re.escape(quote)}(?={re.escape(after)})")
    matches = [match.span() for match in form.finditer(text)] if quote else []
    if len(matches) != 1:
        reading.report(line, "KG121.quotation", id=identifier, count=len(matches), stated=quote[:60])
        return None
    return matches[0]


def _bodies(item: dict[str, JsonValue]) -> tuple[str, str, dict[str, str]]:
    """Return label, link and attributes that the bodies of an annotation state."""
    label = link = ""
    attributes: dict[str, str] = {}
    bodies = item.get("body", [])
    for body in bodies if isinstance(bodies, list) else [bodies]:
        record: dict[str, JsonValue] = {"source": body} if isinstance(body, str) else _object(body)
        purpose = text_at(record, "purpose")
        value = text_at(record, "value", "source", "id")
        pair = _PAIR.fullmatch(value)
        if purpose == _DESCRIBING and pair:
            attributes[pair[1]] = pair[2]
        elif purpose == _IDENTIFYING or (not purpose and "source" in record):
            link = value
        elif purpose in _LABEL_PURPOSES and not label:
            label = value
        elif value:
            attributes[purpose or "body"] = value
    return label, link, attributes


# writing -------------------------------------------------------------------------------------------------


def write(texts: Iterable[AnnotatedText]) -> dict[str, bytes]:
    """Write a page of annotations and the text of each document."""
    files: dict[str, bytes] = {}
    for text in texts:
        page = {
            "@context": _CONTEXT,
            "id": f"{text.name}{ENDING}",
            "type": "AnnotationPage",
            "items": [*_items(text)],
        }
        files[f"{text.name}{ENDING}"] = json_text(page).encode()
        files[f"{text.name}.txt"] = text.text.encode()
    return files


def _items(text: AnnotatedText) -> Iterator[dict[str, object]]:
    for span in text.spans:
        bodies = [_body("classifying", span.label)]
        if span.link:
            bodies.append(_body(_IDENTIFYING, span.link))
        selectors = [
            selector for place in span.fragments for selector in _written_selectors(text.text, place)
        ]
        target = {"source": f"{text.name}.txt", "selector": selectors}
        bodies += [_body(_DESCRIBING, f"{name}={value}") for name, value in span.attributes.items()]
        yield {"id": f"#{span.id}", "type": "Annotation", "body": bodies, "target": target}
    for relation in text.relations:
        bodies = [_body("classifying", relation.label)]
        bodies += [_body(_DESCRIBING, f"{name}={value}") for name, value in relation.attributes.items()]
        targets = [{"id": f"#{identifier}"} for _, identifier in relation.arguments]
        head = {"id": f"#{relation.id}", "type": "Annotation", "motivation": _LINKING}
        yield {**head, "body": bodies, "target": targets}


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _written_selectors(text: str, place: TextPlace) -> Iterator[dict[str, object]]:
    start, end = place
    yield {"type": _POSITION, "start": start, "end": end}
    before, after = text[max(0, start - _CONTEXT_LENGTH) : start], text[end : end + _CONTEXT_LENGTH]
    yield {"type": _QUOTE, "exact": text[start:end], "prefix": before, "suffix": after}
