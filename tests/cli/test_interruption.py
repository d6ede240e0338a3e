"""Ctrl-C ends a verb at once, at any moment, without a traceback; nothing half-made stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from egovkg.loaders.pipeline.scaffold import ArticleDraft, new_article

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
LOADED = 0.3  # seconds until the interpreter itself runs, on a machine that is not busy


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write so many articles that worker processes read them."""
    folder = tmp_path_factory.mktemp("corpus")
    (written, _) = new_article(ArticleDraft("mau", "vn:bac-kan", "2020-01-01"), folder)
    text = written.read_text("utf-8")
    for number in range(400):
        path = folder / "articles" / f"mau-{number}.kg.md"
        path.write_text(text.replace("article: mau", f"article: mau-{number}"), "utf-8")
    return folder


def interrupted(words: list[str], delay: float, folder: Path) -> tuple[int, str, float]:
    """Run a verb in a process group of its own, interrupt it, and give status, output and seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "egovkg", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        cwd=folder,
        env={**os.environ, "EGOVKG_LANG": "vi"},
    )
    time.sleep(delay)
    start = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    output = process.communicate(timeout=30)[0].decode()
    return process.returncode, output, time.monotonic() - start


@pytest.mark.parametrize("delay", [LOADED, 0.6, 0.9, 1.3])
@pytest.mark.parametrize("verb", ["build", "check", "fmt", "new"])
def test_a_verb_ends_at_once(corpus: Path, tmp_path: Path, verb: str, delay: float) -> None:
    words = {
        "build": ["build", "--corpus", str(corpus), "-o", "home"],
        "check": ["check", str(corpus)],
        "fmt": ["fmt", "--check", str(corpus)],
        "new": ["new", "moi", "-o", "corpus"],
    }[verb]
    status, output, seconds = interrupted(words, delay, tmp_path)
    assert "Traceback" not in output
    assert seconds < 3
    assert status in {0, 130, -signal.SIGINT}
    assert status != 130 or output.endswith("Đã dừng!\n")  # perhaps behind a line that was being printed
    assert list(tmp_path.glob("home/versions/.staging-*")) == []


def test_a_call_that_python_cannot_leave_is_ended() -> None:
    code = (
        "import os, signal, time\n"
        "from egovkg.cli.interruption import interruptible\n"
        "with interruptible('stopped'):\n"
        "    while True:\n"
        "        try:\n"
        "            print('ready', flush=True)\n"
        "            time.sleep(60)\n"
        "        except KeyboardInterrupt:\n"
        "            pass\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, b"stopped\n")
