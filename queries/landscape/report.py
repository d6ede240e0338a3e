"""The landscape of a province as values: systems, connections, figures, gaps, sentences and sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from ..dependencies.matrix import MatrixReport
    from ..dependencies.network.systems import System
    from ..facts.entity_report import EntityStatement
    from ..facts.sentences import DigestSentence
    from ..facts.sources import PublishedSource
    from ..facts.units import Remark
    from ..planning.gap_report import GapReport
    from ..planning.gaps import Gap
    from ..planning.units import Province


@dataclass(frozen=True)
class SystemEntry:
    """A system of a province, with what sources state about it.

    :param unit: the province that it belongs to, present or former; `None` for a national system
    :param states: where it serves, with the status of each statement: empty where no source says so
    :param parties: who owns, operates, supplies or uses it, and where it is deployed
    :param mentions: ids of all other statements that name it
    """

    system: System
    unit: Province | None
    states: tuple[EntityStatement, ...]
    parties: tuple[EntityStatement, ...]
    mentions: tuple[str, ...]


@dataclass(frozen=True)
class LandscapeReport:
    """The landscape of a province; statements and labels are in one language.

    :param province: the province, standing on the day of the report
    :param day: statements made after it are left out
    :param systems: in order of layer and name
    :param connections: the statements between two systems, denied and planned ones included
    :param figures: the figures of the province
    :param others: the statements that are none of these: goals, results, functions, events …
    :param network: the connections that count on the day, planned ones included
    :param gaps: the components of the framework, unit by unit
    :param cells: of each component, the cell of the unit that is furthest with it
    :param sentences: short address of a statement → the sentence that states it
    :param sources: the articles and inventories of the sentences, by id
    :param remarks: how the name was understood, and what the answer rests on
    """

    province: Province
    day: date
    lang: str
    systems: tuple[SystemEntry, ...]
    connections: tuple[EntityStatement, ...]
    figures: tuple[EntityStatement, ...]
    others: tuple[EntityStatement, ...]
    network: MatrixReport
    gaps: GapReport
    cells: tuple[Gap, ...]
    sentences: Mapping[str, DigestSentence]
    sources: tuple[PublishedSource, ...]
    remarks: tuple[Remark, ...]

    @cached_property
    def cited_sentences(self) -> tuple[DigestSentence, ...]:
        """All sentences, each once, source by source in the order of the digest."""
        return tuple(dict.fromkeys(self.sentences.values()))

    def number(self, sentence: DigestSentence) -> int:
        """Return the number under which a sentence is listed, from 1."""
        return self._numbers[sentence]

    @cached_property
    def _numbers(self) -> Mapping[DigestSentence, int]:
        return {sentence: place for place, sentence in enumerate(self.cited_sentences, 1)}

    def numbers_of(self, claims: Iterable[str]) -> tuple[int, ...]:
        """List the numbers of the sentences that make statements, each once, in order."""
        return tuple(sorted({self.number(self.sentences[claim]) for claim in claims}))

    def numbers_of_source(self, source: str) -> tuple[int, ...]:
        """List the numbers of the sentences of a source, in order."""
        return tuple(self.number(sentence) for sentence in self.cited_sentences if sentence.article == source)
