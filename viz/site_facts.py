"""The table of facts: one row a statement, the same keys in every CSV of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..queries.picture import Statement

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
