"""The command line: each verb is one call of the library."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import ArticleError, QueryError
from . import dependencies as cli_analysis
from . import endpoints as cli_remote
from . import export as cli_export
from . import planning as cli_planning
from . import serve as cli_serve
from . import site as cli_site
from .app import (
    built,
    corpora,
    existing,
    folder,
    form,
    graph,
    language,
    local_graph,
    main,
    opened,
    output,
    publish_in,
    say,
    verb,
)
from .draw import drawn_explorer

__all__ = ["cli_analysis", "cli_export", "cli_planning", "cli_remote", "cli_serve", "cli_site", "main"]

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..graph.store import Store, Table


@verb("build", "egovkg build")
@corpora
@publish_in
def build_verb(corpus: tuple[str, ...], home: Path) -> None:
    """Read annotated articles, check them and publish the graph."""
    result = built(corpus, home)
    state = "published" if result.changed else "unchanged:"
    click.echo(f"{state} version {result.version.name} in {home}")
    click.echo(f"articles: {result.read + result.reused} ({result.read} read, {result.reused} unchanged)")
    click.echo(f"claims: {result.claims}, figures: {result.figures}")
    click.echo(f"accounting: {result.account}")


@verb("check", "egovkg check")
@click.argument("paths", nargs=-1, type=existing)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How to write the problems.",
)
@click.option(
    "--originals",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the original texts (<article>.txt): checks hashes and wording against them.",
)
@output
def check_verb(paths: tuple[Path, ...], form: str, originals: Path | None, target: str | None) -> None:
    """Report every problem of articles, registers, folders; without PATH of ./corpus, or the shipped one."""
    from ..loaders.pipeline.checking import check
    from ..loaders.pipeline.corpus import default_folder, named
    from ..loaders.pipeline.report import as_json, as_sarif, as_text, summary
    from ..problems import errors
    from ..viz.tables import deliver

    problems = check(paths, originals=originals)
    deliver({"text": as_text, "json": as_json, "sarif": as_sarif}[form](problems), target)
    if not paths:
        say(f"checked: {named(default_folder())}")
    say(summary(problems))
    if errors(problems):
        sys.exit(1)


_COUNTRY = "vn:viet-nam"


@verb("new", "egovkg new minh-hoa-2021 -o my-corpus")
@click.argument("article")
@click.option(
    "-o",
    "--output",
    "folder",
    type=folder,
    default=Path("corpus"),
    show_default=True,
    help="Corpus folder to write in.",
)
@click.option(
    "--prefix", help="Prefix of its register; by default the initials of the id, where they are free."
)
@click.option(
    "--scope",
    help=f"The administrative unit that the article speaks of.  [default: {_COUNTRY}, the whole country]",
)
@click.option("--published", metavar="YYYY-MM-DD", help="Day of publication.  [default: today]")
def new_verb(
    article: str, folder: Path, prefix: str | None, scope: str | None, published: str | None
) -> None:
    """Start a new article with a small text that passes every check."""
    from ..loaders.pipeline.scaffold import new_article

    today = date.today().isoformat()
    written = new_article(
        article, folder, scope=scope or _COUNTRY, published=published or today, prefix=prefix
    )
    for path in written:
        click.echo(path)
    if published is None:
        say(f"egovkg: published: {today} is today's date — write the day the article appeared (--published)")
    if scope is None:
        say(
            f"egovkg: scope: {_COUNTRY} is the whole country — write the unit the article speaks of (--scope)"
        )


@verb("fmt", "egovkg fmt --check")
@click.argument("paths", nargs=-1, type=existing)
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 when a file would change.")
def fmt_verb(paths: tuple[Path, ...], only_check: bool) -> None:
    """Lay out articles alike: NFC, LF line ends, aligned columns."""
    from ..loaders.article.formatting import format_file, would_change
    from ..loaders.pipeline.checking import articles_of
    from ..loaders.pipeline.corpus import default_folder, named, shown

    work = would_change if only_check else format_file
    changed = [shown(path) for path in articles_of(paths) if work(path, shown(path))]
    if not paths:
        say(f"{'checked' if only_check else 'formatted'}: {named(default_folder())}")
    for name in changed:
        click.echo(f"{'would change' if only_check else 'formatted'}: {name}")
    if changed and only_check:
        sys.exit(1)


@verb("ask", "egovkg ask")
@click.argument("question", required=False)
@click.option(
    "-p",
    "--param",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the question; may be repeated.",
)
@form
@output
@language
@graph
def ask_verb(
    question: str | None, given: tuple[str, ...], form: str, target: str | None, lang: str, home: Path
) -> None:
    """Ask a named question; without one, list them by user group."""
    from ..queries.questions.named import ask
    from ..viz.tables import Grid, deliver, render
    from .question_list import question_grid, question_text

    if question is None:
        listed = question_text(lang) if form == "table" else render(question_grid(lang), form)
        deliver(listed, target)
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
    names = [name.strip() for name, _, _ in pairs]
    if twice := {name for name in names if names.count(name) > 1}:
        raise click.BadParameter(f'"{min(twice)}" is given twice', param_hint="-p")
    return {name: value for name, (_, _, value) in zip(names, pairs, strict=True)}


@verb("sparql", "egovkg sparql 'SELECT (COUNT(*) AS ?claims) { ?c a egov:Claim }'")
@click.argument("query")
@form
@output
@graph
def sparql_verb(query: str, form: str, target: str | None, home: Path) -> None:
    """Run a SPARQL query: its text, a file, or - for standard input. The project's prefixes are there."""
    from ..files import json_text
    from ..queries.facts.values import value_of
    from ..queries.questions.free_sparql import form_of
    from ..viz.tables import Grid, deliver, render

    text = _query_text(query)
    table = _answered(opened(home), text)
    rows = [tuple(value_of(term) for term in row) for row in table.rows]
    if form == "json" and form_of(text) == "ASK":
        deliver(json_text(str(rows[0][0]).lower() == "true"), target)
        return
    deliver(render(Grid(table.variables, table.variables, rows), form), target)
    if not rows:
        say("egovkg: no rows")


