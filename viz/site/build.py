"""The site: everything the graph holds as pages that work from a file, offline, in Vietnamese and English.

A section of the site is one line in :data:`SECTIONS`: what leads to it, and a function that makes its pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...files import packaged_text
from ...queries.questions.named import questions
from .content.answers import answers
from .content.model import LANGUAGES, File, Page, Section, Site
from .content.paths import in_language
from .content.snapshot import Known
from .content.tours import read_tours
from .pages import about as pages_about
from .pages import articles as pages_article
from .pages import data as pages_data
from .pages import entities as pages_entity
from .pages import explorer as pages_explorer
from .pages import gaps as pages_gap
from .pages import glossary as pages_glossary
from .pages import home as pages_home
from .pages import impact as pages_impact
from .pages import ontology as pages_ontology
from .pages import questions as pages_question
from .pages import targets as pages_target
from .pages import tours as pages_tour
from .render import STATIC, render_page
from .search_index import search_index
from .writer import write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from ...graph.store import Store
    from .writer import Written

SECTIONS: tuple[Section, ...] = (
    Section("home", "index.html", {"vi": "Trang đầu", "en": "Home"}, pages_home.pages),
    Section("explorer", "explorer.html", {"vi": "Sơ đồ", "en": "Explorer"}, pages_explorer.pages),
    Section("questions", "questions.html", {"vi": "Câu hỏi", "en": "Questions"}, pages_question.pages),
    Section("gaps", "gaps.html", {"vi": "Khoảng cách", "en": "Gaps"}, pages_gap.pages),
    Section("impact", "impact.html", {"vi": "Phụ thuộc", "en": "Impact"}, pages_impact.pages),
    Section("targets", "targets.html", {"vi": "Mức phải đạt", "en": "Targets"}, pages_target.pages),
    Section("entities", "entities.html", {"vi": "Thực thể", "en": "Entities"}, pages_entity.pages),
    Section("articles", "articles.html", {"vi": "Bài viết", "en": "Articles"}, pages_article.pages),
    Section("tours", "tours.html", {"vi": "Bài dẫn", "en": "Tours"}, pages_tour.pages),
    Section("ontology", "ontology.html", {"vi": "Bản thể học", "en": "Ontology"}, pages_ontology.pages),
    Section("glossary", "glossary.html", {"vi": "Thuật ngữ", "en": "Glossary"}, pages_glossary.pages),
    Section("data", "data.html", {"vi": "Dữ liệu", "en": "Data"}, pages_data.pages),
    Section("about", "about.html", {"vi": "Giới thiệu", "en": "About"}, pages_about.pages),
)


@dataclass(frozen=True)
class Made:
    """What a run made.

    :param pages: pages of each section, in both languages, by its key
    :param skipped: shipped tours that this graph cannot carry, each with the reason
    """

    pages: dict[str, int]
    files: int
    written: Written
    skipped: tuple[str, ...]


def write_site(
    store: Store,
    folder: Path,
    *,
    tours: Sequence[Path] = (),
    version: str = "",
    track: Callable[[str, int], None] = lambda what, number: None,
) -> Made:
    """Write the site of a graph into a folder.

    :param tours: further guided tours, as files
    :param version: name of the published graph
    :param track: told what is being made, and how many pages so far
    :raises TourError: with every fault of every given tour
    :raises SiteError: if a file would replace one that no former run wrote; nothing is written then

    The same graph and tours give the same bytes; files of a former run that are wanted no more are removed.
    Cost: about 5 ms a page; memory holds the whole site.
    """
    track("graph", 0)
    site, skipped = read_site(store, tours, version)
    return write_pages(site, folder, skipped=skipped, track=track)


def write_pages(
    site: Site,
    folder: Path,
    *,
    skipped: tuple[str, ...] = (),
    track: Callable[[str, int], None] = lambda what, number: None,
) -> Made:
    """Write a site that was read; as :func:`write_site`."""
    counts: dict[str, int] = {}
    files = list(site_files(site, counts, track))
    return Made(counts, len(files), write_files(folder, files, site.version), skipped)


def read_site(store: Store, tours: Sequence[Path] = (), version: str = "") -> tuple[Site, tuple[str, ...]]:
    """Read everything that the pages need.

    :returns: the site, and why shipped tours were left out
    """
    site = Site(Known(store), (), version)
    asked = {question.name: answers(site.known, question, "vi") for question in questions()}
    site = replace(site, answers=asked)
    read, skipped = read_tours(site, tours)
    return replace(site, tours=read), skipped


def site_files(
    site: Site,
    counts: dict[str, int] | None = None,
    track: Callable[[str, int], None] = lambda what, number: None,
    sections: Sequence[Section] = SECTIONS,
) -> Iterator[File]:
    """Make every file of the site, in memory.

    :param counts: filled with the number of pages a section
    :param sections: what the site is made of
    """
    made = [(section, list(section.make(site))) for section in sections]
    entries = [section for section, parts in made if parts]
    for section, parts in made:
        pages = [part for part in parts if isinstance(part, Page)]
        track(section.key, 2 * len(pages))
        if counts is not None:
            counts[section.key] = 2 * len(pages)
        yield from (part for part in parts if isinstance(part, File))
        yield from _rendered(pages, entries, site.version)
    yield search_index(site)
    for name in STATIC:
        yield File(name, packaged_text(__package__, f"static/{name}").encode("utf-8"))


def _rendered(pages: Iterable[Page], sections: Sequence[Section], version: str) -> Iterator[File]:
    for page in pages:
        for lang in LANGUAGES:
            html = render_page(page, lang, sections, version)
            yield File(in_language(page.path, lang), html.encode("utf-8", "replace"))
