"""Names that no dictionary holds: a head noun with words that say what a system is for, or a brand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .phrases import RulePhrases, phrase_classes, phrase_tree, short_name_end
from .tokens import phrase_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .rules import DraftRules
    from .tokens import PhraseTree, Token

_LONGEST = 8  # words that such a name goes on for
_SENTENCE_SIGNS = frozenset('.!?:;-+•*“"(')


class OpenNames:
    """Tells where names end that hold words of no dictionary.

    :param phrases: the phrases of the same rules
    """

    def __init__(self, rules: DraftRules, phrases: RulePhrases) -> None:
        self._phrases = phrases
        self._general = frozenset(map(phrase_keys, rules.texts("too_general")))
        self._kinds = frozenset(rules.table("open_heads"))
        self._heads = phrase_classes(rules, "open_heads")
        self._stops = phrase_tree(rules.texts("open_stops"))
        self._verbs = phrase_tree(rules.texts("open_verbs"))
        self._brands = phrase_tree(rules.texts("brand_words"))

    def head(self, words: list[Token], first: int) -> tuple[int, str] | None:
        """Find a head noun after which a name may go on over unknown words: its end, and its class."""
        return self._heads.longest(words, first)

    def goes_on(self, words: list[Token], first: int, end: int, kind: str) -> bool:
        """Tell whether a known name may go on: it tells too little alone, or is shown to be one."""
        is_general = tuple(word.key for word in words[first:end]) in self._general
        return is_general or (kind in self._kinds and self._is_shown(words, first))

    def _is_shown(self, words: Sequence[Token], first: int) -> bool:
        """Tell whether a capital letter within a sentence shows that a name begins at a word."""
        return first > 0 and words[first].is_capital and words[first - 1].key not in _SENTENCE_SIGNS

    def end(self, words: list[Token], first: int, end: int, bodies: PhraseTree[str]) -> int:
        """Return the end of a name that goes on over unknown words, up to a function word or a sign.

        A verb ends it too, unless a capital letter within a sentence shows that it is a name.

        :param end: the index after the words that are known to belong to the name
        :param bodies: names that are no part of others
        :returns: the same index where the words go on for too long to be a name
        """
        is_shown, last = self._is_shown(words, first), end
        while last < len(words) and not self._stops_at(words, last, bodies, is_shown=is_shown):
            if last - end >= _LONGEST:
                return end
            phrase = self._phrases.continuations.longest(words, last)
            last = phrase[0] if phrase else last + 1
        return self._phrases.without_dangling(words, last, end)

    def _stops_at(self, words: list[Token], place: int, bodies: PhraseTree[str], *, is_shown: bool) -> bool:
        word = words[place]
        if self._phrases.unit_words.longest(words, place):
            return True
        if self._phrases.continuations.longest(words, place):
            return False
        if self._stops.longest(words, place):
            return True
        if not word.key.isalpha() or (not is_shown and self._verbs.longest(words, place)):
            return True
        is_new_name = word.is_capital and not words[place - 1].is_capital
        return (is_new_name and not short_name_end(words, place)) or bodies.longest(words, place) is not None

    def brand_end(self, words: list[Token], place_end: int) -> int:
        """Return the end of the name of a product that opens with a place: Tây Ninh Smart; 0 without one."""
        brand = self._brands.longest(words, place_end)
        is_named = brand and all(word.is_capital for word in words[place_end : brand[0]])
        return brand[0] if brand and is_named else 0
