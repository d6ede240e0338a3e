"""Replies for errors raised by jobs: HTTP status, stable code, and text in the language of the request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import (
    ArticleError,
    DependencyError,
    EgovError,
    EntityError,
    FilterError,
    FrameworkError,
    MixedEntitiesError,
    ProvinceError,
    QueryError,
    QuestionError,
    ScopeError,
    StoreError,
)
from ..contract.messages import Reply, error_reply, refusal_reply
from ..contract.refusals import ServiceError
from .faulty_parameters import parameter_at_fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...queries.facts.values import Json
    from ..contract.messages import Job

# Errors about a value that a parameter does not take.
_OF_PARAMETERS = (
    DependencyError,
    FilterError,
    FrameworkError,
    MixedEntitiesError,
    ProvinceError,
    QuestionError,
    ScopeError,
)
# Error of a library function -> HTTP status and code; a subclass stands before its base.
_STATUSES: tuple[tuple[type[EgovError], int, str], ...] = (
    (QueryError, 400, "query"),
    (EntityError, 404, "unknown-entity"),
    (ArticleError, 404, "unknown-article"),
    *((kind, 400, "parameter") for kind in _OF_PARAMETERS),
    (EgovError, 400, "refused"),
)


def reply_to(error: Exception, job: Job) -> Reply | None:
    """Return the reply to an expected error of a job; ``None`` for a programming error."""
    lang = job.lang
    if isinstance(error, ServiceError):
        return refusal_reply(error, lang)
    if isinstance(error, MemoryError):
        return refusal_reply(ServiceError("memory"), lang)
    if isinstance(error, StoreError | OSError) and not isinstance(error, PermissionError):
        return _stale_reply(error, lang)
    return _library_reply(error, job) if isinstance(error, EgovError) else None


def _stale_reply(error: StoreError | OSError, lang: str) -> Reply:
    """Return the reply of a worker whose store can no longer be read."""
    fault = error.message if isinstance(error, StoreError) else str(error)
    return replace(refusal_reply(ServiceError("store", fault=fault), lang), is_stale=True)


def _library_reply(error: EgovError, job: Job) -> Reply:
    text, details = error.text(job.lang), {**parameter_at_fault(error, job), **_details(error)}
    if isinstance(error, EntityError) and error.ambiguous:
        return error_reply(400, "ambiguous", text, details)
    status, code = next((status, code) for kind, status, code in _STATUSES if isinstance(error, kind))
    return error_reply(status, code, text, details)


def internal(traceback: str) -> Reply:
    """Return the reply to a programming error; the traceback goes to the log, not to the client."""
    return error_reply(500, "internal", traceback)


def _details(error: EgovError) -> Mapping[str, Json]:
    """Collect the alternative names that a client can suggest."""
    if isinstance(error, EntityError):
        return {"candidates": list(error.candidates)}
    if isinstance(error, ArticleError):
        return {"known": list(error.article_ids)}
    if isinstance(error, FilterError):
        return {"known": list(error.names)}
    return {}
