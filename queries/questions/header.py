"""The comment header of a `.rq` file: the question in two languages, its parameters and its columns.

    # vi: Hệ thống này phụ thuộc vào gì?
    # en: What does this system depend on?
    # for: architect student
    # param: system entity hệ thống | system
    # column: target chỗ dựa | target
    # none: không có gì sai | nothing is wrong

`param` is: name, kind, Vietnamese | English, and for one that may be left out `[default=…]`, where
`*` means any. A column marked `[list]` holds values joined by "; ", which the runner puts in order.
`none` words an empty answer where it does not mean "not stated".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind: TypeAlias = Literal["entity", "province", "text", "date", "number"]
Words: TypeAlias = "Mapping[str, str]"  # language -> words, "vi" and "en"

GROUPS = ("architect", "planner", "student")
ANY = "*"
_LINE = re.compile(r"# (vi|en|for|param|column|none): (\S.*)")
_PARAMETER = re.compile(r"([a-z][a-z_]*) ([a-z]+) ([^|\[\]]+) \| ([^|\[\]]+?)(?: \[default=([^\]]+)\])?")
_COLUMN = re.compile(r"([a-z][a-z_]*) ([^|\[\]]+) \| ([^|\[\]]+?)( \[list\])?")
_PAIR = re.compile(r"([^|]+) \| ([^|]+)")


@dataclass(frozen=True)
class Parameter:
    """What a question asks for.

    :param kind: how the words of a user are read
    :param default: ``None`` when it must be given, `*` for any
    """

    name: str
    kind: Kind
    labels: Words
    default: str | None = None


@dataclass(frozen=True)
class Column:
    """A column of the answer.

    :param several: whether a cell holds a list joined by "; "
    """

    name: str
    labels: Words
    several: bool = False


@dataclass(frozen=True)
class Question:
    """A named question.

    :param name: the file's name without `.rq`
    :param asks: the question in words
    :param groups: for whom: architect, planner, student
    :param none: words of an empty answer; empty when that means "not stated"
    :param text: SPARQL 1.1, runnable as it stands on any engine
    """

    name: str
    asks: Words
    groups: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    none: Words = field(default_factory=dict)


def parse_question(name: str, text: str) -> Question:
    r"""Read a question from its file.

    :raises ValueError: with file and line, when the header is not as described above

    >>> header = "# vi: Có gì?\n# en: What is there?\n# for: student\n# column: thing thứ | thing\n"
    >>> question = parse_question("things", header + "SELECT ?thing { ?thing ?p ?o }")
    >>> question.asks["en"], question.columns[0].name, question.parameters
    ('What is there?', 'thing', ())
    """
    lines = _header(name, text)
    parameters = tuple(_parameter(name, line) for line in lines["param"])
    columns = tuple(_column(name, line) for line in lines["column"])
    groups = tuple(" ".join(lines["for"]).split())
    complete = len(lines["vi"]) == len(lines["en"]) == 1 and groups and columns
    if not complete or not set(groups) <= set(GROUPS):
        what = f"the header needs one vi, one en, a for of {', '.join(GROUPS)}, and columns"
        raise ValueError(f"{name}.rq: {what}")
    none = _pair(name, lines["none"][0]) if lines["none"] else {}
    asks = {"vi": lines["vi"][0], "en": lines["en"][0]}
    return Question(name, asks, groups, parameters, columns, text, none)


def _header(name: str, text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {key: [] for key in ("vi", "en", "for", "param", "column", "none")}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"{name}.rq:{number}: not a header line: {line}")
        found[match[1]].append(match[2])
    return found


def _parameter(file: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    kinds: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
    if match is None or match[2] not in kinds:
        raise ValueError(f"{file}.rq: not a parameter: {line}")
    return Parameter(match[1], kinds[match[2]], {"vi": match[3], "en": match[4]}, match[5])


def _column(file: str, line: str) -> Column:
    match = _COLUMN.fullmatch(line)
    if match is None:
        raise ValueError(f"{file}.rq: not a column: {line}")
    return Column(match[1], {"vi": match[2], "en": match[3]}, bool(match[4]))


def _pair(file: str, line: str) -> Words:
    match = _PAIR.fullmatch(line)
    if match is None:
        raise ValueError(f"{file}.rq: not a Vietnamese and an English text: {line}")
    return {"vi": match[1], "en": match[2]}
