"""Resolution of mentions to entities, by their target or by their text within the scope of the article."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ...files import packaged_text
from ..faults.messages import fault, message
from ..faults.suggest import with_suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...problems import Fault
    from ..article.document import BodyPlaces, MentionLink
    from ..register.entity import RegisterEntity
    from .head import HeadResolution
    from .lookup import EntityLookup
    from .name_index import NameIndex

_OFFERED = 5  # entities of other places that a fix offers


@lru_cache(maxsize=1)
def _unit_words() -> re.Pattern[str]:
    words = yaml.safe_load(packaged_text(__package__ or "", "unit-words.yaml"))
    return re.compile(f"({'|'.join(words)})", re.IGNORECASE)


class MentionResolver:
    """Finds the entities named in the mentions of one article.

    :param places: converts offsets in the body to places in the file
    :param head: front matter with scope and the prefixes of the article's own registers
    """

    def __init__(
        self, lookup: EntityLookup, names: NameIndex, places: BodyPlaces, head: HeadResolution
    ) -> None:
        self.lookup, self.names, self.places = lookup, names, places
        self.scope, self.own_prefixes = head.scope, head.own_prefixes

    def resolve(self, link: MentionLink) -> RegisterEntity | None:
        """Find the entity of a mention; one without or with several matches is reported."""
        return self._by_target(link) if link.target else self._by_words(link)

    def _by_target(self, link: MentionLink) -> RegisterEntity | None:
        entity = self.lookup.register.by_curie.get(link.target)
        if entity is not None:
            return entity
        start = self.places.data.find(f"]({link.target}".encode(), link.offset)
        offset = link.offset if start < 0 else start + len("](")
        return self.lookup.find(link.target, *self.places.at(offset))

    def _by_words(self, link: MentionLink) -> RegisterEntity | None:
        """Find the one entity that the text of a mention can mean within the scope.

        Without a scope nothing is reported here, because the unusable front matter is reported already.
        """
        if not self.scope or self.names.is_unusable(link.surface):
            return None
        candidates = self.names.find(link.surface, self.scope, self.own_prefixes)
        if len(candidates) == 1:
            return candidates[0]
        flaw = (
            self._ambiguous(link.surface, candidates) if candidates else self._without_meaning(link.surface)
        )
        self.lookup.problems.report(*self.places.at(link.offset), flaw)
        return None

    def _ambiguous(self, words: str, candidates: Sequence[RegisterEntity]) -> Fault:
        key = (
            "KG061.ambiguous-document"
            if self._all_are(candidates, "LegalDocument")
            else "KG062.ambiguous-name"
        )
        curies = tuple(entity.curie for entity in candidates)
        return fault(key, words=words, count=len(candidates), candidates=curies)

    def _without_meaning(self, words: str) -> Fault:
        elsewhere = self.names.find_anywhere(words)
        if elsewhere and self._all_are(elsewhere, "AdministrativeUnit"):
            parents = tuple(entity.values.get("within", "?") for entity in elsewhere)
            return fault("KG065.unit-elsewhere", words=words, scope=self.scope, parents=parents)
        if elsewhere:
            return self._only_elsewhere(words, elsewhere)
        if _unit_words().fullmatch(words):
            return fault("KG063.no-antecedent", words=words, scope=self.scope)
        names = self.names.names_within(self.scope, self.own_prefixes)
        return with_suggestion(fault("KG021.unknown-words", words=words), words, names)

    def _only_elsewhere(self, words: str, elsewhere: Sequence[RegisterEntity]) -> Fault:
        candidates = tuple(entity.curie for entity in elsewhere[:_OFFERED])
        if unlisted := len(elsewhere) - len(candidates):
            offered = message("candidates-and-others", candidates=candidates, count=unlisted)
            return fault("KG063.only-elsewhere", words=words, scope=self.scope, candidates=offered)
        return fault("KG063.only-elsewhere", words=words, scope=self.scope, candidates=candidates)

    def _all_are(self, entities: Sequence[RegisterEntity], kind: str) -> bool:
        return all(self.lookup.lexicon.fits(entity.kind, kind) for entity in entities)
