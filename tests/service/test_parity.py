"""The JSON interface answers what the verbs print with `--format json`, to the last value."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.service.answers.endpoints import ENDPOINTS
from egovkg.service.background import BackgroundService, background

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork"),
    pytest.mark.usefixtures("home_in_memory"),
]
CENTRE = "trung tam tich hop du lieu bac kan"
CASES: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "facts": ("facts", {}, ["facts"]),
    "facts of one": ("facts", {"article": "bac-kan-2019"}, ["facts", "--article", "bac-kan-2019"]),
    "show": ("show", {"entity": "tq:lgsp"}, ["show", "tq:lgsp"]),
    "show by name": ("show", {"entity": CENTRE}, ["show", CENTRE]),
    "impact": ("impact", {"entity": CENTRE}, ["impact", CENTRE]),
    "impact of several": (
        "impact",
        {"entity": f"{CENTRE}|tq:lgsp", "basis": "both", "direction": "upstream", "implied": "yes"},
        ["impact", CENTRE, "tq:lgsp", "--basis", "both", "--upstream", "--implied"],
    ),
    "impact on some": (
        "impact",
        {"entity": "tq:ttdl", "basis": "both", "province": "tuyen quang", "layer": "platform|applications"},
        ["impact", "tq:ttdl", "--basis", "both", "--province", "tuyen quang",
         "--layer", "platform", "--layer", "applications"],
    ),
    "impact on a class": (
        "impact",
        {"entity": CENTRE, "basis": "both", "kind": "WebPortal"},
        ["impact", CENTRE, "--basis", "both", "--kind", "WebPortal"],
    ),
    "impact by one framework": (
        "impact",
        {"entity": "nat:cong-dvcqg", "basis": "both", "framework": "3.0"},
        ["impact", "nat:cong-dvcqg", "--basis", "both", "--framework", "3.0"],
    ),
    "impact by the framework that counts by default": (
        "impact",
        {"entity": "nat:cong-dvcqg", "basis": "both", "framework": "ref:framework-2-0"},
        ["impact", "nat:cong-dvcqg", "--basis", "both"],
    ),
    "path by one framework": (
        "path",
        {"from": "tq:mot-cua", "to": "nat:cong-dvcqg", "basis": "reference", "framework": "2.0"},
        ["path", "tq:mot-cua", "nat:cong-dvcqg", "--basis", "reference", "--framework", "2.0"],
    ),
    "path": ("path", {"from": "bp:qlvb", "to": "nat:truc-van-ban"}, ["path", "bp:qlvb", "nat:truc-van-ban"]),
    "path in bounds": (
        "path",
        {"from": "bp:qlvb", "to": "nat:truc-van-ban", "basis": "both", "most": "2", "longest": "3"},
        ["path", "bp:qlvb", "nat:truc-van-ban", "--basis", "both", "--most", "2", "--longest", "3"],
    ),
    "gaps": ("gaps", {"as_of": "2020-12-31"}, ["gaps", "--as-of", "2020-12-31"]),
    "gaps of two": (
        "gaps",
        {"province": "Bắc Kạn|Tuyên Quang", "as_of": "2021", "known_by": "2020-06", "unverified": "yes"},
        ["gaps", "--province", "Bắc Kạn", "--province", "Tuyên Quang", "--as-of", "2021",
         "--known-by", "2020-06", "--unverified"],
    ),
    "merged": ("merged", {"as_of": "2026-01-01"}, ["gaps", "--merged", "--as-of", "2026-01-01"]),
    "targets": ("targets", {"as_of": "2020-12-31"}, ["targets", "--as-of", "2020-12-31"]),
    "targets of one": (
        "targets",
        {"province": "bac kan", "as_of": "2020-12"},
        ["targets", "--province", "bac kan", "--as-of", "2020-12"],
    ),
    "ask": ("ask", {"question": "committees"}, ["ask", "committees"]),
}  # fmt: skip
KEYS = {"show": "", "path": "paths", "ask": "rows"}  # which part of the answer the verb prints; "" for all


@pytest.fixture(scope="module")
def service(home: Path) -> Iterator[BackgroundService]:
    with background(home, "--no-pages", "--workers", "2", "--seconds", "30") as running:
        yield running


def whole(service: BackgroundService, name: str, params: dict[str, str]) -> dict[str, object]:
    """Ask for an answer page by page, as its links lead."""
    key = ENDPOINTS[name].paged_key
    link: object = f"/api/{name}?{urlencode({**params, **({'limit': '150'} if key else {})})}"
    rows: list[object] = []
    while link:
        with urlopen(urljoin(service.url, str(link)), timeout=60) as got:
            told: dict[str, object] = json.loads(got.read())
        page = told.get(key, [])
        rows += page if isinstance(page, list) else []
        link = told.pop("next", None)
    return {**told, **({key: rows} if key else {})}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("case", CASES)
def test_the_same_as_the_verb(service: BackgroundService, home: Path, case: str, lang: str) -> None:
    name, params, words = CASES[case]
    done = CliRunner().invoke(main, [*words, "--graph", str(home), "--lang", lang, "--format", "json"])
    assert done.exit_code == 0, done.stderr
    printed = json.loads(done.stdout)
    told = whole(service, name, {**params, "lang": lang})
    key = KEYS.get(name, ENDPOINTS[name].paged_key)
    if key:
        assert told[key] == printed
    else:
        assert {one: told[one] for one in printed} == printed
    assert printed or case == "impact on a class"


def test_every_verb_is_compared() -> None:
    assert {"facts", "show", "impact", "path", "gaps", "targets"} <= {name for name, *_ in CASES.values()}


@pytest.mark.parametrize(
    ("name", "key", "params"),
    [
        ("search", "found", {"q": "tinh"}),
        ("neighbours", "neighbours", {"entity": "tq:lgsp"}),
        ("facts", "facts", {}),
    ],
)
def test_pages_together_are_the_whole(
    service: BackgroundService, name: str, key: str, params: dict[str, str]
) -> None:
    with urlopen(f"{service.url}api/{name}?{urlencode({**params, 'limit': 1000})}", timeout=60) as got:
        at_once = json.loads(got.read())
    with urlopen(f"{service.url}api/{name}?{urlencode({**params, 'limit': 3})}", timeout=60) as got:
        first = json.loads(got.read())
    assert first[key] == at_once[key][:3]
    assert at_once["total"] == len(at_once[key]) > 3
    assert whole(service, name, params)[key] == at_once[key]
