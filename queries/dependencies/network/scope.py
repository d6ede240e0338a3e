"""The scope of a question: of which territory, classes and layers systems are listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....errors import FilterError
from ....graph.text import fold
from ....ontology.vocabulary import load_vocabulary
from .systems import is_system_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ....ontology.vocabulary import Term
    from .systems import System


@dataclass(frozen=True)
class Scope:
    """Which systems of an answer are listed, in the words of the user; all when it is empty.

    :param province: name of a territory
    :param kinds: names or labels of classes; their subclasses belong to them
    :param layers: slugs or labels of layers
    """

    province: str | None = None
    kinds: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The names of the scope in a row; empty for the whole network."""
        territory = () if self.province is None else (self.province,)
        return ", ".join((*territory, *self.kinds, *self.layers))


@dataclass(frozen=True)
class SystemFilter:
    """Which systems of an answer are listed; paths lead through the others all the same.

    :param units: addresses of units; all territories when it is empty
    :param kinds: names of classes, subclasses included; all when it is empty
    :param layers: slugs of layers; all when it is empty
    :param words: how the scope was named
    """

    units: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    layers: frozenset[str] = frozenset()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.units or self.kinds or self.layers)

    def keeps(self, system: System) -> bool:
        """Tell whether a system is listed."""
        return (
            (not self.units or not self.units.isdisjoint(system.territories))
            and (not self.layers or system.layer in self.layers)
            and (not self.kinds or self._has_kind(system))
        )

    def _has_kind(self, system: System) -> bool:
        vocabulary = load_vocabulary()
        if system.kind not in vocabulary.classes:
            return False
        return any(vocabulary.is_a(system.kind, kind) for kind in self.kinds)


def class_named(words: str) -> str:
    """Find a class of systems by its name or label, with or without accents.

    :raises FilterError: if there is no such class

    >>> class_named("datacentre"), class_named("trung tam du lieu")
    ('DataCentre', 'DataCentre')
    """
    classes = load_vocabulary().classes
    systems = [name for name in classes if is_system_class(name)]
    for name in systems:
        if _is_called(classes[name], words):
            return name
    raise FilterError("class", words, systems)


def layer_named(words: str) -> str:
    """Find a layer by its slug or label, with or without accents.

    :raises FilterError: if there is no such layer

    >>> layer_named("nen tang")
    'platform'
    """
    vocabulary = load_vocabulary()
    layers = vocabulary.schemes["Layer"]
    for slug in layers:
        if _is_called(vocabulary.codes[slug], words):
            return slug
    raise FilterError("layer", words, layers)


def _is_called(term: Term, words: str) -> bool:
    names: Iterable[str] = (term.name, *term.labels.values())
    return fold(words) in map(fold, names)
