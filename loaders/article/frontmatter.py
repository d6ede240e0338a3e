"""Parsing of the front matter of an article: id, title, publisher, time of publication, what was read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from ...graph.nearest import nearest
from ...ontology.codes import written_codes
from ...problems import FaultError, Problem
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..text.corpus_languages import ARTICLE_LANGUAGE, LABEL_LANGUAGES, TRANSLATION_LANGUAGE
from ..text.dates import read_publication_time
from ..text.yaml_text import compose, key_nodes, map_values, node_place, scalar_text, yaml_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ...problems import Fault

FORMAT_VERSION = 1
REQUIRED = ("kg", "article", "title", "publisher", "published", "scope")
TRANSLATED_TITLE = f"title_{TRANSLATION_LANGUAGE}"
ADDRESSES = ("url", "original", "copy_of")
OPTIONAL = (TRANSLATED_TITLE, "lang", "seen", "translation", "source", *ADDRESSES, "author")
SOURCE = ("kind", "sha256", "chars")
INVENTORY = "inventory"  # kind of a source that is a table kept by a body, and no published article
_KEYS = (*REQUIRED, *OPTIONAL)
_EXAMPLES = {
    "kg": "1",
    "article": "<name-in-small-letters>",
    "title": "<title of the article>",
    "publisher": "<prefix:body>",
    "published": "YYYY-MM-DD",
    "scope": "<prefix:unit>",
    "translation": "machine | edited | unknown",
}
_ID = re.compile(r"[a-z0-9-]{1,100}")  # it becomes part of addresses and file names
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_OPENING_LINES = 1  # the line of the opening mark stands before the YAML


@dataclass(frozen=True)
class FrontMatter:
    """The validated front matter of an article.

    :param values: key → text, for the scalar keys
    :param source: the keys below `source`, such as `sha256` and `chars`; empty if missing
    :param lines: key → its line in the file
    """

    values: Mapping[str, str]
    source: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def split_front(text: str, file: str) -> tuple[str, int, tuple[Problem, ...]]:
    """Separate the front matter from the body.

    :returns: its YAML text, the number of lines including its closing mark (0 without front matter), problems
    """
    if not text.startswith("---\n"):
        return "", 0, (Problem(file, 1, 1, fault("KG010.no-head")),)
    end = text.find("\n---\n", 3)
    if end < 0 and text.endswith("\n---"):
        end = len(text) - 4
    if end < 0:
        return "", 0, (Problem(file, 1, 1, fault("KG011.open-head")),)
    return text[4 : end + 1], text.count("\n", 0, end) + 2, ()


def read_front(block: str, file: str) -> tuple[FrontMatter | None, tuple[Problem, ...]]:
    """Parse and validate the front matter.

    :param block: the YAML between the marks; it starts in line 2 of the file
    :returns: the front matter, or ``None`` if it is no mapping; and all problems
    """
    try:
        node = compose(block)
    except yaml.YAMLError as error:
        return None, (yaml_problem(error, block, file, before=_OPENING_LINES),)
    if not isinstance(node, yaml.MappingNode):
        return None, (Problem(file, _OPENING_LINES + 1, 1, fault("KG012.head-without-keys")),)
    reader = _FrontReader(file)
    reader.read(node)
    return FrontMatter(reader.values, reader.source, reader.lines), tuple(reader.problems)


def is_id(article: str) -> bool:
    """Tell whether an article id is allowed in addresses and file names.

    >>> is_id("bac-kan-2019"), is_id("../bac-kan")
    (True, False)
    """
    return _ID.fullmatch(article) is not None


class _FrontReader:
    """Parses the keys of one front matter."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.values: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.source: dict[str, str] = {}
        self.intended: set[str] = set()  # keys that stand there misspelt or misshapen: not missing as well

    def read(self, node: yaml.MappingNode) -> None:
        for key_node, value in key_nodes(node):
            self._read_key(key_node, value)
        for key in REQUIRED:
            if not self.values.get(key) and key not in self.intended:
                missing = fault("KG014.missing-key", key=key, example=_EXAMPLES[key])
                self.problems.append(Problem(self.file, 1, 1, missing))
        for key, check in _VALUE_CHECKS.items():
            if (text := self.values.get(key)) and (flaw := check(text)):
                self._report_value(key, flaw)
        self._check_translation()

    def _check_translation(self) -> None:
        """Report a translation that is not described, and the description of one that there is not."""
        written = self.values.get("lang", ARTICLE_LANGUAGE)
        if self.values.get("seen", written) != written:
            if "translation" not in self.values:
                missing = fault("KG014.missing-key", key="translation", example=_EXAMPLES["translation"])
                self._report_value("seen", missing)
            return
        for key in ("translation", "original"):
            if key in self.values:
                self._report_value(key, fault("KG036.no-translation", key=key, lang=written))

    def _report_value(self, key: str, flaw: Fault) -> None:
        column = 1 if key == "kg" else len(f"{key}: ") + 1
        self.problems.append(Problem(self.file, self.lines[key], column, flaw))

    def _read_key(self, key_node: yaml.Node, value: yaml.Node) -> None:
        key = scalar_text(key_node)
        if key not in _KEYS:
            self._report_unknown(key_node, _KEYS)
            self.intended.update(nearest(key, _KEYS, limit=1))
        elif key in self.values or (key == "source" and self.source):
            self._report(key_node, fault("KG013.repeated-key", key=key))
        elif key == "source":
            self._read_source(key_node, value)
        elif isinstance(value, yaml.ScalarNode):
            self.values[key], self.lines[key] = scalar_text(value), node_place(key_node)[0] + _OPENING_LINES
        else:
            self._report(key_node, fault("KG012.no-single-value", key=key))
            self.intended.add(key)

    def _read_source(self, key_node: yaml.Node, value: yaml.Node) -> None:
        """Read `source`; unknown keys are reported, because a misspelt `sha256` would never be compared."""
        if not isinstance(value, yaml.MappingNode):
            self._report(key_node, fault("KG012.no-source", keys=SOURCE))
            return
        self.source = {key: scalar_text(part) for key, part in map_values(value).items()}
        for part_node, _ in key_nodes(value):
            if scalar_text(part_node) not in SOURCE:
                self._report_unknown(part_node, SOURCE)
        kind = self.source.get("kind")
        if kind is not None and (flaw := _code_fault("kind", kind, source_kinds())):
            self._report(key_node, flaw)

    def _report_unknown(self, key_node: yaml.Node, keys: tuple[str, ...]) -> None:
        key = scalar_text(key_node)
        self._report(key_node, with_suggestion(fault("KG013.unknown-key", key=key, keys=keys), key, keys))

    def _report(self, node: yaml.Node, flaw: Fault) -> None:
        line, column = node_place(node)
        self.problems.append(Problem(self.file, line + _OPENING_LINES, column, flaw))


