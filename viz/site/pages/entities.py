"""Entity pages: everything stated of one thing, each statement with its sentence; and a list of all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from ....graph.names import ID
from ..content.data_files import table_files
from ..content.dates import shown_date
from ..content.fact_tables import ENTITY_KEYS, entity_rows
from ..content.model import File, Page, Twin
from ..content.paths import anchor, article_path, gap_path, impact_place, question_path
from ..content.rdf_files import as_jsonld, as_turtle, stated_triples, subgraph
from ..content.statements import Link, Teller, tone_of
from ..content.words import capital, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ....queries.facts.facts import Fact
    from ....queries.facts.worded_facts import WordedFact
    from ..content.entities import Detail, Entity
    from ..content.model import Context, Site
    from ..content.snapshot import Known
    from ..content.statements import Quote, Told

Rows: TypeAlias = "list[tuple[str, list[Link]]]"

LIMIT = 400  # statements of one role on a page; the twins hold all
_LIST = "entities.html"


@dataclass(frozen=True)
class Bundle:
    """Statements that one sentence says."""

    told: tuple[Told, ...]
    quote: Quote


@dataclass(frozen=True)
class Group:
    """Statements of one relation.

    :param role: `subject`, `object` or `about`
    """

    role: str
    relation: Link
    bundles: tuple[Bundle, ...]
    count: int

    @property
    def anchor(self) -> str:
        """Name of its place in the page."""
        return anchor(
            f"{self.role}-{self.bundles[0].told[0].id.partition('/')[0]}-{self.relation.path.rpartition('#')[2].rpartition('/')[2]}"
        )


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of entities, and a page and two twins of each."""
    known = site.known
    triples = stated_triples(known.store)
    title, own = _titles("entities.title"), (Twin("entities.json", "JSON"), Twin("data/entities.csv", "CSV"))
    yield Page(_LIST, "entities.html.j2", title, lambda lang: _list(known, lang), "entities", own)
    yield table_files("entities", ENTITY_KEYS, entity_rows(known))[0]
    for entity in known.entities:
        stem = entity.path.removesuffix(".html")
        twins = (Twin(f"{stem}.json", "JSON-LD"), Twin(f"{stem}.ttl", "Turtle"))
        names = {lang: entity.label(lang) for lang in ("vi", "en")}
        yield Page(entity.path, "entity.html.j2", names, _shower(site, entity), "entities", twins)
        held = subgraph(triples, _subjects(known, entity))
        yield File(f"{stem}.json", as_jsonld(held))
        yield File(f"{stem}.ttl", as_turtle(held))


def _titles(key: str) -> Mapping[str, str]:
    return {lang: words(lang)[key] for lang in ("vi", "en")}


def _subjects(known: Known, entity: Entity) -> Iterator[str]:
    """List what belongs to an entity: itself, its statements, their items, sentences and articles."""
    yield entity.iri
    for position in _positions(known, entity.curie):
        fact = known.statements[position].fact
        yield ID + fact.id
        if fact.object and fact.object.startswith("item/"):
            yield ID + fact.object
        evidence = known.evidence.get(fact.id, "")
        yield evidence
        yield f"{ID}article/{fact.article}"


def _positions(known: Known, curie: str) -> list[int]:
    held = (index.get(curie, ()) for index in (known.as_subject, known.as_object, known.as_topic))
    return list(dict.fromkeys(position for positions in held for position in positions))


def _shower(site: Site, entity: Entity) -> Callable[[str], Context]:
    return lambda lang: _entity(site, entity, lang)


def _entity(site: Site, entity: Entity, lang: str) -> Context:
    known, teller = site.known, Teller(site.known, lang)
    positions = _positions(known, entity.curie)
    named = {paragraph.iri for paragraph in known.mentioned.get(entity.curie, ())}
    told = {known.evidence.get(known.statements[position].fact.id, "") for position in positions}
    return {
        "entity": entity,
        "kind": Link(capital(known.class_label(entity.kind, lang)), f"ontology.html#{entity.kind}", lang),
        "province": teller.thing(entity.province) if entity.province not in {"", entity.curie} else None,
        "details": _details(teller, entity),
        "groups": _groups(known, teller, entity),
        "statuses": _statuses(known, positions, lang),
        "total": len(positions),
        "articles": len({known.statements[position].fact.article for position in positions}),
        "only_named": _places(known, sorted(named - told), lang),
        "questions": _questions(site, entity, lang),
        "is_drawn": any(node.curie == entity.curie for node in known.picture.nodes),
        "limit": LIMIT,
    }


