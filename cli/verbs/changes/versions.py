"""The verb that lists the versions of a graph, and sets how many of them builds leave behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ....viz.shared.forms import ROWS
from ...app import verb
from ...delivery import Output, output_in
from ...language import counted, say, text
from ...options import working_graph

if TYPE_CHECKING:
    from ....graph.versions import VersionRecord
    from ....viz.tables import CellValue, Grid


class VersionCount(click.ParamType[int | None]):
    """A number of versions, at least 1, or `all`, which is `None`."""

    name = "count"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """Parse a number of versions."""
        from ....graph.publish import ALL_VERSIONS

        if str(value) == ALL_VERSIONS:
            return None
        if not str(value).isdecimal() or int(str(value)) < 1:
            self.fail(text("error.version_count", value=value, all=ALL_VERSIONS), param, ctx)
        return int(str(value))


@verb("versions", "egovkg versions")
@click.argument("name", required=False, metavar="[VERSION]")
@click.option("--keep", type=VersionCount(), metavar="N|all")
@output_in(*ROWS)
@working_graph
@click.pass_context
def versions_verb(
    context: click.Context, name: str | None, keep: int | None, output: Output, home: Path
) -> None:
    """List the versions of a graph, or the sources of one; set how many builds leave behind."""
    from ....graph.publish import no_graph_error
    from ....graph.versions import describe_versions, find_version, retain_versions

    if context.get_parameter_source("keep") == click.core.ParameterSource.COMMANDLINE:
        removed = retain_versions(home, keep)
        say(text("versions.keep_all") if keep is None else counted("versions.keep", keep))
        if removed:
            say(counted("versions.removed", len(removed), names=", ".join(removed)))
    records = describe_versions(home)
    if not records:
        raise no_graph_error(home)
    if name is None:
        output.write_rows(_versions_grid(records), [record.as_dict() for record in records])
        return
    version = find_version(home, name)
    record = next((record for record in records if record.version == version), None)
    if record is None:
        names = ", ".join(record.name for record in records)
        raise click.UsageError(text("error.no_version", name=name, names=names))
    output.write_rows(_sources_grid(record), record.as_dict(), [_summary(record)])


def _versions_grid(records: tuple[VersionRecord, ...]) -> Grid:
    from ....viz.tables import Grid

    keys = ("version", "published_on", "state", "articles", "claims", "figures", "program")
    rows: list[list[CellValue]] = [
        [
            record.name,
            f"{record.published_on:%Y-%m-%d %H:%M} UTC",
            text(f"versions.{_state(record)}"),
            len(record.sources),
            record.claims,
            record.figures,
            f"egovkg {record.program}",
        ]
        for record in records
    ]
    return Grid([text(f"versions.{key}") for key in keys], keys, rows)


def _state(record: VersionRecord) -> str:
    if not record.is_readable:
        return "unreadable"
    return "current" if record.is_current else "earlier"


def _sources_grid(record: VersionRecord) -> Grid:
    from ....viz.tables import Grid

    keys = ("id", "title", "published", "file", "claims", "figures", "digest")
    rows: list[list[CellValue]] = [[getattr(source, key) for key in keys] for source in record.sources]
    return Grid([text(f"versions.source_{key}") for key in keys], keys, rows)


def _summary(record: VersionRecord) -> str:
    return text(
        "versions.summary",
        version=record.name,
        published_on=f"{record.published_on:%Y-%m-%d %H:%M} UTC",
        program=f"egovkg {record.program}",
        articles=len(record.sources),
        claims=record.claims,
        figures=record.figures,
    )
