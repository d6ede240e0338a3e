"""Statements as pages show them: subject, relation, object, status, time and sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakKeyDictionary

from ....ontology.codes import written_codes
from ....ontology.qualifiers import Certainty, FigureKind, Polarity
from ....ontology.statuses import find_status
from ....ontology.tones import Tone
from ....ontology.units import RANK_UNIT
from ....queries.facts.entity_report import amount
from ....queries.facts.statement_bounds import is_denied
from ....words import DEFAULT_LANGUAGE, catalogue, label
from .forms import shown_date
from .model import PageLink
from .paths import anchor, article_path
from .texts import text_and_language, text_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ....queries.facts.facts import Fact
    from ....queries.facts.qualifiers import Qualifier
    from ....queries.picture.picture import Statement
    from ....words import Texts
    from .snapshot import GraphSnapshot

__all__ = ["Bound", "Quote", "StatementView", "StatementWording", "tone_of"]

_CODE_PREFIX = "code:"
_TIMES = ("from", "to", "as_of", "period", "due_by", "baseline")
_CODE_QUALIFIERS = ("extent", "scope")
_ENTITY_QUALIFIERS = ("about", "responsible", "said_by")

Bound: TypeAlias = tuple[str, tuple[PageLink, ...]]  # label of a qualifier, its values


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that states something, with its location.

    :param text: the sentence in the language of the page, if it is translated
    :param lang: language of the text
    :param original: the sentence in the default language, if `text` is a translation; else empty
    :param page: address of the paragraph in the article reader; empty if the graph lacks the article
    :param remark: what of the article was read; empty if that was the whole original
    """

    text: str
    lang: str
    original: str
    article: str
    title: PageLink
    published: str
    publisher: str
    line: int
    page: str
    remark: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with all texts and links that a page shows.

    :param anchor: id of its element on a page
    :param object: the entity that is the object of a claim
    :param amount: number of a figure with comparator and unit
    :param text: the text object of a claim
    :param status_label: empty if the status only says that the statement holds
    :param tone: the colours and the line in which the status is drawn
    :param is_default_status: whether the status is the one assumed for claims without a status
    :param times: label and date of each time that limits the statement
    :param basis: how its date was determined, in words
    :param edge: subject, relation and object if all are entities, for links to the explorer
    """

    id: str
    anchor: str
    subject: PageLink
    relation: PageLink
    object: PageLink | None
    amount: str
    text: PageLink | None
    status_label: str
    tone: Tone
    is_default_status: bool
    is_denied: bool
    times: tuple[tuple[str, str], ...]
    basis: str
    bounds: tuple[Bound, ...]
    quote: Quote
    edge: tuple[str, str, str] | None

    @property
    def has_status_badge(self) -> bool:
        """Whether its status is shown; for figures, only if it is not simply in force."""
        return bool(self.status_label) and (not self.amount or self.tone is not Tone.SURE)


# snapshot -> language -> position of a statement -> its view, which several pages show
_VIEWS: WeakKeyDictionary[GraphSnapshot, dict[str, dict[int, StatementView]]] = WeakKeyDictionary()


def tone_of(status_slug: str, *, denied: bool = False) -> Tone:
    """Return the tone of a status, or that of denied statements.

    >>> tone_of("planned").value, tone_of("operational").value, tone_of("operational", denied=True).value
    ('open', 'sure', 'denied')
    """
    if denied:
        return Tone.of_slug(Polarity.DENIED.code.annotation("tone"))
    return find_status(status_slug).tone


class StatementWording:
    """Converts the statements of a graph to views in one language."""

    def __init__(self, snapshot: GraphSnapshot, lang: str) -> None:
        self.snapshot, self.lang = snapshot, lang
        self._texts = catalogue(__package__, lang)
        self._views: dict[int, StatementView] = _VIEWS.setdefault(snapshot, {}).setdefault(lang, {})

    def entity(self, curie: str, fallback: str = "") -> PageLink:
        """Link an entity or a code to its page.

        :param curie: CURIE of the entity or the code, such as `code:level-4`
        :param fallback: text for an entity without a page
        """
        if curie.startswith(_CODE_PREFIX):
            place = anchor("code-" + curie.removeprefix(_CODE_PREFIX))
            return PageLink(self.snapshot.code_label(curie, self.lang), f"ontology.html#{place}", self.lang)
        entity = self.snapshot.by_curie.get(curie)
        if entity is None:
            return PageLink(fallback or curie, lang=self.lang)
        return PageLink(entity.label(self.lang), entity.path, text_language(entity.labels, self.lang), curie)

    def relation(self, name: str) -> PageLink:
        """Link a relation to its definition, or a measure to its page."""
        text = self.snapshot.relation_label(name, self.lang)
        if name in self.snapshot.vocabulary.properties:
            return PageLink(text, f"ontology.html#{anchor(name)}", self.lang)
        measure = self.snapshot.by_curie.get(name)
        return PageLink(text, measure.path if measure else "", self.lang)

    def statement(self, statement: Statement) -> StatementView:
        """Return the view of a statement."""
        fact, denied = statement.fact, is_denied(statement.fact)
        text = self._claim_text(statement)
        object_link = self._object(fact) if text is None else None
        has_stage = self.snapshot.vocabulary.is_informative(fact.status, fact.predicate)
        return StatementView(
            id=fact.id,
            anchor=anchor("s-" + "-".join(fact.id.split("/")[1:])),
            subject=self.entity(fact.subject, fact.subject_label),
            relation=self.relation(fact.predicate),
            object=object_link,
            amount=amount(fact, self.lang, self.snapshot.units[self.lang]),
            text=text,
            status_label=self.snapshot.code_label(fact.status, self.lang) if has_stage else "",
            tone=tone_of(fact.status, denied=denied),
            is_default_status=find_status(fact.status).is_default,
            is_denied=denied,
            times=(*self._times(fact), *self._unstated_time(fact)),
            basis=self._texts[f"basis.{fact.as_of_basis}"],
            bounds=(*self._coverage(statement), *self._unstated_index(fact), *self._bounds(fact.qualifiers)),
            quote=self.quote(statement),
            edge=self._edge(fact) if object_link else None,
        )

    def statements(self, positions: Sequence[int]) -> tuple[StatementView, ...]:
        """Return the views of the statements at positions of the snapshot; each is made once."""
        return tuple(map(self._at, positions))

    def _at(self, position: int) -> StatementView:
        view = self._views.get(position)
        if view is None:
            view = self._views[position] = self.statement(self.snapshot.statements[position])
        return view

    def _claim_text(self, statement: Statement) -> PageLink | None:
        if statement.text:
            text, lang = text_and_language(statement.text, self.lang)
            return PageLink(text, lang=lang)
        return PageLink(statement.fact.text) if statement.fact.text else None

    def _object(self, fact: Fact) -> PageLink | None:
        """Link the object of a claim; items have no page and give no link."""
        if fact.object is None or fact.object.startswith("item/"):
            return None
        return self.entity(fact.object, fact.object_label or "")

    def _edge(self, fact: Fact) -> tuple[str, str, str] | None:
        """Return the edge that the explorer draws for a claim; ``None`` if one of its ends is not drawn."""
        curies = (fact.subject, fact.object or "")
        is_drawn = all(curie in self.snapshot.by_curie for curie in curies)
        return (fact.subject, fact.predicate, fact.object or "") if is_drawn else None

    def quote(self, statement: Statement) -> Quote:
        """Return the sentence that makes a statement, with its source."""
        fact, sentence = statement.fact, statement.sentence
        lang = text_language(sentence, self.lang)
        article = self.snapshot.articles.get(fact.article)
        paragraph = self.snapshot.paragraph_of(statement)
        page = article_path(fact.article) if article else ""
        titles: Texts = article.title if article else {DEFAULT_LANGUAGE: fact.article}
        title, title_lang = text_and_language(titles, self.lang)
        published = article.published if article else fact.published
        return Quote(
            text=sentence.get(lang, ""),
            lang=lang,
            original=sentence.get(DEFAULT_LANGUAGE, "") if lang != DEFAULT_LANGUAGE else "",
            article=fact.article,
            title=PageLink(title, page, title_lang),
            published=shown_date(published, self.lang),
            publisher=label(article.publisher, self.lang) if article else "",
            line=fact.line,
            page=f"{page}#{anchor(paragraph.id)}" if page and paragraph else page,
            remark=article.version.remark(self.lang) if article else "",
        )

    def _times(self, fact: Fact) -> Iterator[tuple[str, str]]:
        stated: dict[str, object] = {**fact.qualifiers, "from": fact.valid_from, "to": fact.valid_to}
        for name in _TIMES:
            if isinstance(value := stated.get(name), str):
                yield self._texts[f"time.{name}"], shown_date(value, self.lang)

    def _unstated_time(self, fact: Fact) -> Iterator[tuple[str, str]]:
        """Say of a rank that its source states no time that it is of."""
        if fact.unit == RANK_UNIT and not {"as_of", "period", "due_by"} & fact.qualifiers.keys():
            yield self._texts["time.period"], self._texts["rank.no_time"]

    def _unstated_index(self, fact: Fact) -> Iterator[Bound]:
        """Say of a rank that its source does not name the index."""
        if fact.unit == RANK_UNIT and "about" not in fact.qualifiers:
            yield self._texts["bound.about"], (PageLink(self._texts["rank.no_index"], lang=self.lang),)

    def _coverage(self, statement: Statement) -> Iterator[Bound]:
        """Word whom a statement covers, and the total that a figure is part of."""
        qualifiers = statement.fact.qualifiers
        if statement.population:
            text, lang = text_and_language(statement.population, self.lang)
            yield self._texts["bound.of"], (PageLink(text, lang=lang),)
        elif population := qualifiers.get("of"):
            yield self._texts["bound.of"], (self.entity(str(population)),)
        position = self.snapshot.position_of_fact.get(str(qualifiers.get("part_of")))
        if position is not None:
            total = self.snapshot.statements[position].fact
            value = amount(total, self.lang, self.snapshot.units[self.lang])
            label_of_total = self.snapshot.relation_label(total.predicate, self.lang)
            yield self._texts["bound.part_of"], (PageLink(f"{label_of_total}: {value}", lang=self.lang),)

    def _bounds(self, qualifiers: Mapping[str, Qualifier]) -> Iterator[Bound]:
        """Word the qualifiers other than times, as pairs of label and values."""
        curies = {name: _code_curies(_values(qualifiers, name)) for name in _CODE_QUALIFIERS}
        levels = written_codes("ServiceLevel")
        curies["level"] = _code_curies([levels.get(level, level) for level in _values(qualifiers, "level")])
        curies |= {name: _values(qualifiers, name) for name in _ENTITY_QUALIFIERS}
        if qualifiers.get("kind") == FigureKind.TARGET.value:
            curies["kind"] = [_CODE_PREFIX + FigureKind.TARGET.slug]
        for name, values in curies.items():
            if values:
                yield self._texts[f"bound.{name}"], tuple(map(self.entity, values))
        if certainty := qualifiers.get("certainty"):
            yield self._texts["bound.certainty"], (self.certainty(str(certainty)),)
        if note := qualifiers.get("note"):
            yield self._texts["bound.note"], (PageLink(str(note)),)

    def certainty(self, value: str) -> PageLink:
        """Word the certainty of the annotator; an unknown value is returned unchanged."""
        labels = {certainty.value: certainty.label(self.lang) for certainty in Certainty}
        return PageLink(labels.get(value, value), lang=self.lang)


def _values(qualifiers: Mapping[str, Qualifier], name: str) -> list[str]:
    """List the values of a qualifier; empty if the statement does not have it."""
    value = qualifiers.get(name)
    if value is None:
        return []
    return list(map(str, value)) if isinstance(value, tuple) else [str(value)]


def _code_curies(slugs: Sequence[str]) -> list[str]:
    return [_CODE_PREFIX + slug for slug in slugs]
