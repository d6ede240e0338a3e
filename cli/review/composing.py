"""Writing of a statement by choosing its parts: subject, relation, object, then attributes by a key each."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ...loaders.article.attributes import CODE_LISTS, CODED_LISTS, ENTITIES, TIMES, TOPIC, choices
from ...loaders.drafts.proposals import CLAIMS, FIGURES, ProposedStatement
from ...loaders.drafts.row_choices import NewThing, ObjectKind
from ...loaders.drafts.statement_text import attribute_texts, written_value
from ...loaders.text.corpus_languages import TRANSLATION_LANGUAGE
from ...ontology.codes import code_list
from ...ontology.qualifiers import Certainty
from ...words import languages
from ..language import text
from .keyboard import CANCEL, ENTER, TYPE, fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...loaders.drafts.row_choices import Offer, RowChoices
    from .keyboard import Keyboard

ADDED = "added"  # the rule of statements that nobody proposed
_NEW = "+"
_STATUS, _NOTE = "status", "note"
_ATTRIBUTES = {
    "-": "polarity",
    "c": "certainty",
    "x": "extent",
    "i": "basis",
    "k": "kind",
    "g": "scope",
    "l": "level",
    "f": "from",
    "t": "to",
    "b": "by",
    "o": "asOf",
    "p": "period",
    "n": _NOTE,
    "a": TOPIC,
    "r": "responsible",
    "w": "saidBy",
}  # key -> attribute
_PARTS = {"S": "subject", "R": "predicate", "O": "target"}
_WORDS = re.compile(r"(\d+)(?:-(\d+))?")


class Composer:
    """Writes statements of one paragraph with a person.

    :param paragraph: name of the paragraph
    """

    def __init__(self, keyboard: Keyboard, offered: RowChoices, paragraph: str) -> None:
        self._keyboard, self._offered, self._paragraph = keyboard, offered, paragraph

    def new(self, block: str) -> ProposedStatement | None:
        """Let a statement be chosen; ``None`` if it was cancelled."""
        statement = ProposedStatement(0, block, ADDED, None, "", "", "")
        for part in _PARTS.values():
            changed = self._choose_part(statement, part)
            if changed is None:
                return None
            statement = changed
        return self.change(statement)

    def change(self, statement: ProposedStatement) -> ProposedStatement | None:
        """Let attributes and parts of a statement be changed; ``None`` if it was cancelled."""
        click.echo(f"  {text('review.attributes', statuses=_statuses())}")
        while True:
            click.echo(f"  {statement.line}")
            key = self._keyboard.key()
            if key in {ENTER, "y"}:
                return statement
            if key in {CANCEL, ""}:
                return None
            if key not in {*_PARTS, *_ATTRIBUTES, "{", *"123456789"}:
                click.echo(f"  {text('review.attributes', statuses=_statuses())}")
            statement = self._changed(statement, key) or statement

    def _changed(self, statement: ProposedStatement, key: str) -> ProposedStatement | None:
        """Return the statement as a key changes it; ``None`` if it does not."""
        if key in _PARTS:
            return self._choose_part(statement, _PARTS[key])
        if key == "{":
            return replace(statement, attributes=_typed_attributes(self._keyboard.line("braces")))
        words = [*choices()[_STATUS]]
        if key.isdigit() and 0 < int(key) <= len(words):
            word = words[int(key) - 1]
            return _with(statement, _STATUS, "" if _is_default(_STATUS, word) else word)
        name = _ATTRIBUTES.get(key)
        return _with(statement, name, self._value(statement, name)) if name else None

    # parts -------------------------------------------------------------------------------------------

    def _choose_part(self, statement: ProposedStatement, part: str) -> ProposedStatement | None:
        if part == _PARTS["S"]:
            curie = self.thing("subject")
            return replace(statement, subject=curie) if curie else None
        if part == _PARTS["R"]:
            is_claim = statement.block == CLAIMS
            offers = (self._offered.relations if is_claim else self._offered.measures)(statement.subject)
            name = self._one_of("relation" if is_claim else "measure", offers)
            return replace(statement, predicate=name) if name else None
        return self._with_value(statement) if statement.block == FIGURES else self._with_object(statement)

    def thing(self, title: str, required: str | None = None, besides: str = "") -> str:
        """Let a thing be chosen, or named; empty if it was cancelled."""
        offers = self._offered.things(self._paragraph, required, besides)
        curie = self._keyboard.choose(
            title, offers, lambda typed: self._offered.search(typed, required), others=_NEW
        )
        return self._name_thing(required) if curie == _NEW else curie

    def _name_thing(self, required: str | None) -> str:
        """Let a new thing be named: by words, or by the numbers of words in the sentence."""
        sentence = self._offered.sentence(self._paragraph)
        spans = [match.span() for match in re.finditer(r"[\w&/-]+", sentence)]
        numbered = (f"{number}·{sentence[slice(*span)]}" for number, span in enumerate(spans, 1))
        click.echo(f"  {' '.join(numbered)}")
        typed = self._keyboard.line("name")
        words = _span_of(typed, spans) or typed
        known = self._namesake(words, required) if typed else ""
        if known != _NEW:
            return known
        name = self._offered.surface(self._paragraph, words)
        kind = self._one_of("class", self._offered.classes(required, name))
        if not kind:
            return ""
        thing = self._offered.name_thing(self._paragraph, words, kind)
        click.echo(f"  {' / '.join(str(thing.values[lang]) for lang in languages())}")
        other = self._keyboard.line("other_name") or thing.values[thing.guessed]
        self._offered.add_thing(
            self._paragraph, replace(thing, values={**thing.values, thing.guessed: other})
        )
        return thing.curie

    def _namesake(self, words: tuple[int, int] | str, required: str | None) -> str:
        """Ask whether a thing of the register that has just this name is meant.

        :returns: what is meant; `+` for a new thing; empty if it was cancelled
        """
        namesakes = self._offered.namesakes(self._paragraph, words, required)
        if not namesakes:
            return _NEW
        known = self._keyboard.choose(
            "namesake", namesakes, lambda typed: self._offered.search(typed, required), others=_NEW
        )
        if known and known != _NEW:
            place = self._offered.place_of(self._paragraph, words)
            self._offered.add_thing(self._paragraph, NewThing(known, {}, place))
        return known

    def _with_object(self, statement: ProposedStatement) -> ProposedStatement | None:
        kind = self._offered.object_kind(statement.predicate)
        if kind is ObjectKind.TEXT:
            return self._with_text(statement)
        if kind is ObjectKind.TIME:
            target = self._time()
        elif kind is ObjectKind.CODE:
            target = self._one_of("object", self._offered.object_codes(statement.predicate))
        else:
            target = self.thing("object", self._offered.range(statement.predicate), statement.subject)
        return replace(statement, target=target) if target else None

    def _with_text(self, statement: ProposedStatement) -> ProposedStatement | None:
        words = self._keyboard.line("text")
        if not words:
            return None
        statement = replace(statement, target=json.dumps(words, ensure_ascii=False))
        if not self._offered.is_translated(statement.predicate):
            return statement
        return _with(
            statement, TRANSLATION_LANGUAGE, written_value(_NOTE, self._keyboard.line("text_english"))
        )

    def _with_value(self, statement: ProposedStatement) -> ProposedStatement | None:
        offers = self._offered.values(self._paragraph, statement.predicate)
        value = self._one_of("value", offers, TYPE)
        value = self._keyboard.line("number") if value == TYPE else value
        return replace(statement, target=value) if value else None

    # attributes --------------------------------------------------------------------------------------

    def _value(self, statement: ProposedStatement, name: str) -> str:
        """Let the value of an attribute be chosen; one that is set is taken out, or the next one follows."""
        old = statement.attributes.get(name, "")
        if name in CODED_LISTS:
            return self._toggled(name, old)
        if name in CODE_LISTS or name in choices():
            return _next(name, old)
        if old:
            return ""
        if name in TIMES:
            return self._time()
        if name in ENTITIES:
            return self.thing("attribute")
        return written_value(name, self._keyboard.line(name))

    def _one_of(self, title: str, offers: list[Offer], others: str = "") -> str:
        """Let one of a list be chosen, which is searched by typed words."""
        return self._keyboard.choose(title, offers, lambda typed: fitting(offers, typed), others)

    def _toggled(self, name: str, old: str) -> str:
        word = self._one_of("codes", self._offered.codes(name))
        words = [part.strip() for part in old.strip("[]").split(",") if part.strip()]
        if word in words:
            words.remove(word)
        elif word:
            words.append(word)
        return f"[{', '.join(words)}]" if len(words) > 1 else "".join(words)

    def _time(self) -> str:
        """Let a time of the sentence be chosen; the only one is taken, and without any it is typed."""
        offers = self._offered.times(self._paragraph)
        if len(offers) == 1:
            return offers[0].text
        time = self._one_of("time", offers, TYPE) if offers else TYPE
        return self._keyboard.line("day") if time == TYPE else time


def _span_of(typed: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the place of words that their numbers name; ``None`` if something else was typed.

    >>> _span_of("2-3", [(0, 3), (4, 6), (7, 9)])
    (4, 9)
    """
    match = _WORDS.fullmatch(typed)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    return (spans[first - 1][0], spans[last - 1][1]) if 0 < first <= last <= len(spans) else None


def _with(statement: ProposedStatement, name: str, value: str) -> ProposedStatement:
    """Set an attribute; an empty value takes it out."""
    attributes = {**statement.attributes, name: value}
    return replace(statement, attributes={name: text for name, text in attributes.items() if text})


def _is_default(name: str, word: str) -> bool:
    """Tell whether a value is the one that a line without the attribute has."""
    codes = code_list(CODE_LISTS[name]) if name in CODE_LISTS else ()
    return any(code.is_default and code.slug == choices()[name][word] for code in codes)


def _next(name: str, old: str) -> str:
    """Return the value after one in the list of an attribute; empty after the last."""
    others = (word for word in choices()[name] if not _is_default(name, word))
    words = ["", *sorted(others, key=lambda word: word == Certainty.HIGH)]  # which hardly needs to be said
    return words[(words.index(old) + 1) % len(words)] if old in words else ""


def _statuses() -> str:
    return " ".join(f"{number} {word}" for number, word in enumerate(choices()[_STATUS], 1))


def _typed_attributes(typed: str) -> dict[str, str]:
    texts = attribute_texts("{" + typed.strip().strip("{}") + "}")
    return {name: written_value(name, value) for name, value in texts.items()}
