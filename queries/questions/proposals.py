"""The named questions that answer a free sentence, best first, with their parameters filled in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from ...errors import QuestionError
from ...graph.names import ID
from ...words import DEFAULT_LANGUAGE
from ..facts.entities import EntityNames
from .binding import ADDRESS, samples
from .header import ANY
from .named import with_similar
from .sentence_names import sentence_names
from .sentence_words import question_index, terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import Store
    from ..facts.values import Json
    from .header import Question, QuestionParameter
    from .sentence_names import SentenceNames
    from .sentence_words import IndexTerms

ValueByParameter: TypeAlias = "Mapping[str, str]"

MAX_PROPOSALS = 5
_LEAST_SCORE = 0.12  # of a proposal; below it words agree by chance
_LEAST_OF_BEST = 0.45  # share of the best score that another proposal needs
_FILLED, _NOT_FILLED, _NOT_USED = 0.14, 0.12, 0.05  # a parameter named, one lacking, an entity left over
_FIRST_DAY = "from"  # the parameter that takes the first day of a time; the others take the last
_ANY_ENTITY = "thing"  # the parameter that takes entities of every folder


@dataclass(frozen=True)
class SentenceQuestion:
    """Which named questions answer this sentence?

    :param sentence: words or a whole sentence, in any of the languages
    :param lang: language of the proposals
    """

    sentence: str
    lang: str = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class QuestionProposal:
    """A named question that may answer a sentence.

    :param parameters: values found in the sentence: the CURIE of an entity if it is unambiguous, else the
        words
    :param missing: required parameters without a value in the sentence
    :param score: quality of the match, higher is better
    """

    question: Question
    parameters: ValueByParameter
    missing: tuple[str, ...]
    score: float

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return the proposal as a JSON-compatible record."""
        return {
            "question": self.question.name,
            "asks": self.question.wording(lang),
            "parameters": dict(self.parameters),
            "missing": list(self.missing),
        }


@dataclass(frozen=True)
class Proposals:
    """The named questions that may answer a sentence, best first; at most :data:`MAX_PROPOSALS`."""

    question: SentenceQuestion
    proposals: tuple[QuestionProposal, ...] = field(default=())


def ask_proposals(store: Store, question: SentenceQuestion, *, names: EntityNames | None = None) -> Proposals:
    """Propose named questions that answer a sentence.

    Words that occur in few questions weigh more; synonyms are equal; a question scores higher for each
    parameter that the sentence fills, and lower for each that is missing.

    :param names: the names in the store, if they have been read already
    :raises QuestionError: if no question matches, with similar names
    """
    names = names or EntityNames.of(store)
    mentions = sentence_names(question.sentence, names)
    curies = {name.iri: name.curie for name in names.names}
    index, terms = question_index(), _sentence_terms(question.sentence, mentions)
    proposals = [
        _proposal(wordings.question, max(index.score(term_set, wordings) for term_set in terms), mentions)
        for wordings in index.wordings
    ]
    proposals.sort(key=lambda proposal: (-round(proposal.score, 9), proposal.question.name))
    least = max(_LEAST_SCORE, _LEAST_OF_BEST * proposals[0].score)
    fitting = [proposal for proposal in proposals if proposal.score >= least][:MAX_PROPOSALS]
    if not fitting:
        names_of_questions = [wordings.question.name for wordings in index.wordings]
        raise QuestionError(with_similar("error.no-question", question.sentence, names_of_questions))
    return Proposals(question, tuple(_with_curies(proposal, mentions, curies) for proposal in fitting))


def _sentence_terms(sentence: str, mentions: SentenceNames) -> tuple[IndexTerms, ...]:
    """Return the terms of a sentence, with and without the names in it."""
    texts = dict.fromkeys((sentence, mentions.other_words))
    return tuple(terms_of(text) for text in texts)


def _proposal(question: Question, likeness: float, mentions: SentenceNames) -> QuestionProposal:
    """Fill in the parameters of a question and adjust its score accordingly."""
    values, used = _values(question, mentions)
    missing = tuple(
        parameter.name
        for parameter in question.parameters
        if parameter.default is None and parameter.name not in values
    )
    certain = {entity.words for entity in mentions.entities if entity.is_one}
    narrowing = {values.get(parameter.name) for parameter in question.parameters if parameter.default == ANY}
    asked_of = used - narrowing  # a question about a province fits better than one that it only narrows
    is_filled = bool(asked_of & (certain | {day for days in mentions.days for day in days}))
    score = (
        likeness + _FILLED * is_filled - _NOT_FILLED * bool(missing) - _NOT_USED * bool(certain - asked_of)
    )
    return QuestionProposal(question, values, missing, score if likeness else 0.0)


def _values(question: Question, mentions: SentenceNames) -> tuple[ValueByParameter, frozenset[str]]:
    """Assign the names and days in a sentence to the parameters of a question.

    :returns: words or days by parameter; and the words that were used
    """
    values: dict[str, str] = {}
    folders = _sample_folders(question)
    for parameter in question.parameters:
        if value := _value(parameter, folders.get(parameter.name), mentions):
            values[parameter.name] = value
    return values, frozenset(values.values())


def _sample_folders(question: Question) -> Mapping[str, str]:
    """Return the folder of the sample entity of each parameter in the file of a question."""
    addresses = {name: ADDRESS.findall(terms) for name, terms in samples(question).items()}
    return {name: found[0].removeprefix(ID).partition("/")[0] for name, found in addresses.items() if found}


def _value(parameter: QuestionParameter, folder: str | None, mentions: SentenceNames) -> str | None:
    """Find the value of one parameter: an entity of the required kind, a day, or a word."""
    if parameter.kind == "province":
        return next((entity.words for entity in mentions.entities if entity.is_unit), None)
    if parameter.kind == "entity":
        is_any = folder is None or parameter.name == _ANY_ENTITY
        fitting = [entity for entity in mentions.entities if is_any or entity.folders <= {folder}]
        return next((entity.words for entity in fitting if not entity.is_unit), None)
    if parameter.kind == "date" and mentions.days:
        return mentions.days[0][0] if parameter.name == _FIRST_DAY else mentions.days[-1][1]
    if parameter.kind == "year" and mentions.days:
        return mentions.days[-1][1][:4]
    return mentions.abbreviation if parameter.kind == "text" else None


def _with_curies(
    proposal: QuestionProposal, mentions: SentenceNames, curies: Mapping[str, str]
) -> QuestionProposal:
    """Replace the entities among the parameters by their CURIEs if they are unambiguous."""
    identifiers = {
        entity.words: curies[entity.iris[0]] for entity in mentions.entities if len(entity.iris) == 1
    }
    values = {name: identifiers.get(words, words) for name, words in proposal.parameters.items()}
    return replace(proposal, parameters=values)
