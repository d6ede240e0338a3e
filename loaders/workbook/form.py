"""The rows of the inventory form: facts laid out as systems, connections and ways of handling.

Claims stay in the sheet of claims where a row of these sheets could not say all that they say. An import of
the rows gives the facts that they were made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ...ontology.codes import find_code
from ...ontology.vocabulary import load_vocabulary
from .layout import SHEETS
from .noted import noted_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

FormValue: TypeAlias = "str | int | float | Decimal"
FormRow: TypeAlias = "Mapping[str, FormValue]"  # column -> value
Evidence: TypeAlias = "tuple[FormValue | None, ...]"

_SYSTEM, _CONNECTION = "TechnicalComponent", "directlyDependsOn"
_SERVES, _UNDERGOES = "serves", "undergoes"
_ROLES = {"ownedBy": "owner", "operatedBy": "operator", "suppliedBy": "supplier"}
_CODE_START = "code:"
_EVIDENCE = ("source", "paragraph", "sentence", "sentence_en", "status", "polarity")
_SAID_BY_SHEET = frozenset({"subject_label", "predicate", "object_label"})  # that need no column of their own
_NOT_NEGATED = ("yes", None)


def form_rows(tables: Mapping[str, Sequence[FormRow]], lang: str) -> dict[str, list[FormRow]]:
    """Lay the rows of claims and entities out as systems, connections and handling; the others stay.

    :param tables: rows by sheet, as facts are exported: sources, claims, figures, entities
    :param lang: language in which the layer of a system is written
    :returns: rows by sheet, in the order of the sheets
    """
    form: dict[str, list[FormRow]] = {sheet: list(tables.get(sheet, ())) for sheet in SHEETS}
    claims, form["claims"] = form["claims"], []
    entities, form["entities"] = form["entities"], []
    said: set[int] = set()  # the claims, by place, that rows of systems say
    for entity in entities:
        system = _system_row(entity, claims, said, lang)
        form["systems" if system else "entities"].append(system or entity)
    for place, claim in enumerate(claims):
        if place not in said:
            sheet, row = _placed(claim)
            form[sheet].append(row)
    return form


def _placed(claim: FormRow) -> tuple[str, FormRow]:
    """Choose the sheet of a claim, and its row there."""
    vocabulary = load_vocabulary()
    predicate = str(claim["predicate"])
    if vocabulary.is_a(predicate, _CONNECTION):
        noted = noted_columns(str(claim["note"])) if "note" in claim else {}
        row = {**{key: value for key, value in claim.items() if key != "note"}, **noted}
        if _fits("connections", row):
            return "connections", row
    elif predicate == _UNDERGOES and claim.get("polarity") in _NOT_NEGATED:
        code = find_code(str(claim["object"]).removeprefix(_CODE_START))
        row = {key: value for key, value in claim.items() if key not in {"predicate", "polarity"}}
        if _fits("handling", row):
            return "handling", {**row, "object": code.written}
    return "claims", claim


def _fits(sheet: str, row: FormRow) -> bool:
    columns = {column.name for column in SHEETS[sheet]}
    return row.keys() - _SAID_BY_SHEET <= columns


def _system_row(entity: FormRow, claims: Sequence[FormRow], said: set[int], lang: str) -> FormRow | None:
    """Return the row of a system with the claims that it says; nothing where it would say more than those."""
    vocabulary = load_vocabulary()
    kind = str(entity.get("kind", ""))
    if not vocabulary.is_a(kind, _SYSTEM) or not _fits("systems", entity) or "note" in entity:
        return None
    own = [(place, claim) for place, claim in enumerate(claims) if claim["subject"] == entity["id"]]
    served = next(((place, claim) for place, claim in own if _is_served(claim, entity)), None)
    if served is None:
        return None
    place, serves = served
    said.add(place)
    row = {**entity, **{key: serves[key] for key in (*_EVIDENCE, "from") if key in serves}}
    row.pop("polarity", None)
    for column, (role_place, agent) in _roles(own, serves).items():
        row[column] = agent
        said.add(role_place)
    layer = vocabulary.layer(kind)
    return {**row, **({"layer_label": find_code(layer).label(lang)} if layer else {})}


def _is_served(claim: FormRow, entity: FormRow) -> bool:
    """Tell whether a claim says no more than that a system serves its own territory."""
    allowed = {*_EVIDENCE, *_SAID_BY_SHEET, "subject", "object", "from"}
    return (
        claim["predicate"] == _SERVES
        and claim["object"] == entity.get("territory")
        and claim.get("polarity") in _NOT_NEGATED
        and claim.keys() <= allowed
    )


def _roles(own: Iterable[tuple[int, FormRow]], serves: FormRow) -> dict[str, tuple[int, FormValue]]:
    """Find the first owner, operator and supplier that the same evidence names, with nothing more."""
    allowed = {*_EVIDENCE, *_SAID_BY_SHEET, "subject", "object"}
    roles: dict[str, tuple[int, FormValue]] = {}
    for place, claim in own:
        column = _ROLES.get(str(claim["predicate"]))
        if column and claim.keys() <= allowed and _evidence(claim) == _evidence(serves):
            roles.setdefault(column, (place, claim["object"]))
    return roles


def _evidence(claim: FormRow) -> Evidence:
    return tuple(claim.get(column) for column in _EVIDENCE)
