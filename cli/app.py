"""What every verb shares: the group, its switches, and how errors reach the user."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from click.core import ParameterSource

from .. import __version__
from ..errors import (
    EgovError,
    FilterError,
    InputError,
    InternalError,
    MixedEntitiesError,
    QueryError,
    QuestionError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..graph.store import Store
    from ..loaders.pipeline.build import Built
    from ..loaders.pipeline.prepare import Prepared

HOME = ".egovkg"
_Verb = TypeVar("_Verb", bound="Callable[..., object]")
EXAMPLES: dict[str, str] = {}  # verb → one call of it; filled as the verbs register


def say(text: str) -> None:
    """Talk to the user: on standard error, so that results stay clean."""
    click.echo(text, err=True)


class Verbs(click.Group):
    """The verbs; an error is one clear line and exit status 1, or 2 for wrong use; never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # a full disk or a closed pipe shows here, not after the last line of Python
        except InternalError:
            raise
        except InputError as error:
            from ..loaders.pipeline.report import as_text, summary

            say(as_text(error.problems) + summary(error.problems))
        except (FilterError, MixedEntitiesError, QuestionError, QueryError) as error:
            say(f"egovkg: {error}")
            sys.exit(2)
        except EgovError as error:
            say(f"egovkg: {error}")
        except BrokenPipeError:
            _drop_output()
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            say(f"egovkg: {place}{error.strerror or error}")
            _drop_output()
        else:
            return result
        sys.exit(1)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a verb; an unknown one gets the nearest name."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            from ..loaders.text.suggest import did_you_mean

            ctx.fail(f'no verb "{args[0]}" — {did_you_mean(args[0], self.commands, "see egovkg --help")}')
        return super().resolve_command(ctx, args)


def _drop_output() -> None:
    """Forget what cannot be written, so that Python does not try again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _home() -> Path:
    return Path(os.environ.get("EGOVKG_HOME", HOME))


_HOME_SHOWN = f"$EGOVKG_HOME or ./{HOME}"
folder = click.Path(path_type=Path)
existing = click.Path(path_type=Path, exists=True)
form = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to write the result.",
)
output = click.option(
    "-o", "--output", "target", metavar="FILE", help="Write the result to a file (- is standard output)."
)
language = click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
    help="Language of labels and sentences.",
)
local_graph = click.option(
    "--graph",
    "home",
    type=folder,
    default=_home,
    show_default=_HOME_SHOWN,
    help="Folder of the published graph.",
)
_ENDPOINT = "egovkg.endpoint"  # where the context keeps the address


def _keep(context: click.Context, option: click.Parameter, url: str | None) -> None:
    typed = context.get_parameter_source(option.name or "") == ParameterSource.COMMANDLINE
    if typed and not (url or "").strip():  # as of a variable that is not set
        raise click.BadParameter("no address — write it whole: https://host/sparql")
    context.meta[_ENDPOINT] = url


def _chosen_endpoint() -> str | None:
    """Tell which endpoint to read from; a folder that is typed beats an address of the environment."""
    context = click.get_current_context(silent=True)
    url: str | None = context.meta.get(_ENDPOINT) if context else None
    if context is None or not url:
        return None
    typed = [
        context.get_parameter_source(name) == ParameterSource.COMMANDLINE for name in ("home", "endpoint")
    ]
    if all(typed):
        raise click.UsageError("--graph and --endpoint exclude each other: give one of them")
    return None if typed[0] else url


_endpoint = click.option(
    "--endpoint",
    metavar="URL",
    envvar="EGOVKG_ENDPOINT",
    expose_value=False,
    callback=_keep,
    help="Read from a SPARQL endpoint instead of a folder [default: $EGOVKG_ENDPOINT].",
)


def graph(verb: _Verb) -> _Verb:
    """Give a reading verb `--graph` and `--endpoint`; :func:`opened` opens what was chosen."""
    return local_graph(_endpoint(verb))  # click asks for them in this order


publish_in = click.option(
    "-o",
    "--output",
    "home",
    type=folder,
    default=_home,
    show_default=_HOME_SHOWN,
    help="Folder to publish in.",
)
corpora = click.option(
    "--corpus",
    "corpus",
    multiple=True,
    metavar="DIR",
    help="Folder with articles and register; may be repeated; `shipped` is the one inside the package.",
)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="egovkg")
def main() -> None:
    """egovkg: a knowledge graph of Vietnamese e-government; every fact opens the sentence that says it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def verb(name: str, example: str) -> Callable[[Callable[..., None]], click.Command]:
    """Register a verb; its help ends with an example that the tests run."""
    EXAMPLES[name] = example
    return main.command(name, epilog=f"\b\nExample:\n  {example}")


def track(items: Iterable[Prepared], total: int) -> Iterable[Prepared]:
    """Show a bar on standard error while many articles are read; nothing for a few, or without a terminal."""
    if total < 20 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track as bar

    return bar(items, description="reading articles", total=total, console=Console(stderr=True))


def built(corpus: Sequence[str], home: Path) -> Built:
    """Build and publish; warnings, progress and the name of the default corpus go to standard error."""
    from ..loaders.pipeline.build import build
    from ..loaders.pipeline.corpus import corpus_folder, default_folder, named
    from ..loaders.pipeline.report import as_text

    try:
        folders = [corpus_folder(name) for name in corpus] or [default_folder()]
    except FileNotFoundError as error:
        raise click.BadParameter(str(error), param_hint="--corpus") from error
    result = build(folders, home, track=track)
    click.echo(as_text(result.problems), err=True, nl=False)
    if not corpus:
        say(f"built: {named(folders[0])}")
    return result


def opened(home: Path) -> Store:
    """Open the endpoint that was named, or the published graph.

    Where none was published yet it is built, in the default folder only: a folder that was named and holds no
    graph is more likely misspelt.
    """
    from ..graph.publish import open_published, published

    if url := _chosen_endpoint():
        from ..graph.endpoint.remote import RemoteStore

        return RemoteStore(url)
    if home == Path(HOME) and published(home) is None:
        say(f"egovkg: nothing published in {home} yet, building …")
        built((), home)
    return open_published(home)
