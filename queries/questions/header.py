"""The comment header of a `.rq` file: the question in words, its parameters and its columns.

    # vi: Hệ thống này phụ thuộc vào gì?
    # en: What does this system depend on?
    # for: architect student
    # param: system entity hệ thống | system
    # column: target chỗ dựa | target
    # none: không có gì sai | nothing is wrong
    # word: denied một câu nói có, một câu nói không | one says yes, one says no

A line with a language code contains the question in that language; each further line has one text per
language, in the same order, separated by ` | `. A `param` line contains name, kind and labels, and
`[default=…]` for an optional parameter, where `*` means any value. The cells of a column marked `[list]` hold
values joined by "; ", which are sorted when the question is asked. `none` is the text of an empty answer if
that does not mean "not stated". `word` gives the labels of a key that the query looks up in `VALUES (?rule
?words) { … }`.

The query names no language: the binding puts one in the place of `?lang`, and drops `VALUES ?lang { … }`,
which lets the query run as it stands. The only exception is the language of the articles (`ARTICLE_LANGUAGE`
of the loaders): in it a variable such as `?own` or `?objectOwn` holds the original, which is returned where
there is no translation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from ...words import DEFAULT_LANGUAGE, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...words import Texts

ParameterKind: TypeAlias = Literal["entity", "province", "text", "date", "year", "number"]

GROUPS = ("architect", "planner", "student")
ANY = "*"
_LINE = re.compile(r"# ([a-z]+): (\S.*)")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_KEYS = frozenset(("for", "param", "column", "none", "word"))
_PARAMETER = re.compile(r"([a-z][a-z_]*) ([a-z]+) ([^\[\]]+?)(?: \[default=([^\]]+)\])?")
_COLUMN = re.compile(r"([a-z][a-z_]*) ([^\[\]]+?)( \[list\])?")
_WORD = re.compile(r"([a-z][a-z-]*) (.+)")
_BETWEEN = " | "


@dataclass(frozen=True)
class QuestionParameter:
    """A parameter of a question.

    :param kind: the type of value it takes, such as an entity or a date
    :param default: ``None`` for a required parameter; `*` for any value
    """

    name: str
    kind: ParameterKind
    labels: Texts
    default: str | None = None

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the default one."""
        return label(self.labels, lang)


@dataclass(frozen=True)
class AnswerColumn:
    """A column of an answer.

    :param several: whether a cell holds a list joined by "; "
    """

    name: str
    labels: Texts
    several: bool = False

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the default one."""
        return label(self.labels, lang)


@dataclass(frozen=True)
class Question:
    """A named question.

    :param name: the name of its file without `.rq`
    :param asks: the question as a sentence, by language
    :param groups: the groups of users it is meant for: architect, planner, student
    :param none: text of an empty answer by language; empty if that means "not stated"
    :param words: key -> labels of a word that the query answers with
    :param text: SPARQL 1.1 that runs unchanged on any engine
    """

    name: str
    asks: Texts
    groups: tuple[str, ...]
    parameters: tuple[QuestionParameter, ...]
    columns: tuple[AnswerColumn, ...]
    text: str
    none: Texts = field(default_factory=dict)
    words: Mapping[str, Texts] = field(default_factory=dict)

    def wording(self, lang: str) -> str:
        """Return the question as a sentence in a language, else in the default one."""
        return label(self.asks, lang)


def parse_question(name: str, text: str) -> Question:
    r"""Read a question from its file.

    :raises ValueError: with file and line, if the header does not have the form described above

    >>> header = "# vi: Có gì?\n# en: What is there?\n# for: student\n# column: thing thứ | thing\n"
    >>> question = parse_question("things", header + "SELECT ?thing { ?thing ?p ?o }")
    >>> question.wording("en"), question.columns[0].name, question.parameters
    ('What is there?', 'thing', ())
    """
    return _HeaderReader(name, text).question()


class _HeaderReader:
    """Reads the header of one file.

    :param name: name of the question
    :param text: text of the whole file
    """

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.asks: dict[str, str] = {}
        self.lines: dict[str, list[str]] = defaultdict(list)
        for number, line in enumerate(text.splitlines(), 1):
            if not line.startswith("#"):
                break
            self._read_line(number, line)

    def _read_line(self, number: int, line: str) -> None:
        match = _LINE.fullmatch(line)
        if match is not None and match[1] in _KEYS:
            self.lines[match[1]].append(match[2])
        elif match is not None and _LANGUAGE.fullmatch(match[1]) and match[1] not in self.asks:
            self.asks[match[1]] = match[2]
        else:
            raise ValueError(f"{self.name}.rq:{number}: not a header line: {line}")

    def question(self) -> Question:
        """Build the question from its header lines."""
        groups = tuple(" ".join(self.lines["for"]).split())
        columns = tuple(map(self._column, self.lines["column"]))
        if DEFAULT_LANGUAGE not in self.asks or not columns or not groups or not set(groups) <= {*GROUPS}:
            needs = f"the question in {DEFAULT_LANGUAGE}, a for of {', '.join(GROUPS)}, and columns"
            raise ValueError(f"{self.name}.rq: the header needs {needs}")
        nones = [self._labels(line, line) for line in self.lines["none"]]
        return Question(
            name=self.name,
            asks=self.asks,
            groups=groups,
            parameters=tuple(map(self._parameter, self.lines["param"])),
            columns=columns,
            text=self.text,
            none=nones[0] if nones else {},
            words=dict(map(self._word, self.lines["word"])),
        )

    def _parameter(self, line: str) -> QuestionParameter:
        match = self._match(_PARAMETER, line)
        kinds: dict[str, ParameterKind] = {kind: kind for kind in get_args(ParameterKind)}
        if match[2] not in kinds:
            raise ValueError(f"{self.name}.rq: no kind of parameter is {match[2]}: {line}")
        return QuestionParameter(match[1], kinds[match[2]], self._labels(match[3], line), match[4])

    def _column(self, line: str) -> AnswerColumn:
        match = self._match(_COLUMN, line)
        return AnswerColumn(match[1], self._labels(match[2], line), bool(match[3]))

    def _word(self, line: str) -> tuple[str, Texts]:
        match = self._match(_WORD, line)
        return match[1], self._labels(match[2], line)

    def _match(self, pattern: re.Pattern[str], line: str) -> re.Match[str]:
        match = pattern.fullmatch(line)
        if match is None:
            raise ValueError(f"{self.name}.rq: not a parameter, column or word: {line}")
        return match

    def _labels(self, texts: str, line: str) -> Texts:
        """Read the labels of a line, one for each language in which the file asks the question."""
        parts: Sequence[str] = texts.split(_BETWEEN)
        if len(parts) != len(self.asks):
            raise ValueError(f"{self.name}.rq: needs a text in each of {', '.join(self.asks)}: {line}")
        return dict(zip(self.asks, parts, strict=True))
