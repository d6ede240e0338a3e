"""The verb that exports the graph as files for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from ...graph.profiles import PROFILES
from ...loaders.annotation_tools import FORMATS
from ..app import verb
from ..exchange.annotated import export_annotated
from ..exchange.models import ARCHIMATE, MODEL_FORMS, ModelRequest, export_model
from ..exchange.profiles import export_profile
from ..language import counted, say, text
from ..opening import opened
from ..options import corpora, folder, grouped, language_option, local_graph, output_folder, printed_form

_GRAPHS = ("nquads", "parquet")


@dataclass(frozen=True)
class ArticleOptions:
    """Which articles go to an annotation tool."""

    corpus: tuple[str, ...]
    article: str
    has_proposals: bool


@dataclass(frozen=True)
class GraphOptions:
    """How the graph is written: the partition of its files, and the views of impact in a model."""

    by: str
    impact: tuple[str, ...]


article_options = grouped(
    "articles",
    ArticleOptions,
    corpora,
    click.option("--article", metavar="ID", default=""),
    click.option("--proposals", "has_proposals", is_flag=True),
)


def _file_or_folder(context: click.Context, option: click.Parameter, target: Path) -> Path:
    """Accept a file for a form that is one file; of all others, a folder that may be written."""
    is_file = context.params.get("kind") in {ARCHIMATE, *PROFILES}
    return target if is_file else output_folder.convert(target, option, context)


@verb("export", "egovkg export -o graph-files")
@click.option(
    "-o", "--output", "target", metavar="DIR|FILE", type=folder, required=True, callback=_file_or_folder
)
@click.option(
    "--as",
    "kind",
    type=click.Choice([*_GRAPHS, *MODEL_FORMS, *PROFILES, *FORMATS]),
    default="nquads",
    show_default=True,
    is_eager=True,  # what `-o` may be depends on it
)
@grouped(
    "graph",
    GraphOptions,
    click.option("--by", type=click.Choice(["kind", "predicate"]), default="kind", show_default=True),
    click.option("--impact", metavar="ENTITY", multiple=True),
)
@article_options
@printed_form
@language_option
@local_graph
def export_verb(
    target: Path, kind: str, graph: GraphOptions, articles: ArticleOptions, form: str, lang: str, home: Path
) -> None:
    """Write the published graph as files or as a model, or articles for annotation tools."""
    if graph.impact and kind != ARCHIMATE:
        raise click.UsageError(text("error.of_models"))
    if kind in FORMATS:
        _export_articles(target, kind, articles, form, lang)
    elif articles.corpus or articles.article or articles.has_proposals:
        raise click.UsageError(text("error.of_articles"))
    elif kind in MODEL_FORMS:
        export_model(ModelRequest(target, kind, graph.impact, home), form, lang)
    elif kind in PROFILES:
        export_profile(target, kind, home)
    else:
        _export_graph(target, kind, graph.by, form, lang, home)


def _export_articles(target: Path, kind: str, articles: ArticleOptions, form: str, lang: str) -> None:
    from ...loaders.annotation_tools.exporting import AnnotationExport
    from ...loaders.pipeline.corpus import corpus_folder, default_folder

    folders = [corpus_folder(name) for name in articles.corpus] or [default_folder()]
    request = AnnotationExport(folders, target, kind, articles.article, articles.has_proposals)
    export_annotated(request, form, lang)


def _export_graph(target: Path, kind: str, by: str, form: str, lang: str, home: Path) -> None:
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
