"""Models for the verbs `import` and `export`: ArchiMate files in and out, CSV for Archi and Gephi."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from ..language import counted, language, say, text
from ..opening import opened

if TYPE_CHECKING:
    from pathlib import Path

    from ...loaders.archimate import ModelImport, ModelReport
    from ...viz.archimate import ModelExport
    from ...viz.tables import CellValue

ARCHIMATE, ARCHI_CSV, GEPHI_CSV = "archimate", "archi-csv", "gephi-csv"
MODEL_FORMS = (ARCHIMATE, ARCHI_CSV, GEPHI_CSV)


@dataclass(frozen=True)
class ModelRequest:
    """The model that `egovkg export` writes.

    :param target: the exchange file, or the folder of CSV files
    :param kind: one of :data:`MODEL_FORMS`
    :param impact: names of the systems whose impact is drawn; empty for those on which most depend
    """

    target: Path
    kind: str
    impact: tuple[str, ...]
    home: Path


def export_model(request: ModelRequest, form: str, lang: str) -> None:
    """Write the graph as a model, and print what the model contains and what it cannot show."""
    from ...files import write_together
    from ...graph.publish import published
    from ...viz.archimate import archimate_model
    from ...viz.tables import Grid, deliver, render

    store, version = opened(request.home), published(request.home)
    export = archimate_model(store, request.impact, version.name if version else "")
    write_together(_contents(export, request, lang))
    model = export.model
    numbers = {"elements": len(model.elements), "relationships": len(model.relationships)}
    if request.kind == ARCHIMATE:  # the pairs of tables hold no views
        numbers["views"] = len(model.views)
    columns = ("part", "count")
    rows: list[list[CellValue]] = [[text(f"model.{part}"), number] for part, number in numbers.items()]
    deliver(render(Grid([text(f"heading.model.{name}") for name in columns], columns, rows), form), None)
    say(text("message.exported_model", target=request.target))
    for name in ("denied", "associated"):
        if number := getattr(export, name):
            say(counted(f"message.model_{name}", number))


def _contents(export: ModelExport, request: ModelRequest, lang: str) -> dict[Path, bytes]:
    from ...graph.archimate import exchange_file
    from ...viz.archimate import archi_files, gephi_files

    if request.kind == ARCHIMATE:
        return {request.target: exchange_file(export.model)}
    files = (archi_files if request.kind == ARCHI_CSV else gephi_files)(export.model, lang)
    return {request.target / name: content.encode() for name, content in files.items()}


def import_models(request: ModelImport) -> None:
    """Import a model, and say what became of everything in it."""
    from ...loaders.archimate import import_model
    from ...loaders.faults.report import as_text

    report = import_model(request)
    if not request.status:
        say(text("message.model_operational"))
    click.echo(as_text(report.rows.problems, language()), err=True, nl=False)
    for path in (*report.rows.written, *([report.list_file] if report.list_file else [])):
        click.echo(path)
    _say_account(report)
    if report.rows.left_out:
        raise SystemExit(1)


def _say_left_out(report: ModelReport, part: str) -> None:
    """List the types that have no counterpart, the most frequent first, by reason."""
    from ...words import catalogue

    words = catalogue("egovkg.loaders.archimate", language())
    types: dict[str, Counter[str]] = {}
    for entry in report.left_out:
        if entry.part == part:
            types.setdefault(entry.reason, Counter())[entry.type.partition(" ")[0]] += 1
    for reason, counts in types.items():
        names = ", ".join(f"{name} ({number})" for name, number in sorted(counts.items(), key=_by_number))
        say(text("message.model_types_left_out", reason=words(f"reason.{reason}"), names=names))


def _by_number(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _say_account(report: ModelReport) -> None:
    for part, number in report.read.items():
        if number:
            numbers = {"read": number, "taken": report.taken.get(part, 0), "left": report.not_taken(part)}
            say(text("message.model_part", part=text(f"model.{part}"), **numbers))
            _say_left_out(report, part)
    for name in ("known", "repeated"):
        if number := getattr(report, name):
            say(counted(f"message.model_{name}", number))
    counts = report.rows.statements
    say(text("message.imported_statements", **asdict(counts)))
    if not report.rows.written:
        say(text("message.imported_nothing"))
