"""Recognition of legal documents: by their number, or by their kind and a short number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..register.document_number import meant_number, number_pattern
from .spans import NamedThing, overlaps_any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .rules import DraftRules
    from .spans import Sentence

PROGRAMME = "PlanProgramme"  # its title may hold years
_DOCUMENT, _LAW, _STANDARD = "LegalDocument", "Law", "Standard"  # a standard's number begins with letters
_GAP = re.compile(r"(?:(?<=[\dA-ZĐ])|(?<=Tr))(?:\s[-/]\s?|[-/]\s)(?=[A-ZĐ]{2})")  # as in 36- NQ/TW
_LETTERS = re.compile(r"[^\W\d_]+")


class DocumentFinder:
    """Finds the legal documents that sentences name."""

    def __init__(self, rules: DraftRules) -> None:
        documents = rules.documents()
        self._kind_by_word = {word: kind for kind, (words, _) in documents.items() for word in words}
        self._kind_by_letters = {text: kind for kind, (_, letters) in documents.items() for text in letters}
        self._issuers = [*rules.table("issuers").items()]
        kinds = "|".join(sorted(map(re.escape, self._kind_by_word), key=len, reverse=True))
        number_word = "|".join(map(re.escape, rules.texts("number_words")))
        self._before = re.compile(rf"(?:\b(?P<kind>{kinds})\s+)?(?:\b(?:{number_word})\s*:?\s*)?$")
        self._law = re.compile(rules.text("law"))
        self._programmes = rules.patterns("programmes")
        self._law_before = re.compile(rules.text("law_before_number"))
        self._law_label = rules.text("law_label")
        self._short = re.compile(
            rf"\b(?P<kind>{kinds})\s+(?:(?:{number_word})\s*)?(?P<number>\d{{1,3}})(?![\w/%-]|[.,]\d)"
        )

    def find(self, sentence: Sentence) -> list[NamedThing]:
        """List the documents in a sentence in their order, with the number of each."""
        lowered = sentence.text.lower()
        things = [*self._by_number(sentence, lowered)]
        ends = {thing.end for thing in things}
        for match in self._short.finditer(lowered):
            if not any(sentence.start + match.start() < end for end in ends):
                kind = self._kind_by_word[re.sub(r"\s+", " ", match["kind"])]
                things.append(self._thing(sentence, match.start(), match.end(), kind, ""))
        laws = self._laws(sentence)
        things += [law for law in laws if not any(thing.start <= law.start < thing.end for thing in things)]
        return sorted([*things, *self._titled(sentence, things)], key=lambda thing: thing.start)

    def issuer(self, number: str) -> str:
        """Return the name of the body that the letters of a number stand for; empty if they tell none."""
        letters = _LETTERS.findall(number)
        return next((names[0] for text, names in self._issuers if text in letters), "")

    def _titled(self, sentence: Sentence, things: list[NamedThing]) -> Iterator[NamedThing]:
        """Find programmes and plans by their titles: in quotation marks, or with their years."""
        taken = [(thing.start, thing.end) for thing in things]
        for pattern in self._programmes:
            for match in pattern.finditer(sentence.text):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                if not overlaps_any(start, end, taken):
                    taken.append((start, end))
                    yield NamedThing(start, end, match[0], PROGRAMME)

    def _laws(self, sentence: Sentence) -> Iterator[NamedThing]:
        """Find laws, which are cited by name and day."""
        for match in self._law.finditer(sentence.text):
            name = " ".join(match["name"].split())
            start, end = sentence.start + match.start("name"), sentence.start + match.end("name")
            label = self._law_label.format(law=name, year=match["year"])
            yield NamedThing(start, end, match["name"], _LAW, long_form=label)

    def _by_number(self, sentence: Sentence, lowered: str) -> Iterator[NamedThing]:
        text, places = _without_gaps(sentence.text)
        for match in number_pattern().finditer(text):
            first, end = places[match.start()], places[match.end() - 1] + 1
            before = self._before.search(lowered, max(0, first - 40), first)
            law = self._law_before.search(sentence.text, 0, first)
            start = before.start() if before and before["kind"] else first
            start = law.start() if law else start
            kind = self._kind_by_word.get(before["kind"]) if before and before["kind"] else None
            number = meant_number(match[0]) or match[0]  # as printed pages often lose a hyphen or a mark
            kind = kind or (_LAW if law else _DOCUMENT)
            kind = self._kind_by_letters.get(self._first_letters(number), kind)
            if match[0][0].isdigit():
                yield self._thing(sentence, start, end, kind, number)
            else:
                yield self._thing(sentence, start, end, _STANDARD, "")

    def _first_letters(self, number: str) -> str:
        return next((text for text in _LETTERS.findall(number) if text in self._kind_by_letters), "")

    def _thing(self, sentence: Sentence, start: int, end: int, kind: str, number: str) -> NamedThing:
        surface = sentence.text[start:end]
        return NamedThing(sentence.start + start, sentence.start + end, surface, kind, number)


def _without_gaps(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without the blanks within its numbers, and the place of each sign."""
    gone = {place for gap in _GAP.finditer(text) for place in range(*gap.span()) if text[place].isspace()}
    if not gone:
        return text, range(len(text))
    places = [place for place in range(len(text)) if place not in gone]
    return "".join(text[place] for place in places), places
