"""Completion: what can be written at the cursor, by the part of the file and what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..article.attributes import ENTITIES
from ..article.frontmatter import OPTIONAL, REQUIRED, head_choices, source_kinds
from ..article.parser import BLOCK_READERS
from ..register.entries import KEYS
from ..register.references import REFERENCE_CLASSES
from .candidates import Candidate, CandidateKind
from .cursor import FilePart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .candidates import CandidateLists
    from .cursor import Cursor

LONGEST = 200  # candidates sent at a time; typing on narrows them
_TARGET = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)$")  # an open mention: [words](prefix:na
_SURFACE = re.compile(r"\[([^\[\]()]*)$")
_FENCE = re.compile(r"\s*```\w*$")
_KEY = re.compile(r"^(\s*)([\w-]*)$")
_VALUE = re.compile(r"^\s*([\w-]+):\s+(?:.*[\s,\[])?([^\s,\[\]]*)$")
_SOURCE_KIND = re.compile(r"^source:\s+\{(?:.*,\s*)?kind:\s+([\w-]*)$")
_ATTRIBUTE = re.compile(r"([\w-]+):\s*\[?([^,{}]*)$")
_USED = re.compile(r"([\w-]+):\s")
_UNIT, _AGENT = "AdministrativeUnit", "Agent"
_HEAD_CLASSES = {"scope": _UNIT, "publisher": _AGENT}
_FIELDS = {FilePart.CLAIMS: 3, FilePart.FIGURES: 4}
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True)
class Completion:
    """The candidates for a place.

    :param start: column at which the text that they replace begins
    :param is_whole: whether these are all candidates, whatever is typed next
    """

    candidates: tuple[Candidate, ...]
    start: int
    is_whole: bool = True


def complete(cursor: Cursor, lists: CandidateLists) -> Completion:
    """List what can be written at the cursor; empty where a person writes freely."""
    candidates, start = _READERS.get(cursor.part, _nothing)(cursor, lists)
    chosen = tuple(candidates)
    return Completion(chosen[:LONGEST], start, len(chosen) <= LONGEST and not _is_narrowed(chosen))


def _is_narrowed(candidates: Sequence[Candidate]) -> bool:
    """Tell whether typing on needs a new list: entities are searched by any of their names."""
    return any(candidate.kind is CandidateKind.ENTITY for candidate in candidates)


def _nothing(cursor: Cursor, lists: CandidateLists) -> tuple[Iterable[Candidate], int]:
    return (), cursor.column


def _entities(
    typed: str, cursor: Cursor, lists: CandidateLists, required: str | None = None
) -> tuple[list[Candidate], int]:
    entities = lists.entities(typed, cursor.scope, required)
    return [lists.entity(entity) for entity in entities], cursor.column - len(typed)


def _beginning(candidates: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Choose the candidates that begin as typed, whether in small or capital letters."""
    return [candidate for candidate in candidates if candidate.text.lower().startswith(typed.lower())]


def _words(names: Iterable[str], typed: str, ending: str = "") -> list[Candidate]:
    found = [Candidate(name + ending, name, CandidateKind.ATTRIBUTE, "", name) for name in names]
    return _beginning(found, typed)


# the head and the digest -----------------------------------------------------------------------------


def _head(cursor: Cursor, lists: CandidateLists) -> tuple[Iterable[Candidate], int]:
    if key := _KEY.match(cursor.before):
        return _words((*REQUIRED, *OPTIONAL), key[2], ": "), cursor.column - len(key[2])
    value = _VALUE.match(cursor.before)
    if value and value[1] in _HEAD_CLASSES:
        return _entities(value[2], cursor, lists, _HEAD_CLASSES[value[1]])
    if kind := _SOURCE_KIND.match(cursor.before):
        return _words(source_kinds(), kind[1]), cursor.column - len(kind[1])
    if value:
        return _words(head_choices().get(value[1], ()), value[2]), cursor.column - len(value[2])
    return _nothing(cursor, lists)


def _digest(cursor: Cursor, lists: CandidateLists) -> tuple[Iterable[Candidate], int]:
    """Complete a mention: its target by the words before it, or words and target at once."""
    if target := _TARGET.search(cursor.before):
        entities = lists.entities(target[2] or target[1], cursor.scope)
        return [lists.entity(entity) for entity in entities], target.start(2)
    if surface := _SURFACE.search(cursor.before):
        start = surface.start(1)
        return [
            lists.entity(entity, f"{surface[1] or entity.label}]({entity.curie})")
            for entity in lists.entities(surface[1], cursor.scope)
        ], start
    if fence := _FENCE.match(cursor.before):
        start = fence.end() - len(fence[0].lstrip())
        fences = [f"```{name}\n\n```" for name in BLOCK_READERS]
        return _words(fences, cursor.before[start:]), start
    return _nothing(cursor, lists)


