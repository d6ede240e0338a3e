"""Codes that qualify a statement: polarity, basis of its time, comparator, certainty, sourcing."""

from __future__ import annotations

from datetime import date

from .codes import CodeEnum, CodeError, code_list, default_code, find_code

__all__ = [
    "Certainty",
    "ChangeKind",
    "Comparator",
    "FigureKind",
    "GovernmentLevel",
    "ListBasis",
    "MappingBasis",
    "Polarity",
    "ReadingExtent",
    "Sourcing",
    "TimeBasis",
    "TranslationKind",
    "bears_verdict",
    "default_sourcing",
    "has_same_levels",
    "is_sourced",
    "is_wholly_online",
    "service_scheme",
]


class Polarity(CodeEnum):
    """Whether a statement asserts or denies something."""

    ASSERTED = "asserted"
    DENIED = "denied"


class Certainty(CodeEnum, prefix="certainty-"):
    """How sure the annotator is that the sentence means the recorded statement.

    The values are those stored in statements.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ChangeKind(CodeEnum, prefix="change-"):
    """What a document does to a rule.

    >>> ChangeKind.REPLACED.ends_rule, ChangeKind.PARTLY_REPEALED.ends_rule
    (True, False)
    """

    AMENDED = "amended"
    PARTLY_REPEALED = "partly_repealed"
    REPLACED = "replaced"
    REPEALED = "repealed"
    LAPSED = "lapsed"

    @property
    def ends_rule(self) -> bool:
        """Whether the rule as a whole is no longer in force after such a change."""
        return self.code.states("endsRule")


class TimeBasis(CodeEnum):
    """How the time of a statement was determined."""

    EXPLICIT = "explicit"
    PUBLICATION = "publication"
    INFERRED = "inferred"


class FigureKind(CodeEnum):
    """Whether a number is a result or a target."""

    RESULT = "result"
    TARGET = "target"


class Comparator(CodeEnum):
    """How the true number compares with the stated value.

    >>> Comparator.AT_LEAST.slug, Comparator.AT_LEAST.code.written
    ('at-least', '>=')
    """

    EQUAL = "equal"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"
    ABOUT = "about"
    ABOUT_MORE_THAN = "about-more-than"


class GovernmentLevel(CodeEnum):
    """The level of government to which a statement, service or target refers."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class ReadingExtent(CodeEnum):
    """How much of a source the annotator read."""

    WHOLE_TEXT = "whole-text"
    OPENING = "opening"


class TranslationKind(CodeEnum):
    """How the translation that the annotator read was made."""

    MACHINE = "machine-translation"
    EDITED = "edited-translation"
    UNKNOWN = "unknown-translation"


class Sourcing(CodeEnum):
    """The kind of source of a piece of reference data."""

    CLAUSE = "clause"
    CONFIRMED = "confirmed"
    REPOSITORY = "repository"
    ARTICLE = "article"
    RECALLED = "recalled"


class ListBasis(CodeEnum, prefix="list-"):
    """Where the list of components of a framework comes from."""

    ASSEMBLED = "assembled"
    DELTA = "delta"
    LAYERS = "layers"
    REPOSITORY = "repository"
    UNREAD = "unread"
    OWN = "own"
    READ = "read"


class MappingBasis(CodeEnum, prefix="mapping-"):
    """Why components of two frameworks are taken to correspond."""

    SAME = "same"
    STATED = "stated"
    PLACED = "placed"
    OWN = "own"


def is_sourced(sourcing: str) -> bool:
    """Tell whether reference data with a sourcing have a written source.

    >>> is_sourced("repository"), is_sourced("recalled")
    (True, False)
    """
    return find_code(sourcing).states("isSourced")


def is_wholly_online(service_level: str) -> bool:
    """Tell whether a service of a level is entirely online, except for handing over the result.

    >>> is_wholly_online("level-3"), is_wholly_online("level-4"), is_wholly_online("full-process")
    (False, True, True)
    """
    return find_code(service_level).states("isWhollyOnline")


def bears_verdict(sourcing: str) -> bool:
    """Tell whether reference data with a sourcing count in verdicts by default.

    >>> bears_verdict("article"), bears_verdict("repository")
    (True, False)
    """
    return find_code(sourcing).states("bearsVerdict")


def service_scheme(day: date) -> str:
    """Return the scheme for grading online services that was in force on a day.

    :raises CodeError: if no scheme was in force on that day

    >>> service_scheme(date(2022, 8, 14)), service_scheme(date(2022, 8, 15)), service_scheme(date(2026, 7, 1))
    ('levels-2011', 'levels-2022', 'levels-2026')
    """
    for scheme in code_list("ServiceScheme"):
        first = scheme.annotations.get("usedFrom", date.min.isoformat())
        last = scheme.annotations.get("usedTo", date.max.isoformat())
        if first <= day.isoformat() <= last:
            return scheme.slug
    raise CodeError("unknown", slug=day.isoformat(), list="ServiceScheme")


def has_same_levels(first: str, second: str) -> bool:
    """Tell whether two schemes grade services by the same levels, so that figures can be compared.

    >>> has_same_levels("levels-2022", "levels-2026"), has_same_levels("levels-2011", "levels-2026")
    (True, False)
    """
    levels = [find_code(slug).annotations.get("levelsOf", slug) for slug in (first, second)]
    return levels[0] == levels[1]


def default_sourcing() -> str:
    """Return the sourcing of reference data without a source.

    >>> default_sourcing()
    'recalled'
    """
    return default_code("Sourcing")
