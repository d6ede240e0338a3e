"""The import of a model: its concepts become the register and an article of a corpus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...errors import InputError
from ...files import write_together
from ...problems import Problem
from ...words import Labelled, catalogue, in_all_languages
from ..faults.messages import fault
from ..pipeline.lexicon_files import load_lexicon
from ..text.corpus_languages import ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE
from ..workbook import SourceDefaults
from ..workbook.earlier import own_registers
from ..workbook.importing import ImportReport, WorkbookImport, import_records
from ..workbook.sources import slug
from .reading import read_model
from .rows import LeftOut, ModelRows, RowDefaults, model_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ...graph.archimate.model import Model

PARTS = ("elements", "relationships", "views", "other")
NOT_TAKEN = "not-taken.tsv"  # end of the name of the list beside the articles
_COLUMNS = ("part", "id", "type", "name", "reason")


@dataclass(frozen=True)
class ModelImport:
    """What is imported, and where to.

    :param path: file or folder of the model
    :param folder: corpus folder
    :param defaults: who states what the model says, as of which day, on which territory
    :param status: of systems and links for which the model states none; empty for the default
    :param only_checked: whether nothing is written
    """

    path: Path
    folder: Path
    defaults: SourceDefaults
    status: str = ""
    is_partial: bool = False
    only_checked: bool = False


@dataclass(frozen=True)
class ModelReport:
    """What became of the parts of a model.

    :param read: part → number that the model has
    :param taken: part → number that became an entry or a statement, or that a register has already
    :param known: number of elements that a register has already
    :param repeated: number of relationships that state what an earlier one states
    :param left_out: what has no counterpart, in the order of the file
    :param list_file: where that is listed; ``None`` if nothing was left out or written
    """

    read: dict[str, int]
    taken: dict[str, int]
    known: int
    repeated: int
    left_out: tuple[LeftOut, ...]
    rows: ImportReport
    list_file: Path | None

    def not_taken(self, part: str) -> int:
        """Return how many of a part have no counterpart."""
        return sum(entry.part == part for entry in self.left_out)


def import_model(request: ModelImport) -> ModelReport:
    """Read a model, and write its concepts into a corpus folder.

    :raises InputError: with every problem of the model; nothing is changed
    :raises WriteError: if a file cannot be written; nothing is changed
    Cost: linear in the concepts
    """
    reading = read_model(request.path)
    defaults = _defaults(request, reading.model)
    missing = list(_missing(request.path.name, defaults))
    if missing:
        raise InputError(missing)
    workbook = WorkbookImport(
        request.path, request.folder, defaults, request.is_partial, request.only_checked
    )
    lexicon = load_lexicon([request.folder], without=own_registers(request.folder, request.path.name)).lexicon
    of_rows = RowDefaults(request.path.name, request.status)
    rows = model_rows(reading.model, reading.passed_over, lexicon, of_rows)
    report = import_records(workbook, rows.reading, reading.digest)
    list_file = _write_list(request, defaults, rows)
    return ModelReport(
        _read(reading.model, rows),
        {part: rows.taken[part] for part in PARTS},
        rows.taken["known"],
        rows.taken["repeated"],
        tuple(rows.left_out),
        report,
        list_file,
    )


def _read(model: Model, rows: ModelRows) -> dict[str, int]:
    return {
        "elements": len(model.elements),
        "relationships": len(model.relationships),
        "views": len(model.views),
        "other": sum(entry.part == "other" for entry in rows.left_out),
    }


def _defaults(request: ModelImport, model: Model) -> SourceDefaults:
    """Complete what the user says by the name of the file and of the model."""
    stated = request.defaults
    name = next(iter(model.names.values()), request.path.stem)
    titles = {
        lang: catalogue(__package__ or "", lang)("title", name=model.names.get(lang, name))
        for lang in (ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE)
    }
    return replace(
        stated,
        id=stated.id or slug(request.path.stem),
        title=stated.title or titles[ARTICLE_LANGUAGE],
        title_en=stated.title_en or ("" if stated.title else titles[TRANSLATION_LANGUAGE]),
    )


def _missing(file: str, defaults: SourceDefaults) -> Iterator[Problem]:
    for column in ("publisher", "published", "scope"):
        if not getattr(defaults, column):
            name = Labelled.of(in_all_languages(__package__ or "", f"source.{column}"))
            yield Problem(file, 1, 1, fault("KG142.missing-data", key=name))


def _write_list(request: ModelImport, defaults: SourceDefaults, rows: ModelRows) -> Path | None:
    """Write what has no counterpart beside the articles, one line each."""
    if request.only_checked or not rows.left_out:
        return None
    words = catalogue(__package__ or "", ARTICLE_LANGUAGE)
    lines = ["\t".join(_COLUMNS)]
    for entry in rows.left_out:
        cells = (*entry[:-1], words(f"reason.{entry.reason}"))
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    path = request.folder / f"{defaults.id}.{NOT_TAKEN}"
    write_together({path: ("\n".join(lines) + "\n").encode()})
    return path
