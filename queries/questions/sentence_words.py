"""The words of sentences and named questions, and the similarity of texts by their words."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from ...graph.text import fold
from ...words import catalogue, languages
from .named import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .header import Question

IndexTerms: TypeAlias = "frozenset[str]"  # words, pairs of neighbouring words, what is asked for
WeightByTerm: TypeAlias = "Mapping[str, float]"

_WORD = re.compile(r"[^\W_]+")
_ALTERNATIVES = ";"  # between wordings and between groups of synonyms
_SYNONYM = "="
_PAIR = " "  # between two neighbouring words
_ASKED_FOR = "_"  # in the catalogue, the place of the word that a question asks for
_ASKED = "?"  # after a word that a question asks for
_JOINT = "+"  # between the words of a phrase that stands for its synonyms
_PAIR_WEIGHT, _ASKED_WEIGHT, _PHRASE_WEIGHT = 0.8, 0.5, 1.4  # compared with a word as rare
_MIN_STEM = 3  # letters that remain of an English word
_PLURALS = {"sses": "ss", "xes": "x", "ches": "ch", "shes": "sh", "ies": "y", "ss": "ss", "us": "us", "s": ""}
_ALL_TEXTS = 0.35  # share of the words of all wordings in the score, against the most similar wording


@dataclass(frozen=True)
class _Lexicon:
    """Stop words and synonyms of all languages, from the catalogues.

    :param stop_words: words that do not help to choose a question; without accents or capitals
    :param asking_before: words before what a question asks for, such as "which"
    :param asking_after: words after it, such as "nào"
    :param canonical: synonym → the representative of its group; without accents or capitals
    :param phrases: pattern that matches synonyms of more than one word
    """

    stop_words: frozenset[str]
    asking_before: frozenset[str]
    asking_after: frozenset[str]
    canonical: Mapping[str, str]
    phrases: re.Pattern[str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    """Read stop words and synonyms; they are cached."""
    stop_words: set[str] = set()
    asking: list[list[str]] = []
    canonical: dict[str, str] = {}
    for lang in languages():
        texts = catalogue(__package__, lang)
        stop_words |= set(_plain(texts["search.stop"]).split())
        asking += [pattern.split() for pattern in texts["search.asking"].split(_ALTERNATIVES)]
        for group in texts["search.synonyms"].split(_ALTERNATIVES):
            phrases = [_plain(phrase) for phrase in group.split(_SYNONYM)]
            canonical |= {phrase: phrases[0].replace(" ", _JOINT) for phrase in phrases}
    by_length = sorted(canonical, key=lambda phrase: (-len(phrase), phrase))
    pattern = "|".join(map(re.escape, by_length))
    return _Lexicon(
        frozenset(stop_words),
        asking_before=frozenset(_plain(first) for first, last in asking if last == _ASKED_FOR),
        asking_after=frozenset(_plain(last) for first, last in asking if first == _ASKED_FOR),
        canonical=canonical,
        phrases=re.compile(rf"\b(?:{pattern})\b"),
    )


def _plain(text: str) -> str:
    return " ".join(map(_stem, _WORD.findall(fold(text))))


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """Return an English word without its ending; Vietnamese syllables have no such endings and stay.

    >>> [_stem(word) for word in ("agencies", "agency", "planned", "plan", "issuing", "issues", "tỉnh")]
    ['agency', 'agency', 'plan', 'plan', 'issu', 'issu', 'tỉnh']
    """
    stem = _singular(word)
    for ending in ("ing", "ed"):
        if stem.endswith(ending) and len(stem) - len(ending) >= _MIN_STEM:
            stem = stem.removesuffix(ending)
            stem = stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
    return stem.removesuffix("e") if len(stem) > _MIN_STEM else stem


def _singular(word: str) -> str:
    for ending, kept in _PLURALS.items():
        if word.endswith(ending) and len(word) - len(ending) + len(kept) >= _MIN_STEM:
            return word.removesuffix(ending) + kept
    return word


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text without stop words; synonyms are replaced by their representative.

    >>> words_of("LGSP sập thì sao") == words_of("LGSP ngừng thì sao")
    True
    """
    stop_words = _lexicon().stop_words
    return tuple(word for word in _canonical_words(text) if word not in stop_words)


