"""Resolution of CURIEs to entities; unknown names, and entities of a wrong class, are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..faults.messages import fault
from ..faults.suggest import with_suggestion, with_suggestion_first

if TYPE_CHECKING:
    from ...problems import Fault
    from ...words import Message
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from .problem_list import ProblemList

_OFFERED_PREFIXES = 3  # entities of the same name under other prefixes that a fix offers


class EntityLookup:
    """Finds the entities to which one article refers.

    :param problems: list to which faults are added
    """

    def __init__(self, lexicon: Lexicon, problems: ProblemList) -> None:
        self.lexicon, self.problems = lexicon, problems
        self.register = lexicon.register

    def find(self, curie: str, line: int, column: int, required: str | None = None) -> RegisterEntity | None:
        """Find the entity with a CURIE; an unknown one is reported.

        :param required: class of the entities that are suggested for an unknown one; ``None`` for any
        """
        entity = self.register.by_curie.get(curie)
        if entity is None and (unknown := self._unknown(curie, required)):
            self.problems.report(line, column, unknown)
        return entity

    def find_of_class(
        self, curie: str, place: tuple[int, int], required: str | None, role: str | Message
    ) -> RegisterEntity | None:
        """Find the entity with a CURIE; an unknown one, or one of a wrong class, is reported.

        :param required: the required class; ``None`` if any is allowed
        :param role: the attribute, measure or key that requires the class, for the message
        """
        entity = self.find(curie, *place, required)
        return self.check_class(entity, place, required, role) if entity else None

    def check_class(
        self, entity: RegisterEntity, place: tuple[int, int], required: str | None, role: str | Message
    ) -> RegisterEntity | None:
        """Return the entity if it has the required class; report it otherwise."""
        if self.lexicon.fits(entity.kind, required):
            return entity
        values = {"required": required or "", "curie": entity.curie, "kind": entity.kind}
        self.problems.report(*place, fault("KG032.wrong-reference", role=role, **values))
        return None

    def _unknown(self, curie: str, required: str | None) -> Fault | None:
        """Build the fault of an unknown name; ``None`` if it is reported in its register file."""
        prefix, colon, name = curie.partition(":")
        if "//" in curie:
            return fault("KG021.web-address", address=curie)
        if not colon:
            return self._without_prefix(curie, required)
        if self.register.is_reported(curie):
            return None
        if prefix not in self.register.prefixes:
            having = [fitting.partition(":")[0] for fitting in self._called(name, required)]
            unknown = fault("KG020.unknown-prefix", prefix=prefix)
            return with_suggestion(unknown, prefix, having or self.register.prefixes)
        siblings = [sibling for sibling in self._fitting(required) if sibling.startswith(prefix + ":")]
        unknown = fault("KG021.unknown-entity", curie=curie, prefix=prefix)
        return with_suggestion_first(unknown, curie, siblings) if name else unknown

    def _without_prefix(self, name: str, required: str | None) -> Fault:
        same = self._called(name, required)
        if not same:
            return fault("KG021.no-prefix", name=name)
        return fault("KG021.forgotten-prefix", name=name, candidates=tuple(same[:_OFFERED_PREFIXES]))

    def _called(self, name: str, required: str | None) -> list[str]:
        """List the CURIEs of a class that have a name behind their prefix."""
        return [curie for curie in self._fitting(required) if curie.partition(":")[2] == name]

    def _fitting(self, required: str | None) -> list[str]:
        """List the CURIEs of a class."""
        fits = self.lexicon.fits
        return [curie for curie, entity in self.register.by_curie.items() if fits(entity.kind, required)]
