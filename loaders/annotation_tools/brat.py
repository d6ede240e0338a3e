"""brat standoff: the text in `<name>.txt`; spans, relations, events, attributes and notes in `<name>.ann`.

Offsets count code points. The format: https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from ...files import json_line
from .decoding import text_of
from .model import AnnotatedSpan, AnnotatedText, AnnotationReading, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .model import Files, TextPlace

ENDING = ".ann"
_LINK_RESOURCE = "egovkg"  # in whose name links to the register are written
_QUALIFIERS = "Qualifiers"  # kind of a note that holds attributes as JSON, which brat itself keeps as a note
_NOTE = "note"  # attribute that notes of annotators become
_TRUE = "true"  # of an attribute without a value
_SPAN = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
_ARGUMENT = re.compile(r"([^:\s]+):(\S+)")
_MIN_MEMBERS = 2


@dataclass
class _Lines:
    """The lines of one `.ann` file by their kind."""

    spans: list[AnnotatedSpan] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)  # id → line that says something of it


def read(name: str, files: Files, file: str) -> AnnotationReading:
    """Read one document.

    :param name: name of the `.ann` file
    :param file: the same as messages call it
    """
    reading = AnnotationReading(file)
    stem = name.removesuffix(ENDING)
    raw_text, raw_annotations = files.get(f"{stem}.txt"), files.get(name)
    is_blank = raw_annotations is not None and not raw_annotations.strip()  # of a text without any
    annotations = "" if is_blank else text_of(raw_annotations, reading)
    if raw_text is None:
        reading.report(1, "KG120.no-text-file", name=f"{PurePath(stem).name}.txt")
    text_reading = AnnotationReading(f"{file.removesuffix(ENDING)}.txt")
    text = text_of(raw_text, text_reading) if raw_text is not None else None
    reading.problems += text_reading.problems
    if text is None or annotations is None:
        return reading
    lines = _Lines()
    ids: set[str] = set()
    for number, row in enumerate(annotations.removeprefix("\ufeff").split("\n"), 1):
        if row.strip():
            _read_row(row.rstrip("\r"), number, (reading, lines, text, ids))
    reading.add(_document(PurePath(stem).name, text, lines, reading))
    return reading


def _document(name: str, text: str, lines: _Lines, reading: AnnotationReading) -> AnnotatedText:
    """Give spans and relations their attributes and links."""
    spans = tuple(
        replace(span, link=lines.links.get(span.id, ""), attributes=lines.attributes.pop(span.id, {}))
        for span in lines.spans
    )
    relations = tuple(
        replace(relation, attributes=lines.attributes.pop(relation.id, {})) for relation in lines.relations
    )
    missing = {*lines.links} - {span.id for span in spans} | {*lines.attributes}
    for target in sorted(missing):
        reading.report(lines.places[target], "KG122.missing-target", target=target)
    return AnnotatedText(name, text, spans, relations, reading.file)


def _read_row(row: str, number: int, context: tuple[AnnotationReading, _Lines, str, set[str]]) -> None:
    reading, lines, *_ = context
    key, _, content = row.partition("\t")
    body, _, words = content.partition("\t")
    understood = False
    if key.startswith("T"):
        understood = _read_span(AnnotatedSpan(key, (), "", line=number), body, words, context)
    elif key[:1] in {"R", "E", "*"}:
        understood = _read_relation(key, body, number, lines)
    elif key[:1] in {"A", "M", "N"}:
        understood = _read_attribute(key, body, lines, reading)
    elif key.startswith("#"):
        understood = _read_note(body, words, lines)
    lines.places.setdefault(body.strip().split(" ")[1] if " " in body.strip() else "", number)
    if not understood:
        reading.report(number, "KG120.malformed-line", text=row[:60])


def _read_span(
    span: AnnotatedSpan, body: str, words: str, context: tuple[AnnotationReading, _Lines, str, set[str]]
) -> bool:
    reading, lines, text, ids = context
    match = _SPAN.fullmatch(body.strip())
    if not match:
        return False
    pairs = (pair.split(" ") for pair in match[2].split(";"))
    fragments = _joined([(int(start), int(end)) for start, end in pairs], text)
    span = replace(span, label=match[1], fragments=fragments)
    if reading.is_usable(span, len(text), ids):
        lines.spans.append(span)
        words_there = " ".join(text[start:end] for start, end in fragments)
        if words and words_there.split() != words.split():
            surfaces = {"words": words_there[:60], "stated": words[:60]}
            reading.report(span.line, "KG121.other-words", id=span.id, **surfaces)
    return True


def _joined(fragments: Sequence[TextPlace], text: str) -> tuple[TextPlace, ...]:
    """Join fragments that only a line end parts: brat cuts a span there."""
    joined: list[TextPlace] = []
    for start, end in fragments:
        gap = text[joined[-1][1] : start] if joined else ""
        if gap and "\n" in gap and not gap.strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _read_relation(key: str, body: str, number: int, lines: _Lines) -> bool:
    head, *members = body.split() or [""]
    if key == "*":
        arguments = tuple(("", member) for member in members)
        key = f"*{number}"
    else:
        matches = [_ARGUMENT.fullmatch(member) for member in members]
        arguments = tuple((match[1], match[2]) for match in matches if match)
        if len(arguments) != len(members):
            return False
    label, _, trigger = head.partition(":")
    if not trigger and len(arguments) < _MIN_MEMBERS:
        return False
    if trigger:
        arguments = (("", trigger), *arguments)
    lines.relations.append(Relation(key, label, arguments, trigger=trigger, line=number))
    return True


def _read_attribute(key: str, body: str, lines: _Lines, reading: AnnotationReading) -> bool:
    name, _, content = body.strip().partition(" ")
    target, _, value = content.partition(" ")
    if not target:
        return False
    if not key.startswith("N"):
        lines.attributes[target][name] = value or _TRUE
    elif target in lines.links:
        reading.passed_over[f"N {name}"] += 1
    else:
        lines.links[target] = value.removeprefix(f"{_LINK_RESOURCE}:")
    return True


def _read_note(body: str, words: str, lines: _Lines) -> bool:
    kind, _, target = body.strip().partition(" ")
    if kind == _QUALIFIERS:
        try:
            qualifiers = json.loads(words)
        except ValueError:
            return False
        if not isinstance(qualifiers, dict):
            return False
        lines.attributes[target].update({str(name): str(value) for name, value in qualifiers.items()})
    else:
        earlier = lines.attributes[target].get(_NOTE)
        lines.attributes[target][_NOTE] = f"{earlier} | {words}" if earlier else words
    return bool(target)


# writing -------------------------------------------------------------------------------------------------


def write(texts: Iterable[AnnotatedText]) -> dict[str, bytes]:
    """Write documents, and the `annotation.conf` with their types, without which brat shows none."""
    documents = [*texts]
    files: dict[str, bytes] = {"annotation.conf": _configuration(documents).encode()}
    for text in documents:
        files[f"{text.name}.txt"] = text.text.encode()
        files[f"{text.name}{ENDING}"] = "".join(f"{row}\n" for row in _rows(text)).encode()
    return files


def _rows(text: AnnotatedText) -> Iterator[str]:
    notes: list[tuple[str, Mapping[str, str]]] = []
    ids = {span.id: f"T{number}" for number, span in enumerate(text.spans, 1)}
    for number, span in enumerate(text.spans, 1):
        places = [place for fragment in span.fragments for place in _line_pieces(text.text, fragment)]
        offsets = ";".join(f"{start} {end}" for start, end in places)
        words = " ".join(text.text[start:end] for start, end in places)
        yield f"T{number}\t{span.label} {offsets}\t{words}"
        if span.link:
            yield f"N{number}\tReference T{number} {_LINK_RESOURCE}:{span.link}\t{words}"
        notes.append((f"T{number}", span.attributes))
    for number, relation in enumerate(text.relations, 1):
        members = " ".join(f"{role}:{ids[target]}" for role, target in relation.arguments)
        yield f"R{number}\t{relation.label} {members}\t"
        notes.append((f"R{number}", relation.attributes))
    annotated = [(target, attributes) for target, attributes in notes if attributes]
    for number, (target, attributes) in enumerate(annotated, 1):
        yield f"#{number}\t{_QUALIFIERS} {target}\t{json_line(dict(attributes))}"


def _line_pieces(text: str, fragment: TextPlace) -> Iterator[TextPlace]:
    """Cut a fragment at line ends, which brat cannot have inside one."""
    start, end = fragment
    for piece in re.finditer(r"[^\n]+", text[start:end]):
        yield start + piece.start(), start + piece.end()


def _configuration(texts: Sequence[AnnotatedText]) -> str:
    labels = sorted({span.label for text in texts for span in text.spans})
    relations = sorted({relation.label for text in texts for relation in text.relations})
    rows = [f"{label}\tArg1:<ENTITY>, Arg2:<ENTITY>" for label in relations]
    sections = {"entities": labels, "relations": rows, "events": [], "attributes": []}
    return "\n".join(f"[{name}]\n" + "".join(f"{row}\n" for row in rows) for name, rows in sections.items())