def _canonical_words(text: str) -> list[str]:
    lexicon = _lexicon()
    return lexicon.phrases.sub(lambda match: lexicon.canonical[match[0]], _plain(text)).split()


def terms_of(text: str) -> IndexTerms:
    """Return the terms of a text: its words, pairs of neighbouring words, and what it asks for.

    >>> sorted(terms_of("which online dossiers"))
    ['dossier', 'onlin', 'onlin dossier', 'onlin?']
    """
    words = words_of(text)
    pairs = (f"{first}{_PAIR}{second}" for first, second in pairwise(words))
    return frozenset((*words, *pairs, *_asked_for(text)))


def _asked_for(text: str) -> Iterable[str]:
    """List what a text asks for, each as a term: "systems" in "which systems" and "hệ thống nào"."""
    lexicon = _lexicon()
    for first, second in pairwise(_canonical_words(text)):
        if first in lexicon.asking_before and second not in lexicon.stop_words:
            yield f"{second}{_ASKED}"
        if second in lexicon.asking_after and first not in lexicon.stop_words:
            yield f"{first}{_ASKED}"


@dataclass(frozen=True)
class QuestionWordings:
    """A named question as terms: those of each wording, and of all together."""

    question: Question
    wordings: tuple[IndexTerms, ...]
    all_terms: IndexTerms


@dataclass(frozen=True)
class QuestionIndex:
    """All named questions by their terms; rare terms have a larger weight."""

    wordings: tuple[QuestionWordings, ...]
    weights: WeightByTerm
    weight_of_unknown: float

    def score(self, terms: IndexTerms, question: QuestionWordings) -> float:
        """Return the similarity of a sentence and a question, 0 to 1."""
        best = max(self._likeness(terms, wording) for wording in question.wordings)
        covered = self._weight(terms & question.all_terms) / (self._weight(terms) or 1.0)
        return (1 - _ALL_TEXTS) * best + _ALL_TEXTS * covered

    def _likeness(self, terms: IndexTerms, wording: IndexTerms) -> float:
        """Return the common weight divided by the geometric mean of both weights."""
        both = math.sqrt(self._weight(terms) * self._weight(wording))
        return self._weight(terms & wording) / both if both else 0.0

    def _weight(self, terms: Iterable[str]) -> float:
        return sum(self.weights.get(term, self._unknown(term)) for term in sorted(terms))

    def _unknown(self, term: str) -> float:
        """Return the weight of a term that no question has; none for pairs, which vary freely."""
        return 0.0 if _PAIR in term or term.endswith(_ASKED) else self.weight_of_unknown


@lru_cache(maxsize=1)
def question_index() -> QuestionIndex:
    """Index the wordings of all questions in all languages; cached; takes some ten milliseconds."""
    wordings = tuple(map(_wordings, questions()))
    counts = Counter(term for question in wordings for term in question.all_terms)
    weights = {
        term: math.log(1 + len(wordings) / count) * _importance(term) for term, count in counts.items()
    }
    return QuestionIndex(wordings, weights, math.log(1 + len(wordings)) / 2)


def _importance(term: str) -> float:
    """Return the weight of a term, compared with a single word that is as rare."""
    if _PAIR in term:
        return _PAIR_WEIGHT
    if term.endswith(_ASKED):
        return _ASKED_WEIGHT
    return _PHRASE_WEIGHT if _JOINT in term else 1.0


def _wordings(question: Question) -> QuestionWordings:
    """Collect the texts by which a question is found: its wordings in each language, and its name."""
    texts = (question.name, *question.asks.values(), *other_wordings(question))
    wordings = tuple(terms_of(text) for text in texts)
    columns = (column.label(lang) for column in question.columns for lang in languages())
    all_terms = frozenset().union(*wordings, *(terms_of(label) for label in columns))
    return QuestionWordings(question, wordings, all_terms)


def other_wordings(question: Question) -> tuple[str, ...]:
    """List what people ask instead of the text of a question, in all languages.

    >>> from egovkg.queries.questions.named import question
    >>> "hoạt động 24/7" in other_wordings(question("availability"))
    True
    """
    texts = (catalogue(__package__, lang).below("also").get(question.name, "") for lang in languages())
    wordings = (wording.strip() for text in texts for wording in text.split(_ALTERNATIVES))
    return tuple(filter(None, wordings))
