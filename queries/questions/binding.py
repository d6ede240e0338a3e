"""Insertion of parameters and language into the SPARQL text of a named question.

Texts of users are first converted to IRIs or literals, and never inserted otherwise. A name shared by a unit
and its successor, such as "Tuyên Quang", stands for both: then there are two terms between the braces.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...errors import QuestionError
from ...graph.names import XSD
from ...words import DEFAULT_LANGUAGE, Labelled, label, languages, message
from ..facts.entities import resolve_all
from .header import ANY
from .named import with_similar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import Store
    from .header import Question, QuestionParameter

TermsByParameter: TypeAlias = "Mapping[str, str]"  # parameter -> SPARQL terms, parted by blanks

LANG = "lang"
_SLOT = re.compile(r"^(\s*VALUES \?([a-z_]+) \{) ([^{}]*) (\})", re.MULTILINE)
_LANGUAGE_SLOT = re.compile(r"^\s*VALUES \?lang \{ [^{}]* \}\n", re.MULTILINE)
_LANGUAGE = re.compile(r"\?lang\b")
_WORDS = re.compile(r"(VALUES \(\?rule \?words\) \{)[^{}]*(\})")
_UNBOUND = "UNDEF"
ADDRESS = re.compile(r"<([^<>]+)>")  # of an entity among the terms of a parameter


def query_text(question: Question, terms: TermsByParameter, lang: str) -> str:
    """Insert terms and a language into the text of a question.

    The language stands as a constant in place of `?lang`: engines then restrict each label as they read it.

    :param terms: terms by parameter, as returned by :func:`terms_of`; other parameters keep their sample
        value
    :param lang: language of the labels that the query returns

    >>> from egovkg.queries.questions.named import question
    >>> 'LANG(?placeLabel) = "en"' in query_text(question("articles"), {}, "en")
    True
    """
    values = {**terms, LANG: str(ox.Literal(lang))}

    def filled_slot(slot: re.Match[str]) -> str:
        name = LANG if slot[2].startswith(f"{LANG}_") else slot[2]
        return f"{slot[1]} {values[name]} {slot[4]}" if name in values else slot[0]

    text = _LANGUAGE.sub(values[LANG], _LANGUAGE_SLOT.sub("", question.text))
    text = _SLOT.sub(filled_slot, text)
    rows = " ".join(_word_row(key, labels, lang) for key, labels in question.words.items())
    return _WORDS.sub(lambda match: f"{match[1]} {rows} {match[2]}", text)


def bind(
    store: Store, question: Question, parameters: Mapping[str, str], lang: str = DEFAULT_LANGUAGE
) -> str:
    """Insert the texts of a user into the text of a question, as terms.

    :raises QuestionError: as :func:`terms_of`; likewise EntityError
    """
    return query_text(question, terms_of(store, question, parameters, lang), lang)


def _word_row(key: str, labels: Mapping[str, str], lang: str) -> str:
    # With its language, since Virtuoso keeps no letters beyond Latin-1 in a plain string of a query.
    return f"({ox.Literal(key)} {ox.Literal(label(labels, lang), language=lang)})"


def terms_of(store: Store, question: Question, parameters: Mapping[str, str], lang: str) -> TermsByParameter:
    """Convert the parameters of a question from texts to terms.

    :param parameters: parameter → text of the user; a parameter with a default may be missing
    :raises QuestionError: if the question has no such parameter, one is missing, a value is not a date or
        number as required, or the language is unknown
    :raises EntityError: if a name matches no entity, or more than one
    """
    if lang not in languages():
        raise QuestionError(message(__package__, "error.no-language", lang=lang, languages=languages()))
    by_name = {parameter.name: parameter for parameter in question.parameters}
    for name in parameters:
        if name not in by_name:
            raise _unknown_parameter(question, name)
    return {
        name: _terms(store, question, parameter, parameters.get(name), lang)
        for name, parameter in by_name.items()
    }


def samples(question: Question) -> TermsByParameter:
    """Return the sample terms in the file of a question, by parameter; none for an unrestricted one.

    >>> from egovkg.queries.questions.named import question
    >>> samples(question("systems-of-province"))
    {'province': '<https://w3id.org/egovkg/id/unit/vn-tuyen-quang>'}
    """
    terms = {slot[2]: slot[3] for slot in _SLOT.finditer(question.text) if slot[3] != _UNBOUND}
    return {
        parameter.name: terms[parameter.name] for parameter in question.parameters if parameter.name in terms
    }


def _unknown_parameter(question: Question, name: str) -> QuestionError:
    names = [parameter.name for parameter in question.parameters]
    if not names:
        text = message(__package__, "error.no-parameters", question=question.name, name=name)
        return QuestionError(text)
    return QuestionError(with_similar("error.no-parameter", name, names, question=question.name))


def _terms(
    store: Store, question: Question, parameter: QuestionParameter, value: str | None, lang: str
) -> str:
    words = parameter.default if value is None else value
    if words is None:
        raise _missing_parameter(question, parameter)
    if words == ANY and parameter.default == ANY:
        return _UNBOUND
    if parameter.kind in {"entity", "province"}:
        folder = "unit" if parameter.kind == "province" else None
        return " ".join(str(ox.NamedNode(iri)) for iri in resolve_all(store, words, lang, folder=folder))
    try:
        return str(_literal(parameter.kind, words.strip()))
    except (ValueError, InvalidOperation):
        key = f"error.no-{parameter.kind}"
        raise QuestionError(message(__package__, key, name=parameter.name, value=words)) from None


def _missing_parameter(question: Question, parameter: QuestionParameter) -> QuestionError:
    return QuestionError(
        message(
            __package__,
            "error.parameter-missing",
            question=question.name,
            name=parameter.name,
            kind=message(__package__, f"kind.{parameter.kind}"),
            label=Labelled.of(parameter.labels),
        )
    )


def _literal(kind: str, words: str) -> ox.Literal:
    if kind == "date":
        return ox.Literal(date.fromisoformat(words).isoformat(), datatype=ox.NamedNode(XSD + "date"))
    if kind == "year":
        return ox.Literal(f"{date(int(words), 1, 1).year:04}")
    if kind == "number":
        number = Decimal(words)
        if not number.is_finite():
            raise ValueError(words)
        return ox.Literal(f"{number:f}", datatype=ox.NamedNode(XSD + "decimal"))
    return ox.Literal(words)
