"""Vietnamese text made comparable: one key that keeps the accents, and one that drops them.

NFC and NFD, upper and lower case, both tone placements (hoà and hòa) and odd blanks give one key.
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0301\u0309\u0303\u0323"
# a syllable-final oa, oe or uy carries its tone on the first letter (old style) or on the second (new style)
_NEW_STYLE = re.compile(rf"(?<!q)(o[ae]|uy)([{_TONES}])(?![a-zà-ỹđ])")
_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f\u200b\u2060\ufeff]+")


def spelling(text: str) -> str:
    """Return the key that keeps accents: equal for two spellings of the same words.

    >>> spelling("Thanh Hoá") == spelling("thanh  hóa")
    True
    >>> spelling("Quý") == spelling("qúy")
    False
    """
    spread = unicodedata.normalize("NFD", _BLANKS.sub(" ", text).strip().lower().replace("ð", "đ"))
    moved = _NEW_STYLE.sub(lambda m: m[1][0] + m[2] + m[1][1], spread)
    return unicodedata.normalize("NFC", moved)


def fold(text: str) -> str:
    """Return the key without accents, for people who type without them.

    >>> fold("Nền tảng tích hợp, Bắc Kạn"), fold("Đồng Xoài")
    ('nen tang tich hop, bac kan', 'dong xoai')
    """
    spread = unicodedata.normalize("NFD", _BLANKS.sub(" ", text).strip().lower().replace("ð", "đ"))
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return bare.replace("đ", "d")
