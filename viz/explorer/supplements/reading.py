"""Reading of the supplements of a graph: its tours as records, and the verdicts on its provinces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ....graph.store import OxigraphStore
from ...site.content.snapshot import GraphSnapshot
from ...site.content.tours import read_shipped_tours
from .news import news_record
from .tours import TourRecorder
from .verdicts import verdict_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ....graph.store import Store
    from ....queries.facts.values import Json
    from ....queries.picture.picture import Picture
    from ....words import Message
    from ...site.content.tour_model import Tour

__all__ = ["NO_SUPPLEMENTS", "Supplements", "read_supplements", "supplements_of"]


@dataclass(frozen=True)
class Supplements:
    """What a page of the explorer holds beside the picture, as records for its scripts.

    :param tours: one record a guided tour
    :param verdicts: the verdicts on provinces, by the framework in force; empty without any
    :param news: which sources are new, and in which days; empty where no article covers a province
    """

    tours: tuple[dict[str, Json], ...] = ()
    verdicts: dict[str, Json] = field(default_factory=dict)
    news: dict[str, Json] = field(default_factory=dict)


NO_SUPPLEMENTS = Supplements()


def supplements_of(snapshot: GraphSnapshot, tours: Iterable[Tour]) -> Supplements:
    """Make the supplements of a graph that was read; tours are those that the site has as well."""
    recorder = TourRecorder(snapshot)
    return Supplements(tuple(map(recorder.record, tours)), verdict_record(snapshot), news_record(snapshot))


def read_supplements(store: Store) -> tuple[Picture, Supplements, tuple[Message | str, ...]]:
    """Read the picture of a store and its supplements.

    :returns: picture, supplements, and the first fault of each shipped tour that was left out

    Cost: three times that of the picture alone.
    """
    snapshot = GraphSnapshot(OxigraphStore.copied_to_memory(store))
    tours, faults = read_shipped_tours(snapshot, {})
    return snapshot.picture, supplements_of(snapshot, tours), faults
