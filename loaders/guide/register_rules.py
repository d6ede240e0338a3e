"""Rules of the guide on the register entries that an article mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cues import cues
from .messages import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...problems import Problem
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from ..statements.model import ResolvedArticle

_SYSTEM, _SEVERAL, _DOCUMENT = "InformationSystem", "SystemGroup", "LegalDocument"


def register_advice(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 19: the class of an entry fits the number of things that its label speaks of."""
    mentioned = {mention.entity.curie: mention.entity for mention in article.mentions}
    for entity in mentioned.values():
        label = entity.label.casefold()
        if _begins(label, cues().plural) and _is_single_system(entity, lexicon):
            yield remark(entity.file, entity.line, "KG219.several", curie=entity.curie, kind=entity.kind)
        if _begins(label, cues().draft) and lexicon.fits(entity.kind, _DOCUMENT):
            yield remark(entity.file, entity.line, "KG219.draft", curie=entity.curie)


def _is_single_system(entity: RegisterEntity, lexicon: Lexicon) -> bool:
    return lexicon.fits(entity.kind, _SYSTEM) and not lexicon.fits(entity.kind, _SEVERAL)


def _begins(label: str, words: tuple[str, ...]) -> bool:
    return any(label.startswith(f"{word} ") for word in words)
