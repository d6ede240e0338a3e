"""Recognition of files of other programs by their first bytes and extension."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

import yaml

from ...files import packaged_text
from ..faults.messages import fault, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...problems import Fault
    from ...words import Message

_SEARCHED_BYTES = 65_536  # at each end: an archive lists its members at its end
_OPENING_CHARACTERS = 4_096
PLAIN_TEXTS = frozenset({".md", ".markdown", ".txt"})  # extensions of texts that may become articles
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, which has a zero in every other byte
_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*[\r\n]")
_COMMENT_LINES = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\n)*+")
_VERSION_KEY = re.compile(r"""^["']?kg["']?[ \t]*:""", re.MULTILINE)


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is not an annotated article.

    :param name: name of the kind, such as `turtle`
    :param family: group of kinds with the same advice, such as `rdf`
    """

    name: str
    family: str

    @property
    def label(self) -> Message:
        """The name of the kind in messages."""
        return message(f"file-kind.{self.name}")


@dataclass(frozen=True)
class _Signature:
    """The conditions that identify a kind of file; empty conditions are always met."""

    kind: FileKind
    start: bytes
    content: bytes
    opening: re.Pattern[str] | None
    endings: tuple[str, ...]

    @classmethod
    def of(cls, entry: Mapping[str, str]) -> _Signature:
        opening = entry.get("opening")
        return cls(
            FileKind(entry["kind"], entry["family"]),
            bytes.fromhex(entry.get("bytes", "")),
            entry.get("holds", "").encode(),
            re.compile(opening) if opening else None,
            tuple(f".{ending}" for ending in entry.get("ending", ())),
        )

    def fits(self, data: bytes, opening: str, file: str) -> bool:
        return (
            data.startswith(self.start)
            and (self.content in data[:_SEARCHED_BYTES] or self.content in data[-_SEARCHED_BYTES:])
            and (self.opening is None or self.opening.match(opening) is not None)
            and (not self.endings or file.lower().endswith(self.endings))
        )


@lru_cache(maxsize=1)
def _signatures() -> tuple[_Signature, ...]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load(packaged_text(__package__ or "", "file-kinds.yaml"), Loader=loader)
    return tuple(_Signature.of(entry) for entry in entries)


def foreign_kind(data: bytes, file: str) -> FileKind | None:
    """Recognise a file of another program.

    :param file: name of the file, of which only the extension counts
    :returns: ``None`` for what starts like an article, and for text of unknown kind

    >>> foreign_kind(b"@prefix a: <http://a/> .", "x"), foreign_kind("Bắc Kạn".encode(), "a.kg.md")
    (FileKind(name='turtle', family='rdf'), None)
    """
    if _HEAD.match(data):
        return None
    opening = _opening(data)
    for signature in _signatures():
        if signature.fits(data, opening, file):
            return signature.kind
    is_binary = b"\0" in data[:_OPENING_CHARACTERS] and not data.startswith(_WIDE_MARKS)
    return FileKind("binary", "data") if is_binary else None


def _opening(data: bytes) -> str:
    """Return the first characters of a file; from after its comment lines if those would fill them all."""
    comments = _COMMENT_LINES.match(data)
    start = comments.end() if comments and comments.end() > _OPENING_CHARACTERS // 2 else 0
    beginning = data[start : start + 4 * _OPENING_CHARACTERS]
    return beginning.decode("utf-8-sig", "replace")[:_OPENING_CHARACTERS].lstrip()


def is_article(text: str) -> bool:
    r"""Tell whether a normalised text starts with the front matter of an article, even a faulty one.

    >>> is_article("---\nkg: 1\n---\n"), is_article("---\ntitle: a page of a web site\n---\n")
    (True, False)
    """
    return text.startswith("---\n") and _VERSION_KEY.search(text, 0, text.find("\n---", 3)) is not None


def foreign_fault(data: bytes, file: str) -> Fault | None:
    """Build the fault of a file of another program, with advice for its kind; ``None`` if unknown."""
    kind = foreign_kind(data, file)
    if kind is None and data.strip() and not (_HEAD.match(data) or _may_be_article(file)):
        kind = FileKind("other", "data")
    return fault(f"KG007.{kind.family}", kind=kind.label) if kind else None


def _may_be_article(file: str) -> bool:
    """Tell whether an article may have this name: the extension of a plain text, or none, as of a pipe."""
    return PurePath(file).suffix.lower() in PLAIN_TEXTS | {""}


def foreign_reference_fault(data: bytes, file: str) -> Fault | None:
    """Build the fault of a file that is no reference file; ``None`` for Turtle and text of unknown kind."""
    kind = foreign_kind(data, file)
    if kind is None or kind.name in {"turtle", "n-triples", "yaml"}:
        return None
    key = "reference-rdf" if kind.family == "rdf" else "reference"
    return fault(f"KG007.{key}", kind=kind.label)
