"""The SPARQL query behind a cell; it runs on any engine that holds the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ....graph.names import EGOV, PREFIXES
from ....words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from .framework import ReferenceComponent

_PREFIXES = ("egov", "code", "rdfs", "xsd")


def cell_query(provinces: Sequence[str], component: ReferenceComponent, as_of: date) -> str:
    """Build the query for all statements up to a day about entities that realise a component in provinces.

    Each row also shows what may exclude the statement: its certainty, its end, the end of the entity, the
    version.

    :param provinces: their IRIs; of several, each row names the province
    :returns: SPARQL; the sentences it returns are in the language of their articles
    """
    head = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in _PREFIXES)
    place = "?province " if len(provinces) > 1 else ""
    iris = " ".join(f"<{province}>" for province in provinces)
    return f"""{head}

# {component.code}, {as_of}
SELECT DISTINCT {place}?thing ?claim
  ?predicate ?status ?polarity ?time ?certainty ?to ?ended ?version ?sentence {{
  VALUES ?province {{ {iris} }}
  {_realising(component)}
  {{ ?thing egov:ofTerritory/egov:within* ?province }}
  UNION {{ ?any egov:subject|egov:object ?thing . ?any egov:subject|egov:object ?province }}
  {{ ?claim egov:subject|egov:object ?thing }}
  UNION {{ ?claim egov:object/egov:concerns ?thing }}
  ?claim egov:predicate|egov:measure ?predicate ; egov:status ?status ; egov:polarity ?polarity ;
    egov:statedOn ?stated ; egov:evidence/egov:text ?sentence .
  OPTIONAL {{ ?claim egov:earliest ?own }}
  OPTIONAL {{ ?claim egov:validFrom ?from }}
  OPTIONAL {{ ?claim egov:asOf ?day }}
  OPTIONAL {{ ?claim egov:period ?period }}
  OPTIONAL {{ ?claim egov:validTo ?to }}
  OPTIONAL {{ ?claim egov:certainty ?certainty }}
  OPTIONAL {{ ?thing egov:validTo ?ended }}
  OPTIONAL {{ ?numbered egov:subject ?thing ; egov:predicate egov:versionLabel ; egov:literal ?version }}
  ?status egov:phase ?phase .
  BIND(IF(?phase = code:phase-intended, ?stated, COALESCE(?own, ?stated)) AS ?since)
  BIND(IF(?phase = code:phase-intended, STR(?stated), STR(COALESCE(?from, ?day, ?period, ?stated))) AS ?time)
  FILTER(LANG(?sentence) = "{DEFAULT_LANGUAGE}" && ?since <= "{as_of}"^^xsd:date)
}}
ORDER BY {place}?thing ?claim
"""


def _realising(component: ReferenceComponent) -> str:
    """Build the pattern for the entities that realise a component: by class, name, register or framework."""
    iris = " ".join(f"<{iri}>" for iri in (component.iri, *component.counterparts))
    ways = [f"{{ VALUES ?component {{ {iris} }} ?thing egov:implementsComponent ?component }}"]
    if component.entities:
        entities = " ".join(f"<{entity}>" for entity in component.entities)
        ways.append(f"{{ VALUES ?thing {{ {entities} }} }}")
    if component.classes or component.phrases:
        kinds = " ".join(f"egov:{kind.removeprefix(EGOV)}" for kind in component.classes)
        named = " || ".join(f"CONTAINS(LCASE(?name), {_literal(text)})" for text in component.phrases)
        by_name = f" . ?thing rdfs:label ?name FILTER({named})" if named else ""
        ways.append(
            f"{{ VALUES ?class {{ {kinds or 'egov:TechnicalComponent'} }} ?thing a ?class{by_name} }}"
        )
    return " UNION ".join(reversed(ways))


def _literal(phrase: str) -> str:
    return str(ox.Literal(phrase.lower()))
