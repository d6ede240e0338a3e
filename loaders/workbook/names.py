"""The names in cells: codes, classes, relations, measures, units, components, and things of the register."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from ...graph.text import fold, spelling
from ...ontology.codes import code_list
from ...ontology.references import component_names
from ...problems import Fault, FaultError
from ...words import languages
from ..article.document import BodyPlaces, MentionLink
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..register.assembly import folder_of_class
from ..register.timed_names import may_exist, read_timed_name
from ..statements.head import HeadResolution
from ..statements.lookup import EntityLookup
from ..statements.mentions import MentionResolver
from ..statements.name_index import NameIndex
from ..statements.problem_list import ProblemList
from .layout import other_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...ontology.vocabulary import Term
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from ..register.measures import FigureTerm
    from ..text.dates import StatedTime

_CURIE = re.compile(r"[a-z][a-z0-9]*:\S+")
_UNIT_CLASS = "AdministrativeUnit"
_FAULTS = {
    "relation": "KG031.unknown-relation",
    "measure": "KG031.unknown-measure",
    "unit": "KG052.unknown-unit",
    "class": "KG019.unknown-class",
    "component": "KG021.unknown-component",
}  # value of a column -> fault of a name that is none
_NAME_VALUES = {"component": "code", "unit": "unit"}  # value of a column -> placeholder of its fault

_SHEET_CLASSES = {"systems": ("TechnicalComponent",), "documents": ("LegalDocument", "PlanProgramme")}
_CONNECTED = "TechnicalComponent"  # class of what the sheet of connections connects

NameByKey = dict[str, str]  # folded name -> the name that articles use


class Vocabularies:
    """Finds codes, classes, relations, measures, units and components by their names in any language.

    :param lexicon: vocabulary, measures and units
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._codes: dict[str, NameByKey] = {}

    def find(self, value: str, text: str, sheet: str = "") -> str:
        """Return the name that articles use.

        :param value: what the column holds: a kind of name, or a code list
        :param text: the name or label as written, in any language, accents optional
        :param sheet: the sheet, for whose rows a name is suggested
        :raises FaultError: if it is none; a code that is none is returned as it is, and reported later
        """
        names = self._names.get(value)
        if names is None:
            return self._code_names(value).get(fold(text), text)
        if name := names.get(fold(text)):
            return name
        flaw = fault(_FAULTS[value], **{_NAME_VALUES.get(value, "name"): text})
        raise FaultError(with_suggestion(flaw, text, self._offered(value, sheet)))

    def _offered(self, value: str, sheet: str) -> Iterable[str]:
        """List the labels, as they are written, and the names that a row of a sheet may have."""
        if value in _TERMS:
            terms = _TERMS[value](self.lexicon, sheet)
            return dict.fromkeys([*_term_labels(terms), *(term.name for term in terms)])
        names = self._labels[value]
        return dict.fromkeys([*chain.from_iterable(names.values()), *names])

    def code_of(self, code_class: str, text: str) -> str | None:
        """Return the slug of a code by its slug or label; ``None`` if the list has no such code."""
        slugs = {code.written: code.slug for code in code_list(code_class)}
        written = self._code_names(code_class).get(fold(text))
        return slugs.get(written) if written else None

    def _code_names(self, code_class: str) -> NameByKey:
        if code_class not in self._codes:
            codes = code_list(code_class)
            names = {fold(label): code.written for code in codes for label in code.labels.values()}
            others = {
                fold(name): code.written for code in codes for name in other_names(code_class, code.written)
            }
            self._codes[code_class] = {
                **others,
                **names,
                **{fold(code.slug): code.written for code in codes},
                **{fold(code.written): code.written for code in codes},
            }
        return self._codes[code_class]

    @cached_property
    def _names(self) -> Mapping[str, NameByKey]:
        return {
            "class": self._class_names(),
            "relation": _by_label(claim_relations(self.lexicon)),
            **{value: _by_names(names) for value, names in self._labels.items()},
        }

    def _class_names(self) -> NameByKey:
        classes = [*entry_classes(self.lexicon)]
        aliases = {fold(name): term.name for term in classes for name in other_names("class", term.name)}
        return {**aliases, **_by_label(classes)}

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """What the values are called that are no terms of the ontology: name → labels."""
        return {
            "measure": _labels(self.lexicon.measures),
            "unit": _labels(self.lexicon.units),
            "component": component_names(),
        }


def entry_classes(lexicon: Lexicon, sheet: str = "") -> list[Term]:
    """List the classes that entries of registers may have, of one sheet or of any."""
    vocabulary, roots = lexicon.vocabulary, _SHEET_CLASSES.get(sheet, ())
    return [
        term
        for name, term in vocabulary.classes.items()
        if folder_of_class(name, vocabulary)
        and (not roots or any(lexicon.fits(name, root) for root in roots))
    ]


def _labels(terms: Mapping[str, FigureTerm]) -> dict[str, list[str]]:
    return {
        name: [term.values[lang] for lang in languages() if lang in term.values]
        for name, term in terms.items()
    }


def _term_labels(terms: Iterable[Term]) -> Iterator[str]:
    return (label for term in terms for label in term.labels.values())


def claim_relations(lexicon: Lexicon, sheet: str = "") -> list[Term]:
    """List the relations of claims, on one sheet or on any; those with a class of subjects first."""
    terms = [term for term in lexicon.vocabulary.properties.values() if term.kind != "annotation"]
    if sheet == "connections":
        terms = [term for term in terms if _connects(term, lexicon)]
    return sorted(terms, key=lambda term: (term.domain is None, term.name))


