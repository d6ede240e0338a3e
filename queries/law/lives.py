"""The life of each rule: its first day, and the changes that documents made to it.

A rule is a legal document, a target, a scheme of service levels, a duty, a framework or a level of
government. Only changes whose sourcing bears verdicts end a rule; an end that was seen in a code repository
only, or is recalled, is reported as doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ...graph.names import CODE, with_prefixes
from ...ontology.qualifiers import ChangeKind, bears_verdict
from ...words import Labelled, message
from ..facts.values import language_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...graph.store import Row, Store
    from ...words import Message

_CHANGES = with_prefixes("""
SELECT DISTINCT ?rule ?document ?kind ?sourcing ?day ?clause ?replacement {
  ?change a egov:RuleChange ; egov:changedRule ?rule ; egov:changedBy ?document ; egov:changeKind ?kind ;
    egov:sourcing ?sourcing .
  OPTIONAL { ?change egov:inForceFrom ?day }
  OPTIONAL { ?change egov:clause ?clause }
  OPTIONAL { ?change egov:replacement ?replacement }
}
""")
_LABELS = with_prefixes("""
SELECT DISTINCT ?thing ?label {
  ?change egov:changedRule|egov:changedBy|egov:replacement ?thing . ?thing rdfs:label ?label
}
""")
_FIRST_DAYS = with_prefixes("""
SELECT DISTINCT ?rule ?day ?issued {
  { ?rule egov:inForceFrom ?day . BIND(false AS ?issued) }
  UNION { ?rule egov:documentDate ?time ; egov:firstDay ?day . BIND(true AS ?issued) }
}
""")
_DEFINING = with_prefixes("SELECT DISTINCT ?framework ?document { ?framework egov:definedBy ?document }")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class RuleChange:
    """What a document does to a rule.

    :param document: IRI of the document that makes the change
    :param day: the first day on which the change holds; ``None`` if no source states it
    :param clause: the place in the document, such as `90.2.b`; ``None`` if it was not seen
    :param replacement: IRI of the rule that takes the place of the changed one; ``None`` without one
    """

    rule: str
    document: str
    kind: ChangeKind
    sourcing: str
    day: date | None = None
    clause: str | None = None
    replacement: str | None = None
    rule_labels: Mapping[str, str] = field(default_factory=dict)
    document_labels: Mapping[str, str] = field(default_factory=dict)
    replacement_labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_verified(self) -> bool:
        """Whether the change was seen on a published page or in the clause itself."""
        return bears_verdict(self.sourcing)

    @property
    def last_day(self) -> date | None:
        """The last day on which the rule was in force, if the change ends it on a known day."""
        return self.day - _ONE_DAY if self.day and self.kind.ends_rule else None

    def message(self) -> Message:
        """Word the change: what was done to the rule, by which document and clause, and from which day."""
        return message(
            __package__,
            "change-clause" if self.clause else "change",
            kind=Labelled.of(self.kind.code.labels),
            document=Labelled.of(self.document_labels) if self.document_labels else self.document,
            clause=self.clause or "",
            day=str(self.day),
        )


@dataclass(frozen=True)
class RuleLife:
    """The days on which a rule is in force, and its changes by day.

    :param first: the first day in force, else the day of issue; ``None`` if neither is known
    """

    first: date | None = None
    changes: tuple[RuleChange, ...] = ()

    @property
    def ending(self) -> RuleChange | None:
        """The earliest verified change that ends the rule; ``None`` without one."""
        return next(self._endings(is_verified=True), None)

    @property
    def last(self) -> date | None:
        """The last day on which the rule is in force; ``None`` if no verified change ends it."""
        return self.ending.last_day if self.ending else None

    def ended_by(self, day: date) -> RuleChange | None:
        """Return the change that had ended the rule by a day; ``None`` if it was still in force."""
        ending = self.ending
        return ending if ending and ending.day and ending.day <= day else None

    def doubtful_end_by(self, day: date) -> RuleChange | None:
        """Return the unverified change that is said to have ended the rule by a day; ``None`` without one."""
        if self.ended_by(day):
            return None
        unverified = self._endings(is_verified=False)
        return next((change for change in unverified if change.day and change.day <= day), None)

    def has_begun(self, day: date) -> bool:
        """Tell whether the rule was in force or had ended by a day; true if its first day is unknown."""
        return self.first is None or self.first <= day

    def is_in_force(self, day: date) -> bool:
        """Tell whether the rule was in force on a day.

        >>> RuleLife(date(2022, 8, 15)).is_in_force(date(2022, 8, 14))
        False
        """
        return self.has_begun(day) and self.ended_by(day) is None

    def _endings(self, *, is_verified: bool) -> Iterator[RuleChange]:
        return (
            change
            for change in self.changes
            if change.last_day is not None and change.is_verified is is_verified
        )


@dataclass(frozen=True)
class RuleLives:
    """The lives of all rules of a store.

    :param first_days: IRI of a rule → its first day
    :param changes: IRI of a rule → its changes by day
    """

    first_days: Mapping[str, date]
    changes: Mapping[str, tuple[RuleChange, ...]]

    def of(self, *rules: str) -> RuleLife:
        """Return the life of a rule together with what it hangs on.

        A target hangs on its document, and on its level of government: it begins with the last of them, and
        ends with the first.

        :param rules: IRIs of the rule and of what it hangs on
        """
        first = max((self.first_days[rule] for rule in rules if rule in self.first_days), default=None)
        changes = (change for rule in dict.fromkeys(rules) for change in self.changes.get(rule, ()))
        return RuleLife(first, tuple(sorted(changes, key=_by_day)))


def read_lives(store: Store) -> RuleLives:
    """Read the lives of all rules: three queries, linear in the rules."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, label in store.select(_LABELS).rows:
        labels[text_of(thing)][language_of(label)] = text_of(label)
    changes: dict[str, list[RuleChange]] = defaultdict(list)
    for row in store.select(_CHANGES).rows:
        change = _change(row, labels)
        changes[change.rule].append(change)
    by_rule = {rule: tuple(sorted(group, key=_by_day)) for rule, group in changes.items()}
    return RuleLives(_first_days(store), by_rule)


