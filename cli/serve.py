"""The verb that serves the graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from .app import verb
from .language import text
from .opening import build_where_missing
from .options import form, local_graph, output


def _base(context: click.Context, option: click.Parameter, url: str | None) -> str:
    from ..service.http.clients import base_of

    try:
        return base_of(url) if url is not None else ""
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@verb("serve", "egovkg serve --check")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--public", is_flag=True)
@click.option("--workers", type=click.IntRange(1, 64))
@click.option("--seconds", type=click.FloatRange(0.5, 600), show_default="5")
@click.option("--memory", type=click.IntRange(64), show_default="512")
@click.option("--rows", type=click.IntRange(1), show_default="10000")
@click.option("--pages/--no-pages", default=True, show_default=True)
@click.option("--fence/--no-fence", default=True, show_default=True)
@click.option("--base-url", metavar="URL", callback=_base)
@click.option("--behind-proxy", is_flag=True)
@click.option("--log", is_flag=True)
@click.option("--check", "only_check", is_flag=True)
@form
@output
@local_graph
def serve_verb(
    host: str,
    port: int,
    public: bool,
    workers: int | None,
    seconds: float | None,
    memory: int | None,
    rows: int | None,
    pages: bool,
    fence: bool,
    base_url: str,
    behind_proxy: bool,
    log: bool,
    only_check: bool,
    form: str,
    target: str | None,
    home: Path,
) -> None:
    """Serve the graph: pages, SPARQL, linked data, JSON; read-only, each query in a process of its own."""
    import asyncio

    context = click.get_current_context()
    if not only_check and any(
        context.get_parameter_source(one) == ParameterSource.COMMANDLINE for one in ("form", "target")
    ):
        raise click.UsageError(text("error.only_with_check"))
    from ..service.contract.settings import MIB, Limits, Settings
    from ..service.run import check, run
    from ..viz.tables import Grid, deliver, render

    chosen = {
        "workers": workers,
        "seconds": seconds,
        "memory_bytes": memory and memory * MIB,
        "rows": rows,
    }
    limits = Limits(**{name: value for name, value in chosen.items() if value})  # type: ignore[arg-type]
    settings = Settings(
        home,
        host="0.0.0.0" if public and host == "127.0.0.1" else host,
        port=0 if only_check else port,
        public=public,
        fenced=fence,
        pages=pages and not only_check,
        limits=limits,
        base_url=base_url,
        behind_proxy=behind_proxy,
        log=log,
    )
    build_where_missing(home)
    if not only_check:
        run(settings)
        return
    told, answered = asyncio.run(check(settings))
    grid = Grid(("service", "answer"), ("service", "answer"), [(told, answered)])
    deliver(render(grid, form), target)
