"""The answer of `impact` about a change that is not published: the graph beside a plateau of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ....viz.shared.forms import HTML, ROWS
from ...language import text
from ...opening import opened
from ...options import existing, grouped
from .difference_output import write_difference

if TYPE_CHECKING:
    from ....queries.dependencies.network.choice import EdgeChoice
    from ....queries.dependencies.network.scope import Scope
    from ....queries.differences.graphs import ComparedGraph
    from ...delivery import Output


@dataclass(frozen=True, slots=True)
class WhatIfOptions:
    """The change that is asked about.

    :param added: files that are not published: articles, registers, workbooks, corpus folders
    :param removed: names of the entities that are taken out
    """

    added: tuple[Path, ...]
    removed: tuple[str, ...]

    @property
    def is_asked(self) -> bool:
        """Whether a change is asked about at all."""
        return bool(self.added or self.removed)


what_if_options = grouped(
    "what_if",
    WhatIfOptions,
    click.option("--with", "added", multiple=True, type=existing, metavar="FILE"),
    click.option("--without", "removed", multiple=True, metavar="ENTITY"),
)


@dataclass(frozen=True, slots=True)
class ImpactChoice:
    """What else the verb `impact` was asked: the entities that fail, the edges, and the systems listed."""

    entities: tuple[str, ...]
    choice: EdgeChoice
    scope: Scope


def write_what_if(change: WhatIfOptions, asked: ImpactChoice, output: Output, home: Path) -> None:
    """Compare the published graph with a plateau that the change gives, and write the difference.

    :raises UsageError: if the graph is at an endpoint, or the form is a drawing
    """
    from ....graph.store import OxigraphStore
    from ....queries.differences.what_if import WhatIfQuestion, ask_what_if

    output.require((*ROWS, HTML))
    if not isinstance(opened(home), OxigraphStore):
        raise click.UsageError(text("error.what_if_needs_a_graph"))
    question = WhatIfQuestion(asked.entities, change.removed, asked.choice, asked.scope)
    as_is = _as_is(home)
    write_difference(ask_what_if(as_is, _to_be(as_is, change, asked.choice.lang), question), output)


def _as_is(home: Path) -> ComparedGraph:
    from ....graph.publish import no_graph_error, published
    from ....queries.differences.graphs import ComparedGraph

    version = published(home)
    if version is None:
        raise no_graph_error(home)
    return ComparedGraph.of_version(version)


def _to_be(as_is: ComparedGraph, change: WhatIfOptions, lang: str) -> ComparedGraph:
    from ....loaders.states import lay_over, read_unpublished
    from ....queries.differences.graphs import ComparedGraph
    from ....queries.facts.entities import resolve

    addresses = [resolve(as_is.store, name, lang) for name in change.removed]
    assert as_is.version  # it was published
    with TemporaryDirectory(prefix="egovkg-", ignore_cleanup_errors=True) as folder:
        places = [Path(folder) / str(number) for number in range(len(change.added))]
        drafts = [read_unpublished(*pair) for pair in zip(change.added, places, strict=True)]
    plateau = lay_over(as_is.version, drafts, addresses)
    digests = {**(as_is.article_digests or {}), **dict.fromkeys(plateau.articles, "")}
    names = [*(f"+ {path.name}" for path in change.added), *(f"− {name}" for name in change.removed)]
    return ComparedGraph(f"{as_is.name} {' '.join(names)}", plateau.store, article_digests=digests)
