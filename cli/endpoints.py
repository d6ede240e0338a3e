"""The verbs that speak with endpoints of others: push, link."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .app import corpora, existing, folder, form, language, local_graph, output, say, verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..graph.endpoint.push_batches import Progress
    from ..loaders.register.proposals import Proposal

_COUNTED = {
    "vi": ("đồ thị", "số bộ ba ở đây", "số bộ ba ở điểm cuối"),
    "en": ("graph", "triples here", "triples at the endpoint"),
}
_PROPOSED = {
    "vi": ("thực thể", "tên", "địa chỉ", "độ chắc", "vì sao"),
    "en": ("entity", "label", "address", "certainty", "why"),
}
_MERGED = {"vi": ("thực thể", "địa chỉ", "tệp"), "en": ("entity", "address", "file")}


@verb("push", "egovkg push --endpoint http://localhost:7878/query")
@click.option("--endpoint", metavar="URL", required=True, help="Address of its query service.")
@click.option(
    "--by",
    type=click.Choice(["auto", "gsp", "update"]),
    default="auto",
    show_default=True,
    help="Graph Store Protocol, SPARQL Update, or the first that it takes.",
)
@click.option(
    "--write-url", metavar="URL", help="Where it takes triples; by default found from the query address."
)
@click.option(
    "--replace",
    is_flag=True,
    help="Replace another version of the graph that is there; graphs of other people are never touched.",
)
@form
@output
@language
@local_graph
def push_verb(
    endpoint: str,
    by: str,
    write_url: str | None,
    replace: bool,
    form: str,
    target: str | None,
    lang: str,
    home: Path,
) -> None:
    """Load the published graph at a SPARQL endpoint and count it there; a push that was cut off goes on."""
    from ..graph.endpoint.push_batches import push
    from ..graph.endpoint.remote import RemoteStore
    from ..graph.publish import published
    from ..viz.tables import Grid, deliver, render

    version = published(home)
    if version is None:
        raise click.UsageError(f'nothing published in {home} — run "egovkg build" first')
    with _bar() as progress:
        done = push(
            version,
            RemoteStore(endpoint, as_is=True),
            by=by,
            write=write_url,
            replace=replace,
            progress=progress,
        )
    rows = [(one.graph, one.here, one.there) for one in done.counts]
    deliver(render(Grid(_COUNTED[lang], ("graph", "here", "there"), rows), form), target)
    for graph in done.removed:
        say(f"removed: {graph}")
    total = sum(one.there for one in done.counts)
    kept = f", {done.kept} were there" if done.kept else ""
    say(f"version {done.version}: {done.sent} triples sent{kept}; counted there: {total}, as here")


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """Show a bar on standard error; nothing without a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task("pushing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@verb("link", "egovkg link wikidata -o proposals.yaml")
@click.argument("source", type=click.Choice(["wikidata"]))
@click.option(
    "--endpoint", metavar="URL", help="Ask this endpoint  [default: https://query.wikidata.org/sparql]"
)
@click.option("--accept", "accepted", type=existing, metavar="FILE", help="Merge what a person accepted.")
@click.option(
    "-o",
    "--output",
    "target",
    type=folder,
    default=Path("wikidata-proposals.yaml"),
    show_default=True,
    help="The file of proposals to write; answers already given in it are kept.",
)
@corpora
@form
@language
def link_verb(
    source: str,
    endpoint: str | None,
    accepted: Path | None,
    target: Path,
    corpus: tuple[str, ...],
    form: str,
    lang: str,
) -> None:
    """Propose Wikidata items for provinces and ministries; the register changes only by --accept."""
    from ..viz.tables import Grid, render

    folders = _folders(corpus)
    if accepted is not None:
        from ..loaders.register.proposals import accept, read_proposals

        if not corpus:  # nobody changes the register inside the package without saying so
            what = "--accept changes a register"
            raise click.UsageError(f"{what}: name its folder by --corpus DIR, or --corpus shipped")
        merged = accept(read_proposals(_text(accepted), str(accepted)), folders)
        rows: list[tuple[str, ...]] = [(entity, iri, str(path)) for entity, iri, path in merged]
        click.echo(render(Grid(_MERGED[lang], ("entity", "same_as", "file"), rows), form), nl=False)
        say(f"{len(rows)} addresses merged")
        return
    proposals = _proposed(endpoint, folders, target)
    rows = [(one.entity, one.label, one.same_as, one.certainty, one.why) for one in proposals]
    keys = ("entity", "label", "same_as", "certainty", "why")
    click.echo(render(Grid(_PROPOSED[lang], keys, rows), form), nl=False)
    merge = f"egovkg link {source} --accept {target} --corpus {' --corpus '.join(corpus) or 'DIR'}"
    say(f"{len(rows)} proposals in {target}: read them, then {merge}")


def _folders(corpus: Sequence[str]) -> list[Path]:
    from ..loaders.pipeline.corpus import corpus_folder

    try:
        return [corpus_folder(name) for name in corpus or ("shipped",)]
    except FileNotFoundError as error:
        raise click.BadParameter(str(error), param_hint="--corpus") from error


def _text(path: Path) -> str:
    from ..errors import ProposalError

    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProposalError(f"{path}: byte {error.start} is not UTF-8 — re-save as UTF-8") from error


def _proposed(endpoint: str | None, folders: Sequence[Path], target: Path) -> Sequence[Proposal]:
    """Ask, match and write the file of proposals."""
    from datetime import datetime

    from ..files import write_atomically
    from ..graph.endpoint.remote import RemoteStore, limits_of_environment
    from ..graph.endpoint.transport import Transport
    from ..loaders.pipeline.corpus import load_lexicon
    from ..loaders.register.proposals import as_yaml, kept_answers, read_proposals
    from ..loaders.register.wikidata import ENDPOINT, items, propose

    # user and password of the environment are for one's own endpoint, not for this one
    transport = Transport(endpoint or ENDPOINT, limits_of_environment(), environment={})
    store = RemoteStore(transport.url, as_is=True, transport=transport)
    entities = load_lexicon(folders).lexicon.register.entities
    old = read_proposals(_text(target), str(target)) if target.is_file() else ()
    proposals = kept_answers(propose(items(store), entities), old)
    today = datetime.now(UTC).date()
    write_atomically(target, as_yaml(proposals, store.url, today).encode(), str(target))
    return proposals
