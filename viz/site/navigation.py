"""The entries of the navigation: few at the head of a page, each with its sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import label
from .content.texts import page_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .content.model import Page
    from .sections import SiteSection

__all__ = ["NavigationEntry", "NavigationLink", "navigation"]

_HOME = "home"  # key of the section to which the name of the site links
_ENTRIES = {  # key of an entry -> keys of its sections, the first of which it opens
    "provinces": ("provinces", "gaps", "targets"),
    "systems": ("impact", "entities", "explorer"),
    "questions": ("questions", "query"),
    "sources": ("articles", "law", "data"),
    "learn": ("tours", "glossary", "ontology", "about"),
}
_ENTRY_OF_OTHERS = "learn"


@dataclass(frozen=True)
class NavigationLink:
    """A link to a section.

    :param current: `page` on that page, `true` on another page of the section, else empty (`aria-current`)
    """

    path: str
    label: str
    current: str


@dataclass(frozen=True)
class NavigationEntry:
    """An entry of the navigation with its sections, at least one; it leads to the first."""

    label: str
    sections: tuple[NavigationLink, ...]

    @property
    def current(self) -> str:
        """`page` on the page that it leads to, `true` on another page of its sections, else empty."""
        if self.sections[0].current:
            return self.sections[0].current
        return "true" if any(section.current for section in self.sections) else ""


def navigation(
    page: Page, lang: str, sections: Sequence[SiteSection], link: Callable[[str], str]
) -> list[NavigationEntry]:
    """Sort sections into the entries of the navigation; an entry without a section is left out.

    :param link: returns the link from the page to a path
    """
    texts, by_key = page_texts(lang), {section.key: section for section in sections}
    listed = {_HOME, *(key for keys in _ENTRIES.values() for key in keys)}
    others = tuple(key for key in by_key if key not in listed)
    entries = []
    for entry, keys in _ENTRIES.items():
        all_keys = keys + others if entry == _ENTRY_OF_OTHERS else keys
        links = [_link(page, lang, by_key[key], link) for key in all_keys if key in by_key]
        if links:
            entries.append(NavigationEntry(texts[f"nav.{entry}"], tuple(links)))
    return entries


def _link(page: Page, lang: str, section: SiteSection, link: Callable[[str], str]) -> NavigationLink:
    is_current = section.key == page.section
    is_same_page = section.path == page.path
    current = ("page" if is_same_page else "true") if is_current else ""
    return NavigationLink(link(section.path), label(section.label, lang), current)
