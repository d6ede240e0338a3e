"""A draft with the proposals of a model beside those of the rules, each marked as the model's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from itertools import permutations
from typing import TYPE_CHECKING

import yaml

from ...errors import EndpointError
from ...files import packaged_text
from ...words import Message, label
from ..drafts.proposal_lines import MODEL_RULE
from ..drafts.proposals import CLAIMS, ProposedDigest, ProposedStatement
from ..statements.fitting_relations import fitting_relations
from ..text.corpus_languages import ARTICLE_LANGUAGE
from .answer import AnswerError, ModelQuestion, SentenceAnswer, read_answer
from .connection import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..drafts.desk import DraftedText
    from ..drafts.proposals import DraftParagraph
    from ..register.lexicon import Lexicon
    from .connection import ModelConnection

PATIENCE = 3  # failures in a row, after which the model is asked no more
_PROMPT = "prompt.yaml"
_MOST_NAMES = 8  # of a sentence that are put to the model
_SHOWN_DIGITS = 12  # of the hash of the prompt


@dataclass(frozen=True)
class ModelAdvice:
    """A draft with what a model added.

    :param asked: how many sentences were put to it
    :param faults: why answers, or parts of them, were left out, with how often
    :param end: the error after which it was asked no more; ``None`` if it was asked about every sentence
    """

    drafted: DraftedText
    asked: int
    digests: int
    relations: int
    faults: Mapping[Message, int]
    end: EndpointError | None


def prompt_digest() -> str:
    """Return the hash of what the model is asked, shortened to twelve digits."""
    return sha256(packaged_text(__package__ or "", _PROMPT).encode()).hexdigest()[:_SHOWN_DIGITS]


@lru_cache(maxsize=1)
def _prompt() -> Mapping[str, str]:
    texts: dict[str, str] = yaml.safe_load(packaged_text(__package__ or "", _PROMPT))
    return texts


def advised(drafted: DraftedText, lexicon: Lexicon, model: ModelConnection) -> ModelAdvice:
    """Ask a model about each sentence of a draft, and add its proposals to those of the rules.

    The sentences of the original and the names in them are sent to it, and nothing else. What it answers is
    checked: relations must fit the two classes, digests must not copy the sentence or add numbers.

    :returns: the draft as far as the model answered; the proposals of the rules are all there in any case
    """
    return _Advisor(drafted, lexicon, model).advice()


class _Advisor:
    """The questions on one draft."""

    def __init__(self, drafted: DraftedText, lexicon: Lexicon, model: ModelConnection) -> None:
        self._drafted, self._lexicon, self._model = drafted, lexicon, model
        prefix = drafted.head.prefix
        self._new = {f"{prefix}:{entity.name}": entity for entity in drafted.draft.entities}
        mentions = [mention.number for mention in drafted.draft.mentions]
        statements = [statement.number for statement in drafted.draft.statements]
        self._number = max((*mentions, *statements), default=0)
        self._stated = {(item.subject, item.predicate, item.target) for item in drafted.draft.statements}
        self._faults: Counter[Message] = Counter()
        self._asked = self._failures = self._digests = self._relations = 0
        self._end: EndpointError | None = None

    def advice(self) -> ModelAdvice:
        draft = self._drafted.draft
        basis = f"{self._model.name}, prompt {prompt_digest()}"
        paragraphs = tuple(self._paragraph(paragraph) for paragraph in draft.paragraphs)
        drafted = replace(self._drafted, draft=replace(draft, paragraphs=paragraphs, model=basis))
        return ModelAdvice(
            drafted, self._asked, self._digests, self._relations, dict(self._faults), self._end
        )

    def _paragraph(self, paragraph: DraftParagraph) -> DraftParagraph:
        has_names = any(mention.entity for mention in paragraph.mentions)
        if self._end or not (has_names or paragraph.statements):
            return paragraph
        answer = self._answer(self._question(paragraph))
        statements = tuple(map(self._statement, answer.relations))
        digest = self._digest(answer) if answer.digest else None
        return replace(paragraph, statements=(*paragraph.statements, *statements), digest=digest)

    def _question(self, paragraph: DraftParagraph) -> ModelQuestion:
        names = [mention.entity for mention in paragraph.mentions if mention.entity]
        chosen = tuple(dict.fromkeys(names))[:_MOST_NAMES]
        sentence = self._drafted.raw.text[paragraph.start : paragraph.end]
        return ModelQuestion(" ".join(sentence.split()), chosen, self._allowed(chosen))

    def _allowed(self, names: tuple[str, ...]) -> dict[tuple[str, str], list[str]]:
        """List the relations that fit two names and are not proposed yet; pairs without any are left out."""
        allowed = {}
        for subject, target in permutations(names, 2):
            relations = fitting_relations(self._lexicon.vocabulary, self._kind(subject), self._kind(target))
            open_relations = [name for name in relations if (subject, name, target) not in self._stated]
            if open_relations:
                allowed[subject, target] = open_relations
        return allowed

    def _kind(self, curie: str) -> str:
        entity = self._lexicon.register.get(curie)
        return entity.kind if entity else self._new[curie].kind

    def _answer(self, question: ModelQuestion) -> SentenceAnswer:
        """Ask, and read the answer; an empty one if there is none that can be used."""
        self._asked += 1
        try:
            answer = read_answer(
                self._model.ask(_prompt()["instructions"], self._request(question)), question
            )
        except AnswerError as error:
            return self._failed(ModelError(self._model.url, error.reason))
        except EndpointError as error:
            return self._failed(error)
        self._failures = 0
        self._faults.update(answer.faults)
        return answer

    def _failed(self, error: EndpointError) -> SentenceAnswer:
        """Count a failure; ask no more if it lasts, or after several in a row."""
        self._failures += 1
        is_lasting = not isinstance(error, ModelError) or error.ends
        if is_lasting or self._failures >= PATIENCE:
            self._end = error
        elif isinstance(error.reason, Message):
            self._faults[error.reason] += 1
        return SentenceAnswer()

    def _request(self, question: ModelQuestion) -> str:
        numbers = {curie: number for number, curie in enumerate(question.names, 1)}
        names = [f"{number}. {self._name(curie)} ({self._kind(curie)})" for curie, number in numbers.items()]
        relations = [
            f"{numbers[subject]} → {numbers[target]}: {', '.join(allowed)}"
            for (subject, target), allowed in question.allowed.items()
        ]
        lists = {"names": "\n".join(names) or "-", "relations": "\n".join(relations) or "-"}
        return _prompt()["request"].format(sentence=question.sentence, **lists)

    def _name(self, curie: str) -> str:
        entity = self._lexicon.register.get(curie)
        return label(entity.values if entity else self._new[curie].values, ARTICLE_LANGUAGE)

    def _statement(self, relation: tuple[str, str, str]) -> ProposedStatement:
        self._number += 1
        self._relations += 1
        self._stated.add(relation)
        return ProposedStatement(self._number, CLAIMS, MODEL_RULE, None, *relation)

    def _digest(self, answer: SentenceAnswer) -> ProposedDigest:
        self._number += 1
        self._digests += 1
        return ProposedDigest(self._number, answer.digest, answer.english)
