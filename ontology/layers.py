"""Layers of the architecture drawing, from the users down to what lies outside."""

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
    """The part that a layer plays in a territory's architecture."""

    USING = "using"
    TECHNICAL = "technical"
    GOVERNING = "governing"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer.

    :param code: slug, labels, definition and rank
    :param role: users of it, technical, governing, or outside of the local government
    """

    code: Code
    role: LayerRole

    @property
    def slug(self) -> str:
        """Local name of its code."""
        return self.code.slug

    @property
    def is_technical(self) -> bool:
        """Whether systems stand in the layer."""
        return self.role is LayerRole.TECHNICAL

    @property
    def is_governing(self) -> bool:
        """Whether bodies, documents and programmes stand in the layer."""
        return self.role is LayerRole.GOVERNING

    @property
    def is_outside(self) -> bool:
        """Whether what stands in the layer belongs to nobody of the local government."""
        return self.role is LayerRole.OUTSIDE

    @property
    def is_built_locally(self) -> bool:
        """Whether a territory builds what stands in the layer."""
        return self.is_technical or self.is_governing

    def label(self, lang: str) -> str:
        """Give the label in a language, or in the default language where there is none."""
        return self.code.label(lang)


@lru_cache(maxsize=1)
def layers() -> Mapping[str, Layer]:
    """Map the slug of every layer to the layer, from the top.

    >>> [layer.slug for layer in layers().values() if not layer.is_built_locally]
    ['users', 'external']
    """
    from_the_top = (Layer(code, LayerRole(code.annotation("layerRole"))) for code in code_list("Layer"))
    return MappingProxyType({layer.slug: layer for layer in from_the_top})


def find_layer(slug: str) -> Layer:
    """Find a layer.

    :raises CodeError: if the ontology has no such layer
    """
    if slug not in layers():
        raise CodeError("unknown", slug=slug, list="Layer")
    return layers()[slug]


def layer_order(slug: str) -> int:
    """Return the position of a layer from the top, counted from 1; an unknown slug comes last.

    >>> layer_order("users"), layer_order("external"), layer_order("nowhere")
    (1, 10, 11)
    """
    ranks = {layer.slug: layer.code.rank for layer in layers().values()}
    return ranks.get(slug, 1 + max(ranks.values()))


def technical_layers() -> tuple[str, ...]:
    """List the layers in which systems stand, from the top.

    >>> technical_layers()[0], technical_layers()[-1]
    ('channels', 'security')
    """
    return tuple(slug for slug, layer in layers().items() if layer.is_technical)


def default_layer() -> str:
    """Return the layer of a system whose class states none.

    >>> default_layer()
    'applications'
    """
    return default_code("Layer")


def outside_layer() -> str:
    """Return the layer of systems that belong to nobody in the local government.

    >>> outside_layer()
    'external'
    """
    return next(layer.slug for layer in layers().values() if layer.is_outside)
