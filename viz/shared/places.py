"""Abbreviated names of territories for headings of narrow columns."""

from __future__ import annotations

from ...words import catalogue

__all__ = ["short_territory_name", "validity_note"]

_BOUNDS_SIGN = " ("  # before the years that tell units of one name apart


def short_territory_name(label: str, lang: str) -> str:
    """Return the name of a territory without its rank and years.

    >>> short_territory_name("Tỉnh Bắc Kạn (đến 2025-06-30)", "vi")
    'Bắc Kạn'
    >>> short_territory_name("Bac Kan Province (until 2025-06-30)", "en")
    'Bac Kan'
    """
    name = label.partition(_BOUNDS_SIGN)[0]
    for rank in catalogue(__package__, lang)["territory_ranks"].split("|"):
        name = name.removeprefix(f"{rank} ").removesuffix(f" {rank}")
    return name


def validity_note(label: str) -> str:
    """Return the years in the label of a territory; empty if it has none.

    >>> validity_note("Tỉnh Bắc Kạn (đến 2025-06-30)")
    'đến 2025-06-30'
    """
    return label.partition(_BOUNDS_SIGN)[2].rstrip(")")
