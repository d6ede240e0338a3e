"""Families of classes that are drawn alike: one shape, one colour, one word in the legend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import yaml

from ...files import packaged_text
from ...ontology.vocabulary import load_vocabulary

__all__ = ["Family", "families", "family_of"]


@dataclass(frozen=True)
class Family:
    """Classes with one shape and colour; the word in the legend is `family.ID` of the package's words.

    :param shape: the nearest shape of plain pyvis
    :param light: colour on a light background, `#RRGGBB`
    :param dark: colour on a dark background
    :param path: SVG path around (0, 0) with radius 1
    :param classes: local names of its topmost classes
    :param lane: lane of the timeline, `none` for what is not dated; ``None`` if it follows from the dates
    :param is_suggested: whether the page offers its entities to start from
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
    """Read the families, in the order of the legend.

    >>> families()[0].id
    'portal'
    """
    entries = yaml.safe_load(packaged_text(__package__, "families.yaml"))["families"]
    return tuple(Family(**{**entry, "classes": tuple(entry["classes"])}) for entry in entries)


@lru_cache(maxsize=256)
def family_of(class_name: str) -> int:
    """Find the family of a class: that of its nearest ancestor with one.

    :returns: position in :func:`families`
    :raises KeyError: if the ontology has no such class, or none of its ancestors has a family

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
