"""The parts of a site: pages in every language, and accompanying files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ....words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ....words import Texts

__all__ = ["Alternate", "Context", "File", "Page", "PageLink"]

Context: TypeAlias = "Mapping[str, object]"  # the values that a template shows


@dataclass(frozen=True)
class File:
    """A file of the site other than a page.

    :param path: path from the root of the site, with `/`
    """

    path: str
    data: bytes


@dataclass(frozen=True)
class Alternate:
    """A data file with the content of a page.

    :param path: path from the root of the site
    :param format_name: name of its format for readers: JSON-LD, Turtle, CSV …
    :param per_language: whether there is one file per language, next to the page
    """

    path: str
    format_name: str
    per_language: bool = False


@dataclass(frozen=True)
class Page:
    """A page, which is written once in each language.

    :param path: its address in the default language, from the root of the site; see `paths.in_language`
    :param template: file name in `viz/site/templates`, or `PACKAGE:FILE NAME` in another package
    :param title: heading and window title by language
    :param context: function from a language to the values shown by the template
    :param section: key of the section highlighted in the navigation
    :param alternates: the data files with its content
    :param scripts: scripts in `viz/site/static` needed in addition to those of every page
    """

    path: str
    template: str
    title: Texts
    context: Callable[[str], Context]
    section: str
    alternates: tuple[Alternate, ...] = ()
    scripts: tuple[str, ...] = ()

    @property
    def is_inner(self) -> bool:
        """Whether it is one of many of its kind, which leave the list of all sections to the home page."""
        return "/" in self.path


@dataclass(frozen=True, slots=True)
class PageLink:
    """A text that may link to a page.

    :param path: path of the page from the root of the site; empty for a text without a link
    :param lang: language of the text
    :param curie: CURIE of the entity that it names, used to highlight it; empty if it names none
    """

    text: str
    path: str = ""
    lang: str = DEFAULT_LANGUAGE
    curie: str = ""
