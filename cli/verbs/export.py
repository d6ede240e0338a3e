"""The verb that exports the graph as files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from ..app import verb
from ..language import counted, say, text
from ..opening import opened
from ..options import language_option, local_graph, output_folder, printed_form


@verb("export", "egovkg export -o graph-files")
@click.option("-o", "--output", "target", metavar="DIR", type=output_folder, required=True)
@click.option("--as", "kind", type=click.Choice(["nquads", "parquet"]), default="nquads", show_default=True)
@click.option("--by", type=click.Choice(["kind", "predicate"]), default="kind", show_default=True)
@printed_form
@language_option
@local_graph
def export_verb(target: Path, kind: str, by: str, form: str, lang: str, home: Path) -> None:
    """Write the published graph as partitioned files, which Spark, DuckDB or a loader reads in parallel."""
    from ...graph.export import export
    from ...graph.publish import published
    from ...viz.tables import Grid, deliver, render
    from ...words import written_number

    opened(home)  # built when nothing was published in the default folder yet
    version = published(home)
    assert version
    result = export(version, target, form=kind, by=by)
    headings = (text("heading.partition"), text("heading.quads"))
    grid = Grid(headings, ("partition", "quads"), list(result.partitions.items()))
    deliver(render(grid, form), None)
    quads = written_number(result.quads, lang)
    say(counted("message.exported", len(result.files), quads=quads, folder=target))
