"""The parameters of the JSON interface: their definitions, and validation of the parameters of a request."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from ...graph.network.network import CHOICES
from ...words import DEFAULT_LANGUAGE, catalogue, languages, message
from ..contract.refusals import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...queries.facts.values import Json
    from ...words import Message

ParameterValues: TypeAlias = (
    "Mapping[str, str]"  # parameter -> value; defaults are filled in, optional ones are ""
)
PAGE_SIZE, LARGEST_PAGE = 100, 1_000
LARGEST_NUMBER = 999_999_999
LARGEST_PATH = 20  # steps
LONGEST_VALUE = 2_000  # characters; finding a name takes time by its length, and each of several names
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NUMBER_DIGITS = len(str(LARGEST_NUMBER))
NO_YES = ("no", "yes")
DOWNSTREAM, UPSTREAM = "downstream", "upstream"
OUTGOING, INCOMING, BOTH_DIRECTIONS = "out", "in", "both"


@dataclass(frozen=True)
class EndpointParameter:
    """A parameter of an endpoint.

    :param default: ``None`` for a required parameter, empty for an optional one
    :param description_key: key of its description in the catalogue of this package; empty for its name
    :param kind: its type; an `integer` is checked against bounds
    :param choices: the allowed values; empty for any value
    """

    name: str
    default: str | None = ""
    description_key: str = ""
    kind: Literal["string", "integer"] = "string"
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, LARGEST_NUMBER)

    def description(self, lang: str) -> str:
        """Return the description of the parameter in a language."""
        return catalogue(__package__, lang)[self._key]

    @property
    def message(self) -> Message:
        """The description as a message independent of language."""
        return message(__package__, self._key)

    @property
    def _key(self) -> str:
        return f"parameter.{self.description_key or self.name}"

    def check(self, value: str) -> None:
        """Validate a value.

        :raises ServiceError: 400 if it is not one of the choices, or not a number within the bounds
        """
        if self.choices and value not in self.choices:
            choices = ", ".join(self.choices)
            raise ServiceError("parameter-choice", parameter=self.name, value=value, choices=choices)
        minimum, maximum = self.bounds
        if self.kind == "integer" and not (_is_number(value) and minimum <= int(value) <= maximum):
            raise ServiceError(
                "parameter-number", parameter=self.name, value=value, minimum=minimum, maximum=maximum
            )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _NUMBER_DIGITS


def _switch(name: str) -> EndpointParameter:
    return EndpointParameter(name, NO_YES[0], choices=NO_YES)


LANG = EndpointParameter("lang", DEFAULT_LANGUAGE, choices=languages())
PAGING = (
    EndpointParameter("limit", str(PAGE_SIZE), kind="integer", bounds=(1, LARGEST_PAGE)),
    EndpointParameter("offset", "0", kind="integer"),
)
ENTITY = EndpointParameter("entity", None)
ENTITIES = EndpointParameter("entity", None, "entities")
QUESTION = EndpointParameter("question", None)
PROVINCES = EndpointParameter("province", description_key="provinces")
FRAMEWORKS = EndpointParameter("framework", description_key="frameworks")
AS_OF, KNOWN_BY = EndpointParameter("as_of"), EndpointParameter("known_by")
UNVERIFIED, ENDED = _switch("unverified"), _switch("ended")
EDGES = (
    EndpointParameter("basis", CHOICES[0], choices=CHOICES),
    AS_OF,
    _switch("plans"),
    _switch("implied"),
    _switch("parts"),
    UNVERIFIED,
    EndpointParameter("framework"),
)
FILTERS = (
    EndpointParameter("province", description_key="territory"),
    EndpointParameter("kind"),
    EndpointParameter("layer"),
)
EDGE_DIRECTION = EndpointParameter(
    "direction", BOTH_DIRECTIONS, "edge-direction", choices=(OUTGOING, INCOMING, BOTH_DIRECTIONS)
)
IMPACT_DIRECTION = EndpointParameter(
    "direction", DOWNSTREAM, "impact-direction", choices=(DOWNSTREAM, UPSTREAM)
)
PATH_BOUNDS = (
    EndpointParameter("most", "20", kind="integer", bounds=(1, LARGEST_PAGE)),
    EndpointParameter("longest", "8", kind="integer", bounds=(1, LARGEST_PATH)),
)


def checked_values(
    endpoint: str, parameters: Sequence[EndpointParameter], pairs: Sequence[Json], *, takes_others: bool
) -> ParameterValues:
    """Check the parameters of a request and add the defaults of missing ones.

    :param endpoint: name of the endpoint
    :param pairs: pairs of name and value
    :param takes_others: whether unlisted parameters are accepted, such as those of a named question
    :raises ServiceError: 400, naming the parameter
    """
    by_name = {parameter.name: parameter for parameter in parameters}
    values: dict[str, str] = {}
    for name, value in (map(str, pair) for pair in pairs if isinstance(pair, list)):
        if name in values:
            raise ServiceError("parameter-twice", parameter=name)
        if len(value) > LONGEST_VALUE:
            raise ServiceError("parameter-too-long", parameter=name, limit=LONGEST_VALUE)
        if name in by_name:
            by_name[name].check(value)
        elif not takes_others:
            raise unknown_parameter(f"/api/{endpoint}", name, by_name)
        values[name] = value
    _require(parameters, values)
    defaults = {
        name: parameter.default for name, parameter in by_name.items() if parameter.default is not None
    }
    return {**defaults, **values}


def unknown_parameter(address: str, name: str, names: Iterable[str]) -> ServiceError:
    """Build the refusal of a parameter that an address does not have.

    :param names: the parameters that it has
    """
    return ServiceError("parameter-unknown", address=address, parameter=name, parameters=", ".join(names))


def _require(parameters: Sequence[EndpointParameter], values: ParameterValues) -> None:
    for parameter in parameters:
        if parameter.default is None and not values.get(parameter.name, "").strip():
            raise ServiceError("parameter-missing", parameter=parameter.name, description=parameter.message)


def separated(text: str) -> list[str]:
    """Split a parameter that contains several values.

    >>> separated("tq:lgsp | tq:ttdl|")
    ['tq:lgsp', 'tq:ttdl']
    """
    return [part.strip() for part in text.split("|") if part.strip()]


def day_value(values: ParameterValues, name: str) -> date | None:
    """Read a day; a month or a year means its last day; ``None`` if the parameter is missing.

    :raises ServiceError: 400 if the text is not a date

    >>> day_value({"as_of": "2020-02"}, "as_of")
    datetime.date(2020, 2, 29)
    """
    text = values[name]
    if not text:
        return None
    try:
        return _last_day(text)
    except ValueError:
        raise ServiceError("parameter-day", parameter=name, value=text) from None


def _last_day(text: str) -> date:
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month = int(match[1]), int(match[2] or 12)
    return date(year, month, int(match[3] or monthrange(year, month)[1]))


def is_yes(values: ParameterValues, name: str) -> bool:
    """Tell whether a boolean parameter is true."""
    return values[name] == NO_YES[1]
