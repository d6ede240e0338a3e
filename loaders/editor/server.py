"""The language server: completion, descriptions, places of entries and problems, over standard input.

It speaks the Language Server Protocol through pygls (`pip install "egovkg[editor]"`) and sends files nowhere.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from ... import __version__
from ...errors import EgovError
from ...problems import Severity
from ..pipeline.corpus import resolved
from ..text.input_files import input_text
from .candidates import CandidateKind, CandidateLists
from .completion import complete
from .cursor import cursor_at
from .description import describe, name_at
from .open_files import OpenFiles, absolute, is_ours, is_register, rows_of, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...problems import Problem
    from .candidates import Candidate
    from .cursor import Cursor

PAUSE = 0.2  # seconds without typing, after which files are checked
_TRIGGERS = ["[", "(", " ", ":", "{", ",", "`"]
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_KINDS = {
    CandidateKind.ENTITY: types.CompletionItemKind.Reference,
    CandidateKind.RELATION: types.CompletionItemKind.Method,
    CandidateKind.ATTRIBUTE: types.CompletionItemKind.Property,
    CandidateKind.CODE: types.CompletionItemKind.EnumMember,
    CandidateKind.CLASS: types.CompletionItemKind.Class,
}
_Change: TypeAlias = (
    "types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams | types.DidSaveTextDocumentParams"
)


class EditorServer(LanguageServer):
    """The server with the open files.

    :param lang: language of messages and labels; definitions are shown in all languages
    """

    def __init__(self, lang: str) -> None:
        # The whole text comes with each change: the server never holds another text than the editor.
        super().__init__("egovkg", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.lang = lang
        self.files = OpenFiles()
        self.addresses: dict[Path, str] = {}  # open file -> its address, spelt as the editor spells it
        self.changes = 0  # so far; a check that is overtaken by a change is left out
        self._checking = asyncio.Lock()
        self.last_lists: CandidateLists | None = None  # of the last file that was asked about

    def text(self, uri: str) -> str:
        """Return the text of an open file, as it is in the editor."""
        return self.workspace.get_text_document(uri).source

    def position(self, rows: Sequence[str], row: int, column: int) -> types.Position:
        """Convert a place in characters to one in the units of the client, UTF-16 by default."""
        return self.workspace.position_codec.position_to_client_units(rows, types.Position(row, column))

    async def check(self, path: Path) -> None:
        """Check the open files of a corpus, and send their problems."""
        async with self._checking:
            loop = asyncio.get_running_loop()
            problems = await loop.run_in_executor(None, self.files.problems, path)
        for file, found in problems.items():
            uri = self.addresses.get(file, file.as_uri())
            self._send(uri, self._diagnostics(file, found))

    def clear(self, uri: str) -> None:
        """Take back the problems of a file."""
        self._send(uri, [])

    def _send(self, uri: str, diagnostics: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))

    def _diagnostics(self, file: Path, problems: Sequence[Problem]) -> list[types.Diagnostic]:
        if not problems:
            return []
        uri = self.addresses.get(file)
        rows = rows_of(self.text(uri) if uri else input_text(file, str(file)))
        return [self._diagnostic(problem, rows) for problem in problems]

    def _diagnostic(self, problem: Problem, rows: list[str]) -> types.Diagnostic:
        span = span_of(problem, rows)
        start = self.position(rows, span.row, span.start)
        end = self.position(rows, span.row, span.end)
        return types.Diagnostic(
            types.Range(start, end),
            problem.fault.text(self.lang),
            severity=_SEVERITIES[problem.severity],
            code=problem.code,
            source="egovkg",
        )

    async def lists(self, path: Path) -> CandidateLists | None:
        """Return what can be written in a file; ``None`` for a file of others."""
        if not is_ours(path):
            return None
        if self.files.lexicon(path) is None:
            await self.check(path)
        lexicon = self.files.lexicon(path)
        if lexicon and (self.last_lists is None or self.last_lists.lexicon is not lexicon):
            self.last_lists = CandidateLists(lexicon, self.lang)
        return self.last_lists

    def cursor(self, uri: str, position: types.Position) -> tuple[Cursor, list[str]]:
        """Describe a place in a file, and return the lines of the file."""
        rows = rows_of(self.text(uri))
        place = self.workspace.position_codec.position_from_client_units(rows, position)
        return cursor_at(rows, place.line, place.character, is_register=is_register(_path(uri))), rows


def language_server(lang: str) -> EditorServer:
    """Make the server; `start_io()` runs it until the editor ends it."""
    server = EditorServer(lang)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    options = types.CompletionOptions(trigger_characters=_TRIGGERS, resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, options)(_completion)
    server.feature(types.COMPLETION_ITEM_RESOLVE)(_resolved_item)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(_definition)
    return server


async def _changed(ls: EditorServer, params: _Change) -> None:
    """Take over a file that was opened, changed or saved; check it when no change follows for a while."""
    uri = params.text_document.uri
    path = _path(uri)
    if not is_ours(path):
        return
    ls.addresses[path] = uri
    ls.files.put(path, ls.text(uri))
    ls.changes += 1
    change = ls.changes
    await asyncio.sleep(PAUSE)
    if change != ls.changes:
        return
    try:
        await ls.check(path)
    except EgovError as error:
        ls.window_log_message(types.LogMessageParams(types.MessageType.Error, error.text(ls.lang)))


async def _closed(ls: EditorServer, params: types.DidCloseTextDocumentParams) -> None:
    """Forget a file, and take its problems back."""
    uri = params.text_document.uri
    ls.files.remove(_path(uri))
    ls.addresses.pop(_path(uri), None)
    ls.clear(uri)


async def _completion(ls: EditorServer, params: types.CompletionParams) -> types.CompletionList | None:
    """List what can be written at a place."""
    uri = params.text_document.uri
    lists = await ls.lists(_path(uri))
    if lists is None:
        return None
    cursor, rows = ls.cursor(uri, params.position)
    completion = complete(cursor, lists)
    row = min(params.position.line, len(rows) - 1)
    span = types.Range(ls.position(rows, row, completion.start), ls.position(rows, row, cursor.column))
    typed = cursor.line[completion.start : cursor.column]
    items = [_item(candidate, order, span, typed) for order, candidate in enumerate(completion.candidates)]
    return types.CompletionList(is_incomplete=not completion.is_whole, items=items)


def _item(candidate: Candidate, order: int, span: types.Range, typed: str) -> types.CompletionItem:
    """Word a candidate; editors keep the order of the list, and what fits by a name that they do not see."""
    return types.CompletionItem(
        candidate.name,
        kind=_KINDS[candidate.kind],
        detail=candidate.detail,
        sort_text=f"{order:04d}",
        filter_text=typed if candidate.kind is CandidateKind.ENTITY else candidate.text,
        text_edit=types.TextEdit(span, candidate.text),
        data=candidate.subject,
    )


async def _resolved_item(ls: EditorServer, item: types.CompletionItem) -> types.CompletionItem:
    """Add the description of a candidate that the editor shows."""
    lists = ls.last_lists
    if lists and isinstance(item.data, str):
        item.documentation = _markdown(describe(item.data, lists.lexicon, ls.lang))
    return item


async def _hover(ls: EditorServer, params: types.HoverParams) -> types.Hover | None:
    """Describe the name at a place; nothing where there is none."""
    uri = params.text_document.uri
    lists = await ls.lists(_path(uri))
    if lists is None:
        return None
    cursor, rows = ls.cursor(uri, params.position)
    name, start, end = name_at(cursor)
    description = describe(name, lists.lexicon, ls.lang) if name else ""
    if not description:
        return None
    row = params.position.line
    span = types.Range(ls.position(rows, row, start), ls.position(rows, row, end))
    return types.Hover(_markdown(description), span)


async def _definition(ls: EditorServer, params: types.DefinitionParams) -> types.Location | None:
    """Find the entry of the entity at a place."""
    uri = params.text_document.uri
    lists = await ls.lists(_path(uri))
    name = name_at(ls.cursor(uri, params.position)[0])[0]
    entity = lists.lexicon.register.get(name) if lists else None
    if entity is None:
        return None
    place = types.Position(entity.line - 1, 0)
    return types.Location(absolute(entity.file).as_uri(), types.Range(place, place))


def _markdown(text: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, text)


def _path(uri: str) -> Path:
    """Return the path of a file; for a text that has no file, its name in the current folder."""
    return resolved(Path(to_fs_path(uri) or uri.rpartition(":")[2]))
