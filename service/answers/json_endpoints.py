"""Evaluation of requests to the JSON interface: checked parameters, paged lists, limited size."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ...files import compact_json
from ..contract.media_types import JSON
from ..contract.messages import Reply
from ..contract.refusals import ServiceError
from .endpoints import ENDPOINTS

if TYPE_CHECKING:
    from ...graph.store import OxigraphStore
    from ...queries.facts.values import Json
    from ..contract.messages import Job
    from ..contract.settings import Limits
    from .endpoints import JsonEndpoint
    from .parameters import Values


def answer(store: OxigraphStore, job: Job, limits: Limits) -> Reply:
    """Compute the answer of one endpoint.

    :raises ServiceError: 404 for an unknown endpoint, 400 for an invalid parameter, 413 for an answer that is
        too long
    """
    endpoint = endpoint_named(str(job.parameters["name"]))
    pairs = job.parameters["pairs"]
    values = endpoint.checked_values(pairs if isinstance(pairs, list) else [])
    content = page_of(endpoint, values, endpoint.answer(store, values))
    body = compact_json(content).encode("utf-8", "replace")
    if len(body) > limits.answer_bytes:
        raise ServiceError("answer-too-many-bytes", limit=limits.answer_bytes)
    return Reply(200, JSON, body)


def endpoint_named(name: str) -> JsonEndpoint:
    """Find an endpoint.

    :raises ServiceError: 404 if there is no endpoint of this name
    """
    if name not in ENDPOINTS:
        raise ServiceError("unknown-name", name=name, names=", ".join(ENDPOINTS))
    return ENDPOINTS[name]


def page_of(endpoint: JsonEndpoint, values: Values, content: dict[str, Json]) -> dict[str, Json]:
    """Reduce the list in an answer to the requested page; add its length and the next page's address."""
    items = content.get(endpoint.paged_key)
    if not endpoint.paged_key or not isinstance(items, list):
        return content
    offset, limit = int(values["offset"]), int(values["limit"])
    end = offset + limit
    page: dict[str, Json] = {
        "total": len(items),
        "offset": offset,
        "limit": limit,
        "next": _address(endpoint, values, end) if end < len(items) else None,
    }
    return {**content, **page, endpoint.paged_key: items[offset:end]}


def _address(endpoint: JsonEndpoint, values: Values, offset: int) -> str:
    """Return the address of another page of the same answer."""
    parameters = {name: value for name, value in values.items() if value and name != "offset"}
    return f"/api/{endpoint.name}?{urlencode({**parameters, 'offset': offset})}"
