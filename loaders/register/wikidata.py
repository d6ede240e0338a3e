"""Wikidata items for provinces and ministries: their retrieval, and matching with the register.

Items are matched by ISO 3166-2 code, or by name without accents, case and type word. The results are
proposals for a person to decide on: :mod:`.proposals` writes them to a file, and :mod:`.same_as` merges the
accepted ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import yaml

from ...files import packaged_text
from ...graph.text import fold
from ...ontology.qualifiers import Certainty
from ...words import languages, message
from ..text.corpus_languages import LABEL_LANGUAGES
from .proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...graph.store import Store
    from ...words import Message
    from .entity import RegisterEntity

ENDPOINT = "https://query.wikidata.org/sparql"
_ANY_LANGUAGE = "mul"  # of a label that holds for every language without one of its own
ITEM = "http://www.wikidata.org/entity/"
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
  ?item ?property ?name . FILTER(LANGUAGES)
  OPTIONAL { ?item wdt:P625 ?place }
}""".replace(
    "LANGUAGES", " || ".join(f'LANGMATCHES(LANG(?name), "{lang}")' for lang in (*languages(), _ANY_LANGUAGE))
)
_POINT = re.compile(r"Point\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)", re.IGNORECASE)
_TYPE_WORD = re.compile(r"^(tinh|thanh pho|tp\.?)\s+|\s+(province|city|municipality)$")
_ASIDE = re.compile(r"\([^)]*\)")
_PUNCTUATION = re.compile(r"[-–—,.'’]+")
_HAS_CODE = {"Province": True, "Ministry": False}  # class of entities -> whether its items have a code


@dataclass(frozen=True)
class WikidataItem:
    """One item of Wikidata.

    :param code: ISO 3166-2 code; empty for a ministry
    :param labels: labels by language
    :param names: labels and aliases
    :param place: longitude and latitude in degrees, in the notation of the endpoint
    """

    iri: str
    code: str
    labels: Mapping[str, str]
    names: frozenset[str]
    place: tuple[str, str] | None = None


@dataclass
class _ItemRows:
    """The values of one item, collected from several result rows."""

    codes: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def add_label(self, tag: str, label: str) -> None:
        """Add a label; that of a regional variant, such as `en-gb`, counts where the language has none."""
        lang = tag.partition("-")[0]
        if tag == lang or lang not in self.labels:
            self.labels[lang] = label

    def item(self, iri: str) -> WikidataItem:
        points = [match for text in sorted(self.places) if (match := _POINT.search(text))]
        place = (points[0][1], points[0][2]) if points else None
        code = min(self.codes, default="")
        labels = self.labels
        if any_language := labels.pop(_ANY_LANGUAGE, ""):
            labels = dict.fromkeys(LABEL_LANGUAGES, any_language) | labels
        return WikidataItem(iri, code, dict(sorted(labels.items())), frozenset(self.names), place)


@dataclass(frozen=True)
class _Match:
    """An entity that may be identical with an item."""

    entity: RegisterEntity
    reason: Message
    certainty: Certainty


@lru_cache(maxsize=1)
def iso_codes() -> Mapping[str, str]:
    """Read the ISO codes of the 63 former provinces: code → name in the register `vn`.

    >>> iso_codes()["VN-07"]
    'tuyen-quang'
    """
    codes: dict[str, str] = yaml.safe_load(packaged_text(__package__, "iso-3166-2-vn.yaml"))
    return codes


def fetch_items(store: Store) -> tuple[WikidataItem, ...]:
    """Fetch the items from an endpoint with one query.

    :returns: sorted by address; empty if the endpoint has none
    """
    items: defaultdict[str, _ItemRows] = defaultdict(_ItemRows)
    for iri, code, relation, name, place in sorted(store.select(QUERY).rows, key=str):
        if not isinstance(iri, ox.NamedNode) or not isinstance(name, ox.Literal):
            continue
        rows = items[iri.value]
        rows.names.add(name.value)
        if isinstance(relation, ox.NamedNode) and relation.value.endswith("#label"):
            rows.add_label(name.language or "", name.value)
        for values, term in ((rows.codes, code), (rows.places, place)):
            if isinstance(term, ox.Literal):
                values.add(term.value)
    return tuple(items[iri].item(iri) for iri in sorted(items))


