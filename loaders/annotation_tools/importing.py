"""The import of annotations: files of a tool become drafts in a corpus folder, all of them or none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...errors import InputError
from ...files import write_together
from ...problems import Problem, Severity, errors
from ..drafts import DraftDesk
from ..drafts.draft_files import draft_files
from ..drafts.raw_text import LONGEST, RawText, described
from ..faults.messages import fault, message
from ..pipeline.corpus import displayed_path
from .drafting import AnnotationAccount, AnnotationDrafter, in_normal_form
from .formats import ARCHIVE, FORMATS, FolderFiles, files_of, format_of
from .mapping import load_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ...problems import Fault
    from ..drafts import DraftRequest
    from ..drafts.draft_files import DraftHead
    from ..drafts.proposals import Draft
    from .formats import ExchangeFormat
    from .model import AnnotatedText, AnnotationReading

_PARTS_OF_NAMES = re.compile(r"[/\\.]")  # which are no part of an id


@dataclass(frozen=True)
class AnnotationImport:
    """What is imported, and where to.

    :param paths: files of annotation tools, or folders of them
    :param folder: corpus folder
    :param said: what the author says of the texts
    :param form: name of the format; empty to tell it by each file
    :param mapping: file of one's own mapping
    :param only_checked: whether nothing is written
    """

    paths: tuple[Path, ...]
    folder: Path
    said: DraftRequest
    form: str = ""
    mapping: Path | None = None
    only_checked: bool = False


@dataclass(frozen=True)
class ImportedText:
    """A text in its normal form, with the draft made of it.

    :param path: the file of the article
    """

    path: Path
    head: DraftHead
    draft: Draft
    text: str


@dataclass
class AnnotationReport:
    """What became of the annotations.

    :param problems: warnings and notes
    :param passed_over: what the files hold besides spans and relations: kind → count
    :param written: files that changed
    """

    texts: list[ImportedText] = field(default_factory=list)
    account: AnnotationAccount = field(default_factory=AnnotationAccount)
    problems: list[Problem] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    written: tuple[Path, ...] = ()


def import_annotations(request: AnnotationImport) -> AnnotationReport:
    """Read the files of annotation tools, and write a draft of every text.

    :raises InputError: with every error of every file; nothing is changed
    :raises WriteError: if a file cannot be written; nothing is changed
    Cost: linear in texts and annotations
    """
    report = AnnotationReport()
    desk = DraftDesk(request.folder)
    mapping = load_mapping(desk.lexicon.vocabulary, request.mapping)
    outputs: dict[Path, str] = {}
    for path, form in _sources(request, report):
        drafter = AnnotationDrafter(desk, mapping, form.name)
        drafter.account = report.account
        try:
            reading = form.read(path.name, FolderFiles(path.parent), displayed_path(path))
        except InputError as error:  # of a file that cannot be read at all
            report.problems += error.problems
            continue
        report.passed_over += reading.passed_over
        report.problems += reading.problems
        if not errors(reading.problems):
            _draft_all(reading, drafter, (request, report, outputs))
        report.problems += drafter.problems
    if errors(report.problems):
        raise InputError(sorted(dict.fromkeys(report.problems)))
    if not request.only_checked:
        report.written = write_together({path: text.encode() for path, text in outputs.items()})
    return report


def _sources(request: AnnotationImport, report: AnnotationReport) -> Iterator[tuple[Path, ExchangeFormat]]:
    """Yield the files to read with their formats; what has none is reported."""
    for path in request.paths:
        form = FORMATS[request.form] if request.form else format_of(path)
        paths = files_of(path, form) if form else ()
        if form is None or not paths:
            report.problems.append(Problem(displayed_path(path), 1, 1, _no_files(path, form)))
            continue
        for file in paths:
            yield file, form


def _no_files(path: Path, form: ExchangeFormat | None) -> Fault:
    """Build the fault of a path under which there is nothing to read."""
    if path.suffix.lower() == ARCHIVE:
        return fault("KG120.archive", kind=message("file-kind.zip"))
    key = "KG120.no-files" if form else "KG120.unknown-format"
    return fault(key, formats=tuple(FORMATS), name=path.name)


def _draft_all(
    reading: AnnotationReading,
    drafter: AnnotationDrafter,
    context: tuple[AnnotationImport, AnnotationReport, dict[Path, str]],
) -> None:
    request, report, outputs = context
    for text in reading.texts:
        if not text.spans:
            report.problems.append(_warning(text, "KG123.no-annotations"))
            continue
        try:
            imported = _draft(text, drafter, request)
        except InputError as error:
            report.problems += error.problems
            continue
        if not imported.draft.paragraphs:
            report.problems.append(_warning(text, "KG123.nothing-mapped"))
            continue
        drafter.desk.reserve(imported.head, imported.path)
        files = draft_files(imported.head, imported.draft, imported.text, request.folder, outputs)
        outputs |= files
        report.texts.append(imported)


def _warning(text: AnnotatedText, key: str) -> Problem:
    return Problem(text.file, text.line, 1, fault(key, Severity.WARNING, name=text.name))


def _draft(text: AnnotatedText, drafter: AnnotationDrafter, request: AnnotationImport) -> ImportedText:
    """Draft one text.

    :raises InputError: if the text is too long, or what is said of it is wrong
    """
    if len(text.text) > LONGEST:
        flaw = fault("KG102.too-long", count=len(text.text), longest=LONGEST)
        raise InputError([Problem(text.file, text.line, 1, flaw)])
    normal = in_normal_form(text, drafter)
    raw = RawText(normal.text)
    raw = described(raw, drafter.desk.rules[raw.language])
    name = _PARTS_OF_NAMES.sub("-", text.name)
    head = drafter.desk.head(raw, name, request.said)
    draft = drafter.draft(normal, head)
    path = request.folder / "articles" / f"{head.article}.kg.md"
    return ImportedText(path, head, draft, normal.text)
