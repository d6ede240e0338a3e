"""`check --watch` and `lsp`: what they print, how they end, and what they say without their packages."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.tests.corpora.folders import FIVE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
def test_a_fault_and_its_end_are_told_until_the_interruption(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    article = tmp_path / "articles" / "yen-lap-2018.kg.md"
    shutil.copy(FIVE / "articles" / article.name, article)
    sound = article.read_text("utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "egovkg", "check", "--watch", "--lang", "en", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    with process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(2)]
        assert lines == ["nothing to report\n", "watching for changes; end with Ctrl-C\n"]
        article.write_text(sound.replace("pt:dvctt ", "pt:dvcct ", 1), "utf-8")
        assert "KG021 no entity pt:dvcct" in process.stdout.readline()
        assert process.stdout.readline() == "1 error\n"
        article.write_text(sound, "utf-8")
        assert process.stdout.readline() == "the last fault is gone: nothing to report\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "egovkg: no longer watching\n"


@pytest.mark.parametrize(
    ("package", "words"), [("watchfiles", ["check", "--watch"]), ("pygls.lsp.server", ["lsp"])]
)
def test_a_missing_package_is_named(package: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "egovkg.loaders.editor.server", raising=False)
    result = CliRunner().invoke(main, [*words, "--lang", "en"])
    assert result.exit_code == 1
    name = package.partition(".")[0]
    fix = 'pip install "egovkg[editor]"'
    assert f"this needs the package {name}, which is not installed — {fix}" in result.output


def test_a_watch_writes_no_file() -> None:
    result = CliRunner().invoke(main, ["check", "--watch", "--format", "json", "--lang", "en"])
    assert result.exit_code == 2
    assert "--watch prints text in the terminal" in result.output
