"""The verb that writes the site."""

from __future__ import annotations

from pathlib import Path

import click

from .app import existing, folder, form, graph, language, opened, say, verb


@verb("site", "egovkg site -o site")
@click.option(
    "-o",
    "--output",
    "target",
    type=folder,
    default=Path("site"),
    show_default=True,
    help="Folder to write the pages in; what an earlier run wrote there is replaced, other files are left.",
)
@click.option(
    "--tour",
    "tours",
    multiple=True,
    type=existing,
    metavar="FILE",
    help="A guided tour of your own (YAML); may be repeated.",
)
@form
@language
@graph
def site_verb(target: Path, tours: tuple[Path, ...], form: str, lang: str, home: Path) -> None:
    """Write everything as pages that work offline, in Vietnamese and English, each fact with its sentence."""
    from ..graph.publish import published
    from ..viz.site.build import SECTIONS, write_site
    from ..viz.tables import Grid, deliver, render

    store = opened(home)
    version = published(home)
    made = write_site(
        store,
        target,
        tours=tours,
        version=version.name if version else "",
        track=lambda what, n: say(_told(what, n)),
    )
    for reason in made.skipped:
        say(f"egovkg: a shipped tour was left out: {reason}")
    for path in made.written.kept:
        say(f"egovkg: {target / path}: no longer part of the site, but changed since — left where it is")
    rows = [(section.label[lang], made.pages.get(section.key, 0)) for section in SECTIONS]
    heads = {"vi": ("mục", "số trang"), "en": ("section", "pages")}[lang]
    deliver(render(Grid(heads, ("section", "pages"), rows), form), None)
    say(
        f"{made.files} files, {len(made.written.written)} new or changed, {len(made.written.removed)} removed"
    )
    say((target / "index.html").resolve().as_uri())


def _told(what: str, pages: int) -> str:
    return f"egovkg: {what}" + (f", {pages} pages" if pages else "") + " …"
