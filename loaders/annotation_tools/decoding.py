"""Decoding of the files of annotation tools: text, JSON and XML, with each fault at its line."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, TypeAlias

from ...problems import Problem
from ..faults.messages import fault
from ..text.file_kinds import foreign_kind
from ..text.reading import not_utf8

if TYPE_CHECKING:
    from ..text.file_kinds import FileKind
    from .model import AnnotationReading

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None"
_ARCHIVE, _BINARY = "archive", "binary"
_FOREIGN = frozenset({_ARCHIVE, "document", "table"})  # families of files that are no text
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def text_of(data: bytes | None, reading: AnnotationReading) -> str | None:
    """Decode a file unchanged, line ends and byte-order mark included, since offsets count them.

    :returns: ``None`` if it is missing, empty, of another kind, or not UTF-8; that is reported
    """
    if data is None or not data.removeprefix(BOM_UTF8).strip():
        reading.report(1, "KG120.empty")
        return None
    kind = foreign_kind(data, reading.file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if kind and (kind.family in _FOREIGN or kind.name == _BINARY):
            reading.report(1, f"KG120.{_archive_or_other(kind)}", kind=kind.label)
        else:
            reading.problems.append(not_utf8(data, error, reading.file))
        return None
    if kind and ("\0" in text or kind.family == _ARCHIVE):
        reading.report(1, f"KG120.{_archive_or_other(kind)}", kind=kind.label)
        return None
    return text


def _archive_or_other(kind: FileKind) -> str:
    return "archive" if kind.family == _ARCHIVE else "other-kind"


def json_of(text: str, reading: AnnotationReading, first_line: int = 1) -> JsonValue:
    """Parse JSON.

    :param first_line: line of the file on which the text begins
    :returns: ``None`` if it is none; that is reported with line and column
    """
    try:
        content: JsonValue = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        flaw = fault("KG120.no-json")
        line = first_line + error.lineno - 1
        reading.problems.append(Problem(reading.file, line, error.colno, flaw))
        return None
    except RecursionError:
        reading.report(first_line, "KG120.deep-json")
        return None
    return content


def without_declarations(data: bytes, reading: AnnotationReading) -> bool:
    """Report XML that declares a document type or entities, which no annotation tool writes."""
    match = _DECLARATION.search(data)
    if match:
        reading.report(data.count(b"\n", 0, match.start()) + 1, "KG120.document-type")
    return match is None


def records(value: JsonValue) -> list[dict[str, JsonValue]]:
    """Return the objects of a list; a single object counts as a list of one; others are left out."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def text_at(record: dict[str, JsonValue], *names: str) -> str:
    """Return the first value of an object that is a text or number, under one of some keys; else empty."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def offset_at(record: dict[str, JsonValue], name: str) -> int:
    """Return a whole number of an object; -1 if it has none, which lies outside of every text."""
    value = record.get(name)
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
