"""Merging of accepted proposals into register files: only `same_as` lists change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from ...errors import ProposalError
from ...files import write_atomically
from ...words import message
from ..text.input_files import input_text
from ..text.yaml_text import compose, key_nodes, list_items, map_values, scalar_text
from .entries import KEYS, find_registers, read_register

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from .entries import RawEntry
    from .proposals import Proposal

_KEY = "same_as"
_LATER_KEYS = KEYS[KEYS.index(_KEY) + 1 :]  # those before which it is inserted


def accept(proposals: Iterable[Proposal], folders: Iterable[Path]) -> tuple[tuple[str, str, Path], ...]:
    """Merge the accepted proposals into the register files of corpus folders.

    :returns: entity, IRI and file of each merged proposal; without those already present
    :raises ProposalError: if an entity is in no file, or its entry cannot be edited; nothing was changed
    :raises InputError: if a register file is unreadable or no text
    :raises WriteError: if a file cannot be written
    """
    paths = [path for folder in folders for path in find_registers(folder)]
    texts = {path: input_text(path, str(path)) for path in paths}
    registers = _paths_by_prefix(texts)
    merged = []
    for proposal in proposals:
        if not proposal.accepted:
            continue
        prefix, _, name = proposal.entity.partition(":")
        if prefix not in registers:
            raise ProposalError(
                message(__package__, "proposals.no-register", entity=proposal.entity, prefix=prefix)
            )
        path = registers[prefix]
        before = texts[path]
        texts[path] = with_same_as(before, name, proposal.same_as, str(path))
        if texts[path] != before:
            merged.append((proposal.entity, proposal.same_as, path))
    for path in dict.fromkeys(path for _, _, path in merged):
        write_atomically(path, texts[path].encode(), str(path))
    return tuple(merged)


def _paths_by_prefix(texts: Mapping[Path, str]) -> dict[str, Path]:
    registers = ((path, read_register(text, str(path))[0]) for path, text in texts.items())
    return {register.prefix: path for path, register in registers if register is not None}


def with_same_as(text: str, name: str, iri: str, file: str) -> str:
    """Add an IRI to an entry in the text of a register; nothing else changes.

    :returns: the unchanged text if the IRI is already present
    :raises ProposalError: if the entry is missing, or the result would not be a valid register
    """
    entry = map_values(map_values(compose(text)).get("entities")).get(name)
    if not isinstance(entry, yaml.MappingNode) or entry.flow_style or not entry.value:
        raise ProposalError(message(__package__, "proposals.no-entry", file=file, name=name))
    values = map_values(entry)
    addresses = [scalar_text(item) for item in list_items(values.get(_KEY))]
    if iri in addresses:
        return text
    lines = text.split("\n")
    first_key, _ = entry.value[0]
    line = f"{' ' * first_key.start_mark.column}{_KEY}: [{', '.join([*addresses, iri])}]"
    if _KEY in values:
        first, last = _span(entry, _KEY)
        end = values[_KEY].end_mark
        remainder = lines[end.line][end.column :] if end.line == last - 1 else ""  # as a comment
        lines[first:last] = [line + remainder]
    else:
        lines.insert(_insertion_line(entry), line + ("\r" if "\r\n" in text else ""))
    edited = "\n".join(lines)
    _check_edit(text, edited, (name, iri), file)
    return edited


def _span(entry: yaml.MappingNode, name: str) -> tuple[int, int]:
    """Return the first line of a key, and the line after its value.

    :raises KeyError: if the entry does not have the key
    """
    for key, value in entry.value:
        if scalar_text(key) == name:
            end = value.end_mark
            return key.start_mark.line, end.line + (1 if end.column > key.start_mark.column else 0)
    raise KeyError(name)


def _insertion_line(entry: yaml.MappingNode) -> int:
    """Return the line at which `same_as` is inserted: before the keys that follow it, else at the end."""
    for key, _ in key_nodes(entry):
        if scalar_text(key) in _LATER_KEYS:
            return int(key.start_mark.line)
    return _span(entry, scalar_text(entry.value[-1][0]))[1]


def _check_edit(before: str, after: str, addition: tuple[str, str], file: str) -> None:
    """Verify that an edit extended one list and changed nothing else.

    :param addition: name of the entry, and the added IRI
    :raises ProposalError: if anything else changed
    """
    name, iri = addition
    edited, problems = read_register(after, file)
    original, _ = read_register(before, file)
    expected = _contents(original.entries if original else ())
    values, lists = expected[name]
    expected[name] = (values, {**lists, _KEY: (*lists.get(_KEY, ()), iri)})
    if problems or edited is None or _contents(edited.entries) != expected:
        unknown_layout = message(__package__, "proposals.unknown-layout")
        reason = problems[0].fault.problem if problems else unknown_layout
        raise ProposalError(
            message(__package__, "proposals.not-editable", file=file, name=name, reason=reason)
        )


def _contents(
    entries: Sequence[RawEntry],
) -> dict[str, tuple[dict[str, str], dict[str, tuple[str, ...]]]]:
    return {entry.name: (dict(entry.values), dict(entry.lists)) for entry in entries}
