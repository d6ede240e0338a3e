"""The words of the pages; a data file beside this module."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ....files import packaged_text

if TYPE_CHECKING:
    from collections.abc import Mapping


def capital(text: str) -> str:
    """Begin with a capital letter.

    >>> capital("đô thị LGSP")
    'Đô thị LGSP'
    """
    return text[:1].upper() + text[1:]


def short_place(label: str) -> str:
    """Name a province without its rank and its years, for the head of a column.

    >>> short_place("Tỉnh Bắc Kạn (đến 2025-06-30)"), short_place("Bac Kan Province (until 2025-06-30)")
    ('Bắc Kạn', 'Bac Kan')
    """
    name = label.partition(" (")[0]
    return name.removeprefix("Tỉnh ").removesuffix(" Province")


@lru_cache(maxsize=2)
def words(lang: str) -> Mapping[str, str]:
    """Read the words of the pages in a language.

    :returns: key -> words

    >>> words("en")["next"]
    'Next'
    """
    entries = yaml.safe_load(packaged_text(__package__, "words.yaml"))
    position = ("vi", "en").index(lang)
    return {key: str(pair[position]) for key, pair in entries.items()}
