"""The verbs `import` and `export` with the formats of annotation tools."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.tests.loaders.drafts.test_drafting import CASE

TEXT = "Kho số liệu dùng LGSP."


@pytest.fixture(autouse=True)
def _corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    copytree(CASE, "corpus")
    entities = [
        {"id": 0, "start_offset": 0, "end_offset": 11, "label": "SYSTEM"},
        {"id": 1, "start_offset": 17, "end_offset": 21, "label": "IntegrationPlatform"},
        {"id": 2, "start_offset": 12, "end_offset": 16, "label": "VERB"},
    ]
    relations = [{"id": 0, "from_id": 0, "to_id": 1, "type": "uses"}]
    rows = [{"text": TEXT, "entities": entities, "relations": relations, "cats": ["tin"]}] * 2
    Path("tin.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--lang", "en"])


def test_an_import_says_what_became_of_everything_and_what_it_assumed_once() -> None:
    done = run("import", "tin.jsonl", "--scope", "mh:tinh", "--publisher", "mh:bao")
    assert done.exit_code == 0, done.output
    path = Path("corpus/articles/tin-1.kg.md")
    assert f"{path}: 2 mentions, 1 claims and figures, 1 new entries proposed" in done.stdout
    assert "egovkg: spans: 6 read = 4 mapped + 0 merged + 2 without mapping + 0 left out" in done.stderr
    assert "egovkg:   without mapping: VERB (2)" in done.stderr
    assert "egovkg: also in the files, and not read: cats (2)" in done.stderr
    assert done.stderr.count("is assumed") == 1
    assert "kho-so-lieu  usesDataOf  mh:lgsp  # doccano" in path.read_text("utf-8")
    out = run(
        "export", "--as", "conll", "--corpus", "corpus", "--article", "tin-1", "--proposals", "-o", "out"
    )
    assert out.exit_code == 0, out.output
    assert Path("out/tin-1.conll").read_text("utf-8").startswith("Kho\tB-InformationSystem\nsố\tI-Inf")
    assert "relations\ttin-1 r1 usesDataOf" in Path("out/not-held.tsv").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("import", "tin.jsonl", "--title", "x"), "--title and --partial are for workbooks"),
        (("import", "tin.jsonl", "--as", "workbook", "--map", "tin.jsonl"), "without --map"),
        (("export", "--proposals", "-o", "out"), "go with the format of an annotation tool"),
        (("export", "--as", "odd", "-o", "out"), "'odd' is not one of"),
    ],
)
def test_options_that_do_not_go_together_are_refused(words: tuple[str, ...], answer: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert answer in done.output.replace("\n", " ")
    assert not Path("out").exists()


def test_an_article_that_no_folder_has_is_not_exported() -> None:
    run("import", "tin.jsonl", "--scope", "mh:tinh", "--publisher", "mh:bao")
    done = run("export", "--as", "brat", "--corpus", "corpus", "--article", "tim-1", "-o", "out")
    assert done.exit_code == 1
    assert 'no article is called "tim-1" — the articles are: tin-1' in done.stderr
    assert not Path("out").exists()
