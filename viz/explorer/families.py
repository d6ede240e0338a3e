"""Families: what is drawn alike, and the words of the page; both are data files beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ...files import packaged_text
from ...ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Family:
    """Classes that are drawn alike.

    :param labels: language -> word in the legend
    :param shape: the nearest shape of plain pyvis
    :param light: colour on a light background, `#RRGGBB`
    :param dark: colour on a dark background
    :param path: SVG path around (0, 0) with radius 1
    :param classes: local names of its topmost classes
    """

    id: str
    labels: Mapping[str, str]
    shape: str
    light: str
    dark: str
    path: str
    classes: tuple[str, ...]


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """Read the families, in the order of the legend.

    >>> families()[0].id
    'portal'
    """
    entries = yaml.safe_load(packaged_text(__package__, "families.yaml"))["families"]
    return tuple(
        Family(
            id=entry["id"],
            labels={"vi": entry["vi"], "en": entry["en"]},
            shape=entry["shape"],
            light=entry["light"],
            dark=entry["dark"],
            path=entry["path"],
            classes=tuple(entry["classes"]),
        )
        for entry in entries
    )


@lru_cache(maxsize=1)
def page_words() -> Mapping[str, Mapping[str, str]]:
    """Read the words of the page.

    :returns: language -> key -> words
    """
    entries = yaml.safe_load(packaged_text(__package__, "words.yaml"))
    return {
        language: {key: str(pair[index]) for key, pair in entries.items()}
        for index, language in enumerate(("vi", "en"))
    }


@lru_cache(maxsize=256)
def family_of(kind: str) -> int:
    """Find the family of a class: that of its nearest ancestor with one.

    :returns: position in :func:`families`
    :raises KeyError: if the ontology has no such class, or none of its ancestors has a family

    >>> families()[family_of("Ministry")].id, families()[family_of("PersonGroup")].id
    ('body', 'people')
    """
    homes = {name: index for index, family in enumerate(families()) for name in family.classes}
    classes = load_vocabulary().classes
    waiting = [kind]
    for name in waiting:
        if name in homes:
            return homes[name]
        waiting.extend(classes[name].parents)
    raise KeyError(f"no family for class {kind}: name it or a superclass in viz/explorer/families.yaml")
