"""Proposals of links for the register: a YAML file that a person edits before it is merged.

Only proposals with `accepted: true` are merged (by :mod:`.same_as`), and only as `same_as`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import yaml

from ...errors import ProposalError
from ...ontology.qualifiers import Certainty
from ...words import catalogue, message
from ..text.file_kinds import foreign_kind
from ..text.input_files import input_text
from ..text.yaml_text import compose, map_values, node_place, scalar_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from ...words import Message

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_OWN_KINDS = frozenset({"proposals", "yaml"})
_YES = frozenset({"true", "yes"})
_NO = frozenset({"false", "no", ""})


@dataclass(frozen=True)
class Proposal:
    """A proposed link from one entity to one external IRI.

    :param entity: CURIE of the entity
    :param same_as: the IRI that may identify the same entity
    :param labels: labels of the external item by language
    :param code: ISO 3166-2 code of the item; empty without one
    :param place: longitude and latitude of the item
    :param reasons: reasons for and against the link
    """

    entity: str
    same_as: str
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    place: tuple[str, str] | None = None
    reasons: tuple[Message, ...] = ()
    certainty: Certainty = Certainty.LOW
    accepted: bool = False

    def doubted(self, reason: Message) -> Proposal:
        """Return the proposal with lower certainty and an additional reason."""
        return replace(self, certainty=Certainty.LOW, reasons=(*self.reasons, reason))

    def why(self, lang: str) -> str:
        """Word the reasons in a language."""
        return ", ".join(reason.text(lang) for reason in self.reasons)


def as_yaml(proposals: Iterable[Proposal], source: str, day: date, lang: str) -> str:
    """Return proposals as YAML for a person to edit.

    :param source: address of the endpoint that was queried
    """
    head = "".join(f"# {line}\n" for line in catalogue(__package__, lang).below("head").values())
    blocks = "".join(_block(proposal, lang) for proposal in proposals)
    listed = f"proposals:\n{blocks}" if blocks else "proposals: []\n"
    return f"{head}source: {_quoted(source)}\nasked: {day.isoformat()}\n{listed}"


def _quoted(text: str) -> str:
    """Return a double-quoted YAML scalar; line ends and forbidden characters are escaped."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _block(proposal: Proposal, lang: str) -> str:
    lines = [
        f"  - entity: {proposal.entity}",
        f"label: {_quoted(proposal.label)}",
        f"same_as: {_quoted(proposal.same_as)}",
    ]
    if proposal.labels:
        labels = ", ".join(f"{code}: {_quoted(label)}" for code, label in proposal.labels.items())
        lines.append(f"labels: {{{labels}}}")
    if proposal.code:
        lines.append(f"iso_3166_2: {_quoted(proposal.code)}")
    if proposal.place:
        longitude, latitude = proposal.place
        lines.append(f"coordinates: {{latitude: {latitude}, longitude: {longitude}}}")
    lines.append(f"why: {_quoted(proposal.why(lang))}")
    lines.append(f"certainty: {proposal.certainty.value}")
    lines.append(f"accepted: {'true' if proposal.accepted else 'false'}")
    return "\n    ".join(lines) + "\n"


def read_proposals_file(path: Path) -> tuple[Proposal, ...]:
    """Read the proposals in a file.

    :raises InputError: if the file is unreadable or no text
    :raises ProposalError: if it was not written by this program, or a line is invalid
    """
    text = input_text(path, str(path)).removeprefix("\ufeff")
    kind = foreign_kind(text.encode(), path.name)
    if kind and kind.name not in _OWN_KINDS:
        raise ProposalError(message(__package__, "proposals.foreign", file=str(path), kind=kind.label))
    return read_proposals(text, str(path))


def read_proposals(text: str, file: str) -> tuple[Proposal, ...]:
    """Read proposals that a person has edited; only `entity`, `same_as` and `accepted` are used.

    :raises ProposalError: naming the invalid line
    """
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())[:120]
        raise ProposalError(message(__package__, "proposals.not-yaml", file=file, reason=reason)) from error
    listed = map_values(node).get("proposals")
    if not isinstance(listed, yaml.SequenceNode):
        raise ProposalError(message(__package__, "proposals.no-list", file=file))
    return tuple(_read(item, file) for item in listed.value)


def _read(node: yaml.Node, file: str) -> Proposal:
    line, _ = node_place(node)
    values = {key: scalar_text(value) for key, value in map_values(node).items()}
    for key in ("entity", "same_as"):
        if not values.get(key):
            raise ProposalError(message(__package__, "proposals.missing-key", file=file, line=line, key=key))
    answer = values.get("accepted", "").lower()
    if answer not in _YES | _NO:
        raise ProposalError(message(__package__, "proposals.bad-answer", file=file, line=line, answer=answer))
    return Proposal(values["entity"], values["same_as"], accepted=answer in _YES)


def kept_answers(new: Iterable[Proposal], answered: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Copy the decisions of a person from earlier proposals to the new ones."""
    accepted = {(proposal.entity, proposal.same_as) for proposal in answered if proposal.accepted}
    return tuple(
        replace(proposal, accepted=(proposal.entity, proposal.same_as) in accepted) for proposal in new
    )
