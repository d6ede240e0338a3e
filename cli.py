"""The command line: each verb is one call of the library."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import __version__
from .errors import EgovError, InputError, InternalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .graph.store import OxigraphStore
    from .loaders.build import Built
    from .loaders.prepare import Prepared

HOME = ".egovkg"
EXAMPLES = {
    "build": "egovkg build",
    "check": "egovkg check",
    "new": "egovkg new minh-hoa-2021 -o /tmp/my-corpus",
    "fmt": "egovkg fmt --check",
    "ask": "egovkg ask",
    "sparql": "egovkg sparql 'SELECT (COUNT(*) AS ?claims) { ?c a egov:Claim }'",
    "facts": "egovkg facts --article tuyen-quang-2020 --format jsonl",
    "show": 'egovkg show "lgsp tuyen quang"',
    "draw": "egovkg draw explorer -o explorer.html",
    "explore": "egovkg explore",
}


def say(text: str) -> None:
    """Talk to the user: on standard error, so that results stay clean."""
    click.echo(text, err=True)


class Verbs(click.Group):
    """The verbs; an error of ours is one clear line and exit status 1, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb."""
        try:
            return super().invoke(ctx)
        except InternalError:
            raise
        except InputError as error:
            from .loaders.report import as_text, summary

            say(as_text(error.problems) + summary(error.problems))
        except EgovError as error:
            say(f"egovkg: {error}")
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            say(f"egovkg: {error.filename or ''}: {error.strerror or error}".replace(": :", ":"))
        sys.exit(1)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Find a verb; an unknown one gets the nearest name."""
        command = super().get_command(ctx, name)
        if command is None:
            from .loaders.suggest import did_you_mean

            ctx.fail(f'no verb "{name}" — {did_you_mean(name, self.commands, "see egovkg --help")}')
        return command


def _option(*names: str, **settings: Any) -> Callable[[Any], Any]:  # click types its decorators so
    return click.option(*names, **settings)


form = _option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to write the result.",
)
output = _option(
    "-o", "--output", "target", metavar="FILE", help="Write the result to a file (- is standard output)."
)
language = _option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
    help="Language of labels and sentences.",
)
graph = _option(
    "--graph",
    "home",
    type=click.Path(path_type=Path),
    default=lambda: Path(os.environ.get("EGOVKG_HOME", HOME)),
    show_default=f"$EGOVKG_HOME or ./{HOME}",
    help="Folder of the published graph.",
)


