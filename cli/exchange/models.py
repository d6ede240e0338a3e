"""Export of models for the verb `export`: ArchiMate exchange files, and CSV files for Archi and Gephi."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..language import counted, say, text
from ..opening import opened

if TYPE_CHECKING:
    from pathlib import Path

    from ...viz.archimate import ModelExport
    from ...viz.tables import CellValue

ARCHIMATE, ARCHI_CSV, GEPHI_CSV = "archimate", "archi-csv", "gephi-csv"
MODEL_FORMS = (ARCHIMATE, ARCHI_CSV, GEPHI_CSV)
FOLDER_FORMS = (ARCHI_CSV, GEPHI_CSV)  # that write a folder


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
    numbers = {"elements": model.elements, "relationships": model.relationships, "views": model.views}
    columns = ("part", "count")
    rows: list[list[CellValue]] = [[text(f"model.{part}"), len(content)] for part, content in numbers.items()]
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
