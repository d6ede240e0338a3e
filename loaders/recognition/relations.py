"""Relations between the names of a sentence, by the words between them; status and denial nearby."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from ...graph.text import spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..register.lexicon import Lexicon
    from .rules import DraftRules, RelationRule
    from .spans import DateSpan, NamedThing, Sentence

Slots: TypeAlias = "Sequence[NamedThing | DateSpan]"
_GAP = "…"  # in patterns, before the length of gaps is known: a few words without another fitting name
_CLOSE = r"[\s,:“”\"()]{0,3}"
_DATE = r"⟪\d+⟫"
_DATE_SLOT = re.compile(r"⟪(\d+)⟫")
_SLOT = re.compile(r"⟦(\d+)⟧")
_PART = re.compile(r"\b(?:[SsOo]|DATE\b\??)(?!\w)|…")
_CLAUSE_START = re.compile(r"[;:.]")
_CLAUSE_END = re.compile(r"[;:.,]")
_STATUS_DISTANCE = 40  # characters after a name in which its status stands
_NEARBY = 70  # characters before a relation in which its status stands
_TIME_DISTANCE = 80  # characters between a statement and a time that belongs to it
BY, AS_OF, FROM = "by", "asOf", "from"  # attributes of times
_IMPLEMENTS, _ISSUED = "implements", "issuedBy"
GOAL = "goal"  # group of the words that announce a goal


@dataclass(frozen=True)
class StatedRelation:
    """A relation that the words of a sentence state.

    :param subject: index of the subject among the names of the sentence; ``None`` for that of the rule
    :param target: index of the object; ``None`` for that of the rule
    :param nearby: the words before and within the relation, as their key
    :param date: index of the time right before the relation in its sentence; ``None`` without one
    """

    rule: RelationRule
    subject: int | None
    target: int | None
    nearby: str
    date: int | None = None


class RelationFinder:
    """Finds the relations that sentences state between names."""

    def __init__(self, lexicon: Lexicon, rules: DraftRules) -> None:
        self._lexicon = lexicon
        quantity = rf"(?:(?:{any_of(rules.texts('quantifiers'))})\s+)*"
        joint = rf"\s*(?:{any_of(rules.texts('list_words'))})\s*"
        slots = quantity + r"⟦\d+⟧", rf"{quantity}⟦\d+⟧(?:{joint}{quantity}⟦\d+⟧)*"
        gap = f"[^⟦⟧;]{{0,{rules.text('longest_gap')}}}?"
        self._patterns = [(rule, *_compiled(rule.words, slots, gap)) for rule in rules.relations()]

    def find(
        self, sentence: Sentence, things: Sequence[NamedThing], dates: Sequence[DateSpan]
    ) -> list[StatedRelation]:
        """List the relations in a sentence, rule by rule; a pair of names gets each relation once."""
        if not things:
            return []
        pieces = _pieces(sentence, things, dates)
        whole = "".join(key for key, _ in pieces)
        stated: dict[tuple[str, str, int | None, int | None], StatedRelation] = {}
        for rule, pattern, needed in self._patterns:
            if not any(word in whole for word in needed):
                continue
            for relation in self._by_rule(rule, pattern, pieces, things):
                key = rule.relation, rule.target, relation.subject, relation.target
                stated.setdefault(key, relation)
        return [*_own_subjects(stated.values())]

    def _by_rule(
        self,
        rule: RelationRule,
        pattern: re.Pattern[str],
        pieces: Sequence[tuple[str, str]],
        things: Sequence[NamedThing],
    ) -> Iterator[StatedRelation]:
        text = "".join(
            slot
            if slot and (slot[0] == "⟪" or self._fits_either(rule, things[int(slot[1:-1])].kind))
            else key
            for key, slot in pieces
        )
        for match in _overlapping(pattern, text):
            nearby = _SLOT.sub("", _clause(text, match.start()) + match[0])
            earlier = _DATE_SLOT.findall(text, 0, match.start())
            date = int(earlier[-1]) if earlier else None
            for subject in _places(match, "S"):
                for target in _places(match, "O"):
                    if subject != target and self._fits(rule, (subject, target), things):
                        yield StatedRelation(rule, subject, target, nearby, date)

    def _fits_either(self, rule: RelationRule, kind: str) -> bool:
        term = self._lexicon.vocabulary.properties[rule.relation]
        return self._fits_class(kind, term.domain) or self._fits_class(kind, term.range)

    def _fits(
        self, rule: RelationRule, places: tuple[int | None, int | None], things: Sequence[NamedThing]
    ) -> bool:
        term = self._lexicon.vocabulary.properties[rule.relation]
        classes = (term.domain, term.range)
        return all(
            place is None or self._fits_class(things[place].kind, required)
            for place, required in zip(places, classes, strict=True)
        )

    def _fits_class(self, kind: str, required: str | None) -> bool:
        return self._lexicon.fits(kind, required)


def _own_subjects(relations: Iterable[StatedRelation]) -> Iterator[StatedRelation]:
    """Take a document as the subject instead of its issuer: resolution 7 of the ministry, to implement …

    A statement on the place of the text itself is left out where another subject has the same object.
    """
    relations = [*relations]
    issued = {
        relation.target: relation.subject
        for relation in relations
        if relation.rule.relation == _ISSUED and (relation.subject or 0) < (relation.target or 0)
    }
    targets = {
        (relation.rule.relation, relation.target) for relation in relations if relation.subject is not None
    }
    for relation in relations:
        if relation.rule.relation == _IMPLEMENTS and relation.subject in issued:
            yield replace(relation, subject=issued[relation.subject])
        elif relation.subject is not None or (relation.rule.relation, relation.target) not in targets:
            yield relation


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Find the matches from every place, since the object of one relation may be the subject of the next."""
    position = 0
    while match := pattern.search(text, position):
        yield match
        position = match.start() + 1


