"""The graph as an ArchiMate model with views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ... import __version__
from ...graph.archimate.mapping import PROPERTY_PREFIX
from ...graph.archimate.model import Model, Property
from ...queries.dependencies.ask import ImpactQuestion, NetworkQuestion, ask_criticality, ask_impact
from ...queries.dependencies.network.dependencies import Dependencies
from ...queries.picture.picture import picture
from ...words import in_all_languages
from ..dependencies.drawing import of_impact
from .elements import concepts, in_languages
from .tree import folders
from .views import Landscape, impact_view, layers_by_province, province_views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...graph.archimate.model import View
    from ...graph.store import Store

MOST_IMPACT_VIEWS = 10  # systems whose impact is drawn where nobody names any
_LEAST_REACH = 3  # systems that must depend on such a system


@dataclass(frozen=True)
class ModelExport:
    """A model of the graph, and what of the graph it cannot show.

    :param denied: number of relations that sources only deny; they are no relationships
    :param associated: number of relations that became associations because ArchiMate forbids what fits best
    """

    model: Model
    denied: int
    associated: int


def archimate_model(store: Store, systems: Sequence[str] = (), version: str = "") -> ModelExport:
    """Turn a graph into a model: entities, relations, their tree, and views with positions.

    :param systems: names or CURIEs of systems whose impact is drawn; without any, those on which most depend
    :param version: of the graph, stated in the model
    :raises EntityError: if a name matches no entity, or more than one

    Cost: about that of :func:`~egovkg.queries.picture.picture.picture`, and one search a view of impact
    """
    content = picture(store)
    parts = concepts(content)
    landscape = Landscape.of(content.nodes, parts.relationships)
    views = (
        layers_by_province(landscape),
        *province_views(landscape),
        *_impact_views(store, systems, landscape),
    )
    values = {"version": version, "program": f"egovkg {__version__}"}
    model = Model(
        "id-egovkg",
        in_languages(in_all_languages(__package__ or "", "model.name")),
        parts.elements,
        parts.relationships,
        folders(list(zip(content.nodes, parts.elements, strict=True)), parts.relationships, views),
        views,
        in_languages(in_all_languages(__package__ or "", "model.documentation")),
        tuple(Property(f"{PROPERTY_PREFIX}{key}", {"": value}) for key, value in values.items() if value),
    )
    return ModelExport(model, parts.denied, parts.associated)


def _impact_views(store: Store, systems: Sequence[str], landscape: Landscape) -> Iterator[View]:
    dependencies = Dependencies.of(store)
    for name in systems or _most_relied_on(dependencies):
        report = ask_impact(dependencies, ImpactQuestion((name,), compare_choices=False))
        failed = report.failed[0].curie
        if failed in landscape.units:
            yield impact_view(of_impact(report), failed, landscape)


def _most_relied_on(dependencies: Dependencies) -> list[str]:
    ranking = ask_criticality(dependencies, NetworkQuestion()).ranking
    chosen = [row.system.curie for row in ranking if (row.reach or 0) >= _LEAST_REACH]
    return chosen[:MOST_IMPACT_VIEWS]
