"""The verb that draws: the explorer, and every answer about dependencies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from ...viz import explorer
from ...viz.shared.forms import DRAWINGS, HTML
from ..app import verb
from ..delivery import STANDARD_OUTPUT, Output, output_in
from ..language import say, say_tours_left_out, text
from ..opening import opened
from ..options import graph
from .dependencies import network_title
from .dependency_options import edges, remark_lines, scope, source_of

if TYPE_CHECKING:
    from ...graph.store import Store
    from ...queries.dependencies.ask import Source
    from ...queries.dependencies.network.choice import EdgeChoice
    from ...queries.dependencies.network.scope import Scope
    from ...queries.facts.units import Remark
    from ...viz.dependencies.drawing import Drawing

DrawingWithRemarks: TypeAlias = "tuple[Drawing, tuple[Remark, ...]]"

VIEWS = ("explorer", "impact", "path", "spof", "matrix", "compare")
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
@click.option("--view", "opens", type=click.Choice(explorer.VIEWS))
@click.option("--most", "max_paths", type=click.IntRange(1))
@click.option("--longest", "max_length", type=click.IntRange(1))
@click.option("--upstream", is_flag=True)
@edges
@scope
@output_in(*DRAWINGS, names_file=True)
@graph
def draw_verb(
    view: str,
    entities: tuple[str, ...],
    opens: str | None,
    max_paths: int | None,
    max_length: int | None,
    upstream: bool,
    choice: EdgeChoice,
    scope: Scope,
    output: Output,
    home: Path,
) -> None:
    """Draw VIEW as one page that works offline, or for other programs.

    explorer: everything. impact ENTITY...: what stops when these stop. path FROM TO. spof: single points of
    failure. matrix: the network of the matrix. compare PLACE PLACE: the connections of two territories.
    """
    _check_names(view, entities)
    output = replace(output, target=output.target or f"{view}.{output.form.endings[0]}")
    if view == "explorer":
        output.require([HTML])
        click.echo(drawn_explorer(Path(str(output.target)), choice.lang, opened(home), view=opens))
        return
    request = DrawRequest(view, entities, choice, scope, upstream, max_paths, max_length)
    drawing, remarks = _DRAWINGS[view](source_of(home), request)
    for remark in remark_lines(remarks, choice.lang):
        say(remark)
    _deliver(drawing, output)


def _check_names(view: str, entities: tuple[str, ...]) -> None:
    least, greatest = ENTITY_COUNTS.get(view, (0, 0))
    if not least <= len(entities) <= greatest:
        key = view if view in ENTITY_COUNTS else "others"
        raise click.UsageError(text(f"error.draw_takes.{key}", view=view))


def drawn_explorer(target: Path, lang: str, store: Store, *, view: str | None = None) -> Path:
    """Write the explorer and return its path; name the tours that cannot stand on this graph."""
    from ...viz.explorer.page import render
    from ...viz.explorer.supplements import read_supplements
    from ...viz.tables import deliver

    picture, supplements, faults = read_supplements(store)
    say_tours_left_out(faults, lang)
    deliver(render(picture, lang=lang, view=view, supplements=supplements), str(target))
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

    question = NetworkQuestion(request.choice, request.scope)
    report = ask_single_points(source, question)
    return of_points(report, network_title("single-points", question)), report.remarks


def _draw_matrix(source: Source, request: DrawRequest) -> DrawingWithRemarks:
    from ...queries.dependencies.ask import MatrixQuestion, ask_matrix
    from ...viz.dependencies.cell_picture import matrix_title
    from ...viz.dependencies.drawing import of_matrix

    question = MatrixQuestion(request.choice, request.scope)
    report = ask_matrix(source, question)
    return of_matrix(report, matrix_title(report, request.scope.province)), report.remarks


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


def _deliver(drawing: Drawing, output: Output) -> None:
    from ...viz.dependencies.forms import drawing_bytes

    output.write_bytes(drawing_bytes(drawing, output.form))
    if output.target != STANDARD_OUTPUT:
        click.echo(output.target)
