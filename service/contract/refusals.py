"""The refusals of the service: an HTTP status, a stable code for programs, and a text for readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import EgovError
from ...words import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...words import MessageValue

RETRY_SECONDS: Mapping[int, str] = {429: "1", 503: "2"}  # status of a refusal that passes -> `Retry-After`
# reason (the key of its text in `words/`) -> HTTP status, and the code that programs get as "error"
REASONS: Mapping[str, tuple[int, str]] = {
    "address-too-long": (414, "too-large"),
    "ambiguous-address": (400, "ambiguous"),
    "answer-too-many-bytes": (413, "too-large"),
    "answer-too-many-rows": (413, "too-large"),
    "answer-too-many-triples": (413, "too-large"),
    "answers-unread": (503, "busy"),
    "bad-address": (400, "bad-address"),
    "bad-graph-address": (400, "graph"),
    "bad-host": (400, "host"),
    "body-not-utf8": (400, "charset"),
    "body-too-large": (413, "too-large"),
    "charset": (400, "charset"),
    "client-gone": (503, "gone"),
    "client-left": (400, "gone"),
    "connections": (503, "busy"),
    "connections-of-client": (429, "too-many"),
    "content-encoding": (415, "media-type"),
    "entity-missing": (400, "parameter"),
    "foreign-host": (421, "host"),
    "graph-store": (400, "parameter"),
    "head-too-large": (431, "too-large"),
    "host-missing": (400, "http"),
    "host-twice": (400, "http"),
    "http-version": (505, "http"),
    "internal": (500, "internal"),
    "memory": (507, "memory"),
    "method": (405, "method"),
    "method-unknown": (501, "method"),
    "no-page": (404, "no-page"),
    "no-pages": (404, "no-page"),
    "no-query": (400, "syntax"),
    "not-acceptable": (406, "not-acceptable"),
    "not-in-xml": (406, "not-acceptable"),
    "not-http": (400, "http"),
    "page-timeout": (503, "starting"),
    "parameter-choice": (400, "parameter"),
    "parameter-day": (400, "parameter"),
    "parameter-missing": (400, "parameter"),
    "parameter-number": (400, "parameter"),
    "parameter-too-long": (400, "parameter"),
    "parameter-twice": (400, "parameter"),
    "parameter-unknown": (400, "parameter"),
    "parameters-not-utf8": (400, "charset"),
    "pages-starting": (503, "starting"),
    "pipelined": (429, "too-many"),
    "query-refused": (400, "query"),
    "query-too-large": (413, "too-large"),
    "query-twice": (400, "parameter"),
    "read-only": (400, "read-only"),
    "read-only-word": (400, "read-only"),
    "request-timeout": (408, "slow"),
    "requests-of-client": (429, "too-many"),
    "requests-waiting": (503, "busy"),
    "service-clause": (400, "service"),
    "slow-queries": (503, "busy"),
    "store": (503, "store"),
    "syntax": (400, "syntax"),
    "time": (504, "time"),
    "time-long-list": (504, "time"),
    "time-spent-waiting": (503, "busy"),
    "too-deep-brackets": (400, "too-deep"),
    "too-deep-operators": (400, "too-deep"),
    "too-many-chunks": (413, "too-large"),
    "too-many-operators": (400, "too-wide"),
    "too-many-parameters": (400, "parameter"),
    "too-many-patterns": (400, "too-wide"),
    "too-many-tokens": (400, "too-wide"),
    "transfer-encoding": (501, "http"),
    "turn-over": (503, "busy"),
    "unknown-form": (404, "unknown-form"),
    "unknown-format": (406, "not-acceptable"),
    "unknown-name": (404, "unknown-name"),
    "unknown-resource": (404, "unknown-thing"),
    "unmatched-bracket": (400, "syntax"),
    "unsupported-media-type": (415, "media-type"),
    "version-changed": (503, "busy"),
    "worker-busy": (503, "busy"),
    "worker-killed": (503, "busy"),
}


class ServiceError(EgovError):
    """A request that the service refuses.

    :param reason: a key of :data:`REASONS`
    :param values: the values in the text, also sent to programs. With `line` and `column`, the text starts
        with that position.

    >>> refusal = ServiceError("answer-too-many-rows", limit=10)
    >>> refusal.status, refusal.code, refusal.text("en")
    (413, 'too-large', 'the answer has more than 10 rows — ask for less, or for a part with LIMIT and OFFSET')
    """

    def __init__(self, reason: str, **values: MessageValue) -> None:
        fault = message(__package__, f"refusal.{reason}", **values)
        if "line" in values:
            place = {name: values[name] for name in ("line", "column")}
            fault = message(__package__, "place", fault=fault, **place)
        super().__init__(fault)
        self.status, self.code = REASONS[reason]
        self.values = values


class StartError(EgovError):
    """The service cannot start with its settings, or would be unsafe.

    :param reason: `address` (it cannot listen there), `exposed` (other machines could connect although the
        service is not declared public), `no-sandbox` (a public service whose workers cannot be cut off from
        the network), `system` (the operating system is not supported)
    :param values: the values in the text of the error
    """

    def __init__(self, reason: str, **values: MessageValue) -> None:
        super().__init__(message(__package__, f"start.{reason}", **values))
        self.reason, self.values = reason, values
