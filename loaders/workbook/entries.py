"""The register entries of a workbook: from its sheets of systems, documents and entities."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from ...graph.text import spelling
from ...problems import FaultError, Problem, Severity
from ..faults.messages import fault
from ..register.entries import KEYS, LIST_KEYS, RawEntry, RawRegister, is_prefix
from ..register.timed_names import may_exist
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from .layout import SHEETS
from .sources import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ...problems import Fault
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from .names import Entities, Vocabularies
    from .records import RowKey, SheetRow
    from .sources import WorkbookSource

ENTRY_SHEETS = ("entities", "systems", "documents")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_STATEMENTS_ONLY = {("systems", "from")}  # columns that say when a system runs, not when its entry exists


@dataclass
class Entries:
    """The entries of a workbook.

    :param by_prefix: prefix → name → entry, in the order of the rows
    :param curies: key of a row → CURIE of the thing that the row names
    :param existing: keys of the rows of things that another register has
    :param own_names: spelling of a name → CURIE; names of several entries are left out
    """

    by_prefix: dict[str, dict[str, RawEntry]] = field(default_factory=dict)
    curies: dict[RowKey, str] = field(default_factory=dict)
    existing: set[RowKey] = field(default_factory=set)
    own_names: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def registers(self, file: str) -> list[RawRegister]:
        """Return the entries as registers, one per prefix."""
        return [
            RawRegister(file, prefix, tuple(entries.values())) for prefix, entries in self.by_prefix.items()
        ]


class EntryReader:
    """Reads the entries of one workbook.

    :param lexicon: the registers of the corpus, without those that this workbook wrote
    :param entities: finds things of that lexicon
    :param source_of: source of a record
    """

    def __init__(
        self,
        lexicon: Lexicon,
        vocabularies: Vocabularies,
        entities: Entities,
        source_of: Callable[[SheetRow], WorkbookSource],
    ) -> None:
        self.register, self.vocabularies = lexicon.register, vocabularies
        self.entities, self.source_of = entities, source_of
        self.entries = Entries()
        self._repeated: set[str] = set()

    def read(self, records: Sequence[SheetRow]) -> Entries:
        """Read the entries of all rows; references between them may point forward."""
        rows = [record for kind in ENTRY_SHEETS for record in records if record.kind == kind]
        named_rows = [record for record in rows if record.text(ARTICLE_LANGUAGE)]  # others are reported
        curies = {record.row_key: self._identify(record) for record in named_rows}
        new_rows = [record for record in named_rows if curies[record.row_key]]
        for record in new_rows:
            self._add_entry(record, *curies[record.row_key])
        self._report_untranslated(new_rows)
        return self.entries

    def _report_untranslated(self, records: Sequence[SheetRow]) -> None:
        """Report the names without a translation, once per sheet."""
        for kind in ENTRY_SHEETS:
            rows = [row for row in records if row.kind == kind and not row.text(TRANSLATION_LANGUAGE)]
            if rows:
                name = rows[0].text(ARTICLE_LANGUAGE)
                flaw = fault("KG113.untranslated", Severity.INFO, count=len(rows), name=name)
                self._report(rows[0], TRANSLATION_LANGUAGE, flaw)

    def _identify(self, record: SheetRow) -> tuple[str, ...]:
        """Give the thing of a row its prefix and name; empty if another register has it, or it is faulty."""
        prefix, colon, name = record.text("id").rpartition(":")
        existing = self.register.get(record.text("id")) if colon else self._same_thing(record)
        if existing:
            self.entries.curies[record.row_key] = existing.curie
            self.entries.existing.add(record.row_key)
            self._compare(record, existing)
            return ()
        prefix = prefix or self.source_of(record).values["prefix"]
        name = name or self._derived_name(prefix, record)
        if flaw := self._id_fault(prefix, name):
            self._report(record, "id", flaw)
            return ()
        entry = RawEntry(name, record.row, {}, {}, {"": (record.row, 1)}, record.place)
        self.entries.by_prefix.setdefault(prefix, {})[name] = entry
        self._remember(record, f"{prefix}:{name}")
        return prefix, name

    def _id_fault(self, prefix: str, name: str) -> Fault | None:
        if prefix in self.register.prefixes:
            return fault("KG113.foreign-prefix", prefix=prefix, name=name)
        if not is_prefix(prefix):
            return fault("KG018.malformed-prefix", prefix=prefix)
        if not _NAME.fullmatch(name):
            return fault("KG019.entry-name", name=name)
        is_repeated = name in self.entries.by_prefix.get(prefix, {})
        return fault("KG017.repeated-name", name=name) if is_repeated else None

    def _derived_name(self, prefix: str, record: SheetRow) -> str:
        label = slug(record.text(ARTICLE_LANGUAGE)) or f"{record.kind}-{record.row}"
        names = self.entries.by_prefix.get(prefix, {})
        numbered = (f"{label}-{number}" if number > 1 else label for number in count(1))
        return next(name for name in numbered if name not in names)

    def _remember(self, record: SheetRow, curie: str) -> None:
        """Make a thing of the workbook findable by its names."""
        self.entries.curies[record.row_key] = curie
        for text in (record.text(ARTICLE_LANGUAGE), record.text("short"), *record.parts("aliases")):
            key = spelling(text)
            if self.entries.own_names.get(key, curie) != curie:
                self._repeated.add(key)
            if text:
                self.entries.own_names[key] = curie
        for key in self._repeated:
            self.entries.own_names.pop(key, None)

    def _same_thing(self, record: SheetRow) -> RegisterEntity | None:
        """Find the one thing of another register with the name and the territory of a row.

        Labels match without the time at their end too, if the class fits and the thing can exist on the day
        of the source. Several things are reported.
        """
        name, day = record.text(ARTICLE_LANGUAGE), self.source_of(record).published
        territory = self._territory(record)
        named = self._of_territory(self.entities.index.find_anywhere(name), territory)
        if len(named) == 1:
            return named[0]
        kind = self._kind(record)
        things = named or self._of_territory(self.entities.timed(name, day), territory)
        matches = [thing for thing in things if self._may_be(thing, kind) and may_exist(thing, day)]
        if len(matches) > 1:
            curies = tuple(thing.curie for thing in matches)
            flaw = fault("KG113.several-things", name=name, count=len(curies), candidates=curies)
            self._report(record, ARTICLE_LANGUAGE, flaw)
        return matches[0] if len(matches) == 1 else None

    def _of_territory(self, things: Iterable[RegisterEntity], territory: str) -> list[RegisterEntity]:
        return [thing for thing in things if thing.values.get("territory") == territory]

    def _may_be(self, thing: RegisterEntity, kind: str) -> bool:
        """Tell whether a class that a row states is that of a thing, or above or below it."""
        fits = self.entities.lexicon.fits
        return not kind or fits(kind, thing.kind) or fits(thing.kind, kind)

    def _territory(self, record: SheetRow) -> str:
        """Return the territory of a row: its own, else the scope of its source; empty if it is unknown."""
        source = self.source_of(record)
        text = record.text("territory") or source.values["scope"]
        if curie := self.entries.own_names.get(spelling(text)):
            return curie
        try:
            return self.entities.find(text, "", source.published).curie
        except FaultError:
            return ""  # reported with the references of the entry

    def _compare(self, record: SheetRow, entity: RegisterEntity) -> None:
        """Report a row that gives a thing of another register another class, or a component."""
        kind = self._kind(record)
        if kind and kind != entity.kind:
            flaw = fault("KG113.other-kind", curie=entity.curie, kind=entity.kind, stated=kind)
            self._report(record, "kind", flaw)
        if record.text("component") and not entity.lists.get("component"):
            ignored = fault("KG113.ignored-component", Severity.WARNING, curie=entity.curie)
            self._report(record, "component", ignored)

    def _kind(self, record: SheetRow) -> str:
        return self._converted(record, "kind", record.text("kind"), "class")

    def _converted(self, record: SheetRow, column: str, text: str, value: str) -> str:
        """Return the name that articles use for a class or component; a name that is none is reported."""
        try:
            return self.vocabularies.find(value, text, record.kind) if text else ""
        except FaultError as error:
            self._report(record, column, error.fault)
            return ""

    def _report(self, record: SheetRow, column: str, flaw: Fault) -> None:
        self.entries.problems.append(record.problem(column, flaw))

    def _add_entry(self, record: SheetRow, prefix: str, name: str) -> None:
        values = self._values(record)
        lists = {key: items for key in LIST_KEYS if (items := self._list(record, key))}
        places = {key: (record.row, record.columns.get(key, 1)) for key in (*values, *lists)}
        places[""] = (record.row, record.columns.get(ARTICLE_LANGUAGE, 1))
        entry = RawEntry(name, record.row, values, lists, places, record.place)
        self.entries.by_prefix[prefix][name] = entry

    def _values(self, record: SheetRow) -> dict[str, str]:
        columns = {column.name: column for column in SHEETS[record.kind]}
        values: dict[str, str] = {}
        for key in KEYS:
            if key in LIST_KEYS or key not in columns or (record.kind, key) in _STATEMENTS_ONLY:
                continue
            if text := self._value(record, key, columns[key].value):
                values[key] = text
        if not values.get(TRANSLATION_LANGUAGE):
            values[TRANSLATION_LANGUAGE] = record.text(ARTICLE_LANGUAGE)
        if record.kind != "entities" and "territory" not in values:
            values["territory"] = self._reference(record, "territory", self.source_of(record).values["scope"])
        return values

    def _value(self, record: SheetRow, key: str, value: str) -> str:
        text = record.text(key)
        if not text:
            return ""
        if value == "class":
            return self._converted(record, key, text, value)
        if value == "entity":
            return self._reference(record, key, text)
        if value == "time":
            try:
                return record.cells[key].time()
            except FaultError as error:
                self._report(record, key, error.fault)
                return ""
        return text

    def _list(self, record: SheetRow, key: str) -> tuple[str, ...]:
        parts = record.parts(key)
        if key == "component":
            parts = [self._converted(record, key, part, key) for part in parts]
        elif key == "succeeded_by":
            parts = [self._reference(record, key, part) for part in parts]
        return tuple(filter(None, parts))

    def _reference(self, record: SheetRow, column: str, text: str) -> str:
        """Return the CURIE of a thing that a row refers to; a name that is unknown is reported."""
        if curie := self.entries.own_names.get(spelling(text)):
            return curie
        prefix, _, name = text.partition(":")
        if name in self.entries.by_prefix.get(prefix, {}):
            return text
        source = self.source_of(record)
        try:
            scope = "" if column == "territory" else self._territory(record)
            return self.entities.find(text, scope, source.published).curie
        except FaultError as error:
            self._report(record, column, error.fault)
            return ""
