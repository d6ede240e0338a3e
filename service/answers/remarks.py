"""The remarks on an answer in JSON: kind and values for programs, a text for readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import Labelled, Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...queries.facts.values import Json
    from ...words import MessageValue

_KEY_PREFIX = "remark."


def remarks_json(messages: Iterable[Message], lang: str) -> list[Json]:
    """Return remarks for JSON, with their texts in a language.

    :param messages: the remarks as messages independent of language
    """
    return [
        {
            "kind": message.key.removeprefix(_KEY_PREFIX),
            "text": message.text(lang),
            "values": {name: _value_json(value, lang) for name, value in message.values},
        }
        for message in messages
    ]


def _value_json(value: MessageValue, lang: str) -> Json:
    if isinstance(value, tuple):
        return [_value_json(part, lang) for part in value]
    return value.text(lang) if isinstance(value, Labelled | Message) else value
