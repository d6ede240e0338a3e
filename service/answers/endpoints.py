"""The endpoints of the JSON interface: a table of names with parameters and functions.

To add an endpoint, add an entry to :data:`ENDPOINTS` and its description to the catalogue; the entry
determines the checks of parameters, paging, errors and the OpenAPI description.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...words import catalogue
from . import dependency_answers, entities, planning_answers, question_answers
from .parameters import (
    AS_OF,
    EDGE_DIRECTION,
    EDGES,
    ENDED,
    ENTITIES,
    ENTITY,
    FILTERS,
    FRAMEWORKS,
    IMPACT_DIRECTION,
    KNOWN_BY,
    LANG,
    PAGING,
    PATH_BOUNDS,
    PROVINCES,
    QUESTION,
    UNVERIFIED,
    EndpointParameter,
    checked_values,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...graph.store import OxigraphStore
    from ...queries.facts.values import Json
    from .parameters import ParameterValues


@dataclass(frozen=True)
class JsonEndpoint:
    """One endpoint of the JSON interface.

    :param answer: function from the store and the values of the parameters to the answer
    :param paged_key: key of the list in the answer that is split into pages; empty for none
    :param takes_others: whether it accepts parameters not listed here, such as those of a named question
    :param example: values of parameters that give an illustrative answer
    """

    name: str
    answer: Callable[[OxigraphStore, ParameterValues], dict[str, Json]]
    parameters: tuple[EndpointParameter, ...] = ()
    paged_key: str = ""
    takes_others: bool = False
    example: ParameterValues = field(default_factory=dict)

    def summary(self, lang: str) -> str:
        """Return the one-line description of the endpoint, in a language."""
        return catalogue(__package__, lang)[f"endpoint.{self.name}"]

    def all_parameters(self) -> tuple[EndpointParameter, ...]:
        """List its own parameters, followed by those common to all endpoints."""
        return (*self.parameters, *(PAGING if self.paged_key else ()), LANG)

    def checked_values(self, pairs: Sequence[Json]) -> ParameterValues:
        """Check the parameters of a request and add the defaults of missing ones.

        :param pairs: pairs of name and value
        :raises ServiceError: 400, naming the parameter
        """
        parameters = self.all_parameters()
        return checked_values(self.name, parameters, pairs, takes_others=self.takes_others)


_PROVINCE_EXAMPLE = {"province": "Bắc Kạn", "as_of": "2020-12-31"}
_TABLE = (
    JsonEndpoint(
        "facts",
        entities.facts,
        (EndpointParameter("article"),),
        paged_key="facts",
        example={"article": "tuyen-quang-2020"},
    ),
    JsonEndpoint("show", entities.show, (ENTITY,), paged_key="statements", example={"entity": "tq:lgsp"}),
    JsonEndpoint(
        "ask",
        question_answers.ask,
        (QUESTION,),
        paged_key="rows",
        takes_others=True,
        example={"question": "committees"},
    ),
    JsonEndpoint(
        "bind", question_answers.bind, (QUESTION,), takes_others=True, example={"question": "committees"}
    ),
    JsonEndpoint(
        "propose",
        question_answers.propose,
        (EndpointParameter("q", None, "sentence"),),
        example={"q": "Bình Phước đã có LGSP chưa?"},
    ),
    JsonEndpoint("questions", question_answers.questions, paged_key="questions"),
    JsonEndpoint(
        "search",
        entities.search,
        (EndpointParameter("q", None, "search"), EndpointParameter("folder")),
        paged_key="found",
        example={"q": "lgsp tuyen quang"},
    ),
    JsonEndpoint(
        "neighbours",
        entities.neighbours,
        (ENTITY, EDGE_DIRECTION, EndpointParameter("relation")),
        paged_key="neighbours",
        example={"entity": "tq:lgsp"},
    ),
    JsonEndpoint(
        "impact",
        dependency_answers.impact,
        (ENTITIES, IMPACT_DIRECTION, *EDGES, *FILTERS),
        paged_key="affected",
        example={"entity": "tq:lgsp"},
    ),
    JsonEndpoint(
        "path",
        dependency_answers.path,
        (EndpointParameter("from", None), EndpointParameter("to", None), *EDGES, *PATH_BOUNDS),
        example={"from": "bp:qlvb", "to": "nat:truc-van-ban"},
    ),
    JsonEndpoint(
        "gaps",
        planning_answers.gaps,
        (PROVINCES, FRAMEWORKS, AS_OF, KNOWN_BY, UNVERIFIED),
        paged_key="cells",
        example=_PROVINCE_EXAMPLE,
    ),
    JsonEndpoint(
        "merged",
        planning_answers.merged,
        (PROVINCES, AS_OF, KNOWN_BY),
        paged_key="components",
        example={"province": "vn:thai-nguyen-2025"},
    ),
    JsonEndpoint(
        "duties",
        planning_answers.duties,
        (PROVINCES, AS_OF, KNOWN_BY, UNVERIFIED),
        paged_key="standings",
        example={"province": "vn:bac-kan", "as_of": "2026-11-29"},
    ),
    JsonEndpoint(
        "targets",
        planning_answers.targets,
        (PROVINCES, AS_OF, KNOWN_BY, ENDED, UNVERIFIED),
        paged_key="standings",
        example=_PROVINCE_EXAMPLE,
    ),
)
ENDPOINTS: dict[str, JsonEndpoint] = {endpoint.name: endpoint for endpoint in _TABLE}
