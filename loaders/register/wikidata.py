"""Identifiers, labels and coordinates of provinces and ministries, as Wikidata or a copy of it has them.

Matched by ISO 3166-2 code, or by a name whose accents, case and type word are left out. What comes out
are proposals for a person: :mod:`egovkg.loaders.register.proposals` writes them down and merges
the accepted ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox
import yaml

from ...graph.text import fold
from ...ontology.qualifiers import Certainty
from ..text.yaml_text import compose, scalar_text
from .proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...graph.store import Store
    from .entity import Entity

ENDPOINT = "https://query.wikidata.org/sparql"
ENTITY = "http://www.wikidata.org/entity/"
# P300 ISO 3166-2 code, P31 instance of, P279 subclass of, P17 country, P625 coordinates; Q192350 ministry,
# Q881 Viet Nam.
QUERY = """PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?item ?code ?property ?name ?place {
  { ?item wdt:P300 ?code . FILTER(STRSTARTS(?code, "VN-")) }
  UNION
  { ?item wdt:P31/wdt:P279* wd:Q192350 ; wdt:P17 wd:Q881 }
  VALUES ?property { rdfs:label skos:altLabel }
  ?item ?property ?name . FILTER(LANG(?name) = "vi" || LANG(?name) = "en")
  OPTIONAL { ?item wdt:P625 ?place }
}"""
_POINT = re.compile(r"Point\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)", re.IGNORECASE)
_TYPE_WORD = re.compile(r"^(tinh|thanh pho|tp\.?)\s+|\s+(province|city|municipality)$")
_ASIDE = re.compile(r"\([^)]*\)")
_MARKS = re.compile(r"[-–—,.'’]+")
_KINDS = {"Province": True, "Ministry": False}  # kind -> whether its items have a code


@dataclass(frozen=True)
class Item:
    """One thing of the other side.

    :param code: ISO 3166-2; empty for a ministry
    :param labels: language -> label
    :param names: labels and aliases
    :param place: longitude and latitude in degrees, as the endpoint writes them
    """

    iri: str
    code: str
    labels: Mapping[str, str]
    names: frozenset[str]
    place: tuple[str, str] | None = None


@dataclass
class _Growing:
    codes: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


@lru_cache(maxsize=1)
def iso_codes() -> Mapping[str, str]:
    """Read the codes of the 63 former provinces: code -> name in the register `vn`.

    >>> iso_codes()["VN-07"]
    'tuyen-quang'
    """
    node = compose((files(__package__) / "iso-3166-2-vn.yaml").read_text(encoding="utf-8"))
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {scalar_text(code): scalar_text(name) for code, name in pairs}


def items(store: Store) -> tuple[Item, ...]:
    """Ask for the items; one query.

    :returns: in order of their addresses; empty when the endpoint knows none
    """
    found: defaultdict[str, _Growing] = defaultdict(_Growing)
    for iri, code, prop, name, place in store.select(QUERY).rows:
        if not isinstance(iri, ox.NamedNode) or not isinstance(name, ox.Literal):
            continue
        one = found[iri.value]
        one.names.add(name.value)
        if isinstance(prop, ox.NamedNode) and prop.value.endswith("#label"):
            one.labels[name.language or ""] = name.value
        one.codes |= {code.value} if isinstance(code, ox.Literal) else set()
        one.places |= {place.value} if isinstance(place, ox.Literal) else set()
    return tuple(_item(iri, found[iri]) for iri in sorted(found))


def _item(iri: str, one: _Growing) -> Item:
    points = [match for text in sorted(one.places) if (match := _POINT.search(text))]
    place = (points[0][1], points[0][2]) if points else None
    return Item(
        iri, min(one.codes, default=""), dict(sorted(one.labels.items())), frozenset(one.names), place
    )


def key(name: str) -> str:
    """Fold a name to what is compared: no accents, no aside, no type word.

    >>> key("Tỉnh Tuyên Quang (đến 2025-06-30)"), key("Thừa Thiên-Huế province")
    ('tuyen quang', 'thua thien hue')
    """
    bare = " ".join(_MARKS.sub(" ", fold(_ASIDE.sub(" ", name))).split())
    return _TYPE_WORD.sub("", _TYPE_WORD.sub("", bare))


def propose(found: Iterable[Item], entities: Sequence[Entity]) -> tuple[Proposal, ...]:
    """Match items with entities of the register.

    :returns: in order of entities and items; without those that the register has already
    Cost linear in both.
    """
    by_curie = {entity.curie: entity for entity in entities}
    by_key: defaultdict[tuple[str, bool], dict[str, Entity]] = defaultdict(dict)
    for entity in entities:
        if (coded := _KINDS.get(entity.kind)) is not None:
            for name in (*entity.names, entity.values.get("en", "")):
                by_key[key(name), coded][entity.curie] = entity
    proposals = []
    for item in found:
        matched = {} if not item.code else _by_code(item, by_curie)
        for folded in sorted({key(name) for name in item.names} - {""}):
            for curie, entity in by_key.get((folded, bool(item.code)), {}).items():
                matched.setdefault(curie, (entity, *_by_name(item, entity)))
        proposals += [_proposal(item, *match) for match in matched.values()]
    unknown = [one for one in proposals if one.same_as not in by_curie[one.entity].lists.get("same_as", ())]
    return _doubtful(sorted(unknown, key=lambda one: (one.entity, one.same_as)), by_curie)


def _by_code(item: Item, by_curie: Mapping[str, Entity]) -> dict[str, tuple[Entity, str, str]]:
    entity = by_curie.get(f"vn:{iso_codes().get(item.code, '')}")
    return {entity.curie: (entity, f"ISO 3166-2 code {item.code}", Certainty.HIGH)} if entity else {}


def _by_name(item: Item, entity: Entity) -> tuple[str, str]:
    """Word why a name matches, and how sure that is."""
    pairs = [(item.labels.get(lang, ""), entity.values.get(lang, "")) for lang in ("vi", "en")]
    equal = [lang for lang, (a, b) in zip(("vi", "en"), pairs, strict=True) if a and key(a) == key(b)]
    if len(equal) == 2 and not item.code:
        return "the same Vietnamese and English label", Certainty.HIGH
    if equal:
        return f"the same label ({', '.join(equal)})", Certainty.MEDIUM
    return "one of its names", Certainty.LOW


def _proposal(item: Item, entity: Entity, why: str, certainty: str) -> Proposal:
    return Proposal(
        entity=entity.curie,
        label=entity.values.get("vi", ""),
        same_as=item.iri,
        labels=item.labels,
        code=item.code,
        place=item.place,
        why=why,
        certainty=certainty,
    )


def _doubtful(proposals: Sequence[Proposal], by_curie: Mapping[str, Entity]) -> tuple[Proposal, ...]:
    """Lower the certainty where an entity has several candidates, or the register names another item."""
    candidates: defaultdict[str, set[str]] = defaultdict(set)
    for one in proposals:
        candidates[one.entity].add(one.same_as)
    checked = []
    for one in proposals:
        others = [iri for iri in by_curie[one.entity].lists.get("same_as", ()) if iri.startswith(ENTITY)]
        if others:
            checked.append(one.doubted(f"but the register names {others[0]}"))
        elif len(candidates[one.entity]) > 1:
            checked.append(one.doubted("but other items match as well"))
        else:
            checked.append(one)
    return tuple(checked)
