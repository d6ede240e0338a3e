"""What a person can choose from while adding a statement: things, relations, objects, times, values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from ...graph.text import fold, spelling
from ...words import languages
from ..article.attributes import choices
from ..editor.candidates import CandidateLists
from ..pipeline.corpus import find_articles, shipped_folder
from ..recognition.spans import NamedThing
from ..register.entries import CODE_PREFIX
from ..statements.register_quads import REGISTER_RELATIONS
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from .desk import DraftDesk
from .draft_files import DraftHead, entry_values
from .drafting import TextFrame
from .proposal_lines import open_proposals, paragraphs
from .statement_text import curies_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ...ontology.vocabulary import Term
    from ..register.entity import Register
    from ..register.register_text import EntryValues
    from .acceptance import DraftArticle
    from .proposal_lines import ParagraphRows
    from .proposals import Draft

_STATED_ITEM = "StatedItem"  # class of goals, tasks, results and limitations
_TRANSLATED = "langString"  # range of relations whose objects are texts in every language


class ObjectKind(Enum):
    """What the objects of a relation are."""

    THING = "thing"
    CODE = "code"
    TIME = "edtf"
    TEXT = "text"


@dataclass(frozen=True)
class Offer:
    """One thing to choose.

    :param text: what a statement has for it
    :param labels: what it is called: language → label; empty if the text says it
    """

    text: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class NewThing:
    """A thing that a person named.

    :param values: the keys of its entry; empty if the register has it
    :param place: where the original names it; ``None`` for a name that was typed
    :param guessed: the language of the corpus in which the person named it not, so that its label is guessed
    """

    curie: str
    values: EntryValues
    place: tuple[int, int] | None
    guessed: str = ""


class RowChoices:
    """Lists from which the parts of a statement are chosen, what fits best first.

    :param article: the article under review, whose state the lists follow
    """

    def __init__(self, article: DraftArticle, lang: str) -> None:
        self._article = article
        self._lists = CandidateLists(article.lexicon, lang)
        self._readings: dict[str, Draft] = {}

    # what a statement is made of ---------------------------------------------------------------------

    def things(self, paragraph: str, required: str | None = None, besides: str = "") -> list[Offer]:
        """List the things of a paragraph, then the unit of the article, then those of other paragraphs.

        :param required: the class that they must have; ``None`` for any
        :param besides: a thing to leave out, such as the subject among the objects
        """
        named = {part.name: [*part.mentions, *_stated(part.statements)] for part in self._parts}
        for proposal in open_proposals(self._article.rows):
            named[proposal.paragraph] += curies_in(proposal.content)
        names = [part.name for part in self._parts]
        before = names[: names.index(paragraph)]
        order = [paragraph, "", *reversed(before), *names]
        named[""] = [self._article.head.get("scope", "")]
        curies = dict.fromkeys(curie for name in order for curie in named[name])
        return [self.thing(curie) for curie in curies if curie != besides and self._fits(curie, required)]

    def _fits(self, curie: str, required: str | None) -> bool:
        kind = self._article.kind(curie)
        return bool(kind) and self._article.lexicon.fits(kind, required)

    def thing(self, curie: str) -> Offer:
        """Return an entity or a proposed entry as a choice."""
        return Offer(curie, self._article.labels(curie))

    def search(self, typed: str, required: str | None = None) -> list[Offer]:
        """List the entities, and proposed entries, that have a word which begins as typed.

        The unit of the article comes first, then what the article names already.
        """
        scope = self._article.head.get("scope", "")
        proposed = [
            curie
            for curie, values in self._article.registers.proposed.items()
            if f" {fold(typed)}" in f" {fold(' '.join(values.get(lang, '') for lang in languages()))}"
            if self._article.lexicon.fits(values.get("kind", ""), required)
        ]
        listed = [entity.curie for entity in self._lists.entities(typed, scope, required)]
        used = {scope, *curies_in("\n".join(self._article.rows))}
        found = sorted([*proposed, *listed], key=lambda curie: (curie != scope, curie not in used))
        return [self.thing(curie) for curie in dict.fromkeys(found)]

    def relations(self, subject: str) -> list[Offer]:
        """List the relations of a subject, those first that the corpora use most with its class."""
        kind = self._article.kind(subject)
        counts = self._counts
        terms = [
            term
            for term in self._relations
            if self._article.lexicon.fits(kind, term.domain)
            if counts["", term.name] or (term.kind == "object" and term.range in self._entry_classes)
        ]
        terms.sort(key=lambda term: (-counts[kind, term.name], -counts["", term.name], term.name))
        return [Offer(term.name, term.labels) for term in terms]

    def measures(self, subject: str) -> list[Offer]:
        """List the measures: those of the article, then by their use with the class of the subject."""
        kind, counts = self._article.kind(subject), self._counts
        used = {name for part in self._parts for _, line in part.statements for name in line.split()[1:2]}
        terms = sorted(
            self._article.lexicon.measures.values(),
            key=lambda term: (
                term.name not in used,
                -counts[kind, term.name],
                -counts["", term.name],
                term.name,
            ),
        )
        return [Offer(term.name, term.values) for term in terms]

    def object_kind(self, relation: str) -> ObjectKind:
        """Tell what the objects of a relation are."""
        term = self._term(relation)
        if term.range in self._article.lexicon.vocabulary.schemes:
            return ObjectKind.CODE
        if term.kind == "object" and not self._is_worded(term):
            return ObjectKind.THING
        return ObjectKind.TIME if term.range == ObjectKind.TIME.value else ObjectKind.TEXT

    def is_translated(self, relation: str) -> bool:
        """Tell whether the objects of a relation are texts in every language."""
        term = self._term(relation)
        return term.range == _TRANSLATED or self._is_worded(term)

    def _is_worded(self, term: Term) -> bool:
        """Tell whether a relation leads to something that only its words name, such as a goal."""
        return bool(term.range) and self._article.lexicon.fits(str(term.range), _STATED_ITEM)

    def range(self, relation: str) -> str | None:
        """Return the class of the objects of a relation; ``None`` for any."""
        return self._term(relation).range

    def object_codes(self, relation: str) -> list[Offer]:
        """List the codes that are objects of a relation."""
        vocabulary = self._article.lexicon.vocabulary
        slugs = vocabulary.schemes[self._term(relation).range or ""]
        return [Offer(f"{CODE_PREFIX}:{slug}", vocabulary.codes[slug].labels) for slug in slugs]

    def codes(self, attribute: str) -> list[Offer]:
        """List the values of an attribute with coded values."""
        codes = self._article.lexicon.vocabulary.codes
        return [
            Offer(word, codes[slug].labels if slug in codes else {})
            for word, slug in choices()[attribute].items()
        ]

    def classes(self, required: str | None = None, name: str = "") -> list[Offer]:
        """List the classes of entries below one: those that a name tells, then the most frequent ones.

        :param name: the name of a thing of the class that is to be chosen
        """
        lexicon = self._article.lexicon
        kinds = Counter(entity.kind for entity in lexicon.register.entities)
        drafter = self._desk.drafter(self._language(name))
        likely = [kind for kind in drafter.names.kinds_like(name) if kind in self._entry_classes]
        frequent = sorted(
            (candidate.text for candidate in self._lists.classes()), key=lambda kind: -kinds[kind]
        )
        names = dict.fromkeys([*likely, *frequent])
        return [
            Offer(name, lexicon.vocabulary.classes[name].labels)
            for name in names
            if lexicon.fits(name, required)
        ]

    # what the sentence says --------------------------------------------------------------------------

    def sentence(self, paragraph: str) -> str:
        """Return the sentence of a paragraph in the original; empty if this machine does not hold it."""
        place = self._place(paragraph)
        return self._article.original()[slice(*place)] if place else ""

    def times(self, paragraph: str) -> list[Offer]:
        """List the times that the sentence of a paragraph states."""
        dates = [date for part in self._reading(paragraph).paragraphs for date in part.dates]
        return [Offer(value, {}) for value in dict.fromkeys(date.value for date in dates)]

    def values(self, paragraph: str, measure: str) -> list[Offer]:
        """List the figures that the sentence of a paragraph states.

        :returns: each with the unit that the sentence has, unless that is the one of the measure, or the
            beginning of it as `điểm` of `điểm-bưu-chính`
        """
        lexicon = self._article.lexicon
        term = lexicon.measures.get(measure)
        measured_in = term.values.get("unit", "") if term else ""
        numbers = [number for part in self._reading(paragraph).paragraphs for number in part.numbers]
        texts = (
            str(number.value)
            if f"{measured_in}-".startswith(f"{number.unit}-") or number.unit not in lexicon.units
            else f"{number.value} {number.unit}"
            for number in numbers
        )
        return [Offer(text, {}) for text in dict.fromkeys(texts)]

    def name_thing(self, paragraph: str, words: tuple[int, int] | str, kind: str) -> NewThing:
        """Make an entry for a name, whatever the register has; nothing is changed.

        :param words: the name, or its place in the sentence of the paragraph
        :param kind: class of the thing
        """
        place = self.place_of(paragraph, words)
        thing = NamedThing(*(place or (0, 0)), self.surface(paragraph, words), kind)
        entities = self._desk.entities(self._head)
        language = self._language(thing.surface) if place is None else self._head.language
        entry = entities.named(thing, language, lambda curie: bool(self._article.labels(curie)))
        other = TRANSLATION_LANGUAGE if language == ARTICLE_LANGUAGE else ARTICLE_LANGUAGE
        return NewThing(f"{self._head.prefix}:{entry.name}", entry_values(entry), place, other)

    def namesakes(
        self, paragraph: str, words: tuple[int, int] | str, required: str | None = None
    ) -> list[Offer]:
        """List what the register has under just this name: of the unit of the article, then of any.

        :param words: as for :meth:`name_thing`
        :param required: the class that it must have; ``None`` for any
        """
        name = spelling(self.surface(paragraph, words))
        index, head = self._desk.drafter(self._head.language).index, self._head
        known = [
            *index.find(name, head.scope, frozenset({head.prefix})),
            *(entity for entity in index.find_anywhere(name) if _is_label(name, entity.values)),
        ]
        proposed = [
            curie for curie, values in self._article.registers.proposed.items() if _is_label(name, values)
        ]
        curies = dict.fromkeys([*(entity.curie for entity in known), *proposed])
        return [self.thing(curie) for curie in curies if self._fits(curie, required)]

    def _language(self, typed: str) -> str:
        """Return the language of a name that was typed: that of the articles where it has its marks."""
        return self._head.language if typed.isascii() else ARTICLE_LANGUAGE

    def place_of(self, paragraph: str, words: tuple[int, int] | str) -> tuple[int, int] | None:
        """Return the place of a name in the original; ``None`` for one that was typed."""
        offset = (self._place(paragraph) or (0, 0))[0]
        return None if isinstance(words, str) else (offset + words[0], offset + words[1])

    def surface(self, paragraph: str, words: tuple[int, int] | str) -> str:
        """Return a name that was typed, or that stands at a place in the sentence of a paragraph."""
        return words if isinstance(words, str) else self.sentence(paragraph)[slice(*words)]

    def add_thing(self, paragraph: str, thing: NewThing) -> None:
        """Propose the entry of a new thing, and note where the paragraph names it."""
        if thing.values:
            self._article.registers.propose(thing.curie, thing.values)
        if thing.place:
            self._article.add_mention(paragraph, thing.curie, thing.place)
        else:
            self._article.save()

    # -------------------------------------------------------------------------------------------------

    def _term(self, relation: str) -> Term:
        return self._article.lexicon.vocabulary.properties[relation]

    @property
    def _parts(self) -> Sequence[ParagraphRows]:
        return paragraphs(self._article.rows)

    def _place(self, paragraph: str) -> tuple[int, int] | None:
        return next(part.place for part in self._parts if part.name == paragraph)

    def _reading(self, paragraph: str) -> Draft:
        """Draft the sentence of a paragraph alone, for its times and figures."""
        if paragraph not in self._readings:
            frame = TextFrame(self._head.scope, self._head.published, self._head.prefix)
            drafter = self._desk.drafter(self._head.language)
            self._readings[paragraph] = drafter.draft(self.sentence(paragraph), frame)
        return self._readings[paragraph]

    @cached_property
    def _desk(self) -> DraftDesk:
        return DraftDesk(self._article.folder)

    @cached_property
    def _head(self) -> DraftHead:
        values = self._article.head
        scope, published = values.get("scope", ""), values.get("published", "")
        language = values.get("seen", values.get("lang", ARTICLE_LANGUAGE))
        own = Counter(
            curie.partition(":")[0]
            for curie in curies_in("\n".join(self._article.rows))
            if curie in self._article.registers.proposed
        )
        prefix = max(own, key=lambda name: own[name], default="") or self._desk.prefix(
            self._article.article, scope
        )
        return DraftHead(self._article.article, "", published, scope, prefix, "", language)

    @cached_property
    def _entry_classes(self) -> frozenset[str | None]:
        return frozenset(candidate.text for candidate in self._lists.classes())

    @cached_property
    def _relations(self) -> tuple[Term, ...]:
        """The relations that claims can state."""
        vocabulary = self._article.lexicon.vocabulary
        implied = vocabulary.transitive | vocabulary.chains.keys() | REGISTER_RELATIONS
        return tuple(
            term
            for term in vocabulary.properties.values()
            if term.kind != "annotation" and term.name not in implied
        )

    @cached_property
    def _counts(self) -> Counter[tuple[str, str]]:
        folders = dict.fromkeys((shipped_folder(), self._article.folder))
        return statement_counts(folders, self._article.lexicon.register)


def _is_label(name: str, values: EntryValues) -> bool:
    """Tell whether a name, in its spelling for comparison, is the label of an entry in any language."""
    return name in {spelling(str(values.get(lang, ""))) for lang in languages()}


def _stated(statements: Iterable[tuple[str, str]]) -> list[str]:
    """List the things that statements name."""
    return [curie for _, line in statements for curie in curies_in(line)]


def statement_counts(folders: Iterable[Path], register: Register) -> Counter[tuple[str, str]]:
    """Count the statements of corpora by the class of their subject and their relation or measure.

    :returns: with an empty text for the class, the number for any class; cost linear in the articles
    """
    counts: Counter[tuple[str, str]] = Counter()
    for path in (path for folder in folders for path in find_articles(folder)):
        rows = path.read_text("utf-8", "replace").split("\n")
        for _, line in (statement for part in paragraphs(rows) for statement in part.statements):
            subject, _, others = line.partition(" ")
            entity = register.get(subject)
            name = others.split(maxsplit=1)[0] if others.strip() else ""
            counts.update({(entity.kind if entity else "", name), ("", name)})
    return counts
