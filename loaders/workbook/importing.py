"""The import of a workbook: its rows become the register and the articles of a corpus, or a report.

The workbook stays the truth: an import writes its files anew, and refuses to replace a file that it did not
write, or that somebody has edited since.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from ...errors import InputError
from ...files import write_together
from ...graph.text import spelling
from ...problems import FaultError, Problem, Severity, errors
from ...words import catalogue
from ..article.formatting import formatted
from ..faults.messages import fault
from ..pipeline.article_files import load_article
from ..pipeline.lexicon_files import load_lexicon
from ..pipeline.preparation import Preparer
from ..register.register_text import register_text
from ..statements.resolver import Counts
from ..text.corpus_languages import ARTICLE_LANGUAGE
from .article_text import ArticleText, article_text
from .earlier import articles_that_lose, foreign_problems, marked, own_registers, stale_problems
from .entries import Entries, EntryReader
from .layout import SOURCES
from .lines import LineWriter
from .names import Entities, Vocabularies
from .reading import read_sheets
from .records import read_records
from .sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from pathlib import Path

    from ..pipeline.lexicon_files import LoadedLexicon
    from .lines import RowLines
    from .records import Reading, RowKey, SheetRow
    from .sources import SourceDefaults, WorkbookSource

_PASSES = 6  # in which rows are left out that refer to rows left out before


@dataclass(frozen=True)
class WorkbookImport:
    """What is imported, and where to.

    :param path: the workbook: XLSX, ODS or CSV
    :param folder: corpus folder
    :param defaults: what holds where the sheet of sources says nothing
    :param is_partial: whether sound rows are imported although others have errors
    :param only_checked: whether nothing is written
    """

    path: Path
    folder: Path
    defaults: SourceDefaults
    is_partial: bool = False
    only_checked: bool = False


@dataclass(frozen=True)
class ImportReport:
    """What became of the rows of a workbook.

    :param written: files that changed
    :param unchanged: files that have the content already
    :param problems: warnings and notes; with a partial import, the errors of rows left out too
    :param rows: kind of sheet → number of rows read
    :param left_out: kind of sheet → number of rows left out because of errors
    :param existing: the rows that name a thing of another register, each as sheet and row, with its CURIE
    :param statements: numbers of claim and figure lines read, emitted, merged and rejected
    """

    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    problems: tuple[Problem, ...]
    rows: dict[str, int]
    left_out: dict[str, int]
    existing: tuple[str, ...]
    statements: Counts


def import_workbook(request: WorkbookImport) -> ImportReport:
    """Check a workbook, and write its register and articles into a corpus folder.

    :raises InputError: with every problem of every row, each with sheet, row and column, if one of them is an
        error and the import is not partial, or concerns the workbook as a whole, or if the rows that a
        partial import leaves out would take statements of an earlier import away; nothing is changed
    :raises WriteError: if a file cannot be written; nothing is changed
    Cost: linear in the rows
    """
    file = request.path.name
    reading = read_records(read_sheets(request.path, file), file)
    return import_records(request, reading, sha256(request.path.read_bytes()).hexdigest())


def import_records(request: WorkbookImport, reading: Reading, digest: str) -> ImportReport:
    """Check the rows of a workbook, or what another reader made rows of, and write register and articles.

    :param digest: SHA-256 of the bytes that were read, in hexadecimal
    :raises InputError: as :func:`import_workbook`; likewise WriteError
    """
    file = request.path.name
    sources, source_problems = read_sources(reading.records, request.defaults, request.path.stem, file)
    reading.problems += source_problems
    if not sources or errors(source_problems):
        raise InputError(_in_order(reading.problems))
    compiled = _Compiler(request, sources, reading, digest).run()
    outputs = compiled.outputs()
    foreign = foreign_problems(outputs)
    if foreign:
        raise InputError(foreign)
    if compiled.left_out and (losses := articles_that_lose(request.folder, sources, outputs)):
        raise InputError(_in_order([*compiled.problems, *losses]))
    prefixes = {source.values["prefix"] for source in sources}
    compiled.problems += stale_problems(request.folder, file, prefixes, outputs)
    changed = () if request.only_checked else write_together(outputs)
    return compiled.report(changed, outputs)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(problems))


@dataclass
class _Compiled:
    """A workbook turned into a register and articles, in memory."""

    folder: Path
    file: str
    reading: Reading
    entries: Entries
    articles: list[ArticleText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: set[RowKey] = field(default_factory=set)
    counts: Counts = field(default_factory=Counts)

    def outputs(self) -> dict[Path, bytes]:
        """Return the files of the import: registers first, since articles need them."""
        words = catalogue(__package__ or "", ARTICLE_LANGUAGE)("mark", file=self.file)
        files: dict[Path, bytes] = {}
        for prefix, entries in self.entries.by_prefix.items():
            texts = {name: {**entry.values, **entry.lists} for name, entry in entries.items()}
            if texts:
                content = register_text(prefix, texts)
                head = f"# {words} {sha256(content.encode()).hexdigest()}\n"
                files[self.folder / "register" / f"{prefix}.yaml"] = (head + content).encode()
        for article in self.articles:
            path = self.folder / "articles" / f"{article.source.id}.kg.md"
            files[path] = marked(formatted(article.text), article.mark).encode()
        return files

    def report(self, changed: Sequence[Path], outputs: dict[Path, bytes]) -> ImportReport:
        kinds = {record.row_key: record.kind for record in self.reading.records}
        left_out = Counter(kinds[row] for row in self.left_out if row in kinds)
        return ImportReport(
            tuple(changed),
            tuple(path for path in outputs if path not in changed),
            tuple(_in_order(self.problems)),
            dict(self.reading.counts),
            dict(left_out),
            self._existing_rows(),
            self.counts,
        )

    def _existing_rows(self) -> tuple[str, ...]:
        rows = sorted(self.entries.existing, key=lambda row: tuple(map(str, row)))
        return tuple(f"{':'.join(map(str, row))} {self.entries.curies[row]}" for row in rows)


class _Compiler:
    """Turns the records of one workbook into a register and articles."""

    def __init__(
        self, request: WorkbookImport, sources: Sequence[WorkbookSource], reading: Reading, digest: str
    ) -> None:
        self.request, self.reading, self.digest = request, reading, digest
        self.file = request.path.name
        self.sources = {source.id: source for source in sources}
        self.first_source = sources[0]
        prefixes = {source.values["prefix"] for source in sources}
        self.own_files = own_registers(request.folder, request.path.name, prefixes)
        self._faulty_names: dict[str, str] = {}  # of rows that a partial import leaves out
        self.rows = {record.row_key for record in reading.records if record.kind != SOURCES}

    def run(self) -> _Compiled:
        """Compile all rows; in a partial import, again without the rows that have errors.

        :raises InputError: with all problems, if an error stands in the way
        """
        left_out: set[RowKey] = set()
        row_problems: list[Problem] = []
        for _ in range(_PASSES):
            compiled = self._compile(left_out)
            flaws = errors(compiled.problems)
            rows = {row for flaw in flaws for row in self._rows_of(flaw)}
            if not flaws:
                compiled.left_out = left_out
                compiled.problems += row_problems
                return compiled
            if not self.request.is_partial or None in rows:
                raise InputError(_in_order([*compiled.problems, *row_problems]))
            row_problems += [*flaws, *self._sheets_left_out(flaws, left_out)]
            left_out |= {row for row in rows if row}
            self._faulty_names |= self._names_of(left_out, compiled.entries)
        raise InputError(_in_order(row_problems))

    def _row_of(self, problem: Problem) -> RowKey | None:
        """Return the row of a problem that a partial import may leave out; none for one of a source."""
        place = (problem.file, problem.line, problem.column)
        return next((key for key in (place, place[:2]) if key in self.rows), None)

    def _rows_of(self, problem: Problem) -> set[RowKey | None]:
        """Return the rows that go with a problem: its own, or all of the sheet whose headings it is in."""
        sheet_rows: set[RowKey | None] = {row for row in self.rows if row[0] == problem.file}
        row = self._row_of(problem)
        return sheet_rows if row is None and sheet_rows and problem in self.reading.problems else {row}

    def _sheets_left_out(self, flaws: Iterable[Problem], left_out: Container[RowKey]) -> list[Problem]:
        """Say of which sheets all rows are left out because of a heading."""
        places = {
            (flaw.file, flaw.line)
            for flaw in flaws
            if flaw in self.reading.problems and not self._row_of(flaw)
        }
        counts = Counter(str(row[0]) for row in self.rows if row not in left_out)
        return [
            Problem(place, line, 1, fault("KG111.sheet-left-out", Severity.WARNING, count=counts[place]))
            for place, line in sorted(places)
            if counts[place]
        ]

    def _names_of(self, left_out: Container[RowKey], entries: Entries) -> dict[str, str]:
        """Map names and CURIEs of what rows left out describe to their CURIEs, which no register has then."""
        names: dict[str, str] = {}
        for record in self.reading.records:
            if record.row_key in left_out and (curie := entries.curies.get(record.row_key)):
                texts = (record.text(ARTICLE_LANGUAGE), record.text("short"), *record.parts("aliases"), curie)
                names |= {spelling(text): curie for text in texts if text}
        return names

    def _source_of(self, record: SheetRow) -> WorkbookSource:
        return self.sources.get(record.text("source"), self.first_source)

    def _compile(self, left_out: set[RowKey]) -> _Compiled:
        records = [record for record in self.reading.records if record.row_key not in left_out]
        problems = [p for p in self.reading.problems if not self._rows_of(p) <= left_out]
        problems += self._unknown_sources(records)
        base = load_lexicon([self.request.folder], without=self.own_files).lexicon
        entities = Entities(base, self._faulty_names)
        entry_reader = EntryReader(base, Vocabularies(base), entities, self._source_of)
        entries = entry_reader.read(records)
        problems += entries.problems
        loaded = load_lexicon([self.request.folder], entries.registers(self.file), self.own_files)
        problems += [flaw for flaw in loaded.problems if flaw.file.startswith(self.file)]
        compiled = _Compiled(self.request.folder, self.file, self.reading, entries, problems=problems)
        self._add_articles(compiled, records, loaded)
        return compiled

    def _unknown_sources(self, records: Iterable[SheetRow]) -> list[Problem]:
        return [
            record.problem("source", fault("KG113.unknown-source", source=record.text("source")))
            for record in records
            if record.text("source") and record.text("source") not in self.sources
        ]

    def _add_articles(self, compiled: _Compiled, records: Sequence[SheetRow], loaded: LoadedLexicon) -> None:
        entities = Entities(loaded.lexicon, {**self._faulty_names, **compiled.entries.own_names})
        curies = compiled.entries.curies
        writer = LineWriter(
            Vocabularies(loaded.lexicon),
            entities,
            self._source_of,
            lambda record: curies.get(record.row_key),
        )
        sources = {name: self._resolved(source, entities, compiled) for name, source in self.sources.items()}
        rows: dict[str, list[tuple[SheetRow, RowLines]]] = {name: [] for name in sources}
        for record in records:
            rows[self._source_of(record).id].append((record, writer.lines(record)))
        compiled.problems += writer.problems
        preparer = Preparer(loaded)
        for name, source in sources.items():
            if source and any(lines.claims or lines.figures for _, lines in rows[name]):
                article = article_text(source, rows[name], (self.file, self.digest))
                compiled.articles.append(article)
                self._check(article, preparer, compiled)

    def _resolved(
        self, source: WorkbookSource, entities: Entities, compiled: _Compiled
    ) -> WorkbookSource | None:
        """Replace the names of publisher and scope by CURIEs; ``None`` if one is unknown."""
        values = dict(source.values)
        try:
            column = "scope"
            values[column] = entities.find(values[column], "", source.published).curie
            scope, column = values[column], "publisher"
            values[column] = entities.find(values[column], scope, source.published).curie
        except FaultError as error:
            compiled.problems.append(source.problem(self.file, column, error.fault))
            return None
        return replace(source, values=values)

    def _check(self, article: ArticleText, preparer: Preparer, compiled: _Compiled) -> None:
        """Check an article as a build does, and place its problems at the cells."""
        name = f"{article.source.id}.kg.md"  # by which problems of the article are told from those of sheets
        loaded = load_article(article.text.encode(), name, preparer.resolver)
        problems = list(loaded.problems)
        if not errors([*compiled.problems, *problems]):
            problems += preparer.shape_problems([preparer.write(loaded)])
        compiled.problems += [
            article.at_cell(problem) if problem.file == name else problem for problem in problems
        ]
        for name in ("read", "emitted", "merged", "rejected"):
            setattr(compiled.counts, name, getattr(compiled.counts, name) + getattr(loaded.counts, name))
