"""Recognition of the entities and days named in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ...graph.names import ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..facts.entities import EntityNames

_LONGEST_NAME = 12  # words of a name that a sentence may hold
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DAY = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_ABBREVIATION = re.compile(r"\b[A-ZĐ]{2,}\b")
_WORD = re.compile(r"[^\W_]+")
_UNIT = "unit"


@dataclass(frozen=True)
class NamedEntity:
    """An entity named in a sentence.

    :param words: the words of the sentence that name it
    :param iris: one entity; several if they share the name
    """

    words: str
    iris: tuple[str, ...]

    @property
    def folders(self) -> frozenset[str]:
        """The folders of identifiers of the entities, such as `system`."""
        return frozenset(iri.removeprefix(ID).partition("/")[0] for iri in self.iris)

    @property
    def is_one(self) -> bool:
        """Whether the name is unambiguous: one entity, or units that succeeded one another."""
        return len(self.iris) == 1 or self.is_unit

    @property
    def is_unit(self) -> bool:
        """Whether it is an administrative unit."""
        return self.folders == {_UNIT}


@dataclass(frozen=True)
class SentenceNames:
    """The entities and days named in a sentence, and its other words.

    :param entities: the longest names first; territories within a longer name are included
    :param days: first and last ISO day of each date in the sentence
    :param other_words: the sentence without names and dates
    :param abbreviation: the first word in capitals, or the only word; ``None`` when there is none
    """

    entities: tuple[NamedEntity, ...]
    days: tuple[tuple[str, str], ...]
    other_words: str
    abbreviation: str | None


def sentence_names(sentence: str, names: EntityNames) -> SentenceNames:
    """Find the entities and days in a sentence.

    >>> from egovkg.queries.facts.entities import EntityNames
    >>> sentence_names("What changed in 2019?", EntityNames(())).days
    (('2019-01-01', '2019-12-31'),)
    """
    days, without_days = _days(sentence)
    words = [match[0] for match in _WORD.finditer(without_days)]
    entities: list[NamedEntity] = []
    taken: set[int] = set()
    for start, end in _spans(len(words)):
        span = set(range(start, end))
        if span & taken:
            continue
        if entity := _entity(words[start:end], names):
            entities.append(entity)
            taken |= span
    others = " ".join(word for place, word in enumerate(words) if place not in taken)
    territories = [unit for entity in entities if not entity.is_unit for unit in _units(entity, names)]
    sole_word = words[0] if len(words) == 1 else None
    abbreviation = next(iter(_ABBREVIATION.findall(without_days)), sole_word)
    return SentenceNames((*entities, *territories), days, others, abbreviation)


def _spans(size: int) -> Iterator[tuple[int, int]]:
    """List all runs of neighbouring words, the longest first."""
    for length in range(min(size, _LONGEST_NAME), 0, -1):
        for start in range(size - length + 1):
            yield start, start + length


def _entity(words: Sequence[str], names: EntityNames) -> NamedEntity | None:
    """Find the entity that a run of words names: by its full name, or by a kind and a territory."""
    text = " ".join(words)
    if iris := names.find_name(text) or names.find_in_territory(text):
        return NamedEntity(text, iris)
    return None


def _units(entity: NamedEntity, names: EntityNames) -> list[NamedEntity]:
    """List the territories named within a longer name, such as "Tuyên Quang" in "LGSP Tuyên Quang"."""
    words = entity.words.split()
    for start, end in _spans(len(words)):
        iris = names.find_name(" ".join(words[start:end]))
        unit = NamedEntity(" ".join(words[start:end]), iris)
        if unit.is_unit:
            return [unit]
    return []


def _days(sentence: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Find days and years, and return the sentence without them."""
    times: list[tuple[int, str, str]] = []
    for pattern, order in ((_ISO_DAY, (1, 2, 3)), (_DAY, (3, 2, 1))):
        for match in pattern.finditer(sentence):
            if day := _valid_day(*(int(match[place]) for place in order)):
                times.append((match.start(), day, day))
        sentence = pattern.sub(lambda match: " " * len(match[0]), sentence)
    for match in _YEAR.finditer(sentence):
        times.append((match.start(), f"{match[1]}-01-01", f"{match[1]}-12-31"))
    sentence = _YEAR.sub(lambda match: " " * len(match[0]), sentence)
    return tuple((first, last) for _, first, last in sorted(times)), sentence


def _valid_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
