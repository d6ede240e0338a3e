"""Recognition of sheets and columns, and the rows of a workbook as records."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from ...graph.text import fold
from ...ontology.codes import code_list
from ...problems import Fault, Problem, Severity
from ...words import Labelled, Message, languages
from ..article.attributes import CODE_LISTS
from ..faults.messages import fault, message
from ..faults.suggest import suggestion
from .cells import SheetCell, SheetCells, cell_text, column_letters
from .layout import (
    GUIDE,
    SHEETS,
    SOURCES,
    Column,
    columns_by_heading,
    heading,
    heading_key,
    row_counters,
    sheet_name,
    sheets_by_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


_SEARCHED_ROWS = 30  # of a sheet, in which the headings must stand
_FEWEST_HEADINGS = 2  # by which a sheet is recognised that has another name
_LISTED_HEADINGS = 5  # in a message
_EXAMPLE = "systems"  # the sheet whose columns a message names as an example
_FIXES = {
    "KG021.unknown-words.fix": "workbook.fix-name",
    "KG063.no-antecedent.fix": "workbook.fix-name",
    "KG063.only-elsewhere.fix": "workbook.fix-name",
    "KG038.no-translation.fix": "workbook.fix-translation",
}  # fix for an article -> fix for a workbook
_UNKNOWN_NAME = "KG021"
_UNKNOWN_CODE = "KG036.unknown-code.problem"
RowKey: TypeAlias = tuple[str | int, ...]  # file or sheet, row, and column where rows share a line

_OWN_MARK = "_"  # how sheets begin that hold lists for other sheets


def place_of(file: str, sheet: str) -> str:
    """Return how messages name a sheet: `inventory.xlsx[Hệ thống]`."""
    return f"{file}[{sheet}]" if sheet else file


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a recognised sheet.

    :param kind: key of the sheet in the layout, such as `systems`
    :param place: name of the sheet in messages
    :param cells: column → cell, for cells that are not empty
    :param columns: column → its number, for all columns of the sheet
    """

    kind: str
    place: str
    sheet: str
    row: int
    cells: Mapping[str, SheetCell]
    columns: Mapping[str, int]

    @property
    def row_key(self) -> RowKey:
        """Its sheet in messages and its row: where its problems stand, and what tells it from others."""
        return self.place, self.row

    @property
    def address(self) -> str:
        """How the text of a message names it."""
        return f"{self.sheet}!{self.row}" if self.sheet else str(self.row)

    def text(self, column: str) -> str:
        """Return the text of a cell; empty if it is empty."""
        cell = self.cells.get(column)
        return cell.text if cell else ""

    def parts(self, column: str) -> list[str]:
        """Return the values of a cell that may hold several."""
        cell = self.cells.get(column)
        return cell.parts if cell else []

    def problem(self, column: str, flaw: Fault) -> Problem:
        """Build a problem at a cell; without that column, at the first cell of the row."""
        number = self.columns.get(column) or min(self.columns.values(), default=1)
        return Problem(self.place, self.row, number, _in_cell(self, column, number, flaw))


def _in_cell(record: SheetRow, column: str, number: int, flaw: Fault) -> Fault:
    """Name the cell in the text of a fault, and say how to correct a cell, not a line of an article."""
    flaw = for_workbook(flaw)
    address = f"{column_letters(number)}{record.row}"
    if column not in record.columns:
        return replace(flaw, problem=message("workbook.at-cell", cell=address, problem=flaw.problem))
    titles = Labelled.of({lang: heading(record.kind, column, lang) for lang in languages()})
    named = message("workbook.in-column", cell=address, heading=titles, problem=flaw.problem)
    return replace(flaw, problem=named)


def for_workbook(flaw: Fault) -> Fault:
    """Let the fix of a fault say how to correct a workbook, not a line of an article."""
    if not isinstance(flaw.fix, Message):
        return flaw
    if flaw.fix.key in _FIXES:
        return flaw.with_fix(message(_FIXES[flaw.fix.key]))
    if choices := _offered_labels(flaw):
        return _with_choices(flaw, choices)
    if flaw.code == _UNKNOWN_NAME and flaw.fix.key == "did-you-mean":
        fix = message("workbook.fix-name")
        return flaw.with_fix(message("suggestion-or-fix", suggestion=flaw.fix, fix=fix))
    return flaw


def _offered_labels(flaw: Fault) -> tuple[Labelled, ...]:
    """List the codes that a column offers, as the drop-down lists name them; empty for other faults."""
    problem = flaw.problem
    if not isinstance(problem, Message) or problem.key != _UNKNOWN_CODE:
        return ()
    code_class = CODE_LISTS.get(str(dict(problem.values).get("name")))
    return tuple(Labelled.of(code.labels) for code in code_list(code_class)) if code_class else ()


