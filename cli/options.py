"""The options shared by several verbs, and grouping of options into one object."""

from __future__ import annotations

import errno
import os
from datetime import date
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from ..errors import WriteError
from ..files import system_reason
from ..viz.shared.forms import FORMS, ending_of, form_by_ending
from ..words import DEFAULT_LANGUAGE, languages
from .language import language, text
from .opening import HOME, remember_endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeAlias

    from ..viz.shared.forms import Form

    Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

_ARCHIVES = frozenset({"zip", "gz", "tgz", "tar", "7z"})
_Verb = TypeVar("_Verb", bound="Callable[..., object]")
_HOME_SHOWN = f"$EGOVKG_HOME, ./{HOME}"


def _home() -> Path:
    return Path(os.environ.get("EGOVKG_HOME", HOME))


folder = click.Path(path_type=Path)


class InputPath(click.Path):
    """An existing file or folder; a dangling symbolic link is accepted, so that the reader can report it."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Validate a path."""
        if Path(value).is_symlink():
            return Path(value)
        return Path(os.fsdecode(super().convert(value, param, ctx)))


class OutputFolder(click.Path):
    """A folder to be written; a name of a file, or a place without the right to write, is refused at once."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Validate a path.

        :raises WriteError: if the user may not write there
        """
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        is_file_name = form_by_ending(path.name, FORMS) or ending_of(path.name) in _ARCHIVES
        if is_file_name and not os.path.isdir(path):  # noqa: PTH112  it never raises
            self.fail(text("error.folder_ending", folder=path, ending=ending_of(path.name)), param, ctx)
        above = (path, *path.absolute().parents)
        nearest_folder = next(place for place in above if os.path.exists(place))  # noqa: PTH110 never raises
        if not os.access(nearest_folder, os.W_OK):
            raise WriteError(path, system_reason(PermissionError(errno.EACCES, "")))
        return path


class GraphFolder(click.Path):
    """The folder of a graph or of one of its versions, or the name of a version in the default folder."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Find the folder.

        :raises StoreError: if several versions have a name that begins so
        """
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path == _home() or os.path.exists(path):  # noqa: PTH110  it never raises
            return path
        from ..graph.versions import find_version

        version = find_version(_home(), str(path))
        return version.folder if version else path


output_folder = OutputFolder(path_type=Path)
existing = InputPath(path_type=Path, exists=True)


def format_option(forms: Sequence[Form]) -> Decorator:
    """Add `--format`; without it, the ending of the output file decides, or the first form applies."""
    names = [form.name for form in forms]
    return click.option("--format", "form", type=click.Choice(names), show_default=names[0])


output = click.option("-o", "--output", "target", metavar="FILE")
printed_form = click.option(  # of a verb that writes a folder, and prints what is in it
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
language_option = click.option(
    "--lang", type=click.Choice(languages()), default=language, show_default=DEFAULT_LANGUAGE
)
local_graph = click.option(
    "--graph",
    "home",
    metavar="DIR|VERSION",
    type=GraphFolder(path_type=Path),
    default=_home,
    show_default=_HOME_SHOWN,
)
working_graph = click.option(  # of a verb that builds, or that deals with all versions
    "--graph", "home", metavar="DIR", type=folder, default=_home, show_default=_HOME_SHOWN
)
_endpoint = click.option(
    "--endpoint",
    metavar="URL",
    envvar="EGOVKG_ENDPOINT",
    show_default="$EGOVKG_ENDPOINT",
    expose_value=False,
    callback=remember_endpoint,
)
publish_in = click.option(
    "-o", "--output", "home", metavar="DIR", type=output_folder, default=_home, show_default=_HOME_SHOWN
)
corpora = click.option("--corpus", "corpus", multiple=True, metavar="DIR")


def graph(verb: _Verb) -> _Verb:
    """Add `--graph` and `--endpoint` to a verb that reads; :func:`~.opening.opened` opens the chosen one."""
    return local_graph(_endpoint(verb))  # click asks for them in this order


def grouped(parameter: str, group: Callable[..., object], *options: Decorator) -> Decorator:
    """Add options to a verb, which receives their values as one object.

    :param parameter: name of the verb's parameter for the object
    :param group: makes the object; its parameters have the names of the options
    """
    names = [*signature(group).parameters]

    def decorate(verb: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(verb)
        def with_group(**values: object) -> object:
            chosen = {name: values.pop(name) for name in names}
            return verb(**{parameter: group(**chosen)}, **values)

        decorated: Callable[..., Any] = with_group
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def query_limits(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Add the limits of a query to a verb that reads."""
    from ..graph.query_process import MEMORY_VARIABLE, SECONDS_VARIABLE, QueryLimits

    seconds, memory = QueryLimits().seconds, QueryLimits().mebibytes
    return grouped(
        "limits",
        QueryLimits,
        click.option(
            "--seconds",
            type=click.FloatRange(0, 86_400),
            default=seconds,
            envvar=SECONDS_VARIABLE,
            show_default=f"${SECONDS_VARIABLE}, {seconds:g}",
        ),
        click.option(
            "--memory",
            "mebibytes",
            type=click.IntRange(0, 1 << 20),
            default=memory,
            envvar=MEMORY_VARIABLE,
            show_default=f"${MEMORY_VARIABLE}, {memory}",
        ),
    )(verb)


def pairs(values: Sequence[str]) -> dict[str, str]:
    """Parse parameters of the form NAME=VALUE.

    :raises BadParameter: if one lacks the equals sign, or a name occurs twice
    """
    parts = [value.partition("=") for value in values]
    names = [name.strip() for name, _, _ in parts]
    for name, sign, _ in parts:
        if not sign:
            raise click.BadParameter(text("error.no_value", name=name), param_hint="-p")
    if repeated := {name for name in names if names.count(name) > 1}:
        raise click.BadParameter(text("error.repeated", name=min(repeated)), param_hint="-p")
    return {name: value for name, (_, _, value) in zip(names, parts, strict=True)}


class Day(click.ParamType[date]):
    """A day; a month or a year means its last day."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse a day."""
        from ..loaders.text.dates import read_date
        from ..problems import FaultError

        try:
            stated = read_date(str(value))
        except FaultError as error:
            self.fail(error.fault.text(language()), param, ctx)
        if "/" in stated.edtf:
            self.fail(text("error.interval", value=value), param, ctx)
        return stated.latest
