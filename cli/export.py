"""The verb that writes the graph as files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from .app import folder, form, language, local_graph, opened, say, verb

_HEADINGS = {"vi": ("phần", "số bộ bốn"), "en": ("partition", "quads")}


@verb("export", "egovkg export -o graph-files")
@click.option(
    "-o", "--output", "target", type=folder, required=True, help="Folder to write; an earlier export goes."
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(["nquads", "parquet"]),
    default="nquads",
    show_default=True,
    help='N-Quads, or Parquet, which needs pip install "egovkg[parquet]".',
)
@click.option(
    "--by",
    type=click.Choice(["kind", "predicate"]),
    default="kind",
    show_default=True,
    help="A folder for each kind of graph (article, edges, …), or for each predicate.",
)
@form
@language
@local_graph
def export_verb(target: Path, kind: str, by: str, form: str, lang: str, home: Path) -> None:
    """Write the published graph as partitioned files, which Spark, DuckDB or a loader reads in parallel."""
    from ..graph.export import export
    from ..graph.publish import published
    from ..viz.tables import Grid, deliver, render

    opened(home)  # built when nothing was published in the default folder yet
    version = published(home)
    assert version
    done = export(version, target, form=kind, by=by)
    grid = Grid(_HEADINGS[lang], ("partition", "quads"), list(done.partitions.items()))
    deliver(render(grid, form), None)
    count, files = f"{done.quads:,}", len(done.files)
    if lang == "vi":
        say(f"đã ghi {count.replace(',', '.')} bộ bốn vào {files} tệp trong {target}")
    else:
        say(f"{count} quads in {files} files in {target}")