def _with_choices(flaw: Fault, choices: tuple[Labelled, ...]) -> Fault:
    """Let the fix of a code that is none offer labels, the most similar first."""
    fix = message("KG036.unknown-code.fix", choices=choices)
    value = str(dict(flaw.problem.values)["value"]) if isinstance(flaw.problem, Message) else ""
    if nearest := suggestion(value, [text for choice in choices for _, text in choice.labels]):
        fix = message("suggestion-then-fix", suggestion=nearest, fix=fix)
    return flaw.with_fix(fix)


@dataclass
class Reading:
    """The records of a workbook, and what is wrong with its sheets and columns.

    :param counts: kind of sheet → number of rows that hold something
    """

    records: list[SheetRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def read_records(sheets: Sequence[SheetCells], file: str) -> Reading:
    """Recognise the sheets and columns of a workbook, and read their rows.

    A sheet is recognised by its name in any language, else by its headings; the headings may stand below
    other rows. Sheets whose name begins with an underscore hold lists and are passed over.

    :param file: name of the workbook in messages
    """
    reading = Reading()
    unknown: list[SheetCells] = []
    for sheet in sheets:
        kind = _kind_of(sheet)
        if kind == GUIDE or sheet.name.startswith(_OWN_MARK):
            continue
        if kind:
            _SheetReader(sheet, kind, place_of(file, sheet.name), reading).read()
        elif any(cell_text(value) for row in sheet.rows for value in row):
            unknown.append(sheet)
    describe = _unknown_sheet if reading.problems or reading.records else _unknown_headings
    reading.problems += [Problem(place_of(file, sheet.name), 1, 1, describe(sheet)) for sheet in unknown]
    if not reading.problems and all(record.kind == SOURCES for record in reading.records):
        reading.problems.append(Problem(file, 1, 1, fault("KG110.empty-workbook")))
    return reading


def _kind_of(sheet: SheetCells) -> str | None:
    """Recognise a sheet by its name, else by the headings that fit best."""
    if named := sheets_by_name().get(fold(sheet.name)):
        return named
    scores = {kind: _best_row(sheet, kind)[1] for kind in SHEETS}
    kind = max(scores, key=lambda name: scores[name])
    row = _best_row(sheet, kind)[0]
    if scores[kind] < _FEWEST_HEADINGS:
        return None
    keys = {heading_key(cell_text(value)) for value in sheet.rows[row]}
    columns = {column.name for key, column in columns_by_heading(kind).items() if key in keys}
    is_complete = all(column.name in columns for column in SHEETS[kind] if column.is_required)
    return kind if is_complete else None


def _best_row(sheet: SheetCells, kind: str) -> tuple[int, int]:
    """Return the row that holds most headings of a kind of sheet, counted from 0, and their number."""
    headings = columns_by_heading(kind)
    counts = [
        sum(heading_key(cell_text(value)) in headings for value in row if value)
        for row in sheet.rows[:_SEARCHED_ROWS]
    ]
    best = max(counts, default=0)
    return (counts.index(best), best) if best else (0, 0)


def _unknown_sheet(_: SheetCells) -> Fault:
    names = tuple(Labelled.of({lang: sheet_name(kind, lang) for lang in languages()}) for kind in SHEETS)
    return fault("KG111.unknown-sheet", Severity.WARNING, names=names)


def _unknown_headings(sheet: SheetCells) -> Fault:
    """Build the fault of a sheet whose name and headings are unknown, in a workbook without any other."""
    texts = next(texts for row in sheet.rows if (texts := [*filter(None, map(cell_text, row))]))
    needed = [column.name for column in SHEETS[_EXAMPLE] if column.is_required]
    headings = [Labelled.of({lang: heading(_EXAMPLE, name, lang) for lang in languages()}) for name in needed]
    return fault("KG111.unknown-headings", found=tuple(texts[:_LISTED_HEADINGS]), needed=tuple(headings))


class _SheetReader:
    """Reads one recognised sheet."""

    def __init__(self, sheet: SheetCells, kind: str, place: str, reading: Reading) -> None:
        self.sheet, self.kind, self.place, self.reading = sheet, kind, place, reading
        self.columns: dict[str, int] = {}  # column -> its number

    def read(self) -> None:
        """Read headings and rows."""
        heading_row, matches = _best_row(self.sheet, self.kind)
        if not matches:
            missing = next(column for column in SHEETS[self.kind] if column.is_required)
            self._report(1, 1, _missing_column(self.kind, missing))
            return
        self._read_headings(heading_row)
        first = heading_row + 1
        self._report_oddities(first)
        for row, values in enumerate(self.sheet.rows[first:], first + 1):
            record = self._record(row, values)
            if record.cells:
                self.reading.records.append(record)
                self.reading.problems += _missing_values(record)
                self.reading.counts[self.kind] = self.reading.counts.get(self.kind, 0) + 1

    def _record(self, row: int, values: Sequence[object]) -> SheetRow:
        cells = {
            column: SheetCell(self.sheet.name, row, number, values[number - 1], text)
            for column, number in self.columns.items()
            if number <= len(values) and (text := cell_text(values[number - 1]))
        }
        return SheetRow(self.kind, self.place, self.sheet.name, row, cells, self.columns)

    def _report(self, row: int, column: int, flaw: Fault) -> None:
        self.reading.problems.append(Problem(self.place, row, column, flaw))

    def _read_headings(self, row: int) -> None:
        for number, value in enumerate(self.sheet.rows[row], 1):
            self._read_heading(row + 1, number, cell_text(value))
        for column in SHEETS[self.kind]:
            if column.is_required and column.name not in self.columns:
                self._report(row + 1, 1, _missing_column(self.kind, column))

    def _read_heading(self, row: int, number: int, text: str) -> None:
        column = columns_by_heading(self.kind).get(heading_key(text))
        if column is None:
            if text and heading_key(text) not in row_counters():
                self._report(row, number, _unknown_column(self.kind, text))
        elif column.name in self.columns:
            self._report(row, number, fault("KG111.repeated-column", heading=text))
        elif column.is_read:
            self.columns[column.name] = number

    def _report_oddities(self, first: int) -> None:
        """Report merged cells, hidden rows, formulas and errors below the headings.

        :param first: number of rows up to the headings
        """
        read_columns = set(self.columns.values())
        for (top, left), (bottom, right) in self.sheet.merged:
            if bottom > first and read_columns & set(range(left, right + 1)):
                cells = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
                self._report(max(top, first + 1), left, fault("KG112.merged", cells=cells))
        for row, column in sorted(self.sheet.failed):
            if row > first and column in read_columns:
                self._report(row, column, fault("KG112.failed", cell=f"{column_letters(column)}{row}"))
        self._report_hidden(first)
        self._report_formulas(first, read_columns)

    def _report_hidden(self, first: int) -> None:
        for start, end in _ranges(row for row in self.sheet.hidden_rows if row > first):
            rows = str(start) if start == end else f"{start}–{end}"
            self._report(start, 1, fault("KG112.hidden-rows", Severity.WARNING, rows=rows))
        if self.sheet.is_hidden:
            self._report(1, 1, fault("KG112.hidden-sheet", Severity.WARNING))

    def _report_formulas(self, first: int, read_columns: set[int]) -> None:
        formulas = sorted(
            (row, column) for row, column in self.sheet.formulas if row > first and column in read_columns
        )
        for row, column in formulas:
            if not cell_text(self._value(row, column)):
                self._report(row, column, fault("KG112.formula", cell=f"{column_letters(column)}{row}"))
        saved = [(row, column) for row, column in formulas if cell_text(self._value(row, column))]
        if saved:
            row, column = saved[0]
            cell = f"{column_letters(column)}{row}"
            flaw = fault("KG112.saved-formula", Severity.WARNING, count=len(saved), cell=cell)
            self._report(row, column, flaw)

    def _value(self, row: int, column: int) -> object:
        rows = self.sheet.rows
        return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""


def _missing_values(record: SheetRow) -> Iterator[Problem]:
    for column in SHEETS[record.kind]:
        if column.is_required and column.name in record.columns and column.name not in record.cells:
            yield record.problem(column.name, fault("KG113.missing-value"))


def _ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of consecutive numbers."""
    start = previous = 0
    for number in sorted(numbers):
        if start and number == previous + 1:
            previous = number
            continue
        if start:
            yield start, previous
        start = previous = number
    if start:
        yield start, previous


def _missing_column(kind: str, column: Column) -> Fault:
    titles = Labelled.of({lang: heading(kind, column.name, lang) for lang in languages()})
    return fault("KG111.missing-column", heading=titles)


def _unknown_column(kind: str, text: str) -> Fault:
    """Build the fault of an unknown heading: an error if it resembles one, since it may be misspelt."""
    headings = [heading(kind, column.name, lang) for column in SHEETS[kind] for lang in languages()]
    if similar := suggestion(text, headings):
        return fault("KG111.unknown-column", heading=text).with_fix(similar)
    return fault("KG111.unknown-column", Severity.WARNING, heading=text)
