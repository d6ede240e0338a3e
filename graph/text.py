"""Keys for comparing Vietnamese names: one that keeps accents and one that drops them.

Both keys ignore case, normal form (NFC, NFD), the placement of tone marks (hoà, hòa), repeated blanks,
invisible characters inside words, and which of three similar capital letters is used for Đ.

Python and the scripts of the pages (`viz/static/folding.js`) follow one table, :func:`folding_table`;
`tests/cases/folding.yaml` holds names with their keys, which every implementation must give.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["FoldingTable", "fold", "folding_table", "folds", "spelling", "spellings"]


class FoldingTable(TypedDict):
    """What the two keys ignore; character sets are written as inside `[…]` of a regular expression.

    The steps are: remove `dropped`, convert to lower case, map `letters`, decompose to NFD, replace each run
    of `blanks` by one blank, trim. Then either apply the tone rule and compose to NFC, or remove `marks` and
    map `bare_letters`.
    """

    dropped: str  # soft hyphen and other characters without width
    blanks: str
    letters: dict[str, str]  # small letter → the small letter that it is mistaken for
    marks: str  # combining marks
    bare_letters: dict[str, str]  # letter → letter without its stroke, which no normal form splits off
    tone_pattern: str  # in NFD; its groups are to be joined in the order 1, 2, 4, 3


_MARKS = "\u0300-\u036f"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# A final oa, oe or uy has its tone on the second letter (new style) or the first (old style, the one of the
# key); after q the u belongs to the consonant.
_TONE_PATTERN = rf"(^|[^q])(o(?=[ae])|u(?=y))([aey])([{_TONES}])(?![a-zđ{_MARKS}])"
_TABLE = FoldingTable(
    dropped="\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff",
    blanks="\t-\r\u001c-\u001f \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000",
    letters={"\u00f0": "đ", "\u0256": "đ"},  # Ð and Ɖ, lowered
    marks=_MARKS,
    bare_letters={"đ": "d"},
    tone_pattern=_TONE_PATTERN,
)
_DROPPED = re.compile(f"[{_TABLE['dropped']}]")
# A single space, the most frequent of blanks, needs no replacement.
_BLANKS = re.compile(rf"[{_TABLE['blanks'].replace(' ', '')}][{_TABLE['blanks']}]*| [{_TABLE['blanks']}]+")
_ALL_MARKS = re.compile(f"[{_MARKS}]+")
_TONE_RULE = re.compile(_TONE_PATTERN)
_BETWEEN = "\0"  # between texts whose keys are made in one pass: no rule reads or writes it


def folding_table() -> FoldingTable:
    """Return the table of what the keys ignore, as data for JavaScript.

    >>> folding_table()["bare_letters"]
    {'đ': 'd'}
    """
    return _TABLE


def spelling(text: str) -> str:
    """Return the key that keeps accents: equal for two spellings of the same name.

    >>> spelling("Thanh Hoá") == spelling("thanh  hóa")
    True
    >>> spelling("Quý") == spelling("qúy")
    False
    """
    return unicodedata.normalize("NFC", _TONE_RULE.sub(r"\1\2\4\3", _spread(text)))


def fold(text: str) -> str:
    """Return the key without accents, for users who type without them.

    >>> fold("Nền tảng tích hợp, Bắc Kạn"), fold("Đồng Xoài")
    ('nen tang tich hop, bac kan', 'dong xoai')
    """
    return _replaced(_ALL_MARKS.sub("", _spread(text)), _TABLE["bare_letters"])


def spellings(texts: Sequence[str]) -> list[str]:
    """Return the accented key of many texts, several times as fast as calling :func:`spelling`.

    >>> spellings(["Hoá  ", "Bắc Kạn"])
    ['hóa', 'bắc kạn']
    """
    return _in_one_pass(spelling, texts)


def folds(texts: Sequence[str]) -> list[str]:
    """Return the unaccented key of many texts, several times as fast as calling :func:`fold`.

    >>> folds(["Hoá  ", "Bắc Kạn"])
    ['hoa', 'bac kan']
    """
    return _in_one_pass(fold, texts)


def _in_one_pass(key: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    joined = _BETWEEN.join(texts)
    if joined.count(_BETWEEN) != len(texts) - 1:  # no text, or one that holds the character
        return [key(text) for text in texts]
    return [text.strip(" ") for text in key(joined).split(_BETWEEN)]


def _spread(text: str) -> str:
    """Convert a text to lower case, decompose its accents (NFD), and drop invisible characters."""
    lowered = _replaced(_DROPPED.sub("", text).lower(), _TABLE["letters"])
    return _BLANKS.sub(" ", unicodedata.normalize("NFD", lowered)).strip(" ")


def _replaced(text: str, letters: dict[str, str]) -> str:
    for letter, replacement in letters.items():
        text = text.replace(letter, replacement)
    return text
