"""The parts of a site: pages in every language, and the files beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ....words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Alternate", "Context", "File", "Page", "PageLink", "Texts"]

Texts: TypeAlias = "Mapping[str, str]"  # language -> text
Context: TypeAlias = "Mapping[str, object]"  # the values that a template shows


@dataclass(frozen=True)
class File:
    """A file of the site that is no page.

    :param path: from the root of the site, with `/`
    """

    path: str
    data: bytes


@dataclass(frozen=True)
class Alternate:
    """A file that holds the content of a page as data.

    :param path: from the root of the site
    :param format_name: name of its format for readers: JSON-LD, Turtle, CSV …
    :param per_language: whether each language has a file of its own, beside its page
    """

    path: str
    format_name: str
    per_language: bool = False


@dataclass(frozen=True)
class Page:
    """A page; it is written once in each language.

    :param path: its address in the default language, from the root of the site; see `paths.in_language`
    :param template: file name in `viz/site/templates`, or `PACKAGE:FILE NAME` of another package
    :param title: language -> heading and title of the window
    :param context: gives the values that the template shows, for a language
    :param section: key of the section that is marked in the navigation
    :param alternates: the files that hold its content as data
    :param scripts: its own scripts besides those of every page, in `viz/site/static`
    """

    path: str
    template: str
    title: Texts
    context: Callable[[str], Context]
    section: str
    alternates: tuple[Alternate, ...] = ()
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLink:
    """A text that may lead to a page.

    :param path: page, from the root of the site; empty for a text without a link
    :param lang: language of the text
    :param curie: entity that it names, for marking it; empty when it names none
    """

    text: str
    path: str = ""
    lang: str = DEFAULT_LANGUAGE
    curie: str = ""
