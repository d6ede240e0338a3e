"""The entity register: every thing an article can name, with its kind, labels and aliases.

One YAML file a prefix, parsed by PyYAML. Types live here once; articles only point.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from .problems import Problem
from .suggest import did_you_mean
from .yaml_text import compose, yaml_problem

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
    "source",
    "note",
)
_LISTS = ("aliases", "succeeded_by", "same_as")


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
    key_lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write its name: label, short name and aliases."""
        own = (self.values.get("vi", ""), self.values.get("short", ""), *self.lists.get("aliases", ()))
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
    key_lines: Mapping[str, int]


def read_register(text: str, file: str) -> tuple[RawRegister | None, tuple[Problem, ...]]:
    """Read one register file.

    :returns: ``None`` with the problems when the file is no register
    """
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        return None, (yaml_problem(error, text, file),)
    top = {str(k.value): (k, v) for k, v in node.value} if isinstance(node, yaml.MappingNode) else {}
    if "prefix" not in top or not isinstance(top.get("entities", (None, None))[1], yaml.MappingNode):
        fix = "start it with `prefix: <short name>` and `entities:`"
        return None, (Problem(file, 1, 1, "KG012", "the register has no prefix or no entities", fix),)
    problems = [
        Problem(
            file,
            k.start_mark.line + 1,
            1,
            "KG013",
            f'unknown key "{name}"',
            did_you_mean(name, ("prefix", "entities"), "known keys: prefix, entities"),
        )
        for name, (k, _) in top.items()
        if name not in {"prefix", "entities"}
    ]
    entries = []
    seen: dict[str, int] = {}
    for key, value in top["entities"][1].value:
        entry, found = _entry(key, value, file)
        problems += found
        if entry.name in seen:
            what = f'"{entry.name}" already stands at line {seen[entry.name]}'
            problems.append(
                Problem(
                    file, entry.line, key.start_mark.column + 1, "KG017", what, "give it a name of its own"
                )
            )
        seen.setdefault(entry.name, entry.line)
        entries.append(entry)
    return RawRegister(file, str(top["prefix"][1].value), tuple(entries)), tuple(problems)


def _entry(key: yaml.Node, node: yaml.Node, file: str) -> tuple[RawEntry, list[Problem]]:
    name, line = str(key.value), key.start_mark.line + 1
    values: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    for k, v in pairs:
        word, place = str(k.value), (k.start_mark.line + 1, k.start_mark.column + 1)
        lines[word] = place[0]
        if word not in KEYS:
            fix = did_you_mean(word, KEYS, f"known keys: {', '.join(KEYS)}")
            problems.append(Problem(file, *place, "KG013", f'unknown key "{word}"', fix))
        elif word in _LISTS:
            items = v.value if isinstance(v, yaml.SequenceNode) else (v,)
            lists[word] = tuple(str(item.value) for item in items)
        elif isinstance(v, yaml.ScalarNode):
            values[word] = v.value.strip()
        else:
            problems.append(
                Problem(file, *place, "KG012", f'"{word}" must be one value', "write it on one line")
            )
    problems += [
        Problem(
            file, line, key.start_mark.column + 1, "KG014", f'"{word}" missing for "{name}"', f"add {word}: …"
        )
        for word in ("kind", "vi", "en")
        if not values.get(word)
    ]
    return RawEntry(name, line, values, lists, lines), problems


def find_registers(folder: Path) -> tuple[Path, ...]:
    """List the register files of a corpus folder, in order of their names."""
    return tuple(sorted((folder / "register").glob("*.yaml")))


class Register:
    """All entities, found by CURIE.

    :param entities: in the order of files and lines
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = tuple(entities)
        self.by_curie = {entity.curie: entity for entity in self.entities}
        self.by_iri = {entity.iri: entity for entity in self.entities}
        self.prefixes = tuple(dict.fromkeys(e.curie.partition(":")[0] for e in self.entities))

    def get(self, curie: str) -> Entity | None:
        """Find an entity by its CURIE; ``None`` when there is none."""
        return self.by_curie.get(curie)
