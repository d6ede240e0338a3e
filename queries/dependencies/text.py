"""Paths, edges and remarks in words, for tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.qualifiers import Certainty
from .nodes import words_of
from .step import Standing
from .words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .comparison import Comparison
    from .impact import Affected
    from .nodes import Component
    from .step import Step


def relation_words(name: str, lang: str) -> str:
    """Word a relation on an edge.

    >>> relation_words("expects", "en"), relation_words("hostedOn", "vi")
    ('is expected to need', 'đặt tại')
    """
    return say(lang, "expects") if name == "expects" else words_of(name, lang).partition(" (")[0]


def step_words(step: Step, lang: str) -> str:
    """Word the relations of an edge, each with what bounds it, and those that are only implied."""
    names = sorted(step.relations, key=lambda name: step.standing(name) is not Standing.FIRM)
    words = ", ".join(marked_words(step, name, lang) for name in names)
    if step.expectations:
        words += f" [{expectation_words(step, lang)}]"
    guessed = dict.fromkeys(fact.predicate for fact in step.implied)
    other = [relation_words(name, lang) for name in guessed if name not in step.relations]
    return f"{words} [{say(lang, 'implied', relations=', '.join(other))}]" if other else words


def marked_words(step: Step, name: str, lang: str) -> str:
    """Word one relation of an edge with its marks: planned, implied, of some only, of medium certainty."""
    marks = []
    match step.standing(name):
        case Standing.PLANNED:
            marks += [words_of(status, lang) for status in sorted({fact.status for fact in step.said(name)})]
        case Standing.IMPLIED:
            marks.append(say(lang, "mark-implied"))
    for hedge in step.hedges(name):
        marks.append(say(lang, "mark-medium") if hedge == Certainty.MEDIUM else words_of(hedge, lang))
    words = relation_words(name, lang)
    return f"{words} ({', '.join(marks)})" if marks else words


def expectation_words(step: Step, lang: str) -> str:
    """Say why the reference expects an edge: which components the two realise, and its sourcing."""
    return "; ".join(
        f"{one.needing} → {one.needed} ({words_of(one.sourcing, lang)})" for one in step.expectations
    )


def path_words(steps: Sequence[Step], names: Mapping[str, Component], lang: str) -> str:
    """Write a path from the dependent end: `A —hosted on→ B`; an expected step has a dotted arrow."""
    if not steps:
        return ""
    chain = list(steps)
    if len(chain) > 1 and chain[0].provider != chain[1].dependent:
        chain.reverse()  # it was found from the failure outwards
    words = names[chain[0].dependent].label(lang)
    for step in chain:
        line, head = ("—", "→") if step.basis == "stated" else ("┄", "⇢")
        words += f" {line}{step_words(step, lang)}{head} {names[step.provider].label(lang)}"
    return words


def remarks(one: Affected, lang: str) -> str:
    """Tell what bounds an answer: plans, inference, its own status, contradiction."""
    told = []
    if one.ahead_only:
        told.append(say(lang, "planned-only"))
    if one.implied_only:
        told.append(say(lang, "implied-only"))
    if one.component.is_ahead and one.component.status:
        told.append(say(lang, "itself-ahead", status=words_of(one.component.status, lang)))
    if one.stated_hops is not None and not all(step.is_firm for step in one.steps):
        told.append(say(lang, "stated-too", n=one.stated_hops))
    if any(fact.polarity == "no" for step in one.steps for fact in step.others):
        told.append(say(lang, "denied"))
    return "; ".join(told)


def edges_words(steps: Sequence[Step], names: Mapping[str, Component], lang: str) -> str:
    """List edges in words; a dash where there is none."""
    return "; ".join(path_words((step,), names, lang) for step in steps) or "–"


def duplicate_words(answer: Comparison) -> list[str]:
    """Tell of systems of one kind in one territory."""
    told = []
    for place, found in answer.duplicates.items():
        for one in found:
            names = ", ".join(system.label(answer.lang) for system in one.systems)
            told.append(
                f"{place}: {say(answer.lang, 'duplicate')} – {words_of(one.kind, answer.lang)}: {names}"
            )
    return told
