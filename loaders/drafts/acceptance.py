"""Decisions on proposals: accepted ones become statements, with register entries and a digest."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...errors import InputError
from ...problems import Problem
from ..article.frontmatter import read_front, split_front
from ..faults.messages import fault
from ..pipeline.corpus import displayed_path, find_articles, folder_of
from ..pipeline.lexicon_files import load_lexicon
from ..pipeline.scaffold import write_files
from ..text.file_kinds import is_article
from ..text.input_files import input_bytes
from ..text.reading import read_bytes
from .digest import DigestWriter, as_rows
from .draft_files import ORIGINALS
from .proposal_lines import (
    DIGESTS,
    MENTIONS,
    accepted_row,
    block_rows,
    digest_words,
    is_rejected,
    mention_row,
    open_proposals,
    paragraphs,
    rejected_row,
    superseded_mentions,
)
from .proposals import CLAIMS, FIGURES
from .register_drafts import RegisterDrafts
from .statement_text import curies_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path
    from typing import TypeAlias

    from .line_guard import LineGuard
    from .proposal_lines import OpenProposal, ParagraphRows
    from .register_drafts import RegisterState

    ArticleState: TypeAlias = tuple[tuple[str, ...], RegisterState]

_TARGETS = re.compile(r"\]\(([^()\s]+)\)")  # of the mentions in a digest


class DraftArticle:
    """An article with open proposals, and the registers with proposed entries beside it.

    :param path: the file of the article
    :ivar guard: what refuses changes that bring errors; by default nothing does
    :raises InputError: if it is no article, or cannot be read
    """

    def __init__(self, path: Path) -> None:
        self.path, self.folder = path, folder_of(path)
        self._file = displayed_path(path)
        decoded = read_bytes(input_bytes(path, self._file, allow_pipe=False), self._file)
        if decoded.text is None:
            raise InputError(decoded.problems)
        if not is_article(decoded.text):
            raise InputError([Problem(self._file, 1, 1, fault("KG007.other-text"))])
        self.rows = decoded.text.split("\n")
        front = read_front(split_front(decoded.text, self._file)[0], self._file)[0]
        self.head = dict(front.values) if front else {}
        self.article = self.head.get("article", path.name.partition(".")[0])
        self.lexicon = load_lexicon([self.folder]).lexicon
        self.registers = RegisterDrafts(self.folder)
        self._writer = DigestWriter(self.lexicon, self.labels)
        self.guard: LineGuard | None = None
        self._saved = self.state()

    def proposals(self) -> tuple[OpenProposal, ...]:
        """List the open proposals."""
        return open_proposals(self.rows)

    def original(self) -> str:
        """Return the original text beside the corpus; empty if this machine does not hold it."""
        path = self.folder / ORIGINALS / f"{self.article}.txt"
        return path.read_text("utf-8") if path.is_file() else ""

    def labels(self, curie: str) -> Mapping[str, str]:
        """Return the labels of an entity or of a proposed entry by language; empty for an unknown one."""
        entity = self.lexicon.register.get(curie)
        return entity.values if entity else self.registers.proposed.get(curie, {})

    def kind(self, curie: str) -> str:
        """Return the class of an entity or of a proposed entry; empty for an unknown one."""
        entity = self.lexicon.register.get(curie)
        return entity.kind if entity else self.registers.proposed.get(curie, {}).get("kind", "")

    def is_new(self, curie: str) -> bool:
        """Tell whether a CURIE is that of a proposed entry."""
        return curie in self.registers.proposed and self.lexicon.register.get(curie) is None

    def accept(self, proposals: Iterable[OpenProposal], edited: Mapping[int, str] | None = None) -> int:
        """Take proposals over, with the entries that they need, and word the digests of their paragraphs.

        A digest that a person wrote stays as it is.

        :param edited: number of a proposal → the statement that replaces it
        :returns: how many were taken over
        :raises WriteError: if a file cannot be written
        """
        old_words = {part.name: self._writer.word(part) for part in paragraphs(self.rows)}
        chosen = self._current(proposals)
        for proposal in chosen:
            content = (edited or {}).get(proposal.number, proposal.content)
            self.rows[proposal.row] = accepted_row(proposal, self.rows[proposal.row], content)
            if proposal.kind == MENTIONS and content != proposal.content:
                self._rename(proposal, content)
            for curie in _curies(proposal.kind, content):
                self.registers.accept(curie)
        touched = {proposal.paragraph for proposal in chosen}
        self._drop_superseded(touched)
        self._word(touched, old_words)
        self._drop_unused([proposal.content for proposal in chosen if proposal.number in (edited or {})])
        for proposal in chosen:
            if proposal.kind == DIGESTS:
                self._take_digest(proposal, old_words[proposal.paragraph])
        self.save()
        return len(chosen)

    def _current(self, proposals: Iterable[OpenProposal]) -> list[OpenProposal]:
        """Return proposals with their lines of now; lines move when statements and digests are added."""
        rows = {proposal.number: proposal.row for proposal in self.proposals()}
        return [replace(proposal, row=rows[proposal.number]) for proposal in proposals]

    def _rename(self, mention: OpenProposal, curie: str) -> None:
        """Let the open statements of a paragraph be about what the author says that a name means.

        They stay as they are while another name of the paragraph still means the old thing.
        """
        part = self._part(mention.paragraph)
        others = [*part.mentions, *(other.content for other in self._open_of(part.name, MENTIONS))]
        if mention.content not in others:
            for other in self._open_of(part.name, CLAIMS, FIGURES):
                old = re.compile(rf"(?<!\S){re.escape(mention.content)}(?!\S)")
                self.rows[other.row] = old.sub(curie, self.rows[other.row])

    def _open_of(self, paragraph: str, *kinds: str) -> list[OpenProposal]:
        return [
            proposal
            for proposal in self.proposals()
            if proposal.paragraph == paragraph and proposal.kind in kinds
        ]

    def _take_digest(self, proposal: OpenProposal, old_words: tuple[str, str]) -> None:
        """Take a proposed digest over where nobody wrote one."""
        part = self._part(proposal.paragraph)
        if _digest(self.rows, part) in {(), old_words, self._writer.word(part)}:
            self._replace(part, *digest_words(proposal))

    def reject(self, proposals: Iterable[OpenProposal]) -> int:
        """Keep proposals as comments that are offered no more.

        :raises WriteError: if the file cannot be written
        """
        chosen = self._current(proposals)
        for proposal in chosen:
            self.rows[proposal.row] = rejected_row(self.rows[proposal.row])
        self._drop_unused([proposal.content for proposal in chosen])
        self.save()
        return len(chosen)

    def add_statement(self, paragraph: str, block: str, line: str) -> None:
        """Add a statement of the author to a paragraph, with the entries that it needs.

        :param block: :data:`CLAIMS` or :data:`FIGURES`
        :raises WriteError: if a file cannot be written
        """
        part = self._part(paragraph)
        old_words = {paragraph: self._writer.word(part)}
        place, rows = block_rows(self.rows, part, block, line)
        self.rows[place:place] = rows
        for curie in curies_in(line):
            self.registers.accept(curie)
        self._word({paragraph}, old_words)
        self.save()

    def add_mention(self, paragraph: str, curie: str, place: tuple[int, int]) -> None:
        """Note that a name in the original stands for an entity, whose entry is accepted.

        :param place: start and end of the name in the original
        :raises WriteError: if a file cannot be written
        """
        part = self._part(paragraph)
        old_words = {paragraph: self._writer.word(part)}
        row = part.digest[0]
        self.rows.insert(row, mention_row(self.rows, curie, place))
        self._drop_superseded({paragraph})
        self.registers.accept(curie)
        self._word({paragraph}, old_words)
        self.save()

    def _drop_superseded(self, names: Collection[str]) -> None:
        """Drop the lines of mentions whose name was cut anew from paragraphs."""
        parts = [part for part in paragraphs(self.rows) if part.name in names]
        for row in reversed([row for part in parts for row in superseded_mentions(self.rows, part)]):
            del self.rows[row]

    def digest(self, paragraph: str) -> tuple[str, str]:
        """Return the digest of a paragraph and its translation; empty texts without one."""
        return _digest(self.rows, self._part(paragraph)) or ("", "")

    def _part(self, paragraph: str) -> ParagraphRows:
        return next(part for part in paragraphs(self.rows) if part.name == paragraph)

    def _drop_unused(self, contents: Iterable[str]) -> None:
        """Take the proposed entries out that only some proposals named, which are decided on now."""
        curies = [curie for content in contents for curie in curies_in(content)]
        if any(self.is_new(curie) for curie in curies):
            rows = (row for row in self.rows if not is_rejected(row))
            self.registers.drop_unused(curies, {*curies_in("\n".join(rows)), *self._named_elsewhere})

    @cached_property
    def _named_elsewhere(self) -> frozenset[str]:
        """The CURIEs that the other articles of the folder name."""
        paths = (path for path in find_articles(self.folder) if path.name != self.path.name)
        rows = (row for path in paths for row in path.read_text("utf-8", "replace").split("\n"))
        return frozenset(curies_in("\n".join(row for row in rows if not is_rejected(row))))

    def write_digest(self, paragraph: str, text: str, translation: str) -> None:
        """Replace the digest of a paragraph by words of the author.

        :param translation: the same in the other language; empty to keep the one made of the statements
        :raises WriteError: if the file cannot be written
        """
        self._replace(self._part(paragraph), text, translation or self.digest(paragraph)[1])
        self.save()

    def save(self) -> None:
        """Write the registers, then the article.

        :raises InputError: if the article has a guard that finds new errors; then all is as at the last save
        """
        files = self._files()
        if self.guard and (problems := self.guard.refused(files)):
            self._return_to(self._saved)
            raise InputError(problems)
        self._write(files)

    def state(self) -> ArticleState:
        """Return the article and the registers as they are now."""
        return tuple(self.rows), self.registers.state()

    def restore(self, state: ArticleState) -> None:
        """Return to an earlier state, and write it.

        :raises WriteError: if a file cannot be written
        """
        self._return_to(state)
        self._write(self._files())
        if self.guard:
            self.guard.forget()

    def _return_to(self, state: ArticleState) -> None:
        rows, registers = state
        self.rows = [*rows]
        self.registers.restore(registers)

    def _files(self) -> dict[Path, str]:
        return {**self.registers.changed(), self.path: "\n".join(self.rows)}

    def _write(self, files: Mapping[Path, str]) -> None:
        write_files(files)
        self.registers.note_saved()
        self._saved = self.state()

    def _word(self, names: Iterable[str], old_words: Mapping[str, tuple[str, str]]) -> None:
        """Word the digests of paragraphs anew where nobody wrote one; from the last, since rows move."""
        touched = {*names}
        for part in reversed(paragraphs(self.rows)):
            digest = _digest(self.rows, part)
            if part.name in touched and (not digest or digest == old_words[part.name]):
                self._replace(part, *self._writer.word(part))

    def _replace(self, part: ParagraphRows, text: str, translation: str) -> None:
        first, end = part.digest
        self.rows[first:end] = as_rows(text, translation)


def _curies(kind: str, content: str) -> list[str]:
    """List the things that a proposal names; in a digest, those of its mentions."""
    return _TARGETS.findall(content) if kind == DIGESTS else curies_in(content)


def _digest(rows: list[str], part: ParagraphRows) -> tuple[str, str] | tuple[()]:
    """Return the digest and the translation of a paragraph; empty if it has none."""
    lines = [line.strip() for line in rows[part.digest[0] : part.digest[1]] if line.strip()]
    translation = " ".join(line.removeprefix(">").strip() for line in lines if line.startswith(">"))
    text = " ".join(line for line in lines if not line.startswith(">"))
    return (text, translation) if lines else ()