def _version_fault(version: str) -> Fault | None:
    if version == str(FORMAT_VERSION):
        return None
    is_newer = version.isdecimal() and int(version[:9]) > FORMAT_VERSION
    key = "KG016.newer-version" if is_newer else "KG016.no-version"
    return fault(key, version=version, highest=FORMAT_VERSION)


def source_kinds() -> tuple[str, ...]:
    """List the kinds of sources as written in articles: how much of it was read, or that it is an inventory.

    >>> source_kinds()
    ('original-not-shipped', 'opening', 'inventory')
    """
    return (*written_codes("ReadingExtent"), INVENTORY)


def head_choices() -> Mapping[str, tuple[str, ...]]:
    """Map each key of the front matter that takes one of a few values to these.

    >>> head_choices()["translation"]
    ('machine', 'edited', 'unknown')
    """
    languages = dict.fromkeys(("lang", "seen"), LABEL_LANGUAGES)
    return {**languages, "translation": tuple(written_codes("TranslationKind"))}


def publication_fault(text: str) -> Fault | None:
    """Check a time of publication: a day, month, year or interval (KG040, KG041, KG043)."""
    try:
        read_publication_time(text)
    except FaultError as error:
        return error.fault
    return None


def _language_fault(lang: str) -> Fault | None:
    if lang in LABEL_LANGUAGES:
        return None
    return fault("KG036.article-language", lang=lang, languages=LABEL_LANGUAGES)


def _translation_fault(kind: str) -> Fault | None:
    return _code_fault("translation", kind, head_choices()["translation"])


def _code_fault(name: str, value: str, choices: tuple[str, ...]) -> Fault | None:
    if value in choices:
        return None
    return with_suggestion(
        fault("KG036.unknown-code", name=name, value=value, choices=choices), value, choices
    )


def _address_fault(text: str) -> Fault | None:
    return None if _ADDRESS.fullmatch(text) else fault("KG036.no-address", address=text)


def _id_fault(article: str) -> Fault | None:
    return None if is_id(article) else fault("KG014.malformed-id", article=article[:100])


_VALUE_CHECKS: Mapping[str, Callable[[str], Fault | None]] = {
    "kg": _version_fault,
    "published": publication_fault,
    "lang": _language_fault,
    "seen": _language_fault,
    "translation": _translation_fault,
    "original": _address_fault,
    "copy_of": _address_fault,
    "article": _id_fault,
}