# blocks ----------------------------------------------------------------------------------------------


def _block(cursor: Cursor, lists: CandidateLists) -> tuple[Iterable[Candidate], int]:
    before = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), cursor.before)
    if '"' in before or before.lstrip().startswith("#"):
        return _nothing(cursor, lists)
    fields, brace, attributes = before.partition("{")
    if brace:
        return _nothing(cursor, lists) if "}" in attributes else _attributes(attributes, cursor, lists)
    typed = "" if not fields or fields[-1].isspace() else fields.split()[-1]
    words = fields.split()[: -1 if typed else None]
    if len(words) >= _FIELDS[cursor.part]:
        return _nothing(cursor, lists)
    return _field(words, typed, cursor, lists)


def _field(
    words: Sequence[str], typed: str, cursor: Cursor, lists: CandidateLists
) -> tuple[Iterable[Candidate], int]:
    """Complete a field of a line: subject, relation or measure, object or unit."""
    start = cursor.column - len(typed)
    if not words:
        return _entities(typed, cursor, lists)
    if cursor.part is FilePart.FIGURES:
        found = {1: lists.measures, 3: lists.units}.get(len(words))
        return (_beginning(found(), typed) if found else ()), start
    if len(words) == 1:
        return _beginning(lists.relations(words[0]), typed), start
    return _object(words[1], typed, cursor, lists)


def _object(
    relation: str, typed: str, cursor: Cursor, lists: CandidateLists
) -> tuple[Iterable[Candidate], int]:
    """Complete the object of a claim by the range of its relation."""
    vocabulary = lists.lexicon.vocabulary
    term = vocabulary.properties.get(relation)
    if term is None:
        return _entities(typed, cursor, lists)
    start = cursor.column - len(typed)
    if term.range and term.range in vocabulary.schemes:
        return _beginning(lists.codes(term.range), typed), start
    if term.kind != "object" or (term.range and lists.lexicon.fits(term.range, "StatedItem")):
        return _nothing(cursor, lists)
    return _entities(typed, cursor, lists, term.range)


def _attributes(attributes: str, cursor: Cursor, lists: CandidateLists) -> tuple[Iterable[Candidate], int]:
    """Complete the attributes in braces: a name, or a value of the last one."""
    is_in_list = attributes.count("[") > attributes.count("]")
    part = attributes[attributes.rindex("[") :] if is_in_list else attributes.rpartition(",")[2]
    named = _ATTRIBUTE.search(attributes if is_in_list else part)
    if is_in_list:
        names = _USED.findall(attributes[: attributes.rindex("[")])
        return _values(names[-1] if names else "", part.rpartition(",")[2].strip(" ["), cursor, lists)
    if named:
        return _values(named[1], named[2].strip(), cursor, lists)
    typed = part.strip()
    is_figure = cursor.part is FilePart.FIGURES
    found = lists.attributes(_USED.findall(attributes), is_figure=is_figure)
    return _beginning(found, typed), cursor.column - len(typed)


def _values(name: str, typed: str, cursor: Cursor, lists: CandidateLists) -> tuple[Iterable[Candidate], int]:
    if name in ENTITIES:
        return _entities(typed, cursor, lists)
    return _beginning(lists.attribute_values(name), typed), cursor.column - len(typed)


# registers -------------------------------------------------------------------------------------------


def _register(cursor: Cursor, lists: CandidateLists) -> tuple[Iterable[Candidate], int]:
    if key := _KEY.match(cursor.before):
        names = KEYS if key[1] else ("prefix", "entities")
        return _words(names, key[2], ": "), cursor.column - len(key[2])
    value = _VALUE.match(cursor.before)
    if value is None:
        return _nothing(cursor, lists)
    start = cursor.column - len(value[2])
    if value[1] == "kind":
        return _beginning(lists.classes(), value[2]), start
    if value[1] == "component":
        return _beginning(lists.components(), value[2]), start
    if value[1] in REFERENCE_CLASSES:
        return _entities(value[2], cursor, lists, REFERENCE_CLASSES[value[1]])
    return _nothing(cursor, lists)


_READERS = {
    FilePart.HEAD: _head,
    FilePart.DIGEST: _digest,
    FilePart.CLAIMS: _block,
    FilePart.FIGURES: _block,
    FilePart.REGISTER: _register,
}
