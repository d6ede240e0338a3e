"""The scope of a question: the territory, classes and layers whose systems are listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....errors import FilterError
from ....graph.names import EGOV
from ....graph.nearest import nearest
from ....graph.text import fold
from ....ontology.vocabulary import load_vocabulary
from .systems import is_system_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ....ontology.vocabulary import Term
    from .systems import System

_PREFIX = "egov:"


@dataclass(frozen=True)
class Scope:
    """The systems that an answer lists, as the user named them; all when the scope is empty.

    :param province: name of a territory
    :param kinds: names or labels of classes; subclasses are included
    :param layers: slugs or labels of layers
    """

    province: str | None = None
    kinds: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The names of the scope joined into one text; empty for the whole network."""
        territory = () if self.province is None else (self.province,)
        return ", ".join((*territory, *self.kinds, *self.layers))


@dataclass(frozen=True)
class SystemFilter:
    """The systems that an answer lists; paths may run through systems outside the filter.

    :param units: addresses of units; empty for all territories
    :param kinds: names of classes, subclasses included; empty for all classes
    :param layers: slugs of layers; empty for all layers
    :param words: the scope as the user named it
    """

    units: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    layers: frozenset[str] = frozenset()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.units or self.kinds or self.layers)

    def keeps(self, system: System) -> bool:
        """Tell whether the filter lists a system."""
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
    """Find a class of systems by its name or label; accents are ignored.

    :raises FilterError: if no class has that name

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
    """Find a layer by its slug or label; accents are ignored.

    :raises FilterError: if no layer has that name

    >>> layer_named("nen tang")
    'platform'
    """
    vocabulary = load_vocabulary()
    layers = vocabulary.schemes["Layer"]
    for slug in layers:
        if _is_called(vocabulary.codes[slug], words):
            return slug
    raise FilterError("layer", words, layers)


def relation_named(words: str, in_use: Sequence[str]) -> str:
    """Find a relation by its name or label; accents are ignored.

    :param in_use: relations that an error offers, beside those with similar names
    :raises FilterError: if no relation has that name

    >>> relation_named("egov:connectsTo", ()), relation_named("ket noi voi", ())
    ('connectsTo', 'connectsTo')
    """
    properties = load_vocabulary().properties
    name = words.removeprefix(_PREFIX).removeprefix(EGOV)
    if name in properties:
        return name
    for relation in properties.values():
        if _is_called(relation, name):
            return relation.name
    raise FilterError("relation", words, [*dict.fromkeys([*nearest(name, properties), *in_use])])


def _is_called(term: Term, words: str) -> bool:
    names: Iterable[str] = (term.name, *term.labels.values())
    return fold(words) in map(fold, names)
