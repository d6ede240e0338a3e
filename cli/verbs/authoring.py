"""The verbs with which authors start: new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from ..app import verb
from ..language import say, text
from ..options import grouped, output_folder

_COUNTRY = "vn:viet-nam"


@dataclass(frozen=True)
class NewOptions:
    """What is to be written: an article with its data, or the register of a province."""

    corpus: Path
    prefix: str | None
    scope: str | None
    published: str | None
    province: str | None


@verb("new", "egovkg new minh-hoa-2021 -o my-corpus")
@click.argument("article", required=False)
@grouped(
    "options",
    NewOptions,
    click.option(
        "-o",
        "--output",
        "corpus",
        type=output_folder,
        default=Path("corpus"),
        show_default=True,
        metavar="DIR",
    ),
    click.option("--prefix", metavar="PREFIX"),
    click.option("--scope", metavar="UNIT", show_default=_COUNTRY),
    click.option("--published", metavar="YYYY-MM-DD"),
    click.option("--province", metavar="PROVINCE"),
)
def new_verb(article: str | None, options: NewOptions) -> None:
    """Start an article with a small text that passes every check, or write the cast of a province."""
    if options.province is not None:
        if article or options.scope or options.published:
            raise click.UsageError(text("error.cast_alone"))
        _write_cast(options.province, options)
    elif article is None:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    else:
        _write_article(article, options)


def _write_article(article: str, options: NewOptions) -> None:
    from ...loaders.pipeline.scaffold import ArticleDraft, new_article

    today = date.today().isoformat()
    scope, published = options.scope or _COUNTRY, options.published or today
    written = new_article(ArticleDraft(article, scope, published, options.prefix), options.corpus)
    for path in written:
        click.echo(path)
    if options.published is None:
        say(text("message.published_today", today=today))
    if options.scope is None:
        say(text("message.whole_country", country=_COUNTRY))


def _write_cast(province: str, options: NewOptions) -> None:
    from ...loaders.authoring import new_cast

    path, cast, is_written = new_cast(province, options.corpus, options.prefix)
    click.echo(path)
    if is_written:
        omitted = len(cast.omitted)
        say(text("message.cast_written", count=cast.entries, prefix=cast.prefix, omitted=omitted))
    else:
        say(text("message.cast_unchanged"))
