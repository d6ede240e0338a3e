"""A portrait as text for the terminal: each statement with its sentence, article, date and status."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from ..ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..queries.facts.show import Portrait, Shown

_WORDS = {
    "vi": {
        "subject": "Bài viết nói về nó",
        "object": "Nó trong phát biểu về vật khác",
        "about": "Phát biểu có liên quan",
        "none": "Chưa bài nào nêu điều gì — không có nghĩa là không có.",
        "denied": "phủ định",
        "aliases": "còn gọi",
        "explicit": "thời gian nêu rõ",
        "publication": "theo ngày đăng",
        "inferred": "thời gian suy ra",
        "from": "từ",
        "to": "đến",
        "as_of": "tại",
        "due_by": "hạn",
        "period": "kỳ",
    },
    "en": {
        "subject": "Said of it",
        "object": "Said of others, with it",
        "about": "Said about it",
        "none": "No article states anything — which does not mean there is nothing.",
        "denied": "denied",
        "aliases": "also called",
        "explicit": "time stated",
        "publication": "as of publication",
        "inferred": "time inferred",
        "from": "from",
        "to": "to",
        "as_of": "as of",
        "due_by": "due",
        "period": "period",
    },
}


def portrait_text(portrait: Portrait, lang: str, *, width: int = 100) -> str:
    """Write a portrait.

    :param lang: `vi` or `en`
    :param width: characters a line of a sentence may take
    """
    words = _WORDS[lang]
    lines = [f"{portrait.label}  ({portrait.curie})", " · ".join([portrait.kind, *portrait.territory])]
    if portrait.aliases:
        lines.append(f"{words['aliases']}: {', '.join(portrait.aliases)}")
    if not portrait.statements:
        lines += ["", words["none"]]
    heading = ""
    for shown in portrait.statements:
        if shown.role != heading:
            heading = shown.role
            lines += ["", f"── {words[heading]}"]
        lines += ["", *_statement(shown, lang, width)]
    return "\n".join(lines) + "\n"


def _statement(shown: Shown, lang: str, width: int) -> list[str]:
    fact, words = shown.fact, _WORDS[lang]
    arrow = "←" if shown.role == "object" else "→"
    far = [shown.status] if load_vocabulary().is_informative(fact.status, fact.predicate) else []
    denied = [words["denied"]] if fact.polarity == "no" else []
    bounds = " · ".join([*far, *denied, *_times(shown, words)])
    head = f"{shown.relation} {arrow} {shown.other}" + (f"   [{bounds}]" if bounds else "")
    sentence = textwrap.wrap(
        f"“{fact.evidence}”", width=width, initial_indent="    ", subsequent_indent="     "
    )
    source = shown.source
    place = f"{words[fact.as_of_basis]}; {fact.article}:{fact.line}"
    return [head, *sentence, f"    {source.title} — {source.publisher}, {source.published} ({place})"]


def _times(shown: Shown, words: Mapping[str, str]) -> list[str]:
    """Write the stated times as one bound, each with the word that tells which it is."""
    fact = shown.fact
    stated = (
        ("from", fact.valid_from),
        ("to", fact.valid_to),
        ("as_of", fact.qualifiers.get("as_of")),
        ("due_by", fact.qualifiers.get("due_by")),
        ("period", fact.qualifiers.get("period")),
    )
    told = [f"{words[name]} {time}" for name, time in stated if time]
    return [", ".join(told)] if told else []
