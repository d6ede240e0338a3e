"""The facts of a store as the tables of a workbook: sources, claims, figures, and the entities they name.

The columns are those of the sheets that `egovkg.loaders.workbook` reads: an import of the tables gives the
same facts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...graph.names import EGOV, GRAPH_REGISTER, OWL, RDF_TYPE, RDFS, SKOS, with_prefixes
from ...ontology.codes import default_code, find_code
from ...ontology.qualifiers import TimeBasis
from ...ontology.references import component_curies
from ...words import DEFAULT_LANGUAGE, languages, written_number
from .facts import Fact, facts
from .qualifiers import population_texts
from .sources import read_sources
from .values import language_of, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ...graph.store import RdfTerm, Store
    from .qualifiers import Qualifier
    from .sources import PublishedSource

TableRow: TypeAlias = "dict[str, str | int | float | Decimal]"  # column -> value
_LIST_SEPARATOR = "; "
INVENTORY, ARTICLE = "inventory", "article"  # kinds of sources, besides how much of them was read
_LONGEST_NUMBER = 15  # digits that a spreadsheet keeps
# qualifier -> column, where the names differ
_QUALIFIER_COLUMNS = {"as_of": "asOf", "due_by": "by", "said_by": "saidBy"}
# the denominator is part of the value, the total of a part is named in the columns `sum` and `part`
_NO_COLUMN = {"denominator", "part_of"}
_ENTITIES = f"""
SELECT ?curie ?property ?value ?named {{ GRAPH <{GRAPH_REGISTER}> {{
  ?entity egov:curie ?curie ; ?property ?value . OPTIONAL {{ ?value egov:curie ?named }}
}} }}"""
_TEXT_COLUMNS = {
    EGOV + "shortName": "short",
    EGOV + "unitCode": "code",
    EGOV + "codeEdition": "edition",
    EGOV + "number": "number",
    EGOV + "note": "note",
    EGOV + "validFrom": "from",
    EGOV + "validTo": "until",
    EGOV + "documentDate": "date",
    EGOV + "ofTerritory": "territory",
    EGOV + "within": "within",
    EGOV + "registeredIssuer": "issuer",
    EGOV + "branchOf": "branch_of",
}  # property of an entity -> its column
_LIST_COLUMNS = {
    SKOS + "altLabel": "aliases",
    EGOV + "succeededBy": "succeeded_by",
    OWL + "sameAs": "same_as",
    EGOV + "implementsComponent": "component",
}
_REFERENCES = ("territory", "within", "issuer", "succeeded_by")


@dataclass(frozen=True)
class StatementTables:
    """The tables of a workbook, row by row.

    :param sources: one row per article or inventory
    :param entities: the things that the statements name, and those that these refer to
    """

    sources: tuple[TableRow, ...]
    claims: tuple[TableRow, ...]
    figures: tuple[TableRow, ...]
    entities: tuple[TableRow, ...]


def statement_tables(
    store: Store, article: str | None = None, chosen: Collection[str] | None = None
) -> StatementTables:
    """Read all facts as tables, of one article or of all; texts in every language of the corpus.

    :param article: id of one article; all when it is ``None``
    :param chosen: ids of the facts to read; all when it is ``None``
    """
    translation = next(lang for lang in languages() if lang != DEFAULT_LANGUAGE)
    translated = {fact.id: fact for fact in facts(store, article, translation)}
    stated = [fact for fact in facts(store, article) if chosen is None or fact.id in chosen]
    articles = {fact.article for fact in stated} if chosen is not None else {article}
    sources = [
        _source_row(source, translation)
        for source in read_sources(store).values()
        if articles & {None, source.id}
    ]
    totals = {str(fact.qualifiers["part_of"]) for fact in stated if "part_of" in fact.qualifiers}
    rows = {
        kind: tuple(
            _fact_row(fact, translated[fact.id], translation) | _sum_cells(fact, totals)
            for fact in stated
            if fact.kind == kind
        )
        for kind in ("claim", "figure")
    }
    named = _named(sources, [*rows["claim"], *rows["figure"]])
    return StatementTables(tuple(sources), rows["claim"], rows["figure"], _entities(store, named))


def _source_row(source: PublishedSource, translation: str) -> TableRow:
    version = source.version
    row: TableRow = {
        "id": source.id,
        "kind": INVENTORY if source.is_inventory else _written(version.extent) or ARTICLE,
        "title": source.title(DEFAULT_LANGUAGE),
        f"title_{translation}": source.titles.get(translation, ""),
        "publisher": source.publisher,
        "published": source.published,
        "scope": source.scope,
        "lang": version.language,
        "seen": version.language_read,
        "translation": _written(version.translation),
        "url": source.address,
        "original": version.original,
        "copy_of": version.copy_of,
        "sha256": source.sha256,
    }
    return {column: value for column, value in row.items() if value != ""}


def _written(slug: str) -> str:
    return find_code(slug).written if slug else ""


def _fact_row(fact: Fact, translated: Fact, translation: str) -> TableRow:
    """Return the row of one fact; cells that would only repeat a default are left out."""
    row: TableRow = {
        "source": fact.article,
        "paragraph": fact.id.split("/")[-1].rpartition("-")[0],
        "subject": fact.subject,
        "subject_label": fact.subject_label,
        "sentence": fact.evidence,
    }
    if translated.evidence != fact.evidence:
        row[f"sentence_{translation}"] = translated.evidence
    if fact.kind == "figure":
        row |= {"measure": fact.predicate, "value": _value(fact), "unit": fact.unit or ""}
    else:
        row |= _claim_cells(fact, translated, translation)
    row |= {"status": fact.status, "polarity": fact.polarity}
    row |= {"from": fact.valid_from or "", "to": fact.valid_to or ""}
    row |= _qualifier_cells(fact)
    row |= {
        f"of_{lang}": text for lang, text in population_texts({translation: translated.qualifiers}).items()
    }
    if fact.as_of_basis != _default_basis(fact):
        row["basis"] = find_code(fact.as_of_basis).written
    return {column: value for column, value in row.items() if value != ""}


def _qualifier_cells(fact: Fact) -> TableRow:
    return {
        _QUALIFIER_COLUMNS.get(name, name): _qualifier_text(value)
        for name, value in fact.qualifiers.items()
        if name not in _NO_COLUMN
    }


def _sum_cells(fact: Fact, totals: set[str]) -> TableRow:
    """Name the sum whose total or part a figure is, after the id of the total."""
    names = {"sum": fact.id if fact.id in totals else "", "part": str(fact.qualifiers.get("part_of", ""))}
    return {column: name.rpartition("/")[2] for column, name in names.items() if name}


def _claim_cells(fact: Fact, translated: Fact, translation: str) -> TableRow:
    row: TableRow = {"predicate": fact.predicate}
    row["object"] = fact.text if fact.text is not None else fact.object or ""
    if fact.object is not None and fact.text is None:
        row["object_label"] = fact.object_label or ""
    if fact.text is not None and translated.text != fact.text:
        row[translation] = translated.text or ""
    return row


def _default_basis(fact: Fact) -> str:
    """Return the basis of time that a line has which states none."""
    times = (fact.valid_from, fact.valid_to)
    names = ("as_of", "due_by", "period", "baseline")
    has_time = any(times) or any(name in fact.qualifiers for name in names)
    return (TimeBasis.EXPLICIT if has_time else TimeBasis.PUBLICATION).slug


def _value(fact: Fact) -> str | Decimal:
    """Return the value of a figure: a number, or a text in Vietnamese notation with its comparator."""
    value, denominator = fact.value or Decimal(0), fact.qualifiers.get("denominator")
    is_equal = fact.comparator == find_code(default_code("Comparator")).written
    text = ("" if is_equal else fact.comparator or "") + written_number(value, DEFAULT_LANGUAGE)
    if isinstance(denominator, Decimal):
        return f"{text}/{written_number(denominator, DEFAULT_LANGUAGE)}"
    return value if is_equal and len(value.as_tuple().digits) <= _LONGEST_NUMBER else text


def _qualifier_text(value: Qualifier) -> str:
    return _LIST_SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)


def _named(sources: Iterable[TableRow], rows: Iterable[TableRow]) -> set[str]:
    """Collect the CURIEs that sources and statements name."""
    cells = [row.get(column, "") for row in sources for column in ("publisher", "scope")]
    columns = ("subject", "object", "about", "responsible", "saidBy", "of")
    cells += [row.get(column, "") for row in rows for column in columns]
    return {name for cell in cells for name in str(cell).split(_LIST_SEPARATOR) if name}


def register_rows(store: Store) -> dict[str, TableRow]:
    """Read all entities of the register as rows of the sheet of entities, by CURIE; one query."""
    properties = _properties(store)
    return {curie: _entity_row(curie, properties[curie]) for curie in sorted(properties)}


def _properties(store: Store) -> dict[str, list[tuple[str, RdfTerm | None, RdfTerm | None]]]:
    properties: dict[str, list[tuple[str, RdfTerm | None, RdfTerm | None]]] = defaultdict(list)
    for curie, name, value, referred in store.select(with_prefixes(_ENTITIES)).rows:
        properties[text_of(curie)].append((text_of(name), value, referred))
    return properties


def _entities(store: Store, named: set[str]) -> tuple[TableRow, ...]:
    """Return the rows of entities, and of those that they refer to."""
    properties = _properties(store)
    rows: dict[str, TableRow] = {}
    pending = sorted(named & properties.keys())
    for entity in pending:
        rows[entity] = _entity_row(entity, properties[entity])
        pending += [name for name in _referred(rows[entity]) if name in properties and name not in pending]
    return tuple(rows[curie] for curie in sorted(rows))


def _referred(row: TableRow) -> Iterator[str]:
    """Yield the CURIEs that an entity refers to, each once."""
    texts = (str(row.get(column, "")) for column in _REFERENCES)
    yield from dict.fromkeys(name for text in texts for name in text.split(_LIST_SEPARATOR) if name)


def _entity_row(curie: str, pairs: Iterable[tuple[str, RdfTerm | None, RdfTerm | None]]) -> TableRow:
    row: TableRow = {"id": curie}
    lists: dict[str, list[str]] = defaultdict(list)
    for name, value, referred in pairs:
        text = text_of(referred if referred is not None else value)
        if name == RDF_TYPE:
            row["kind"] = text.removeprefix(EGOV)
        elif name == RDFS + "label" and isinstance(value, ox.Literal):
            row[language_of(value) or DEFAULT_LANGUAGE] = text
        elif name in _TEXT_COLUMNS:
            row[_TEXT_COLUMNS[name]] = text
        elif name in _LIST_COLUMNS:
            lists[_LIST_COLUMNS[name]].append(component_curies().get(text, text))
    row |= {column: _LIST_SEPARATOR.join(sorted(texts)) for column, texts in lists.items()}
    return row
