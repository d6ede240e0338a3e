"""The phrases of the rules by which names are recognised, as trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .tokens import PhraseTree, phrase_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..register.lexicon import Lexicon
    from .rules import DraftRules
    from .tokens import Token

GROUP = "BodyGroup"
_LED = "|"  # between words that must stand before a name, and the name
_APOSTROPHES = frozenset("'’ʼ")
_LONGEST_PROPER_NAME = 4  # words


class RulePhrases:
    """The phrases of the rules that open names, go on with them, or name nothing.

    :param rules: the rules of a language
    """

    def __init__(self, rules: DraftRules) -> None:
        self.heads = _classes(rules, "heads")
        self.final_heads = _classes(rules, "final_heads")
        self.body_heads = _classes(rules, "body_heads")
        self.body_openings = _classes(rules, "body_openings")
        self.unit_words = _classes(rules, "unit_words")
        self.unit_words_after = _classes(rules, "unit_words_after")
        self.place_openings = _tree(rules.texts("place_openings"))
        self.no_units = _tree(rules.texts("no_units"))
        self.place_links = _tree(rules.texts("place_links"))
        self.continuations = _tree(rules.texts("continuations"))
        self.body_continuations = _tree(rules.texts("body_continuations"))
        self.body_topics = _classes(rules, "body_topics")
        self.versions = _classes(rules, "versions")
        self.body_stops = _tree(rules.texts("body_stops"))
        self.persons = _tree(rules.texts("person_words"))
        self.skipped = _tree(rules.texts("skipped"))
        self.links = frozenset(rules.texts("place_links"))
        self.modifiers = frozenset(rules.texts("modifiers"))
        self.dangling = frozenset(rules.texts("dangling"))
        self._groups = _tree(rules.texts("group_words"))
        self._group_openings = _tree(rules.texts("group_openings"))
        self._surnames = frozenset(rules.texts("surnames"))
        self.list_words = frozenset(rules.texts("list_words"))
        self.listed_units = frozenset(rules.listed("listed_units"))
        self.unplaced = frozenset(rules.listed("unplaced"))  # classes after whose names no place belongs
        self.common = rules.listed("common_nouns")  # classes whose names are common nouns
        self.led: PhraseTree[tuple[int, str]] = PhraseTree()  # number of words before the name, and its class
        self._add_led(rules)
        self.led_heads = _classes(rules, "led_heads")
        names = rules.listed_in("names")  # heads stand before short names of systems
        self.acronyms = _tree(name for name in names if name[1:] != name[1:].lower() and " " not in name)
        self._kind_words = [
            (kind, [f" {' '.join(phrase_keys(phrase))} " for phrase in phrases])
            for kind, phrases in rules.table("kind_words").items()
        ]

    def _add_led(self, rules: DraftRules) -> None:
        for kind, names in rules.table("led_names").items():
            for before, _, name in (text.partition(_LED) for text in names):
                leading = phrase_keys(before)
                self.led.add((*leading, *phrase_keys(name)), (len(leading), kind))

    def start(self, words: list[Token], first: int, end: int) -> int:
        """Return the index at which a name begins, after words that lead to it and do not belong to it."""
        led = self.led.longest(words, first)
        if led and led[0] == end:
            return first + led[1][0]
        head = self.led_heads.longest(words, first)
        return head[0] if head and short_name_end(words, head[0]) == end else first

    def group_end(self, words: list[Token], first: int) -> int:
        """Return the index after a list of kinds of bodies, such as "các sở, ngành và địa phương"."""
        opening = self._group_openings.longest(words, first)
        start = end = opening[0] if opening else first
        count, place = 0, start
        while place < len(words) and (group := self._groups.longest(words, place)):
            end, count = group[0], count + 1
            place = end
            while place < len(words) and words[place].key in self.list_words:
                place += 1
            if place == end:
                break
        return end if count > 1 else first

    def is_surname(self, words: Sequence[Token], first: int) -> bool:
        """Tell whether a word, not wholly in capitals, is a surname: names of persons begin with it."""
        return words[first].key in self._surnames and words[first].is_capital and not words[first].is_acronym

    def before_person(self, words: Sequence[Token], first: int, end: int) -> int:
        """Return the end of a name of a place, before the name of a person that follows it."""
        persons = (index for index in range(first + 1, end - 1) if self.is_surname(words, index))
        return next(persons, end)

    def kind(self, words: Sequence[Token], kind: str, lexicon: Lexicon) -> str:
        """Return the class that the words of a name tell, where it fits the class found so far."""
        text = f" {' '.join(word.key for word in words)} "
        for name, phrases in self._kind_words:
            if any(phrase in text for phrase in phrases):
                return name if lexicon.fits(name, kind) else kind
        return kind

    def without_dangling(self, words: Sequence[Token], end: int, start: int) -> int:
        """Return the end of a name without words with which none ends; no earlier than a start."""
        while end > start and words[end - 1].key in self.dangling:
            end -= 1
        return end


def capitals_end(words: Sequence[Token], first: int) -> int:
    """Return the index after a run of capitalised words, which is the index itself if there is none.

    A hyphen or an apostrophe within a word goes with it: Phan Rang-Tháp Chàm, Cư M'gar.
    """
    end, count = first, 0
    while (
        end < len(words)
        and count < _LONGEST_PROPER_NAME
        and words[end].is_capital
        and words[end].key.isalpha()
    ):
        end, count = end + 1, count + 1
        if (
            end + 1 < len(words)
            and words[end - 1].end == words[end].start
            and words[end + 1].start == words[end].end
        ):
            if words[end].key in _APOSTROPHES:
                end += 2
            elif words[end].key == "-" and words[end + 1].is_capital:
                end, count = end + 1, count - 1
    return end


def short_name_end(words: Sequence[Token], first: int) -> int:
    """Return the index after a name with capitals in its words, as iOffice or Hue-S; 0 without one."""
    end = first
    while end < len(words) and (end == first or words[end].start == words[end - 1].end):
        is_joint = words[end].key == "-" and end + 1 < len(words) and words[end + 1].is_capital
        if not (words[end].is_acronym or words[end].is_capital or is_joint):
            break
        end += 1
    is_telling = end > first + 1 or (end > first and words[first].is_acronym)
    return end if is_telling and words[end - 1].key != "-" else 0


def _tree(phrases: Iterable[str]) -> PhraseTree[str]:
    tree: PhraseTree[str] = PhraseTree()
    for phrase in phrases:
        tree.add(phrase_keys(phrase), "")
    return tree


def _classes(rules: DraftRules, section: str) -> PhraseTree[str]:
    """Return a tree of the phrases of a section, with the class of each."""
    tree: PhraseTree[str] = PhraseTree()
    for kind, phrases in rules.table(section).items():
        for phrase in phrases:
            tree.add(phrase_keys(phrase), kind)
    return tree
