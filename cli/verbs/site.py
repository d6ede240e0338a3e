"""The verb that writes the site."""

from __future__ import annotations

from pathlib import Path

import click

from ..app import verb
from ..language import counted, say, say_tours_left_out, text
from ..opening import opened
from ..options import existing, graph, language_option, output_folder, printed_form


@verb("site", "egovkg site -o site")
@click.option(
    "-o", "--output", "target", metavar="DIR", type=output_folder, default=Path("site"), show_default=True
)
@click.option("--tour", "tours", multiple=True, type=existing, metavar="FILE")
@printed_form
@language_option
@graph
def site_verb(target: Path, tours: tuple[Path, ...], form: str, lang: str, home: Path) -> None:
    """Write everything as pages that work offline, each fact with its sentence."""
    from ...graph.publish import published
    from ...viz.site.build import SiteOptions, write_site
    from ...viz.site.sections import SECTIONS
    from ...viz.tables import Grid, deliver, render

    store = opened(home)
    version = published(home)
    options = SiteOptions(tours, version.name if version else "", _say_progress)
    site = write_site(store, target, options)
    say_tours_left_out(site.skipped_tours, lang)
    for path in site.written.changed_by_others:
        say(text("message.page_left", path=target / path))
    rows = [(section.label[lang], site.pages.get(section.key, 0)) for section in SECTIONS]
    headings = (text("heading.section"), text("heading.pages"))
    deliver(render(Grid(headings, ("section", "pages"), rows), form), None)
    written, removed = len(site.written.written), len(site.written.removed)
    say(counted("message.site_files", site.files, written=written, removed=removed))
    say((target / "index.html").resolve().as_uri())


def _say_progress(section: str, pages: int) -> None:
    if pages:
        say(counted("message.site_pages", pages, section=section))
    else:
        say(text("message.site_step", section=section))
