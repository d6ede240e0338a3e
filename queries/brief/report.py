"""A brief as values: its lines by section, each with the sentences and the clause that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from ...words import catalogue, label
from ..law.lives import RuleLife
from ..planning.cells.basis import CLAUSE, DOCUMENT, UNKEPT, SourceBasis

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...ontology.verdicts import TargetVerdict, Verdict
    from ...words import Labelled, Message
    from ..facts.sentences import DigestSentence
    from ..facts.units import Remark
    from ..facts.values import Json
    from ..planning.units import Province


class BriefSection(StrEnum):
    """The sections of a brief, in order."""

    NEW = "new"
    UNDATED = "undated"
    UNVERIFIED = "unverified"
    CHANGED = "changed"
    OVERDUE = "overdue"
    DUE = "due"
    SILENT = "silent"

    def label(self, lang: str) -> str:
        """Return the heading of the section.

        >>> BriefSection.OVERDUE.label("en")
        'What became overdue'
        """
        return catalogue(__package__, lang)(f"section.{self.value}")


class LineKind(StrEnum):
    """What a line is about."""

    SENTENCE = "sentence"
    RULE = "rule"
    COMPONENT = "component"
    DUTY = "duty"
    TARGET = "target"
    PLAN = "plan"

    def label(self, lang: str) -> str:
        """Return the name of the kind.

        >>> LineKind.DUTY.label("en")
        'link by law'
        """
        return catalogue(__package__, lang)(f"kind.{self.value}")


@dataclass(frozen=True)
class Period:
    """The days of a brief.

    :param since: the day with which the day of the brief is compared
    :param as_of: the day of the brief
    :param until: the last day of what is listed as due soon
    """

    since: date
    as_of: date
    until: date

    def is_past(self, day: date) -> bool:
        """Tell whether a day lies in the period of the brief: after its first day, up to its last."""
        return self.since < day <= self.as_of

    def has_passed(self, day: date) -> bool:
        """Tell whether what was due on a day became overdue in the period."""
        return self.since <= day < self.as_of

    def is_ahead(self, day: date) -> bool:
        """Tell whether a day lies ahead, within what is listed as due soon."""
        return self.as_of <= day <= self.until


@dataclass(frozen=True)
class RuleClause:
    """The place in a legal document that a line rests on.

    :param basis: document and clause, or how far they were seen, with addresses to read
    :param life: from which day the rule is in force, and what ended it
    """

    basis: SourceBasis
    life: RuleLife

    def text(self, lang: str) -> str:
        """Word it: document and clause, or the document and how far it was seen where no clause was read.

        >>> basis = SourceBasis("repository", document_labels={"en": "Decree 331/2026"})
        >>> RuleClause(basis, RuleLife()).text("en")
        'Decree 331/2026: seen in a code repository only, not read'
        """
        basis = self.basis
        if basis.kind == CLAUSE or not basis.document_labels:
            return basis.text(lang)
        document = label(basis.document_labels, lang)
        key = "ground.unread-clause" if basis.clause else "ground.unread"
        how = basis.kind if basis.addresses or basis.kind != DOCUMENT else UNKEPT
        words = catalogue(__package__, lang)
        return words(key, document=document, clause=basis.clause or "", how=words[f"seen.{how}"])

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return the clause as a JSON-compatible record."""
        first, last = self.life.first, self.life.last
        return {
            **self.basis.as_dict(lang),
            "text": self.text(lang),
            "in_force_from": first.isoformat() if first else None,
            "in_force_until": last.isoformat() if last else None,
        }


@dataclass(frozen=True)
class BodyToAsk:
    """The body that the law gives a field of work, hence whom to ask."""

    name: Labelled
    clause: RuleClause


