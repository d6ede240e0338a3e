"""The tables of facts and of entities: the same keys wherever the site gives them as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.picture.picture import Statement
    from .snapshot import Known

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
    "qualifiers",
    "evidence",
    "evidence_en",
)
ENTITY_KEYS = ("iri", "curie", "kind", "label_vi", "label_en", "short", "province", "aliases", "statements")


def entity_rows(known: Known) -> Iterator[tuple[object, ...]]:
    """Write each entity as one row under :data:`ENTITY_KEYS`."""
    for each in known.entities:
        yield (
            each.iri,
            each.curie,
            each.kind,
            each.label("vi"),
            each.label("en"),
            each.short,
            each.province,
            "; ".join(each.aliases),
            known.weight(each.curie),
        )


def fact_row(statement: Statement) -> list[object]:
    """Write a statement as one row under :data:`FACT_KEYS`."""
    fact = statement.fact
    special = {
        "qualifiers": "; ".join(f"{key}={_plain(value)}" for key, value in fact.qualifiers.items()),
        "evidence_en": statement.sentence.get("en"),
    }
    return [special[key] if key in special else getattr(fact, key) for key in FACT_KEYS]


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
