"""Layers of the architecture, from users at the top to external systems at the bottom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from .codes import CodeError, code_list, default_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .codes import Code

__all__ = [
    "Layer",
    "LayerRole",
    "default_layer",
    "find_layer",
    "layer_order",
    "layers",
    "outside_layer",
    "technical_layers",
]


class LayerRole(StrEnum):
    """The role of a layer in the architecture of a territory."""

    USING = "using"
    TECHNICAL = "technical"
    GOVERNING = "governing"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the architecture.

    :param code: slug, labels, definition and rank
    :param role: whether it holds users, technical systems, governance, or external systems
    """

    code: Code
    role: LayerRole

    @property
    def slug(self) -> str:
        """Local name of the code of the layer."""
        return self.code.slug

    @property
    def is_technical(self) -> bool:
        """Whether the layer contains systems."""
        return self.role is LayerRole.TECHNICAL

    @property
    def is_governing(self) -> bool:
        """Whether the layer contains bodies, documents and programmes."""
        return self.role is LayerRole.GOVERNING

    @property
    def is_outside(self) -> bool:
        """Whether the layer contains what does not belong to local government."""
        return self.role is LayerRole.OUTSIDE

    @property
    def is_built_locally(self) -> bool:
        """Whether territories build the components of the layer."""
        return self.is_technical or self.is_governing

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the default language."""
        return self.code.label(lang)


@lru_cache(maxsize=1)
def layers() -> Mapping[str, Layer]:
    """Return all layers by slug, from the top.

    >>> [layer.slug for layer in layers().values() if not layer.is_built_locally]
    ['users', 'external']
    """
    from_the_top = (Layer(code, LayerRole(code.annotation("layerRole"))) for code in code_list("Layer"))
    return MappingProxyType({layer.slug: layer for layer in from_the_top})


def find_layer(slug: str) -> Layer:
    """Return the layer with a slug.

    :raises CodeError: if the ontology has no such layer
    """
    if slug not in layers():
        raise CodeError("unknown", slug=slug, list="Layer")
    return layers()[slug]


def layer_order(slug: str) -> int:
    """Return the position of a layer from the top, from 1; unknown slugs come last.

    >>> layer_order("users"), layer_order("external"), layer_order("nowhere")
    (1, 10, 11)
    """
    ranks = {layer.slug: layer.code.rank for layer in layers().values()}
    return ranks.get(slug, 1 + max(ranks.values()))


def technical_layers() -> tuple[str, ...]:
    """List the layers that contain systems, from the top.

    >>> technical_layers()[0], technical_layers()[-1]
    ('channels', 'security')
    """
    return tuple(slug for slug, layer in layers().items() if layer.is_technical)


def default_layer() -> str:
    """Return the layer of systems whose class states no layer.

    >>> default_layer()
    'applications'
    """
    return default_code("Layer")


def outside_layer() -> str:
    """Return the layer of systems that do not belong to local government.

    >>> outside_layer()
    'external'
    """
    return next(layer.slug for layer in layers().values() if layer.is_outside)