def comparable_name(name: str) -> str:
    """Normalise a name for comparison: without accents, bracketed text and type word.

    >>> comparable_name("Tỉnh Tuyên Quang (đến 2025-06-30)"), comparable_name("Thừa Thiên-Huế province")
    ('tuyen quang', 'thua thien hue')
    """
    plain = " ".join(_PUNCTUATION.sub(" ", fold(_ASIDE.sub(" ", name))).split())
    return _TYPE_WORD.sub("", _TYPE_WORD.sub("", plain))


def propose(items: Iterable[WikidataItem], entities: Sequence[RegisterEntity]) -> tuple[Proposal, ...]:
    """Match items with entities of the register.

    :returns: in order of entities and items; without links already in the register
    Cost: linear in items and entities.
    """
    by_curie = {entity.curie: entity for entity in entities}
    matcher = _Matcher(entities)
    proposals = [
        _proposal(item, match)
        for item in items
        for match in matcher.matches(item)
        if item.iri not in _addresses(match.entity)
    ]
    proposals.sort(key=lambda proposal: (proposal.entity, proposal.same_as))
    return _doubtful(proposals, by_curie)


class _Matcher:
    """Finds the entities that may be identical with an item."""

    def __init__(self, entities: Sequence[RegisterEntity]) -> None:
        self.by_curie = {entity.curie: entity for entity in entities}
        self.by_name: defaultdict[tuple[str, bool], dict[str, RegisterEntity]] = defaultdict(dict)
        for entity in entities:
            has_code = _HAS_CODE.get(entity.kind)
            if has_code is not None:
                for name in (*entity.names, *(entity.values.get(lang, "") for lang in languages())):
                    self.by_name[comparable_name(name), has_code][entity.curie] = entity

    def matches(self, item: WikidataItem) -> Iterable[_Match]:
        """List the matching entities, each once: by code, else by name."""
        matches: dict[str, _Match] = {}
        if match := self._by_code(item):
            matches[match.entity.curie] = match
        for name in sorted({comparable_name(name) for name in item.names} - {""}):
            for curie, entity in self.by_name.get((name, bool(item.code)), {}).items():
                matches.setdefault(curie, _match_by_name(item, entity))
        return matches.values()

    def _by_code(self, item: WikidataItem) -> _Match | None:
        entity = self.by_curie.get(f"vn:{iso_codes().get(item.code, '')}")
        if entity is None:
            return None
        return _Match(entity, message(__package__, "reason.code", code=item.code), Certainty.HIGH)


def _match_by_name(item: WikidataItem, entity: RegisterEntity) -> _Match:
    """Return the match of an item and an entity by name, with reason and certainty."""
    equal = tuple(lang for lang in LABEL_LANGUAGES if _is_equal_label(item, entity, lang))
    if len(equal) == len(LABEL_LANGUAGES) and not item.code:
        return _Match(entity, message(__package__, "reason.both-labels"), Certainty.HIGH)
    if equal:
        return _Match(entity, message(__package__, "reason.label", languages=equal), Certainty.MEDIUM)
    return _Match(entity, message(__package__, "reason.name"), Certainty.LOW)


def _is_equal_label(item: WikidataItem, entity: RegisterEntity, lang: str) -> bool:
    label = item.labels.get(lang, "")
    return bool(label) and comparable_name(label) == comparable_name(entity.values.get(lang, ""))


def _addresses(entity: RegisterEntity) -> tuple[str, ...]:
    return entity.lists.get("same_as", ())


def _proposal(item: WikidataItem, match: _Match) -> Proposal:
    return Proposal(
        entity=match.entity.curie,
        label=match.entity.label,
        same_as=item.iri,
        labels=item.labels,
        code=item.code,
        place=item.place,
        reasons=(match.reason,),
        certainty=match.certainty,
    )


def _doubtful(proposals: Sequence[Proposal], by_curie: Mapping[str, RegisterEntity]) -> tuple[Proposal, ...]:
    """Lower the certainty if an entity has several candidates, or the register links it to another item."""
    candidates: defaultdict[str, set[str]] = defaultdict(set)
    for proposal in proposals:
        candidates[proposal.entity].add(proposal.same_as)
    checked = []
    for proposal in proposals:
        addresses = [iri for iri in _addresses(by_curie[proposal.entity]) if iri.startswith(ITEM)]
        if addresses:
            reason = message(__package__, "reason.other-address", address=addresses[0])
            checked.append(proposal.doubted(reason))
        elif len(candidates[proposal.entity]) > 1:
            checked.append(proposal.doubted(message(__package__, "reason.other-items")))
        else:
            checked.append(proposal)
    return tuple(checked)
