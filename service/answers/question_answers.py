"""The answers of the named questions: their list, their SPARQL text with parameters, their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...queries.questions.ask import NamedQuestion, ask_question
from ...queries.questions.binding import ADDRESS, query_text, samples, terms_of
from ...queries.questions.named import question as find_question
from ...queries.questions.named import questions as named_questions
from ...queries.questions.proposals import SentenceQuestion, ask_proposals
from .entities import described, entity_names, label_names
from .parameters import LANG, PAGING, QUESTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import OxigraphStore
    from ...queries.facts.values import Json
    from ...queries.questions.header import Question, QuestionParameter
    from .parameters import ParameterValues

_RESERVED = frozenset(parameter.name for parameter in (QUESTION, LANG, *PAGING))
_ENTITY_KINDS = frozenset(("entity", "province"))  # kinds of parameters that name entities


def ask(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """Answer a named question with its parameters."""
    return ask_question(
        store, NamedQuestion(values["question"], _question_values(values), values["lang"])
    ).as_dict()


def bind(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """Return the SPARQL text of a named question with its parameters, and the meaning of each parameter."""
    lang, question = values["lang"], find_question(values["question"])
    given_values = _question_values(values)
    terms = terms_of(store, question, given_values, lang)
    parameters: list[Json] = [
        {
            "name": parameter.name,
            "label": parameter.label(lang),
            "given": given_values.get(parameter.name, parameter.default),
            "terms": terms[parameter.name],
            "means": _meaning(store, parameter, terms[parameter.name], lang),
        }
        for parameter in question.parameters
    ]
    text = query_text(question, terms, lang)
    return {
        "question": question.name,
        "asks": question.wording(lang),
        "parameters": parameters,
        "query": text,
    }


def questions(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """List the named questions with parameters and SPARQL text; labels are in the requested language."""
    lang = values["lang"]
    return {"questions": [_question(store, question, lang) for question in named_questions()]}


def propose(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """Propose the named questions that answer a sentence, best first, with parameters filled in."""
    lang = values["lang"]
    report = ask_proposals(store, SentenceQuestion(values["q"], lang), names=entity_names(store))
    return {"proposals": [proposal.as_dict(lang) for proposal in report.proposals]}


def _question_values(values: ParameterValues) -> Mapping[str, str]:
    """Select the parameters of the request that belong to the question."""
    return {name: value for name, value in values.items() if name not in _RESERVED}


def _question(store: OxigraphStore, question: Question, lang: str) -> Json:
    sample_terms = samples(question)
    parameters: list[Json] = [
        {
            "name": parameter.name,
            "kind": parameter.kind,
            "label": parameter.label(lang),
            "default": parameter.default,
            **_example(store, parameter, sample_terms.get(parameter.name, ""), lang),
        }
        for parameter in question.parameters
    ]
    columns: list[Json] = [{"name": column.name, "label": column.label(lang)} for column in question.columns]
    return {
        "name": question.name,
        "asks": question.wording(lang),
        "for": list(question.groups),
        "parameters": parameters,
        "columns": columns,
        "query": query_text(question, {}, lang),
    }


def _meaning(store: OxigraphStore, parameter: QuestionParameter, terms: str, lang: str) -> list[Json]:
    return described(store, ADDRESS.findall(terms), lang) if parameter.kind in _ENTITY_KINDS else []


def _example(store: OxigraphStore, parameter: QuestionParameter, term: str, lang: str) -> dict[str, Json]:
    """Return a value that yields rows, with its label; empty if any value is accepted or none yields rows."""
    if parameter.kind not in _ENTITY_KINDS:
        return {"example": term.partition("^^")[0].strip('"')} if term else {}
    name = label_names(store, lang).get(next(iter(ADDRESS.findall(term)), ""))
    return {"example": name.curie, "example_label": name.words} if name else {}
