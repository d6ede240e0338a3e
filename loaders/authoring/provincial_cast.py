"""The standard cast of a province: a register of the names that articles on any province use.

The names stand in `provincial-cast.yaml`. An entry is a name that authors may use, not a statement: no entry
says that the province has the thing.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from ...errors import EntityError, InputError, WriteError
from ...files import packaged_text, system_reason, write_atomically
from ...graph.nearest import nearest
from ...graph.text import fold
from ...problems import Problem
from ...words import Labelled, catalogue, languages
from ..faults.messages import fault
from ..pipeline.lexicon_files import load_lexicon
from ..register.entries import CODE_PREFIX, is_prefix
from ..register.register_text import register_text
from ..register.unit_changes import CHANGES, read_unit_change
from ..text.corpus_languages import ARTICLE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from ..register.register_text import EntryValues

CastEntry: TypeAlias = "Mapping[str, Any]"  # one entry of the data file

_PROVINCE, _SYSTEM = "Province", "TechnicalComponent"
_NATIONAL_PREFIX = "nat"
_BEFORE, _AFTER = "before", "after"
_CITY = "city"  # of a template: the keys for provinces of this rank
_CITY_RANK = "thành phố"
_CANDIDATES = 5


@dataclass(frozen=True)
class CastRegister:
    """The register of the standard cast of one province.

    :param prefix: its prefix, such as `langson`
    :param text: the content of the register file
    :param entries: number of entries in it
    :param omitted: CURIEs of entries that another register has already
    """

    prefix: str
    text: str
    entries: int
    omitted: tuple[str, ...]


@lru_cache(maxsize=1)
def _cast() -> Mapping[str, CastEntry]:
    entries: Mapping[str, CastEntry] = yaml.safe_load(
        packaged_text(__package__ or "", "provincial-cast.yaml")
    )
    return entries


def provincial_cast(lexicon: Lexicon, province: str, prefix: str | None = None) -> CastRegister:
    """Return the register of the names that articles on a province use, before and after the reform of 2025.

    The text depends on the registers alone: the same registers give the same text.

    :param lexicon: the registers in which the province is looked up, and whose entries are not repeated
    :param province: name of a province of today or before, with or without accents, or its CURIE
    :param prefix: prefix of the register; by default the name of the province in one word
    :raises EntityError: if no province has that name, with similar names; or if several have it
    """
    units = _units(lexicon, province)
    chosen_prefix = prefix or _own_prefix(units)
    register = _CastBuilder(lexicon, chosen_prefix)
    for unit in units:
        register.add_unit(unit)
    comments = [*_comments(units, lexicon), *register.comments()]
    text = register_text(chosen_prefix, register.entries, comments)
    return CastRegister(chosen_prefix, text, len(register.entries), tuple(register.omitted.values()))


def new_cast(province: str, folder: Path, prefix: str | None = None) -> tuple[Path, CastRegister, bool]:
    """Write the register of :func:`provincial_cast` to `register/<prefix>.yaml` of a corpus folder.

    :returns: the file, its content, and whether it was written; a file with the same content stays untouched
    :raises EntityError: if the name fits no province, or several
    :raises InputError: KG018 if the prefix is used or malformed, or the file differs; nothing is changed
    :raises WriteError: if the folder cannot be written
    """
    lexicon = load_lexicon([folder]).lexicon
    cast = provincial_cast(lexicon, province, prefix or _free_prefix(lexicon, province, folder))
    path = folder / "register" / f"{cast.prefix}.yaml"
    if os.path.lexists(path):
        if path.is_file() and path.read_bytes() == cast.text.encode():
            return path, cast, False
        raise InputError([Problem(str(path), 1, 1, fault("KG018.existing-register"))])
    if cast.prefix in {*lexicon.register.prefixes, CODE_PREFIX} or not is_prefix(cast.prefix):
        flaw = fault("KG018.unusable-prefix", prefix=cast.prefix)
        raise InputError([Problem(str(path), 1, 1, flaw)])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(path, system_reason(error)) from error
    write_atomically(path, cast.text.encode(), str(path))
    return path, cast, True


def _own_prefix(units: Sequence[RegisterEntity]) -> str:
    """Return the name of a province in one word."""
    return "".join(filter(str.isalnum, fold(_bare_name(units[-1]))))[:20]


def _free_prefix(lexicon: Lexicon, province: str, folder: Path) -> str:
    """Return the name of a province in one word, with a number where a register elsewhere has it already."""
    own = _own_prefix(_units(lexicon, province))
    candidates = chain([own], (f"{own}{number}" for number in count(2)))
    return next(
        candidate
        for candidate in candidates
        if candidate not in lexicon.register.prefixes
        or os.path.lexists(folder / "register" / f"{candidate}.yaml")
    )


def _units(lexicon: Lexicon, province: str) -> list[RegisterEntity]:
    """Find the unit of a province before and after the reform, in this order; one of them may be missing."""
    provinces = [entity for entity in lexicon.register.entities if entity.kind == _PROVINCE]
    matches = [unit for unit in provinces if fold(province) in _keys(unit)]
    if not matches:
        names = dict.fromkeys(_bare_name(unit) for unit in provinces)
        raise EntityError(province, nearest(province, names, limit=_CANDIDATES))
    matching_keys = frozenset().union(*map(_keys, matches))
    family = [unit for unit in provinces if _keys(unit) & matching_keys]
    if len({_period(unit) for unit in family}) < len(family):
        raise EntityError(province, [_labels(unit) for unit in family], ambiguous=True)
    return sorted(family, key=_period, reverse=True)


def _keys(unit: RegisterEntity) -> frozenset[str]:
    """Return the keys of all names of a unit, former ones included, and of its CURIE."""
    return frozenset({fold(unit.curie), *map(fold, unit.names)})


def _labels(unit: RegisterEntity) -> Labelled:
    return Labelled.of({lang: unit.values[lang] for lang in languages() if lang in unit.values})


def _bare_name(unit: RegisterEntity) -> str:
    return unit.values.get("short") or unit.label


def _period(unit: RegisterEntity) -> str:
    return _BEFORE if unit.values.get("until") else _AFTER


class _CastBuilder:
    """Collects the entries of the units of one province.

    :param prefix: of the register, whose own entries do not count as existing
    """

    def __init__(self, lexicon: Lexicon, prefix: str) -> None:
        self.prefix = prefix
        self.entries: dict[str, EntryValues] = {}
        self.omitted: dict[str, str] = {}  # label of the entry left out -> CURIE of the one that exists
        self._existing = {
            (entity.values.get("territory"), fold(name)): entity.curie
            for entity in lexicon.register.entities
            if entity.prefix != prefix and entity.values.get("territory")
            for name in entity.names
        }

    def add_unit(self, unit: RegisterEntity) -> None:
        """Add the names of one unit, except those that another register has."""
        period = _period(unit)
        suffix = "" if period == _BEFORE else f"-{unit.values.get('from', '')[:4]}"
        for name, template in _cast().items():
            if template.get("only", period) != period:
                continue
            values = _entry(template, unit, period)
            names = (str(values[ARTICLE_LANGUAGE]), *values.get("aliases", ()))
            owners = (self._existing.get((unit.curie, fold(text))) for text in names)
            if owner := next(filter(None, owners), None):
                self.omitted[str(values[ARTICLE_LANGUAGE])] = owner
            else:
                self.entries[name + suffix] = values

    def comments(self) -> Iterator[str]:
        """Yield the comments on names that another register has."""
        if self.omitted:
            yield from _in_each_language("existing")
            yield from (f"  {curie}  {label}" for label, curie in self.omitted.items())


def _comments(units: Sequence[RegisterEntity], lexicon: Lexicon) -> Iterator[str]:
    """Yield the comments at the head of the register: its purpose, the successor, the national hubs."""
    yield from _in_each_language("purpose", units=", ".join(unit.curie for unit in units))
    if successors := units[-1].lists.get("succeeded_by"):
        yield from _in_each_language("successor", units=", ".join(successors))
    yield from _in_each_language("hubs")
    for entity in lexicon.register.entities:
        if entity.prefix == _NATIONAL_PREFIX and lexicon.fits(entity.kind, _SYSTEM):
            yield f"  {entity.curie}  {' / '.join(entity.values[lang] for lang in languages())}"


def _in_each_language(key: str, **values: str) -> list[str]:
    """Word a comment in every language, so that the file does not depend on that of its writer."""
    return [catalogue(__package__ or "", lang)(f"cast.{key}", **values) for lang in languages()]


def _entry(template: CastEntry, unit: RegisterEntity, period: str) -> EntryValues:
    """Fill one entry of the data file with the names of a unit."""
    words = _fillings(unit, ARTICLE_LANGUAGE)
    special = [_AFTER] * (period == _AFTER) + [_CITY] * (words["rank"] == _CITY_RANK)
    keys = dict(template)
    for name in special:
        keys |= template.get(name, {})
    values: dict[str, str | Sequence[str]] = {"kind": keys["kind"]}
    for lang in languages():
        if lang in keys:
            values[lang] = keys[lang].format(**_fillings(unit, lang))
    values["short"] = keys["short"].format(**words)
    values["aliases"] = [alias.format(**words) for alias in keys.get("aliases", ())]
    values["territory"] = unit.curie
    values["component"] = keys.get("component", ())
    return values


def _since_its_start(unit: RegisterEntity, lang: str) -> str:
    """Name a unit that was renamed or raised later by its bare name and its start; empty for other units.

    What such a unit has may be older than its present name.
    """
    label, start = unit.values[lang], unit.values.get("from", "")
    days = [change.day for change in map(read_unit_change, unit.lists.get(CHANGES, ())) if change.former]
    shown = re.search(r"\((\w+) (\S+)\)$", label)
    is_later = shown and shown[2] in days and shown[2] > start
    return f"{_bare_name(unit)} ({shown[1]} {start})" if shown and is_later and start else ""


def _fillings(unit: RegisterEntity, lang: str) -> dict[str, str]:
    """Return what the placeholders of the data file stand for in a language."""
    label, name = unit.values[lang], _bare_name(unit)
    in_sentence = label[:1].lower() + label[1:] if lang == ARTICLE_LANGUAGE else label
    rank = in_sentence.partition(f" {name}")[0]
    in_sentence = _since_its_start(unit, lang) or in_sentence
    return {"unit": in_sentence, "name": name, "rank": rank, "place": in_sentence.removeprefix(f"{rank} ")}
