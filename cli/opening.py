"""The data that a verb reads: a published graph, which is built if necessary, or an endpoint."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from .language import language, say, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..graph.endpoint.remote import RemoteStore
    from ..graph.query_process import QueryLimits
    from ..graph.store import Store
    from ..loaders.pipeline.build import Built
    from ..loaders.pipeline.prepared import PreparedArticle

HOME = ".egovkg"
_ENDPOINT = "egovkg.endpoint"  # where the context keeps the address
_UNLIMITED_SECONDS = 86_400.0  # for an answer of an endpoint without a limit
_FEW = 20  # articles that are read without a bar


def remember_endpoint(context: click.Context, option: click.Parameter, url: str | None) -> None:
    """Store the address of an endpoint in the context of the verb.

    :raises BadParameter: if the option is given but empty, for example because a variable is not set
    """
    is_typed = context.get_parameter_source(option.name or "") == ParameterSource.COMMANDLINE
    if is_typed and not (url or "").strip():
        raise click.BadParameter(text("error.no_address"))
    context.meta[_ENDPOINT] = url


def _chosen_endpoint() -> str | None:
    """Return the endpoint to read from; a folder given as option overrides the environment."""
    context = click.get_current_context(silent=True)
    url: str | None = context.meta.get(_ENDPOINT) if context else None
    if context is None or not url:
        return None
    is_typed = {
        name: context.get_parameter_source(name) == ParameterSource.COMMANDLINE
        for name in ("home", "endpoint")
    }
    if all(is_typed.values()):
        raise click.UsageError(text("error.graph_or_endpoint"))
    return None if is_typed["home"] else url


def opened(home: Path, limits: QueryLimits | None = None) -> Store:
    """Open the specified endpoint, or else the published graph.

    :param limits: of each query on the published graph; by default those of the environment
    """
    from ..graph.publish import open_published

    if url := _chosen_endpoint():
        return _endpoint(url, limits)
    build_where_missing(home)
    return open_published(home, limits)


def _endpoint(url: str, limits: QueryLimits | None) -> RemoteStore:
    """Return an endpoint; a time limit that was typed replaces that of the environment."""
    from ..graph.endpoint.remote import RemoteStore, limits_of_environment

    source = click.get_current_context().get_parameter_source("seconds")
    if limits is None or source != ParameterSource.COMMANDLINE:
        return RemoteStore(url)
    seconds = limits.seconds or _UNLIMITED_SECONDS
    return RemoteStore(url, limits=replace(limits_of_environment(), seconds=seconds))


def build_where_missing(home: Path) -> None:
    """Build the graph if none has been published yet, but only in the default folder.

    A folder given by the user without a graph in it is more likely misspelt.
    """
    from ..graph.publish import published

    if home == Path(HOME) and published(home) is None:
        say(text("message.building", home=home))
        built((), home)


def corpus_folders(names: Sequence[str]) -> list[Path]:
    """Find the specified corpora, or the default one.

    :raises BadParameter: if there is no such folder
    """
    from ..errors import CorpusError
    from ..loaders.pipeline.corpus import corpus_folder, default_folder

    try:
        return [corpus_folder(name) for name in names] or [default_folder()]
    except CorpusError as error:
        raise click.BadParameter(error.text(language()), param_hint="--corpus") from error


def built(corpus: Sequence[str], home: Path) -> Built:
    """Build and publish a graph; warnings and progress go to standard error."""
    from ..loaders.faults.report import as_text
    from ..loaders.pipeline.build import build
    from ..loaders.pipeline.corpus import folder_label

    folders = corpus_folders(corpus)
    result = build(
        folders, home, track=_progress, on_wait=lambda process: say(text("message.waiting", process=process))
    )
    click.echo(as_text(result.problems, language()), err=True, nl=False)
    if not corpus:
        say(text("message.built", corpus=folder_label(folders[0]).text(language())))
    return result


def _progress(articles: Iterable[PreparedArticle], total: int) -> Iterable[PreparedArticle]:
    """Show a progress bar on standard error, if many articles are read and it is a terminal."""
    if total < _FEW or not sys.stderr.isatty():
        return articles
    from rich.console import Console
    from rich.progress import track

    return track(articles, description=text("message.reading"), total=total, console=Console(stderr=True))
