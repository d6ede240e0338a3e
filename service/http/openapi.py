"""The OpenAPI description of the JSON interface, generated from the table of endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import __version__
from ...words import catalogue
from ..answers.endpoints import ENDPOINTS

if TYPE_CHECKING:
    from ...queries.facts.values import Json
    from ...words import Catalogue
    from ..answers.endpoints import JsonEndpoint
    from ..answers.parameters import EndpointParameter

_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "integer"}
_OBJECT: Json = {"type": "object"}


def description(root: str, lang: str) -> dict[str, Json]:
    """Return the OpenAPI description of all endpoints.

    :param root: address of the service
    :param lang: language of the descriptions

    >>> description("http://localhost/", "en")["openapi"]
    '3.1.0'
    """
    words = catalogue(__package__, lang)
    paths: dict[str, Json] = {
        f"/api/{name}": {"get": _operation(endpoint, words, lang)} for name, endpoint in ENDPOINTS.items()
    }
    paths["/sparql"] = {"get": _sparql_get(words), "post": _sparql_post(words)}
    return {
        "openapi": "3.1.0",
        "info": {"title": words["openapi.title"], "version": __version__},
        "servers": [{"url": root.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": {"Error": _error_schema()}},
    }


def _operation(endpoint: JsonEndpoint, words: Catalogue, lang: str) -> Json:
    parameters = [_parameter(parameter, endpoint, lang) for parameter in endpoint.all_parameters()]
    if endpoint.takes_others:
        parameters.append(_question_parameters(words))
    content: dict[str, Json] = {"application/json": {"schema": _answer_schema(endpoint)}}
    if endpoint.paged_key:
        parameters.append(_format_parameter(words))
        content["text/csv"] = {"schema": _TEXT}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary(lang),
        "parameters": parameters,
        "responses": {"200": {"description": words["openapi.answer"], "content": content}, **_errors(words)},
    }


def _question_parameters(words: Catalogue) -> Json:
    return {
        "name": "parameters",
        "in": "query",
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "additionalProperties": _TEXT},
        "description": words["openapi.question-parameters"],
    }


def _format_parameter(words: Catalogue) -> Json:
    schema: Json = {"type": "string", "enum": ["json", "csv"], "default": "json"}
    return {"name": "format", "in": "query", "schema": schema, "description": words["openapi.format"]}


def _parameter(parameter: EndpointParameter, endpoint: JsonEndpoint, lang: str) -> Json:
    schema: dict[str, Json] = {"type": parameter.kind}
    is_number = parameter.kind == "integer"
    if is_number:
        schema["minimum"], schema["maximum"] = parameter.bounds
    if parameter.choices:
        schema["enum"] = [*parameter.choices]
    if parameter.default:
        schema["default"] = int(parameter.default) if is_number else parameter.default
    content: dict[str, Json] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.default is None,
        "description": parameter.description(lang),
        "schema": schema,
    }
    if parameter.name in endpoint.example:
        content["example"] = endpoint.example[parameter.name]
    return content


def _answer_schema(endpoint: JsonEndpoint) -> Json:
    if not endpoint.paged_key:
        return _OBJECT
    properties: dict[str, Json] = {
        "total": _NUMBER,
        "offset": _NUMBER,
        "limit": _NUMBER,
        "next": {"type": ["string", "null"]},
        endpoint.paged_key: {"type": "array", "items": _OBJECT},
    }
    return {"type": "object", "properties": properties}


def _sparql_get(words: Catalogue) -> Json:
    return {
        "operationId": "sparql",
        "summary": words["openapi.sparql"],
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": _TEXT} for name in ("query", "format")
        ],
        "responses": {"200": {"description": words["openapi.answer"]}, **_errors(words)},
    }


def _sparql_post(words: Catalogue) -> Json:
    form: Json = {"type": "object", "required": ["query"], "properties": {"query": _TEXT}}
    content: Json = {
        "application/sparql-query": {"schema": _TEXT},
        "application/x-www-form-urlencoded": {"schema": form},
    }
    return {
        "operationId": "sparqlPost",
        "summary": words["openapi.sparql-post"],
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": words["openapi.answer"]}, **_errors(words)},
    }


def _errors(words: Catalogue) -> dict[str, Json]:
    content: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    statuses = words.below("openapi.status")
    return {status: {"description": text, "content": content} for status, text in statuses.items()}


def _error_schema() -> Json:
    properties: dict[str, Json] = {
        "error": _TEXT,
        "status": _NUMBER,
        "message": _TEXT,
        "line": _NUMBER,
        "column": _NUMBER,
        "candidates": {"type": "array", "items": _TEXT},
    }
    return {"type": "object", "required": ["error", "status", "message"], "properties": properties}
