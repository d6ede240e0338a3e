"""The bounds of a statement in words: its status, denial, reservations, times, and whom it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.codes import default_code, find_code
from ...ontology.qualifiers import Certainty, Polarity
from ...ontology.vocabulary import load_vocabulary
from ...words import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .entity_report import EntityStatement
    from .facts import Fact

_TIMES = ("as_of", "due_by", "period")


def is_denied(fact: Fact) -> bool:
    """Tell whether a statement denies its relation."""
    return fact.polarity == Polarity.DENIED.code.written


def statement_bounds(statement: EntityStatement, lang: str) -> list[str]:
    """List what restricts a statement: status unless it is the default, denial, times, whom it covers."""
    fact, words = statement.fact, catalogue(__package__, lang)
    bounds = [statement.status] if load_vocabulary().is_informative(fact.status, fact.predicate) else []
    if is_denied(fact):
        bounds.append(words["bound.denied"])
    if times := _stated_times(fact, lang):
        bounds.append(", ".join(times))
    coverage = {
        "levels": ", ".join(statement.levels),
        "of": statement.population,
        "part_of": statement.total,
        "said_by": ", ".join(statement.speakers),
    }
    return bounds + [f"{words[f'bound.{name}']} {text}" for name, text in coverage.items() if text]


def reservations(fact: Fact, lang: str) -> Iterator[str]:
    """Yield the reservations about a statement: its extent unless it is full, its certainty unless high."""
    extent = str(fact.qualifiers.get("extent", default_code("Extent")))
    if extent != default_code("Extent"):
        yield find_code(extent).label(lang)
    certainty = Certainty(str(fact.qualifiers.get("certainty", Certainty.HIGH)))
    if certainty is not Certainty.HIGH:
        yield catalogue(__package__, lang)("bound.certainty", certainty=certainty.label(lang))


def _stated_times(fact: Fact, lang: str) -> list[str]:
    """List the stated times, each with a word for its role."""
    words = catalogue(__package__, lang)
    times = {"from": fact.valid_from, "to": fact.valid_to}
    times |= {name: str(fact.qualifiers[name]) for name in _TIMES if fact.qualifiers.get(name)}
    return [f"{words[f'bound.time.{name}']} {time}" for name, time in times.items() if time]
