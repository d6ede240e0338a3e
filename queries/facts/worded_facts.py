"""Facts with their labels and sentences in each requested language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import ID
from ...words import DEFAULT_LANGUAGE
from .facts import collect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ...graph.store import Store
    from .facts import Fact

_CHUNK = 500  # facts read by one query; with more of them the engine scans all claims for each query


@dataclass(frozen=True, slots=True)
class WordedFact:
    """A fact in one language or several.

    :param by_language: language → the fact with labels and sentence in that language; never empty
    """

    by_language: Mapping[str, Fact]

    def in_language(self, lang: str) -> Fact:
        """Return the fact in a language; if it was not read, in the default language, else in any."""
        for code in (lang, DEFAULT_LANGUAGE):
            if code in self.by_language:
                return self.by_language[code]
        return self._any

    @property
    def id(self) -> str:
        """The short address of the fact."""
        return self._any.id

    @property
    def article(self) -> str:
        """The id of its article."""
        return self._any.article

    @property
    def line(self) -> int:
        """The line of the article that states it."""
        return self._any.line

    @property
    def published(self) -> str:
        """When its article was published, in EDTF, as far as it is known."""
        return self._any.published

    @property
    def stated_on(self) -> date:
        """The date of the statement."""
        return self._any.stated_on

    @property
    def _any(self) -> Fact:
        return next(iter(self.by_language.values()))


def worded_facts(store: Store, ids: Iterable[str], languages: Sequence[str]) -> dict[str, WordedFact]:
    """Read facts in several languages.

    :param ids: short addresses
    :returns: short address → fact; empty when no fact or no language is requested

    Cost: ten queries per 500 facts and language.
    """
    ordered = sorted(set(ids))
    readings = {lang: {fact.id: fact for fact in _facts(store, ordered, lang)} for lang in languages}
    read = next(iter(readings.values()), {})
    return {key: WordedFact({lang: readings[lang][key] for lang in languages}) for key in read}


def sentences(facts: Iterable[WordedFact], lang: str) -> list[str]:
    """List the sentences that state facts, each once, in order."""
    return list(dict.fromkeys(fact.in_language(lang).evidence for fact in facts))


def _facts(store: Store, ids: Sequence[str], lang: str) -> Iterator[Fact]:
    for start in range(0, len(ids), _CHUNK):
        values = " ".join(f"<{ID}{key}>" for key in ids[start : start + _CHUNK])
        yield from collect(store, f"VALUES ?fact {{ {values} }}", lang)
