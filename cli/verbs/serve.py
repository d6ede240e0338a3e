"""The verb that serves the graph over HTTP."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from ...errors import EgovError
from ...viz.shared.forms import ROWS
from ...words import message
from ..app import verb
from ..delivery import Output, output_in
from ..language import PACKAGE, text
from ..opening import build_where_missing
from ..options import grouped, local_graph

if TYPE_CHECKING:
    from pathlib import Path

    from ...service.contract.settings import Limits, Settings

_LOOPBACK, _EVERY_ADDRESS = "127.0.0.1", "0.0.0.0"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """The options of `egovkg serve`; :class:`~egovkg.service.contract.Settings` describes the fields.

    :param memory: MiB that a query may take
    :param check_only: whether to start, answer one query, and stop
    """

    host: str
    port: int
    public: bool
    workers: int | None
    seconds: float | None
    memory: int | None
    rows: int | None
    pages: bool
    sandbox: bool
    base_url: str
    behind_proxy: bool
    log: bool
    check_only: bool


def _base_url(context: click.Context, option: click.Parameter, url: str | None) -> str:
    from ...service.http.clients import normalised_base_url

    try:
        return normalised_base_url(url) if url is not None else ""
    except ValueError as error:
        raise click.BadParameter(text("serve.base_url")) from error


serve_options = grouped(
    "options",
    ServeOptions,
    click.option("--host", default=_LOOPBACK, show_default=True),
    click.option(
        "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, envvar="EGOVKG_PORT"
    ),
    click.option("--public", is_flag=True),
    click.option("--workers", type=click.IntRange(1, 64)),
    click.option("--seconds", type=click.FloatRange(0.5, 600), show_default="5"),
    click.option("--memory", type=click.IntRange(64), show_default="512"),
    click.option("--rows", type=click.IntRange(1), show_default="10000"),
    click.option("--pages/--no-pages", default=True, show_default=True),
    click.option("--sandbox/--no-sandbox", default=True, show_default=True),
    click.option("--base-url", metavar="URL", callback=_base_url),
    click.option("--behind-proxy", is_flag=True),
    click.option("--log", is_flag=True),
    click.option("--check", "check_only", is_flag=True),
)


@verb("serve", "egovkg serve --check")
@serve_options
@output_in(*ROWS)
@local_graph
def serve_verb(options: ServeOptions, output: Output, home: Path) -> None:
    """Serve pages, SPARQL, linked data and JSON over HTTP, read-only; each query runs in its own process."""
    import asyncio

    from ...service.contract.refusals import StartError
    from ...service.run import check, run
    from ...viz.tables import Grid

    _require_check_for_output(options)
    build_where_missing(home)
    settings = _settings(options, home)
    try:
        if not options.check_only:
            run(settings)
            return
        summary, answer = asyncio.run(check(settings))
    except StartError as error:
        raise EgovError(message(PACKAGE, f"serve.start.{error.reason}", **error.values)) from error
    columns = ("service", "answer")
    output.write_rows(Grid(columns, columns, [(summary, answer)]))


def _require_check_for_output(options: ServeOptions) -> None:
    """Raise an error if output options are used without `--check`."""
    context = click.get_current_context()
    sources = [context.get_parameter_source(name) for name in ("form", "target")]
    if not options.check_only and ParameterSource.COMMANDLINE in sources:
        raise click.UsageError(text("error.only_with_check"))


def _settings(options: ServeOptions, home: Path) -> Settings:
    from ...service.contract.settings import Settings

    is_any_host = options.public and options.host == _LOOPBACK
    return Settings(
        home,
        host=_EVERY_ADDRESS if is_any_host else options.host,
        port=0 if options.check_only else options.port,
        public=options.public,
        sandboxed=options.sandbox,
        pages=options.pages and not options.check_only,
        limits=_limits(options),
        base_url=options.base_url,
        behind_proxy=options.behind_proxy,
        log=options.log,
    )


def _limits(options: ServeOptions) -> Limits:
    """Build the limits from the options; limits without an option keep their defaults."""
    from ...service.contract.settings import MIB, Limits

    limits = Limits()
    return replace(
        limits,
        workers=options.workers or limits.workers,
        seconds=options.seconds or limits.seconds,
        memory_bytes=(options.memory or 0) * MIB or limits.memory_bytes,
        rows=options.rows or limits.rows,
    )
