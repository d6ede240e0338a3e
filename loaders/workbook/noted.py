"""What the note of a connection says in words of its own: data exchanged, channel, protocol, frequency.

A statement has one note. A workbook has a column for each of these; an import puts them into the note behind
the free words, and an export takes them out of it again.

>>> note = noted_text("thử", {"channel": "LGSP", "frequency": "hằng ngày"})
>>> note, noted_columns(note)
('thử; Kênh: LGSP; Tần suất: hằng ngày', {'note': 'thử', 'channel': 'LGSP', 'frequency': 'hằng ngày'})
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import catalogue
from ..text.corpus_languages import ARTICLE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTED_COLUMNS = ("exchanged", "channel", "protocol", "frequency")  # in the order in which a note has them
_BETWEEN = "; "


def noted_text(note: str, texts: Mapping[str, str]) -> str:
    """Put the texts of columns behind the free words of a note."""
    words = catalogue(__package__ or "", ARTICLE_LANGUAGE)
    named = [words(f"evidence.{column}", text=texts[column]) for column in NOTED_COLUMNS if texts.get(column)]
    return _BETWEEN.join([*([note] if note else []), *named])


def noted_columns(note: str) -> dict[str, str]:
    """Take a note apart into its free words and the texts of columns.

    A note that :func:`noted_text` would not write again as it is stays whole.
    """
    words = catalogue(__package__ or "", ARTICLE_LANGUAGE)
    starts = {column: words(f"evidence.{column}", text="") for column in NOTED_COLUMNS}
    texts: dict[str, str] = {}
    free: list[str] = []
    for piece in note.split(_BETWEEN):
        column = next((name for name, start in starts.items() if piece.startswith(start)), "")
        if column and column not in texts:
            texts[column] = piece.removeprefix(starts[column])
        else:
            free.append(piece)
    found = {**({"note": _BETWEEN.join(free)} if free else {}), **texts}
    return found if noted_text(found.get("note", ""), texts) == note else {"note": note}
