"""The verb that draws: the explorer, and every answer about dependencies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from ...viz import explorer
from ..app import verb
from ..language import text
from ..opening import opened
from ..options import graph, language_option
from .dependency_options import edges, say_remarks, scope, source_of

if TYPE_CHECKING:
    from ...graph.store import Store
    from ...queries.dependencies.ask import Source
    from ...queries.dependencies.network.choice import EdgeChoice
    from ...queries.dependencies.network.scope import Scope
    from ...queries.facts.units import Remark
    from ...viz.dependencies.drawing import Drawing

DrawingWithRemarks: TypeAlias = "tuple[Drawing, tuple[Remark, ...]]"

VIEWS = ("explorer", "impact", "path", "spof", "matrix", "compare")
SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".graphml": "graphml",
    ".gexf": "gexf",
}
EXTENSIONS = {"mermaid": "mmd"}  # form -> suffix, where that is another word
ENTITY_COUNTS = {"impact": (1, 1000), "path": (2, 2), "compare": (2, 2)}  # view -> least and greatest number


@dataclass(frozen=True)
class DrawRequest:
    """The drawing requested by `egovkg draw`.

    :param entities: names of entities, as many as the view requires
    :param max_paths: limit for the view `path`; ``None`` for the default, as for `max_length`
    """

    view: str
    entities: tuple[str, ...]
    choice: EdgeChoice
    scope: Scope
    upstream: bool = False
    max_paths: int | None = None
    max_length: int | None = None


@verb("draw", "egovkg draw impact bp:truc-lgsp -o impact.html")
@click.argument("view", type=click.Choice(VIEWS))
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@click.option("-o", "--output", "target", metavar="FILE", show_default="VIEW.html")
@click.option("--format", "form", type=click.Choice(["html", "mermaid", "graphml", "gexf"]))
@click.option(
    "--view", "opens", type=click.Choice(explorer.VIEWS), default=explorer.DEFAULT_VIEW, show_default=True
)
@click.option("--most", "max_paths", type=click.IntRange(1))
@click.option("--longest", "max_length", type=click.IntRange(1))
@click.option("--upstream", is_flag=True)
@edges
@scope
@language_option
@graph
def draw_verb(
    view: str,
    entities: tuple[str, ...],
    target: str | None,
    form: str | None,
    opens: str,
    max_paths: int | None,
    max_length: int | None,
    upstream: bool,
    choice: EdgeChoice,
    scope: Scope,
    home: Path,
) -> None:
    """Draw VIEW as one page that works offline, or for other programs.

    explorer: everything. impact ENTITY...: what stops when these stop. path FROM TO. spof: single points of
    failure. matrix: the network of the matrix. compare PLACE PLACE: the connections of two territories.
    """
    _check_names(view, entities)
    form = form or SUFFIXES.get(Path(target or "").suffix.lower(), "html")
    name = target or f"{view}.{EXTENSIONS.get(form, form)}"
    if view == "explorer":
        if form != "html" or name == "-":
            raise click.UsageError(text("error.explorer_is_a_page"))
        click.echo(drawn_explorer(Path(name), choice.lang, opened(home), view=opens))
        return
    request = DrawRequest(view, entities, choice, scope, upstream, max_paths, max_length)
    drawing, remarks = _DRAWINGS[view](source_of(home), request)
    say_remarks(remarks, choice.lang)
    _deliver(drawing, form, name)


def _check_names(view: str, entities: tuple[str, ...]) -> None:
    least, greatest = ENTITY_COUNTS.get(view, (0, 0))
    if not least <= len(entities) <= greatest:
        key = view if view in ENTITY_COUNTS else "others"
        raise click.UsageError(text(f"error.draw_takes.{key}", view=view))


def drawn_explorer(target: Path, lang: str, store: Store, *, view: str = explorer.DEFAULT_VIEW) -> Path:
    """Write the explorer and return its path."""
    from ...queries.picture.picture import picture
    from ...viz.explorer.page import render
    from ...viz.tables import deliver

    deliver(render(picture(store), lang=lang, view=view), str(target))
    return target


def _draw_impact(source: Source, request: DrawRequest) -> DrawingWithRemarks:
    from ...queries.dependencies.ask import ImpactQuestion, ask_impact
    from ...viz.dependencies.drawing import of_impact

    question = ImpactQuestion(request.entities, request.upstream, request.choice, request.scope)
    report = ask_impact(source, question)
    return of_impact(report), report.remarks


def _draw_path(source: Source, request: DrawRequest) -> DrawingWithRemarks:
    from ...queries.dependencies.ask import PathQuestion, ask_paths
    from ...queries.dependencies.paths import MAX_LENGTH, MAX_PATHS, PathBounds
    from ...viz.dependencies.drawing import of_routes

    bounds = PathBounds(request.max_paths or MAX_PATHS, request.max_length or MAX_LENGTH)
    dependent, provider = request.entities
    report = ask_paths(source, PathQuestion(dependent, provider, request.choice, bounds))
    return of_routes(report), report.remarks


def _draw_single_points(source: Source, request: DrawRequest) -> DrawingWithRemarks:
    from ...queries.dependencies.ask import NetworkQuestion, ask_single_points
    from ...viz.dependencies.drawing import of_points

    report = ask_single_points(source, NetworkQuestion(request.choice, request.scope))
    return of_points(report, _title("single-points", request)), report.remarks


def _draw_matrix(source: Source, request: DrawRequest) -> DrawingWithRemarks:
    from ...queries.dependencies.ask import MatrixQuestion, ask_matrix
    from ...viz.dependencies.drawing import of_matrix

    report = ask_matrix(source, MatrixQuestion(request.choice, request.scope))
    return of_matrix(report, _title("matrix", request)), report.remarks


def _draw_comparison(source: Source, request: DrawRequest) -> DrawingWithRemarks:
    from ...queries.dependencies.ask import ComparisonQuestion, ask_comparison
    from ...viz.dependencies.drawing import of_comparison

    first, second = request.entities
    report = ask_comparison(source, ComparisonQuestion(first, second, request.choice))
    return of_comparison(report), report.remarks


_DRAWINGS = {
    "impact": _draw_impact,
    "path": _draw_path,
    "spof": _draw_single_points,
    "matrix": _draw_matrix,
    "compare": _draw_comparison,
}


def _title(key: str, request: DrawRequest) -> str:
    """Return the title of a drawing: its subject and its territory."""
    from ...queries.dependencies.text import words_in

    title = words_in(request.choice.lang)[f"title.{key}"]
    return f"{title}: {request.scope.province}" if request.scope.province else title


def _deliver(drawing: Drawing, form: str, name: str) -> None:
    from ...viz.dependencies.graph_formats import write_as
    from ...viz.dependencies.page import render
    from ...viz.tables import deliver

    deliver(render(drawing) if form == "html" else write_as(drawing, form), name)
    if name != "-":
        click.echo(name)