def _statuses(known: Known, positions: Sequence[int], lang: str) -> list[tuple[str, str, int]]:
    """Count the statements whose status says how far something is: tone, word, number; denied ones apart."""
    facts = [known.statements[position].fact for position in positions]
    counted = Counter(
        (fact.status, fact.polarity == "no")
        for fact in facts
        if fact.polarity == "no" or known.vocabulary.is_informative(fact.status, fact.predicate)
    )
    order = list(known.vocabulary.schemes["Status"])
    rows = []
    for (status, denied), number in sorted(
        counted.items(), key=lambda each: (each[0][1], order.index(each[0][0]))
    ):
        word = words(lang)["denied"] if denied else known.code_label(status, lang)
        rows.append((tone_of(status, denied=denied), word, number))
    return rows


def _details(teller: Teller, entity: Entity) -> Rows:
    """Write what the register says, one row a relation."""
    rows: Rows = []
    for relation, held in groupby(entity.details, key=lambda each: each.relation):
        own = words(teller.lang).get(f"detail.{relation}")
        label = own or teller.relation(relation).text
        rows.append((label, [_value(teller, detail) for detail in held]))
    return rows


def _value(teller: Teller, detail: Detail) -> Link:
    if detail.target:
        return teller.thing(detail.target)
    lang = teller.lang if teller.lang in detail.text else "vi"
    text = detail.text[lang]
    code = text.rpartition("/code/")[2]
    return teller.thing(f"code:{code}") if code != text else Link(shown_date(text, teller.lang), lang=lang)


def _groups(known: Known, teller: Teller, entity: Entity) -> list[Group]:
    roles = (("subject", known.as_subject), ("object", known.as_object), ("about", known.as_topic))
    seen: set[int] = set()
    groups: list[Group] = []
    for role, index in roles:
        positions = [each for each in index.get(entity.curie, ()) if each not in seen]
        seen.update(positions)
        groups += _by_relation(role, teller.all(positions[:LIMIT]))
    return groups


def _by_relation(role: str, told: Sequence[Told]) -> Iterator[Group]:
    """Group statements: relations between things first, then texts, then figures."""
    ordered = sorted(told, key=lambda each: (bool(each.amount), each.text is not None, each.relation.text))
    for _, held in groupby(ordered, key=lambda each: (each.relation.path, each.relation.text)):
        several = list(held)
        yield Group(role, several[0].relation, tuple(bundles(several)), len(several))


def bundles(told: Sequence[Told]) -> Iterator[Bundle]:
    """Join statements that one sentence says, in the order of articles and lines."""
    ordered = sorted(told, key=lambda each: (each.quote.article, each.quote.line))
    for _, held in groupby(ordered, key=lambda each: (each.quote.article, each.quote.text)):
        several = tuple(held)
        yield Bundle(several, several[0].quote)


def told_by(teller: Teller, facts: Iterable[Fact | WordedFact]) -> list[Bundle]:
    """Tell facts that a query gave, each sentence once; what the site does not know is left out."""
    positions = (teller.known.by_fact.get(fact.id) for fact in facts)
    return list(bundles(teller.all(list(dict.fromkeys(each for each in positions if each is not None)))))


def _places(known: Known, iris: Sequence[str], lang: str) -> list[Link]:
    """Link paragraphs that name an entity and state nothing of it."""
    places = []
    for iri in iris:
        paragraph = known.paragraphs[iri]
        language = lang if lang in paragraph.text else "vi"
        page = f"{article_path(paragraph.article)}#{anchor(paragraph.id)}"
        places.append(Link(paragraph.text[language], page, language))
    return places


def _questions(site: Site, entity: Entity, lang: str) -> list[Link]:
    from ....queries.questions.named import question

    found = []
    if entity.iri in site.known.providers:
        found.append(Link(words(lang)["entity.impact"], impact_place(entity.curie), lang))
    if entity.iri in site.known.compared:
        found.append(Link(words(lang)["entity.gap"], gap_path(entity.curie), lang))
    return found + [
        Link(question(name).asks[lang], f"{question_path(name)}#{anchor(entity.curie)}", lang)
        for name in site.answers
        if entity.curie in site.asked_of(name)
    ]


def _list(known: Known, lang: str) -> Context:
    """List all entities under the kinds that they are of; what is stated of most comes first."""
    by_kind: dict[str, list[Entity]] = {}
    for entity in known.entities:
        by_kind.setdefault(entity.kind, []).append(entity)
    kinds = sorted(by_kind, key=lambda kind: (-sum(known.weight(each.curie) for each in by_kind[kind]), kind))
    rows = []
    for kind in kinds:
        held = sorted(by_kind[kind], key=lambda each: (-known.weight(each.curie), each.curie))
        links = [
            (
                Link(each.label(lang), each.path, lang if lang in each.labels else "vi"),
                known.weight(each.curie),
            )
            for each in held
        ]
        rows.append((kind, known.class_label(kind, lang), links))
    return {"kinds": rows, "total": len(known.entities)}