def life_of_framework(store: Store, framework: str) -> RuleLife:
    """Return the life of a framework, which begins and ends with the documents that define it."""
    documents = [document for defined, document in store.texts(_DEFINING) if defined == framework]
    return read_lives(store).of(framework, *documents)


def _first_days(store: Store) -> dict[str, date]:
    """Map each rule to its first day in force, or to its day of issue if no other is stated.

    A document that is dated both "2019" and "2019-03-07" was issued on the later of their first days.
    """
    stated: dict[str, date] = {}
    issued: dict[str, date] = {}
    for rule, text, is_issue in store.texts(_FIRST_DAYS):
        day = date.fromisoformat(text)
        if is_issue == "true":
            issued[rule] = max(issued.get(rule, day), day)
        else:
            stated[rule] = min(stated.get(rule, day), day)
    return issued | stated


def _change(row: Row, labels: Mapping[str, Mapping[str, str]]) -> RuleChange:
    rule, document, kind, sourcing = (text_of(term) for term in row[:4])
    day, clause, replacement = (None if term is None else text_of(term) for term in row[4:])
    return RuleChange(
        rule=rule,
        document=document,
        kind=ChangeKind.of_slug(kind.removeprefix(CODE)),
        sourcing=sourcing.removeprefix(CODE),
        day=date.fromisoformat(day) if day else None,
        clause=clause,
        replacement=replacement,
        rule_labels=labels.get(rule, {}),
        document_labels=labels.get(document, {}),
        replacement_labels=labels.get(replacement or "", {}),
    )


def _by_day(change: RuleChange) -> tuple[date, str]:
    return change.day or date.max, change.document
