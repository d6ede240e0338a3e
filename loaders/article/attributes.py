"""Parsing of the attributes of a claim or figure line: status, time, scope and further qualifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from ...ontology.codes import default_code, written_codes
from ...ontology.qualifiers import Certainty, FigureKind, Polarity, TimeBasis
from ...problems import FaultError, Severity
from ..faults.messages import fault, message
from ..faults.suggest import suggestion, with_suggestion
from ..text.corpus_languages import TRANSLATION_LANGUAGE
from ..text.dates import StatedTime, read_date
from ..text.yaml_text import compose, key_nodes, scalar_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ...problems import Fault


CODE_LISTS = {
    "status": "Status",
    "polarity": "Polarity",
    "basis": "TimeBasis",
    "extent": "Extent",
    "scope": "GovernmentLevel",
    "level": "ServiceLevel",
    "kind": "FigureKind",
}  # attribute -> code list of the ontology that its value is chosen from
TIMES = ("from", "to", "asOf", "by", "period", "baseline")
POPULATION, POPULATION_TRANSLATION = "of", f"of_{TRANSLATION_LANGUAGE}"  # whom a statement covers
TEXTS = (TRANSLATION_LANGUAGE, "note", "sum", "part", POPULATION_TRANSLATION)
TOPIC = "about"  # what a statement is about besides its subject
ENTITIES = (TOPIC, "responsible", "saidBy")
FIGURE_ONLY = ("kind", "baseline", "sum", "part")
CODED_LISTS = ("scope", "level")  # attributes that take several codes
_LISTS = (*CODED_LISTS, *ENTITIES)
_CURIE = re.compile(r"[a-z][a-z0-9]*:\S+")
_AND_ABOVE = ">="  # before a service level: that level and all above it


@lru_cache(maxsize=1)
def choices() -> Mapping[str, Mapping[str, str]]:
    """Map each attribute with coded values to its values: spelling in articles → slug of the code.

    For `certainty`, the spelling itself is stored in statements.

    >>> choices()["polarity"]
    {'yes': 'asserted', 'no': 'denied'}
    """
    codes = {name: written_codes(code_list) for name, code_list in CODE_LISTS.items()}
    return {**codes, "certainty": {word: word for word in written_codes("Certainty")}}


def spelled(attribute: str, code: str) -> str:
    """Return how articles write a code as the value of an attribute.

    >>> spelled("polarity", "denied")
    'no'
    """
    return next(word for word, slug in choices()[attribute].items() if slug == code)


def attribute_of_value(word: str) -> str | None:
    """Return the attribute that takes a word as its value; ``None`` if there is none.

    >>> attribute_of_value("pilot"), attribute_of_value("tq:lgsp")
    ('status', None)
    """
    return next((name for name, values in choices().items() if word in values), None)


class AttributeFault(NamedTuple):
    """A fault in an attribute map; `offset` counts characters from the opening brace."""

    offset: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Attributes:
    """The parsed attributes of a claim or figure line.

    :param codes: attribute (`status`, `polarity`, `extent` …) → slug of its code
    :param times: attribute (`from`, `asOf` …) → stated time
    :param texts: attribute (`en`, `note`, `sum`, `part`, `of` in words) → text
    :param entities: attribute (`about`, `responsible`, `saidBy`, `of`) → CURIEs with their offsets
    """

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    times: Mapping[str, StatedTime] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """Slug of the status; the default status if the line has none."""
        return self._code_of("status")

    @property
    def polarity(self) -> str:
        """Slug of the polarity: ``asserted`` unless the line denies the statement."""
        return self._code_of("polarity")

    def _code_of(self, name: str) -> str:
        chosen = self.codes.get(name)
        return chosen[0] if chosen else default_code(CODE_LISTS[name])

    @property
    def is_denied(self) -> bool:
        """Whether the line denies the statement."""
        return self.polarity == Polarity.DENIED

    @property
    def is_target(self) -> bool:
        """Whether a figure is a target rather than a result."""
        return FigureKind.TARGET in self.codes.get("kind", ())

    @property
    def is_guess(self) -> bool:
        """Whether the annotator only inferred the statement."""
        return self.codes.get("certainty") == (Certainty.LOW,)

    @property
    def translation(self) -> str:
        """The translation of the text object; empty without one."""
        return self.texts.get(TRANSLATION_LANGUAGE, "")

    @property
    def basis(self) -> str:
        """Slug of the basis of the time: stated, the date of the article, or inferred."""
        if chosen := self.codes.get("basis"):
            return chosen[0]
        if any(time.guessed_year for time in self.times.values()):
            return TimeBasis.INFERRED.slug
        return (TimeBasis.EXPLICIT if self.times else TimeBasis.PUBLICATION).slug

    @property
    def earliest(self) -> StatedTime | None:
        """The time from which the statement holds; ``None`` if not stated."""
        return self.times.get("from") or self.times.get("asOf") or self.times.get("period")

    @property
    def latest(self) -> StatedTime | None:
        """The time until which the statement holds; ``None`` if not stated."""
        times = self.times
        return times.get("to") or times.get("by") or times.get("asOf") or times.get("period")

    def dated(self, time: StatedTime) -> Attributes:
        """Return the attributes with a time added as that of the statement."""
        return replace(self, times={"asOf": time})


NO_ATTRIBUTES = Attributes()


@lru_cache(maxsize=65536)
def read_attributes(
    raw: str, *, is_figure: bool, published_year: int | None
) -> tuple[Attributes, tuple[AttributeFault, ...]]:
    """Parse the attributes `{key: value, …}` of a line.

    :param raw: the text including its braces; empty if there is none
    :param is_figure: whether the attributes of figures are allowed
    :param published_year: the year of dates without one; ``None`` if it is not known
    :returns: the attributes that could be parsed, and all faults

    >>> attributes, faults = read_attributes(
    ...     "{status: planned, by: 2022}", is_figure=False, published_year=2020
    ... )
    >>> attributes.status, attributes.times["by"].edtf, faults
    ('planned', '2022', ())
    """
    if not raw:
        return NO_ATTRIBUTES, ()
    try:
        node = compose(raw)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return NO_ATTRIBUTES, (AttributeFault(mark.column if mark else 0, fault("KG030.attributes")),)
    reader = _AttributeReader(is_figure, published_year)
    for key, value in key_nodes(node):
        reader.read_key(key, value)
    if node:
        reader.check_population(node)
    return reader.attributes(), tuple(reader.faults)


class _AttributeReader:
    """Parses the attributes of one line."""

    def __init__(self, is_figure: bool, published_year: int | None) -> None:
        self.is_figure, self.published_year = is_figure, published_year
        self.codes: dict[str, tuple[str, ...]] = {}
        self.times: dict[str, StatedTime] = {}
        self.texts: dict[str, str] = {}
        self.entities: dict[str, tuple[tuple[str, int], ...]] = {}
        self.faults: list[AttributeFault] = []
        self.names: set[str] = set()  # of the keys read so far

    def attributes(self) -> Attributes:
        return Attributes(self.codes, self.times, self.texts, self.entities)

    def read_key(self, key: yaml.Node, value: yaml.Node) -> None:
        name = scalar_text(key)
        if name in self.names:
            self._report(key, fault("KG036.repeated-attribute", name=name))
            return
        self.names.add(name)
        values = self._values(name, value)
        if name in FIGURE_ONLY and not self.is_figure:
            self._report(key, fault("KG036.figure-attribute", name=name))
        elif reader := _value_readers().get(name):
            reader(self, name, key, values)
        else:
            names = tuple(_value_readers())
            self._report(
                key, with_suggestion(fault("KG036.unknown-attribute", name=name, names=names), name, names)
            )

    def _report(self, node: yaml.Node, flaw: Fault) -> None:
        self.faults.append(AttributeFault(node.start_mark.column, flaw))

    def _values(self, name: str, value: yaml.Node) -> Sequence[yaml.Node]:
        if isinstance(value, yaml.SequenceNode) and name in _LISTS and value.value:
            return list(value.value)
        if isinstance(value, yaml.ScalarNode):
            return [value]
        self._report(value, fault("KG036.no-single-value", name=name))
        return []

    def read_codes(self, name: str, key: yaml.Node, values: Sequence[yaml.Node]) -> None:
        if name == "level" and (slugs := _levels_from(scalar_text(values[0]) if values else "")):
            self.codes[name] = slugs
            return
        codes = (self._code(name, value) for value in values)
        self.codes[name] = tuple(slug for slug in codes if slug)

    def _code(self, name: str, value: yaml.Node) -> str | None:
        written, offered = scalar_text(value), choices()[name]
        if slug := offered.get(written):
            return slug
        unknown = fault("KG036.unknown-code", name=name, value=written, choices=tuple(offered))
        if nearest := suggestion(written, offered):
            unknown = unknown.with_fix(message("suggestion-then-fix", suggestion=nearest, fix=unknown.fix))
        self._report(value, unknown)
        return None

    def read_texts(self, name: str, key: yaml.Node, values: Sequence[yaml.Node]) -> None:
        self.texts[name] = scalar_text(values[0]).strip() if values else ""
        if values and not self.texts[name]:
            self._report(key, fault("KG036.empty-text", name=name))

    def read_entities(self, name: str, key: yaml.Node, values: Sequence[yaml.Node]) -> None:
        self.entities[name] = tuple((scalar_text(value), value.start_mark.column) for value in values)

    def read_population(self, name: str, key: yaml.Node, values: Sequence[yaml.Node]) -> None:
        """Read whom the statement covers: an entity, or words."""
        if values and _CURIE.fullmatch(scalar_text(values[0])):
            self.read_entities(name, key, values)
        else:
            self.read_texts(name, key, values)

    def check_population(self, node: yaml.Node) -> None:
        """Report a population in words without its translation, and a translation without words."""
        in_words, translated = (self.texts.get(name) for name in (POPULATION, POPULATION_TRANSLATION))
        if in_words and not translated:
            self._report(node, fault("KG038.no-population-translation", Severity.WARNING))
        elif translated and not in_words:
            self._report(node, fault("KG036.lone-translation", name=POPULATION_TRANSLATION))

    def read_times(self, name: str, key: yaml.Node, values: Sequence[yaml.Node]) -> None:
        for value in values:
            try:
                self._read_time(name, value)
            except FaultError as error:
                self._report(value, error.fault)
        start, end = self.times.get("from"), self.times.get("to")
        if name in {"from", "to"} and start and end and start.earliest > end.latest:
            self._report(values[0], fault("KG043.reversed-interval", start=start.edtf, end=end.edtf))

    def _read_time(self, name: str, value: yaml.Node) -> None:
        text = scalar_text(value)
        self.times[name] = time = read_date(text, self.published_year)
        if time.guessed_year:
            guessed = fault("KG041.guessed-year", Severity.WARNING, text=text, year=time.edtf[:4])
            self._report(value, guessed)


@lru_cache(maxsize=1)
def _value_readers() -> Mapping[str, Callable[[_AttributeReader, str, yaml.Node, Sequence[yaml.Node]], None]]:
    """Map the name of each attribute to the function that parses its values."""
    return {
        **dict.fromkeys(choices(), _AttributeReader.read_codes),
        **dict.fromkeys(TIMES, _AttributeReader.read_times),
        **dict.fromkeys(ENTITIES, _AttributeReader.read_entities),
        **dict.fromkeys(TEXTS, _AttributeReader.read_texts),
        POPULATION: _AttributeReader.read_population,
    }


def _levels_from(written: str) -> tuple[str, ...]:
    """List the numbered service levels from one upwards; empty unless written so.

    >>> _levels_from(">=3"), _levels_from("3")
    (('level-3', 'level-4'), ())
    """
    levels, lowest = written_codes("ServiceLevel"), written.removeprefix(_AND_ABOVE)
    if not written.startswith(_AND_ABOVE) or lowest not in levels or not lowest.isdigit():
        return ()
    return tuple(slug for word, slug in levels.items() if word.isdigit() and int(word) >= int(lowest))
