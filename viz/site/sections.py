"""The sections of the site in navigation order; adding a section takes one line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .content.texts import titles
from .pages import (
    about,
    articles,
    data,
    entities,
    explorer,
    gaps,
    glossary,
    home,
    impact,
    law,
    ontology,
    provinces,
    questions,
    targets,
    tours,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ...words import Texts
    from .content.model import File, Page
    from .content.site import Site

__all__ = ["SECTIONS", "SiteSection"]


@dataclass(frozen=True)
class SiteSection:
    """A section: its navigation entry and the function that makes its pages.

    :param key: key by which pages refer to their section
    :param path: page to which the navigation entry links
    :param label: text of the navigation entry by language
    :param make_pages: makes the pages and files; if it makes none, the section is not in the navigation
    """

    key: str
    path: str
    label: Texts
    make_pages: Callable[[Site], Iterable[Page | File]]


SECTIONS: tuple[SiteSection, ...] = (
    SiteSection("home", "index.html", titles("section.home"), home.pages),
    SiteSection("explorer", "explorer.html", titles("section.explorer"), explorer.pages),
    SiteSection("questions", "questions.html", titles("section.questions"), questions.pages),
    SiteSection("provinces", "provinces.html", titles("section.provinces"), provinces.pages),
    SiteSection("gaps", "gaps.html", titles("section.gaps"), gaps.pages),
    SiteSection("impact", "impact.html", titles("section.impact"), impact.pages),
    SiteSection("targets", "targets.html", titles("section.targets"), targets.pages),
    SiteSection("law", "law.html", titles("section.law"), law.pages),
    SiteSection("entities", "entities.html", titles("section.entities"), entities.pages),
    SiteSection("articles", "articles.html", titles("section.articles"), articles.pages),
    SiteSection("tours", "tours.html", titles("section.tours"), tours.pages),
    SiteSection("ontology", "ontology.html", titles("section.ontology"), ontology.pages),
    SiteSection("glossary", "glossary.html", titles("section.glossary"), glossary.pages),
    SiteSection("data", "data.html", titles("section.data"), data.pages),
    SiteSection("about", "about.html", titles("section.about"), about.pages),
)
