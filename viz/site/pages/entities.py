"""Entity pages: all statements about an entity with their sentences; and the list of all entities."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from ....graph.names import EGOV, ID, RDF_TYPE, RDFS
from ....ontology.statuses import statuses
from ....queries.facts.statement_bounds import is_denied
from ....queries.questions.named import question
from ....words import label, languages
from ..content.data_files import table_files
from ..content.evidence import quoted_statements
from ..content.fact_tables import ENTITY_KEYS, entity_rows
from ..content.forms import shown_date
from ..content.model import Alternate, File, Page, PageLink
from ..content.paths import anchor, article_path, gap_path, impact_address, question_path
from ..content.rdf_files import as_jsonld, as_turtle, stated_triples, subgraph
from ..content.statements import StatementWording, tone_of
from ..content.texts import capital, page_texts, text_and_language, text_language, titles
from .unit_changes import UNIT_CHANGE, change_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ....ontology.tones import Tone
    from ..content.entities import EntityRecord, RegisterDetail
    from ..content.evidence import QuotedStatements
    from ..content.model import Context
    from ..content.rdf_files import TriplesBySubject
    from ..content.site import Site
    from ..content.snapshot import GraphSnapshot
    from ..content.statements import StatementView

__all__ = ["RelationGroup", "StatusCount", "pages"]

STATEMENT_LIMIT = 300  # statements of one role on a page; the files hold all
OPEN_QUOTES = 60  # sentences of a page that are not folded, spread evenly over its relations
_LIST = "entities.html"
_OF_SOURCE = frozenset(
    (RDF_TYPE, RDFS + "label", EGOV + "published", EGOV + "publisher", EGOV + "webAddress")
)
_CODE_FOLDER = "/code/"  # stands in the IRI of a code


@dataclass(frozen=True)
class RelationGroup:
    """The statements about an entity by one relation.

    :param role: role of the entity in the statements: `subject`, `object` or `about`
    :param quotes: the statements with their sentences
    """

    role: str
    relation: PageLink
    quotes: tuple[QuotedStatements, ...]
    count: int

    @property
    def anchor(self) -> str:
        """Id of its element on the page."""
        kind = self.quotes[0].statements[0].id.partition("/")[0]
        relation = self.relation.path.rpartition("#")[2].rpartition("/")[2]
        return anchor(f"{self.role}-{kind}-{relation}")


@dataclass(frozen=True)
class StatusCount:
    """The number of statements with a status; denied statements are counted separately."""

    tone: Tone
    label: str
    count: int


def pages(site: Site) -> Iterator[Page | File]:
    """Make the list of entities, and a page with data files for each entity."""
    snapshot = site.snapshot
    alternates = (Alternate("entities.json", "JSON"), Alternate("data/entities.csv", "CSV"))
    context = partial(_list_context, snapshot)
    yield Page(_LIST, "entities.html.j2", titles("entities.title"), context, "entities", alternates)
    json_file, _ = table_files("entities", ENTITY_KEYS, entity_rows(snapshot))
    yield json_file
    triples = _with_short_articles(snapshot, stated_triples(snapshot.store))
    for entity in snapshot.entities:
        stem = entity.path.removesuffix(".html")
        yield _entity_page(site, entity, stem)
        entity_triples = subgraph(triples, _related_iris(snapshot, entity))
        yield File(f"{stem}.json", as_jsonld(entity_triples))
        yield File(f"{stem}.ttl", as_turtle(entity_triples))


def _with_short_articles(snapshot: GraphSnapshot, triples: TriplesBySubject) -> TriplesBySubject:
    """Keep of each article what names it as a source; its own files hold the rest."""
    articles = [ID + f"article/{article}" for article in snapshot.articles]
    short = {
        iri: [triple for triple in triples.get(iri, ()) if triple.predicate.value in _OF_SOURCE]
        for iri in articles
    }
    return {**triples, **short}


def _entity_page(site: Site, entity: EntityRecord, stem: str) -> Page:
    return Page(
        path=entity.path,
        template="entity.html.j2",
        title={lang: entity.label(lang) for lang in languages()},
        context=partial(_entity_context, site, entity),
        section="entities",
        alternates=(Alternate(f"{stem}.json", "JSON-LD"), Alternate(f"{stem}.ttl", "Turtle")),
    )


def _related_iris(snapshot: GraphSnapshot, entity: EntityRecord) -> Iterator[str]:
    """List the IRIs whose triples describe an entity: itself, its statements, their items and evidence."""
    yield entity.iri
    for position in snapshot.positions_of(entity.curie):
        fact = snapshot.statements[position].fact
        yield ID + fact.id
        if fact.object and fact.object.startswith("item/"):
            yield ID + fact.object
        yield snapshot.evidence.get(fact.id, "")
        yield f"{ID}article/{fact.article}"


def _entity_context(site: Site, entity: EntityRecord, lang: str) -> Context:
    snapshot, wording = site.snapshot, StatementWording(site.snapshot, lang)
    positions = snapshot.positions_of(entity.curie)
    facts = [snapshot.statements[position].fact for position in positions]
    kind_label = capital(snapshot.class_label(entity.kind, lang))
    is_within_province = entity.province not in {"", entity.curie}
    groups = _relation_groups(wording, entity)
    return {
        "entity": entity,
        "label_language": text_language(entity.labels, lang),
        "label_translations": _translations(entity, lang),
        "kind": PageLink(kind_label, f"ontology.html#{entity.kind}", lang),
        "province": wording.entity(entity.province) if is_within_province else None,
        "details": _detail_rows(wording, entity),
        "groups": groups,
        "open_quotes": max(2, OPEN_QUOTES // max(1, len(groups))),
        "statuses": _status_counts(snapshot, positions, lang),
        "total": len(facts),
        "articles": len({fact.article for fact in facts}),
        "mentions": _bare_mentions(snapshot, entity, lang),
        "questions": _question_links(site, entity, lang),
        "is_drawn": entity.curie in snapshot.drawn,
        "shown": sum(group.count for group in groups),
    }


def _translations(entity: EntityRecord, lang: str) -> list[tuple[str, str]]:
    """List (language, label) for each language in which the label differs from that of the page."""
    labels = ((code, entity.labels.get(code, "")) for code in languages() if code != lang)
    return [(code, text) for code, text in labels if text and text != entity.label(lang)]


def _status_counts(snapshot: GraphSnapshot, positions: Sequence[int], lang: str) -> list[StatusCount]:
    """Count the statements by status, in order of progress; denied statements come last."""
    counts: Counter[tuple[bool, str]] = Counter()
    for fact in (snapshot.statements[position].fact for position in positions):
        denied = is_denied(fact)
        if denied or snapshot.vocabulary.is_informative(fact.status, fact.predicate):
            counts[denied, fact.status] += 1
    order = list(statuses())
    ranked = sorted(counts.items(), key=lambda entry: (entry[0][0], order.index(entry[0][1])))
    denied_label = page_texts(lang)["denied"]
    return [
        StatusCount(
            tone_of(status, denied=denied),
            denied_label if denied else snapshot.code_label(status, lang),
            count,
        )
        for (denied, status), count in ranked
    ]


def _detail_rows(wording: StatementWording, entity: EntityRecord) -> list[tuple[str, list[PageLink]]]:
    """Word the properties from the register as pairs of label and values."""
    texts = page_texts(wording.lang)
    rows = []
    for relation, details in groupby(entity.details, key=lambda detail: detail.relation):
        key = f"detail.{relation}"
        heading = texts[key] if key in texts else wording.relation(relation).text
        rows.append((heading, [link for detail in details for link in _detail_links(wording, detail)]))
    return rows


def _detail_links(wording: StatementWording, detail: RegisterDetail) -> Iterator[PageLink]:
    if detail.target:
        yield wording.entity(detail.target)
    elif detail.relation == UNIT_CHANGE:
        yield from change_links(wording, detail)
    else:
        yield _text_link(wording, detail)


def _text_link(wording: StatementWording, detail: RegisterDetail) -> PageLink:
    text, lang = text_and_language(detail.text, wording.lang)
    _, is_code, slug = text.rpartition(_CODE_FOLDER)
    return wording.entity(f"code:{slug}") if is_code else PageLink(shown_date(text, wording.lang), lang=lang)


def _relation_groups(wording: StatementWording, entity: EntityRecord) -> list[RelationGroup]:
    """Group the statements by role and relation; each statement appears once, in its first role."""
    snapshot = wording.snapshot
    roles = {"subject": snapshot.as_subject, "object": snapshot.as_object, "about": snapshot.as_topic}
    listed: set[int] = set()
    groups: list[RelationGroup] = []
    for role, index in roles.items():
        positions = [position for position in index.get(entity.curie, ()) if position not in listed]
        listed.update(positions)
        groups += _groups_of_role(role, wording.statements(positions[:STATEMENT_LIMIT]))
    return groups


def _groups_of_role(role: str, statements: Sequence[StatementView]) -> Iterator[RelationGroup]:
    """Group statements by relation: first those between entities, then texts, then figures."""
    ordered = sorted(statements, key=_relation_order)
    for _, group in groupby(ordered, key=lambda statement: statement.relation):
        of_relation = list(group)
        quotes = tuple(quoted_statements(of_relation))
        yield RelationGroup(role, of_relation[0].relation, quotes, len(of_relation))


def _relation_order(statement: StatementView) -> tuple[bool, bool, str]:
    return bool(statement.amount), statement.text is not None, statement.relation.text


def _bare_mentions(snapshot: GraphSnapshot, entity: EntityRecord, lang: str) -> list[PageLink]:
    """Link the paragraphs that mention an entity but make no statement about it."""
    facts = (snapshot.statements[position].fact for position in snapshot.positions_of(entity.curie))
    stating = {snapshot.evidence.get(fact.id, "") for fact in facts}
    mentioning = {paragraph.iri for paragraph in snapshot.mentioned_in.get(entity.curie, ())}
    links = []
    for iri in sorted(mentioning - stating):
        paragraph = snapshot.paragraphs[iri]
        text, text_lang = text_and_language(paragraph.text, lang)
        page = f"{article_path(paragraph.article)}#{anchor(paragraph.id)}"
        links.append(PageLink(text, page, text_lang))
    return links


def _question_links(site: Site, entity: EntityRecord, lang: str) -> list[PageLink]:
    """Link the answers about an entity: impact, gaps, and named questions with an answer."""
    texts, links = page_texts(lang), []
    if entity.iri in site.snapshot.providers:
        links.append(PageLink(texts["entity.impact"], impact_address(entity.curie), lang))
    if entity.iri in site.snapshot.compared_provinces:
        links.append(PageLink(texts["entity.gap"], gap_path(entity.curie), lang))
    for name in site.questions_of.get(entity.curie, ()):
        address = f"{question_path(name)}#{anchor(entity.curie)}"
        links.append(PageLink(label(question(name).asks, lang), address, lang))
    return links


def _list_context(snapshot: GraphSnapshot, lang: str) -> Context:
    """List all entities by class; classes and entities with the most statements come first."""
    counts = {entity.curie: snapshot.statement_count(entity.curie) for entity in snapshot.entities}
    by_kind: dict[str, list[EntityRecord]] = defaultdict(list)
    totals: Counter[str] = Counter()
    for entity in sorted(snapshot.entities, key=lambda entity: (-counts[entity.curie], entity.curie)):
        by_kind[entity.kind].append(entity)
        totals[entity.kind] += counts[entity.curie]
    kinds = []
    for kind in sorted(by_kind, key=lambda kind: (-totals[kind], kind)):
        links = [(_entity_link(entity, lang), counts[entity.curie]) for entity in by_kind[kind]]
        kinds.append((kind, snapshot.class_label(kind, lang), links))
    return {"kinds": kinds, "total": len(snapshot.entities)}


def _entity_link(entity: EntityRecord, lang: str) -> PageLink:
    return PageLink(entity.label(lang), entity.path, text_language(entity.labels, lang))
