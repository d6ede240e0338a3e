"""Codes that qualify a statement: polarity, time basis, comparator, certainty, sourcing."""

from __future__ import annotations

from datetime import date

from .codes import CodeEnum, CodeError, code_list, default_code, find_code

__all__ = [
    "Certainty",
    "Comparator",
    "FigureKind",
    "GovernmentLevel",
    "Polarity",
    "Sourcing",
    "TimeBasis",
    "bears_verdict",
    "default_sourcing",
    "is_sourced",
    "is_wholly_online",
    "service_scheme",
]


class Polarity(CodeEnum):
    """Whether a statement asserts or denies something."""

    ASSERTED = "asserted"
    DENIED = "denied"


class Certainty(CodeEnum):
    """How sure the annotator is that a sentence says what is recorded; the value is what statements bear."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def slug(self) -> str:
        """Local name of the code."""
        return f"certainty-{self.value}"


class TimeBasis(CodeEnum):
    """Where the time of a statement comes from."""

    EXPLICIT = "explicit"
    PUBLICATION = "publication"
    INFERRED = "inferred"


class FigureKind(CodeEnum):
    """Whether a number is a result or a target."""

    RESULT = "result"
    TARGET = "target"


class Comparator(CodeEnum):
    """How the true number compares with the value stated.

    >>> Comparator.AT_LEAST.slug, Comparator.AT_LEAST.code.written
    ('at-least', '>=')
    """

    EQUAL = "equal"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"
    ABOUT = "about"


class GovernmentLevel(CodeEnum):
    """The tier of government that a statement, service or target speaks of."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Sourcing(CodeEnum):
    """What kind of source a piece of reference data rests on."""

    CONFIRMED = "confirmed"
    REPOSITORY = "repository"
    ARTICLE = "article"
    RECALLED = "recalled"


def is_sourced(sourcing: str) -> bool:
    """Tell whether reference data of a sourcing rest on a source that is written down.

    >>> is_sourced("repository"), is_sourced("recalled")
    (True, False)
    """
    return find_code(sourcing).states("isSourced")


def is_wholly_online(service_level: str) -> bool:
    """Tell whether a service of a level is carried out wholly online, save handing over the result.

    >>> is_wholly_online("level-3"), is_wholly_online("level-4"), is_wholly_online("full-process")
    (False, True, True)
    """
    return find_code(service_level).states("isWhollyOnline")


def bears_verdict(sourcing: str) -> bool:
    """Tell whether reference data of a sourcing count in verdicts by default.

    >>> bears_verdict("article"), bears_verdict("repository")
    (True, False)
    """
    return find_code(sourcing).states("bearsVerdict")


def service_scheme(day: date) -> str:
    """Return the grading scheme of online services in force on a day.

    :raises CodeError: if no scheme was used on that day

    >>> service_scheme(date(2022, 8, 14)), service_scheme(date(2022, 8, 15))
    ('levels-2011', 'levels-2022')
    """
    for scheme in code_list("ServiceScheme"):
        first = scheme.annotations.get("usedFrom", date.min.isoformat())
        last = scheme.annotations.get("usedTo", date.max.isoformat())
        if first <= day.isoformat() <= last:
            return scheme.slug
    raise CodeError("unknown", slug=day.isoformat(), list="ServiceScheme")


def default_sourcing() -> str:
    """Return the sourcing of reference data that name no source.

    >>> default_sourcing()
    'recalled'
    """
    return default_code("Sourcing")
