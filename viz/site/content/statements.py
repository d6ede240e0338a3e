"""One statement in the words of a page: who, relation, what, how far, when, and the sentence that says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ....ontology.codes import written_codes
from ....ontology.qualifiers import FigureKind, Polarity
from ....ontology.statuses import find_status
from ....ontology.tones import Tone
from ....queries.facts.show import amount
from .dates import shown_date
from .paths import anchor, article_path
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ....queries.facts.qualifiers import Qualifier
    from ....queries.picture.picture import Statement
    from .snapshot import Known

_TIMES = ("from", "to", "as_of", "period", "due_by", "baseline")
_CODED = ("extent", "scope")


@dataclass(frozen=True, slots=True)
class Link:
    """Words that may lead somewhere.

    :param path: page, from the root; empty for words alone
    :param lang: language of the words
    :param curie: of the thing, for marking
    """

    text: str
    path: str = ""
    lang: str = "vi"
    curie: str = ""


Bound: TypeAlias = tuple[str, tuple[Link, ...]]  # what it is, values


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that says something, and where it stands.

    :param text: in the language of the page where there is one
    :param original: the Vietnamese text beside a translated one; empty otherwise
    :param page: address of the paragraph in the reader
    """

    text: str
    lang: str
    original: str
    article: str
    title: Link
    published: str
    publisher: str
    line: int
    page: str


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as a page shows it.

    :param anchor: name of its place in a page
    :param amount: number of a figure with sign and unit
    :param text: text of a claim that holds one
    :param status_words: empty where the status says no more than that the statement holds
    :param has_default_status: whether the status is the one that holds where none is written
    :param tone: name of the tone in which the status, or the denial, is drawn
    :param edge: subject, relation and object when all are things, for the explorer
    """

    id: str
    anchor: str
    subject: Link
    relation: Link
    object: Link | None
    amount: str
    text: Link | None
    status: str
    status_words: str
    has_default_status: bool
    tone: str
    denied: bool
    times: tuple[tuple[str, str], ...]
    basis: str
    bounds: tuple[Bound, ...]
    quote: Quote
    edge: tuple[str, str, str] | None


def tone_of(status: str, *, denied: bool = False) -> str:
    """Tell how a status is drawn; planned and running never look alike.

    >>> tone_of("planned"), tone_of("operational"), tone_of("operational", denied=True)
    ('open', 'sure', 'denied')
    """
    tone = Tone.of_slug(Polarity.DENIED.code.annotation("tone")) if denied else find_status(status).tone
    return tone.value


class Teller:
    """Tells statements in one language."""

    def __init__(self, known: Known, lang: str) -> None:
        self.known, self.lang, self.words = known, lang, words(lang)

    def thing(self, curie: str, otherwise: str = "") -> Link:
        """Name a thing, with the way to its page where it has one."""
        entity = self.known.by_curie.get(curie)
        if entity is None:
            coded = curie.startswith("code:")
            text = self.known.code_label(curie, self.lang) if coded else (otherwise or curie)
            return Link(text, f"ontology.html#{anchor('code-' + curie[5:])}" if coded else "", self.lang)
        text = entity.label(self.lang)
        return Link(text, entity.path, self.lang if self.lang in entity.labels else "vi", curie)

    def relation(self, name: str) -> Link:
        """Name a relation or a measure, with the way to its definition."""
        text = self.known.relation_label(name, self.lang)
        if name in self.known.vocabulary.properties:
            return Link(text, f"ontology.html#{anchor(name)}", self.lang)
        entity = self.known.by_curie.get(name)
        return Link(text, entity.path if entity else "", self.lang)

    def tell(self, statement: Statement) -> Told:
        """Put a statement into words."""
        fact = statement.fact
        denied = fact.polarity == "no"
        words_of = statement.text
        text = self._text(words_of) if words_of or fact.text else None
        is_thing = fact.object is not None and not fact.object.startswith("item/") and text is None
        says_more = self.known.vocabulary.is_informative(fact.status, fact.predicate)
        edge = (fact.subject, fact.predicate, fact.object or "") if is_thing else None
        return Told(
            id=fact.id,
            anchor=anchor("s-" + "-".join(fact.id.split("/")[1:])),
            subject=self.thing(fact.subject, fact.subject_label),
            relation=self.relation(fact.predicate),
            object=self.thing(fact.object or "", fact.object_label or "") if is_thing else None,
            amount=amount(fact, self.lang, self.known.units[self.lang]),
            text=text or (Link(fact.text, lang="vi") if fact.text else None),
            status=fact.status,
            status_words=self.known.code_label(fact.status, self.lang) if says_more else "",
            has_default_status=find_status(fact.status).is_default,
            tone=tone_of(fact.status, denied=denied),
            denied=denied,
            times=tuple(self._times(statement)),
            basis=self.words[f"basis.{fact.as_of_basis}"],
            bounds=tuple(self._bounds(fact.qualifiers)),
            quote=self.quote(statement),
            edge=edge if edge and {edge[0], edge[2]} <= self.known.by_curie.keys() else None,
        )

    def all(self, positions: Sequence[int]) -> tuple[Told, ...]:
        """Put several statements into words."""
        return tuple(self.tell(self.known.statements[position]) for position in positions)

    def _text(self, texts: Mapping[str, str]) -> Link | None:
        if not texts:
            return None
        lang = self.lang if self.lang in texts else "vi"
        return Link(texts[lang], lang=lang)

    def quote(self, statement: Statement) -> Quote:
        """Give the sentence of a statement with its source."""
        fact, sentence = statement.fact, statement.sentence
        article = self.known.articles.get(fact.article)
        lang = self.lang if self.lang in sentence else "vi"
        paragraph = self.known.paragraph_of(statement)
        page = article_path(fact.article) if article else ""
        titles = article.title if article else {"vi": fact.article}
        publisher = article.publisher if article else {}
        return Quote(
            text=sentence.get(lang, ""),
            lang=lang,
            original=sentence.get("vi", "") if lang != "vi" else "",
            article=fact.article,
            title=Link(
                titles.get(self.lang) or titles["vi"], page, self.lang if self.lang in titles else "vi"
            ),
            published=shown_date(article.published if article else fact.stated_on.isoformat(), self.lang),
            publisher=publisher.get(self.lang) or publisher.get("vi", ""),
            line=fact.line,
            page=f"{page}#{anchor(paragraph.id)}" if page and paragraph else page,
        )

    def _times(self, statement: Statement) -> Iterator[tuple[str, str]]:
        fact = statement.fact
        stated: dict[str, object] = {**fact.qualifiers, "from": fact.valid_from, "to": fact.valid_to}
        for key in _TIMES:
            if isinstance(value := stated.get(key), str):
                yield self.words[f"time.{key}"], shown_date(value, self.lang)

    def _bounds(self, held: Mapping[str, Qualifier]) -> Iterator[Bound]:
        for key in _CODED:
            if codes := _several(held.get(key)):
                yield self.words[f"bound.{key}"], tuple(self.thing(f"code:{code}") for code in codes)
        if levels := _several(held.get("level")):
            slugs = written_codes("ServiceLevel")
            named = (slugs.get(level, level) for level in levels)
            yield self.words["bound.level"], tuple(self.thing(f"code:{level}") for level in named)
        for key in ("about", "responsible"):
            if things := _several(held.get(key)):
                yield self.words[f"bound.{key}"], tuple(self.thing(curie) for curie in things)
        if held.get("kind") == FigureKind.TARGET:
            yield self.words["bound.kind"], (self.thing(f"code:{FigureKind.TARGET}"),)
        if certainty := held.get("certainty"):
            text = self.words.get(f"certainty.{certainty}", str(certainty))
            yield self.words["bound.certainty"], (Link(text, lang=self.lang),)
        if note := held.get("note"):
            yield self.words["bound.note"], (Link(str(note), lang="vi"),)


def _several(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(each) for each in value) if isinstance(value, tuple) else (str(value),)
