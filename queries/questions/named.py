"""The named questions: one `.rq` file each, found by name.

A file contains each parameter as `VALUES ?name { … }` with a sample value, so that the query runs unchanged
on any engine. The language of labels is given in the same way as `?lang`, and as `?lang_…` in subqueries,
where `?lang` is not visible; the `word` lines of the header as `VALUES (?rule ?words) { … }`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from ...errors import QuestionError
from ...graph.nearest import nearest
from ...words import message
from .header import Question, parse_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...words import Message, MessageValue

SUFFIX = ".rq"
_LISTED_NAMES = 5  # as examples, when no name is similar


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """Read all named questions in order of name; takes a few milliseconds the first time.

    >>> len(questions()) >= 50
    True
    """
    files = [file for file in resources.files(__package__).iterdir() if file.name.endswith(SUFFIX)]
    texts = {file.name.removesuffix(SUFFIX): file.read_text(encoding="utf-8") for file in files}
    return tuple(parse_question(name, texts[name]) for name in sorted(texts))


def question(name: str) -> Question:
    """Return the question with a name.

    :raises QuestionError: if there is none, with similar names

    >>> question("systems-of-province").parameters[0].kind
    'province'
    """
    by_name = {question.name: question for question in questions()}
    if name not in by_name:
        raise QuestionError(with_similar("error.no-question", name, list(by_name)))
    return by_name[name]


def with_similar(key: str, name: str, names: Sequence[str], **values: MessageValue) -> Message:
    """Build the message for an unknown name, with up to three similar names.

    :param key: key of the message used when there are no similar names: it lists the first names
    """
    similar = nearest(name, names)
    if not similar:
        return message(__package__, key, name=name, names=tuple(names[:_LISTED_NAMES]), **values)
    return message(__package__, f"{key}-similar", name=name, similar=similar, **values)
