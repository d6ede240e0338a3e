"""Names of entities in the language of translations, which has no list of names of its own in the register.

They are made of the label, without its years and without its place, of the short names of units and persons
without their marks, and of names that are the same in all languages: acronyms and products.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .entity import RegisterEntity

_NOTE = re.compile(r"\s*\(([^()]*)\)$")  # years, or an acronym, at the end of a label
_IN_PARENTHESES = re.compile(r"\s*\(([^()]*)\)")
_ACRONYM = re.compile(r"[A-Z][\w-]*[A-Z-][\w-]*", re.ASCII)
_UNIT_WORD = re.compile(r" (?:city|province|district|town|commune|ward)$", re.IGNORECASE)
_BARE_LETTERS = str.maketrans("đĐ", "dD")


def names_in(entity: RegisterEntity, language: str, unit: RegisterEntity | None = None) -> tuple[str, ...]:
    """List the names of an entity in a language of the corpus.

    :param unit: the territory of the entity, whose name is taken out of the label
    """
    if language == ARTICLE_LANGUAGE:
        return entity.names
    names = [*_translated(entity, unit)]
    names += [bare_letters(name) for name in names]
    return tuple(dict.fromkeys(name for name in names if name))


def bare_letters(text: str) -> str:
    """Return a text without the marks of its letters, as foreign pages print names; its case is kept.

    >>> bare_letters("Đắk Lắk")
    'Dak Lak'
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_BARE_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def without_place(entity: RegisterEntity, unit: RegisterEntity | None) -> str:
    """Return the label in the language of translations without the place; empty if it names none."""
    label = _label(entity)
    if unit is None:
        return ""
    place = unit.values.get("short", unit.label)
    for name in (place, bare_letters(place)):
        form = re.escape(name)
        core = re.sub(rf"^{form}(?:['’]s)? |,? (?:of|in) {form}(?: (?i:province|city|district))?$", "", label)
        if core != label:
            return core[:1].upper() + core[1:]
    return ""


def _label(entity: RegisterEntity) -> str:
    return _NOTE.sub("", entity.values.get(TRANSLATION_LANGUAGE, ""))


def _translated(entity: RegisterEntity, unit: RegisterEntity | None) -> Iterator[str]:
    label = _label(entity)
    is_unit = "within" in entity.values
    for name in (label, _UNIT_WORD.sub("", label) if is_unit else without_place(entity, unit)):
        yield name
        yield _IN_PARENTHESES.sub("", name)
    names = (*entity.names, *_IN_PARENTHESES.findall(entity.values.get(TRANSLATION_LANGUAGE, "")))
    yield from (name for name in names if _ACRONYM.fullmatch(name))
    if is_unit:
        yield entity.values.get("short", "")
