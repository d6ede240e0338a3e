"""The lexicon: register, measures, units and vocabulary together, checked against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import ID
from ...ontology.references import shipped_components
from ...problems import Problem, a_or_an
from ..text.dates import DateError, read_date
from ..text.suggest import did_you_mean
from .entries import Entity, RawEntry, RawRegister, Register, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...ontology.vocabulary import Vocabulary
    from .measures import Listed

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LETTERS = "A-ZĐÂĂÊÔƠƯa-z"
_NUMBER_FORMS = (
    re.compile(
        rf"\d+[a-z]?(/\d{{4}})?/(NQ|NĐ|QĐ|CT|TT|KH|TTr|TB|BC|CV|CTr|HD|ĐA)-[{_LETTERS}&]+(-[{_LETTERS}]+)?"
    ),
    re.compile(rf"\d+[a-z]?-(NQ|QĐ|CT|KH|CTr|KL|HD|TB)/[{_LETTERS}]+"),
    re.compile(rf"\d+(/\d{{4}})?/[{_LETTERS}]+(-[{_LETTERS}]+)?"),
    re.compile(r"\d+/\d{4}/(QH|NQ-UBTVQH|UBTVQH)\d+"),
    re.compile(r"\d+(/\d{4})?/(TU|QH\d+)"),
)
_OWN_FOLDERS = frozenset(
    {"article", "claim", "evidence", "figure", "item", "measure", "mention", "unit-of-measure"}
)
_DATES = frozenset({"from", "until", "date"})
_SLIPS = {"QD-": "QĐ-", "ND-": "NĐ-", "-HDND": "-HĐND", "-QD/": "-QĐ/", "DA-": "ĐA-"}


@dataclass(frozen=True)
class Lexicon:
    """Everything a line can point at.

    :param measures: by name
    :param units: by the word that stands after a value
    """

    vocabulary: Vocabulary
    register: Register
    measures: Mapping[str, Listed]
    units: Mapping[str, Listed]

    def code_class(self, slug: str) -> str | None:
        """Tell which code list a code belongs to; ``None`` for an unknown code."""
        return next((name for name, slugs in self.vocabulary.schemes.items() if slug in slugs), None)

    def fits(self, kind: str, wanted: str | None) -> bool:
        """Tell whether a thing of a kind may stand where a domain or range asks for a class."""
        return wanted is None or self.vocabulary.is_a(kind, wanted)


def number_slip(number: str) -> str | None:
    """Say how a malformed document number was probably meant.

    :returns: ``None`` when the number is well formed; the number itself when nothing better is known

    >>> number_slip("464/QĐ-UBND") is None, number_slip("464/QD-UBND")
    (True, '464/QĐ-UBND')
    """
    mended = number
    for slip, right in _SLIPS.items():
        mended = mended.replace(slip, right)
    if mended == number and any(form.fullmatch(number) for form in _NUMBER_FORMS):
        return None
    return mended


def assemble(
    vocabulary: Vocabulary,
    registers: Sequence[RawRegister],
    measures: Iterable[Listed],
    units: Iterable[Listed],
    unreadable: Iterable[str] = (),
) -> tuple[Lexicon, tuple[Problem, ...]]:
    """Put the parts together and check every reference between them.

    :param unreadable: prefixes whose register file could not be read
    :returns: the lexicon with all entries that are sound, and every problem
    """
    entities: list[Entity] = []
    unusable: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    prefix_files: dict[str, str] = {}
    for raw in registers:
        if raw.prefix in prefix_files:
            what = f'prefix "{raw.prefix}" already used in {prefix_files[raw.prefix]}'
            problems.append(Problem(raw.file, 1, 1, "KG018", what, "choose another prefix"))
            continue
        prefix_files[raw.prefix] = raw.file
        for entry in raw.entries:
            entity, found = _entity(entry, raw, vocabulary)
            problems += found
            if entity:
                entities.append(entity)
            else:
                unusable[f"{raw.prefix}:{entry.name}"] = names_of(entry.values, entry.lists)
    register = Register(entities, unreadable, unusable)
    by_name = [_by_name(listed, problems) for listed in (measures, units)]
    lexicon = Lexicon(vocabulary, register, *by_name)
    problems += (
        _references(lexicon)
        + _components(register)
        + _labels(register)
        + _documents(register)
        + _measure_units(lexicon)
    )
    return lexicon, tuple(problems)


_COPIED = 3  # names of another file from which on a file is taken for a copy of it


def _by_name(listed: Iterable[Listed], problems: list[Problem]) -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    doubles: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for one in listed:
        if first := found.get(one.name):
            doubles[one.file, first.file].append(one)
        found.setdefault(one.name, one)
    for (file, other), again in doubles.items():
        if len(again) >= _COPIED and file != other:
            what = f"{len(again)} names already stand in {other}: a copy of it"
            fix = "leave out what is there already"
            problems.append(Problem(file, again[0].line, 3, "KG017", what, fix))
            continue
        for one in again:
            what = f'"{one.name}" already stands in {other}:{found[one.name].line}'
            problems.append(Problem(file, one.line, 3, "KG017", what, "give it a name of its own"))
    return found


def _entity(entry: RawEntry, raw: RawRegister, vocabulary: Vocabulary) -> tuple[Entity | None, list[Problem]]:
    kind = entry.values.get("kind", "")
    if not kind:
        return None, []  # a missing kind was told when the file was read
    folder = _folder(kind, vocabulary)
    if folder is None:
        known = kind in vocabulary.classes
        what = f'class "{kind}" is not one of register entries' if known else f'no class "{kind}"'
        fix = "docs/ontology.md lists the classes"
        fix = fix if known else did_you_mean(kind, vocabulary.classes, fix)
        return None, [Problem(raw.file, *entry.place("kind"), "KG019", what, fix)]
    problems = []
    if not _NAME.fullmatch(entry.name):
        what = f'name "{entry.name}" has other than a–z, 0–9 and "-"'
        fix = "write it without accents, like mot-cua"
        problems.append(Problem(raw.file, *entry.place(""), "KG019", what, fix))
    values = dict(entry.values)
    for word in _DATES & values.keys():
        try:
            read_date(values[word])
        except DateError as error:
            problems.append(Problem(raw.file, *entry.place(word), error.code, error.what, error.fix))
            del values[word]
    iri = f"{ID}{folder}/{raw.prefix}-{entry.name}"
    curie = f"{raw.prefix}:{entry.name}"
    return Entity(curie, iri, kind, raw.file, entry.line, values, entry.lists, entry.places), problems


def _folder(kind: str, vocabulary: Vocabulary) -> str | None:
    """Find the folder of a class; ``None`` where a register cannot have things of it (codes, statements)."""
    try:
        folder = vocabulary.folder(kind)
    except KeyError:
        return None
    return None if folder in _OWN_FOLDERS else folder


def _references(lexicon: Lexicon) -> list[Problem]:
    problems = []
    wanted = {
        "territory": "AdministrativeUnit",
        "within": "AdministrativeUnit",
        "issuer": "Agent",
    }
    for entity in lexicon.register.entities:
        followed_by = "AdministrativeUnit" if lexicon.fits(entity.kind, "AdministrativeUnit") else "Agent"
        for word, kind in {**wanted, "succeeded_by": followed_by}.items():
            targets = entity.lists.get(word, ()) or (
                (entity.values[word],) if entity.values.get(word) else ()
            )
            for target in targets:
                place = entity.place(word)
                other = lexicon.register.get(target)
                if other is None and lexicon.register.is_told(target):
                    continue
                if other is None:
                    fix = did_you_mean(target, lexicon.register.by_curie, "add it to the register")
                    problems.append(Problem(entity.file, *place, "KG021", f"no entity {target}", fix))
                elif not lexicon.fits(other.kind, kind):
                    what = f"{word} needs {a_or_an(kind)}, {target} is of class {other.kind}"
                    problems.append(Problem(entity.file, *place, "KG032", what, "point at another entity"))
    return problems


def _components(register: Register) -> list[Problem]:
    known = shipped_components()
    return [
        Problem(
            entity.file,
            *entity.place("component"),
            "KG021",
            f"no reference component {target}",
            did_you_mean(target, known, "docs/gaps.md lists the components"),
        )
        for entity in register.entities
        for target in entity.lists.get("component", ())
        if target not in known
    ]


def _labels(register: Register) -> list[Problem]:
    problems = []
    first: dict[str, Entity] = {}
    for entity in register.entities:
        label = entity.values.get("vi", "")
        if label and label in first:
            other = first[label]
            what = f'label "{label}" is also that of {other.curie} ({other.file}:{other.line})'
            fix = "make both labels say which one is meant"
            problems.append(Problem(entity.file, *entity.place("vi"), "KG062", what, fix))
        first.setdefault(label, entity)
    return problems


def _documents(register: Register) -> list[Problem]:
    problems = []
    keys: dict[tuple[str, str, str], Entity] = {}
    for entity in register.entities:
        number = entity.values.get("number", "")
        if not number:
            continue
        place = entity.place("number")
        if slip := number_slip(number):
            fix = f"did you mean {slip}?" if slip != number else "write number/KIND-ISSUER, like 464/QĐ-UBND"
            problems.append(Problem(entity.file, *place, "KG060", f'"{number}" is no document number', fix))
        key = (number, entity.values.get("issuer", ""), entity.values.get("date", ""))
        if key in keys:
            what = f"{number} of the same issuer and date is already {keys[key].curie}"
            fix = "merge the two, or mend issuer or date"
            problems.append(Problem(entity.file, *place, "KG061", what, fix))
        keys.setdefault(key, entity)
    return problems


def _measure_units(lexicon: Lexicon) -> list[Problem]:
    return [
        Problem(
            m.file,
            m.line,
            3,
            "KG052",
            f'unit "{m.values["unit"]}"',
            did_you_mean(m.values["unit"], lexicon.units, "declare it in units.yaml"),
        )
        for m in lexicon.measures.values()
        if m.values.get("unit") and m.values["unit"] not in lexicon.units
    ]
