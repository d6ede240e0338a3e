"""The texts of click itself, such as "No such option", in the language of the command that runs.

click takes its texts from gettext, by the functions `_` and `ngettext` in each of its modules. gettext wants
compiled catalogues in a folder and the language in the environment; here a switch names the language, so the
two functions are replaced. A module that lacks them keeps its English texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from click import core, decorators, exceptions, formatting, parser, types

from ..words import DEVELOPER_LANGUAGE, catalogue
from .language import language

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULES = (core, decorators, exceptions, formatting, parser, types)
_PREFIX = "click"


def translate_click() -> None:
    """Translate click's texts to the language of the running command; English when none of ours runs."""
    for module in MODULES:
        for name, function in (("_", translated), ("ngettext", translated_number)):
            if hasattr(module, name):
                setattr(module, name, function)


def translated(message: str) -> str:
    """Translate a text of click; one that the catalogue lacks stays English.

    >>> translated("Commands")
    'Các lệnh'
    """
    key = _keys().get(message)
    return catalogue(__package__, language())[f"{_PREFIX}.{key}"] if key else message


def translated_number(singular: str, plural: str, number: int) -> str:
    """Translate a text of click that has a form for one and a form for several."""
    key = _keys().get(plural)
    if key is None:
        return singular if number == 1 else plural
    words = catalogue(__package__, language()).below(_PREFIX)
    return words.get(f"{key}.one", words[key]) if number == 1 else words[key]


@lru_cache(maxsize=1)
def _keys() -> Mapping[str, str]:
    """Map the texts of click to their keys: the English catalogue holds them as click writes them."""
    english = catalogue(__package__, DEVELOPER_LANGUAGE).below(_PREFIX)
    return {message: key for key, message in english.items()}
