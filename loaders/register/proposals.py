"""Proposals for the register: a YAML file that a person edits, and the merging of what was accepted.

Only `accepted: true` is merged, and only as `same_as`; every other line of the register stays as it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import yaml

from ...errors import ProposalError
from ...files import write_atomically
from ...ontology.qualifiers import Certainty
from ..text.yaml_text import compose, scalar_text
from .entries import KEYS, find_registers, read_register

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from .entries import RawEntry

_HEAD = """# Proposals for the register. Read each, write `accepted: true` where it is right, then run
#   egovkg link wikidata --accept THIS_FILE --corpus DIR
"""
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_YES = frozenset({"true", "yes"})
_NO = frozenset({"false", "no", ""})


@dataclass(frozen=True)
class Proposal:
    """One address for one entity.

    :param entity: its CURIE
    :param same_as: the address that may name the same thing
    :param certainty: high, medium or low
    :param place: longitude and latitude
    """

    entity: str
    same_as: str
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    place: tuple[str, str] | None = None
    why: str = ""
    certainty: str = Certainty.LOW
    accepted: bool = False

    def doubted(self, reason: str) -> Proposal:
        """Lower the certainty, and say why."""
        return replace(self, certainty=Certainty.LOW, why=f"{self.why}, {reason}")


def as_yaml(proposals: Iterable[Proposal], source: str, day: date) -> str:
    """Write proposals for a person to read."""
    blocks = "".join(_block(one) for one in proposals)
    head = f"{_HEAD}source: {_quoted(source)}\nasked: {day.isoformat()}\n"
    return f"{head}proposals:\n{blocks}" if blocks else f"{head}proposals: []\n"


def _quoted(text: str) -> str:
    """Write a YAML text in double quotes; what YAML takes for a line end, or refuses, is escaped."""
    return _ODD.sub(lambda odd: f"\\u{ord(odd[0]):04x}", json.dumps(text, ensure_ascii=False))


def _block(one: Proposal) -> str:
    lines = [f"  - entity: {one.entity}", f"label: {_quoted(one.label)}", f"same_as: {_quoted(one.same_as)}"]
    if one.labels:
        lines.append("labels: {" + ", ".join(f"{k}: {_quoted(v)}" for k, v in one.labels.items()) + "}")
    if one.code:
        lines.append(f"iso_3166_2: {_quoted(one.code)}")
    if one.place:
        lines.append(f"coordinates: {{latitude: {one.place[1]}, longitude: {one.place[0]}}}")
    lines += [f"why: {_quoted(one.why)}", f"certainty: {one.certainty}"]
    lines.append(f"accepted: {'true' if one.accepted else 'false'}")
    return "\n    ".join(lines) + "\n"


def read_proposals(text: str, file: str) -> tuple[Proposal, ...]:
    """Read what a person has edited; only `entity`, `same_as` and `accepted` count.

    :raises ProposalError: naming the line that cannot be used
    """
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        raise ProposalError(f"{file}: not YAML ({' '.join(str(error).split())[:120]}) — mend it") from error
    top = _pairs(node)
    listed = top.get("proposals")
    if not isinstance(listed, yaml.SequenceNode):
        raise ProposalError(f"{file}: no list `proposals:` — give a file that egovkg link wikidata wrote")
    return tuple(_read(one, file) for one in listed.value)


def _pairs(node: yaml.Node | None) -> dict[str, yaml.Node]:
    return (
        {scalar_text(key): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
    )


def _read(node: yaml.Node, file: str) -> Proposal:
    line = node.start_mark.line + 1
    values = {name: scalar_text(value) for name, value in _pairs(node).items()}
    missing = [name for name in ("entity", "same_as") if not values.get(name)]
    if missing:
        raise ProposalError(f"{file}:{line}: no {missing[0]} — give it, or remove the proposal")
    answer = values.get("accepted", "").lower()
    if answer not in _YES | _NO:
        raise ProposalError(f'{file}:{line}: accepted: "{answer}" — write true or false')
    return Proposal(values["entity"], values["same_as"], accepted=answer in _YES)


def kept_answers(new: Iterable[Proposal], old: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Carry the answers that a person gave over to proposals made anew."""
    accepted = {(one.entity, one.same_as) for one in old if one.accepted}
    return tuple(replace(one, accepted=(one.entity, one.same_as) in accepted) for one in new)


