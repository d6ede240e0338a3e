"""The three commands of the page on models, with a small model, and the way back out and in."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

from click.testing import CliRunner
from egovkg.cli import main
from egovkg.tests.docs.test_docs import ROOT, read
from egovkg.tests.graph.archimate.schema import schema_errors
from egovkg.tests.loaders.archimate.models import EXCHANGE_3

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

COMMANDS = re.search(r"^## In\n\n```console\n(.*?)^```$", read(ROOT / "docs" / "models.md"), re.M | re.S)


def run(command: str) -> str:
    """Run one command line, and return what it prints on both streams."""
    result = CliRunner().invoke(main, shlex.split(command, comments=True)[1:])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_model_drawn_elsewhere_answers_impact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.xml").write_text(EXCHANGE_3, encoding="utf-8")
    assert COMMANDS
    importing, building, asking = (line.removeprefix("$ ") for line in COMMANDS[1].splitlines())
    printed = run(f"{importing} --lang en")
    assert "elements: read 5 = taken 4 + without counterpart 1" in printed
    assert "relationships: read 4 = taken 3 + without counterpart 1" in printed
    assert "no class corresponds to this type of element: BusinessProcess (1)" in printed
    run(building)
    answer = run(asking.partition("#")[0] + " --format json")
    rows = json.loads(answer[answer.index("[") : answer.rindex("]") + 1])
    assert [(row["entity"], row["hops"]) for row in rows] == [("model:truc-du-lieu", 1), ("model:mot-cua", 2)]

    printed = run("egovkg export --as archimate --graph my-graph -o out.xml --lang en --format csv")
    assert "elements,5\nrelationships,6\nviews,1\n" in printed  # with the country, which three systems serve
    assert schema_errors((tmp_path / "out.xml").read_bytes()) == []
    printed = run(f"{importing.replace('model.xml', 'out.xml')} --lang en")
    assert "elements: read 5 = taken 5 + without counterpart 0" in printed
    assert "relationships: read 6 = taken 6 + without counterpart 0" in printed
    article = (tmp_path / "my-corpus" / "articles" / "out.kg.md").read_text("utf-8")
    assert "model:truc-du-lieu  hostedOn  model:may-chu" in article
