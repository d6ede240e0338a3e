"""The language of what the service says: refusals, remarks, the description of its interface."""

from __future__ import annotations

import http.client
import json
import sys
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from egovkg.service.contract.refusals import REASONS
from egovkg.words import catalogue, languages

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
TOO_EARLY = {"vi": "truy vấn kết thúc quá sớm", "en": "the query ends too early"}
ENDED_PROVINCE = "vn:tuyen-quang"  # merged in July 2025


def ask(served: str, path: str, accept_language: str | None = None) -> dict[str, Any]:
    """Send a request to the service; give the JSON that it answers."""
    place = urlsplit(served)
    link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)
    headers = {} if accept_language is None else {"Accept-Language": accept_language}
    try:
        link.request("GET", path, headers=headers)
        content: dict[str, Any] = json.loads(link.getresponse().read())
        return content
    finally:
        link.close()


@pytest.mark.parametrize(
    ("accept_language", "lang"),
    [(None, "vi"), ("en", "en"), ("en-GB,vi;q=0.5", "en"), ("en;q=0.3, vi", "vi"), ("fr", "vi")],
)
def test_a_refusal_is_in_the_preferred_language(served: str, accept_language: str | None, lang: str) -> None:
    told = ask(served, "/sparql?query=SELECT", accept_language)
    assert told["message"].endswith(TOO_EARLY[lang])
    assert (told["error"], told["line"]) == ("syntax", 1)


@pytest.mark.parametrize("lang", languages())
def test_the_parameter_comes_before_the_header(served: str, lang: str) -> None:
    other = next(code for code in languages() if code != lang)
    told = ask(served, f"/api/facts?colour=red&lang={lang}", other)
    values = {name: told[name] for name in ("address", "parameter", "parameters")}
    words = catalogue("egovkg.service.contract", lang)
    assert told["message"] == words("refusal.parameter-unknown", **values)


def test_errors_of_the_library_too(served: str) -> None:
    for lang in languages():
        told = ask(served, f"/api/show?entity=xyzzy&lang={lang}")
        assert told["message"] == catalogue("egovkg", lang)("error.entity.unknown", name="xyzzy")


def test_a_request_that_is_refused_by_its_head(served: str) -> None:
    place = urlsplit(served)
    for lang in languages():
        link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)
        link.putrequest("POST", "/sparql")
        link.putheader("Accept-Language", lang)
        link.putheader("Content-Length", "99999999")
        link.endheaders()
        told = json.loads(link.getresponse().read())
        link.close()
        words = catalogue("egovkg.service.contract", lang)
        assert told["message"] == words("refusal.body-too-large", limit=told["limit"])


def test_every_reason_has_its_text() -> None:
    for lang in languages():
        assert {*catalogue("egovkg.service.contract", lang).below("refusal")} == {*REASONS}


@pytest.mark.parametrize("lang", languages())
def test_the_description_of_the_interface(served: str, lang: str) -> None:
    paths = ask(served, f"/api/openapi.json?lang={lang}")["paths"]
    assert paths["/api/gaps"]["get"]["summary"] == catalogue("egovkg.service.answers", lang)["endpoint.gaps"]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", ["gaps", "targets"])
def test_remarks_are_data_with_a_text(served: str, name: str, lang: str) -> None:
    query = urlencode({"province": ENDED_PROVINCE, "as_of": "2026-01-01", "lang": lang})
    told = ask(served, f"/api/{name}?{query}")
    remarks = {remark["kind"]: remark for remark in told["remarks"]}
    ended = remarks["unit-ended"]
    assert ended["values"]["day"] == "2026-01-01"
    assert ended["values"]["successors"]
    assert ended["text"] in told["remark"]
    values = {**ended["values"], "successors": ", ".join(ended["values"]["successors"])}
    assert ended["text"] == catalogue("egovkg.queries.facts", lang)("remark.unit-ended", **values)


@pytest.mark.parametrize("lang", languages())
def test_remarks_on_dependencies(served: str, lang: str) -> None:
    told = ask(served, f"/api/impact?entity={quote('lgsp tuyen quang')}&basis=both&lang={lang}")
    assert told["remarks"]
    assert all(remark["kind"] and remark["text"] for remark in told["remarks"])
    assert len(told["notes"]) <= len(told["remarks"])
