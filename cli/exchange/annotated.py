"""Import and export of annotations for the verbs `import` and `export`, with their accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ...words import written_number
from ..language import counted, language, say, text

if TYPE_CHECKING:
    from collections import Counter

    from ...loaders.annotation_tools.exporting import AnnotationExport
    from ...loaders.annotation_tools.importing import AnnotationImport, AnnotationReport
    from ...viz.tables import CellValue


def import_annotated(request: AnnotationImport) -> None:
    """Import the files of annotation tools as drafts, and say what became of everything in them."""
    from ...loaders.annotation_tools.importing import import_annotations
    from ...loaders.faults.report import as_text

    report = import_annotations(request)
    click.echo(as_text(report.problems, language()), err=True, nl=False)
    for imported in report.texts:
        counts = {
            "mentions": len(imported.draft.mentions),
            "statements": len(imported.draft.statements),
            "entities": len(imported.draft.entities),
        }
        click.echo(text("message.drafted", path=imported.path, **counts))
    _say_account(report)
    for assumption in _assumptions(request, report):
        say(assumption)


def _assumptions(request: AnnotationImport, report: AnnotationReport) -> list[str]:
    """Word once each what was assumed of the texts."""
    heads = [imported.head for imported in report.texts]
    days = [] if request.said.published else [head.published for head in heads]
    scopes = [] if request.said.scope else [head.scope for head in heads]
    said = [text("message.published_assumed", day=day) for day in dict.fromkeys(days)]
    return said + [text("message.scope_assumed", scope=scope) for scope in dict.fromkeys(scopes)]


def _say_account(report: AnnotationReport) -> None:
    from ...loaders.annotation_tools.comparison import KINDS

    account = report.account
    for kind in KINDS:
        if account.read[kind]:
            numbers = {
                "read": account.read[kind],
                "mapped": account.mapped[kind],
                "merged": account.merged[kind],
                "unmapped": account.without_mapping(kind),
                "left_out": account.left_out[kind],
            }
            say(text("message.annotation_account", kind=text(f"annotation.{kind}"), **numbers))
            names = {name: number for (of_kind, name), number in account.unmapped.items() if of_kind == kind}
            if names:
                say(text("message.unmapped", names=_listed(names)))
    if report.passed_over:
        say(text("message.annotations_passed_over", names=_listed(report.passed_over)))


def _listed(numbers: dict[str, int] | Counter[str]) -> str:
    """List names with their numbers, the most frequent first."""
    pairs = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} ({number})" for name, number in pairs)


def export_annotated(request: AnnotationExport, form: str, lang: str) -> None:
    """Export articles to an annotation tool, and print what of them its format holds."""
    from ...loaders.annotation_tools.comparison import KINDS
    from ...loaders.annotation_tools.exporting import export_annotations
    from ...loaders.annotation_tools.formats import NOT_HELD
    from ...viz.tables import Grid, deliver, render

    report = export_annotations(request)
    columns = ("kind", "stated", "held")
    rows: list[list[CellValue]] = [
        [text(f"annotation.{kind}"), report.losses.stated[kind], report.losses.kept(kind)] for kind in KINDS
    ]
    grid = Grid(columns, [text(f"heading.annotation.{name}") for name in columns], rows)
    deliver(render(grid, form), None)
    numbers = {
        "originals": written_number(report.originals, lang),
        "digests": written_number(report.digests, lang),
    }
    say(counted("message.exported_annotations", len(report.files), folder=request.target, **numbers))
    if report.passed_over:
        say(text("message.export_passed_over", names=", ".join(report.passed_over)))
    if any(report.losses.lost.values()):
        say(text("message.not_held", file=request.target / NOT_HELD))
