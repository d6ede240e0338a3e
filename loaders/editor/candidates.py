"""Lists of what can be written at a place: names of entities, relations, attributes, classes, codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from ...graph.text import fold, folds
from ...ontology.references import component_labels
from ...words import label, languages
from ..article.attributes import ENTITIES, FIGURE_ONLY, TEXTS, TIMES, choices
from ..authoring.relations_page import entry_classes
from ..register.entries import CODE_PREFIX
from ..statements.name_index import NameIndex
from ..statements.register_quads import REGISTER_RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...ontology.vocabulary import Term
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from ..register.measures import FigureTerm


class CandidateKind(Enum):
    """What a candidate is, so that editors mark it."""

    ENTITY = "entity"
    RELATION = "relation"
    ATTRIBUTE = "attribute"
    CODE = "code"
    CLASS = "class"


@dataclass(frozen=True)
class Candidate:
    """One text that can be written.

    :param text: what is written
    :param name: what the list shows
    :param detail: a short explanation beside it
    :param subject: what :func:`egovkg.loaders.editor.description.describe` explains
    """

    text: str
    name: str
    kind: CandidateKind
    detail: str
    subject: str


class CandidateLists:
    """All candidates of one lexicon; the names are folded once.

    :param lang: language of the labels shown
    """

    def __init__(self, lexicon: Lexicon, lang: str) -> None:
        self.lexicon, self._lang = lexicon, lang
        self._index = NameIndex(lexicon)

    @cached_property
    def _folded_names(self) -> list[tuple[RegisterEntity, str]]:
        entities = self.lexicon.register.entities
        texts = [
            " ".join((*entity.names, *(entity.values.get(lang, "") for lang in languages())))
            for entity in entities
        ]
        return [
            (entity, f" {entity.curie} {text}") for entity, text in zip(entities, folds(texts), strict=True)
        ]

    def entities(self, typed: str, scope: str, required: str | None = None) -> list[RegisterEntity]:
        """List the entities of a class whose CURIE or name has a word that begins as typed.

        :param typed: what is typed so far, with or without accents; empty for all
        :param scope: the unit whose entities come first
        :param required: the class; ``None`` for any
        """
        wanted = f" {fold(typed)}" if typed else " "
        fitting = [
            entity
            for entity, text in self._folded_names
            if (wanted in text or (":" in typed and entity.curie.startswith(typed)))
            if self.lexicon.fits(entity.kind, required)
        ]
        return sorted(fitting, key=lambda entity: not (scope and self._index.is_inside(entity, scope)))

    def entity(self, entity: RegisterEntity, text: str = "") -> Candidate:
        """Word an entity as a candidate.

        :param text: what is written; by default its CURIE
        """
        kind = label(self.lexicon.vocabulary.classes[entity.kind].labels, self._lang)
        name = f"{entity.curie} {label(entity.values, self._lang)}"
        return Candidate(text or entity.curie, name, CandidateKind.ENTITY, kind, entity.curie)

    def relations(self, subject: str) -> list[Candidate]:
        """List the relations that claims on an entity can state; all for an unknown one."""
        entity = self.lexicon.register.get(subject)
        return [
            self._term(term, CandidateKind.RELATION)
            for term in self.lexicon.vocabulary.properties.values()
            if term.kind != "annotation" and term.name not in REGISTER_RELATIONS
            if entity is None or self.lexicon.fits(entity.kind, term.domain)
        ]

    def codes(self, code_list: str) -> list[Candidate]:
        """List the codes of a list as objects of claims."""
        vocabulary = self.lexicon.vocabulary
        terms = (vocabulary.codes[slug] for slug in vocabulary.schemes.get(code_list, ()))
        return [self._term(term, CandidateKind.CODE, f"{CODE_PREFIX}:{term.name}") for term in terms]

    def classes(self) -> list[Candidate]:
        """List the classes of entries."""
        classes = self.lexicon.vocabulary.classes
        return [
            self._term(classes[name], CandidateKind.CLASS) for name in entry_classes(self.lexicon.vocabulary)
        ]

    def components(self) -> list[Candidate]:
        """List the codes of reference components."""
        return [
            Candidate(curie, curie, CandidateKind.CODE, label(labels, self._lang), curie)
            for curie, labels in sorted(component_labels().items())
        ]

    def measures(self) -> list[Candidate]:
        """List the measures of figures."""
        terms = self.lexicon.measures.values()
        return [
            Candidate(
                term.name, term.name, CandidateKind.RELATION, term.values.get(self._lang, ""), term.name
            )
            for term in terms
        ]

    def units(self) -> list[Candidate]:
        """List the units of figures."""
        return self._figure_terms(self.lexicon.units, CandidateKind.CODE)

    def _figure_terms(self, terms: Mapping[str, FigureTerm], kind: CandidateKind) -> list[Candidate]:
        return [
            Candidate(name, name, kind, term.values.get(self._lang, ""), name) for name, term in terms.items()
        ]

    def attributes(self, used: Iterable[str], *, is_figure: bool) -> list[Candidate]:
        """List the attributes that a line does not have yet."""
        names = (*choices(), *TIMES, *ENTITIES, *TEXTS)
        allowed = [name for name in names if is_figure or name not in FIGURE_ONLY]
        return [
            Candidate(f"{name}: ", name, CandidateKind.ATTRIBUTE, ", ".join(choices().get(name, ())), name)
            for name in allowed
            if name not in {*used}
        ]

    def attribute_values(self, attribute: str) -> Iterator[Candidate]:
        """List the values of an attribute; none if it takes a text or a time."""
        codes = self.lexicon.vocabulary.codes
        for word, slug in choices().get(attribute, {}).items():
            detail = label(codes[slug].labels, self._lang) if slug in codes else ""
            yield Candidate(word, word, CandidateKind.CODE, detail, slug)

    def _term(self, term: Term, kind: CandidateKind, text: str = "") -> Candidate:
        return Candidate(
            text or term.name, text or term.name, kind, label(term.labels, self._lang), term.name
        )
