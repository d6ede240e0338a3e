"""Statements in words, in one language: what is said of a subject as a clause that follows its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...ontology.codes import default_code
from ...problems import FaultError
from ...words import catalogue, label, written_date, written_number
from ..article.attributes import ENTITIES, POPULATION, POPULATION_TRANSLATION, TIMES, TOPIC, read_attributes
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from ..text.dates import read_date
from ..text.numbers import comparators, read_number
from .statement_text import CODE, CURIE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ...ontology.vocabulary import Term
    from ..article.attributes import Attributes
    from ..article.statement_lines import ClaimLine, FigureLine
    from ..register.lexicon import Lexicon
    from ..text.dates import StatedTime

_PLACE_OF_OBJECT = "…"  # in the label of a relation
_REMARK = re.compile(r" \(([^()]+)\)$")  # at the end of labels: "(đến 2025-06-30)", "(as publisher)", "(IOC)"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIGN = re.compile(r"[<>=~]*")
_UNIT_NAMES = "edition"  # a key of units, which are called by their short name, without their years
_STATUS, _POLARITY, _KIND = "status", "polarity", "kind"
_BASIS = "basis"  # tells how a time was found, which is nothing that the source says
_TARGET = "_target"  # ends the keys of the words for goals
_COMMON = ("Group", "SystemGroup", "OnlineServiceSet", "AdministrativeProcedureSet")  # named by common nouns
_PROPER = ("Enterprise", "MediaOutlet")  # whose names have no article
_WITH_ARTICLE = ("TechnicalComponent", "Body", "Service", "Index")
_SIBILANT = re.compile(r".*(?:s|x|o|ch|sh)")
_CONSONANT_Y = re.compile(r".*[^aeiou]y")
_AFTER_HEAD = re.compile(r" (?:of|for|in|at|on|by|from|to|with|under|between) |,|\(")  # in English names
_EDTF, _QUOTE, _SPEAKER = "edtf", "“", "saidBy"


@dataclass(frozen=True)
class Clause:
    """What is said of a subject.

    :param words: what follows the name of the subject
    :param text: the object, if it is a text such as the number of a document; else empty
    """

    words: str
    text: str = ""


class ClauseWriter:
    """Words the statements of one paragraph in one language.

    :param names: the labels of entities by CURIE, which may be proposed ones: language → label
    """

    def __init__(self, lexicon: Lexicon, names: Callable[[str], Mapping[str, str]], lang: str) -> None:
        self._lexicon, self._labels, self._lang = lexicon, names, lang
        self.words = catalogue(__package__ or "", lang)
        self._linked: set[str] = set()
        self._last_speakers: tuple[str, ...] = ()

    # names -------------------------------------------------------------------------------------------

    def name(self, curie: str) -> str:
        """Name an entity within a sentence; in the language of the articles the first time as a mention."""
        labels = self._labels(curie)
        kind = labels.get("kind", "")
        name = self.bare_name(curie)
        if self._fits(kind, _COMMON) or re.match(self.words["unit_openings"], name):
            name = lowered(name)
        elif " " in name and self._fits(kind, _WITH_ARTICLE) and not self._fits(kind, _PROPER):
            name = self.words("digest.the", name=_lowered_head(name))
        if self._lang != ARTICLE_LANGUAGE or curie in self._linked:
            return name
        self._linked.add(curie)
        return f"[{name}]({curie})"

    def bare_name(self, curie: str) -> str:
        """Return the label of an entity without remarks."""
        labels = self._labels(curie)
        name = (_UNIT_NAMES in labels and labels.get("short")) or label(labels, self._lang) or curie
        return _without_remark(name)

    def is_plural(self, curie: str) -> bool:
        """Tell whether the name of an entity is a plural, which matters where verbs agree with it."""
        head = _AFTER_HEAD.split(self.bare_name(curie))[0]
        return head.endswith("s") and not head.endswith(("ss", "us", "is"))

    def listed(self, names: Sequence[str]) -> str:
        """Join words to a list: A, B and C."""
        *earlier, last = names
        return self.words("digest.and", first=", ".join(earlier), last=last) if earlier else last

    def _fits(self, kind: str, classes: Iterable[str]) -> bool:
        return bool(kind) and any(self._lexicon.fits(kind, name) for name in classes)

    # claims ------------------------------------------------------------------------------------------

    def claim(self, lines: Sequence[ClaimLine], *, is_plural: bool) -> Clause:
        """Word claims that differ in their objects alone, without their subject."""
        attributes, _ = read_attributes(lines[0].attributes, is_figure=False, published_year=0)
        term = self._lexicon.vocabulary.properties.get(lines[0].predicate)
        objects = self.listed([self._object(line.object, attributes, term) for line in lines])
        phrase = self._phrase(lines[0].predicate, term, objects)
        is_thing = CURIE.fullmatch(lines[0].object) is not None
        status = "".join(attributes.codes.get(_STATUS, ())) if is_thing else ""
        mood = f"{self._moods(phrase)}.{status}"
        phrase = self.words(mood, phrase=phrase) if mood in self.words else phrase
        clause = self._inflected(phrase, is_plural=is_plural, is_denied=attributes.is_denied)
        worded = {_POLARITY, *([_STATUS] if mood in self.words else [])}
        text = objects if lines[0].object.startswith('"') else ""
        return Clause(clause + self._circumstances(attributes, worded, lines[0].subject), text)

    def _phrase(self, predicate: str, term: Term | None, objects: str) -> str:
        """Word a relation with its object; in a language whose verbs are inflected, as an infinitive."""
        if (key := f"relation.{predicate}") in self.words:
            return self.words(key, object=objects)
        relation = _without_remark(label(term.labels, self._lang)) if term else predicate
        before, place, after = relation.partition(_PLACE_OF_OBJECT)
        if place:
            return " ".join(filter(None, (before.strip(), objects, after.strip())))
        verb, _, ending = relation.partition(" ")
        if self._lang == ARTICLE_LANGUAGE:
            return f"{relation} {objects}"
        is_verb = verb.endswith("s") and not verb.endswith("ss")
        return f"{verb[:-1]} {ending} {objects}".replace("  ", " ") if is_verb else f"be {relation} {objects}"

    def _moods(self, phrase: str) -> str:
        """Return where the words for statuses stand that fit a phrase: one in the passive has its own."""
        openings = tuple(self.words.below("passive").values())
        return "mood_of_passive" if phrase.startswith(openings) else "mood"

    def _inflected(self, phrase: str, *, is_plural: bool, is_denied: bool) -> str:
        """Make the verb that opens a phrase agree with its subject, or deny it."""
        verb, _, ending = phrase.partition(" ")
        key = f"verb.{verb}" if f"verb.{verb}" in self.words else "verb.other"
        key += ("_many" if is_plural else "") + ("_denied" if is_denied else "")
        third = verb if self._lang == ARTICLE_LANGUAGE else _third_person(verb)
        return self.words(key, verb=verb, third=third, rest=ending)

    def _object(self, text: str, attributes: Attributes, term: Term | None) -> str:
        if text.startswith(CODE):
            code = self._lexicon.vocabulary.codes.get(text.removeprefix(CODE))
            return label(code.labels, self._lang) if code else text
        if text.startswith('"'):
            is_translated = self._lang == TRANSLATION_LANGUAGE and attributes.translation
            words = attributes.translation if is_translated else text[1:-1]
            return words if term is None or self._is_quoted(term.name) else lowered(words)
        if term and term.range == _EDTF:
            return self._written(text)
        return self.name(text) if CURIE.fullmatch(text) else text

    def _is_quoted(self, predicate: str) -> bool:
        """Tell whether the texts of a relation stand in quotes, or have marks of their own as numbers do."""
        key = f"relation.{predicate}"
        return key not in self.words or _QUOTE in self.words[key]

    # figures -----------------------------------------------------------------------------------------

    def figure(self, line: FigureLine, *, is_first: bool) -> str:
        """Word a figure.

        :param is_first: whether its subject is named; one after another on the same subject goes without
        """
        attributes, _ = read_attributes(line.attributes, is_figure=True, published_year=0)
        measure = self._lexicon.measures.get(line.measure)
        values = dict(measure.values) if measure else {}
        unit = self._lexicon.units.get(line.unit or values.get("unit", ""))
        unit_values = dict(unit.values) if unit else {}
        unit_name = unit_values.get(self._lang, line.unit)
        forms = (line.measure, unit_values.get("slug", ""), "other")
        form = next(form for form in forms if f"figure.{form}" in self.words)
        is_own_unit = line.unit in {"", values.get("unit")}  # in English, the name of a count tells it
        is_counted_by_name = is_own_unit and form == forms[-1] and self._lang == TRANSLATION_LANGUAGE
        topic = self._named(attributes, TOPIC)
        clause = self.words(
            f"figure.{form}" if is_first else f"figure_more.{form}",
            subject=self.name(line.subject) if is_first else "",
            measure=lowered(values.get(self._lang, line.measure)),
            verb=self.words(f"figure_verb.{form}{_TARGET if attributes.is_target else ''}"),
            amount=self._amount(line.value),
            unit="" if is_counted_by_name else unit_name,
            topic=self.words("digest.topic", names=topic) if topic else "",
        )
        if population := self._population(attributes):
            of_whom = f"figure_of.{form}" if f"figure_of.{form}" in self.words else "figure_of.other"
            clause = self.words(of_whom, statement=clause, population=population)
        worded = {_KIND, *([TOPIC] if "{topic}" in self.words[f"figure.{form}"] else [])}
        return clause.rstrip() + self._circumstances(attributes, worded, line.subject)

    def _amount(self, value: str) -> str:
        sign = _SIGN.match(value)[0]  # type: ignore[index]  # an empty sign matches as well
        comparator = self._lexicon.vocabulary.codes[comparators()[sign]]
        number = self._number(value[len(sign) :])
        if comparator.name == default_code("Comparator"):
            return number
        before, place, after = label(comparator.labels, self._lang).lower().partition(_PLACE_OF_OBJECT)
        return f"{before.strip()} {number} {after.strip()}".rstrip() if place else f"{before} {number}"

    def _population(self, attributes: Attributes) -> str:
        """Name the group that a figure is of; empty if it states none."""
        texts = attributes.texts
        words = texts.get(POPULATION, "")
        if self._lang == TRANSLATION_LANGUAGE:
            words = texts.get(POPULATION_TRANSLATION, words)
        return words or self._named(attributes, POPULATION)

    def _number(self, text: str) -> str:
        """Write a value with the marks of the language; one that is no number stays as it is."""
        try:
            values = [read_number(part) for part in text.split("/")]
        except FaultError:
            return text
        return "/".join(written_number(value, self._lang) for value in values)

    # circumstances -----------------------------------------------------------------------------------

    def _circumstances(self, attributes: Attributes, worded: Iterable[str], subject: str) -> str:
        """Word times, who says so and who is responsible, then all codes that are not worded yet."""
        names = [name for name in ENTITIES if name in attributes.entities and name not in worded]
        texts = [
            self.words(f"digest.{name}", names=self._named(attributes, name))
            for name in names
            if name != _SPEAKER
        ]
        texts += [self._when(name, attributes.times[name]) for name in TIMES if name in attributes.times]
        remarks = [
            self._code(name, slug)
            for name, slugs in attributes.codes.items()
            for slug in slugs
            if name not in {*worded, _BASIS}
        ]
        circumstances = "".join(text if text.startswith(",") else f" {text}" for text in texts)
        circumstances += f" ({', '.join(remarks)})" if remarks else ""
        return circumstances + (self._speaker(attributes, subject) if _SPEAKER in names else "")

    def _speaker(self, attributes: Attributes, subject: str) -> str:
        """Word who says so; nothing where the statement before is by the same speaker."""
        speakers = tuple(curie for curie, _ in attributes.entities[_SPEAKER])
        is_known, self._last_speakers = speakers == self._last_speakers, speakers
        if is_known:
            return ""
        key = "digest.says_itself" if speakers == (subject,) else f"digest.{_SPEAKER}"
        return self.words(key, names=self._named(attributes, _SPEAKER))

    def _code(self, name: str, slug: str) -> str:
        """Word the value of an attribute: by words of its own, else by the label of the code."""
        key, code = f"{name}.{slug}", self._lexicon.vocabulary.codes.get(slug)
        return (
            self.words(key) if key in self.words or code is None else label(code.labels, self._lang).lower()
        )

    def _named(self, attributes: Attributes, name: str) -> str:
        """Name the entities of an attribute; empty without any."""
        curies = [curie for curie, _ in attributes.entities.get(name, ())]
        return self.listed([self.name(curie) for curie in curies]) if curies else ""

    def _when(self, name: str, time: StatedTime) -> str:
        """Word a time with what it says of a statement, which may have other words for a day."""
        of_day = f"time.{name}_day"
        key = of_day if time.is_day and of_day in self.words else f"time.{name}"
        return self.words(key, time=self._time(time))

    def _written(self, text: str) -> str:
        try:
            return self._time(read_date(text))
        except FaultError:
            return text

    def _time(self, time: StatedTime) -> str:
        """Write a time for readers, at the precision that is stated."""
        first, last, precision = time.earliest, time.latest, _precision(time)
        start, end = (
            written_date(day.year, day.month, None if precision == "month" else day.day, self._lang)
            for day in (first, last)
        )
        parts = {"year": first.year, "last": last.year, "start": start, "end": end}
        quarter = self.words(f"quarter.{(first.month + 2) // 3}")
        return self.words(f"date.{precision}", **parts, quarter=quarter)


def _third_person(verb: str) -> str:
    """Return an English verb as it stands after a single subject.

    >>> [_third_person(verb) for verb in ("serve", "undergo", "carry", "publish")]
    ['serves', 'undergoes', 'carries', 'publishes']
    """
    if _CONSONANT_Y.fullmatch(verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if _SIBILANT.fullmatch(verb) else f"{verb}s"


def _precision(time: StatedTime) -> str:
    """Tell what a time is: `day`, `month`, `quarter`, `year`, `years`, or any `span` of days."""
    first, last = time.earliest, time.latest
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    is_whole = first.day == 1 and (last.month != (last.fromordinal(min(last.toordinal() + 1, 3652059))).month)
    if time.is_day:
        return "day"
    if is_whole and months == 1:
        return "month"
    if is_whole and months == 3 and first.month % 3 == 1:
        return "quarter"
    if is_whole and first.month == 1 and last.month == 12:
        return "year" if months == 12 else "years"
    return "span"


def lowered(name: str) -> str:
    """Begin a name with a small letter, unless it is an abbreviation.

    >>> lowered("Số trạm BTS"), lowered("BTS stations"), lowered("5G stations")
    ('số trạm BTS', 'BTS stations', '5G stations')
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name


def _lowered_head(name: str) -> str:
    """Begin an English name with a small letter where the words before "of" and the like are common nouns.

    >>> _lowered_head("Document software of Minh Hoạ"), _lowered_head("People's Committee of Minh Hoạ")
    ('document software of Minh Hoạ', "People's Committee of Minh Hoạ")
    """
    _first, *following = _AFTER_HEAD.split(name)[0].split()
    return lowered(name) if following and all(word.islower() for word in following) else name


def _without_remark(name: str) -> str:
    """Leave out what a register notes in parentheses at the end of a label: words or days, no abbreviation.

    >>> _without_remark("Sở Nội vụ (đến 2025-06-30)"), _without_remark("Trung tâm điều hành (IOC)")
    ('Sở Nội vụ', 'Trung tâm điều hành (IOC)')
    """
    remark = _REMARK.search(name)
    is_note = remark and (_DAY.search(remark[1]) or (remark[1][0].islower() and " " in remark[1]))
    return name[: remark.start()] if remark and is_note else name
