"""The table of `docs/annotation-tools.md`: what each format holds of one article, made by exporting it.

`python tests/docs/test_annotation_tools.py` writes the table anew.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import pytest
from egovkg.loaders.annotation_tools.comparison import KINDS
from egovkg.loaders.annotation_tools.exporting import AnnotationExport, export_annotations
from egovkg.loaders.annotation_tools.formats import FORMATS
from egovkg.tests.corpora.folders import FIVE, read_five_as_shipped

PAGE = Path(__file__).parents[2] / "docs" / "annotation-tools.md"
ARTICLE = "yen-lap-2018"
_TABLE = re.compile(r"(?<=<!-- held -->\n).*?(?=<!-- /held -->)", re.DOTALL)


def row(form: str, folder: Path) -> str:
    """Export the article and word what the files hold."""
    report = export_annotations(AnnotationExport([FIVE], folder / form, form, ARTICLE))
    losses = report.losses
    cells = (f"{losses.kept(kind)} of {losses.stated[kind]}" for kind in KINDS)
    files = ", ".join(f"`{path.name}`" for path in report.files)
    return f"| `{form}` | {' | '.join(cells)} | {files} |\n"


def table(folder: Path) -> str:
    head = "\n| `--as` | spans | links | relations | attributes | files |\n|---|---|---|---|---|---|\n"
    return head + "".join(row(form, folder) for form in FORMATS) + "\n"


@pytest.fixture(scope="module")
def written() -> str:
    match = _TABLE.search(PAGE.read_text("utf-8"))
    assert match
    return match[0]


@pytest.mark.parametrize("form", FORMATS)
def test_the_table_says_what_each_format_holds(form: str, written: str, tmp_path: Path) -> None:
    assert row(form, tmp_path) in written


def test_the_table_has_no_other_format(written: str) -> None:
    assert re.findall(r"^\| `([\w-]+)`", written, re.MULTILINE) == ["--as", *FORMATS]


if __name__ == "__main__":
    read_five_as_shipped()
    with tempfile.TemporaryDirectory() as name:
        fresh = table(Path(name))
    PAGE.write_text(_TABLE.sub(lambda _: fresh, PAGE.read_text("utf-8")), "utf-8")
    sys.exit(0)
