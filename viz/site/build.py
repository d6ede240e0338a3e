"""Building of the static site: the whole graph as HTML pages in every language that work offline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ...words import languages
from .content.model import File, Page
from .content.paths import in_language
from .content.site import read_site
from .inputs import inputs_digest
from .render import render_page, static_files
from .search_index import search_index
from .sections import SECTIONS
from .writer import notes_of_untouched, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from ...graph.store import Store
    from ...words import Message
    from .content.site import Site
    from .sections import SiteSection
    from .writer import WriteReport

ProgressReporter: TypeAlias = "Callable[[str, int], None]"  # key of a section, number of its pages

_INPUTS, _PAGES = "inputs", "pages"  # keys of the manifest

__all__ = [
    "SectionContent",
    "SiteOptions",
    "SiteReport",
    "make_sections",
    "site_files",
    "write_pages",
    "write_site",
]


@dataclass(frozen=True)
class SectionContent:
    """The pages and files of a section; empty when the graph has no data for it."""

    section: SiteSection
    pages: tuple[Page, ...]
    files: tuple[File, ...]

    @property
    def page_count(self) -> int:
        """The number of pages in all languages."""
        return len(languages()) * len(self.pages)

    @property
    def is_empty(self) -> bool:
        """Whether the graph has no data for the section."""
        return not self.pages and not self.files


@dataclass(frozen=True)
class SiteReport:
    """The result of writing a site.

    :param pages: key of a section -> number of its pages, in all languages
    :param files: number of all files
    :param skipped_tours: the first fault of each shipped tour that was left out
    """

    pages: dict[str, int]
    files: int
    written: WriteReport
    skipped_tours: tuple[Message | str, ...]


@dataclass(frozen=True)
class SiteOptions:
    """The options for writing a site.

    :param tours: files of additional guided tours
    :param version: name of the published graph, shown on the pages
    :param on_progress: called with `graph` and 0 first, then with each section and its number of pages
    """

    tours: tuple[Path, ...] = ()
    version: str = ""
    on_progress: ProgressReporter = lambda section, page_count: None


DEFAULT_OPTIONS = SiteOptions()


def write_site(store: Store, folder: Path, options: SiteOptions = DEFAULT_OPTIONS) -> SiteReport:
    """Write the site of a graph into a folder.

    :raises TourError: with all faults of all additional tours
    :raises SiteError: if a file would be replaced that no earlier run wrote; nothing is written then
    :raises WriteError: if a file cannot be written

    Equal graphs and tours give equal bytes; files of an earlier run that no longer belong to the site are
    removed. Nothing is made anew where the last run had the same inputs and its files are as it wrote them.
    Cost: about 8 ms of processor time per page; the whole site is held in memory.
    """
    digest = inputs_digest(options.version, options.tours) if options.version else ""
    if digest and (report := _untouched(folder, digest)):
        return report
    options.on_progress("graph", 0)
    site, skipped_tours = read_site(store, options.tours, options.version)
    return write_pages(
        site, folder, skipped_tours=skipped_tours, on_progress=options.on_progress, inputs=digest
    )


def _untouched(folder: Path, digest: str) -> SiteReport | None:
    """Return the report of a site that the last run wrote from the same inputs; `None` if it is another."""
    untouched = notes_of_untouched(folder)
    if untouched is None or untouched[0].get(_INPUTS) != digest:
        return None
    notes, written = untouched
    counts = notes.get(_PAGES)
    pages = {key: int(str(count)) for key, count in counts.items()} if isinstance(counts, dict) else {}
    return SiteReport(pages, written.unchanged, written, ())


def write_pages(
    site: Site,
    folder: Path,
    *,
    skipped_tours: tuple[Message | str, ...] = (),
    on_progress: ProgressReporter = DEFAULT_OPTIONS.on_progress,
    inputs: str = "",
) -> SiteReport:
    """Write a site that has been read already; see :func:`write_site`.

    :param inputs: digest of what it is made from, by which the next run knows it again; empty if unknown
    """
    sections = []
    for content in _section_contents(site, SECTIONS):
        on_progress(content.section.key, content.page_count)
        sections.append(content)
    files = list(_files(site, sections))
    counts = {content.section.key: content.page_count for content in sections}
    is_whole = inputs and not skipped_tours  # what was left out is told by each run
    notes: dict[str, object] = {_INPUTS: inputs, _PAGES: {**counts}} if is_whole else {}
    written = write_files(folder, files, site.version, notes)
    return SiteReport(counts, len(files), written, skipped_tours)


def site_files(site: Site, sections: Sequence[SiteSection] = SECTIONS) -> Iterator[File]:
    """Make all files of the site in memory.

    :param sections: the sections of the site
    """
    yield from _files(site, make_sections(site, sections))


def make_sections(site: Site, sections: Sequence[SiteSection] = SECTIONS) -> list[SectionContent]:
    """Make the pages and files of sections; the pages are not rendered."""
    return list(_section_contents(site, sections))


def _section_contents(site: Site, sections: Iterable[SiteSection]) -> Iterator[SectionContent]:
    for section in sections:
        parts = list(section.make_pages(site))
        pages = tuple(part for part in parts if isinstance(part, Page))
        files = tuple(part for part in parts if isinstance(part, File))
        yield SectionContent(section, pages, files)


def _files(site: Site, sections: Sequence[SectionContent]) -> Iterator[File]:
    entries = [content.section for content in sections if not content.is_empty]
    for content in sections:
        yield from content.files
        for page in content.pages:
            yield from _rendered(page, entries, site.version)
    yield search_index(site)
    for name, data in static_files().items():
        yield File(name, data)


def _rendered(page: Page, entries: Sequence[SiteSection], version: str) -> Iterator[File]:
    """Render a page in every language."""
    for lang in languages():
        html = render_page(page, lang, entries, version)
        yield File(in_language(page.path, lang), html.encode("utf-8", "replace"))
