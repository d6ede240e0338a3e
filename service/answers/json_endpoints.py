"""Evaluation of requests to the JSON interface: checked parameters, paged lists, limited size."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ...files import compact_json
from ...viz.site.content.data_files import csv_bytes
from ..contract.media_types import CSV, JSON
from ..contract.messages import Reply
from ..contract.refusals import ServiceError
from .endpoints import ENDPOINTS

if TYPE_CHECKING:
    from ...graph.store import OxigraphStore
    from ...queries.facts.values import Json
    from ..contract.messages import Job
    from ..contract.settings import Limits
    from .endpoints import JsonEndpoint
    from .parameters import ParameterValues


def answer(store: OxigraphStore, job: Job, limits: Limits) -> Reply:
    """Compute the answer of one endpoint.

    :raises ServiceError: 404 for an unknown endpoint, 400 for an invalid parameter, 413 for an answer that is
        too long
    """
    endpoint = endpoint_named(str(job.parameters["name"]))
    pairs = job.parameters["pairs"]
    media_type = str(job.parameters.get("media_type", JSON))
    values = endpoint.checked_values(pairs if isinstance(pairs, list) else [])
    content = page_of(endpoint, values, endpoint.answer(store, values), str(job.parameters.get("root", "/")))
    if media_type == CSV:
        body = _as_csv(content.get(endpoint.paged_key))
    else:
        body = compact_json(content).encode("utf-8", "replace")
    if len(body) > limits.answer_bytes:
        raise ServiceError("answer-too-many-bytes", limit=limits.answer_bytes)
    return Reply(200, media_type, body)


def endpoint_named(name: str) -> JsonEndpoint:
    """Find an endpoint.

    :raises ServiceError: 404 if there is no endpoint of this name
    """
    if name not in ENDPOINTS:
        raise ServiceError("unknown-name", name=name, names=", ".join(ENDPOINTS))
    return ENDPOINTS[name]


def page_of(
    endpoint: JsonEndpoint, values: ParameterValues, content: dict[str, Json], root: str = "/"
) -> dict[str, Json]:
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
        "next": root + _address(endpoint, values, end) if end < len(items) else None,
    }
    return {**content, **page, endpoint.paged_key: items[offset:end]}


def _as_csv(items: Json) -> bytes:
    """Write a list of objects as CSV; a nested value is JSON in its cell."""
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return csv_bytes(keys, ([_cell(row.get(key)) for key in keys] for row in rows))


def _cell(value: Json) -> str | int | float | None:
    return compact_json(value) if isinstance(value, (dict, list)) else value


def _address(endpoint: JsonEndpoint, values: ParameterValues, offset: int) -> str:
    """Return the address of another page of the same answer."""
    parameters = {name: value for name, value in values.items() if value and name != "offset"}
    return f"api/{endpoint.name}?{urlencode({**parameters, 'offset': offset})}"
