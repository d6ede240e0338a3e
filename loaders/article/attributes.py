"""The attributes of a claim or figure line: status, time, scope and what else qualifies it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from ...ontology.codes import default_code, written_codes
from ...ontology.qualifiers import Polarity, TimeBasis
from ...problems import Severity
from ..text.dates import DateError, Stated, read_date
from ..text.suggest import did_you_mean
from ..text.yaml_text import compose, words

if TYPE_CHECKING:
    from collections.abc import Mapping

# Key of an attribute map → the code list that its words are taken from.
_LISTS = {
    "status": "Status",
    "polarity": "Polarity",
    "basis": "TimeBasis",
    "extent": "Extent",
    "scope": "GovernmentLevel",
    "level": "ServiceLevel",
    "kind": "FigureKind",
}
_CERTAINTY = "certainty"  # statements bear its words themselves
TIMES = ("from", "to", "asOf", "by", "period", "baseline")
TEXTS = ("en", "note", "sum", "part")
THINGS = ("about", "responsible")
FIGURE_ONLY = ("kind", "baseline", "sum", "part")
_MANY = ("scope", "level", "about", "responsible")


@lru_cache(maxsize=1)
def choices() -> Mapping[str, Mapping[str, str]]:
    """Map each key that takes a code to the words that may stand there, and each word to its code.

    >>> choices()["polarity"], choices()["level"]["4"]
    ({'yes': 'asserted', 'no': 'denied'}, 'level-4')
    """
    words_by_key = {key: written_codes(name) for key, name in _LISTS.items()}
    return {**words_by_key, _CERTAINTY: {word: word for word in written_codes("Certainty")}}


class Flaw(NamedTuple):
    """A problem inside one line; `offset` counts characters from the opening brace."""

    offset: int
    code: str
    what: str
    fix: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Attributes:
    """What qualifies a statement.

    :param codes: of `status`, `polarity`, `extent` …: the code slugs chosen
    :param times: of `from`, `asOf` …: the stated times
    :param texts: of `en`, `note`, `sum`, `part`
    :param things: of `about`, `responsible`: CURIEs with their offset in the line
    """

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    times: Mapping[str, Stated] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """The status code; that of the ontology's default where none is written."""
        return self.codes["status"][0] if "status" in self.codes else default_code("Status")

    @property
    def polarity(self) -> str:
        """``asserted`` or ``denied``."""
        return self.codes["polarity"][0] if "polarity" in self.codes else Polarity.ASSERTED.slug

    @property
    def basis(self) -> str:
        """On what the time rests: stated, the article's date, or inferred."""
        if chosen := self.codes.get("basis"):
            return chosen[0]
        if any(time.guessed_year for time in self.times.values()):
            return TimeBasis.INFERRED.slug
        return (TimeBasis.EXPLICIT if self.times else TimeBasis.PUBLICATION).slug

    @property
    def earliest(self) -> Stated | None:
        """The time that bounds the statement from below."""
        return self.times.get("from") or self.times.get("asOf") or self.times.get("period")

    @property
    def latest(self) -> Stated | None:
        """The time that bounds the statement from above."""
        times = self.times
        return times.get("to") or times.get("by") or times.get("asOf") or times.get("period")


NOTHING = Attributes()


@lru_cache(maxsize=65536)
def read_attributes(raw: str, *, figure: bool, published_year: int) -> tuple[Attributes, tuple[Flaw, ...]]:
    """Read `{key: value, …}`.

    :param raw: with its braces; empty for none
    :param figure: whether the keys of figures are allowed
    :returns: what could be read, and every flaw

    >>> attributes, flaws = read_attributes("{status: planned, by: 2022}", figure=False, published_year=2020)
    >>> attributes.status, attributes.times["by"].edtf, flaws
    ('planned', '2022', ())
    """
    if not raw:
        return NOTHING, ()
    try:
        node = compose(raw)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        offset = mark.column if mark else 0
        return NOTHING, (
            Flaw(
                offset,
                "KG030",
                "the attributes cannot be read",
                "write {key: value, key: value}; quote texts",
            ),
        )
    reader = _Reader(figure, published_year)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        reader.take(key, value)
    return Attributes(reader.codes, reader.times, reader.texts, reader.things), tuple(reader.flaws)


