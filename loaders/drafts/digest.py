"""Wording of a paragraph from its statements: a digest in words of our own, which the author may rewrite."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...ontology.codes import default_code
from ...problems import FaultError
from ...words import catalogue, label, written_number
from ..article.attributes import POPULATION, POPULATION_TRANSLATION, TIMES, read_attributes
from ..article.statement_lines import ClaimLine, FigureLine, read_claims, read_figures
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from ..text.numbers import comparators, read_number
from .proposals import CLAIMS
from .statement_text import CODE, CURIE, curies_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..article.attributes import Attributes
    from ..register.lexicon import Lexicon
    from .proposal_lines import ParagraphRows

_PLACE_OF_OBJECT = "…"  # in the label of a relation
_REMARK = re.compile(r" \(([^()]+)\)$")  # at the end of labels: "(đến 2025-06-30)", "(as publisher)", "(IOC)"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIGN = re.compile(r"[<>=~]*")
_UNIT_NAMES = "edition"  # a key of units, which are called by their short name, without their years


class DigestWriter:
    """Words statements in both languages of a corpus.

    :param names: the labels of entities by CURIE, which may be proposed ones: language → label
    """

    def __init__(self, lexicon: Lexicon, names: Callable[[str], Mapping[str, str]]) -> None:
        self._lexicon, self._names = lexicon, names

    def word(self, paragraph: ParagraphRows) -> tuple[str, str]:
        """Word the accepted statements and mentions of a paragraph.

        :returns: the text in the language of the articles, with mentions, and the translation; empty for a
            paragraph without any
        """
        return _Wording(self._lexicon, self._names, ARTICLE_LANGUAGE).word(paragraph), _Wording(
            self._lexicon, self._names, TRANSLATION_LANGUAGE
        ).word(paragraph)


@dataclass(frozen=True)
class _Phrase:
    """A statement in words, with its subject and after another one on the same subject."""

    subject: str
    opening: str
    statement: str


class _Wording:
    """The wording of one paragraph in one language."""

    def __init__(self, lexicon: Lexicon, names: Callable[[str], Mapping[str, str]], lang: str) -> None:
        self._lexicon, self._names, self._lang = lexicon, names, lang
        self._words = catalogue(__package__ or "", lang)
        self._linked: set[str] = set()

    def word(self, paragraph: ParagraphRows) -> str:
        phrases: dict[str, list[_Phrase]] = {}  # by subject
        for block, line in paragraph.statements:
            if phrase := self._phrase(block, line):
                phrases.setdefault(phrase.subject, []).append(phrase)
        sentences: list[str] = []
        for first, *following in phrases.values():
            statements = "; ".join([first.opening, *(phrase.statement for phrase in following)])
            sentence = self._words("digest.sentence", statements=statements)
            sentences.append(self._words("digest.also", sentence=sentence) if sentences else sentence)
        stated = {curie for _, line in paragraph.statements for curie in curies_in(line)}
        mentioned = [curie for curie in dict.fromkeys(paragraph.mentions) if curie not in stated]
        if mentioned:
            names = ", ".join(self._name(curie) for curie in mentioned)
            key = "digest.also_mentions" if sentences else "digest.mentions"
            sentences.append(self._words(key, names=names))
        return " ".join(sentences)

    def _name(self, curie: str) -> str:
        """Name an entity; in the language of the articles the first time as a mention."""
        labels = self._names(curie)
        name = (_UNIT_NAMES in labels and labels.get("short")) or label(labels, self._lang) or curie
        name = _without_remark(name)
        if self._lang != ARTICLE_LANGUAGE or curie in self._linked:
            return name
        self._linked.add(curie)
        return f"[{name}]({curie})"

    def _phrase(self, block: str, line: str) -> _Phrase | None:
        read = read_claims if block == CLAIMS else read_figures
        parsed = next(iter(read(line, 1)), None)
        if isinstance(parsed, ClaimLine):
            return self._claim(parsed)
        return self._figure(parsed) if isinstance(parsed, FigureLine) else None

    def _claim(self, line: ClaimLine) -> _Phrase:
        attributes, _ = read_attributes(line.attributes, is_figure=False, published_year=0)
        term = self._lexicon.vocabulary.properties.get(line.predicate)
        relation = label(term.labels, self._lang) if term else line.predicate
        subject = self._name(line.subject)
        target = self._target(line.object, attributes)
        before, place, after = relation.partition(_PLACE_OF_OBJECT)
        statement = " ".join(filter(None, (before.strip(), target, after.strip())))
        statement += self._qualifiers(attributes)
        opening = self._words("digest.claim", subject=subject, statement=statement)
        return _Phrase(line.subject, f"{subject} {statement}" if place else opening, statement)

    def _target(self, text: str, attributes: Attributes) -> str:
        if text.startswith(CODE):
            code = self._lexicon.vocabulary.codes.get(text.removeprefix(CODE))
            return label(code.labels, self._lang) if code else text
        if text.startswith('"'):
            is_translated = self._lang == TRANSLATION_LANGUAGE and attributes.translation
            return f"“{attributes.translation}”" if is_translated else f"“{text[1:-1]}”"
        return self._name(text) if CURIE.fullmatch(text) else text

    def _figure(self, line: FigureLine) -> _Phrase:
        attributes, _ = read_attributes(line.attributes, is_figure=True, published_year=0)
        measure = self._lexicon.measures.get(line.measure)
        values = dict(measure.values) if measure else {}
        unit = self._lexicon.units.get(line.unit or values.get("unit", ""))
        sign = _SIGN.match(line.value)[0]  # type: ignore[index]  # an empty sign matches as well
        comparator = self._lexicon.vocabulary.codes[comparators()[sign]]
        word = "" if comparator.name == default_code("Comparator") else label(comparator.labels, self._lang)
        amount = f"{word.lower()} {self._number(line.value[len(sign) :])}".strip()
        name = dict(unit.values).get(self._lang, "") if unit else line.unit
        statement = f"{values.get(self._lang, line.measure)} {amount} {name}".rstrip()
        if population := self._population(attributes):
            statement = self._words("digest.of", statement=statement, population=population)
        statement += self._qualifiers(attributes)
        opening = self._words("digest.figure", subject=self._name(line.subject), statement=statement)
        return _Phrase(line.subject, opening, statement)

    def _population(self, attributes: Attributes) -> str:
        """Name the group that a figure is of; empty if it states none."""
        texts = attributes.texts
        words = texts.get(POPULATION, "")
        if self._lang == TRANSLATION_LANGUAGE:
            words = texts.get(POPULATION_TRANSLATION, words)
        return words or ", ".join(self._name(curie) for curie, _ in attributes.entities.get(POPULATION, ()))

    def _number(self, text: str) -> str:
        """Write a value with the marks of the language; one that is no number stays as it is."""
        try:
            values = [read_number(part) for part in text.split("/")]
        except FaultError:
            return text
        return "/".join(written_number(value, self._lang) for value in values)

    def _qualifiers(self, attributes: Attributes) -> str:
        """Word status, denial, levels and times in parentheses; empty without any."""
        codes = self._lexicon.vocabulary.codes
        texts = [
            label(codes[slug].labels, self._lang)
            for slugs in attributes.codes.values()
            for slug in slugs
            if slug in codes
        ]
        texts += [
            self._words(f"time.{name}", time=attributes.times[name].edtf)
            for name in TIMES
            if name in attributes.times
        ]
        return f" ({'; '.join(text.lower() for text in texts)})" if texts else ""


def _without_remark(name: str) -> str:
    """Leave out what a register notes in parentheses at the end of a label: words or days, no abbreviation.

    >>> _without_remark("Sở Nội vụ (đến 2025-06-30)"), _without_remark("Trung tâm điều hành (IOC)")
    ('Sở Nội vụ', 'Trung tâm điều hành (IOC)')
    """
    remark = _REMARK.search(name)
    is_note = remark and (_DAY.search(remark[1]) or (remark[1][0].islower() and " " in remark[1]))
    return name[: remark.start()] if remark and is_note else name


def as_rows(text: str, translation: str) -> list[str]:
    """Lay a digest out as the lines of a paragraph; empty for an empty text."""
    return ["", text, "", f"> {translation}", ""] if text else [""]
