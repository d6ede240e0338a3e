"""Measures and units of figures: what is counted, and in what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from ...problems import Problem
from ..text.yaml_text import compose, words, yaml_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEASURE = re.compile(r"[a-z][A-Za-z0-9]{0,99}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NEEDED = {
    "measures": ("unit", "vi", "en", "definition_vi", "definition_en"),
    "units": ("vi", "en", "slug"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """One measure or unit.

    :param name: the word in figure lines, such as `certificatesIssued` or `chứng-thư`
    :param values: labels, and for measures the definition and the unit
    """

    name: str
    values: Mapping[str, str]
    file: str
    line: int


def read_list(text: str, file: str, section: str) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    """Read `measures.yaml` or `units.yaml`.

    :param section: "measures" or "units"
    :returns: what is listed, in file order, and the problems found

    >>> found, problems = read_list(
    ...     "units: {hồ-sơ: {vi: hồ sơ, en: dossiers, slug: ho-so}}", "units.yaml", "units"
    ... )
    >>> found[0].name, problems
    ('hồ-sơ', ())
    """
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        return (), (yaml_problem(error, text, file),)
    top = {words(k): v for k, v in node.value} if isinstance(node, yaml.MappingNode) else {}
    if not isinstance(top.get(section), yaml.MappingNode):
        return (), (
            Problem(file, 1, 1, "KG012", f"the file has no {section}", f'start it with "{section}:"'),
        )
    listed: list[Listed] = []
    problems: list[Problem] = []
    for key, value in top[section].value:
        one = Listed(words(key), _values(value, section), file, key.start_mark.line + 1)
        problems += _problems(one, key.start_mark.column + 1, section)
        listed.append(one)
    return tuple(listed), tuple(problems)


def _values(node: yaml.Node, section: str) -> dict[str, str]:
    given = {words(k): words(v) for k, v in node.value} if isinstance(node, yaml.MappingNode) else {}
    return {**dict.fromkeys(_NEEDED[section], ""), **given}


def _problems(one: Listed, column: int, section: str) -> list[Problem]:
    problems = [
        Problem(one.file, one.line, column, "KG014", f'"{word}" missing for "{one.name}"', f"add {word}: …")
        for word in _NEEDED[section]
        if not one.values[word]
    ]
    if section == "measures" and not _MEASURE.fullmatch(one.name):
        fix = "write it like certificatesIssued"
        problems.append(
            Problem(
                one.file, one.line, column, "KG019", f'measure "{one.name}" has other than a–z and 0–9', fix
            )
        )
    if section == "units" and one.values["slug"] and not _SLUG.fullmatch(one.values["slug"]):
        what = f'slug "{one.values["slug"]}" has other than a–z, 0–9 and "-"'
        fix = "write it without accents, like ho-so"
        problems.append(Problem(one.file, one.line, column, "KG019", what, fix))
    return problems
