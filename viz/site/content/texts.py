"""The texts of the site, and the choice of a text in the language of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....words import DEFAULT_LANGUAGE, Catalogue, catalogue, in_all_languages, label

if TYPE_CHECKING:
    from .model import Texts

__all__ = ["capital", "page_texts", "text_and_language", "text_language", "titles"]

_SITE = "egovkg.viz.site"  # the package whose catalogue holds the texts of all pages


def page_texts(lang: str) -> Catalogue:
    """Give the texts of the pages in a language.

    >>> page_texts("en")["next"]
    'Next'
    """
    return catalogue(_SITE, lang)


def titles(key: str) -> Texts:
    """Give a text of the pages in every language.

    >>> titles("tours.title")["en"]
    'Guided tours'
    """
    return in_all_languages(_SITE, key)


def text_language(texts: Texts, lang: str) -> str:
    """Tell the language of the text that a page in a language shows.

    >>> text_language({"vi": "Cổng"}, "en"), text_language({"vi": "Cổng", "en": "portal"}, "en")
    ('vi', 'en')
    """
    return lang if lang in texts else DEFAULT_LANGUAGE


def text_and_language(texts: Texts, lang: str) -> tuple[str, str]:
    """Choose the text that a page in a language shows, and tell its language.

    >>> text_and_language({"vi": "Cổng"}, "en")
    ('Cổng', 'vi')
    """
    return label(texts, lang), text_language(texts, lang)


def capital(text: str) -> str:
    """Begin a text with a capital letter.

    >>> capital("đô thị LGSP")
    'Đô thị LGSP'
    """
    return text[:1].upper() + text[1:]
