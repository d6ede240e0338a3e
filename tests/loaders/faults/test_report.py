"""Every kind of bad input: one folder a case, with the exact lines that a user sees."""

from __future__ import annotations

import json
from contextlib import chdir
from functools import cache
from pathlib import Path

import pytest
from egovkg.loaders.faults.messages import fault
from egovkg.loaders.faults.report import as_json, as_sarif, as_text, summary
from egovkg.loaders.pipeline.checking import check
from egovkg.problems import Problem
from egovkg.words import catalogue, languages

CASES = Path(__file__).parents[2] / "cases" / "errors"
VIETNAMESE = sorted(path.parent.name for path in CASES.glob("*/expected.vi.txt"))
CATALOGUE = "egovkg.loaders.faults"


@cache
def problems_of(case: str) -> tuple[Problem, ...]:
    """Check a case from within its folder, once for all tests."""
    with chdir(CASES / case):
        return check([Path()])


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_exact_message_line_and_column(case: str) -> None:
    assert as_text(problems_of(case), "en") == (CASES / case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", VIETNAMESE)
def test_exact_vietnamese_message(case: str) -> None:
    assert as_text(problems_of(case), "vi") == (CASES / case / "expected.vi.txt").read_text(encoding="utf-8")


def test_some_twenty_cases_hold_the_vietnamese_lines() -> None:
    assert len(VIETNAMESE) >= 20


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_places_and_codes_are_the_same_in_every_language(case: str) -> None:
    reports = {lang: json.loads(as_json(problems_of(case), lang)) for lang in languages()}
    for lang, report in reports.items():
        assert all(problem.pop("what") and problem.pop("fix") for problem in report), lang
    assert all(report == reports["en"] for report in reports.values())


@pytest.mark.parametrize("lang", languages())
def test_every_fault_has_a_problem_and_a_fix(lang: str) -> None:
    texts = catalogue(CATALOGUE, lang)
    keys = {key.removesuffix(".one") for key in texts if key.startswith("KG")}
    parts: dict[str, set[str]] = {}
    for key in keys:
        name, _, part = key.rpartition(".")
        parts.setdefault(name, set()).add(part)
    assert len(parts) > 100
    assert {name: found for name, found in parts.items() if found != {"problem", "fix"}} == {}


def test_reports_for_machines() -> None:
    problems = problems_of("54-many-at-once")
    assert [problem.code for problem in problems] == ["KG021", "KG031", "KG040"]
    assert '"code": "KG031"' in as_json(problems, "en")
    assert '"startLine": 16' in as_sarif(problems, "en")
    assert json.loads(as_sarif(problems, "vi"))["runs"][0]["language"] == "vi"
    assert (summary(problems, "en"), summary(problems, "vi")) == ("3 errors", "3 lỗi")


def test_a_name_without_meaning_is_told_once_a_file() -> None:
    unknown = fault("KG063.no-antecedent", words="Sở", scope="vn:x")
    listed = [Problem("a.kg.md", line, 1, unknown) for line in (3, 9)]
    others = [Problem("b.kg.md", line, 1, unknown) for line in range(1, 9)]
    lines = as_text([*listed, *others], "en").splitlines()
    assert [line[:11] for line in lines] == ["a.kg.md:3:1", "b.kg.md:1:1"]
    assert lines[0].endswith("(the same on line 9)")
    assert lines[1].endswith("(the same on lines 2, 3, 4, 5, 6 and 2 more)")
