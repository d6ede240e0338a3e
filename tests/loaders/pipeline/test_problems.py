"""Every kind of bad input: one folder a case, with the exact lines that a user sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.pipeline.report import as_json, as_sarif, as_text, summary

CASES = Path(__file__).parents[2] / "cases" / "errors"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_exact_message_line_and_column(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / case)
    problems = check([Path()])
    assert as_text(problems) == Path("expected.txt").read_text(encoding="utf-8")


def test_every_code_is_documented() -> None:
    told = {
        line.split()[1]
        for path in CASES.glob("*/expected.txt")
        for line in path.read_text("utf-8").splitlines()
    }
    listed = (Path(__file__).parents[3] / "docs" / "errors.md").read_text(encoding="utf-8")
    assert {code for code in told if f"| {code} |" not in listed} == set()


def test_reports_for_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / "54-many-at-once")
    problems = check([Path()])
    assert [problem.code for problem in problems] == ["KG021", "KG031", "KG040"]
    assert '"code": "KG031"' in as_json(problems)
    assert '"startLine": 16' in as_sarif(problems)
    assert summary(problems) == "3 errors"
