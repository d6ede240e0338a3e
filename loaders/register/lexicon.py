"""The lexicon: register, measures, units and vocabulary, that is, all names that articles can use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...ontology.vocabulary import Vocabulary
    from .entity import Register
    from .measures import FigureTerm


@dataclass(frozen=True)
class Lexicon:
    """All names that articles can use.

    :param measures: by name
    :param units: units by their name in figure lines
    """

    vocabulary: Vocabulary
    register: Register
    measures: Mapping[str, FigureTerm]
    units: Mapping[str, FigureTerm]

    @cached_property
    def code_classes(self) -> Mapping[str, str]:
        """Code → name of the class that is its code list."""
        return {slug: name for name, slugs in self.vocabulary.schemes.items() for slug in slugs}

    @cached_property
    def _fits(self) -> dict[tuple[str, str], bool]:
        return {}

    def fits(self, kind: str, required: str | None) -> bool:
        """Tell whether an instance of a class satisfies a domain or range; cached.

        :param required: class of the domain or range; ``None`` if any class is allowed
        """
        if required is None:
            return True
        answer = self._fits.get((kind, required))
        if answer is None:
            answer = self._fits[kind, required] = self.vocabulary.is_a(kind, required)
        return answer