def any_of(phrases: Sequence[str]) -> str:
    """Return a pattern that matches one of some phrases, the longest first."""
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


def _places(match: re.Match[str], group: str) -> list[int | None]:
    """List the names at the place of a subject or an object; no name where the rule says which it is."""
    if group not in match.re.groupindex:
        return [None]
    return [int(number) for number in _SLOT.findall(match[group])]


def _pieces(
    sentence: Sentence, things: Sequence[NamedThing], dates: Sequence[DateSpan]
) -> list[tuple[str, str]]:
    """Divide a sentence at its names and times: the key of each piece, and a slot for these."""
    spans = [(thing.start, thing.end, f"⟦{number}⟧") for number, thing in enumerate(things)]
    spans += [(date.start, date.end, f"⟪{number}⟫") for number, date in enumerate(dates)]
    pieces: list[tuple[str, str]] = []
    position = sentence.start
    for start, end, slot in sorted(spans):
        pieces.append((_spaced_key(sentence.text[position - sentence.start : start - sentence.start]), ""))
        pieces.append((_spaced_key(sentence.text[start - sentence.start : end - sentence.start]), slot))
        position = end
    return [*pieces, (_spaced_key(sentence.text[position - sentence.start :]), "")]


def _spaced_key(text: str) -> str:
    """Return the key of a piece of a sentence with the blanks at its ends kept."""
    key = spelling(text)
    before = " " if text[:1].isspace() else ""
    after = " " if key and text[-1:].isspace() else ""
    return f"{before}{key}{after}"


def _clause(text: str, end: int) -> str:
    """Return the part of a clause that stands before a place."""
    before = text[max(0, end - _NEARBY) : end]
    return _CLAUSE_START.split(before)[-1]


