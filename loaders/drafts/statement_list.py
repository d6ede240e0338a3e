"""The numbered proposals of one text: each claim is proposed once."""

from __future__ import annotations

from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING

from .proposals import CLAIMS, FIGURES, ProposedStatement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..recognition.rules import RelationRule

_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class StatementList:
    """Numbers the proposals of a text, and proposes no claim twice."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._stated: set[tuple[str, str, str]] = set()

    def number(self) -> int:
        """Return the number of the next proposal."""
        return next(self._numbers)

    def claim(
        self, rule: RelationRule, subject: str, target: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES
    ) -> Iterator[ProposedStatement]:
        """Propose a claim; nothing if it was proposed before, or lacks an entity."""
        key = (subject, rule.relation, target)
        if subject and target and subject != target and key not in self._stated:
            self._stated.add(key)
            yield ProposedStatement(
                self.number(), CLAIMS, rule.name, rule.confidence, subject, rule.relation, target, attributes
            )

    def figure(
        self, measure: str, subject: str, value: str, attributes: Mapping[str, str], confidence: float
    ) -> ProposedStatement:
        """Propose a figure."""
        return ProposedStatement(
            self.number(), FIGURES, measure, confidence, subject, measure, value, attributes
        )
