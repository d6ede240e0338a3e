"""The named questions: one `.rq` file each, found by name.

A parameter stands in the file as `VALUES ?name { … }` with a sample value, so that the text runs as it
stands on any engine. The language of labels stands in the same way as `?lang`, and as `?lang_…` within
sub-selects, which cannot see it; the words of a header as `VALUES (?rule ?words) { … }`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from ...errors import QuestionError
from ...words import message
from .header import Question, parse_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...words import Message, MessageValue

SUFFIX = ".rq"


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """Read every named question, in order of their names; a few milliseconds the first time.

    >>> len(questions()) >= 50
    True
    """
    files = [file for file in resources.files(__package__).iterdir() if file.name.endswith(SUFFIX)]
    texts = {file.name.removesuffix(SUFFIX): file.read_text(encoding="utf-8") for file in files}
    return tuple(parse_question(name, texts[name]) for name in sorted(texts))


def question(name: str) -> Question:
    """Find a question by its name.

    :raises QuestionError: with similar names

    >>> question("systems-of-province").parameters[0].kind
    'province'
    """
    by_name = {question.name: question for question in questions()}
    if name not in by_name:
        raise QuestionError(with_similar("error.no-question", name, list(by_name)))
    return by_name[name]


def with_similar(key: str, name: str, names: Sequence[str], **values: MessageValue) -> Message:
    """Build the message about an unknown name, with up to three similar ones.

    :param key: of the message without similar names
    """
    matches = process.extract(name, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
    similar = tuple(match[0] for match in matches)
    if not similar:
        return message(__package__, key, name=name, **values)
    return message(__package__, f"{key}-similar", name=name, similar=similar, **values)
