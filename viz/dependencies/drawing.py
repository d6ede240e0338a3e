"""A drawing of an answer about dependencies: boxes in columns and arrows between them, before any format.

Columns lead from what fails, or from what all rests on, on the left, to what is affected, on the right; so an
arrow, which points from the dependent to what it depends on, points left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import networkx as nx

from ...graph.network.network import EXPECTS
from ...queries.dependencies.edge import EdgeStanding
from ...queries.dependencies.edge_claims import PART as PART_OF_SYSTEM
from ...queries.dependencies.text import (
    contrast_texts,
    duplicate_texts,
    edge_text,
    reason_texts,
    relation_text,
    remark_texts,
)
from ...queries.facts.terms import term_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...queries.dependencies.comparison import ComparisonReport
    from ...queries.dependencies.edge import DependencyEdge
    from ...queries.dependencies.impact import ImpactReport
    from ...queries.dependencies.matrix import MatrixReport
    from ...queries.dependencies.paths import PathReport
    from ...queries.dependencies.single_points import SinglePointReport
    from ...queries.dependencies.systems import System

Role: TypeAlias = Literal["failed", "asked", "listed", "passed", "single"]
Style: TypeAlias = Literal["stated", "reference", "plans", "implied", "parts"]

TALLEST = 12  # boxes of a column; what is more goes into a column beside
PART = 0.2  # room between parts that nothing ties, in heights of a box
SWEEPS = 8  # orderings of the columns; beyond, crossings hardly change


@dataclass(frozen=True)
class Box:
    """One component.

    :param level: column, from the left
    :param row: place from the top, in heights of a box
    :param role: it fails, is listed, is only passed by a path, or is a single point of failure
    """

    component: System
    level: int
    row: float
    role: Role

    def label(self, lang: str) -> str:
        """Give the words in the box: the short name in Vietnamese, else the label."""
        return self.component.short if lang == "vi" else self.component.label(lang)

    def detail(self, lang: str) -> str:
        """Give the words below: class and province."""
        place = self.component.place.get(lang) or self.component.place.get("vi", "")
        return " · ".join(filter(None, (term_label(self.component.kind, lang), place)))


@dataclass(frozen=True)
class Arrow:
    """One edge, from the dependent to what it depends on.

    :param number: by which the list of evidence names it, from 1
    """

    step: DependencyEdge
    style: Style
    number: int

    def label(self, lang: str) -> str:
        """Name its relations, and those only implied; of an expected edge, the components it comes from."""
        if self.step.basis == "reference":
            codes = [f"{one.needing} → {one.needed}" for one in self.step.expectations[:1]]
            return codes[0] if codes else relation_text(EXPECTS, lang)
        return edge_text(self.step, lang)


@dataclass(frozen=True)
class Drawing:
    """All that is drawn.

    :param title: what was asked
    :param notes: what is to be told below it
    """

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[str, ...]
    lang: str


def style_of(step: DependencyEdge) -> Style:
    """Tell how an edge is drawn: by its basis, and whether only a plan or an inference says so."""
    if step.basis == "reference":
        return "reference"
    if step.relations == (PART_OF_SYSTEM,):
        return "parts"
    if step.is_firm:
        return "stated"
    return (
        "plans" if any(step.standing(name) is EdgeStanding.PLANNED for name in step.relations) else "implied"
    )


def drawing(
    title: str,
    components: Iterable[System],
    steps: Iterable[DependencyEdge],
    *,
    levels: Mapping[str, int],
    roles: Mapping[str, Role],
    notes: Sequence[str],
    lang: str,
) -> Drawing:
    """Place components in columns and number the edges.

    :param levels: CURIE -> column; by the longest way to what they rest on where it is missing
    :param roles: CURIE -> role, where it is not `listed`
    """
    known = {one.curie: one for one in components}
    edges = sorted(steps, key=lambda step: (step.provider, step.dependent))
    ties = [(step.dependent, step.provider) for step in edges]
    places = _placed(known, ties, {curie: levels.get(curie, 0) for curie in known})
    boxes = tuple(
        Box(known[curie], level, row, roles.get(curie, "listed"))
        for curie, (level, row) in sorted(places.items(), key=lambda item: item[1])
    )
    place = {box.component.curie: (box.level, box.row) for box in boxes}
    edges.sort(key=lambda step: (*place[step.dependent], *place[step.provider]))
    arrows = tuple(Arrow(step, style_of(step), number) for number, step in enumerate(edges, 1))
    return Drawing(title, boxes, arrows, tuple(notes), lang)


def _placed(
    known: Mapping[str, System], ties: Sequence[tuple[str, str]], levels: Mapping[str, int]
) -> dict[str, tuple[int, float]]:
    """Give each component its column and row: what is tied together stands together, the largest first."""
    whole: nx.Graph[str] = nx.Graph()
    whole.add_nodes_from(known)
    whole.add_edges_from(ties)
    places: dict[str, tuple[int, float]] = {}
    top = 0.0
    for part in sorted(nx.connected_components(whole), key=lambda each: (-len(each), min(each))):
        columns = _ordered({curie: known[curie] for curie in part}, [t for t in ties if t[0] in part], levels)
        height = max(len(column) for column in columns)
        for level, column in enumerate(columns):
            start = top + (height - len(column)) / 2
            places |= {curie: (level, start + index) for index, curie in enumerate(column)}
        top += height + PART
    return places


def _ordered(
    known: Mapping[str, System], ties: Sequence[tuple[str, str]], levels: Mapping[str, int]
) -> list[list[str]]:
    """Order each column towards the mean place of the neighbours (Sugiyama, Tagawa and Toda 1981)."""
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in ties:
        near[one].append(other)
        near[other].append(one)
    columns: dict[int, list[str]] = defaultdict(list)
    for curie in sorted(known, key=lambda each: (known[each].layer, known[each].short, each)):
        columns[levels[curie]].append(curie)
    row = {curie: float(index) for column in columns.values() for index, curie in enumerate(column)}
    for sweep in range(SWEEPS):
        for level in sorted(columns, reverse=bool(sweep % 2)):
            side = list(columns[level])
            wanted = {
                curie: sum(row[other] for other in near[curie]) / len(near[curie])
                if near[curie]
                else row[curie]
                for curie in side
            }
            columns[level] = sorted(side, key=lambda curie: (wanted[curie], row[curie], curie))
            middle = (len(side) - 1) / 2
            row |= {curie: index - middle for index, curie in enumerate(columns[level])}
    return [part for level in sorted(columns) for part in _folded(columns[level])]


def _folded(column: list[str]) -> list[list[str]]:
    """Part a tall column into columns of about equal height."""
    count = -(-len(column) // TALLEST)
    height = -(-len(column) // count) if count else 0
    return [column[start : start + height] for start in range(0, len(column), height)] if height else []


def of_impact(answer: ImpactReport) -> Drawing:
    """Draw an impact: what fails on the left, each hop a column further."""
    names = ", ".join(one.label(answer.choice.lang) for one in answer.failed)
    title = {
        ("vi", False): f"Khi {names} dừng",
        ("vi", True): f"{names} dựa vào những gì",
        ("en", False): f"When {names} stops",
        ("en", True): f"What {names} rests on",
    }[answer.choice.lang, answer.upstream]
    hops = {curie: at for one in answer.affected for at, curie in enumerate(one.path)}
    deepest = max(hops.values(), default=0)
    if answer.upstream:  # arrows point left here too
        hops = {curie: deepest - at for curie, at in hops.items()}
    start = deepest if answer.upstream else 0
    asked: Role = "asked" if answer.upstream else "failed"
    roles: dict[str, Role] = {one.curie: asked for one in answer.failed}
    roles |= {one.curie: "passed" for one in answer.hidden}
    return drawing(
        title,
        answer.systems.values(),
        answer.edges.values(),
        levels={**hops, **{one.curie: start for one in answer.failed}},
        roles=roles,
        notes=remark_texts(answer.remarks, answer.choice.lang),
        lang=answer.choice.lang,
    )


def of_routes(answer: PathReport) -> Drawing:
    """Draw paths: what is depended on at the left, the dependent at the right."""
    one, other = answer.start.label(answer.choice.lang), answer.end.label(answer.choice.lang)
    title = f"{one} → {other}"
    levels: dict[str, int] = {}
    for route in reversed(answer.paths):  # the shortest last: it decides
        levels |= {curie: len(route.curies) - 1 - at for at, curie in enumerate(route.curies)}
    roles: dict[str, Role] = {answer.end.curie: "asked", answer.start.curie: "asked"}
    return drawing(
        title,
        answer.systems.values(),
        answer.edges.values(),
        levels=levels,
        roles=roles,
        notes=remark_texts(answer.remarks, answer.choice.lang),
        lang=answer.choice.lang,
    )


def of_points(answer: SinglePointReport, title: str) -> Drawing:
    """Draw a section with its single points of failure."""
    reasons = [why for point in answer.points for why in reason_texts(point, answer.choice.lang)]
    roles: dict[str, Role] = {point.system.curie: "single" for point in answer.points}
    return drawing(
        title,
        answer.systems.values(),
        answer.edges,
        levels=depths(answer.edges),
        roles=roles,
        notes=(*reasons, *remark_texts(answer.remarks, answer.choice.lang)),
        lang=answer.choice.lang,
    )


def of_matrix(answer: MatrixReport, title: str) -> Drawing:
    """Draw the network that a matrix shows."""
    steps = tuple(answer.cells.values())
    return drawing(
        title,
        answer.systems,
        steps,
        levels=depths(steps),
        roles={},
        notes=remark_texts(answer.remarks, answer.choice.lang),
        lang=answer.choice.lang,
    )


def of_comparison(answer: ComparisonReport) -> Drawing:
    """Draw the connections of two territories side by side, with what is there twice told below."""
    steps = {edge.ends: edge for contrast in answer.contrasts for edge in contrast.edges}
    return drawing(
        " – ".join(answer.names),
        answer.systems.values(),
        steps.values(),
        levels=depths(steps.values()),
        roles={},
        notes=(
            *contrast_texts(answer, answer.choice.lang),
            *duplicate_texts(answer, answer.choice.lang),
            *remark_texts(answer.remarks, answer.choice.lang),
        ),
        lang=answer.choice.lang,
    )


def depths(steps: Iterable[DependencyEdge]) -> dict[str, int]:
    """Count the most steps down to what rests on nothing; the members of a loop share one column."""
    graph = nx.DiGraph((step.dependent, step.provider) for step in steps)
    flow = nx.condensation(graph)
    depth: dict[int, int] = {}
    for each in reversed(list(nx.topological_sort(flow))):
        depth[each] = max((depth[after] + 1 for after in flow.successors(each)), default=0)
    return {curie: depth[group] for curie, group in flow.graph["mapping"].items()}
