"""One change between two graphs: what it concerns, whether it came, went or changed, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...words import catalogue


class GraphPart(StrEnum):
    """What a change concerns, in the order in which changes are reported."""

    IMPACT = "impact"
    SINGLE_POINT = "single_point"
    GAP = "gap"
    TARGET = "target"
    SOURCE = "source"
    DEPENDENCY = "dependency"
    ENTITY = "entity"
    STATEMENT = "claim"
    FIGURE = "figure"
    ANSWER = "answer"

    @property
    def is_verdict(self) -> bool:
        """Whether the part holds verdicts, which are computed apart and never come or go."""
        return self in {GraphPart.GAP, GraphPart.TARGET}

    def label(self, lang: str) -> str:
        """Return the name of the part in a language.

        >>> GraphPart.STATEMENT.label("en")
        'claims'
        """
        return catalogue(__package__, lang)[f"part.{self.value}"]


class DifferenceKind(StrEnum):
    """Whether something stands in the later graph only, in the earlier one only, or differs."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"

    def label(self, lang: str) -> str:
        """Return the name of the kind in a language.

        >>> DifferenceKind.CAME.label("en")
        'new'
        """
        return catalogue(__package__, lang)[f"kind.{self.value}"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs; codes are slugs, lists are joined by semicolons, and nothing is empty text."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a difference.

    :param id: CURIE of an entity or component, id of an article, a fact or a target, or name of a question
    :param label: its name, or that of the subject of a statement
    :param detail: what is stated of it, in words; of an entity its class, of a verdict its former unit
    :param fields: what differs; empty for what came or went
    :param province: CURIE of the present province that it concerns; empty for the country
    :param source: id of the article that states it; empty if none does
    :param sentence: the sentence that states it
    """

    part: GraphPart
    kind: DifferenceKind
    id: str
    label: str
    detail: str = ""
    fields: tuple[FieldChange, ...] = ()
    province: str = ""
    source: str = ""
    sentence: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the change in a form that JSON can hold."""
        return {
            "part": self.part.value,
            "change": self.kind.value,
            "id": self.id,
            "label": self.label,
            "detail": self.detail,
            "fields": [
                {"field": field.name, "before": field.before, "after": field.after} for field in self.fields
            ],
            "province": self.province,
            "source": self.source,
            "sentence": self.sentence,
        }
