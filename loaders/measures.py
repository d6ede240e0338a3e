"""Measures and units of figures: what is counted, and in what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from .problems import Problem
from .yaml_text import compose, yaml_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    top = {str(k.value): v for k, v in node.value} if isinstance(node, yaml.MappingNode) else {}
    if not isinstance(top.get(section), yaml.MappingNode):
        return (), (
            Problem(file, 1, 1, "KG012", f"the file has no {section}", f'start it with "{section}:"'),
        )
    listed, problems = [], []
    for key, value in top[section].value:
        values = (
            {str(k.value): str(v.value) for k, v in value.value}
            if isinstance(value, yaml.MappingNode)
            else {}
        )
        place = (key.start_mark.line + 1, key.start_mark.column + 1)
        problems += [
            Problem(file, *place, "KG014", f'"{word}" missing for "{key.value}"', f"add {word}: …")
            for word in _NEEDED[section]
            if not values.get(word)
        ]
        listed.append(Listed(str(key.value), values, file, place[0]))
    return tuple(listed), tuple(problems)
