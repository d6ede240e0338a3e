"""The JSON interface: a table of names, each with its parameters and the function that answers.

A further name is one entry of :data:`ENDPOINTS`; its checks of parameters, paging, errors and its part of the
OpenAPI description come from the entry.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import urlencode

from ...errors import ServiceError
from ..contract.messages import JSON, Reply
from . import analysis as serve_analysis
from . import entities as serve_answers
from .sparql import too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ...graph.store import OxigraphStore
    from ...queries.facts.values import Json
    from ..contract.messages import Job
    from ..contract.settings import Limits

Params: TypeAlias = "Mapping[str, str]"  # what was asked for, each name once; defaults are filled in
Texts: TypeAlias = "Mapping[str, str]"  # language -> words, "vi" and "en"
PAGE, LARGEST_PAGE = 100, 1_000


@dataclass(frozen=True)
class Parameter:
    """A parameter of an endpoint.

    :param kind: `integer` lies within the bounds
    :param choices: what it may be; anything when empty
    :param default: ``None`` when it must be given, empty when it may be left out
    """

    name: str
    says: Texts
    default: str | None = ""
    kind: Literal["string", "integer"] = "string"
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, 999_999_999)


@dataclass(frozen=True)
class Endpoint:
    """One name of the interface.

    :param says: what it answers
    :param answer: function of the store and the parameters
    :param paged: key of the list in the answer that is given in pages; empty for none
    :param further: whether it takes parameters that are not listed, as those of a question
    """

    name: str
    says: Texts
    answer: Callable[[OxigraphStore, Params], dict[str, Json]]
    parameters: tuple[Parameter, ...] = ()
    paged: str = ""
    further: bool = False
    example: Params = field(default_factory=dict)

    def all_parameters(self) -> tuple[Parameter, ...]:
        """List its own parameters, then those that every endpoint has."""
        return (*self.parameters, *(PAGING if self.paged else ()), LANG)


LANG = Parameter("lang", {"vi": "ngôn ngữ", "en": "language"}, "vi", choices=("vi", "en"))
PAGING = (
    Parameter(
        "limit",
        {"vi": "số mục một trang", "en": "items of a page"},
        str(PAGE),
        "integer",
        bounds=(1, LARGEST_PAGE),
    ),
    Parameter("offset", {"vi": "bỏ qua bao nhiêu mục", "en": "items to skip"}, "0", "integer"),
)
_ENTITY = Parameter(
    "entity",
    {"vi": "tên, mã tắt hoặc địa chỉ của thực thể", "en": "name, CURIE or address of an entity"},
    None,
)
_PROVINCE = Parameter(
    "province",
    {
        "vi": "tên tỉnh, cách nhau bằng |; mọi tỉnh có bài viết nếu để trống",
        "en": "provinces, parted by |; all that articles cover if empty",
    },
)
_DAYS = (
    Parameter(
        "as_of", {"vi": "xét vào ngày nào, như 2020-12-31", "en": "the day it is about; today if empty"}
    ),
    Parameter("known_by", {"vi": "bỏ những gì nói sau ngày này", "en": "leave out what was said later"}),
)


def _switch(name: str, vi: str, en: str) -> Parameter:
    return Parameter(name, {"vi": vi, "en": en}, "no", choices=serve_analysis.YES_NO)


_UNVERIFIED = _switch("unverified", "kể cả điều chưa có nguồn", "what has no source counts too")
_EDGES = (
    Parameter(
        "basis", {"vi": "căn cứ của các cạnh", "en": "which edges"}, "stated", choices=serve_analysis.BASES
    ),
    _DAYS[0],
    _switch("plans", "kể cả kết nối mới dự kiến", "planned connections count too"),
    _switch("implied", "kể cả điều chỉ suy ra", "what is only implied counts too"),
    _switch("parts", "phần hưởng phụ thuộc của toàn thể", "a part shares what its whole depends on"),
    _UNVERIFIED,
)
_LISTED = (
    Parameter("province", {"vi": "chỉ thành phần của một địa bàn", "en": "only components of a territory"}),
    Parameter(
        "kind",
        {"vi": "chỉ các lớp này, cách nhau bằng |", "en": "only of these classes, parted by |"},
    ),
    Parameter(
        "layer", {"vi": "chỉ các tầng này, cách nhau bằng |", "en": "only of these layers, parted by |"}
    ),
)

ENDPOINTS: dict[str, Endpoint] = {
    one.name: one
    for one in (
        Endpoint(
            "facts",
            {"vi": "mọi phát biểu, mỗi phát biểu một mục", "en": "every claim and figure, one each"},
            serve_answers.facts,
            (Parameter("article", {"vi": "mã bài viết", "en": "id of an article"}),),
            paged="facts",
            example={"article": "tuyen-quang-2020"},
        ),
        Endpoint(
            "show",
            {"vi": "tất cả những gì đã biết về một thực thể", "en": "all that is known of an entity"},
            serve_answers.show,
            (_ENTITY,),
            paged="statements",
            example={"entity": "tq:lgsp"},
        ),
        Endpoint(
            "ask",
            {"vi": "trả lời một câu hỏi có sẵn", "en": "the answer to a named question"},
            serve_answers.ask,
            (Parameter("question", {"vi": "tên câu hỏi", "en": "name of the question"}, None),),
            paged="rows",
            further=True,
            example={"question": "committees"},
        ),
        Endpoint(
            "bind",
            {
                "vi": "câu SPARQL của một câu hỏi có sẵn với tham số, và tham số được hiểu là gì",
                "en": "the SPARQL text of a named question with its parameters, and what these mean",
            },
            serve_answers.bind,
            (Parameter("question", {"vi": "tên câu hỏi", "en": "name of the question"}, None),),
            further=True,
            example={"question": "committees"},
        ),
        Endpoint(
            "questions",
            {"vi": "các câu hỏi có sẵn", "en": "the named questions"},
            serve_answers.questions,
            paged="questions",
        ),
        Endpoint(
            "search",
            {
                "vi": "tìm thực thể theo tên, có dấu hay không",
                "en": "entities by name, with or without accents",
            },
            serve_answers.search,
            (
                Parameter("q", {"vi": "từ cần tìm", "en": "words to find"}, None),
                Parameter(
                    "folder",
                    {
                        "vi": "chỉ một nhóm địa chỉ, như unit",
                        "en": "only of one part of the addresses, as unit",
                    },
                ),
            ),
            paged="found",
            example={"q": "lgsp tuyen quang"},
        ),
        Endpoint(
            "neighbours",
            {"vi": "những gì nối với một thực thể", "en": "what an entity is joined to"},
            serve_answers.neighbours,
            (
                _ENTITY,
                Parameter(
                    "direction", {"vi": "chiều", "en": "direction"}, "both", choices=("out", "in", "both")
                ),
                Parameter("relation", {"vi": "chỉ một quan hệ", "en": "one relation only"}),
            ),
            paged="neighbours",
            example={"entity": "tq:lgsp"},
        ),
        Endpoint(
            "impact",
            {
                "vi": "hỏng một hệ thống thì ảnh hưởng tới đâu",
                "en": "what stops or suffers when entities stop",
            },
            serve_analysis.impact,
            (
                Parameter(
                    "entity", {"vi": "thực thể, cách nhau bằng |", "en": "entities, parted by |"}, None
                ),
                Parameter(
                    "direction",
                    {
                        "vi": "phía chịu ảnh hưởng hay phía được dựa vào",
                        "en": "what suffers, or what it rests on",
                    },
                    "downstream",
                    choices=("downstream", "upstream"),
                ),
                *_EDGES,
                *_LISTED,
            ),
            paged="affected",
            example={"entity": "tq:lgsp"},
        ),
        Endpoint(
            "path",
            {"vi": "thực thể này phụ thuộc thực thể kia qua đâu", "en": "how one entity depends on another"},
            serve_analysis.path,
            (
                Parameter("from", {"vi": "thực thể phụ thuộc", "en": "the entity that depends"}, None),
                Parameter("to", {"vi": "thực thể được dựa vào", "en": "the entity it may depend on"}, None),
                *_EDGES,
                Parameter(
                    "most",
                    {"vi": "tối đa bao nhiêu đường", "en": "paths at most"},
                    "20",
                    "integer",
                    bounds=(1, LARGEST_PAGE),
                ),
                Parameter(
                    "longest",
                    {"vi": "tối đa bao nhiêu bước", "en": "steps of a path at most"},
                    "8",
                    "integer",
                    bounds=(1, 20),
                ),
            ),
            example={"from": "bp:qlvb", "to": "nat:truc-van-ban"},
        ),
        Endpoint(
            "gaps",
            {"vi": "tỉnh so với khung kiến trúc", "en": "provinces against the reference architecture"},
            serve_analysis.gaps,
            (_PROVINCE, *_DAYS, _UNVERIFIED),
            paged="cells",
            example={"province": "Bắc Kạn", "as_of": "2020-12-31"},
        ),
        Endpoint(
            "targets",
            {"vi": "tỉnh so với chỉ tiêu", "en": "provinces against numeric targets"},
            serve_analysis.targets,
            (_PROVINCE, *_DAYS),
            paged="standings",
            example={"province": "Bắc Kạn", "as_of": "2020-12-31"},
        ),
    )
}


def answer(store: OxigraphStore, job: Job, limits: Limits) -> Reply:
    """Answer one name of the table.

    :raises ServiceError: 404 for another name, 400 for a parameter that does not fit, 413 for a long answer
    """
    endpoint = ENDPOINTS.get(str(job.about["name"]))
    if endpoint is None:
        raise ServiceError(404, "unknown-name", f"known here: {', '.join(ENDPOINTS)}")
    given = job.about["given"]
    params = checked(endpoint, given if isinstance(given, list) else [])
    content = endpoint.answer(store, params)
    body = json.dumps(paged(endpoint, params, content), ensure_ascii=False, separators=(",", ":"))
    data = body.encode("utf-8", "replace")
    if len(data) > limits.answer_bytes:
        raise too_large("bytes", limits.answer_bytes)
    return Reply(200, JSON, data)


def checked(endpoint: Endpoint, given: list[Json]) -> Params:
    """Check what was given, and fill in what was not.

    :param given: pairs of name and value
    :raises ServiceError: 400 naming the parameter
    """
    known = {one.name: one for one in endpoint.all_parameters()}
    params = {name: one.default for name, one in known.items() if one.default is not None}
    seen: set[str] = set()
    for name, value in (map(str, pair) for pair in given if isinstance(pair, list)):
        if name in seen:
            raise ServiceError(400, "parameter", f'"{name}" is given twice', parameter=name)
        if name not in known and not endpoint.further:
            what = f'/api/{endpoint.name} has no parameter "{name}" — known: {", ".join(known)}'
            raise ServiceError(400, "parameter", what, parameter=name)
        seen.add(name)
        params[name] = _fitting(known[name], value) if name in known else value
    for name, one in known.items():
        if one.default is None and not params.get(name):
            raise ServiceError(400, "parameter", f'"{name}" is missing: {one.says["en"]}', parameter=name)
    return params


def _fitting(parameter: Parameter, value: str) -> str:
    if parameter.choices and value not in parameter.choices:
        what = f'{parameter.name} "{value}" — one of: {", ".join(parameter.choices)}'
        raise ServiceError(400, "parameter", what, parameter=parameter.name)
    if parameter.kind == "integer":
        least, most = parameter.bounds
        if not (value.isascii() and value.isdecimal() and len(value) < 10 and least <= int(value) <= most):
            what = f'{parameter.name} "{value}" — a number of {least} to {most}'
            raise ServiceError(400, "parameter", what, parameter=parameter.name)
    return value


def paged(endpoint: Endpoint, params: Params, content: dict[str, Json]) -> dict[str, Json]:
    """Cut the list of an answer to the wanted page, and say how many there are and where it goes on."""
    every = content.get(endpoint.paged)
    if not endpoint.paged or not isinstance(every, list):
        return content
    offset, limit = int(params["offset"]), int(params["limit"])
    after = offset + limit
    kept = {name: value for name, value in params.items() if value and name != "offset"}
    following = f"/api/{endpoint.name}?{urlencode({**kept, 'offset': after})}" if after < len(every) else None
    page: dict[str, Json] = {"total": len(every), "offset": offset, "limit": limit, "next": following}
    return {**content, **page, endpoint.paged: every[offset:after]}
