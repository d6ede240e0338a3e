"""The named questions as the JSON interface lists and binds them: language, examples, what words mean."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from egovkg.queries.questions.binding import bind
from egovkg.queries.questions.named import question, questions

if TYPE_CHECKING:
    from egovkg.graph.publish import Version

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
Asked: TypeAlias = Callable[[str], dict[str, Any]]


@pytest.fixture
def asked_at(served: str) -> Asked:
    """Ask the service for a path, and read the JSON that comes."""

    def asked(path: str) -> dict[str, Any]:
        with urlopen(served.removesuffix("/sparql") + path, timeout=30) as got:
            content: dict[str, Any] = json.loads(got.read())
            return content

    return asked


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_listed_questions_ask_in_the_language(asked_at: Asked, lang: str) -> None:
    listed = asked_at(f"/api/questions?limit=1000&lang={lang}")["questions"]
    assert isinstance(listed, list)
    for one, own in zip(listed, questions(), strict=True):
        assert one["asks"] == own.asks[lang]
        assert [each["label"] for each in one["parameters"]] == [each.labels[lang] for each in own.parameters]
        slots = re.findall(r'VALUES \?lang\w* \{ "(\w+)" \}', one["query"])
        assert set(slots) <= {lang}, one["name"]
        assert f'= "{lang}"' in one["query"] or slots or "?lang" not in own.text, one["name"]
        assert not re.search(r"= \?lang\b", one["query"]), f"{one['name']}: a language without its value"


def test_each_example_can_be_asked_for(asked_at: Asked, version: Version) -> None:
    listed = asked_at("/api/questions?limit=1000&lang=en")["questions"]
    assert isinstance(listed, list)
    asked = {one["name"]: {each["name"]: each.get("example") for each in one["parameters"]} for one in listed}
    assert asked["systems-of-province"] == {"province": "vn:tuyen-quang"}
    assert asked["same-number"] == {"least": "500"}
    assert asked["terms"] == {"word": None}
    for one in listed:
        if not one["parameters"]:
            continue
        given = {name: value for name, value in asked[one["name"]].items() if value}
        bound = asked_at("/api/bind?" + urlencode({**given, "question": one["name"], "lang": "en"}))
        assert bound["query"] == bind(version.open(), question(one["name"]), given, "en")
        for each in bound["parameters"]:
            assert each["given"] == (given.get(each["name"]) or "*")
            listed_as = next(other for other in one["parameters"] if other["name"] == each["name"])
            assert [thing["label"] for thing in each["means"]] == [
                listed_as["example_label"] for _ in each["means"]
            ]
            assert bool(each["means"]) == (each["terms"].startswith("<"))


def test_a_name_of_several_units_means_all(asked_at: Asked) -> None:
    told = asked_at("/api/bind?" + urlencode({"question": "systems-of-province", "province": "tuyen quang"}))
    means = told["parameters"][0]["means"]
    assert [thing["curie"] for thing in means] == ["vn:tuyen-quang", "vn:tuyen-quang-2025"]
    with pytest.raises(HTTPError) as refused:
        asked_at("/api/bind?" + urlencode({"question": "systems-of-province", "province": "Atlantis"}))
    with refused.value as error:
        assert (error.code, json.loads(error.read())["error"]) == (404, "unknown-entity")


def test_search_can_be_for_one_part(asked_at: Asked) -> None:
    for words in ("tuyen quang", "tuyn quag"):
        found = asked_at("/api/search?" + urlencode({"q": words, "folder": "unit"}))["found"]
        assert isinstance(found, list)
        assert found
        assert all("/id/unit/" in one["iri"] for one in found)