def verb(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Register a verb; its help ends with an example that the tests run."""
    return main.command(name, epilog=f"\b\nExample:\n  {EXAMPLES[name]}")


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="egovkg")
def main() -> None:
    """egovkg: a knowledge graph of Vietnamese e-government; every fact opens the sentence that says it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


@contextmanager
def progress() -> Iterator[Callable[[Iterable[Prepared], int], Iterable[Prepared]]]:
    """Show a bar on standard error while many articles are read; nothing for a few, or without a terminal."""

    def track(items: Iterable[Prepared], total: int) -> Iterable[Prepared]:
        if total < 20 or not sys.stderr.isatty():
            return items
        from rich.console import Console
        from rich.progress import track as bar

        return bar(items, description="reading articles", total=total, console=Console(stderr=True))

    yield track


def built(corpus: Sequence[str], home: Path) -> Built:
    """Build and publish, with a progress bar and the account on standard error."""
    from .loaders.build import build as run
    from .loaders.corpus import corpus_folder
    from .loaders.report import as_text

    folders = [corpus_folder(name) for name in corpus or ("shipped",)]
    with progress() as track:
        result = run(folders, home, track=track)
    click.echo(as_text(result.problems), err=True, nl=False)
    return result


def opened(home: Path) -> OxigraphStore:
    """Open the published graph; build the shipped corpus first where nothing was published yet."""
    from .graph.publish import open_published, published

    if published(home) is None:
        say(f"egovkg: nothing published in {home} yet, building the shipped corpus …")
        built((), home)
    return open_published(home)


@verb("build")
@_option(
    "--corpus",
    "corpus",
    multiple=True,
    metavar="DIR",
    help="Folder with articles and register; may be repeated; `shipped` is the one inside the package.",
)
@_option(
    "-o",
    "--output",
    "home",
    type=click.Path(path_type=Path),
    default=lambda: Path(os.environ.get("EGOVKG_HOME", HOME)),
    show_default=f"$EGOVKG_HOME or ./{HOME}",
    help="Folder to publish in.",
)
def build_verb(corpus: tuple[str, ...], home: Path) -> None:
    """Read annotated articles, check them and publish the graph."""
    result = built(corpus, home)
    state = "published" if result.changed else "unchanged:"
    click.echo(f"{state} version {result.version.name} in {home}")
    click.echo(f"articles: {result.read + result.reused} ({result.read} read, {result.reused} unchanged)")
    click.echo(f"claims: {result.claims}, figures: {result.figures}")
    click.echo(f"accounting: {result.account}")


@verb("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How to write the problems.",
)
@_option(
    "--originals",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the original texts (<article>.txt): checks hashes and wording against them.",
)
@output
def check_verb(paths: tuple[Path, ...], form: str, originals: Path | None, target: str | None) -> None:
    """Report every problem of articles, registers and folders (the shipped corpus without PATH)."""
    from .loaders.checking import check
    from .loaders.problems import errors
    from .loaders.report import as_json, as_sarif, as_text, summary
    from .output import deliver

    problems = check(paths, originals=originals)
    deliver({"text": as_text, "json": as_json, "sarif": as_sarif}[form](problems), target)
    say(summary(problems))
    if errors(problems):
        sys.exit(1)


@verb("new")
@click.argument("article")
@_option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("corpus"),
    show_default=True,
    help="Corpus folder to write in.",
)
@_option("--prefix", help="Prefix of its register; by default the initials of the id.")
@_option(
    "--scope",
    default="vn:viet-nam",
    show_default=True,
    help="The administrative unit that the article speaks of.",
)
@_option("--published", default="2020-01-01", show_default=True, help="Day of publication.")
def new_verb(article: str, folder: Path, prefix: str | None, scope: str, published: str) -> None:
    """Start a new article with a small text that passes every check."""
    from .loaders.scaffold import new_article, prefix_of

    for path in new_article(
        article, folder, prefix=prefix or prefix_of(article), scope=scope, published=published
    ):
        click.echo(path)


@verb("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 when a file would change.")
def fmt_verb(paths: tuple[Path, ...], only_check: bool) -> None:
    """Lay out articles alike: NFC, LF line ends, aligned columns."""
    from .loaders.checking import articles_of
    from .loaders.corpus import shown
    from .loaders.formatting import format_file, would_change

    work = would_change if only_check else format_file
    changed = [shown(path) for path in articles_of(paths) if work(path, shown(path))]
    for name in changed:
        click.echo(f"{'would change' if only_check else 'formatted'}: {name}")
    if changed and only_check:
        sys.exit(1)


@verb("ask")
@click.argument("question", required=False)
@_option("-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the question; may be repeated.")
@form
@output
@language
@graph
def ask_verb(question: str | None, given: tuple[str, ...], form: str, target: str | None, lang: str, home: Path) -> None:
    """Ask a named question; without one, list them by user group."""
    from .output import Grid, deliver, render
    from .queries.named import ask

    if question is None:
        deliver(render(_questions(lang), form), target)
        return
    answer = ask(opened(home), question, _pairs(given), lang)
    grid = Grid(answer.labels, [column.name for column in answer.columns], answer.rows)
    if form == "table":
        click.echo(answer.question.asks[lang], err=True)
    deliver(render(grid, form) if answer.rows or form != "table" else "", target)
    if answer.message:
        say(answer.message)


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    for name, sign, _ in pairs:
        if not sign:
            raise click.BadParameter(f'"{name}" — write -p name=value', param_hint="-p")
    return {name.strip(): value for name, _, value in pairs}


