"""The texts of the site, and the choice of a translation for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....words import DEFAULT_LANGUAGE, Catalogue, catalogue, in_all_languages, label

if TYPE_CHECKING:
    from ....words import Texts

__all__ = ["capital", "page_texts", "text_and_language", "text_language", "titles"]

_SITE = "egovkg.viz.site"  # the package whose catalogue holds the texts of all pages


def page_texts(lang: str) -> Catalogue:
    """Return the texts of the pages in a language.

    >>> page_texts("en")["next"]
    'Next'
    """
    return catalogue(_SITE, lang)


def titles(key: str) -> Texts:
    """Return a text of the pages in every language.

    >>> titles("tours.title")["en"]
    'Guided tours'
    """
    return in_all_languages(_SITE, key)


def text_language(texts: Texts, lang: str) -> str:
    """Return the language of the translation that a page shows.

    >>> text_language({"vi": "Cổng"}, "en"), text_language({"vi": "Cổng", "en": "portal"}, "en")
    ('vi', 'en')
    """
    return lang if lang in texts else DEFAULT_LANGUAGE


def text_and_language(texts: Texts, lang: str) -> tuple[str, str]:
    """Return the translation that a page shows, and its language.

    >>> text_and_language({"vi": "Cổng"}, "en")
    ('Cổng', 'vi')
    """
    return label(texts, lang), text_language(texts, lang)


def capital(text: str) -> str:
    """Capitalise the first letter of a text.

    >>> capital("đô thị LGSP")
    'Đô thị LGSP'
    """
    return text[:1].upper() + text[1:]
