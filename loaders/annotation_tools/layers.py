"""Annotation layers with features, as WebAnno, INCEpTION and UIMA have them, and what they mean here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTITY_LAYER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"  # built into INCEpTION
RELATION_LAYER = "webanno.custom.Relation"
_CUSTOM = "webanno.custom."
LABEL, LINK = "value", "identifier"  # features of the layer of entities
_LABELS = (LABEL, "label", "PosValue", "DependencyType")  # features that say the type of an annotation


class Meaning(NamedTuple):
    """What the features of one annotation mean."""

    label: str
    link: str
    attributes: dict[str, str]


def short_name(layer: str) -> str:
    """Return the name of a layer without its package.

    >>> short_name("webanno.custom.Span")
    'Span'
    """
    return layer.rpartition(".")[2]


def layer_name(layer: str) -> str:
    """Return the full name of a layer of the model; that of entities for none."""
    if not layer or layer == short_name(ENTITY_LAYER):
        return ENTITY_LAYER
    return layer if "." in layer else f"{_CUSTOM}{layer}"


def meaning(layer: str, features: Mapping[str, str]) -> Meaning:
    """Tell type, link and attributes of an annotation.

    The type is the value of its feature `value` or `label`, or of its only one; else the name of the layer.

    :param features: those that have a value

    >>> meaning("webanno.custom.Span", {"value": "LGSP", "identifier": "tq:lgsp", "certainty": "low"})
    Meaning(label='LGSP', link='tq:lgsp', attributes={'certainty': 'low'})
    """
    naming = next((name for name in _LABELS if features.get(name)), "")
    label = features[naming] if naming else short_name(layer)
    attributes = {name: text for name, text in features.items() if name not in {naming, LINK}}
    return Meaning(label, features.get(LINK, ""), attributes)
