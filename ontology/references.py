"""The shipped reference components by the names used in registers, and the framework of expected edges."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from .modules import EGOV, RDFS, TripleIndex, reference_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FRAMEWORK_2_0 = "https://w3id.org/egovkg/id/architecture/framework-2-0"
DUTIES = "https://w3id.org/egovkg/id/architecture/law-duties"  # the list of links that the law asks for


def chosen_framework(frameworks: Iterable[str]) -> str:
    """Choose the framework of expected edges among several: that of 2019, else the first by IRI.

    :returns: empty without frameworks

    >>> chosen_framework(["urn:mine", FRAMEWORK_2_0]) == FRAMEWORK_2_0, chosen_framework(["urn:mine"])
    (True, 'urn:mine')
    """
    addresses = set(frameworks)
    return FRAMEWORK_2_0 if FRAMEWORK_2_0 in addresses else min(addresses, default="")


@lru_cache(maxsize=1)
def shipped_components() -> Mapping[str, str]:
    """Map the CURIE of each shipped reference component to its IRI; cached, about 5 ms.

    >>> shipped_components()["f2:a-qlvb"]
    'https://w3id.org/egovkg/id/component/f2-a-qlvb'
    """
    triples = TripleIndex.of(reference_files())
    return MappingProxyType(
        {
            triples.values(component, EGOV + "curie")[0]: component
            for component in triples.instances(EGOV + "ReferenceComponent")
        }
    )


@lru_cache(maxsize=1)
def component_curies() -> Mapping[str, str]:
    """Map the IRI of each shipped reference component to its CURIE; cached."""
    return MappingProxyType({iri: curie for curie, iri in shipped_components().items()})


@lru_cache(maxsize=1)
def component_names() -> Mapping[str, tuple[str, ...]]:
    """Map the CURIE of each shipped reference component to its code and its labels in all languages.

    >>> component_names()["f2:a-qlvb"][0]
    'A-QLVB'
    """
    triples = TripleIndex.of(reference_files())
    names = {
        curie: (*triples.values(iri, EGOV + "componentCode"), *triples.values(iri, RDFS + "label"))
        for curie, iri in shipped_components().items()
    }
    return MappingProxyType(names)


@lru_cache(maxsize=1)
def component_labels() -> Mapping[str, Mapping[str, str]]:
    """Map the CURIE of each shipped reference component to its labels by language; cached.

    >>> component_labels()["f2:a-qlvb"]["en"] in component_names()["f2:a-qlvb"]
    True
    """
    triples = TripleIndex.of(reference_files())
    return MappingProxyType(
        {curie: triples.texts(iri, RDFS + "label") for curie, iri in shipped_components().items()}
    )
