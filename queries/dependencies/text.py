"""The texts of the reports on dependencies: paths, edges, marks, reasons and measures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...graph.network.network import EXPECTS
from ...ontology.codes import find_code
from ...ontology.qualifiers import Certainty
from ...ontology.statuses import find_status
from ...ontology.verdicts import EdgeStanding
from ...words import Catalogue, catalogue
from ..facts.terms import term_label
from ..facts.units import remark_text
from .criticality import MEASURES
from .network.choice import DUTY
from .network.remarks import names_message, remark_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .affected import AffectedSystem, Alternative
    from .comparison import ComparisonReport, Contrast
    from .criticality import CriticalSystem
    from .network.edge import DependencyEdge
    from .network.systems import System
    from .single_points import Join, SinglePoint

__all__ = [
    "affected_notes",
    "alternative_texts",
    "contrast_texts",
    "criticality_text",
    "duplicate_texts",
    "edge_text",
    "edges_text",
    "expectation_text",
    "join_texts",
    "measure_texts",
    "path_text",
    "reason_texts",
    "relation_text",
    "remark_text",
    "remark_texts",
    "state_text",
    "words_in",
]


def words_in(lang: str) -> Catalogue:
    """Return the catalogue of texts of this package in a language."""
    return catalogue(__package__, lang)


def relation_text(name: str, lang: str) -> str:
    """Return the text of a relation on an edge.

    >>> relation_text("expects", "en"), relation_text("hostedOn", "vi")
    ('is expected to need', 'đặt tại')
    """
    return words_in(lang)["expects"] if name == EXPECTS else term_label(name, lang).partition(" (")[0]


def edge_text(edge: DependencyEdge, lang: str) -> str:
    """Word the relations of an edge with their marks: those in force first, those only implied last."""
    relations = sorted(edge.relations, key=lambda name: edge.standing(name) is not EdgeStanding.FIRM)
    text = ", ".join(_marked_relation(edge, name, lang) for name in relations)
    if edge.expectations:
        text += f" [{expectation_text(edge, lang)}]"
    implied = dict.fromkeys(fact.predicate for fact in edge.implied if fact.predicate not in edge.relations)
    if implied:
        names = ", ".join(relation_text(name, lang) for name in implied)
        text += f" [{words_in(lang)('implied', relations=names)}]"
    return text


def _marked_relation(edge: DependencyEdge, name: str, lang: str) -> str:
    """Word one relation of an edge with its marks: planned, implied, partial, medium certainty."""
    marks = [*_standing_marks(edge, name, lang), *_hedge_marks(edge, name, lang)]
    text = words_in(lang)["has-to-be-joined"] if edge.basis == DUTY else relation_text(name, lang)
    return f"{text} ({', '.join(marks)})" if marks else text


def _standing_marks(edge: DependencyEdge, name: str, lang: str) -> list[str]:
    match edge.standing(name):
        case EdgeStanding.FIRM:
            return _firm_marks(edge, name, lang)
        case EdgeStanding.PLANNED:
            statuses = {fact.status for fact in edge.claims_of(name)}
            return [
                *(term_label(status, lang) for status in sorted(statuses)),
                *_direction_marks(edge, name, lang),
            ]
        case EdgeStanding.IMPLIED:
            return [words_in(lang)["mark-implied"]]
    return []


def _firm_marks(edge: DependencyEdge, name: str, lang: str) -> list[str]:
    """Return the marks of a relation in force: runs only in part; direction derived from the class."""
    claims = edge.claims_of(name)
    statuses = {fact.status for fact in claims if find_status(fact.status).runs}
    runs_in_full = not statuses or any(find_status(status).is_in_force for status in statuses)
    marks = [] if runs_in_full else [term_label(status, lang) for status in sorted(statuses)]
    return marks + _direction_marks(edge, name, lang)


def _direction_marks(edge: DependencyEdge, name: str, lang: str) -> list[str]:
    against_words = [fact for fact in edge.claims_against_words if fact.predicate == name]
    if not against_words or len(against_words) < len(edge.claims_of(name)):
        return []
    return [words_in(lang)["mark-direction-by-class"]]


def _hedge_marks(edge: DependencyEdge, name: str, lang: str) -> list[str]:
    return [_hedge_mark(hedge, lang) for hedge in edge.hedges(name)]


def _hedge_mark(hedge: str, lang: str) -> str:
    return words_in(lang)["mark-medium"] if hedge == Certainty.MEDIUM else term_label(hedge, lang)


def expectation_text(edge: DependencyEdge, lang: str) -> str:
    """State why the reference architecture expects an edge: the two components and the source."""
    return "; ".join(
        f"{expectation.needing} → {expectation.needed} ({find_code(expectation.sourcing).label(lang)})"
        for expectation in edge.expectations
    )


def path_text(edges: Sequence[DependencyEdge], systems: Mapping[str, System], lang: str) -> str:
    """Write a path from the dependent end as `A —hosted on→ B`; expected edges have a dotted arrow.

    :param edges: the edges in order, starting at either end
    :param systems: by CURIE
    """
    if not edges:
        return ""
    chain = list(edges)
    if len(chain) > 1 and chain[0].provider != chain[1].dependent:
        chain.reverse()
    text = systems[chain[0].dependent].label(lang)
    for edge in chain:
        line, head = ("—", "→") if edge.basis == "stated" else ("┄", "⇢")
        text += f" {line}{edge_text(edge, lang)}{head} {systems[edge.provider].label(lang)}"
    return text


def edges_text(edges: Iterable[DependencyEdge], systems: Mapping[str, System], lang: str) -> str:
    """List edges as text; a dash if there are none."""
    return "; ".join(path_text((edge,), systems, lang) for edge in edges) or "–"


def affected_notes(affected: AffectedSystem, lang: str) -> str:
    """Word the notes on one row of an impact: alternatives, parts, plans, own status, contradiction."""
    words, notes = words_in(lang), alternative_texts(affected.alternatives, lang)
    if affected.parts:
        notes.append(words.counted("parts", affected.parts))
    if affected.planned_only:
        notes.append(words["planned-only"])
    if affected.implied_only:
        notes.append(words["implied-only"])
    notes += _own_status(affected.system, lang)
    if affected.stated_hops is not None and not all(edge.is_firm for edge in affected.edges):
        notes.append(words.counted("stated-hops", affected.stated_hops))
    if any(edge.denials for edge in affected.edges):
        notes.append(words["denied"])
    return "; ".join(notes)


def _own_status(system: System, lang: str) -> list[str]:
    """Return the status of a system that is not fully in force; empty for any other."""
    if not system.is_pending or system.status is None:
        return []
    return [words_in(lang)("itself-pending", status=term_label(system.status, lang))]


def state_text(affected: AffectedSystem, lang: str, *, upstream: bool = False) -> str:
    """Word the state of a system after a failure; upstream, whether an alternative to it exists."""
    return words_in(lang)[f"state{'-upstream' if upstream else ''}.{affected.state.value}"]


def alternative_texts(alternatives: Iterable[Alternative], lang: str) -> list[str]:
    """Word which alternatives keep which systems running."""
    return [_alternative_text(alternative, lang) for alternative in alternatives]


def reason_texts(point: SinglePoint, lang: str) -> list[str]:
    """Explain why a system is a single point of failure, and which systems an alternative keeps running."""
    words, name = words_in(lang), point.system.label(lang)
    failing = names_message(point.failing).text(lang)
    reasons = [words.counted("fails-with", len(point.failing), name=name, failing=failing)]
    return [*reasons, *_own_status(point.system, lang), *alternative_texts(point.alternatives, lang)]


def join_texts(join: Join, lang: str) -> list[str]:
    """Word which parts of the network a system joins."""
    pieces = " | ".join(names_message(piece).text(lang) for piece in join.pieces[:6])
    key = "parts-from-rest" if join.leaves_rest else "falls-into-pieces"
    return [words_in(lang)(key, name=join.system.label(lang), pieces=pieces), *_own_status(join.system, lang)]


def _alternative_text(alternative: Alternative, lang: str) -> str:
    return words_in(lang)(
        "alternative",
        name=alternative.dependent.label(lang),
        relation=relation_text(alternative.relation, lang),
        providers=names_message(alternative.providers).text(lang),
    )


def criticality_text(row: CriticalSystem, lang: str) -> str:
    """Explain the measures of a system in words."""
    words = words_in(lang)
    reach = "?" if row.reach is None else row.reach
    text = words("measures", dependents=row.dependents, reach=reach, providers=row.providers)
    return text + words("between", share=f"{row.betweenness:.1%}") if row.betweenness > 0 else text


def measure_texts(lang: str) -> dict[str, str]:
    """Return the definition of each measure of criticality, by name.

    >>> measure_texts("en")["dependents"]
    'how many systems depend on it directly'
    """
    return {measure: words_in(lang)[f"measure.{measure}"] for measure in MEASURES}


def duplicate_texts(report: ComparisonReport, lang: str) -> list[str]:
    """Word which systems of one class each territory has."""
    texts = []
    for territory, duplicates in report.duplicates.items():
        for duplicate in duplicates:
            names = ", ".join(system.label(lang) for system in duplicate.systems)
            kind = term_label(duplicate.kind, lang)
            texts.append(words_in(lang)("duplicate", territory=territory, kind=kind, systems=names))
    return texts


def contrast_texts(report: ComparisonReport, lang: str) -> list[str]:
    """Word the connections that one territory has and that nobody states for the other."""
    one_sided = [
        contrast for contrast in report.contrasts if not (contrast.first_edges and contrast.second_edges)
    ]
    return [_contrast_text(contrast, report.names, lang) for contrast in one_sided]


def _contrast_text(contrast: Contrast, names: tuple[str, str], lang: str) -> str:
    territory, lacking = names if contrast.first_edges else names[::-1]
    connection = " ".join(map(partial(relation_text, lang=lang), contrast.kind))
    return words_in(lang)("only-there", territory=territory, lacking=lacking, connection=connection)
