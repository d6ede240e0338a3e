"""Assembly of a lexicon from register entries; unknown classes and repeated names are reported."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import ID
from ...problems import FaultError, Problem
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..text.dates import read_date
from .entity import Register, RegisterEntity, names_of
from .lexicon import Lexicon
from .references import UNIT, check_references
from .unit_changes import CHANGES, read_unit_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...ontology.vocabulary import Vocabulary
    from ...problems import Fault
    from .entries import RawEntry, RawRegister
    from .measures import FigureTerm

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FOLDERS_OF_STATEMENTS = frozenset(
    {"article", "claim", "evidence", "figure", "item", "measure", "mention", "unit-of-measure"}
)  # whose things are made by articles and lists, not by registers
_DATE_KEYS = ("from", "until", "date")
_COPIED_NAMES = 3  # repeated names of another file from which on a file is taken for a copy of it
_TERM_COLUMN = 3  # column of the names in measures.yaml and units.yaml


@dataclass(frozen=True)
class LexiconParts:
    """Parsed content of the files of a lexicon, before checks across files.

    :param unreadable: prefixes whose register file could not be read
    """

    registers: Sequence[RawRegister]
    measures: Sequence[FigureTerm]
    units: Sequence[FigureTerm]
    unreadable: Sequence[str] = ()


def assemble(vocabulary: Vocabulary, parts: LexiconParts) -> tuple[Lexicon, tuple[Problem, ...]]:
    """Combine the parts into a lexicon and check all references between them.

    :returns: the lexicon with all valid entries, and all problems
    """
    register, problems = _register(vocabulary, parts)
    measures_by_name, measure_problems = _by_name(parts.measures)
    units_by_name, unit_problems = _by_name(parts.units)
    lexicon = Lexicon(vocabulary, register, measures_by_name, units_by_name)
    return lexicon, (*problems, *measure_problems, *unit_problems, *check_references(lexicon))


def _register(vocabulary: Vocabulary, parts: LexiconParts) -> tuple[Register, list[Problem]]:
    entities: list[RegisterEntity] = []
    unusable: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    prefix_files: dict[str, str] = {}
    for register_file in parts.registers:
        if file := prefix_files.get(register_file.prefix):
            used = fault("KG018.used-prefix", prefix=register_file.prefix, file=file)
            problems.append(Problem(register_file.file, 1, 1, used))
            continue
        prefix_files[register_file.prefix] = register_file.file
        for entry in register_file.entries:
            entity, entry_problems = _entity(entry, register_file, vocabulary)
            problems += entry_problems
            if entity:
                entities.append(entity)
            else:
                unusable[f"{register_file.prefix}:{entry.name}"] = names_of(entry.values, entry.lists)
    return Register(entities, parts.unreadable, unusable), problems


def _entity(
    entry: RawEntry, register_file: RawRegister, vocabulary: Vocabulary
) -> tuple[RegisterEntity | None, list[Problem]]:
    kind, file = entry.values.get("kind", ""), entry.file or register_file.file
    if not kind:
        return None, []  # a missing kind was reported when the file was read
    folder = folder_of_class(kind, vocabulary)
    if folder is None:
        return None, [Problem(file, *entry.place("kind"), _class_fault(kind, vocabulary))]
    problems = []
    if not _NAME.fullmatch(entry.name):
        problems.append(Problem(file, *entry.place(""), fault("KG019.entry-name", name=entry.name)))
    date_faults = dict(_date_faults(entry))
    problems += [Problem(file, *entry.place(key), flaw) for key, flaw in date_faults.items()]
    change_faults = dict(_change_faults(entry, vocabulary))
    problems += [Problem(file, *entry.place(CHANGES), flaw) for flaw in change_faults.values()]
    lists = {
        key: tuple(text for text in texts if text not in change_faults) for key, texts in entry.lists.items()
    }
    values = {key: value for key, value in entry.values.items() if key not in date_faults}
    iri = f"{ID}{folder}/{register_file.prefix}-{entry.name}"
    curie = f"{register_file.prefix}:{entry.name}"
    return RegisterEntity(curie, iri, kind, file, entry.line, values, lists, entry.places), problems


def _class_fault(kind: str, vocabulary: Vocabulary) -> Fault:
    if kind in vocabulary.classes:
        return fault("KG019.class-of-statements", name=kind)
    usable = [name for name in vocabulary.classes if folder_of_class(name, vocabulary)]
    return with_suggestion(fault("KG019.unknown-class", name=kind), kind, usable)


def _date_faults(entry: RawEntry) -> Iterator[tuple[str, Fault]]:
    for key in _DATE_KEYS:
        if key in entry.values:
            try:
                read_date(entry.values[key])
            except FaultError as error:
                yield key, error.fault


def _change_faults(entry: RawEntry, vocabulary: Vocabulary) -> Iterator[tuple[str, Fault]]:
    """Yield the changes of a unit that cannot be read; all of them where the entry is no unit."""
    for text in entry.lists.get(CHANGES, ()):
        if not vocabulary.is_a(entry.values["kind"], UNIT):
            yield text, fault("KG019.change-of-no-unit", kind=entry.values["kind"])
            continue
        try:
            read_unit_change(text)
        except FaultError as error:
            yield text, error.fault


def folder_of_class(kind: str, vocabulary: Vocabulary) -> str | None:
    """Return the folder of a class; ``None`` if registers cannot have such entities (codes, statements)."""
    try:
        folder = vocabulary.folder(kind)
    except KeyError:
        return None
    return None if folder in _FOLDERS_OF_STATEMENTS else folder


def _by_name(terms: Iterable[FigureTerm]) -> tuple[dict[str, FigureTerm], list[Problem]]:
    """Index measures or units by name; repeated names are reported and dropped."""
    first: dict[str, FigureTerm] = {}
    repeated: dict[tuple[str, str], list[FigureTerm]] = defaultdict(list)
    for term in terms:
        earlier = first.setdefault(term.name, term)
        if earlier is not term:
            repeated[term.file, earlier.file].append(term)
    problems = [
        problem
        for (file, earlier_file), file_terms in repeated.items()
        for problem in _repeated_terms(file, earlier_file, file_terms, first)
    ]
    return first, problems


def _repeated_terms(
    file: str, earlier_file: str, terms: Sequence[FigureTerm], first: dict[str, FigureTerm]
) -> Iterator[Problem]:
    if len(terms) >= _COPIED_NAMES and file != earlier_file:
        copy = fault("KG017.copied-file", count=len(terms), file=earlier_file)
        yield Problem(file, terms[0].line, _TERM_COLUMN, copy)
        return
    for term in terms:
        place = f"{earlier_file}:{first[term.name].line}"
        repeated = fault("KG017.repeated-term", name=term.name, place=place)
        yield Problem(file, term.line, _TERM_COLUMN, repeated)
