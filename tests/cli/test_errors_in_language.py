"""Errors that come from the engine, the network or the system are worded in the reader's language."""

from __future__ import annotations

import errno
import re
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.files import system_reason
from egovkg.graph.engine_errors import query_refusal
from egovkg.graph.store import OxigraphStore
from egovkg.words import Message, languages

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = re.compile(r"\b(the|is|no|not|of|connection|refused|address|already|variable|cannot|file)\b", re.I)
QUERIES = {
    "SELECT ?x { ?s ?p ?o } GROUP BY ?s": ("GROUP BY", "hàm gộp"),
    "SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }": ("GROUP BY", "hàm gộp"),
    "SELECT (1 AS ?s) { ?s ?p ?o }": ("another name", "tên khác"),
    "SELECT * { ?s ?p ?o } GROUP BY ?s": ("name the variables", "nêu từng biến"),
    "ASK { nowhere:x ?p ?o }": ("prefix", "tiền tố"),
    "SELECT ?s {": ("ends too early", "kết thúc"),
    "PREFIX a: <b c> ASK {}": ("1:", "dòng 1"),
    "BASE <x y> ASK {}": ("1:", "dòng 1"),
}
SYSTEM = [
    OSError(errno.ECONNREFUSED, "Connection refused"),
    OSError(errno.EADDRINUSE, "Address already in use"),
    OSError(errno.ENETUNREACH, "Network is unreachable"),
    socket.gaierror(-2, "Name or service not known"),
    TimeoutError("timed out"),
]


@pytest.mark.parametrize("query", QUERIES)
def test_errors_of_a_query(query: str, home: Path) -> None:
    for lang, text in zip(("en", "vi"), QUERIES[query], strict=True):
        done = CliRunner().invoke(main, ["sparql", query, "--graph", str(home), "--lang", lang])
        assert done.exit_code == 2
        assert text in done.stderr
        assert lang == "en" or not ENGLISH.search(re.sub(r'"[^"]*"', "", done.stderr)), done.stderr


def test_a_prologue_with_a_fault_is_not_taken_for_an_unknown_keyword(home: Path) -> None:
    done = CliRunner().invoke(
        main, ["sparql", "PREFIX a: <b c> ASK {}", "--graph", str(home), "--lang", "en"]
    )
    assert "cannot begin" not in done.stderr


@pytest.mark.parametrize("error", SYSTEM, ids=lambda error: type(error).__name__)
def test_reasons_of_the_system(error: OSError) -> None:
    reason = system_reason(error)
    assert isinstance(reason, Message)
    assert len({reason.text(lang) for lang in languages()}) == len(languages())
    assert not ENGLISH.search(reason.text("vi"))


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/sparql", "http://nobody.invalid/sparql"])
def test_an_endpoint_that_cannot_be_reached(address: str) -> None:
    done = CliRunner().invoke(main, ["show", "a", "--endpoint", address, "--lang", "vi"])
    assert done.exit_code == 1
    assert "không kết nối được" in done.stderr
    assert not ENGLISH.search(done.stderr.replace(address, ""))


@pytest.mark.engine
@pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")
def test_an_address_that_cannot_be_listened_at(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for words in (["--port", port], ["--port", "0", "--host", "nobody.invalid", "--public"]):
            done = CliRunner().invoke(
                main, ["serve", "--no-pages", "--graph", str(home), "--lang", "vi", *words]
            )
            assert done.exit_code == 1, done.output
            assert not ENGLISH.search(done.stderr.replace("egovkg", "")), done.stderr


def test_sentences_of_the_engine_are_those_that_it_writes() -> None:
    for query in [*QUERIES][:4]:
        with pytest.raises(SyntaxError) as caught:
            OxigraphStore.in_memory().engine.query(query)
        assert "engine says" not in str(query_refusal(query, caught.value))
