"""Register files in YAML: the entries of one prefix, with class, labels and aliases.

The class of an entity is stated only here; articles only refer to entities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ...problems import Problem
from ...words import languages
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..text.corpus_languages import LABEL_LANGUAGES
from ..text.input_files import files_in
from ..text.yaml_text import (
    compose,
    key_nodes,
    known_values,
    list_items,
    node_place,
    scalar_text,
    yaml_problem,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ...problems import Fault
    from .entity import KeyPlaces

KEYS = (
    "kind",
    *languages(),
    "short",
    "aliases",
    "territory",
    "within",
    "branch_of",
    "from",
    "until",
    "succeeded_by",
    "changes",
    "code",
    "edition",
    "number",
    "date",
    "issuer",
    "same_as",
    "component",
    "source",
    "note",
)
REQUIRED_KEYS = ("kind", *LABEL_LANGUAGES)
LIST_KEYS = ("aliases", "succeeded_by", "changes", "same_as", "component")
_TOP_KEYS = ("prefix", "entities")
_PREFIX = re.compile(r"[a-z][a-z0-9]{0,19}")  # without a hyphen: prefix-name then has one reading
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
CODE_PREFIX = "code"  # what stands before a code of the ontology: no register may have it


@dataclass(frozen=True)
class RawRegister:
    """One register file as parsed: its prefix and entries, before checks across files."""

    file: str
    prefix: str
    entries: tuple[RawEntry, ...]


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as parsed.

    :param file: where it stands, if not in the file of its register
    """

    name: str
    line: int
    values: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    places: KeyPlaces
    file: str = ""

    def place(self, key: str) -> tuple[int, int]:
        """Return line and column of a key; those of the entry if it lacks the key."""
        return self.places.get(key) or self.places[""]


def is_prefix(text: str) -> bool:
    """Tell whether a text is allowed as the prefix of a register.

    >>> is_prefix("tq"), is_prefix("code"), is_prefix("Tuyên Quang")
    (True, False, False)
    """
    return text != CODE_PREFIX and _PREFIX.fullmatch(text) is not None


@lru_cache(maxsize=512)  # a process that checks many corpora reads the shipped registers once
def read_register(text: str, file: str) -> tuple[RawRegister | None, tuple[Problem, ...]]:
    """Parse one register file.

    :returns: the register, or ``None`` if the file is no register; and all problems
    """
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        return None, (yaml_problem(error, text, file),)
    top, faults = known_values(node, _TOP_KEYS)
    problems = [Problem(file, *node_place(key), flaw) for key, flaw in faults]
    prefix, entities = top.get("prefix"), top.get("entities")
    if prefix is None or not isinstance(entities, yaml.MappingNode):
        problems.append(Problem(file, 1, 1, fault("KG012.no-register")))
        return None, tuple(problems)
    if not is_prefix(scalar_text(prefix)):
        malformed = fault("KG018.malformed-prefix", prefix=scalar_text(prefix))
        problems.append(Problem(file, *node_place(prefix), malformed))
        return None, tuple(problems)
    entries, entry_problems = _read_entries(entities, file)
    return RawRegister(file, scalar_text(prefix), entries), (*problems, *entry_problems)


def _read_entries(entities: yaml.Node, file: str) -> tuple[tuple[RawEntry, ...], list[Problem]]:
    entries: dict[str, RawEntry] = {}
    problems: list[Problem] = []
    for key, value in key_nodes(entities):
        entry, entry_problems = _read_entry(key, value, file)
        problems += entry_problems
        if first := entries.get(entry.name):
            repeated = fault("KG017.repeated-entry", name=entry.name, line=first.line)
            problems.append(Problem(file, *node_place(key), repeated))
        entries.setdefault(entry.name, entry)
    return tuple(entries.values()), problems


def _read_entry(name_node: yaml.Node, node: yaml.Node, file: str) -> tuple[RawEntry, list[Problem]]:
    name = scalar_text(name_node)
    values: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    places = {"": node_place(name_node)}
    problems: list[Problem] = []
    for key_node, value in key_nodes(node):
        key = scalar_text(key_node)
        if flaw := _key_fault(key, value, places):
            problems.append(Problem(file, *node_place(key_node), flaw))
        elif key in LIST_KEYS:
            lists[key] = tuple(scalar_text(item) for item in list_items(value))
        else:
            values[key] = scalar_text(value).strip()
        places.setdefault(key, node_place(key_node))
    problems += [
        Problem(file, *places[""], fault("KG014.missing-key-of", key=key, name=name))
        for key in REQUIRED_KEYS
        if not values.get(key)
    ]
    return RawEntry(name, places[""][0], values, lists, places), problems


def _key_fault(key: str, value: yaml.Node, places: KeyPlaces) -> Fault | None:
    if key not in KEYS:
        return with_suggestion(fault("KG013.unknown-key", key=key, keys=KEYS), key, KEYS)
    if key in places:
        return fault("KG013.repeated-key", key=key)
    is_list = key in LIST_KEYS
    items = list_items(value) if is_list else [value]
    if not all(isinstance(item, yaml.ScalarNode) for item in items):
        return fault("KG012.no-list-of-values" if is_list else "KG012.no-single-value", key=key)
    if key != "same_as":
        return None
    texts = [scalar_text(item) for item in items]
    malformed = next((text for text in texts if not _ADDRESS.fullmatch(text)), None)
    return None if malformed is None else fault("KG019.no-web-address", text=malformed)


def find_registers(folder: Path) -> tuple[Path, ...]:
    """List the register files of a corpus folder, sorted by name."""
    return files_in(folder / "register", ".yaml")
