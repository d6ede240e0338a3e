"""Verdicts on gaps and targets, the signs of statements behind them, and the certainty of edges."""

from __future__ import annotations

from .codes import CodeEnum
from .tones import Tone

__all__ = ["AsideReason", "EdgeStanding", "GapSign", "TargetVerdict", "Verdict"]


class EdgeStanding(CodeEnum):
    """How certain a relation between two systems is, according to statements."""

    FIRM = "firm"
    PLANNED = "planned"
    IMPLIED = "implied"
    EXPECTED = "expected"

    @property
    def slug(self) -> str:
        """Local name of the code of the standing."""
        return f"standing-{self.value}"


class GapSign(CodeEnum):
    """What one statement says about the presence of a component in a territory."""

    PRESENT = "present"
    PARTIAL = "partial"
    ABSENT = "absent"
    LIMITED = "limited"
    UNDER_WAY = "under_way"
    PLANNED = "planned"
    ASIDE = "aside"  # shown with its reason, never weighed

    @property
    def slug(self) -> str:
        """Local name of the code of the sign."""
        return f"sign-{self.value.replace('_', '-')}"


class AsideReason(CodeEnum):
    """Why a statement about a component is shown but does not count in the verdict.

    >>> AsideReason.OTHER_VERSION.slug, AsideReason.GUESS.label("en")
    ('aside-other-version', 'only a guess')
    """

    OTHER_VERSION = "other_version"
    ENDED = "ended"
    LOWER_UNIT = "lower_unit"
    GUESS = "guess"
    MENTIONED = "mentioned"

    @property
    def slug(self) -> str:
        """Local name of the code of the reason."""
        return f"aside-{self.value.replace('_', '-')}"


class _DrawnVerdict(CodeEnum):
    """A verdict with its symbol and tone."""

    @property
    def symbol(self) -> str:
        """The symbol shown next to the label, so that meaning does not rest on colour alone."""
        return self.code.symbol

    @property
    def tone(self) -> Tone:
        """The colours in which the verdict is drawn."""
        return Tone.of_slug(self.code.annotation("tone"))


class Verdict(_DrawnVerdict):
    """Verdict on a component required by a framework, according to statements about it.

    >>> Verdict.IN_PROGRESS.slug, Verdict.IN_PROGRESS.symbol, Verdict.STATED_GAP.label("en")
    ('verdict-in-progress', '◐', 'stated gap')
    """

    MET = "met"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    STATED_GAP = "stated_gap"
    CONTRADICTED = "contradicted"
    SPOKEN_OF = "spoken_of"
    NO_EVIDENCE = "no_evidence"
    NOT_APPLICABLE = "not_applicable"

    @property
    def lacks_evidence(self) -> bool:
        """Whether no article mentions the component."""
        return self is Verdict.NO_EVIDENCE

    @property
    def slug(self) -> str:
        """Local name of the code of the verdict."""
        return f"verdict-{self.value.replace('_', '-')}"


class TargetVerdict(_DrawnVerdict):
    """Verdict on a numeric target for a territory.

    >>> TargetVerdict.NO_FIGURE.slug, TargetVerdict.MISSED.tone
    ('target-no-figure', <Tone.DENIED: 'denied'>)
    """

    MET = "met"
    MISSED = "missed"
    NOT_DUE = "not_due"
    NO_FIGURE = "no_figure"
    NOT_COMPARABLE = "not_comparable"

    @property
    def slug(self) -> str:
        """Local name of the code of the verdict."""
        return f"target-{self.value.replace('_', '-')}"
