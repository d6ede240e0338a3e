"""Entities and sources that came, went or changed; what bears a new identifier is one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ...words import DEFAULT_LANGUAGE, label, languages
from ..facts.sources import read_sources
from ..facts.statement_tables import register_rows
from ..facts.terms import term_label
from .changes import Change, DifferenceKind, FieldChange, GraphPart
from .matching import pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...graph.store import Store
    from ..facts.sources import PublishedSource
    from ..facts.statement_tables import TableRow
    from .matching import Pairing

Renamed: TypeAlias = "Mapping[str, str]"  # earlier identifier -> later one
Records: TypeAlias = "Mapping[str, Mapping[str, str]]"  # identifier -> fields
_ID, _KIND, _PLACE = "id", "kind", "territory"


def entity_records(store: Store) -> Records:
    """Read the entities of the register; by CURIE."""
    return {curie: _as_texts(row) for curie, row in register_rows(store).items()}


def source_records(store: Store) -> Records:
    """Read the sources; by id. Second readings and digests of files are no part of what a source is."""
    return {source.id: _source_record(source) for source in read_sources(store).values()}


def _as_texts(row: TableRow) -> dict[str, str]:
    return {column: str(value) for column, value in row.items()}


def _source_record(source: PublishedSource) -> dict[str, str]:
    return {
        _ID: source.id,
        **source.titles,
        "publisher": source.publisher,
        "published": source.published,
        _PLACE: source.scope,
        "address": source.address,
    }


def entity_changes(
    before: Records, after: Records, part: GraphPart, lang: str
) -> tuple[list[Change], Renamed]:
    """Compare entities, or sources, by their identifiers.

    What has another identifier, but the same kind and name, is the same: one change.

    :param part: whether the records are entities or sources
    :returns: the changes, in order of the identifiers, and what bears a new identifier
    """
    gone = [record for key, record in before.items() if after.get(key) != record]
    new = [record for key, record in after.items() if before.get(key) != record]
    pairing = pair(gone, new, [lambda record: record[_ID], _name])
    renamed = {old[_ID]: later[_ID] for old, later in pairing.pairs if old[_ID] != later[_ID]}
    return sorted(_changes(pairing, part, renamed, lang), key=lambda change: change.id), renamed


def _name(record: Mapping[str, str]) -> tuple[str, str] | None:
    """Return kind and name of an entity, by which it is known again; `None` without a name."""
    name = record.get(DEFAULT_LANGUAGE, "")
    return (record.get(_KIND, ""), name) if name else None


def _changes(
    pairing: Pairing[Mapping[str, str]], part: GraphPart, renamed: Renamed, lang: str
) -> Iterator[Change]:
    for kind, records in ((DifferenceKind.CAME, pairing.new), (DifferenceKind.WENT, pairing.gone)):
        for record in records:
            yield Change(part, kind, record[_ID], _label(record, lang), _kind(record, lang))
    for old, later in pairing.pairs:
        fields = field_changes({name: _translated(text, renamed) for name, text in old.items()}, later)
        if old[_ID] != later[_ID]:
            fields = (FieldChange(_ID, old[_ID], later[_ID]), *fields)
        if fields:
            names = _label(later, lang), _kind(later, lang)
            yield Change(part, DifferenceKind.CHANGED, later[_ID], *names, fields)


def field_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """List the fields that differ, in the order of the earlier record.

    >>> field_changes({"vi": "Cổng", "short": "C"}, {"vi": "Cổng mới", "short": "C"})
    (FieldChange(name='vi', before='Cổng', after='Cổng mới'),)
    """
    names = dict.fromkeys((*before, *after))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(FieldChange(*values) for values in pairs if values[1] != values[2])


def _translated(text: str, renamed: Renamed) -> str:
    return "; ".join(renamed.get(name, name) for name in text.split("; ")) if renamed else text


def _label(record: Mapping[str, str], lang: str) -> str:
    names = {code: record[code] for code in languages() if record.get(code)}
    return label(names, lang) or record[_ID]


def _kind(record: Mapping[str, str], lang: str) -> str:
    return term_label(record[_KIND], lang) if record.get(_KIND) else ""
