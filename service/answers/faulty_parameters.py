"""Which parameter of a request an error of the library is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import EgovError, FrameworkError, MixedEntitiesError, ProvinceError, QuestionError, ScopeError
from ...words import Message
from .endpoints import ENDPOINTS
from .parameters import QUESTION, separated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...queries.facts.values import Json
    from ...words import MessageValue
    from ..contract.messages import Job

_PARAMETERS: Mapping[type[EgovError], str] = {
    FrameworkError: "framework",
    ProvinceError: "province",
    QuestionError: QUESTION.name,
    ScopeError: "province",
}  # error whose message does not quote the value -> parameter


def parameter_at_fault(error: EgovError, job: Job) -> dict[str, Json]:
    """Name the parameter that an error is about, and describe what it takes.

    :returns: the fields `parameter` and `description` of the reply; without description for a parameter of a
        named question; empty for a job that has no parameters, or if none is at fault
    """
    endpoint, pairs = ENDPOINTS.get(str(job.parameters.get("name"))), job.parameters.get("pairs")
    if endpoint is None or not isinstance(pairs, list):
        return {}
    values = {str(pair[0]): str(pair[1]) for pair in pairs if isinstance(pair, list)}
    name = _parameter_with(_quoted(error), values) or _parameter_of_kind(error)
    descriptions = {parameter.name: parameter for parameter in endpoint.all_parameters()}
    if name in descriptions:
        return {"parameter": name, "description": descriptions[name].description(job.lang)}
    return {"parameter": name} if name else {}


def _values(error: EgovError) -> Mapping[str, MessageValue]:
    return dict(error.message.values) if isinstance(error.message, Message) else {}


def _quoted(error: EgovError) -> frozenset[str]:
    """Collect what an error quotes of the request: a value, or the name of a parameter of a question."""
    of_message = _values(error)
    entities = error.names if isinstance(error, MixedEntitiesError) else ()
    names = [of_message.get("name"), getattr(error, "name", ""), *entities]
    return frozenset(name for name in names if isinstance(name, str) and name)


def _parameter_with(quoted: Iterable[str], values: Mapping[str, str]) -> str:
    """Find the parameter that has one of the quoted values; empty if none has."""
    for name, text in values.items():
        if not {text, text.strip(), *separated(text)}.isdisjoint(quoted):
            return name
    return ""


def _parameter_of_kind(error: EgovError) -> str:
    """Return the parameter that a question lacks or cannot read, else that which an error is always about."""
    of_message = _values(error)
    if isinstance(error, QuestionError) and not {"question", "value"}.isdisjoint(of_message):
        return str(of_message["name"])
    return next((name for kind, name in _PARAMETERS.items() if isinstance(error, kind)), "")