def _answered(store: Store, text: str) -> Table:
    """Answer a query; places in a complaint are those of the user's text, not of what is put before it."""
    from ..graph.names import with_prefixes
    from ..graph.query_guard import refuse_unknown_keyword
    from ..queries.questions.free_sparql import table_of

    refuse_unknown_keyword(text)
    try:
        return table_of(store, text)
    except QueryError as error:
        before = with_prefixes(text).count("\n") - text.count("\n")
        place = re.compile(r"error at (\d+):")
        told = place.sub(lambda match: f"error at {int(match[1]) - before}:", str(error), count=1)
        raise QueryError(told) from error


_WITHOUT_BRACES = re.compile(r"\s*(describe|prefix|base)\s", re.IGNORECASE)


def _query_text(query: str) -> str:
    if "{" in query or _WITHOUT_BRACES.match(query):
        return query
    if query != "-" and not Path(query).is_file():
        what = f'"{query}" is no query (it has no braces) and no file'
        raise click.BadParameter(f"{what} — write SELECT … {{ … }}, a file name, or -", param_hint="QUERY")
    data = sys.stdin.buffer.read() if query == "-" else Path(query).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{query}: byte {error.start} is not UTF-8 — re-save as UTF-8") from error


@verb("facts", "egovkg facts --article tuyen-quang-2020 --format jsonl")
@click.option("--article", metavar="ID", help="Only the facts of one article.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "jsonl"]),
    default="table",
    show_default=True,
    help="How to write the result; jsonl is the stable contract.",
)
@output
@language
@graph
def facts_verb(article: str | None, form: str, target: str | None, lang: str, home: Path) -> None:
    """List every claim and figure, one row each, with its sentence."""
    from ..queries.facts.facts import Fact, facts
    from ..viz.tables import Grid, deliver, render

    store = opened(home)
    if article is not None:
        _known_article(store, article)
    objects = [fact.as_dict() for fact in facts(store, article, lang)]
    keys = _FACT_COLUMNS if form == "table" else tuple(field.name for field in fields(Fact))
    deliver(render(Grid(keys, keys, [[one[key] for key in keys] for one in objects]), form), target)


_FACT_COLUMNS = (
    "line",
    "subject_label",
    "predicate",
    "object_label",
    "text",
    "comparator",
    "value",
    "unit",
    "polarity",
    "status",
    "evidence",
)


def _known_article(store: Store, article: str) -> None:
    from ..graph.names import with_prefixes
    from ..loaders.text.suggest import nearest

    rows = store.select(with_prefixes("SELECT ?id { ?article a egov:Article ; egov:curie ?id }")).rows
    known = sorted(getattr(row[0], "value", "") for row in rows)
    if article not in known:
        raise ArticleError(article, tuple(dict.fromkeys((*nearest(article, known, cutoff=50), *known))))


@verb("show", 'egovkg show "lgsp tuyen quang"')
@click.argument("entity")
@form
@output
@language
@graph
def show_verb(entity: str, form: str, target: str | None, lang: str, home: Path) -> None:
    """Print all that is known of an entity, each statement with its sentence, article, date and status."""
    from ..files import json_text
    from ..queries.facts.entities import resolve
    from ..queries.facts.show import show, statement_row
    from ..viz.tables import Grid, deliver, render
    from .entity_text import portrait_text

    store = opened(home)
    portrait = show(store, resolve(store, entity, lang), lang)
    if form == "table":
        deliver(portrait_text(portrait, lang), target)
    elif form == "json":
        deliver(json_text(portrait.as_dict()), target)
    else:
        rows = [statement_row(one) for one in portrait.statements]
        keys = list(rows[0]) if rows else ["id"]
        deliver(render(Grid(keys, keys, [[row[key] for key in keys] for row in rows]), form), target)


@verb("explore", "egovkg explore")
@corpora
@language
@local_graph
def explore_verb(corpus: tuple[str, ...], lang: str, home: Path) -> None:
    """Build what changed, write the explorer, and open it in the browser."""
    result = built(corpus, home)
    page = drawn_explorer(home / "explorer.html", lang, result.version.open())
    address = page.resolve().as_uri()
    click.echo(address)
    if not os.environ.get("EGOVKG_NO_BROWSER"):
        import webbrowser

        if not webbrowser.open(address):
            say("egovkg: no browser could be opened — open the address above yourself")