@lru_cache(maxsize=256)
def _compiled(words: str, slots: tuple[str, str], gap: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Compile the words of a rule.

    :returns: a pattern with the groups S and O, and the words of which the sentence must hold one
    """
    parts: list[str] = []
    needed: tuple[str, ...] = ()
    position = 0
    for match in _PART.finditer(words):
        chunk = words[position : match.start()]
        needed = max(needed, _alternatives(chunk), key=_shortest)
        parts += [_words_pattern(chunk), _slot_pattern(match[0], slots)]
        position = match.end()
    chunk = words[position:]
    parts.append(_words_pattern(chunk))
    needed = max(needed, _alternatives(chunk), key=_shortest)
    joined = _CLOSE.join(part for part in parts if part)
    return re.compile(joined.replace(_CLOSE + _GAP + _CLOSE, gap)), needed


def _shortest(texts: Sequence[str]) -> int:
    return min(map(len, texts), default=0)


def _alternatives(chunk: str) -> tuple[str, ...]:
    return tuple(spelling(text) for text in chunk.split("|") if text.strip())


def _words_pattern(chunk: str) -> str:
    texts = sorted(_alternatives(chunk), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, texts))})(?!\w)" if texts else ""


def _slot_pattern(part: str, slots: tuple[str, str]) -> str:
    """Return the pattern of a gap, a time, one name (small letter), or a list of names."""
    if part == "…":
        return _GAP
    if part.startswith("DATE"):
        return _DATE if part == "DATE" else f"(?:{_DATE})?"
    return f"(?P<{part.upper()}>{slots[part.isupper()]})"


def _is_near(date: DateSpan, span: tuple[int, int]) -> bool:
    return span[0] - _TIME_DISTANCE <= date.start <= span[1] + _TIME_DISTANCE


def _goal_cues(rules: DraftRules) -> re.Pattern[str]:
    """Match what makes the number after it a goal (group ``goal``), or a result."""
    goals, results = rules.texts("goals"), (*rules.texts("results"), *rules.texts("done_words"))
    skipped = any_of(rules.texts("no_results"))
    return re.compile(
        rf"(?<!\w)(?:{skipped}|(?P<result>{any_of(results)})|(?P<{GOAL}>{any_of(goals)}))(?!\w)"
    )


class Circumstances:
    """Reads status, denial and service levels from the words near a statement."""

    def __init__(self, rules: DraftRules) -> None:
        self._cues = [
            (re.compile(rf"(?<!\w)(?:{any_of(words)})(?!\w)"), status)
            for status, words in rules.table("statuses").items()
        ]
        self._cues += [
            (re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})"), status)
            for status, patterns in rules.table("orders").items()
        ]
        self._no_statuses = re.compile(rf"(?<!\w)(?:{any_of(rules.texts('no_statuses'))})(?!\w)")
        self._done = re.compile(rf"(?<!\w)(?:{any_of(rules.texts('done_words'))})(?!\w)")
        self._goals = _goal_cues(rules)
        later = any_of(rules.texts("goal_verbs"))
        self._later = re.compile(rf"(?<!\w)(?:{later})(?!\w)")
        self._clause_after = re.compile(rf"[;:.]|,(?!\s*(?:{later})(?!\w))")
        self._orders = rules.texts("planned_at_start")
        self._denials = re.compile(rf"(?<!\w)(?:{any_of(rules.texts('denials'))})(?!\w)")
        self._denial_distance = int(rules.text("denial_distance"))
        not_running = any_of(rules.texts("not_running"))
        self._not_running = re.compile(rf"(?<!\w)(?:{not_running})\s*$")
        self._not_running_after = re.compile(rf"[^.;,:]{{0,12}}?(?<!\w)(?:{not_running})(?!\w)")
        self._level_digits = re.compile(rules.text("level_digits"))
        self._level_words = rules.table("level_words")
        self.planned = self._cues[0][1]

    def status(self, nearby: str) -> str:
        """Return the code of the status that words suggest; empty if they suggest none."""
        if places := self._cue_places(nearby):
            return max(places)[1]
        return self.planned if nearby.lstrip(" -+•").startswith(self._orders) else ""

    def status_after(self, words: str) -> str:
        """Return the code of the status that the words right after a name suggest; empty for none."""
        clause = _CLAUSE_END.split(words[:_STATUS_DISTANCE])[0]
        statuses = [status for _, status in sorted(self._cue_places(clause)) if status]
        return statuses[0] if statuses else ""

    def _cue_places(self, words: str) -> list[tuple[int, str]]:
        """List the cues of statuses in words: where each ends, and the code."""
        words = self._no_statuses.sub(lambda match: " " * len(match[0]), words)
        places = [(match.end(), status) for cue, status in self._cues for match in cue.finditer(words)]
        return places + [(match.end(), "") for match in self._done.finditer(words)]

    def is_not_running(self, before: str, after: str) -> bool:
        """Tell whether words next to the name of a system say that it does not run yet."""
        return bool(self._not_running.search(before) or self._not_running_after.match(after))

    def time(self, dates: Sequence[DateSpan], span: tuple[int, int], *, is_planned: bool) -> dict[str, str]:
        """Return the time of a statement if exactly one time stands nearby: what is planned is to be by then.

        Of what is so already, the time has a role; a time by which it was to be is that as of which it is.
        """
        near = [date for date in dates if _is_near(date, span)]
        if is_planned:
            ends = {date.value.rpartition("/")[2] for date in near if date.role != FROM}
            return {BY: ends.pop()} if len(ends) == 1 else {}
        told = [date for date in near if date.role and date.role != BY]
        told = told or [replace(date, role=AS_OF) for date in near if date.role == BY]
        return {told[0].role: told[0].value} if len(told) == 1 else {}

    def is_goal(self, before: str, after: str) -> bool:
        """Tell whether the words before a number, or the verb of what is counted after it, make it a goal."""
        cues = [match.lastgroup == GOAL for match in self._goals.finditer(before) if match.lastgroup]
        return cues[-1] if cues else bool(self._later.search(self._clause_after.split(after)[0]))

    def is_denied(self, nearby: str) -> bool:
        """Tell whether words deny what follows them closely."""
        return self._denials.search(nearby, max(0, len(nearby) - self._denial_distance)) is not None

    def levels(self, nearby: str, codes: Mapping[str, str]) -> list[str]:
        """List the service levels that words name, as articles write them."""
        levels = [digit for match in self._level_digits.finditer(nearby) for digit in match.groups() if digit]
        levels += [code for code, words in self._level_words.items() if any(word in nearby for word in words)]
        return [level for level in dict.fromkeys(levels) if level in codes]
