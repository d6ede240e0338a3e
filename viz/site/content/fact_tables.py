"""The tables of facts and of entities, with the same columns in all data files of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....words import DEFAULT_LANGUAGE, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.picture.picture import Statement
    from ...tables import CellValue
    from .snapshot import GraphSnapshot

__all__ = ["ENTITY_KEYS", "FACT_KEYS", "entity_rows", "fact_row"]

_TRANSLATIONS = tuple(lang for lang in languages() if lang != DEFAULT_LANGUAGE)
FACT_KEYS = (
    "id",
    "kind",
    "article",
    "line",
    "subject",
    "subject_label",
    "predicate",
    "object",
    "object_label",
    "text",
    "comparator",
    "value",
    "unit",
    "status",
    "polarity",
    "valid_from",
    "valid_to",
    "as_of_basis",
    "stated_on",
    "published",
    "qualifiers",
    "evidence",
    *(f"evidence_{lang}" for lang in _TRANSLATIONS),
)
ENTITY_KEYS = (
    "iri",
    "curie",
    "kind",
    *(f"label_{lang}" for lang in languages()),
    "short",
    "province",
    "aliases",
    "statements",
)


def entity_rows(snapshot: GraphSnapshot) -> Iterator[tuple[CellValue, ...]]:
    """Return each entity as one row with the columns :data:`ENTITY_KEYS`."""
    for entity in snapshot.entities:
        yield (
            entity.iri,
            entity.curie,
            entity.kind,
            *(entity.label(lang) for lang in languages()),
            entity.short,
            entity.province,
            "; ".join(entity.aliases),
            snapshot.statement_count(entity.curie),
        )


def fact_row(statement: Statement) -> list[CellValue]:
    """Return a statement as one row with the columns :data:`FACT_KEYS`."""
    fact = statement.fact
    computed: dict[str, CellValue] = {
        "qualifiers": "; ".join(f"{key}={_qualifier_text(value)}" for key, value in fact.qualifiers.items()),
        **{f"evidence_{lang}": statement.sentence.get(lang) for lang in _TRANSLATIONS},
    }
    return [computed[key] if key in computed else getattr(fact, key) for key in FACT_KEYS]


def _qualifier_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
