"""Families: groups of classes that are drawn alike, with the same shape, colour and legend entry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import yaml

from ...files import packaged_text
from ...ontology.vocabulary import load_vocabulary

__all__ = ["Family", "families", "family_of"]


@dataclass(frozen=True)
class Family:
    """A group of classes with one shape and colour; its legend text has the key `family.ID`.

    :param shape: the most similar pyvis shape
    :param light: colour on a light background, as `#RRGGBB`
    :param dark: colour on a dark background
    :param path: SVG path around (0, 0) with radius 1
    :param classes: local names of its topmost classes; subclasses are included
    :param lane: row of the timeline; `none` for undated entities; ``None`` if it depends on the dates
    :param is_suggested: whether the page suggests its entities as starting points
    """

    id: str
    shape: str
    light: str
    dark: str
    path: str
    classes: tuple[str, ...]
    lane: str | None = None
    is_suggested: bool = True


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """Read the families in the order of the legend.

    >>> families()[0].id
    'portal'
    """
    entries = yaml.safe_load(packaged_text(__package__, "families.yaml"))["families"]
    return tuple(Family(**{**entry, "classes": tuple(entry["classes"])}) for entry in entries)


@lru_cache(maxsize=256)
def family_of(class_name: str) -> int:
    """Find the family of a class: that of its nearest ancestor that has one.

    :returns: position in :func:`families`
    :raises KeyError: if the class is unknown or none of its ancestors has a family

    >>> families()[family_of("Ministry")].id, families()[family_of("PersonGroup")].id
    ('body', 'people')
    """
    family_positions = {name: index for index, family in enumerate(families()) for name in family.classes}
    classes = load_vocabulary().classes
    ancestors = [class_name]
    for ancestor in ancestors:
        if ancestor in family_positions:
            return family_positions[ancestor]
        ancestors.extend(classes[ancestor].parents)
    raise KeyError(f"no family for class {class_name}: name it or a superclass in viz/explorer/families.yaml")
