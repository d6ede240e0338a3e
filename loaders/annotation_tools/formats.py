"""The exchange formats by name, and the one that a file is in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import brat, conll, doccano, label_studio, uima_cas, uima_writing, web_annotation, webanno_writing
from . import webanno_tsv as webanno

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .model import AnnotatedText, AnnotationReading, Files

_JSON = ".json"
ARCHIVE = ".zip"
NOT_HELD = "not-held.tsv"  # of an export: what its format cannot hold


@dataclass(frozen=True)
class ExchangeFormat:
    """A format of annotation tools.

    :param name: its name on the command line, which also is the rule of imported proposals
    :param endings: endings of the files to read
    :param read: reads one file, by name, files, and name in messages
    :param write: returns the files of some documents by name
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[str, Files, str], AnnotationReading]
    write: Callable[[Iterable[AnnotatedText]], dict[str, bytes]]


FORMATS: Mapping[str, ExchangeFormat] = {
    item.name: item
    for item in (
        ExchangeFormat("brat", (brat.ENDING,), brat.read, brat.write),
        ExchangeFormat("webanno", (webanno.ENDING,), webanno.read, webanno_writing.write),
        ExchangeFormat("cas", uima_cas.ENDINGS, uima_cas.read, uima_writing.write),
        ExchangeFormat("label-studio", (label_studio.ENDING,), label_studio.read, label_studio.write),
        ExchangeFormat("doccano", (doccano.ENDING,), doccano.read, doccano.write),
        ExchangeFormat("web-annotation", (web_annotation.ENDING,), web_annotation.read, web_annotation.write),
        ExchangeFormat("conll", (conll.ENDING,), conll.read, conll.write),
    )
}
_MARKS = {"cas": b'"%FEATURE_STRUCTURES"', "web-annotation": b"/ns/anno"}  # of JSON that two formats share


class FolderFiles:
    """The files of a folder, as readers ask for them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """Return the content of a file; ``None`` if there is none.

        :raises InputError: if it is too large, no file, or unreadable
        """
        from ..text.input_files import input_bytes

        path = self._folder / name
        return input_bytes(path, str(path)) if path.exists() else None


def format_of(path: Path) -> ExchangeFormat | None:
    """Tell the format of a file by its ending, and of JSON by its content; ``None`` if no format has it."""
    ending = path.suffix.lower()
    if ending == _JSON:
        data = path.read_bytes() if path.is_file() else b""
        return FORMATS[next((name for name, mark in _MARKS.items() if mark in data), "label-studio")]
    return next((item for item in FORMATS.values() if ending in item.endings), None)


def is_annotated_file(path: Path) -> bool:
    """Tell whether a file is one of an annotation tool, a project packed by one, or a folder."""
    return path.is_dir() or path.suffix.lower() == ARCHIVE or format_of(path) is not None


def files_of(path: Path, chosen: ExchangeFormat) -> tuple[Path, ...]:
    """List the files of a format below a folder, sorted; of a file, itself."""
    if not path.is_dir():
        return (path,)
    files = (file for file in path.rglob("*") if file.suffix.lower() in chosen.endings)
    return tuple(sorted(file for file in files if file.name != NOT_HELD))
