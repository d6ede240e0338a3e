"""The language of a request: from its path, its parameter `lang`, or its header Accept-Language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...viz.site.content.paths import in_language
from ...words import DEFAULT_LANGUAGE, languages
from ..contract.media_types import quality_value
from .responses import header

if TYPE_CHECKING:
    from starlette.requests import Request


def path_language(path: str) -> str:
    """Return the language of a page from its path.

    >>> path_language("/en/query"), path_language("/query"), path_language("/english")
    ('en', 'vi', 'vi')
    """
    for lang in languages():
        if lang != DEFAULT_LANGUAGE and path.startswith("/" + in_language("", lang)):
            return lang
    return DEFAULT_LANGUAGE


def preferred_language(accept_language: str) -> str:
    """Choose the language that a header prefers; the default if it names no supported language.

    >>> preferred_language("en-GB,vi;q=0.5"), preferred_language("fr, *;q=0.1"), preferred_language("")
    ('en', 'vi', 'vi')
    """
    qualities: dict[str, float] = {}
    for part in accept_language.split(","):
        name, _, quality = part.partition(";")
        code = name.strip().lower().partition("-")[0]
        if code in languages():
            qualities.setdefault(code, quality_value(quality.partition("=")[2] or "1"))
    return max(qualities, key=qualities.__getitem__, default=DEFAULT_LANGUAGE)


def message_language(request: Request) -> str:
    """Choose the language of a refusal."""
    parameter = request.query_params.get("lang", "")
    if parameter in languages():
        return parameter
    from_path = path_language(request.scope["path"])
    if from_path != DEFAULT_LANGUAGE:
        return from_path
    return preferred_language(header(request, "accept-language"))
