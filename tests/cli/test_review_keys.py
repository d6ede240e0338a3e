"""A review at a terminal: keys typed while it works count, and Ctrl-C says how to go on."""

from __future__ import annotations

import os
import select
import sys
import time
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.tests.loaders.drafts.test_drafting import CASE
from egovkg.words import catalogue

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
TEXT = (
    "Năm 2021 tỉnh Minh Hoạ tiếp nhận 1.250 hồ sơ trực tuyến. "
    "LGSP do Sở Thông tin và Truyền thông vận hành.\n"
)
ARTICLE = "corpus/articles/bai.kg.md"


class Review:
    """`egovkg accept --review` at a terminal of its own."""

    def __init__(self) -> None:
        import pty

        self.shown = ""
        self.process, self.terminal = pty.fork()
        if not self.process:
            words = ["accept", ARTICLE, "--review", "--kind", "claims", "--kind", "figures"]
            os.execv(sys.executable, [sys.executable, "-m", "egovkg", *words])

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def read_until(self, words: str, seconds: float = 60) -> None:
        """Read what is shown until it has some words, or the process ends."""
        deadline = time.monotonic() + seconds
        while words not in self.shown and time.monotonic() < deadline:
            if select.select([self.terminal], [], [], 0.2)[0]:
                try:
                    read = os.read(self.terminal, 4096)
                except OSError:  # the other end is closed
                    return
                if not read:
                    return
                self.shown += read.decode(errors="ignore")

    def status(self) -> int:
        self.read_until("\0")
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EGOVKG_LANG", "en")
    (tmp_path / "bai.txt").write_text(TEXT, encoding="utf-8")
    copytree(CASE, "corpus")
    words = ["draft", "bai.txt", "--scope", "mh:tinh", "--publisher", "mh:bao", "--published", "2022-01-05"]
    assert CliRunner().invoke(main, words).exit_code == 0
    return Review()


def test_keys_typed_before_the_review_asks_are_decisions(review: Review) -> None:
    review.type("ynq")  # at once, while the program still loads
    assert review.status() == 0
    assert "2 decisions, 1 accepted" in review.shown


def test_an_interrupted_review_says_how_to_go_on(review: Review) -> None:
    review.read_until("[1/")
    review.type("y")
    review.read_until("[2/")
    review.type("\x03")
    assert review.status() == 130
    assert "1 decision, 1 accepted" in review.shown
    goes_on = catalogue("egovkg.cli", "en")["review.open"].partition(";")[2]
    assert goes_on.format(path=ARTICLE) in review.shown
