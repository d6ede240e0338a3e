"""What a site is made of: pages in two languages, files beside them, and the sections that make both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .answers import Answers
    from .snapshot import Known
    from .tours import Tour

Texts: TypeAlias = "Mapping[str, str]"  # language -> words, "vi" and "en"
Context: TypeAlias = "Mapping[str, object]"  # what a template shows
Maker: TypeAlias = "Callable[[Site], Iterable[Page | File]]"

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class File:
    """A file of the site that is no page.

    :param path: from the root of the site, with `/`
    """

    path: str
    data: bytes


@dataclass(frozen=True)
class Twin:
    """The same content as a page, as data.

    :param path: from the root of the site
    :param form: what it is called: JSON-LD, Turtle, CSV …
    :param both: whether each language has its own, beside its page
    """

    path: str
    form: str
    both: bool = False


@dataclass(frozen=True)
class Page:
    """A page; it is written once in each language.

    :param path: its address in Vietnamese, from the root of the site; the English one stands under `en/`
    :param template: file name in `viz/site/templates`, or `package:file name` of another
        package
    :param title: heading and title of the window
    :param context: gives what the template shows, for a language
    :param section: key of the section whose entry is marked in the navigation
    :param twins: the same as data
    :param scripts: own scripts besides those of every page, in `viz/site/static`
    """

    path: str
    template: str
    title: Texts
    context: Callable[[str], Context]
    section: str
    twins: tuple[Twin, ...] = ()
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One entry of the navigation, and what makes its pages.

    :param key: named by the pages of the section
    :param path: page that the entry leads to
    :param label: words of the entry
    :param make: gives pages and files; none when the graph holds nothing for it, and then there is no entry
    """

    key: str
    path: str
    label: Texts
    make: Maker


@dataclass(frozen=True)
class Site:
    """What a maker of pages works with.

    :param known: everything read from the graph
    :param tours: guided tours whose references were all found
    :param answers: of every question, in Vietnamese, with what each was asked of
    :param version: name of the published graph; empty when it is not known
    """

    known: Known
    tours: tuple[Tour, ...] = ()
    version: str = ""
    answers: Mapping[str, Answers] = field(default_factory=dict)

    def asked_of(self, question: str) -> tuple[str, ...]:
        """List what a question has an answer for; empty when it is asked of nothing in particular."""
        return tuple(subject for subject, _ in self.answers.get(question, ()) if subject)
