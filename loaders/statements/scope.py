"""What words can mean in an article: things of its scope, of what the scope lies in, of the whole country.

The things of other provinces are never taken, however well the words fit; they are only offered.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...graph.text import spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..register.entries import Entity
    from ..register.lexicon import Lexicon

NATIONAL = frozenset(
    {"nat", "vn"}
)  # the registers whose things without a territory belong to the whole country


class Names:
    """Looks entities up by the words of an article, within its scope.

    :param lexicon: all entities, and the labels of their classes
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.by_name: dict[str, list[Entity]] = defaultdict(list)
        for entity in lexicon.register.entities:
            for name in (*entity.names, *self._numbers(entity)):
                self.by_name[spelling(name)].append(entity)
        self.told = frozenset(
            spelling(name) for names in lexicon.register.unusable.values() for name in names
        )

    def _numbers(self, entity: Entity) -> tuple[str, ...]:
        """Write a document the ways it is cited: `464/QĐ-UBND`, `Quyết định số 464/QĐ-UBND` …"""
        number = entity.values.get("number", "")
        if not number:
            return ()
        kind = self.lexicon.vocabulary.classes[entity.kind].labels.get("vi", "").partition(" (")[0]
        return (number, f"số {number}", f"{kind} {number}", f"{kind} số {number}")

    def find(self, words: str, scope: str, own: frozenset[str] = frozenset()) -> tuple[Entity, ...]:
        """List the entities that the words can mean in an article.

        :param scope: the unit that the article speaks of; its things win over those of the units it lies
            in, and those over the things of the whole country
        :param own: prefixes of the article's own registers: their things without a territory count as well
        :returns: empty when the words name nothing here; see :meth:`elsewhere`
        """
        found = self._all(words)
        above = frozenset(self._above(scope)) - {scope}
        for tier in (
            [e for e in found if self.inside(e, scope)],
            [e for e in found if self._belongs(e) in above and not self._is_nationwide(e, own)],
            [e for e in found if self._is_nationwide(e, own)],
        ):
            if tier:
                return tuple(tier)
        return ()

    def elsewhere(self, words: str) -> tuple[Entity, ...]:
        """List all entities of this name, wherever they belong: to be offered, not taken."""
        return self._all(words)

    def is_told(self, words: str) -> bool:
        """Tell whether the words name an entry that cannot be used, which was told at its register file."""
        return spelling(words) in self.told

    def inside(self, entity: Entity, scope: str) -> bool:
        """Tell whether an entity belongs to a territory or to a unit within it."""
        return scope in self._above(self._belongs(entity) or entity.curie)

    def _all(self, words: str) -> tuple[Entity, ...]:
        return tuple(dict.fromkeys(self.by_name.get(spelling(words), ())))

    def _belongs(self, entity: Entity) -> str | None:
        """Tell where a thing belongs: its territory; a unit to itself; a document where its issuer does."""
        if territory := entity.values.get("territory"):
            return territory
        if self.lexicon.fits(entity.kind, "AdministrativeUnit"):
            return entity.curie
        issuer = self.lexicon.register.get(entity.values.get("issuer", ""))
        return entity.values.get("within") or (issuer.values.get("territory") if issuer else None)

    def _is_nationwide(self, entity: Entity, own: frozenset[str]) -> bool:
        """Tell whether a thing is of no one province: the country, provinces as such, national things."""
        if self.lexicon.fits(entity.kind, "AdministrativeUnit"):
            unit = self.lexicon.register.get(entity.values.get("within", ""))
            return unit is None or unit.kind == "Country"
        if at := self._belongs(entity):
            unit = self.lexicon.register.get(at)
            return unit is not None and unit.kind == "Country"
        return entity.curie.partition(":")[0] in NATIONAL | own

    def _above(self, curie: str) -> Iterator[str]:
        """Walk from a unit to what it lies in; a circle ends."""
        seen: set[str] = set()
        at: str | None = curie
        while at and at not in seen:
            yield at
            seen.add(at)
            unit = self.lexicon.register.get(at)
            at = unit.values.get("within") if unit else None
