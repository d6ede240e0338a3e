"""Keys and lines that a person types, counted, and lists to choose from by one key."""

from __future__ import annotations

import os
import sys
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias

import click

from ...graph.text import fold
from ...words import label
from ..language import language, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ...loaders.drafts.row_choices import Offer

    Search: TypeAlias = Callable[[str], Sequence[Offer]]

KEYS = "123456789abcdefghijk"  # of the choices of one page
ENTER = "\n"
_END = "\x04"  # Ctrl-D
_ESCAPE = "\x1b"  # begins what arrow and function keys send
CANCEL, NEXT_PAGE, SEARCH, TYPE = ".", ">", "/", '"'


class Keyboard:
    """Reads keys and lines from the terminal or from standard input, and counts them."""

    def __init__(self) -> None:
        self.typed = 0
        self._ahead: deque[str] = deque()
        self._terminal = _Terminal()

    def key(self) -> str:
        """Read one key; at the end of the input, an empty text."""
        if not self._ahead:
            read = self._terminal.read() if sys.stdin.isatty() else sys.stdin.read(1)
            self._ahead.extend([read] if read.startswith(_ESCAPE) else read)  # keys typed ahead come at once
        key = self._ahead.popleft() if self._ahead else ""
        self.typed += bool(key)
        return ENTER if key == "\r" else key

    def line(self, prompt: str) -> str:
        """Ask for a line; the key that ends it is counted as well, and what was typed before it is dropped.

        :param prompt: key of the text that asks for it
        """
        self.drop_typed_ahead()
        click.echo(text(f"review.{prompt}"))
        with self._terminal.lines():
            line = sys.stdin.readline()
        self.typed += len(line)
        return line.rstrip("\n")

    def drop_typed_ahead(self) -> None:
        """Drop keys that wait in a terminal: they answer nothing that is asked next."""
        self._ahead.clear()
        if sys.stdin.isatty():
            self._terminal.drop()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Take keys from the terminal without Enter, those too that are typed while nothing is asked."""
        with self._terminal.keys():
            yield

    def taken(self) -> int:
        """Return the number of keys since the last call."""
        typed, self.typed = self.typed, 0
        return typed

    # lists -------------------------------------------------------------------------------------------

    def choose(self, title: str, offers: Sequence[Offer], search: Search, others: str = "") -> str:
        """Let one of a list be chosen by its key; `/` searches, `>` turns the page, `.` cancels.

        :param title: key of the text above the list
        :param search: lists what fits typed words
        :param others: further keys that are an answer
        :returns: the text of the choice, or one of the further keys; empty if nothing was chosen
        """
        page = _Page(offers)
        page.show(title, others)
        while key := self.key():
            if offer := page.offer(key):
                return offer.text
            if key == CANCEL or key in others:
                return key.removeprefix(CANCEL)
            if key in {SEARCH, NEXT_PAGE}:
                page = page.following() if key == NEXT_PAGE else self._searched(search)
                page.show(title, others)
            else:
                page.show_keys(others)
        return ""

    def _searched(self, search: Search) -> _Page:
        """Ask for the beginning of a word, and list what fits."""
        typed = self.line("search")
        offers = search(typed)
        if not offers:
            click.echo(text("review.nothing_found", typed=typed))
        return _Page(offers)


class _Terminal:
    """The terminal at standard input, where the system can be told how it hands keys over (POSIX).

    `click.getchar` changes the mode for each key, and drops what was typed between two keys.
    """

    def __init__(self) -> None:
        self._modes: list[list[int | list[bytes | int]]] = []  # of lines, then of keys; empty outside `keys`

    @contextmanager
    def keys(self) -> Iterator[None]:
        """Hand keys over one by one, unechoed; Ctrl-C stays an interruption."""
        if not _has_modes():
            yield
            return
        import termios
        import tty

        descriptor = sys.stdin.fileno()
        lines = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor, termios.TCSADRAIN)  # which keeps what was typed already
        self._modes = [lines, termios.tcgetattr(descriptor)]
        try:
            yield
        finally:
            self._modes = []
            termios.tcsetattr(descriptor, termios.TCSADRAIN, lines)

    @contextmanager
    def lines(self) -> Iterator[None]:
        """Hand lines over, as they are edited and echoed."""
        if not self._modes:
            yield
            return
        import termios

        lines, keys = self._modes
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, lines)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, keys)

    def read(self) -> str:
        """Wait for a key, and return it with those typed behind it; empty at the end of the input."""
        if not self._modes:
            return click.getchar()
        typed = os.read(sys.stdin.fileno(), 1024).decode(errors="ignore")
        return "" if typed.startswith(_END) else typed

    def drop(self) -> None:
        """Drop the keys that wait."""
        if self._modes:
            import termios

            termios.tcflush(sys.stdin, termios.TCIFLUSH)


def _has_modes() -> bool:
    return sys.stdin.isatty() and find_spec("termios") is not None


@dataclass(frozen=True)
class _Page:
    """A part of a list that is seen at once, from an offer on."""

    offers: Sequence[Offer]
    first: int = 0

    def offer(self, key: str) -> Offer | None:
        """Return the offer that a key stands for; ``None`` if there is none."""
        place = self.first + KEYS.find(key)
        return self.offers[place] if key in KEYS and place < len(self.offers) else None

    def following(self) -> _Page:
        """Return the next page; after the last, the first."""
        first = self.first + len(KEYS)
        return _Page(self.offers, first if first < len(self.offers) else 0)

    def show(self, title: str, others: str) -> None:
        """Print the offers with their keys, and the other keys."""
        click.echo(f"  {text(f'review.{title}')}")
        for key, offer in zip(KEYS, self.offers[self.first : self.first + len(KEYS)], strict=False):
            click.echo(f"    {key} {offer_text(offer)}")
        self.show_keys(others)

    def show_keys(self, others: str) -> None:
        """Print the keys that are not those of offers."""
        pages = NEXT_PAGE if len(self.offers) > len(KEYS) else ""
        hints = [text(f"review.choice.{_HINTS[key]}") for key in (*others, SEARCH, *pages, CANCEL)]
        click.echo(f"    {' · '.join(hints)}")


_HINTS = {"+": "new", TYPE: "type", SEARCH: "search", NEXT_PAGE: "page", CANCEL: "cancel"}


def offer_text(offer: Offer) -> str:
    """Return a choice as it is shown: its label, with what is written in parentheses."""
    name = label(offer.labels, language()) if offer.labels else ""
    return f"{name} ({offer.text})" if name else offer.text


def fitting(offers: Sequence[Offer], typed: str) -> list[Offer]:
    """List the choices that have a word which begins as typed, in any language."""
    return [
        offer
        for offer in offers
        if f" {fold(typed)}" in f" {fold(' '.join((offer.text, *offer.labels.values())))}"
    ]
