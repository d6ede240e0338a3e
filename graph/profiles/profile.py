"""Exports of the graph in profiles of others, each as one Turtle file made by one query of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...files import packaged_text
from ...words import in_all_languages
from ..names import EGOV, ID, PREFIXES, with_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..store import Store

CPSV_AP, DCAT_AP = "cpsv-ap", "dcat-ap"
PROFILES = (CPSV_AP, DCAT_AP)

_UNSTATED = ox.NamedNode("https://w3id.org/egovkg/profile/authority-not-stated")
_KINDS = ("GovernmentBody", "PeoplesCommittee", "PeoplesCouncil", "Department", "Office", "ServiceCentre")
_PREFIXES = {
    **{name: start for name, start in PREFIXES.items() if start != ID},  # the names of things have slashes
    "cpsv": "http://purl.org/vocab/cpsv#",
    "m8g": "http://data.europa.eu/m8g/",
    "org": "http://www.w3.org/ns/org#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


@dataclass(frozen=True)
class Profile:
    """The graph in a profile of others.

    :param triples: each once, in a fixed order
    """

    triples: tuple[ox.Triple, ...]

    @property
    def resources(self) -> int:
        """The number of things that are described: services, bodies, channels and units, or data sets."""
        return len({triple.subject for triple in self.triples})

    @property
    def unstated(self) -> int:
        """The number of services whose competent authority no source states."""
        return sum(triple.object == _UNSTATED for triple in self.triples)

    def turtle(self) -> bytes:
        """Return the profile as Turtle; equal graphs give equal bytes."""
        return ox.serialize(self.triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def profile_of(store: Store, name: str, version: str) -> Profile:
    """Describe the graph in a profile: one of :data:`PROFILES`.

    :param version: name of the published version
    :raises KeyError: if there is no such profile

    Cost: one query, linear in services, bodies and sources.
    """
    values = {CPSV_AP: _services, DCAT_AP: _data_set}[name](version)
    query = packaged_text(__package__, f"{name}.rq") % values
    return Profile(tuple(sorted(set(store.construct(with_prefixes(query))), key=str)))


def _services(_version: str) -> Mapping[str, object]:
    kinds = " ".join(f"<{EGOV}{kind}>" for kind in _KINDS)
    return {"unstated": _UNSTATED, "unstated_name": _texts("unstated"), "kinds": kinds}


def _data_set(version: str) -> Mapping[str, object]:
    texts = {name: _texts(name.replace("_", "-")) for name in ("title", "summary", "part_summary")}
    return {"version": ox.Literal(version), **texts}


def _texts(key: str) -> str:
    """Return a text in all languages, as SPARQL literals."""
    texts = in_all_languages(__package__, key)
    return " ".join(str(ox.Literal(text, language=lang)) for lang, text in texts.items())
