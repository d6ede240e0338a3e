"""Named questions: one `.rq` file each, asked by name with parameters that are bound as terms.

A parameter stands in the file as `VALUES ?name { … }` with a sample value, so that the text runs as it
stands on any engine; the runner puts the wanted term between the braces. The language of labels stands
in the same way as `?lang`, and as `?lang_…` within sub-selects, which cannot see it. Words of a user
become addresses or literals first, and never reach the text in another way. A name borne by a unit and
by its successor, as "Tuyên Quang" is, stands for both: then there are two terms between the braces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rapidfuzz import fuzz, process, utils

from ...errors import QuestionError
from ...graph.names import XSD
from ..facts.entities import resolve_all
from ..facts.values import Json, Value, json_value, value_of
from .header import ANY, Column, Parameter, Question, parse_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...graph.store import Row, Store

LANGUAGES = ("vi", "en")
NOT_STATED = {
    "vi": "chưa bài nào nêu — không có nghĩa là không có",
    "en": "no article states it — which does not mean there is none",
}
SEPARATOR = "; "
_SLOT = re.compile(r"^(\s*VALUES \?([a-z_]+) \{) ([^{}]*) (\})", re.MULTILINE)
_UNDEFINED = "UNDEF"


@dataclass(frozen=True)
class Answer:
    """What came back.

    :param rows: plain values in the order of the columns; empty when no article states it
    :param query: the SPARQL text that was run, whole
    :param lang: language of labels and sentences
    """

    question: Question
    rows: tuple[tuple[Value, ...], ...]
    query: str
    lang: str = "vi"

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the rows."""
        return self.question.columns

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns' labels in the asked language."""
        return tuple(column.labels[self.lang] for column in self.columns)

    @property
    def stated(self) -> bool:
        """Whether any article states it; ``False`` never means that it does not exist."""
        return bool(self.rows)

    @property
    def message(self) -> str:
        """What to tell when there is no row; empty when there is one."""
        return "" if self.rows else (self.question.none or NOT_STATED)[self.lang]

    def as_dict(self) -> dict[str, Json]:
        """Give the answer in a form that JSON can hold."""
        names = [column.name for column in self.columns]
        return {
            "question": self.question.name,
            "asks": self.question.asks[self.lang],
            "columns": [{"name": n, "label": label} for n, label in zip(names, self.labels, strict=True)],
            "rows": [dict(zip(names, map(json_value, row), strict=True)) for row in self.rows],
            "stated": self.stated,
            "message": self.message,
        }


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """Read every named question, in order of their names; a few milliseconds the first time.

    >>> len(questions()) >= 50
    True
    """
    files = [file for file in resources.files(__package__).iterdir() if file.name.endswith(".rq")]
    texts = {file.name.removesuffix(".rq"): file.read_text(encoding="utf-8") for file in files}
    return tuple(parse_question(name, texts[name]) for name in sorted(texts))


def question(name: str) -> Question:
    """Find a question by its name.

    :raises QuestionError: with the nearest names

    >>> question("systems-of-province").parameters[0].kind
    'province'
    """
    found = {one.name: one for one in questions()}
    if name not in found:
        raise QuestionError(f'no question "{name}"{_nearest(name, list(found))}')
    return found[name]


def ask(store: Store, name: str, parameters: Mapping[str, str] | None = None, lang: str = "vi") -> Answer:
    """Ask a named question.

    :param parameters: name -> words of the user; one with a default may be left out
    :param lang: `vi` or `en`
    :returns: an answer without rows when no article states it
    :raises QuestionError: if there is no such question or parameter, one is missing, or a value is no
        date or number
    :raises EntityError: if a name fits no entity, or several
    """
    asked = question(name)
    query = bind(store, asked, parameters or {}, lang)
    rows = tuple(_row(row, asked.columns) for row in store.select(query).rows)
    return Answer(asked, rows, query, lang)


def bind(store: Store, asked: Question, parameters: Mapping[str, str], lang: str = "vi") -> str:
    """Put terms for the parameters into the text of a question.

    :raises QuestionError: as :func:`ask`
    """
    return filled(asked.text, {**terms(store, asked, parameters, lang), "lang": str(ox.Literal(lang))})


