"""Verdicts on gaps and targets, the signs of statements behind them, and the certainty of edges."""

from __future__ import annotations

from .codes import CodeEnum
from .tones import Tone

__all__ = ["APPLICABLE", "AsideReason", "EdgeStanding", "GapSign", "TargetVerdict", "Verdict"]


class EdgeStanding(CodeEnum, prefix="standing-"):
    """How certain a relation between two systems is, according to statements."""

    FIRM = "firm"
    PLANNED = "planned"
    IMPLIED = "implied"
    EXPECTED = "expected"


class GapSign(CodeEnum, prefix="sign-"):
    """What one statement says about the presence of a component in a territory."""

    PRESENT = "present"
    PARTIAL = "partial"
    ABSENT = "absent"
    LIMITED = "limited"
    UNDER_WAY = "under_way"
    PLANNED = "planned"
    ASIDE = "aside"  # shown with its reason, never weighed


class AsideReason(CodeEnum, prefix="aside-"):
    """Why a statement about a component is shown but does not count in the verdict.

    >>> AsideReason.OTHER_VERSION.slug, AsideReason.GUESS.label("en")
    ('aside-other-version', 'only a guess')
    """

    OTHER_VERSION = "other_version"
    ENDED = "ended"
    LOWER_UNIT = "lower_unit"
    GUESS = "guess"
    MENTIONED = "mentioned"


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


class Verdict(_DrawnVerdict, prefix="verdict-"):
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


APPLICABLE = tuple(verdict for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE)


class TargetVerdict(_DrawnVerdict, prefix="target-"):
    """Verdict on a numeric target for a territory.

    >>> TargetVerdict.NO_FIGURE.slug, TargetVerdict.MISSED.tone
    ('target-no-figure', <Tone.DENIED: 'denied'>)
    """

    MET = "met"
    MISSED = "missed"
    NOT_DUE = "not_due"
    NO_FIGURE = "no_figure"
    NOT_COMPARABLE = "not_comparable"