def _questions(lang: str) -> Grid:
    from .output import Grid
    from .queries.header import GROUPS
    from .queries.named import questions

    words = {
        "vi": ("cho ai", "tên", "câu hỏi", "tham số"),
        "en": ("for", "name", "question", "parameters"),
    }
    rows = [
        (group, one.name, one.asks[lang], ", ".join(_parameter(p.name, p.default) for p in one.parameters))
        for group in GROUPS
        for one in questions()
        if group == one.groups[0]
    ]
    return Grid(words[lang], ("group", "name", "question", "parameters"), rows)


def _parameter(name: str, default: str | None) -> str:
    return name if default is None else f"[{name}={default}]"


@verb("sparql")
@click.argument("query")
@form
@output
@graph
def sparql_verb(query: str, form: str, target: str | None, home: Path) -> None:
    """Run a SPARQL query: its text, a file, or - for standard input. The project's prefixes are there."""
    from .output import Grid, deliver, render
    from .queries.sparql import table_of
    from .queries.values import value_of

    text = sys.stdin.read() if query == "-" else query
    path = Path(query) if "{" not in query and query != "-" else None
    if path is not None:
        text = path.read_text(encoding="utf-8")
    table = table_of(opened(home), text)
    rows = [[value_of(term) for term in row] for row in table.rows]
    deliver(render(Grid(table.variables, table.variables, rows), form), target)


@verb("facts")
@_option("--article", metavar="ID", help="Only the facts of one article.")
@_option("--format", "form", type=click.Choice(["table", "csv", "json", "jsonl"]), default="table", show_default=True, help="How to write the result; jsonl is the stable contract.")
@output
@language
@graph
def facts_verb(article: str | None, form: str, target: str | None, lang: str, home: Path) -> None:
    """List every claim and figure, one row each, with its sentence."""
    from .output import Grid, deliver, render
    from .queries.facts import Fact, facts

    objects = [fact.as_dict() for fact in facts(opened(home), article, lang)]
    keys = tuple(field.name for field in fields(Fact)) if form != "table" else ("line", "subject_label", "predicate", "object_label", "text", "value", "unit", "status", "evidence")
    deliver(render(Grid(keys, keys, [[one[key] for key in keys] for one in objects]), form), target)


@verb("show")
@click.argument("entity")
@form
@output
@language
@graph
def show_verb(entity: str, form: str, target: str | None, lang: str, home: Path) -> None:
    """Print all that is known of an entity, each statement with its sentence, article, date and status."""
    from .output import deliver
    from .queries.entities import resolve
    from .queries.show import show
    from .queries.portrait import render_portrait

    store = opened(home)
    deliver(render_portrait(show(store, resolve(store, entity, lang), lang), form), target)


@verb("draw")
@click.argument("view", type=click.Choice(["explorer"]))
@_option("-o", "--output", "target", type=click.Path(path_type=Path), default=Path("explorer.html"), show_default=True, help="The HTML file to write.")
@language
@graph
def draw_verb(view: str, target: Path, lang: str, home: Path) -> None:
    """Draw a view as one HTML file that works offline."""
    click.echo(_draw(target, lang, opened(home)))


def _draw(target: Path, lang: str, store: OxigraphStore) -> Path:
    from .queries.picture import picture
    from .viz.explorer import write

    write(picture(store), target, lang=lang)
    return target


@verb("explore")
@_option("--corpus", "corpus", multiple=True, metavar="DIR", help="Corpus folders, as for build.")
@language
@graph
def explore_verb(corpus: tuple[str, ...], lang: str, home: Path) -> None:
    """Build what changed, write the explorer, and open it in the browser."""
    result = built(corpus, home)
    page = _draw(home / "explorer.html", lang, result.version.open())
    address = page.resolve().as_uri()
    click.echo(address)
    if not os.environ.get("EGOVKG_NO_BROWSER"):
        import webbrowser

        if not webbrowser.open(address):
            say("egovkg: no browser could be opened — open the address above yourself")