def terms(
    store: Store, asked: Question, parameters: Mapping[str, str], lang: str = "vi"
) -> Mapping[str, str]:
    """Find what the parameters of a question mean: of each the terms that stand between the braces.

    :raises QuestionError: as :func:`ask`
    :raises EntityError: as :func:`ask`
    """
    if lang not in LANGUAGES:
        raise QuestionError(f'no language "{lang}" — one of: {", ".join(LANGUAGES)}')
    known = {parameter.name: parameter for parameter in asked.parameters}
    if unknown := [name for name in parameters if name not in known]:
        hint = _nearest(unknown[0], list(known)) if known else " — it takes none"
        raise QuestionError(f'question "{asked.name}" has no parameter "{unknown[0]}"{hint}')
    return {name: _term(store, asked, one, parameters.get(name), lang) for name, one in known.items()}


def filled(text: str, found: Mapping[str, str]) -> str:
    """Put terms between the braces of a query text; what is not named keeps what it has.

    :param found: name -> terms; `lang` is that of sub-selects, too

    >>> filled('  VALUES ?lang { "vi" }', {"lang": '"en"'})
    '  VALUES ?lang { "en" }'
    """

    def one(slot: re.Match[str]) -> str:
        name = "lang" if slot[2].startswith("lang_") else slot[2]
        return f"{slot[1]} {found[name]} {slot[4]}" if name in found else slot[0]

    return _SLOT.sub(one, text)


def samples(asked: Question) -> Mapping[str, str]:
    """Give the terms that stand in the file of a question, by parameter; nothing for one that is open.

    >>> samples(question("systems-of-province"))
    {'province': '<https://w3id.org/egovkg/id/unit/vn-tuyen-quang>'}
    """
    held = {slot[2]: slot[3] for slot in _SLOT.finditer(asked.text) if slot[3] != _UNDEFINED}
    return {one.name: held[one.name] for one in asked.parameters if one.name in held}


def _term(store: Store, asked: Question, parameter: Parameter, given: str | None, lang: str) -> str:
    words = parameter.default if given is None else given
    if words is None:
        label = parameter.labels[lang]
        what = f'question "{asked.name}" needs the parameter "{parameter.name}" ({parameter.kind}: {label})'
        raise QuestionError(f"{what} — give it as {parameter.name}=…")
    if words == ANY and parameter.default == ANY:
        return _UNDEFINED
    if parameter.kind in {"entity", "province"}:
        folder = "unit" if parameter.kind == "province" else None
        return " ".join(str(ox.NamedNode(iri)) for iri in resolve_all(store, words, lang, folder=folder))
    try:
        return str(_literal(parameter.kind, words.strip()))
    except (ValueError, InvalidOperation):
        form = "YYYY-MM-DD" if parameter.kind == "date" else "1234.5"
        raise QuestionError(f'{parameter.name} "{words}" is no {parameter.kind} — write {form}') from None


def _literal(kind: str, words: str) -> ox.Literal:
    if kind == "date":
        return ox.Literal(date.fromisoformat(words).isoformat(), datatype=ox.NamedNode(XSD + "date"))
    if kind == "number":
        number = Decimal(words)
        if not number.is_finite():
            raise ValueError(words)
        return ox.Literal(f"{number:f}", datatype=ox.NamedNode(XSD + "decimal"))
    return ox.Literal(words)


def _row(row: Row, columns: Sequence[Column]) -> tuple[Value, ...]:
    return tuple(_cell(value_of(term), column) for term, column in zip(row, columns, strict=True))


def _cell(value: Value, column: Column) -> Value:
    if not column.several or not isinstance(value, str):
        return value
    return SEPARATOR.join(sorted(value.split(SEPARATOR))) or None


def _nearest(name: str, names: Sequence[str]) -> str:
    matches = process.extract(name, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
    near = ", ".join(match[0] for match in matches)
    return f" — nearest: {near}" if near else ""
