"""The glossary: terms of Vietnamese e-government, explained in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....words import DEFAULT_LANGUAGE, catalogue, languages
from ..content.data_files import table_alternates, table_files
from ..content.model import Page
from ..content.paths import anchor
from ..content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....words import Texts
    from ...tables import CellValue
    from ..content.model import Context, File
    from ..content.site import Site

__all__ = ["GlossarySection", "GlossaryTerm", "glossary", "pages"]

_TRANSLATIONS = tuple(lang for lang in languages() if lang != DEFAULT_LANGUAGE)
_KEYS = (DEFAULT_LANGUAGE, "short", *_TRANSLATIONS, *(f"what_{lang}" for lang in languages()))


@dataclass(frozen=True)
class GlossaryTerm:
    """One term of the glossary.

    :param terms: the term by language
    :param abbreviation: abbreviation of the term in the default language; empty without one
    :param meanings: the explanation by language
    """

    terms: Texts
    abbreviation: str
    meanings: Texts

    @property
    def anchor(self) -> str:
        """Id of its element on the page."""
        return anchor(self.abbreviation or self.terms[DEFAULT_LANGUAGE])


@dataclass(frozen=True)
class GlossarySection:
    """The terms of one subject.

    :param title: heading by language
    """

    title: Texts
    terms: tuple[GlossaryTerm, ...]


def glossary() -> tuple[GlossarySection, ...]:
    """Read the glossary in the order of its default-language file."""
    texts = {lang: catalogue(__package__, lang).below("glossary") for lang in languages()}
    sections = dict.fromkeys(key.partition(".")[0] for key in texts[DEFAULT_LANGUAGE])
    return tuple(_section(texts, section) for section in sections)


def _section(texts: dict[str, dict[str, str]], section: str) -> GlossarySection:
    start = f"{section}.terms."
    keys = (key.removeprefix(start) for key in texts[DEFAULT_LANGUAGE] if key.startswith(start))
    terms = dict.fromkeys(key.partition(".")[0] for key in keys)
    title = _in_all_languages(texts, f"{section}.title")
    return GlossarySection(title, tuple(_term(texts, start + term) for term in terms))


def _term(texts: dict[str, dict[str, str]], key: str) -> GlossaryTerm:
    abbreviation = texts[DEFAULT_LANGUAGE].get(f"{key}.abbreviation", "")
    terms, meanings = (_in_all_languages(texts, f"{key}.{part}") for part in ("term", "meaning"))
    return GlossaryTerm(terms, abbreviation, meanings)


def _in_all_languages(texts: dict[str, dict[str, str]], key: str) -> Texts:
    return {lang: by_key[key] for lang, by_key in texts.items()}


def pages(site: Site) -> Iterator[Page | File]:
    """Make the glossary page and its data files."""

    def context(lang: str) -> Context:
        return {"sections": glossary()}

    alternates = table_alternates("glossary")
    yield Page("glossary.html", "glossary.html.j2", titles("glossary.title"), context, "glossary", alternates)
    yield from table_files("glossary", _KEYS, _rows())


def _rows() -> Iterator[list[CellValue]]:
    for section in glossary():
        for term in section.terms:
            translations = (term.terms[lang] for lang in _TRANSLATIONS)
            yield [term.terms[DEFAULT_LANGUAGE], term.abbreviation, *translations, *term.meanings.values()]
