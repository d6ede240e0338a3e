"""Faults of parameters: each answer names the parameter, and what it takes, in the language of the reader."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from egovkg.errors import EgovError
from egovkg.service.answers.endpoints import ENDPOINTS
from egovkg.service.answers.faulty_parameters import parameter_at_fault
from egovkg.service.contract.messages import Job
from egovkg.tests.service.test_service import Answer, get
from egovkg.words import languages

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
NONSENSE = "xyzzy"  # no value of any parameter, and like none
ADDRESSES = "/.well-known/void", "/api/openapi.json", "/sparql"
FREE = {("search", "q")}  # parameters that take any text


def refused(url: str, path: str, parameter: str, lang: str = "en") -> str:
    """Return the text of a refusal that has to name a parameter."""
    answer = get(url, path + ("&" if "?" in path else "?") + f"lang={lang}" * ("lang=" not in path))
    assert (400 <= answer.status < 500, answer.json.get("parameter")) == (True, parameter), path
    return str(answer.json["message"])


@pytest.fixture(scope="module")
def url(served: str) -> str:
    return served.removesuffix("sparql")


def required(name: str) -> Mapping[str, str]:
    """The parameters without which an endpoint does not answer, with values of its example."""
    endpoint = ENDPOINTS[name]
    names = [parameter.name for parameter in endpoint.parameters if parameter.default is None]
    return {name: endpoint.example[name] for name in names}


def address(name: str, **values: str) -> str:
    return f"/api/{name}?{urlencode({**required(name), **values})}"


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_parameter_refuses_nonsense(url: str, name: str) -> None:
    """Values that nobody can mean are never taken for "no answer"."""
    for parameter in ENDPOINTS[name].all_parameters():
        if (name, parameter.name) not in FREE:
            path = address(name, **{parameter.name: NONSENSE})
            message = refused(url, path, parameter.name)
            assert NONSENSE in message, path


@pytest.mark.parametrize("name", ENDPOINTS)
def test_an_unknown_parameter_is_named(url: str, name: str) -> None:
    assert NONSENSE in refused(url, address(name, **{NONSENSE: "1"}), NONSENSE)


@pytest.mark.parametrize("path", ADDRESSES)
def test_other_addresses_name_what_they_do_not_know(url: str, path: str) -> None:
    assert "lang" in refused(url, f"{path}?{NONSENSE}=1", NONSENSE)
    assert refused(url, f"{path}?lang=fr", "lang", "fr").endswith("vi, en")


def test_beside_a_query_parameters_of_other_services_are_ignored(url: str) -> None:
    assert get(url, "/sparql?query=ASK%7B%7D&timeout=1000").status == 200
    assert "lang" in refused(url, "/sparql?query=ASK%7B%7D&lang=fr", "lang")


OFFERED = {
    "/api/neighbours?entity=tq:lgsp&relation=servs": "serves",
    f"/api/neighbours?entity=tq:lgsp&relation={NONSENSE}": "hasResult",
    f"/api/search?q=lgsp&folder={NONSENSE}": "unit",
    "/api/ask?question=comittees": "committees",
    f"/api/ask?question={NONSENSE}": "such as",
    "/api/impact?entity=tq:lgsp&layer=cellar": "platform",
    "/api/gaps?framework=9.0": "2.0",
    "/api/facts?article=tuyen-quang": "tuyen-quang-2020",
}


@pytest.mark.parametrize("path", OFFERED)
def test_what_is_allowed_is_told(url: str, path: str) -> None:
    for lang in languages():
        message = str(get(url, f"{path}&lang={lang}").json["message"])
        assert OFFERED[path] in message or lang != "en", message
    vietnamese, english = (get(url, f"{path}&lang={lang}").json["message"] for lang in ("vi", "en"))
    assert vietnamese != english


def test_of_two_names_the_one_at_fault_is_told(url: str) -> None:
    refused(url, f"/api/path?from=tq:lgsp&to={NONSENSE}", "to")
    refused(url, "/api/path?from=nat-nq-36-2014&to=tq:lgsp", "from")
    refused(url, f"/api/impact?entity=tq:lgsp|{NONSENSE}", "entity")
    refused(url, "/api/gaps?province=tq:lgsp", "province")
    refused(url, "/api/gaps?as_of=2000&framework=in-force", "framework")
    refused(url, "/api/ask?question=systems-of-province", "province")
    refused(url, f"/api/search?q=unit&folder={NONSENSE}", "folder")


@pytest.mark.parametrize(
    "relation", ["hasResult", "egov:hasResult", "co ket qua", "https://w3id.org/egovkg/ontology#hasResult"]
)
def test_a_relation_by_any_of_its_names(url: str, relation: str) -> None:
    path = "/api/neighbours?entity=tq:lgsp&relation=" + quote(relation)
    neighbours = get(url, path).json["neighbours"]
    assert isinstance(neighbours, list)
    assert {edge["relation"] for edge in neighbours} == {"hasResult"}


def remark(answer: Answer) -> str:
    (remark,) = json.loads(answer.body)["remarks"]
    return str(remark["kind"])


def test_an_empty_answer_says_so(url: str) -> None:
    assert remark(get(url, "/api/neighbours?entity=tq:lgsp&relation=approves")) == "no-such-edge"
    assert remark(get(url, "/api/neighbours?entity=tq:lgsp&direction=in")) == "no-edge"
    assert remark(get(url, f"/api/search?q={NONSENSE}qqq")) == "nothing-found"
    assert get(url, "/api/neighbours?entity=tq:lgsp").json["remarks"] == []
    assert get(url, "/api/search?q=lgsp").json["remarks"] == []
    assert refused(url, "/api/search?q=%20", "q")


def test_an_error_of_no_parameter_names_none() -> None:
    assert parameter_at_fault(EgovError("text"), Job("sparql")) == {}
    assert (
        parameter_at_fault(EgovError("text"), Job("api", {"name": "facts", "pairs": [["lang", "en"]]})) == {}
    )
