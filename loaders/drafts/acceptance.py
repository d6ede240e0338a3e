"""Decisions on proposals: accepted ones become statements, with register entries and a digest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...errors import InputError
from ...problems import Problem
from ..article.frontmatter import read_front, split_front
from ..faults.messages import fault
from ..pipeline.corpus import displayed_path, folder_of
from ..pipeline.lexicon_files import load_lexicon
from ..pipeline.scaffold import write_files
from ..register.entries import read_register
from ..text.file_kinds import is_article
from ..text.input_files import input_bytes
from ..text.reading import read_bytes
from .digest import DigestWriter, as_rows, curies_in
from .draft_files import ENTRY_MARK, NO_ENTRIES, ORIGINALS
from .proposal_lines import (
    DIGESTS,
    accepted_row,
    digest_words,
    open_proposals,
    paragraphs,
    rejected_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .proposal_lines import OpenProposal, ParagraphRows

_TARGETS = re.compile(r"\]\(([^()\s]+)\)")  # of the mentions in a digest


class DraftArticle:
    """An article with open proposals, and the registers with proposed entries beside it.

    :param path: the file of the article
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
        self.article = front.values.get("article", path.name.partition(".")[0]) if front else ""
        self.lexicon = load_lexicon([self.folder]).lexicon
        self._registers = register_texts(self.folder)
        self._proposed = proposed_entries(self._registers)
        self._writer = DigestWriter(self.lexicon, self.labels)

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
        return entity.values if entity else self._proposed.get(curie, {})

    def is_new(self, curie: str) -> bool:
        """Tell whether a CURIE is that of a proposed entry."""
        return curie in self._proposed and self.lexicon.register.get(curie) is None

    def accept(self, proposals: Iterable[OpenProposal], edited: Mapping[int, str] | None = None) -> int:
        """Take proposals over, with the entries that they need, and word the digests of their paragraphs.

        A digest that a person wrote stays as it is.

        :param edited: number of a proposal → the statement that replaces it
        :returns: how many were taken over
        :raises WriteError: if a file cannot be written
        """
        old_words = {part.name: self._writer.word(part) for part in paragraphs(self.rows)}
        chosen = [*proposals]
        for proposal in chosen:
            content = (edited or {}).get(proposal.number, proposal.content)
            self.rows[proposal.row] = accepted_row(proposal, self.rows[proposal.row], content)
            for curie in _curies(proposal.kind, content):
                self._accept_entry(curie)
        self._word({proposal.paragraph for proposal in chosen}, old_words)
        for proposal in chosen:
            if proposal.kind == DIGESTS:
                self._take_digest(proposal, old_words[proposal.paragraph])
        self.save()
        return len(chosen)

    def _take_digest(self, proposal: OpenProposal, old_words: tuple[str, str]) -> None:
        """Take a proposed digest over where nobody wrote one."""
        part = next(part for part in paragraphs(self.rows) if part.name == proposal.paragraph)
        if _digest(self.rows, part) in {(), old_words, self._writer.word(part)}:
            self._replace(part, *digest_words(proposal))

    def reject(self, proposals: Iterable[OpenProposal]) -> int:
        """Keep proposals as comments that are offered no more.

        :raises WriteError: if the file cannot be written
        """
        chosen = [*proposals]
        for proposal in chosen:
            self.rows[proposal.row] = rejected_row(self.rows[proposal.row])
        self.save()
        return len(chosen)

    def write_digest(self, paragraph: str, text: str, translation: str) -> None:
        """Replace the digest of a paragraph by words of the author.

        :raises WriteError: if the file cannot be written
        """
        part = next(part for part in paragraphs(self.rows) if part.name == paragraph)
        self._replace(part, text, translation)
        self.save()

    def save(self) -> None:
        """Write the registers, then the article."""
        registers = {
            self.folder / "register" / f"{name}.yaml": text for name, text in self._registers.items()
        }
        changed = {path: text for path, text in registers.items() if path.read_text("utf-8") != text}
        write_files({**changed, self.path: "\n".join(self.rows)})

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

    # the register ------------------------------------------------------------------------------------

    def _accept_entry(self, curie: str) -> None:
        """Turn a proposed entry, and those that it refers to, from comments into an entry."""
        prefix, _, name = curie.partition(":")
        rows = self._registers.get(prefix, "").split("\n")
        opening = f"{ENTRY_MARK}  {name}:"
        if opening not in rows:
            return
        start = rows.index(opening)
        end = start + 1
        while end < len(rows) and rows[end].startswith(f"{ENTRY_MARK}    "):
            end += 1
        entry = [row.removeprefix(ENTRY_MARK) for row in rows[start:end]]
        rows[start:end] = entry
        self._registers[prefix] = "\n".join(rows).replace(NO_ENTRIES, NO_ENTRIES.partition(" ")[0])
        for referred in curies_in("\n".join(entry)):
            self._accept_entry(referred)


def _curies(kind: str, content: str) -> list[str]:
    """List the things that a proposal names; in a digest, those of its mentions."""
    return _TARGETS.findall(content) if kind == DIGESTS else curies_in(content)


def register_texts(folder: Path) -> dict[str, str]:
    """Return the registers of a corpus folder: prefix → content of the file."""
    return {path.stem: path.read_text("utf-8") for path in sorted((folder / "register").glob("*.yaml"))}


def proposed_entries(registers: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Return the entries of registers with those that drafts propose, if there are any: CURIE → values."""
    entries: dict[str, Mapping[str, str]] = {}
    for prefix, text in registers.items():
        if f"\n{ENTRY_MARK}" in text:
            register, _ = read_register(_uncommented(text), prefix)
            listed = register.entries if register else ()
            entries |= {f"{prefix}:{entry.name}": entry.values for entry in listed}
    return entries


def _uncommented(text: str) -> str:
    rows = [row.removeprefix(ENTRY_MARK) for row in text.split("\n")]
    return "\n".join(rows).replace(NO_ENTRIES, NO_ENTRIES.partition(" ")[0])


def _digest(rows: list[str], part: ParagraphRows) -> tuple[str, str] | tuple[()]:
    """Return the digest and the translation of a paragraph; empty if it has none."""
    lines = [line.strip() for line in rows[part.digest[0] : part.digest[1]] if line.strip()]
    translation = " ".join(line.removeprefix(">").strip() for line in lines if line.startswith(">"))
    text = " ".join(line for line in lines if not line.startswith(">"))
    return (text, translation) if lines else ()
