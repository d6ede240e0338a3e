"""The language server as an editor speaks with it: one process, over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from egovkg.tests.corpora.folders import FIVE
from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.uris import to_fs_path

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

_Value = TypeVar("_Value")
HEAD = """---
kg: 1
article: thu
title: Bài thử 🎉
publisher: nat:bo-tttt
published: 2020-05-01
scope: vn:bac-kan
---

## d1
🎉 Tỉnh nối [LGSP](bk:lgsp) với [Cổng Dịch vụ công quốc gia](nat:cong-dvcqg).

> The province connects the LGSP.

```claims
"""
GOOD = HEAD + "bk:lgsp  connectsTo  nat:cong-dvcqg  {status: operational}\n```\n"
ROW = HEAD.count("\n")  # of the first claim, from 0


class Editor:
    """A client with the files and what was reported on them."""

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path) -> None:
        self.loop = loop
        self.folder = folder
        self.client = LanguageClient("test", "1")
        self.reports: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda report: self.reports.put_nowait(report)
        )
        self.version = 0

    def run(self, request: Coroutine[object, object, _Value]) -> _Value:
        return self.loop.run_until_complete(asyncio.wait_for(request, 30))

    def start(self) -> None:
        command = "import sys; from egovkg.cli import main; main(['lsp', '--lang', 'en'])"
        self.run(self.client.start_io(sys.executable, "-c", command))
        self.run(
            self.client.initialize_async(
                types.InitializeParams(types.ClientCapabilities(), root_uri=self.folder.as_uri())
            )
        )
        self.client.initialized(types.InitializedParams())

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> list[types.Diagnostic]:
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(self.uri(name), "markdown", 0, text))
        )
        return self.reported(name)

    def change(self, name: str, text: str) -> list[types.Diagnostic]:
        self.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri(name)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return self.reported(name)

    def close(self, name: str) -> None:
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri(name)))
        )

    def reported(self, name: str) -> list[types.Diagnostic]:
        while True:
            report = self.run(self.reports.get())
            if report.uri == self.uri(name):
                return list(report.diagnostics)

    def place(self, name: str, row: int, column: int) -> tuple[types.TextDocumentIdentifier, types.Position]:
        return types.TextDocumentIdentifier(self.uri(name)), types.Position(row, column)

    def completions(self, name: str, row: int, column: int) -> dict[str, str]:
        """What is offered → what would be written."""
        answer = self.run(
            self.client.text_document_completion_async(types.CompletionParams(*self.place(name, row, column)))
        )
        assert isinstance(answer, types.CompletionList)
        edits = {item.label: item.text_edit for item in answer.items}
        return {label: edit.new_text for label, edit in edits.items() if edit}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("kho bài")
    (folder / "articles").mkdir()
    loop = asyncio.new_event_loop()
    try:
        one = Editor(loop, folder)
        one.start()
        yield one
        one.run(one.client.shutdown_async(None))
        one.client.exit(None)
        assert one.client._server
        assert one.run(one.client._server.wait()) == 0  # the exit status
        one.run(one.client.stop())  # type: ignore[no-untyped-call]
    finally:
        loop.close()


def test_an_unsaved_article_is_checked_and_cured(editor: Editor) -> None:
    assert editor.open("articles/a.kg.md", GOOD) == []
    (fault,) = editor.change("articles/a.kg.md", GOOD.replace("bk:lgsp  con", "bk:lgps  con"))
    assert fault.code == "KG021"
    assert 'did you mean "bk:lgsp"' in fault.message
    assert fault.range == types.Range(types.Position(ROW, 0), types.Position(ROW, 7))
    assert editor.change("articles/a.kg.md", GOOD) == []


