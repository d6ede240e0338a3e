"""CoNLL files of named entities: a token and its tag a line, a blank line after each sentence.

Such a file has no text: it is rebuilt with a blank between two tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...problems import Severity
from .decoding import text_of
from .model import STATEMENT, AnnotatedSpan, AnnotatedText, AnnotationReading
from .offsets import sentence_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Files

ENDING = ".conll"
_TAG = re.compile(r"([BIOESLUM])(?:-(.+))?")
_OPENING, _OUTSIDE = "BSU", "O"  # letters of tags that open a name, and of that outside of names
_CLOSING = "ESLU"
_DOCUMENT = "-DOCSTART-"
_JOINED = re.compile(r"(?<=\w)_(?=\w)")
_MIN_COLUMNS = 2


@dataclass
class _ConllDocument:
    """A document while its lines are being read."""

    line: int
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[AnnotatedSpan] = field(default_factory=list)
    is_open: bool = False

    def add(self, token: str, letter: str, label: str, line: int) -> None:
        """Add a token; a name goes on if its tag says so and the label is the same."""
        start, end = self.length, self.length + len(token)
        self.pieces.append(f"{token} ")
        self.length = end + 1
        goes_on = self.is_open and self.spans[-1].label == label and letter not in _OPENING
        if letter == _OUTSIDE:
            self.is_open = False
        elif goes_on:
            last = self.spans[-1]
            self.spans[-1] = AnnotatedSpan(last.id, ((last.start, end),), label, line=last.line)
            self.is_open = letter not in _CLOSING
        else:
            self.spans.append(AnnotatedSpan(f"{len(self.spans) + 1}", ((start, end),), label, line=line))
            self.is_open = letter not in _CLOSING

    def end_sentence(self) -> None:
        """End the line of the text."""
        if self.pieces and self.pieces[-1] != "\n":
            self.pieces[-1] = f"{self.pieces[-1][:-1]}\n"
        self.is_open = False


def read(name: str, files: Files, file: str) -> AnnotationReading:
    """Read the documents of one file; without marks of documents it is one.

    :param name: name of the file
    :param file: the same as messages call it
    """
    reading = AnnotationReading(file)
    content = text_of(files.get(name), reading)
    if content is None:
        return reading
    documents = [_ConllDocument(1)]
    joined = 0
    for number, row in enumerate(re.split(r"\r?\n", content.removeprefix("\ufeff")), 1):
        columns = row.split("\t") if "\t" in row else row.split()
        if row.startswith(_DOCUMENT):
            documents.append(_ConllDocument(number))
        elif not row.strip():
            documents[-1].end_sentence()
        else:
            joined += _read_token(columns, number, documents[-1], reading)
    if joined:
        reading.report(1, "KG123.joined-words", Severity.INFO, count=joined)
    _add(documents, name.removesuffix(ENDING), reading)
    return reading


def _read_token(columns: list[str], line: int, document: _ConllDocument, reading: AnnotationReading) -> int:
    """Read a line of a token; return how many low lines inside words were read as blanks."""
    tag = _TAG.fullmatch(columns[-1].strip())
    if len(columns) < _MIN_COLUMNS or not tag:
        reading.report(line, "KG120.malformed-line", text=" ".join(columns)[:60])
        return 0
    token, count = _JOINED.subn(" ", columns[0])
    document.add(token, tag[1], tag[2] or "", line)
    return count


def _add(documents: list[_ConllDocument], stem: str, reading: AnnotationReading) -> None:
    used = [document for document in documents if document.pieces]
    for number, document in enumerate(used, 1):
        name = stem if len(used) == 1 else f"{stem}-{number}"
        text = "".join(document.pieces)
        reading.add(AnnotatedText(name, text, tuple(document.spans), (), reading.file, document.line))


def write(texts: Iterable[AnnotatedText]) -> dict[str, bytes]:
    """Write one file a document; of spans that overlap, the longest one, and none that bears a statement."""
    return {f"{text.name}{ENDING}": "".join(_rows(text)).encode() for text in texts}


def _rows(text: AnnotatedText) -> Iterator[str]:
    tags: dict[int, str] = {}  # offset of a character → tag
    for span in sorted(text.spans, key=lambda span: (span.start - span.end, span.start)):
        characters = range(span.start, span.end)
        if span.layer != STATEMENT and not any(offset in tags for offset in characters):
            tags |= dict.fromkeys(characters, f"I-{span.label}")
            tags[span.start] = f"B-{span.label}"
    for tokens in sentence_tokens(text):
        for place in tokens:
            yield f"{text.text[slice(*place)]}\t{tags.get(place[0], _OUTSIDE)}\n"
        yield "\n"
