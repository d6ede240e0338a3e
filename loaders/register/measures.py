"""Parsing of the measures and units of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ...problems import Problem
from ..faults.messages import fault
from ..text.corpus_languages import LABEL_LANGUAGES
from ..text.yaml_text import compose, key_nodes, map_values, node_place, scalar_text, yaml_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...problems import Fault

_MEASURE = re.compile(r"[a-z][A-Za-z0-9]{0,99}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REQUIRED = {
    "measures": ("unit", *LABEL_LANGUAGES, *(f"definition_{lang}" for lang in LABEL_LANGUAGES)),
    "units": (*LABEL_LANGUAGES, "slug"),
}


@dataclass(frozen=True, slots=True, eq=False)
class FigureTerm:
    """One measure or unit.

    :param name: its name in figure lines, such as `certificatesIssued` or `chứng-thư`
    :param values: labels; for measures also definition and unit
    """

    name: str
    values: Mapping[str, str]
    file: str
    line: int


@lru_cache(maxsize=8)  # for the reason of `read_register`
def read_terms(text: str, file: str, section: str) -> tuple[tuple[FigureTerm, ...], tuple[Problem, ...]]:
    """Parse `measures.yaml` or `units.yaml`.

    :param section: "measures" or "units"
    :returns: the measures or units in file order, and all problems of the file

    >>> terms, problems = read_terms(
    ...     "units: {hồ-sơ: {vi: hồ sơ, en: dossiers, slug: ho-so}}", "units.yaml", "units"
    ... )
    >>> terms[0].name, problems
    ('hồ-sơ', ())
    """
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        return (), (yaml_problem(error, text, file),)
    listed = map_values(node).get(section)
    if not isinstance(listed, yaml.MappingNode):
        return (), (Problem(file, 1, 1, fault("KG012.no-section", section=section)),)
    terms: list[FigureTerm] = []
    problems: list[Problem] = []
    for key, value in key_nodes(listed):
        line, column = node_place(key)
        term = FigureTerm(scalar_text(key), _values(value, section), file, line)
        problems += [Problem(file, line, column, flaw) for flaw in _faults(term, section)]
        terms.append(term)
    return tuple(terms), tuple(problems)


def _values(node: yaml.Node, section: str) -> dict[str, str]:
    stated = {key: scalar_text(value) for key, value in map_values(node).items()}
    return {**dict.fromkeys(_REQUIRED[section], ""), **stated}


def _faults(term: FigureTerm, section: str) -> Iterator[Fault]:
    for key in _REQUIRED[section]:
        if not term.values[key]:
            yield fault("KG014.missing-key-of", key=key, name=term.name)
    if section == "measures" and not _MEASURE.fullmatch(term.name):
        yield fault("KG019.measure-name", name=term.name)
    if section == "units" and (slug := term.values["slug"]) and not _SLUG.fullmatch(slug):
        yield fault("KG019.unit-slug", slug=slug)
