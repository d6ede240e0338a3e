"""Statuses of statements, from planned to ended, and their properties for programs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from .codes import CodeEnum, CodeError, code_list, default_code
from .tones import Line, Tone
from .verdicts import GapSign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .codes import Code

__all__ = ["Phase", "Status", "default_status", "find_status", "firmest", "statuses"]


class Phase(CodeEnum, prefix="phase-"):
    """The phases in the life of a system, from intended to ended; each groups several statuses."""

    INTENDED = "intended"
    BEGUN = "begun"
    PARTIAL = "partial"
    IN_FORCE = "in_force"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Status:
    """One status with its properties for programs.

    :param code: slug, labels, definition and rank
    :param phase: phase in the life of a system
    :param sign: what an asserted claim with the status says about the presence of a component
    :param tone: colours and line in which it is drawn
    :param firmness: rank from weak to firm; of several statuses of an entity the firmest counts
    :param materialises: whether claims with the status become plain edges of the graph
    :param is_default: whether it applies if no status is given
    """

    code: Code
    phase: Phase
    sign: GapSign
    tone: Tone
    firmness: tuple[int, bool, int]
    materialises: bool
    is_default: bool

    @property
    def slug(self) -> str:
        """Local name of the code of the status."""
        return self.code.slug

    @property
    def line(self) -> Line:
        """How an edge with the status is drawn."""
        return self.tone.line

    @property
    def is_in_force(self) -> bool:
        """Whether such statements hold: the system runs, or the work is done with a lasting result."""
        return self.phase is Phase.IN_FORCE

    @property
    def runs(self) -> bool:
        """Whether the system or connection runs, fully or partly, so that it can fail."""
        return self.phase in {Phase.PARTIAL, Phase.IN_FORCE}

    @property
    def is_intended(self) -> bool:
        """Whether the system is only planned or approved, and no work has begun."""
        return self.phase is Phase.INTENDED

    @property
    def is_ended(self) -> bool:
        """Whether the system is no longer in use."""
        return self.phase is Phase.ENDED

    @property
    def is_unused(self) -> bool:
        """Whether the system is not in use yet: intended or being built."""
        return self.phase in {Phase.INTENDED, Phase.BEGUN}

    @property
    def is_ahead(self) -> bool:
        """Whether the system is not yet fully in use: from intended to partial use."""
        return self.phase not in {Phase.IN_FORCE, Phase.ENDED}

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the default language."""
        return self.code.label(lang)


@lru_cache(maxsize=1)
def statuses() -> Mapping[str, Status]:
    """Return all statuses by slug, in order of rank.

    >>> [status.slug for status in statuses().values() if status.is_intended]
    ['planned', 'approved']
    """
    return MappingProxyType({code.slug: _status(code) for code in code_list("Status")})


def _status(code: Code) -> Status:
    phase = Phase.of_slug(code.annotation("phase"))
    firmness = int(phase.code.annotation("firmness"))
    return Status(
        code=code,
        phase=phase,
        sign=GapSign.of_slug(code.annotation("gapSign")),
        tone=Tone.of_slug(phase.code.annotation("tone")),
        firmness=(firmness, code.is_default, code.rank),
        materialises=code.states("materialises"),
        is_default=code.is_default,
    )


@lru_cache(maxsize=256)
def find_status(slug: str) -> Status:
    """Return the status with a slug.

    :raises CodeError: if the ontology has no such status

    >>> find_status("pilot").phase, find_status("pilot").line, find_status("retired").sign
    (<Phase.PARTIAL: 'partial'>, <Line.DOTTED: 'dotted'>, <GapSign.ABSENT: 'absent'>)
    """
    if slug not in statuses():
        raise CodeError("unknown", slug=slug, list="Status")
    return statuses()[slug]


def default_status() -> str:
    """Return the status that applies if none is given.

    >>> default_status()
    'operational'
    """
    return default_code("Status")


def firmest(slugs: Iterable[str]) -> str | None:
    """Choose the firmest of several statuses; ``None`` without any.

    >>> firmest(["retired", "planned", "pilot"]), firmest(["completed", "operational"])
    ('pilot', 'operational')
    """
    return max(slugs, key=lambda slug: find_status(slug).firmness, default=None)