def accept(proposals: Iterable[Proposal], folders: Iterable[Path]) -> tuple[tuple[str, str, Path], ...]:
    """Merge the accepted proposals into the register files of corpus folders.

    :returns: entity, address and file of each that was merged; without those that were there
    :raises ProposalError: if an entity stands in no file, or an entry cannot be edited; nothing was changed
    :raises InputError: if a file cannot be written
    """
    texts = {path: path.read_bytes().decode() for one in folders for path in find_registers(one)}
    prefixes = {}
    for path, text in texts.items():
        register, _ = read_register(text, str(path))
        if register is not None:
            prefixes[register.prefix] = path
    changed: dict[Path, str] = {}
    merged = []
    for one in (one for one in proposals if one.accepted):
        prefix, _, name = one.entity.partition(":")
        if prefix not in prefixes:
            raise ProposalError(f"{one.entity}: no register has the prefix {prefix} — give its --corpus")
        path = prefixes[prefix]
        before = changed.get(path, texts[path])
        after = with_same_as(before, name, one.same_as, str(path))
        if after != before:
            changed[path] = after
            merged.append((one.entity, one.same_as, path))
    for path, text in changed.items():
        write_atomically(path, text.encode(), str(path))
    return tuple(merged)


def with_same_as(text: str, name: str, iri: str, file: str) -> str:
    """Add an address to an entry of a register's text; nothing else changes.

    :returns: the text itself when the address is there
    :raises ProposalError: if the entry is missing, or the result would be no good register
    """
    entry = _pairs(_pairs(compose(text)).get("entities")).get(name)
    if not isinstance(entry, yaml.MappingNode) or entry.flow_style or not entry.value:
        raise ProposalError(f"{file}: no entry {name} to edit — add it, one key a line")
    keys = _pairs(entry)
    there = _addresses(keys.get("same_as"))
    if iri in there:
        return text
    lines = text.split("\n")
    line = f"{' ' * entry.value[0][0].start_mark.column}same_as: [{', '.join([*there, iri])}]"
    if "same_as" in keys:
        first, last = _span(entry, "same_as")
        end = keys["same_as"].end_mark
        rest = lines[end.line][end.column :] if end.line == last - 1 else ""  # as a comment
        lines[first:last] = [line + rest]
    else:
        lines.insert(_place(entry), line + ("\r" if "\r\n" in text else ""))
    return _checked("\n".join(lines), text, name, iri, file)


def _addresses(node: yaml.Node | None) -> list[str]:
    if isinstance(node, yaml.SequenceNode):
        return [scalar_text(item) for item in node.value]
    return [scalar_text(node)] if node is not None else []


def _span(entry: yaml.MappingNode, name: str) -> tuple[int, int]:
    """Tell the first line of a key, and the line after its value."""
    for key, value in entry.value:
        if scalar_text(key) == name:
            end = value.end_mark
            return key.start_mark.line, end.line + (1 if end.column > key.start_mark.column else 0)
    raise KeyError(name)


def _place(entry: yaml.MappingNode) -> int:
    """Tell the line at which `same_as` belongs: before the keys that follow it, else at the end."""
    later = KEYS[KEYS.index("same_as") + 1 :]
    for key, _ in entry.value:
        if scalar_text(key) in later:
            return int(key.start_mark.line)
    return _span(entry, scalar_text(entry.value[-1][0]))[1]


def _checked(new: str, old: str, name: str, iri: str, file: str) -> str:
    """Make sure that one list grew and nothing else changed."""
    after, problems = read_register(new, file)
    before, _ = read_register(old, file)
    wanted = _contents(before.entries if before else ())
    values, lists = wanted[name]
    wanted[name] = (values, {**lists, "same_as": (*lists.get("same_as", ()), iri)})
    if problems or after is None or _contents(after.entries) != wanted:
        reason = str(problems[0]) if problems else "its layout is not understood"
        raise ProposalError(f"{file}: {name} cannot be edited ({reason}) — add same_as by hand")
    return new


def _contents(entries: Sequence[RawEntry]) -> dict[str, tuple[dict[str, str], dict[str, tuple[str, ...]]]]:
    return {one.name: (dict(one.values), dict(one.lists)) for one in entries}
