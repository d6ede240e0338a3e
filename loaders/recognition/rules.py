"""The rules of drafts: words, patterns and classes in YAML, to which a corpus folder can add its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import yaml

from ...errors import InputError
from ...files import packaged_text
from ...graph.text import spelling
from ...problems import FaultError, Problem
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from ..text.input_files import input_bytes
from ..text.reading import read_bytes
from ..text.yaml_text import yaml_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

RULES_FILE = "draft-rules.yaml"  # shipped here; in a corpus folder, rules of its own
_FILES = {ARTICLE_LANGUAGE: RULES_FILE, TRANSLATION_LANGUAGE: f"draft-rules.{TRANSLATION_LANGUAGE}.yaml"}
Section: TypeAlias = "Mapping[str, Section] | Sequence[Section] | str"


class _TextLoader(yaml.SafeLoader):
    """Loads YAML with every scalar as a text."""


_TextLoader.yaml_implicit_resolvers = {}


@dataclass(frozen=True)
class RelationRule:
    """How words state a relation between two names.

    :param name: the rule's name, which its proposals bear
    :param relation: the relation that it proposes
    :param confidence: the share of its proposals that is expected to be right, in 0..1
    :param words: the words with the places of subject and object; empty for relations without words
    :param subject: a fixed subject; empty where the words hold the subject
    :param target: a fixed object, such as a code; empty where the words hold the object
    """

    name: str
    relation: str
    confidence: float
    words: str = ""
    subject: str = ""
    target: str = ""


class DraftRules:
    """All rules of drafts, shipped and of one's own.

    :param sections: sections by name, as in the shipped file
    """

    def __init__(self, sections: Mapping[str, Section]) -> None:
        self._sections = sections

    @property
    def language(self) -> str:
        """The language of the texts that the rules are for."""
        return self.text("language")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of phrases, as their keys."""
        return tuple(spelling(text) for text in _texts(self._sections[name]))

    def text(self, name: str) -> str:
        """Return a single text unchanged."""
        return str(self._sections[name])

    def table(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a map from a name to its phrases, as their keys."""
        section = self._sections[name]
        entries = section.items() if isinstance(section, dict) else [tuple(pair) for pair in section]
        return {str(key): tuple(spelling(text) for text in _texts(values)) for key, values in entries}

    def listed(self, name: str) -> tuple[str, ...]:
        """Return a list of names unchanged."""
        return _texts(self._sections[name])

    def listed_in(self, name: str) -> tuple[str, ...]:
        """List all phrases of a map, as they are written."""
        return tuple(text for _, values in self._entries(name) for text in _texts(values))

    def documents(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Map each class of documents to the words for it and to the letters in its numbers."""
        return {
            kind: (tuple(map(spelling, _texts(parts["words"]))), _texts(parts["letters"]))
            for kind, parts in self._entries("documents")
            if isinstance(parts, dict)
        }

    def patterns(self, name: str) -> tuple[re.Pattern[str], ...]:
        """Compile a list of regular expressions; a blank in one stands for any blanks."""
        return tuple(re.compile(_flexible(text)) for text in _texts(self._sections[name]))

    def measures(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """List the measures with the words that must all stand near a number."""
        rows = self._sections["measures"]
        return tuple(
            (str(row["measure"]), tuple(spelling(text) for text in _texts(row["words"])))
            for row in rows
            if isinstance(row, dict)
        )

    def relations(self) -> tuple[RelationRule, ...]:
        """List the rules that find relations between names."""
        return tuple(self._rule(row) for row in self._sections["relations"] if isinstance(row, dict))

    def single(self, name: str) -> RelationRule:
        """Return a rule without words, such as that of `serves`."""
        row = self._sections[name]
        if not isinstance(row, dict):
            raise TypeError(name)
        return self._rule(row)

    def _rule(self, row: Mapping[str, Section]) -> RelationRule:
        words = str(row.get("words", ""))
        ends = str(row.get("subject", "")), str(row.get("object", ""))
        return RelationRule(
            str(row["rule"]), str(row["relation"]), float(str(row["confidence"])), words, *ends
        )

    def _entries(self, name: str) -> Iterable[tuple[str, Section]]:
        section = self._sections[name]
        return section.items() if isinstance(section, dict) else ()


def _texts(section: Section) -> tuple[str, ...]:
    return (section,) if isinstance(section, str) else tuple(str(text) for text in section)


def _flexible(pattern: str) -> str:
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")


@cache
def _shipped(file: str) -> Mapping[str, Section]:
    sections: Mapping[str, Section] = yaml.load(packaged_text(__package__ or "", file), _TextLoader)
    return sections


def load_rules(folder: Path, language: str = ARTICLE_LANGUAGE) -> DraftRules:
    """Read the shipped rules for texts in a language, and those of a corpus folder.

    :param folder: a corpus folder, which may hold a file of rules of its own
    :param language: one of the languages of the corpus
    :raises InputError: if that file cannot be read, or a section is unknown or of another form
    """
    path = folder / _FILES[language]
    shipped = _shipped(path.name)
    if not path.is_file():
        return DraftRules(shipped)
    try:
        return DraftRules(_merged(shipped, _own_sections(path)))
    except FaultError as error:
        raise InputError([Problem(str(path), 1, 1, error.fault)]) from error


def _own_sections(path: Path) -> Mapping[str, Section]:
    decoded = read_bytes(input_bytes(path, str(path)), str(path))
    if decoded.text is None:
        raise InputError(decoded.problems)
    try:
        sections = yaml.load(decoded.text, _TextLoader)
    except yaml.YAMLError as error:
        raise InputError([yaml_problem(error, decoded.text, str(path))]) from error
    if not isinstance(sections, dict):
        raise FaultError(fault("KG100.no-sections"))
    return sections


def _merged(shipped: Mapping[str, Section], own: Mapping[str, Section]) -> dict[str, Section]:
    merged = dict(shipped)
    for name, section in own.items():
        if name not in shipped:
            unknown = fault("KG100.unknown-section", name=name)
            raise FaultError(with_suggestion(unknown, name, shipped))
        merged[name] = _joined(name, shipped[name], section)
    return merged


def _joined(name: str, shipped: Section, own: Section) -> Section:
    if isinstance(shipped, dict) and isinstance(own, dict):
        entries = {key: _joined(name, shipped[key], own[key]) for key in own if key in shipped}
        return {**shipped, **own, **entries}
    if isinstance(shipped, list) and isinstance(own, list):
        return [*own, *shipped]
    if type(shipped) is not type(own):
        raise FaultError(fault("KG100.other-form", name=name))
    return own
