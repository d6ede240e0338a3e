"""The OpenAPI description of the JSON interface, made from its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import __version__
from ..answers.json_endpoints import ENDPOINTS

if TYPE_CHECKING:
    from ...queries.facts.values import Json
    from ..answers.json_endpoints import Endpoint, Parameter

STATUSES = {
    "400": "a parameter or query that does not fit",
    "404": "a thing that the graph does not hold",
    "406": "no media type that is offered",
    "413": "an answer or a query above a limit",
    "415": "a media type that is not taken",
    "429": "too many requests of one address at a time",
    "503": "busy; see Retry-After",
    "504": "no whole answer in time",
    "507": "more memory than a query may take",
}


def description(root: str) -> dict[str, Json]:
    """Describe every name of the table.

    :param root: address of the service

    >>> description("http://localhost/")["openapi"]
    '3.1.0'
    """
    paths: dict[str, Json] = {f"/api/{name}": {"get": _operation(one)} for name, one in ENDPOINTS.items()}
    paths["/sparql"] = {"get": _sparql(), "post": _sparql_posted()}
    title = "egovkg: knowledge graph of Vietnamese e-government"
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": __version__},
        "servers": [{"url": root.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": {"Error": _error()}},
    }


def _operation(endpoint: Endpoint) -> Json:
    content: Json = {"application/json": {"schema": _answer(endpoint)}}
    operation: dict[str, Json] = {
        "operationId": endpoint.name,
        "summary": endpoint.says["en"],
        "description": endpoint.says["vi"],
        "parameters": [_parameter(one, endpoint) for one in endpoint.all_parameters()],
        "responses": {"200": {"description": "the whole answer", "content": content}, **_errors()},
    }
    if endpoint.further:
        further: list[Json] = [
            {
                "name": "parameters",
                "in": "query",
                "style": "form",
                "explode": True,
                "schema": {"type": "object", "additionalProperties": {"type": "string"}},
                "description": "parameters of the question, as /api/questions lists them",
            }
        ]
        listed = operation["parameters"]
        operation["parameters"] = [*(listed if isinstance(listed, list) else []), *further]
    return operation


def _parameter(one: Parameter, endpoint: Endpoint) -> Json:
    schema: dict[str, Json] = {"type": one.kind}
    if one.kind == "integer":
        schema |= {"minimum": one.bounds[0], "maximum": one.bounds[1]}
    if one.choices:
        schema["enum"] = [*one.choices]
    if one.default:
        schema["default"] = int(one.default) if one.kind == "integer" else one.default
    about: dict[str, Json] = {"name": one.name, "in": "query", "required": one.default is None}
    about |= {"description": f"{one.says['en']} ({one.says['vi']})", "schema": schema}
    if one.name in endpoint.example:
        about["example"] = endpoint.example[one.name]
    return about


def _answer(endpoint: Endpoint) -> Json:
    if not endpoint.paged:
        return {"type": "object"}
    number: Json = {"type": "integer"}
    properties: dict[str, Json] = {"total": number, "offset": number, "limit": number}
    properties["next"] = {"type": ["string", "null"]}
    properties[endpoint.paged] = {"type": "array", "items": {"type": "object"}}
    return {"type": "object", "properties": properties}


def _sparql() -> Json:
    query: dict[str, Json] = {"name": "query", "in": "query", "required": False, "schema": {"type": "string"}}
    return {
        "operationId": "sparql",
        "summary": "SPARQL 1.1 Protocol, queries only; without a query the service describes itself",
        "parameters": [query],
        "responses": {"200": {"description": "the whole answer"}, **_errors()},
    }


def _sparql_posted() -> Json:
    text: Json = {"type": "string"}
    form: Json = {"type": "object", "required": ["query"], "properties": {"query": text}}
    content: Json = {
        "application/sparql-query": {"schema": text},
        "application/x-www-form-urlencoded": {"schema": form},
    }
    return {
        "operationId": "sparqlPost",
        "summary": "SPARQL 1.1 Protocol: a query as it is, or as a form",
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "the whole answer"}, **_errors()},
    }


def _errors() -> dict[str, Json]:
    content: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {status: {"description": words, "content": content} for status, words in STATUSES.items()}


def _error() -> Json:
    text: Json = {"type": "string"}
    number: Json = {"type": "integer"}
    properties: dict[str, Json] = {"error": text, "status": number, "message": text}
    properties |= {"line": number, "column": number, "candidates": {"type": "array", "items": text}}
    return {"type": "object", "required": ["error", "status", "message"], "properties": properties}
