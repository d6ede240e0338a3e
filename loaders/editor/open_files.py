"""Checks of the files that are open in an editor, as the editor holds them: the checks of `egovkg check`."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..pipeline.checking import CorpusCheck
from ..pipeline.corpus import ARTICLE_ENDING, displayed_path, folder_of, resolved
from ..text.reading import read_bytes

if TYPE_CHECKING:
    from ...problems import Problem
    from ..register.lexicon import Lexicon

_LINE_END = re.compile(r"\r\n|\r|\n")
_LISTS = frozenset({"measures.yaml", "units.yaml"})
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s{}\[\](),]+')


class FileSpan(NamedTuple):
    """A part of a line: its index from 0, and its start and end in characters of the file as it is."""

    row: int
    start: int
    end: int


def absolute(file: str) -> Path:
    """Return the path of a file that a message names; names are relative to the current folder."""
    return Path(os.path.abspath(file))  # noqa: PTH100  links are kept


def is_register(path: Path) -> bool:
    """Tell whether a file is a register, or lists measures or units."""
    return path.suffix == ".yaml" and (path.parent.name == "register" or path.name in _LISTS)


def is_ours(path: Path) -> bool:
    """Tell whether a file is part of a corpus, by its name and folder."""
    return path.name.endswith(ARTICLE_ENDING) or is_register(path)


def rows_of(text: str) -> list[str]:
    r"""Split a text into lines at the line ends that editors count: LF, CR, or both.

    >>> rows_of("a\r\nb\u2028c")
    ['a', 'b\u2028c']
    """
    return _LINE_END.split(text)


def span_of(problem: Problem, rows: list[str]) -> FileSpan:
    """Return the word at the place of a problem; for a place without a word, the line from there.

    Problems count characters of the normalised text (NFC), files may be written otherwise.

    :param rows: the lines of the file as it is
    """
    row = min(problem.line - 1, len(rows) - 1)
    start = _raw_column(rows[row], problem.column - 1)
    token = _TOKEN.match(rows[row], start)
    return FileSpan(row, start, token.end() if token else len(rows[row]))


def _raw_column(row: str, column: int) -> int:
    """Return where in a line of a file the place is that is `column` characters into its normal form."""
    if row.isascii():
        return min(column, len(row))
    normal = (read_bytes(row.encode("utf-8", "replace"), "").text or row)[:column]
    length = 0
    while length < len(row) and len(unicodedata.normalize("NFC", row[:length])) < len(normal):
        length += 1
    while length < len(row) and unicodedata.combining(row[length]):
        length += 1
    return length


class OpenFiles:
    """The open files of a corpus; only what has changed is checked anew."""

    def __init__(self) -> None:
        self._buffers: dict[Path, bytes] = {}
        self._checks: dict[Path, CorpusCheck] = {}

    def put(self, path: Path, text: str) -> None:
        """Take over the text of a file that was opened or changed."""
        self._buffers[resolved(path)] = text.encode("utf-8", "replace")

    def remove(self, path: Path) -> None:
        """Forget a file that was closed."""
        self._buffers.pop(resolved(path), None)

    def problems(self, path: Path) -> dict[Path, list[Problem]]:
        """Check the open files of the corpus of a file.

        :returns: each open file of that corpus → its problems; other files with problems are included
        :raises CorpusError: if a folder cannot be read
        """
        folder = _corpus_of(path)
        open_paths = [other for other in self._buffers if _corpus_of(other) == folder]
        files: dict[Path, list[Problem]] = {other: [] for other in open_paths}
        places = {displayed_path(other): other for other in open_paths}
        check = self._check(folder)
        check.paths = tuple(open_paths)
        for problem in check.problems() if open_paths else ():
            files.setdefault(places.get(problem.file) or absolute(problem.file), []).append(problem)
        return files

    def lexicon(self, path: Path) -> Lexicon | None:
        """Return the names that the corpus of a file can use; ``None`` before its first check."""
        return self._check(_corpus_of(path)).lexicon

    def _check(self, folder: Path) -> CorpusCheck:
        if folder not in self._checks:
            self._checks[folder] = CorpusCheck((folder,), buffers=self._buffers)
        return self._checks[folder]


def _corpus_of(path: Path) -> Path:
    folder = folder_of(path)
    return folder.parent if folder.name == "register" else folder