def _connects(relation: Term, lexicon: Lexicon) -> bool:
    """Tell whether a relation leads from a system to a system."""
    classes = lexicon.vocabulary.classes
    ends = [end for end in (relation.domain, relation.range) if end in classes]
    return len(ends) == 2 and all(lexicon.fits(str(end), _CONNECTED) for end in ends)


_TERMS = {"class": entry_classes, "relation": claim_relations}  # value of a column -> what it may be


def _by_label(terms: Iterable[Term]) -> NameByKey:
    names: NameByKey = {}
    for term in terms:
        for label in term.labels.values():
            names.setdefault(fold(label), term.name)
    return {**names, **{fold(term.name): term.name for term in terms}}


def _by_names(labels: Mapping[str, Iterable[str]]) -> NameByKey:
    """Index names and their labels; a label of two names finds neither."""
    names: NameByKey = {}
    repeated: set[str] = set()
    for name, texts in labels.items():
        for key in {fold(text) for text in texts}:
            if names.setdefault(key, name) != name:
                repeated.add(key)
    unique = {key: name for key, name in names.items() if key not in repeated}
    return {**unique, **{fold(name): name for name in labels}}


class _CellPlaces(BodyPlaces):
    """Places a mention at one cell."""

    def at(self, offset: int) -> tuple[int, int]:
        return 1, 1


class Entities:
    """Finds things of the register by CURIE or by name.

    :param lexicon: all registers, those of the workbook included
    :param own_names: spelling of a name in the workbook → CURIE of its entry
    """

    def __init__(self, lexicon: Lexicon, own_names: Mapping[str, str]) -> None:
        self.lexicon, self.own_names = lexicon, own_names
        self.index = NameIndex(lexicon)
        self._found: dict[tuple[str, str, StatedTime | None], RegisterEntity | Fault] = {}

    def find(self, text: str, scope: str, published: StatedTime | None = None) -> RegisterEntity:
        """Find the thing that a cell names.

        :param text: CURIE or name; accents matter, case does not
        :param scope: CURIE of the territory within which names are looked up
        :param published: time by which one of two units of the same name is chosen
        :raises FaultError: if nothing, or several things, have the name
        """
        key = (text, scope, published)
        if key not in self._found:
            self._found[key] = self._find(text, scope, published)
        answer = self._found[key]
        if isinstance(answer, Fault):
            raise FaultError(answer)
        return answer

    def _find(self, text: str, scope: str, published: StatedTime | None) -> RegisterEntity | Fault:
        problems = ProblemList("")
        lookup = EntityLookup(self.lexicon, problems)
        own_curie = self.own_names.get(spelling(text))
        if own_curie and not self.lexicon.register.get(own_curie):
            return fault("KG021.faulty-row", words=text)
        if own_curie or _CURIE.fullmatch(text):
            entity = lookup.find(own_curie or text, 1, 1)
        elif unit := self._unit(text, published):
            entity = unit
        else:
            head = HeadResolution(scope=scope)
            link = MentionLink(text, "", 0, 0, 0)
            entity = MentionResolver(lookup, self.index, _CellPlaces(b"", 0), head).resolve(link)
        return entity or self._timed_thing(text, scope, published) or _first_fault(problems, text)

    def _timed_thing(
        self, text: str, scope: str, published: StatedTime | None
    ) -> RegisterEntity | Fault | None:
        """Find the one thing within a territory whose label is a text and a time behind it."""
        things = [thing for thing in self.timed(text, published) if self.index.is_inside(thing, scope)]
        return _ambiguous_name(text, things) if len(things) > 1 else next(iter(things), None)

    def timed(self, text: str, published: StatedTime | None) -> list[RegisterEntity]:
        """List the things whose label is a text and a time behind it, which can have existed at a time.

        *Cổng dữ liệu mở tỉnh A* is on 1 October 2025 *Cổng dữ liệu mở tỉnh A (từ 2025-07-01)*.
        """
        return [entity for entity in self._timed.get(spelling(text), ()) if may_exist(entity, published)]

    @cached_property
    def _timed(self) -> Mapping[str, Sequence[RegisterEntity]]:
        things: dict[str, list[RegisterEntity]] = {}
        for entity in self.lexicon.register.entities:
            name = read_timed_name(entity.label).name
            if name != entity.label:
                things.setdefault(spelling(name), []).append(entity)
        return things

    def _unit(self, text: str, published: StatedTime | None) -> RegisterEntity | None:
        """Find the one administrative unit of a name that can have existed at a time."""
        units = [
            entity
            for entity in self.index.find_anywhere(text)
            if self.lexicon.fits(entity.kind, _UNIT_CLASS) and may_exist(entity, published)
        ]
        return units[0] if len(units) == 1 else None


def _first_fault(problems: ProblemList, text: str) -> Fault:
    found = problems.problems
    return found[0].fault if found else fault("KG021.unknown-words", words=text)


def _ambiguous_name(words: str, entities: Sequence[RegisterEntity]) -> Fault:
    """Build the fault of a name that several things have."""
    curies = tuple(entity.curie for entity in entities)
    return fault("KG062.ambiguous-name", words=words, count=len(curies), candidates=curies)
