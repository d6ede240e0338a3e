"""The verb that draws: the explorer, and every answer about dependencies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .app import graph, language, opened, say, verb
from .dependency_options import bound, components_or_systems, edges, filter_of, scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..graph.store import Store
    from ..queries.dependencies.dependencies import Dependencies
    from ..viz.dependencies.drawing import Drawing

VIEWS = ("explorer", "impact", "path", "spof", "matrix", "compare")
SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".graphml": "graphml",
    ".gexf": "gexf",
}
_NAMES = {"impact": (1, None), "path": (2, 2), "compare": (2, 2)}  # how many names; none for the others


@verb("draw", "egovkg draw impact bp:truc-lgsp -o impact.html")
@click.argument("view", type=click.Choice(VIEWS))
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    help="The file to write (- is standard output).  [default: VIEW.html]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "mermaid", "graphml", "gexf"]),
    help="How to draw; by default as the file name of -o ends (.html .mmd .graphml .gexf), else a page.",
)
@click.option(
    "--view",
    "opens",
    type=click.Choice(["grid", "deps", "time", "near", "force"]),
    default="grid",
    show_default=True,
    help="Of the explorer: the view it opens with.",
)
@click.option("--most", type=click.IntRange(1), help="Of a path: number of paths at most.")
@click.option("--longest", type=click.IntRange(1), help="Of a path: steps of a path at most.")
@click.option("--upstream", is_flag=True, help="Of an impact: draw what the entities rest on instead.")
@edges
@scope
@language
@graph
def draw_verb(
    view: str, entities: tuple[str, ...], target: str | None, form: str | None, home: Path, **options: object
) -> None:
    """Draw VIEW as one page that works offline, or for other programs.

    explorer: everything. impact ENTITY...: what stops when these stop. path FROM TO. spof: single points of
    failure. matrix: the network of the matrix. compare PLACE PLACE: the connections of two territories.
    """
    least, most = _NAMES.get(view, (0, 0))
    if len(entities) < least or (most is not None and len(entities) > most):
        wanted = {"impact": "at least one entity", "path": "two entities", "compare": "two territories"}.get(
            view, "no entity"
        )
        raise click.UsageError(f"draw {view} takes {wanted}")
    chosen = form or SUFFIXES.get(Path(target or "").suffix.lower(), "html")
    name = target or f"{view}.{ {'html': 'html', 'mermaid': 'mmd'}.get(chosen, chosen) }"
    if view == "explorer":
        if chosen != "html" or name == "-":
            raise click.UsageError("the explorer is a page: give a file that ends in .html")
        first = str(options["opens"])
        click.echo(drawn_explorer(Path(name), str(options["lang"]), opened(home), view=first))
        return
    found = bound(home, options)
    _deliver(_drawing(view, found, entities, options), chosen, name)


def drawn_explorer(target: Path, lang: str, store: Store, *, view: str = "grid") -> Path:
    """Write the explorer; give back its path."""
    from ..queries.picture.picture import picture
    from ..viz.explorer.page import render
    from ..viz.tables import deliver

    deliver(render(picture(store), lang=lang, view=view), str(target))
    return target


def _drawing(view: str, found: Dependencies, entities: Sequence[str], options: dict[str, object]) -> Drawing:
    from ..queries.dependencies.comparison import comparison
    from ..queries.dependencies.impact import impact
    from ..queries.dependencies.matrix import matrix
    from ..queries.dependencies.paths import paths
    from ..queries.dependencies.single_points import single_points
    from ..viz.dependencies.drawing import of_comparison, of_impact, of_matrix, of_points, of_routes

    if view == "impact":
        asked, failed = components_or_systems(found, entities)
        upstream = bool(options.get("upstream"))
        return of_impact(impact(asked, failed, upstream=upstream, keep=filter_of(asked, options)))
    if view == "path":
        asked, (one, other) = components_or_systems(found, entities)
        bounds = {name: int(str(options[name])) for name in ("most", "longest") if options.get(name)}
        return of_routes(paths(asked, one, other, **bounds))
    if view == "compare":
        return of_comparison(comparison(found, *entities))
    keep = filter_of(found, options)
    place = str(options["province"]) if options.get("province") else ""
    if view == "spof":
        title = {"vi": "Điểm hỏng đơn", "en": "Single points of failure"}[found.lang]
        return of_points(single_points(found, keep), f"{title}: {place}" if place else title)
    title = {"vi": "Mạng phụ thuộc", "en": "Dependency network"}[found.lang]
    return of_matrix(matrix(found, keep), f"{title}: {place}" if place else title)


def _deliver(drawn: Drawing, form: str, name: str) -> None:
    from ..viz.dependencies.graph_formats import write_as
    from ..viz.dependencies.page import render
    from ..viz.tables import deliver

    for note in drawn.notes:
        say(note)
    deliver(render(drawn) if form == "html" else write_as(drawn, form), name)
    if name != "-":
        click.echo(name)
