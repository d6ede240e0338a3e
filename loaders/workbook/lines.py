"""Conversion of rows to the claim and figure lines of articles; each part of a line knows its cell."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ...ontology.codes import code_list, default_code, find_code
from ...problems import FaultError
from ...words import Labelled
from ..article.attributes import CODE_LISTS, ENTITIES, POPULATION, TEXTS, TIMES
from ..faults.messages import fault
from ..register.entries import CODE_PREFIX
from ..text.corpus_languages import ARTICLE_LANGUAGE
from ..text.numbers import plain
from .layout import SHEETS
from .noted import NOTED_COLUMNS, noted_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...ontology.vocabulary import Term
    from ...problems import Fault, Problem
    from ..register.lexicon import Lexicon
    from .names import Entities, Vocabularies
    from .records import SheetRow
    from .sources import WorkbookSource

_PLAIN = re.compile(r"[\w./-]+")  # values that need no quotes in an attribute
_STATED_ITEM = "StatedItem"
_POPULATION = "population"  # value of a column: an entity, or words
_CURIE = re.compile(r"[a-z][a-z0-9]*:\S+")
_ROLES = {"owner": "ownedBy", "operator": "operatedBy", "supplier": "suppliedBy"}
_SERVES, _CONNECTS, _UNDERGOES = "serves", "connectsTo", "undergoes"
_CHANGES = "SystemChange"  # the code list of what is done with a system
_DOCUMENT_CLAIMS = {"number": "number", "date": "documentDate"}
_WITH_DEFAULT = ("Status", "Polarity", "FigureKind")  # code lists whose default is left out of lines
_PERCENT = "%"
_CODE_START = f"{CODE_PREFIX}:"
_ATTRIBUTES = (*CODE_LISTS, *TIMES, POPULATION, *TEXTS, *ENTITIES, "certainty")


class Part(NamedTuple):
    """A part of a line, with the column from whose cell it was made."""

    text: str
    column: str


@dataclass
class RowLines:
    """The lines of one row.

    :param claims: claim lines, each as its parts
    :param figures: figure lines, likewise
    """

    claims: list[list[Part]] = field(default_factory=list)
    figures: list[list[Part]] = field(default_factory=list)


class LineWriter:
    """Writes the lines of the rows of one workbook.

    :param entities: finds things of the registers, those of the workbook included
    :param curie_of: CURIE of the thing that a row of systems or documents names
    """

    def __init__(
        self,
        vocabularies: Vocabularies,
        entities: Entities,
        source_of: Callable[[SheetRow], WorkbookSource],
        curie_of: Callable[[SheetRow], str | None],
    ) -> None:
        self.vocabularies, self.entities = vocabularies, entities
        self.source_of, self.curie_of = source_of, curie_of
        self.lexicon: Lexicon = entities.lexicon
        self.problems: list[Problem] = []
        self._writers: dict[str, Callable[[SheetRow, RowLines], None]] = {
            "systems": self._system,
            "connections": self._connection,
            "handling": self._handling,
            "claims": self._claim,
            "figures": self._figure,
            "documents": self._document,
        }

    def lines(self, record: SheetRow) -> RowLines:
        """Write the lines of one row; a row with a faulty cell has those that do not need it."""
        lines = RowLines()
        if writer := self._writers.get(record.kind):
            writer(record, lines)
        return lines

    def _report(self, record: SheetRow, column: str, flaw: Fault) -> None:
        self.problems.append(record.problem(column, flaw))

    def _reference(self, record: SheetRow, column: str, text: str = "") -> str:
        """Return the CURIE of the thing that a cell names; empty for an empty or faulty cell."""
        words = text or record.text(column)
        if not words:
            return ""
        source = self.source_of(record)
        try:
            scope = self.entities.find(source.values["scope"], "", source.published).curie
            return self.entities.find(words, scope, source.published).curie
        except FaultError as error:
            self._report(record, column, error.fault)
            return ""

    def _name(self, record: SheetRow, column: str, value: str) -> str:
        """Return the relation, measure or unit that a cell names; empty for an empty or faulty cell."""
        text = record.text(column)
        try:
            return self.vocabularies.find(value, text, record.kind) if text else ""
        except FaultError as error:
            self._report(record, column, error.fault)
            return ""

    # attributes --------------------------------------------------------------------------------------

    def _attributes(self, record: SheetRow, names: Sequence[str]) -> list[Part]:
        """Write the attributes `{key: value, …}` of a line, each part with its column."""
        columns = {column.name: column for column in SHEETS[record.kind]}
        parts: list[Part] = []
        for name in names:
            if name in record.cells and name in columns:
                text = self._attribute(record, name, columns[name].value, is_list=columns[name].is_list)
                if text:
                    parts += [Part(", " if parts else "{", name), Part(f"{name}: {text}", name)]
        return [*parts, Part("}", names[0])] if parts else []

    def _attribute(self, record: SheetRow, name: str, value: str, *, is_list: bool) -> str:
        texts = record.parts(name) if is_list else [record.text(name)]
        if value == "time":
            texts = [self._time(record, name)]
        elif value == "entity":
            texts = [self._reference(record, name, text) for text in texts]
        elif value == _POPULATION:
            texts = [
                self._reference(record, name) if _CURIE.fullmatch(record.text(name)) else record.text(name)
            ]
        elif value != "text":
            texts = [self.vocabularies.find(value, text) for text in texts]
        written = [_scalar(text) for text in texts if text and not _is_default(value, text)]
        return f"[{', '.join(written)}]" if len(written) > 1 else "".join(written)

    def _time(self, record: SheetRow, column: str) -> str:
        try:
            return record.cells[column].time()
        except FaultError as error:
            self._report(record, column, error.fault)
            return ""

    # sheets ------------------------------------------------------------------------------------------

    def _system(self, record: SheetRow, lines: RowLines) -> None:
        """Write what a row says of a system: territory served, owners, operators, suppliers."""
        curie = self.curie_of(record)
        if curie is None:
            return
        subject = Part(curie, ARTICLE_LANGUAGE)
        unit = self._reference(record, "territory", record.text("territory") or self._scope(record))
        if unit:
            attributes = self._attributes(record, ("status", "from", "note"))
            lines.claims.append(_line(subject, Part(_SERVES, "status"), Part(unit, "territory"), attributes))
        status = self._attributes(record, ("status",))
        for column, relation in _ROLES.items():
            agents = [self._reference(record, column, name) for name in record.parts(column)]
            lines.claims += [
                _line(subject, Part(relation, column), Part(agent, column), status)
                for agent in agents
                if agent
            ]

    def _scope(self, record: SheetRow) -> str:
        return self.source_of(record).values["scope"]

    def _document(self, record: SheetRow, lines: RowLines) -> None:
        """Write number, date and issuer of a document."""
        curie = self.curie_of(record)
        if curie is None:
            return
        subject = Part(curie, ARTICLE_LANGUAGE)
        for column, relation in _DOCUMENT_CLAIMS.items():
            if record.text(column) and (text := self._time(record, column)):
                lines.claims.append(_line(subject, Part(relation, column), Part(_quoted(text), column), []))
        if issuer := self._reference(record, "issuer"):
            lines.claims.append(_line(subject, Part("issuedBy", "issuer"), Part(issuer, "issuer"), []))

    def _connection(self, record: SheetRow, lines: RowLines) -> None:
        subject, target = self._reference(record, "subject"), self._reference(record, "object")
        relation = self._name(record, "predicate", "relation") if record.text("predicate") else _CONNECTS
        attributes = self._attributes(
            record, ("status", "polarity", "from", "by", "asOf", "certainty", "note")
        )
        if texts := {column: record.text(column) for column in NOTED_COLUMNS if record.text(column)}:
            attributes = _with_note(attributes, noted_text(record.text("note"), texts), next(iter(texts)))
        if subject and target and relation:
            parts = (Part(subject, "subject"), Part(relation, "predicate"), Part(target, "object"))
            lines.claims.append(_line(*parts, attributes))

    def _handling(self, record: SheetRow, lines: RowLines) -> None:
        """Write what is to be done with a system."""
        subject, text = self._reference(record, "subject"), record.text("object")
        if not text:
            return
        code = self.vocabularies.code_of(_CHANGES, text.removeprefix(_CODE_START))
        if code is None:
            self._report(record, "object", _no_handling(text))
        attributes = self._attributes(record, ("status", "from", "by", "responsible", "note"))
        if subject and code:
            parts = (Part(subject, "subject"), Part(_UNDERGOES, "object"), Part(_CODE_START + code, "object"))
            lines.claims.append(_line(*parts, attributes))

    def _claim(self, record: SheetRow, lines: RowLines) -> None:
        subject, name = self._reference(record, "subject"), self._name(record, "predicate", "relation")
        relation = self.lexicon.vocabulary.properties.get(name)
        target = self._object(record, relation) if relation else ""
        attributes = self._attributes(record, _ATTRIBUTES)
        if subject and relation and target:
            parts = (Part(subject, "subject"), Part(name, "predicate"), Part(target, "object"))
            lines.claims.append(_line(*parts, attributes))

    def _object(self, record: SheetRow, relation: Term) -> str:
        """Write the object of a claim: a text in quotes, a code, or the CURIE of a thing."""
        cell = record.cells.get("object")
        if cell is None:
            return ""
        if relation.kind != "object":
            return _quoted(self._time(record, "object") if relation.range in {"edtf", "date"} else cell.text)
        if relation.range and self.lexicon.fits(relation.range, _STATED_ITEM):
            return _quoted(cell.text)
        if relation.range and relation.range in self.lexicon.vocabulary.schemes:
            text = cell.text.removeprefix(_CODE_START)
            return _CODE_START + (self.vocabularies.code_of(relation.range, text) or text.replace(" ", "-"))
        if cell.text.startswith(_CODE_START):
            return cell.text.replace(" ", "-")
        return self._reference(record, "object")

    def _figure(self, record: SheetRow, lines: RowLines) -> None:
        subject, measure = self._reference(record, "subject"), self._name(record, "measure", "measure")
        unit, value = self._name(record, "unit", "unit"), self._amount(record)
        attributes = self._attributes(record, _ATTRIBUTES)
        if subject and measure and value:
            parts = [Part(subject, "subject"), Part(measure, "measure"), Part(value, "value")]
            if unit:
                parts.append(Part(unit, "unit"))
            lines.figures.append(_line(*parts, attributes))

    def _amount(self, record: SheetRow) -> str:
        """Return the value of a figure; a share of a cell that a spreadsheet shows in per cent is refused."""
        cell = record.cells.get("value")
        if cell is None:
            return ""
        text = cell.text
        measure = self.lexicon.measures.get(record.text("measure"))
        unit = record.text("unit") or (measure.values.get("unit") if measure else "")
        if isinstance(cell.value, float) and unit == _PERCENT and 0 < cell.value < 1:
            self._report(record, "value", fault("KG113.share", value=text, percent=plain_percent(cell.value)))
            return ""
        if " " in text:
            self._report(record, "value", fault("KG050.no-number", text=text))
            return ""
        return text


def plain_percent(share: float) -> str:
    """Return a share in per cent, in Vietnamese notation.

    >>> plain_percent(0.655)
    '65,5'
    """
    return plain(Decimal(repr(share)) * 100).replace(".", ",")


def _is_default(value: str, text: str) -> bool:
    """Tell whether a code is the one that a line has which states none."""
    return value in _WITH_DEFAULT and find_code(default_code(value)).written == text


def _with_note(attributes: list[Part], note: str, column: str) -> list[Part]:
    """Replace the note among attributes.

    :param column: the column from which messages about it are told
    """
    kept = [part for part in attributes if part.column != "note" and part.text != "}"]
    start = ", " if kept else "{"
    return [*kept, Part(start, column), Part(f"note: {_quoted(note)}", column), Part("}", column)]


def _no_handling(text: str) -> Fault:
    codes = tuple(Labelled.of(code.labels) for code in code_list(_CHANGES))
    return fault("KG036.unknown-code", name=_UNDERGOES, value=text, choices=codes)


def _line(subject: Part, predicate: Part, target: Part, *rest: Part | list[Part]) -> list[Part]:
    """Join the fields of a line with blanks, and append its attributes."""
    parts: list[Part] = []
    for item in (subject, predicate, target, *rest):
        pieces = [item] if isinstance(item, Part) else item
        if parts and pieces:
            parts.append(Part("  ", pieces[0].column))
        parts += pieces
    return parts


def _quoted(text: str) -> str:
    r"""Return a text in the quotes of claim lines.

    >>> print(_quoted('Kho "mới"'))
    "Kho \"mới\""
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _scalar(text: str) -> str:
    """Return the value of an attribute, in quotes where YAML would read it otherwise."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def statement_key(record: SheetRow) -> str:
    """Return the text by which a row is told from others: what it states, not where it stands."""
    columns = ("subject", "predicate", "measure", "object", "value", "source")
    return "|".join(record.text(column) for column in columns)
