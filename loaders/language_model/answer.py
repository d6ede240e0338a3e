"""What is taken from the answer of a model: a digest with its English, and relations; all else is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import message
from ..pipeline.originals import copied_syllables

if TYPE_CHECKING:
    from ...words import Message

LONGEST = 600  # characters of a digest
_SHORTEST = 10
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_NAME = re.compile(r"\[([^\[\]()]+)\]\((\d+)\)")
_MARKUP = re.compile(r"[\[\]<>{}`#|]|-->|^>|://")
_DIGITS = re.compile(r"\d+")


class AnswerError(ValueError):
    """An answer, or a part of it, that is not taken over; `reason` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class SentenceAnswer:
    """The part of an answer that can be used.

    :param digest: with mentions as `[words](CURIE)`; empty if none can be used
    :param english: its translation
    :param relations: subject, relation and object, as CURIEs
    :param faults: why something was left out
    """

    digest: str = ""
    english: str = ""
    relations: tuple[tuple[str, str, str], ...] = ()
    faults: tuple[Message, ...] = ()


@dataclass(frozen=True)
class ModelQuestion:
    """One sentence as it was put to a model.

    :param sentence: words of the original
    :param names: CURIEs of the names in it; their numbers count from 1
    :param allowed: the relations that may be chosen for two CURIEs
    """

    sentence: str
    names: tuple[str, ...]
    allowed: Mapping[tuple[str, str], Sequence[str]]


def read_answer(text: str, question: ModelQuestion) -> SentenceAnswer:
    """Read the answer of a model to a question.

    :raises AnswerError: if it is not of the form that was asked for

    >>> read_answer('{"digest": "", "english": "", "relations": []}', ModelQuestion("Câu.", (), {})).faults
    ()
    """
    content = _object(text)
    faults: list[Message] = []
    digest = english = ""
    try:
        digest, english = _digest(content, question)
    except AnswerError as error:
        faults.append(error.reason)
    relations, wrong = _relations(content.get("relations"), question)
    if wrong:
        faults.append(message(__package__, "wrong-relation"))
    return SentenceAnswer(digest, english, relations, tuple(faults))


def _object(text: str) -> Mapping[str, object]:
    """Take the JSON object out of an answer; models like to put words or fences around it."""
    match = _OBJECT.search(text.rpartition("</think>")[2])
    try:
        content = json.loads(match[0]) if match else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, Mapping) or not content.keys() & {"digest", "english", "relations"}:
        raise AnswerError(message(__package__, "no-json"))
    return content


def _digest(content: Mapping[str, object], question: ModelQuestion) -> tuple[str, str]:
    digest, english = (_line(content.get(key)) for key in ("digest", "english"))
    if not digest and not english:
        return "", ""
    bare = _NAME.sub(r"\1", digest)
    for key, is_wrong in (
        ("too-short", min(len(bare), len(english)) < _SHORTEST),
        ("too-long", max(len(bare), len(english)) > LONGEST),
        ("markup", bool(_MARKUP.search(bare) or _MARKUP.search(english))),
        ("no-vietnamese", bare.isascii() or not _is_english(english)),
        ("copied", bool(copied_syllables(bare, question.sentence))),
        ("number", not {*_DIGITS.findall(bare)} <= {*_DIGITS.findall(question.sentence)}),
    ):
        if is_wrong:
            raise AnswerError(message(__package__, key))
    return _NAME.sub(lambda name: _mention(name[1], int(name[2]), question), digest), english


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _is_english(text: str) -> bool:
    """Tell whether a text can be English: Vietnamese has marks on a quarter of its letters."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(not letter.isascii() for letter in letters) * 10 <= len(letters)


def _mention(words: str, number: int, question: ModelQuestion) -> str:
    """Return a mention of a name of the question; other numbers leave the words alone."""
    is_known = 1 <= number <= len(question.names)
    return f"[{words}]({question.names[number - 1]})" if is_known else words


def _relations(listed: object, question: ModelQuestion) -> tuple[tuple[tuple[str, str, str], ...], bool]:
    """Take over the relations that are allowed.

    :returns: them, and whether others were stated too
    """
    items = listed if isinstance(listed, list) else []
    relations: dict[tuple[str, str, str], None] = {}
    for item in items:
        match item:
            case {"subject": int(first), "relation": str(relation), "object": int(second)}:
                if relation in question.allowed.get(_pair(first, second, question.names), ()):
                    subject, target = _pair(first, second, question.names)
                    relations[subject, relation, target] = None
    return tuple(relations), len(relations) < len(items) or not isinstance(listed, list | None)


def _pair(first: int, second: int, names: Sequence[str]) -> tuple[str, str]:
    """Return the names of two numbers; empty texts for numbers that no name has."""
    places = range(1, len(names) + 1)
    return tuple(names[number - 1] if number in places else "" for number in (first, second))  # type: ignore[return-value]  # of two numbers
