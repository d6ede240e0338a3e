"""The entity register: every thing an article can name, with its kind, labels and aliases.

One YAML file a prefix, parsed by PyYAML. Types live here once; articles only point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import yaml

from ...problems import Problem
from ..text.suggest import did_you_mean
from ..text.yaml_text import compose, words, yaml_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KEYS = (
    "kind",
    "vi",
    "en",
    "short",
    "aliases",
    "territory",
    "within",
    "from",
    "until",
    "succeeded_by",
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
_LISTS = ("aliases", "succeeded_by", "same_as", "component")
_PREFIX = re.compile(r"[a-z][a-z0-9]{0,19}")  # without a hyphen: prefix-name then has one reading
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
Places: TypeAlias = "Mapping[str, tuple[int, int]]"  # key -> line and column; the entry's own under ""


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One thing of the register.

    :param curie: `prefix:name`, the way articles point at it
    :param iri: its address
    :param kind: local name of its class
    :param values: the scalar keys, such as `vi`, `en`, `territory`
    :param lists: the list keys, such as `aliases`
    """

    curie: str
    iri: str
    kind: str
    file: str
    line: int
    values: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Places = field(default_factory=dict)

    def place(self, key: str) -> tuple[int, int]:
        """Tell line and column of a key; of the entry itself where it lacks the key."""
        return self.places.get(key) or self.places.get("") or (self.line, 1)

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write its name: label, short name and aliases."""
        return names_of(self.values, self.lists)


def names_of(values: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """List every way to write the name of an entry: label, short name and aliases."""
    own = (values.get("vi", ""), values.get("short", ""), *lists.get("aliases", ()))
    return tuple(dict.fromkeys(name for name in own if name))


@dataclass(frozen=True)
class RawRegister:
    """One register file as read: its prefix and entries, before any check across files."""

    file: str
    prefix: str
    entries: tuple[RawEntry, ...]


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as read."""

    name: str
    line: int
    values: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    places: Places

    def place(self, key: str) -> tuple[int, int]:
        """Tell line and column of a key; of the entry itself where it lacks the key."""
        return self.places.get(key) or self.places[""]


def read_register(text: str, file: str) -> tuple[RawRegister | None, tuple[Problem, ...]]:
    """Read one register file.

    :returns: ``None`` with the problems when the file is no register
    """
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        return None, (yaml_problem(error, text, file),)
    top, problems = _top(node, file)
    prefix, entities = top.get("prefix"), top.get("entities")
    if prefix is None or not isinstance(entities, yaml.MappingNode):
        fix = "start it with `prefix: <short name>` and `entities:`"
        problems.append(Problem(file, 1, 1, "KG012", "the register has no prefix or no entities", fix))
        return None, tuple(problems)
    if not _PREFIX.fullmatch(words(prefix)) or words(prefix) == "code":
        what, fix = f'prefix "{words(prefix)}"', "choose a short word of a–z and 0–9, other than code"
        problems.append(Problem(file, *_place(prefix), "KG018", what, fix))
        return None, tuple(problems)
    entries: dict[str, RawEntry] = {}
    for key, value in entities.value:
        entry, found = _entry(key, value, file)
        problems += found
        if first := entries.get(entry.name):
            what = f'"{entry.name}" already stands at line {first.line}'
            problems.append(Problem(file, *_place(key), "KG017", what, "give it a name of its own"))
        entries.setdefault(entry.name, entry)
    return RawRegister(file, words(prefix), tuple(entries.values())), tuple(problems)


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _top(node: yaml.Node | None, file: str) -> tuple[dict[str, yaml.Node], list[Problem]]:
    top: dict[str, yaml.Node] = {}
    problems = []
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        name = words(key)
        if name in top:
            what, fix = f'key "{name}" given twice', "keep one of them"
            problems.append(Problem(file, *_place(key), "KG013", what, fix))
        elif name not in {"prefix", "entities"}:
            fix = did_you_mean(name, ("prefix", "entities"), "known keys: prefix, entities")
            problems.append(Problem(file, *_place(key), "KG013", f'unknown key "{name}"', fix))
        else:
            top[name] = value
    return top, problems


def _entry(key: yaml.Node, node: yaml.Node, file: str) -> tuple[RawEntry, list[Problem]]:
    name = words(key)
    values: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    places = {"": _place(key)}
    problems: list[Problem] = []
    for k, v in node.value if isinstance(node, yaml.MappingNode) else ():
        word = words(k)
        if flaw := _flaw(word, v, places):
            problems.append(Problem(file, *_place(k), *flaw))
        elif word in _LISTS:
            items = v.value if isinstance(v, yaml.SequenceNode) else (v,)
            lists[word] = tuple(words(item) for item in items)
        else:
            values[word] = words(v).strip()
        places.setdefault(word, _place(k))
    problems += [
        Problem(file, *places[""], "KG014", f'"{word}" missing for "{name}"', f"add {word}: …")
        for word in ("kind", "vi", "en")
        if not values.get(word)
    ]
    return RawEntry(name, places[""][0], values, lists, places), problems


def _flaw(word: str, value: yaml.Node, places: Places) -> tuple[str, str, str] | None:
    if word not in KEYS:
        fix = did_you_mean(word, KEYS, f"known keys: {', '.join(KEYS)}")
        return "KG013", f'unknown key "{word}"', fix
    if word in places:
        return "KG013", f'key "{word}" given twice', "keep one of them"
    items = value.value if isinstance(value, yaml.SequenceNode) and word in _LISTS else (value,)
    if not all(isinstance(item, yaml.ScalarNode) for item in items):
        fix = "write [one, another]" if word in _LISTS else "write it on one line"
        return "KG012", f'"{word}" must be {"a list of values" if word in _LISTS else "one value"}', fix
    odd = [words(item) for item in items if word == "same_as" and not _ADDRESS.fullmatch(words(item))]
    return ("KG019", f'"{odd[0]}" is no web address', "write it whole: https://…") if odd else None


def find_registers(folder: Path) -> tuple[Path, ...]:
    """List the register files of a corpus folder, in order of their names."""
    return tuple(sorted((folder / "register").glob("*.yaml")))


class Register:
    """All entities, found by CURIE.

    :param entities: in the order of files and lines
    :param unreadable: prefixes whose file could not be read: what they name is not known, nor unknown
    :param unusable: entries that could not be read: CURIE -> their names
    """

    def __init__(
        self,
        entities: Iterable[Entity],
        unreadable: Iterable[str] = (),
        unusable: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.unreadable = frozenset(unreadable)
        self.unusable = dict(unusable or {})
        self.entities = tuple(entities)
        self.by_curie = {entity.curie: entity for entity in self.entities}
        self.by_iri = {entity.iri: entity for entity in self.entities}
        self.prefixes = tuple(dict.fromkeys(e.curie.partition(":")[0] for e in self.entities))

    def get(self, curie: str) -> Entity | None:
        """Find an entity by its CURIE; ``None`` when there is none."""
        return self.by_curie.get(curie)

    def is_told(self, curie: str) -> bool:
        """Tell whether a CURIE names what was told at its register file: no more is to be said."""
        return curie in self.unusable or curie.partition(":")[0] in self.unreadable
