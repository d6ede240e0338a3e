"""Decoding of files: strict UTF-8, normalised to NFC, plain blanks and LF; changes are reported."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import yaml

from ...files import packaged_text
from ...problems import Problem, Severity
from ..faults.messages import fault, message

_NORMALISED = "\u00a0\u2007\u202f\u200b\u200c\u200d\u2060\u00ad\ufeff\r"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff"), "")
NO_BREAK = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
# Control characters (U+0000–U+001F, U+007F–U+009F, but tab and line ends) and all with the Unicode property
# Bidi_Control, which turn the direction of what follows.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LAST_CONTROL = 0x9F


@dataclass(frozen=True)
class DecodedText:
    """The decoded text of a file.

    :param text: text in NFC with LF and plain blanks; ``None`` if the bytes are not UTF-8 text
    :param problems: all deviations, including those that were normalised
    """

    text: str | None
    problems: tuple[Problem, ...] = ()


def read_bytes(data: bytes, file: str) -> DecodedText:
    """Decode and normalise the bytes of one file; linear.

    >>> read_bytes("Bắc Kạn".encode(), "a.kg.md").text
    'Bắc Kạn'
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return DecodedText(None, (not_utf8(data, error, file),))
    if text.isspace() or not text:
        return DecodedText(None, (Problem(file, 1, 1, fault("KG001.empty-file")),))
    if hidden_characters := _hidden_characters(text, file):
        return DecodedText(None, hidden_characters)
    return _normalised(text, file)


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _hidden_characters(text: str, file: str) -> tuple[Problem, ...]:
    """Report invisible characters that make a text differ from how it looks."""
    offsets: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for match in HIDDEN.finditer(text):
        offsets.setdefault(match[0], match.start())
        counts[match[0]] += 1
    problems = []
    for character, offset in offsets.items():
        is_control = ord(character) <= _LAST_CONTROL
        key = "KG006.control-character" if is_control else "KG006.direction-character"
        hidden = fault(key, character=f"{ord(character):04X}", count=counts[character])
        problems.append(Problem(file, *_place(text, offset), hidden))
    return tuple(problems)


def not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    """Report bytes that are not UTF-8, with the likely encoding."""
    offset = error.start
    line = data.count(b"\n", 0, offset) + 1
    column = len(data[data.rfind(b"\n", 0, offset) + 1 : offset].decode()) + 1
    encoding = "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "windows-1258"
    byte = f"0x{data[offset]:02X}"
    return Problem(file, line, column, fault("KG002.not-utf-8", byte=byte, offset=offset, encoding=encoding))


def _normalised(text: str, file: str) -> DecodedText:
    problems: list[Problem] = []
    if not unicodedata.is_normalized("NFC", text):
        decomposed = fault("KG003.decomposed", Severity.WARNING)
        problems.append(Problem(file, *_first_decomposed(text), decomposed))
        text = unicodedata.normalize("NFC", text)
    if any(character in text for character in _NORMALISED):
        problems.append(_odd_blanks(text, file))
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(NO_BREAK).translate(INVISIBLE)
    problems += _site_menu(text, file)
    return DecodedText(text, tuple(problems))


def _first_decomposed(text: str) -> tuple[int, int]:
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            normal = unicodedata.normalize("NFC", line)
            pairs = zip(line, normal, strict=False)
            offset = next((i for i, (before, after) in enumerate(pairs) if before != after), 0)
            return number, offset + 1
    return 1, 1


def _odd_blanks(text: str, file: str) -> Problem:
    offset = min(text.index(character) for character in _NORMALISED if character in text)
    counts = {
        "byte-order-mark": int(text.startswith("\ufeff")),
        "crlf": text.count("\r\n"),
        "carriage-return": text.count("\r") - text.count("\r\n"),
        "no-break-blank": sum(text.count(chr(code)) for code in NO_BREAK),
        "invisible-character": sum(text[1:].count(chr(code)) for code in INVISIBLE),
    }
    changes = tuple(message(f"blanks.{name}", count=count) for name, count in counts.items() if count)
    return Problem(file, *_place(text, offset), fault("KG004.odd-blanks", Severity.INFO, changes=changes))


@lru_cache(maxsize=1)
def _menu_phrases() -> tuple[str, ...]:
    return tuple(yaml.safe_load(packaged_text(__package__ or "", "site-menu.yaml")))


def menu_lines(text: str) -> list[int]:
    """List the lines that look like a web page's menu, counter or comment box, counted from 1."""
    phrases = _menu_phrases()
    lowered = text.lower()
    if not any(phrase in lowered for phrase in phrases):
        return []
    rows = enumerate(lowered.split("\n"), 1)
    return [number for number, row in rows if row.strip(" •\t").startswith(phrases)]


def _site_menu(text: str, file: str) -> list[Problem]:
    lines = menu_lines(text)
    if not lines:
        return []
    menu = fault("KG005.site-menu", Severity.WARNING, count=len(lines), first=lines[0], last=lines[-1])
    return [Problem(file, lines[0], 1, menu)]
