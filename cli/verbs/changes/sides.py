"""The graphs that a difference compares, by the names that users give them."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ....errors import TimeLimitError, TooLargeError
from ...language import say, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.differences.graphs import ComparedGraph

_WEB = ("http://", "https://")


@contextmanager
def compared_graphs(before: str, after: str, home: Path) -> Iterator[tuple[ComparedGraph, ComparedGraph]]:
    """Open the graphs that names refer to; what has to be built for it is removed at the end.

    A name is the address of an endpoint, a version in the folder of the graph, a folder (of a graph, of a
    version or of a corpus), `shipped`, or a state of a corpus in git, such as `HEAD~3:corpus`.

    :raises CorpusError: if a name is none of these
    :raises InputError: if a corpus has errors
    :raises UsageError: for the version before the only one
    """
    with TemporaryDirectory(prefix="egovkg-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        try:
            yield _compared_graph(before, home, work / "before"), _compared_graph(after, home, work / "after")
        except (TooLargeError, TimeLimitError):
            say(text("message.more_rows_of_service"))
            raise


def _compared_graph(name: str, home: Path, work: Path) -> ComparedGraph:
    from ....graph.endpoint.remote import RemoteStore
    from ....graph.publish import published
    from ....graph.versions import PREVIOUS, find_version
    from ....queries.differences.graphs import ComparedGraph

    if name.startswith(_WEB):
        return ComparedGraph(name, RemoteStore(name))
    version = find_version(home, name) or published(Path(name))
    if version is not None:
        return ComparedGraph.of_version(version, name if name == version.name else f"{name} ({version.name})")
    if name == PREVIOUS and published(home):
        raise click.UsageError(text("error.no_earlier_version", folder=home))
    return _built_state(name, work)


def _built_state(name: str, work: Path) -> ComparedGraph:
    """Build a folder with a corpus, or a state of one in git."""
    from ....loaders.pipeline.corpus import SHIPPED, corpus_folder
    from ....loaders.states import build_state, extract_revision
    from ....queries.differences.graphs import ComparedGraph

    if name == SHIPPED or Path(name).is_dir():
        folder = corpus_folder(name)
    else:
        folder = extract_revision(name, work / "corpus")
    say(text("message.building_state", name=name))
    return ComparedGraph.of_version(build_state(folder, work.parent / "home"), name)
