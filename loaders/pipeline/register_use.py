"""What an article takes from the register: a changed entry concerns only the articles that depend on it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, TypedDict

from ...graph.names import ID
from ...graph.text import spelling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..register.entity import RegisterEntity
    from ..statements.model import ResolvedArticle
    from ..statements.name_index import NameIndex

_IDENTIFIER = re.compile(rb"<(" + re.escape(ID.encode()) + rb"[^>]+)>")


class RegisterUse(TypedDict):
    """What one article takes from the register, as the manifest records it.

    `entities` are the CURIEs of the entities in its quads, `words` the texts of the mentions that are
    resolved by name; `digest` covers what the register said about both.
    """

    entities: list[str]
    words: list[str]
    digest: str


class RegisterDigests:
    """Compares what the register says now with what it said when an article was read.

    An article depends on the entities that it names, on those to which these refer (territory, issuer, parent
    units …), and on all entities that bear a name which its mentions look up.

    :param names: index of the names of all entities
    """

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        self._register = names.lexicon.register
        self._digests: dict[str, str] = {}

    def use_of(self, article: ResolvedArticle, quads: bytes) -> RegisterUse:
        """Collect what an article takes from the register; linear in its quads."""
        iris = {iri.decode() for iri in _IDENTIFIER.findall(quads)}
        by_iri = self._register.by_iri
        entities = sorted(by_iri[iri].curie for iri in iris if iri in by_iri)
        links = (link for paragraph in article.paragraphs for link in paragraph.links)
        words = sorted({spelling(link.surface) for link in links if not link.target})
        return RegisterUse(entities=entities, words=words, digest=self._digest(entities, words))

    def is_current(self, use: RegisterUse) -> bool:
        """Tell whether the register still says the same about everything that an article takes from it."""
        return use["digest"] == self._digest(use["entities"], use["words"])

    def _digest(self, entities: Iterable[str], words: Iterable[str]) -> str:
        homonyms = {word: [entity.curie for entity in self._names.find_anywhere(word)] for word in words}
        named = {*entities, *(curie for curies in homonyms.values() for curie in curies)}
        lines = [f"{curie} {self._entity_digest(curie)}" for curie in sorted(self._with_references(named))]
        lines += [f"{word}: {' '.join(curies)}" for word, curies in homonyms.items()]
        return sha256("\n".join(lines).encode()).hexdigest()

    def _with_references(self, curies: Iterable[str]) -> set[str]:
        """Add the entities to which the given ones refer, directly or through others."""
        closure: set[str] = set()
        pending = list(curies)
        while pending:
            curie = pending.pop()
            if curie not in closure:
                closure.add(curie)
                pending += self._references(curie)
        return closure

    def _references(self, curie: str) -> list[str]:
        entity = self._register.get(curie)
        return [value for value in _texts(entity) if value in self._register.by_curie] if entity else []

    def _entity_digest(self, curie: str) -> str:
        if curie not in self._digests:
            entity = self._register.get(curie)
            content = (
                repr((entity.kind, sorted(entity.values.items()), sorted(entity.lists.items())))
                if entity
                else ""
            )
            self._digests[curie] = sha256(content.encode()).hexdigest()
        return self._digests[curie]


def _texts(entity: RegisterEntity) -> list[str]:
    return [*entity.values.values(), *(text for texts in entity.lists.values() for text in texts)]
