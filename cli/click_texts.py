"""The texts of click itself, such as "No such option", in the language of the command that runs.

click takes its texts from gettext, through the functions `_` and `ngettext` in each of its modules. gettext
needs compiled catalogues in a folder and the language in the environment; here an option sets the language,
so the two functions are replaced. A module without them keeps its English texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from click import core, decorators, exceptions, formatting, parser, types

from ..words import DEVELOPER_LANGUAGE, catalogue
from .language import language, words

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULES = (core, decorators, exceptions, formatting, parser, types)
_PREFIX = "click"
_TYPE = "type"  # part of the keys that name types of values


class TypeFaultTemplate(str):
    """A text of click about the type of a value; the name of the type is translated when filled in.

    >>> TypeFaultTemplate("{name} {filename!r} không tồn tại.").format(name="Path", filename="a")
    "Đường dẫn 'a' không tồn tại."
    """

    __slots__ = ()

    def format(self, *positional: object, **values: object) -> str:
        """Fill in values."""
        names: dict[str, object] = {
            key: type_name(str(values[key])) for key in ("name", "number_type") if key in values
        }
        return super().format(*positional, **(values | names))


def type_name(name: str) -> str:
    """Translate click's name of a type, keeping an initial capital.

    >>> type_name("Path"), type_name("integer range")
    ('Đường dẫn', 'số nguyên')
    """
    translation = words().below(f"{_PREFIX}.{_TYPE}").get(name.lower(), name)
    return translation[:1].upper() + translation[1:] if name[:1].isupper() else translation


def translate_click() -> None:
    """Translate click's texts to the language of the running command; they stay English without one."""
    for module in MODULES:
        for name, function in (("_", translated), ("ngettext", translated_number)):
            if hasattr(module, name):
                setattr(module, name, function)


def translated(message: str) -> str:
    """Translate a text of click; texts missing in the catalogue stay English.

    The name of a type stays English too, as click asks for it when it is imported, in no language yet.

    >>> translated("Commands")
    'Các lệnh'
    """
    key = _keys().get(message)
    if key is None or key.startswith(_TYPE + "."):
        return message
    translation = words()[f"{_PREFIX}.{key}"]
    is_of_type = "{filename" in translation or "{number_type}" in translation
    return TypeFaultTemplate(translation) if is_of_type else translation


def translated_number(singular: str, plural: str, number: int) -> str:
    """Translate a text of click with a singular and a plural form."""
    key = _keys().get(plural)
    if key is None:
        return singular if number == 1 else plural
    texts = catalogue(__package__, language()).below(_PREFIX)
    return texts.get(f"{key}.one", texts[key]) if number == 1 else texts[key]


@lru_cache(maxsize=1)
def _keys() -> Mapping[str, str]:
    """Map the texts of click to their keys; the English catalogue contains them unchanged."""
    english = catalogue(__package__, DEVELOPER_LANGUAGE).below(_PREFIX)
    return {message: key for key, message in english.items()}
