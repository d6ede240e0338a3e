"""The head of an article: what it is, who published it, when, and what "tỉnh" means in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from ...problems import Problem
from ..text.dates import DateError, read_date
from ..text.suggest import did_you_mean, nearest
from ..text.yaml_text import compose, words, yaml_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT_VERSION = 1
REQUIRED = ("kg", "article", "title", "publisher", "published", "scope")
OPTIONAL = ("title_en", "lang", "source", "url", "author")
SOURCE = ("kind", "sha256", "chars")
_EXAMPLES = {
    "kg": "1",
    "article": "<name-in-small-letters>",
    "title": "<title of the article>",
    "publisher": "<prefix:body>",
    "published": "YYYY-MM-DD",
    "scope": "<prefix:unit>",
}
_ID = re.compile(r"[a-z0-9-]{1,100}")  # it becomes part of addresses and file names


@dataclass(frozen=True)
class Front:
    """The checked head of an article.

    :param values: key to text, for the scalar keys
    :param source: the keys of `source`, such as `sha256` and `chars`; empty when not given
    :param lines: key to the line it stands on
    """

    values: Mapping[str, str]
    source: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def split_front(text: str, file: str) -> tuple[str, int, tuple[Problem, ...]]:
    """Find the front-matter block.

    :returns: its YAML text, the number of lines up to its closing mark (0 when there is none), problems
    """
    if not text.startswith("---\n"):
        fix = 'start the file with "---" and the keys of the article, then "---"'
        return "", 0, (Problem(file, 1, 1, "KG010", 'no "---" block', fix),)
    end = text.find("\n---\n", 3)
    if end < 0 and text.endswith("\n---"):
        end = len(text) - 4
    if end < 0:
        return (
            "",
            0,
            (
                Problem(
                    file, 1, 1, "KG011", "block opened at line 1 never closed", 'add "---" after the last key'
                ),
            ),
        )
    return text[4 : end + 1], text.count("\n", 0, end) + 2, ()


def read_front(block: str, file: str) -> tuple[Front | None, tuple[Problem, ...]]:
    """Read and check the front matter.

    :param block: the YAML between the marks; it starts on line 2 of the file
    :returns: ``None`` with the problems when it is no mapping
    """
    try:
        node = compose(block)
    except yaml.YAMLError as error:
        return None, (yaml_problem(error, block, file, before=1),)
    if not isinstance(node, yaml.MappingNode):
        return None, (
            Problem(file, 2, 1, "KG012", "front matter is no list of keys", "write one `key: value` a line"),
        )
    return _checked(node, file)


def _checked(node: yaml.MappingNode, file: str) -> tuple[Front | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    source: dict[str, str] = {}
    known = (*REQUIRED, *OPTIONAL)
    meant: set[str] = set()
    for key_node, value_node in node.value:
        key, line = words(key_node), key_node.start_mark.line + 2
        column = key_node.start_mark.column + 1
        if key not in known:
            fix = did_you_mean(key, known, f"known keys: {', '.join(known)}")
            meant.update(nearest(key, known, limit=1))
            problems.append(Problem(file, line, column, "KG013", f'unknown key "{key}"', fix))
        elif key in values or (key == "source" and source):
            problems.append(
                Problem(file, line, column, "KG013", f'key "{key}" given twice', "keep one of them")
            )
        elif key == "source" and isinstance(value_node, yaml.MappingNode):
            source = {words(k): words(v) for k, v in value_node.value}
            problems += _source_keys(value_node, file)
        elif isinstance(value_node, yaml.ScalarNode) and key != "source":
            values[key], lines[key] = value_node.value, line
        else:
            shape = f"{{{', '.join(SOURCE)}}}" if key == "source" else "one value"
            fix = "write it on one line"
            problems.append(Problem(file, line, column, "KG012", f'"{key}" must be {shape}', fix))
            meant.add(key)
    problems += _missing(values, meant, file) + _values(values, lines, file)
    return Front(values, source, lines), tuple(problems)


def _source_keys(node: yaml.MappingNode, file: str) -> list[Problem]:
    """Tell unknown keys of `source`: a misspelt `sha256` would never be compared."""
    marks = [(words(key), key.start_mark) for key, _ in node.value]
    fix = f"known keys: {', '.join(SOURCE)}"
    return [
        Problem(
            file,
            mark.line + 2,
            mark.column + 1,
            "KG013",
            f'unknown key "{name}"',
            did_you_mean(name, SOURCE, fix),
        )
        for name, mark in marks
        if name not in SOURCE
    ]


def is_id(article: str) -> bool:
    """Tell whether an article id may stand in addresses and file names.

    >>> is_id("bac-kan-2019"), is_id("../bac-kan")
    (True, False)
    """
    return _ID.fullmatch(article) is not None


def _missing(values: Mapping[str, str], meant: set[str], file: str) -> list[Problem]:
    return [
        Problem(file, 1, 1, "KG014", f'"{key}" missing', f"add {key}: {_EXAMPLES[key]}")
        for key in REQUIRED
        if not values.get(key) and key not in meant
    ]


def _values(values: Mapping[str, str], lines: Mapping[str, int], file: str) -> list[Problem]:
    problems = []
    if (version := values.get("kg")) and version != str(FORMAT_VERSION):
        what = f"kg: {version}, this program reads up to {FORMAT_VERSION}"
        newer = version.isdecimal() and int(version[:9]) > FORMAT_VERSION
        fix = "upgrade egovkg" if newer else f"write kg: {FORMAT_VERSION}"
        problems.append(Problem(file, lines["kg"], 1, "KG016", what, fix))
    if published := values.get("published"):
        try:
            stated = read_date(published)
            if stated.earliest != stated.latest:
                raise DateError("KG040", f'"{published}" is no day', "write YYYY-MM-DD")
        except DateError as error:
            column = len("published: ") + 1
            problems.append(Problem(file, lines["published"], column, error.code, error.what, error.fix))
    if (lang := values.get("lang", "vi")) != "vi":
        fix = "the text of an article is Vietnamese; English goes below it, after >"
        problems.append(Problem(file, lines["lang"], len("lang: ") + 1, "KG036", f'lang "{lang}"', fix))
    article = values.get("article", "")
    if article and not is_id(article):
        what = f'article id "{article[:100]}" is not made of 1 to 100 of a–z, 0–9 and "-"'
        problems.append(
            Problem(file, lines["article"], len("article: ") + 1, "KG014", what, "write it like bac-kan-2019")
        )
    return problems