class _Reader:
    """Collects the keys of one attribute map."""

    def __init__(self, figure: bool, published_year: int) -> None:
        self.figure, self.published_year = figure, published_year
        self.codes: dict[str, tuple[str, ...]] = {}
        self.times: dict[str, Stated] = {}
        self.texts: dict[str, str] = {}
        self.things: dict[str, tuple[tuple[str, int], ...]] = {}
        self.flaws: list[Flaw] = []
        self.seen: set[str] = set()

    def take(self, key: yaml.Node, value: yaml.Node) -> None:
        """Read one key."""
        name, offset = words(key), key.start_mark.column
        if name in self.seen:
            self.flaws.append(Flaw(offset, "KG036", f'"{name}" given twice', "keep one of them"))
            return
        self.seen.add(name)
        values = self._values(name, value)
        if name in FIGURE_ONLY and not self.figure:
            self.flaws.append(
                Flaw(offset, "KG036", f'"{name}" belongs to figures', "move the line to a figures block")
            )
        elif name in choices():
            self.codes[name] = tuple(code for code in (self._choice(name, v) for v in values) if code)
        elif name in TIMES:
            self._time(name, values)
        elif name in TEXTS:
            self.texts[name] = words(values[0]).strip() if values else ""
            if values and not self.texts[name]:
                self.flaws.append(Flaw(offset, "KG036", f'"{name}" has no text', "write it or drop the key"))
        elif name in THINGS:
            self.things[name] = tuple((words(v), v.start_mark.column) for v in values)
        else:
            known = (*choices(), *TIMES, *THINGS, *TEXTS)
            fix = did_you_mean(name, known, f"known: {', '.join(known)}")
            self.flaws.append(Flaw(offset, "KG036", f'unknown attribute "{name}"', fix))

    def _values(self, name: str, value: yaml.Node) -> list[yaml.Node]:
        if isinstance(value, yaml.SequenceNode) and name in _MANY and value.value:
            return list(value.value)
        if isinstance(value, yaml.ScalarNode):
            return [value]
        self.flaws.append(
            Flaw(value.start_mark.column, "KG036", f'"{name}" takes one value', "write one value")
        )
        return []

    def _choice(self, name: str, value: yaml.Node) -> str | None:
        word = words(value)
        if code := choices()[name].get(word):
            return code
        offered = f"one of: {', '.join(choices()[name])}"
        fix = did_you_mean(word, choices()[name], offered)
        fix = f"{fix} {offered}" if fix != offered else fix
        self.flaws.append(Flaw(value.start_mark.column, "KG036", f'{name} "{word}"', fix))
        return None

    def _time(self, name: str, values: list[yaml.Node]) -> None:
        for value in values:
            text, offset = words(value), value.start_mark.column
            try:
                self.times[name] = stated = read_date(text, self.published_year)
            except DateError as error:
                self.flaws.append(Flaw(offset, error.code, error.what, error.fix))
                continue
            if stated.guessed_year:
                what = f'"{text}" has no year — taken as {stated.edtf[:4]} from "published", marked inferred'
                self.flaws.append(Flaw(offset, "KG041", what, "write it out to confirm", Severity.WARNING))
        start, end = self.times.get("from"), self.times.get("to")
        if name in {"from", "to"} and start and end and start.earliest > end.latest:
            what = f"from {start.edtf} to {end.edtf}"
            self.flaws.append(
                Flaw(
                    values[0].start_mark.column,
                    "KG043",
                    what,
                    "the start must not come after the end: swap them?",
                )
            )
