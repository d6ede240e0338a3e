"""The language of the command line: of help, messages and answers.

It is set by `--lang`, before or after the verb; else by the variable EGOVKG_LANG; else it is the default
language of the package. Help and errors need it before options are parsed, so the command line is searched
for it first.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from ..words import DEFAULT_LANGUAGE, catalogue, languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..words import Catalogue, Message

PACKAGE = __package__  # whose words the verbs speak
SWITCH = "--lang"
VARIABLE = "EGOVKG_LANG"
_current: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def language() -> str:
    """Return the language of the running command."""
    return _current.get()


def words(lang: str | None = None) -> Catalogue:
    """Return the texts of the command line in a language; by default in that of the running command."""
    return catalogue(PACKAGE, lang or language())


def text(key: str, **values: object) -> str:
    """Return a text of the command line in the current language.

    >>> text("heading.example")
    'Ví dụ'
    """
    return words()(key, **values)


def counted(key: str, count: int, **values: object) -> str:
    """Return a text with a number, in the singular or plural form."""
    return words().counted(key, count, **values)


def say(message: str) -> None:
    """Print a message on standard error, so that standard output contains results only."""
    click.echo(message, err=True)


def say_tours_left_out(faults: Iterable[Message | str], lang: str) -> None:
    """Name the shipped tours that were left out, because the graph lacks what they rest on."""
    for fault in faults:
        say(text("message.tour_left_out", reason=fault if isinstance(fault, str) else fault.text(lang)))


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Set the language of messages while a command runs."""
    token = _current.set(lang)
    try:
        yield
    finally:
        _current.reset(token)


def chosen_language(arguments: Sequence[str]) -> str:
    """Find the language in the arguments of a command line, else in the environment.

    :returns: the default language if an unknown one is named, which the parser refuses later

    >>> chosen_language(["impact", "--lang", "en", "--help"]), chosen_language(["impact", "--lang=xx"])
    ('en', 'vi')
    """
    named = [os.environ.get(VARIABLE, ""), *_named_languages(arguments)]
    return next((name for name in reversed(named) if name in languages()), DEFAULT_LANGUAGE)


def _named_languages(arguments: Sequence[str]) -> Iterator[str]:
    before_end = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for argument, following in zip_longest(before_end, before_end[1:], fillvalue=""):
        if argument == SWITCH:
            yield following
        elif argument.startswith(SWITCH + "="):
            yield argument.removeprefix(SWITCH + "=")
