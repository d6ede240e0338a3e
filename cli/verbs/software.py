"""The verbs on the software that egovkg runs on: packages, audit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ...viz.shared.forms import ROWS
from ..app import verb
from ..delivery import Output, output_in
from ..language import counted, say, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...viz.tables.grid import CellValue
    from ..software import KnownFault

_DATABASE_VARIABLE = "EGOVKG_ADVISORIES"


@verb("packages", "egovkg packages --sbom -o egovkg.cdx.json")
@click.option("--sbom", "has_sbom", is_flag=True)
@output_in(*ROWS)
def packages_verb(has_sbom: bool, output: Output) -> None:
    """List the installed packages that egovkg needs, with their licences, or write them as an SBOM."""
    from ...files import json_text
    from ...viz.tables import Grid
    from ..software import bill_of_materials, components

    parts = components()
    if has_sbom:
        output.write_text(json_text(bill_of_materials(parts)))
        return
    keys = ("package", "version", "licence", "part")
    kinds = {True: text("packages.optional"), False: text("packages.required")}
    rows = [
        [part.name, part.version, part.licence or text("packages.unstated"), kinds[part.is_optional]]
        for part in parts
    ]
    output.write_rows(Grid([text(f"packages.{key}") for key in keys], keys, rows))


@verb("audit", "egovkg audit --database all.zip")
@click.option(
    "--database",
    metavar="URL|FILE|DIR",
    envvar=_DATABASE_VARIABLE,
    show_default=f"${_DATABASE_VARIABLE}, OSV",
)
@output_in(*ROWS)
def audit_verb(database: str | None, output: Output) -> None:
    """Look up known faults of the installed packages in a database of the format OSV."""
    from ...viz.tables import Grid
    from ..software import ask_audit
    from ..software.advisories import DATABASE

    report = ask_audit(database or DATABASE)
    keys = ("package", "version", "fault", "aliases", "mended_in", "summary")
    grid = Grid([text(f"packages.{key}") for key in keys], keys, _rows(report.findings))
    output.write_rows(grid)
    say(counted("packages.audited", len(report.findings), checked=report.checked, database=report.database))
    if report.findings:
        sys.exit(1)


def _rows(findings: Sequence[KnownFault]) -> list[list[CellValue]]:
    return [
        [
            finding.name,
            finding.version,
            finding.identifier,
            " ".join(finding.aliases),
            " ".join(finding.fixed_in),
            finding.summary,
        ]
        for finding in findings
    ]