@dataclass(frozen=True)
class BriefLine:
    """One line of a brief.

    :param matter: what the line is about
    :param finding: what is said of it
    :param units: the units that the line holds for, present or former; empty for a rule of the whole country
    :param day: the day on which it happened, or is due; `None` without one
    :param clause: the legal ground; `None` for what rests on sentences alone
    :param claims: short addresses of the statements that the line rests on; empty where sources are silent
    :param verdict: the verdict on the day of the brief; `None` where nothing is judged
    :param before: the verdict on the first day of the period; `None` if it did not change
    :param body: whom to ask; `None` where the law names nobody, or nobody needs to be asked
    """

    kind: LineKind
    matter: Labelled | Message
    finding: Message
    units: tuple[Province, ...] = ()
    day: date | None = None
    clause: RuleClause | None = None
    claims: tuple[str, ...] = ()
    verdict: Verdict | TargetVerdict | None = None
    before: Verdict | TargetVerdict | None = None
    body: BodyToAsk | None = None


@dataclass(frozen=True)
class BriefReport:
    """The brief of a province.

    :param province: the province, standing on the day of the brief
    :param units: the province itself if a source covers it, and its former provinces
    :param lines: section → its lines
    :param sentences: short address of a statement → the sentence that states it
    :param remarks: how the name was understood, and the basis of the lines
    """

    province: Province
    units: tuple[Province, ...]
    period: Period
    lines: Mapping[BriefSection, tuple[BriefLine, ...]]
    sentences: Mapping[str, DigestSentence]
    remarks: tuple[Remark, ...]

    @cached_property
    def cited_sentences(self) -> tuple[DigestSentence, ...]:
        """The sentences that lines rest on, each once, in order of first use."""
        lines = [line for section in BriefSection for line in self.lines[section]]
        return tuple(dict.fromkeys(sentence for line in lines for sentence in self.sentences_of(line)))

    def sentences_of(self, line: BriefLine) -> tuple[DigestSentence, ...]:
        """List the sentences that a line rests on, each once; empty where sources are silent."""
        known = (self.sentences[claim] for claim in line.claims if claim in self.sentences)
        return tuple(dict.fromkeys(known))

    def number(self, sentence: DigestSentence) -> int:
        """Return the number under which a sentence is listed, from 1."""
        return self._numbers[sentence]

    @cached_property
    def _numbers(self) -> Mapping[DigestSentence, int]:
        return {sentence: place for place, sentence in enumerate(self.cited_sentences, 1)}

    def territory(self, line: BriefLine, lang: str) -> str:
        """Name the units that a line holds for; empty where it holds for all of them, or for the country."""
        if set(line.units) >= set(self.units):
            return ""
        return "; ".join(unit.label(lang) for unit in line.units)

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return the brief as a JSON-compatible record."""
        return {
            "province": self.province.label(lang),
            "province_id": self.province.curie,
            "units": [unit.curie for unit in self.units],
            "since": self.period.since.isoformat(),
            "as_of": self.period.as_of.isoformat(),
            "due_until": self.period.until.isoformat(),
            "remarks": [remark.message().text(lang) for remark in self.remarks],
            **{section.value: self._section(self.lines[section], lang) for section in BriefSection},
            "sentences": [
                {"number": self.number(sentence), **sentence.as_dict(lang)}
                for sentence in self.cited_sentences
            ],
        }

    def _section(self, lines: Iterable[BriefLine], lang: str) -> list[Json]:
        return [self._line(line, lang) for line in lines]

    def _line(self, line: BriefLine, lang: str) -> dict[str, Json]:
        body = line.body
        return {
            "kind": line.kind.value,
            "matter": line.matter.text(lang),
            "finding": line.finding.text(lang),
            "units": [unit.curie for unit in line.units],
            "day": line.day.isoformat() if line.day else None,
            "verdict": line.verdict.value if line.verdict else None,
            "verdict_before": line.before.value if line.before else None,
            "clause": line.clause.as_dict(lang) if line.clause else None,
            "claims": [*line.claims],
            "sentences": [self.number(sentence) for sentence in self.sentences_of(line)],
            "ask": {"body": body.name.text(lang), "clause": body.clause.as_dict(lang)} if body else None,
        }