def test_places_count_utf_16_also_behind_an_emoji_and_decomposed_letters(editor: Editor) -> None:
    line = "🎉 Ti\u0309nh no\u0302\u0301i [LGSP](bk:lgps)."
    text = GOOD.replace("🎉 Tỉnh nối [LGSP](bk:lgsp) với", line)
    faults = editor.open("articles/b.kg.md", text)
    (fault,) = [fault for fault in faults if fault.code == "KG021"]
    row = text.split("\n").index(next(row for row in text.split("\n") if "bk:lgps" in row))
    # 🎉 is two units, and each of the three accents one of its own: 2 + 1 + 5 + 1 + 5 + 1, then [LGSP](
    assert fault.range == types.Range(types.Position(row, 22), types.Position(row, 29))


def test_completion_of_each_kind(editor: Editor) -> None:
    text = HEAD + "bk:lgsp  conn\n```\n"
    editor.open("articles/c.kg.md", text)
    assert "connectsTo" in editor.completions("articles/c.kg.md", ROW, 13)
    editor.change("articles/c.kg.md", HEAD + "bk:lgsp  connectsTo  nat:c {sta\n```\n")
    found = editor.completions("articles/c.kg.md", ROW, 26)
    assert "nat:cong-dvcqg" in found.values()
    assert "nat:cntt" not in found.values()  # a field of knowledge is no system
    assert editor.completions("articles/c.kg.md", ROW, 31) == {"status": "status: "}
    editor.change("articles/c.kg.md", HEAD + "bk:lgsp  connectsTo  nat:cong-dvcqg {status: pi\n```\n")
    assert editor.completions("articles/c.kg.md", ROW, 47) == {"pilot": "pilot"}
    editor.change("articles/c.kg.md", "---\nkg: 1\ntranslation: ma\nsource: {kind: op\n---\n")
    assert editor.completions("articles/c.kg.md", 2, 15) == {"machine": "machine"}
    assert editor.completions("articles/c.kg.md", 3, 17) == {"opening": "opening"}


def test_names_are_completed_without_accents(editor: Editor) -> None:
    text = HEAD.replace("## d1\n", "## d1\n🎉 [cong dich vu cong quoc\n")
    editor.open("articles/d.kg.md", text)
    row = text.split("\n").index("🎉 [cong dich vu cong quoc")
    found = editor.completions("articles/d.kg.md", row, 26)
    assert "cong dich vu cong quoc](nat:cong-dvcqg)" in found.values()


def test_hover_tells_both_languages_and_the_entry_is_found(editor: Editor) -> None:
    editor.open("articles/e.kg.md", GOOD)
    hover = editor.run(
        editor.client.text_document_hover_async(types.HoverParams(*editor.place("articles/e.kg.md", ROW, 12)))
    )
    assert hover
    assert isinstance(hover.contents, types.MarkupContent)
    assert "kết nối với" in hover.contents.value.lower()
    assert "connects to" in hover.contents.value.lower()
    found = editor.run(
        editor.client.text_document_definition_async(
            types.DefinitionParams(*editor.place("articles/e.kg.md", ROW, 3))
        )
    )
    assert isinstance(found, types.Location)
    register = Path(to_fs_path(found.uri) or "")
    assert register.samefile(FIVE / "register" / "bk.yaml")
    assert register.read_text("utf-8").split("\n")[found.range.start.line] == "  lgsp:"


def test_a_register_in_the_making(editor: Editor) -> None:
    text = "prefix: th\nentities:\n  a:\n    kind: LegalDocum\n    component: f2:a-q\n"
    editor.open("register/th.yaml", text)
    assert "f2:a-qlvb" in editor.completions("register/th.yaml", 4, 21).values()
    assert "LegalDocument" in editor.completions("register/th.yaml", 3, 20).values()


def test_half_typed_files_never_end_it(editor: Editor) -> None:
    for name in "abcd":
        editor.close(f"articles/{name}.kg.md")
    for text in ("", "---", "---\nkg: 1\n", GOOD[:-30], GOOD.replace("---", "--"), "\ud800", "\x00\x01"):
        editor.change("articles/e.kg.md", text.encode("utf-8", "replace").decode())
        editor.completions("articles/e.kg.md", 3, 999)
    assert editor.change("articles/e.kg.md", GOOD) == []
