"""The verbs that use remote endpoints: push, link."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...viz.shared.forms import ROWS, YAML
from ..app import verb
from ..delivery import Output, chosen_form, output_in
from ..language import counted, language, say, text
from ..opening import corpus_folders
from ..options import corpora, existing, folder, grouped, language_option, local_graph, printed_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...graph.endpoint.push_batches import Progress
    from ...loaders.register.proposals import Proposal

_WIKIDATA = "https://query.wikidata.org/sparql"


@dataclass(frozen=True, slots=True)
class PushOptions:
    """Where and how a graph is loaded.

    :param by: `gsp` for the Graph Store Protocol, `update` for SPARQL Update, `auto` for whichever is
        supported
    :param write_url: address to which triples are sent; `None` to determine it automatically
    :param replace: whether an existing version of the graph at the endpoint is replaced
    """

    endpoint: str
    by: str
    write_url: str | None
    replace: bool


push_options = grouped(
    "push_options",
    PushOptions,
    click.option("--endpoint", metavar="URL", required=True),
    click.option("--by", type=click.Choice(["auto", "gsp", "update"]), default="auto", show_default=True),
    click.option("--write-url", metavar="URL"),
    click.option("--replace", is_flag=True),
)


@verb("push", "egovkg push --endpoint http://localhost:7878/query")
@push_options
@output_in(*ROWS)
@local_graph
def push_verb(push_options: PushOptions, output: Output, home: Path) -> None:
    """Load the published graph at a SPARQL endpoint and count it there."""
    from ...graph.endpoint.push_batches import push
    from ...graph.endpoint.remote import RemoteStore
    from ...graph.publish import no_graph_error, published
    from ...viz.tables import Grid

    version = published(home)
    if version is None:
        raise no_graph_error(home)
    with _progress_bar() as progress:
        pushed = push(
            version,
            RemoteStore(push_options.endpoint, as_is=True),
            by=push_options.by,
            write=push_options.write_url,
            replace=push_options.replace,
            progress=progress,
        )
    rows = [(size.graph, size.published, size.remote) for size in pushed.sizes]
    headings = [text(f"heading.{name}") for name in ("graph", "here", "there")]
    output.write_rows(Grid(headings, ("graph", "here", "there"), rows))
    for graph in pushed.removed:
        say(text("message.removed", graph=graph))
    total = sum(size.remote for size in pushed.sizes)
    key = "message.pushed_rest" if pushed.sent_before else "message.pushed"
    say(text(key, version=pushed.version, sent=pushed.sent, present=pushed.sent_before, total=total))


@contextmanager
def _progress_bar() -> Iterator[Progress | None]:
    """Show a progress bar on standard error, if it is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task(text("message.pushing"), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """Which entities are linked to which external items, and the files used.

    :param source: the external data set whose items are proposed
    :param endpoint: address of the endpoint to use instead of the default one of the source
    :param accepted: file of proposals with the decisions of a person
    :param target: file of proposals to write
    """

    source: str
    endpoint: str | None
    accepted: Path | None
    target: Path
    corpus: tuple[str, ...]


link_options = grouped(
    "link",
    LinkOptions,
    click.argument("source", type=click.Choice(["wikidata"])),
    click.option("--endpoint", metavar="URL", show_default=_WIKIDATA),
    click.option("--accept", "accepted", type=existing, metavar="FILE"),
    click.option(
        "-o",
        "--output",
        "target",
        metavar="FILE",
        type=folder,
        default=Path("wikidata-proposals.yaml"),
        show_default=True,
    ),
    corpora,
)


@verb("link", "egovkg link wikidata -o proposals.yaml")
@link_options
@printed_form
@language_option
def link_verb(link: LinkOptions, form: str, lang: str) -> None:
    """Propose Wikidata items for provinces and ministries; the register changes only by --accept."""
    output = Output(chosen_form(ROWS, form, None), None, lang)
    chosen_form((YAML,), None, str(link.target))  # refuses any other ending
    if link.accepted is None:
        _propose(link, output)
    else:
        _merge(link, link.accepted, output)


def _merge(link: LinkOptions, accepted: Path, output: Output) -> None:
    """Write the accepted proposals into the registers."""
    from ...loaders.register.proposals import read_proposals_file
    from ...loaders.register.same_as import accept
    from ...viz.tables import Grid

    if not link.corpus:  # nobody changes the register inside the package without saying so
        raise click.UsageError(text("error.accept_needs_corpus"))
    folders = corpus_folders(link.corpus)
    merged = accept(read_proposals_file(accepted), folders)
    rows = [(entity, iri, str(path)) for entity, iri, path in merged]
    headings = [text(f"heading.{name}") for name in ("entity", "address", "file")]
    output.write_rows(Grid(headings, ("entity", "same_as", "file"), rows))
    say(counted("message.merged", len(rows)))


def _propose(link: LinkOptions, output: Output) -> None:
    """Write the file of proposals, and print them."""
    from ...viz.tables import Grid

    folders = corpus_folders(link.corpus or ("shipped",))
    proposals = _written_proposals(link.endpoint, folders, link.target)
    keys = ("entity", "label", "same_as", "certainty", "why")
    rows = [
        (item.entity, item.label, item.same_as, item.certainty.value, item.why(output.lang))
        for item in proposals
    ]
    headings = [text(f"heading.{name}") for name in ("entity", "label", "address", "certainty", "why")]
    output.write_rows(Grid(headings, keys, rows))
    corpora_named = " --corpus ".join(link.corpus) or "DIR"
    command = f"egovkg link {link.source} --accept {link.target} --corpus {corpora_named}"
    say(counted("message.proposals", len(rows), file=link.target, command=command))


def _written_proposals(endpoint: str | None, folders: Sequence[Path], target: Path) -> Sequence[Proposal]:
    """Query the endpoint and write the file of proposals; decisions already in the file are kept."""
    from datetime import datetime

    from ...files import write_atomically
    from ...graph.endpoint.remote import RemoteStore, limits_of_environment
    from ...graph.endpoint.transport import Transport
    from ...loaders.pipeline.linking import propose_links
    from ...loaders.register.proposals import as_yaml, read_proposals_file
    from ...loaders.register.wikidata import ENDPOINT

    # user and password of the environment are for one's own endpoint, not for this one
    transport = Transport(endpoint or ENDPOINT, limits_of_environment(), environment={})
    store = RemoteStore(transport.url, as_is=True, transport=transport)
    answered = read_proposals_file(target) if target.is_file() else ()
    proposals = propose_links(store, folders, answered)
    today = datetime.now(UTC).date()
    write_atomically(target, as_yaml(proposals, store.url, today, language()).encode(), str(target))
    return proposals
