"""From bytes to text: strict UTF-8, NFC, plain blanks and line ends; what was changed is told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ...problems import Problem, Severity

_ODD = "\u00a0\u2007\u202f\u200b\u200c\u200d\u2060\u00ad\ufeff\r"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff"), "")
_NO_BREAK = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
_LONE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CHROME = (
    "skip ribbon commands",
    "skip to main content",
    "sign in",
    "lượt xem",
    "in bài viết",
    "gửi phản hồi",
    "viết bình luận",
    "đang truy cập",
    "tổng lượt truy cập",
    "thăm dò ý kiến",
    "click để đánh giá",
    "tổng số điểm của bài viết",
)


@dataclass(frozen=True)
class Reading:
    """A file as text.

    :param text: NFC, LF line ends, plain blanks; ``None`` when the bytes are no text
    :param problems: what was found and, where it could be, normalised
    """

    text: str | None
    problems: tuple[Problem, ...] = ()


def read_bytes(data: bytes, file: str) -> Reading:
    """Decode and normalise the bytes of one file; cost linear.

    >>> read_bytes("Bắc Kạn".encode(), "a.kg.md").text
    'Bắc Kạn'
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Reading(None, (_not_utf8(data, error, file),))
    if text.isspace() or not text:
        fix = 'start from "egovkg new <article>"'
        return Reading(None, (Problem(file, 1, 1, "KG001", "file is empty", fix),))
    if hidden := _hidden(text, file):
        return Reading(None, hidden)
    return _normalised(text, file)


def _hidden(text: str, file: str) -> tuple[Problem, ...]:
    """Tell each character that no one sees and that makes a text say other than it shows.

    Control characters (U+0000–U+001F, U+007F–U+009F, but tab and line ends) and all with the Unicode property
    Bidi_Control, which turn the direction of what follows.
    """
    first: dict[str, int] = {}
    counts: dict[str, int] = {}
    for match in _LONE.finditer(text):
        first.setdefault(match[0], match.start())
        counts[match[0]] = counts.get(match[0], 0) + 1
    problems = []
    for sign, at in first.items():
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        kind = "control character" if ord(sign) < 160 else "character that turns the writing direction"
        times = f", {counts[sign]} times in the file" if counts[sign] > 1 else ""
        what = f"{kind} U+{ord(sign):04X}{times}"
        problems.append(Problem(file, line, column, "KG006", what, "remove it"))
    return tuple(problems)


def _not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    offset = error.start
    line = data.count(b"\n", 0, offset) + 1
    column = len(data[data.rfind(b"\n", 0, offset) + 1 : offset].decode()) + 1
    guess = "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "windows-1258"
    what = f"byte 0x{data[offset]:02X} at offset {offset} is not UTF-8 (looks like {guess})"
    return Problem(file, line, column, "KG002", what, "re-save as UTF-8")


def _normalised(text: str, file: str) -> Reading:
    problems: list[Problem] = []
    if not unicodedata.is_normalized("NFC", text):
        line, column = _first_decomposed(text)
        fix = 'run "egovkg fmt" to save as NFC'
        what = "decomposed accents, normalised"
        problems.append(Problem(file, line, column, "KG003", what, fix, Severity.WARNING))
        text = unicodedata.normalize("NFC", text)
    if any(sign in text for sign in _ODD):
        text, told = _plain_blanks(text, file)
        problems.append(told)
    problems += _chrome(text, file)
    return Reading(text, tuple(problems))


def _first_decomposed(text: str) -> tuple[int, int]:
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            normal = unicodedata.normalize("NFC", line)
            same = next((i for i, (a, b) in enumerate(zip(line, normal, strict=False)) if a != b), 0)
            return number, same + 1
    return 1, 1


def _plain_blanks(text: str, file: str) -> tuple[str, Problem]:
    at = min(text.index(sign) for sign in _ODD if sign in text)
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    counts = {
        "byte-order mark": int(text.startswith("\ufeff")),
        "CRLF line end": text.count("\r\n"),
        "carriage return": text.count("\r") - text.count("\r\n"),
        "no-break blank": sum(text.count(c) for c in "\u00a0\u2007\u202f"),
        "invisible character": sum(text[1:].count(chr(sign)) for sign in _INVISIBLE),
    }
    named = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in counts.items() if count)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_NO_BREAK).translate(_INVISIBLE)
    fix = 'run "egovkg fmt" to save them plain'
    return plain, Problem(file, line, column, "KG004", f"{named} normalised", fix, Severity.INFO)


def _chrome(text: str, file: str) -> list[Problem]:
    lowered = text.lower()
    if not any(phrase in lowered for phrase in _CHROME):
        return []
    lines = [n for n, line in enumerate(lowered.split("\n"), 1) if line.strip(" •\t").startswith(_CHROME)]
    if not lines:
        return []
    one = len(lines) == 1
    span = f"line {lines[0]} looks" if one else f"lines {lines[0]}–{lines[-1]} look"
    fix = f"remove {'it' if one else 'them'}: only the digest belongs here"
    return [Problem(file, lines[0], 1, "KG005", f"{span} like a site menu", fix, Severity.WARNING)]
