"""Reference architectures as Python values: components, what each expects, and numeric targets.

All of it is data with sources: the shipped files stand in `ontology/`, and a user may bring another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ...errors import FrameworkError
from ...graph.names import CODE, EGOV, ID, with_prefixes
from ...ontology.codes import find_code
from ...ontology.layers import layer_order
from ...ontology.qualifiers import bears_verdict, default_sourcing
from ..facts.values import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...graph.store import Row, Store

PER_CENT = ID + "unit-of-measure/phan-tram"
FRAMEWORK = "https://w3id.org/egovkg/id/architecture/framework-2-0"


@dataclass(frozen=True, slots=True)
class ReferenceComponent:
    """A component that a framework names.

    :param code: its short code, such as `A-QLVB`
    :param layer: slug of its layer in the framework
    :param later_layer: slug of the layer of the national digital framework; `None` where there is none
    :param model: slug of its reference model: brm, drm, arm, trm or srm; `None` where not told
    :param sourcing: confirmed, repository, article or recalled
    :param classes: IRIs of the classes whose instances realise it
    :param entities: IRIs of things that realise it by name
    :param version: version label that an architecture must bear to realise it
    :param frameworks: IRIs of the frameworks that name it
    """

    iri: str
    code: str
    labels: Mapping[str, str]
    layer: str
    later_layer: str | None = None
    model: str | None = None
    sourcing: str = field(default_factory=default_sourcing)
    classes: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    version: str | None = None
    frameworks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_sourced(self) -> bool:
        """Tell whether it rests on a page or an article."""
        return bears_verdict(self.sourcing)


@dataclass(frozen=True, slots=True)
class ExpectedDependency:
    """What a framework says one component needs of another.

    :param dependent: code of the component in need
    :param provider: code of the component that must be in place
    """

    dependent: str
    provider: str
    sourcing: str
    sources: tuple[str, ...] = ()

    @property
    def is_sourced(self) -> bool:
        """Tell whether it rests on a page or an article."""
        return bears_verdict(self.sourcing)


@dataclass(frozen=True, slots=True)
class NumericTarget:
    """A value that a document asks for.

    :param part: IRI of the measure counted above the line where no share is stated; so is `whole` below it
    :param service_level: slug of the level that is counted; `None` for all
    :param scheme: slug of the way services are graded; `None` where it does not matter
    :param period: EDTF
    :param unit_labels: words for the unit by language; `%` for per cent
    :param issued: day of the document, the first where only a month or a year is told; `None` where none is
    """

    iri: str
    labels: Mapping[str, str]
    document: str
    document_labels: Mapping[str, str]
    measure: str
    comparator: str
    value: Decimal
    unit: str
    period: str
    level: str
    service_level: str | None = None
    scheme: str | None = None
    part: str | None = None
    whole: str | None = None
    clause: str | None = None
    sourcing: str = field(default_factory=default_sourcing)
    sources: tuple[str, ...] = ()
    unit_labels: Mapping[str, str] = field(default_factory=dict)
    issued: date | None = None

    @property
    def is_sourced(self) -> bool:
        """Tell whether it rests on a page or an article."""
        return bears_verdict(self.sourcing)

    def words(self, lang: str) -> str:
        """Write what is asked for, with its unit."""
        amount = f"{find_code(self.comparator).written} {self.value.normalize():f}"
        unit = self.unit_labels.get(lang, "") if self.unit != PER_CENT else "%"
        return f"{amount}%" if unit == "%" else f"{amount} {unit}".rstrip()


@dataclass(frozen=True)
class ReferenceFramework:
    """One framework: its components in layer order, and what they expect of each other.

    :param unsourced: how many components were left out because no source was found
    """

    iri: str
    labels: Mapping[str, str]
    components: tuple[ReferenceComponent, ...]
    expectations: tuple[ExpectedDependency, ...]
    unsourced: int = 0

    def component(self, code: str) -> ReferenceComponent:
        """Find a component by its code.

        :raises KeyError: if the framework has none of that code
        """
        return next(each for each in self.components if each.code == code)


_COMPONENTS = with_prefixes("""
SELECT DISTINCT ?component ?code ?layer ?later ?model ?sourcing ?version {
  ?component a egov:ReferenceComponent ; egov:componentCode ?code ; egov:inLayer ?layer ;
    egov:sourcing ?sourcing .
  OPTIONAL { ?layer egov:laterLayer ?later }
  OPTIONAL { ?component egov:inReferenceModel ?model }
  OPTIONAL { ?component egov:requiredVersion ?version }
}
""")
_MANY = with_prefixes("""
SELECT DISTINCT ?thing ?property ?value {
  VALUES ?type { egov:ReferenceComponent egov:Expectation egov:Target egov:ReferenceArchitecture }
  VALUES ?property { rdfs:label egov:realisedBy egov:componentOf egov:restsOn }
  ?thing a ?type ; ?property ?value .
}
""")
_EXPECTATIONS = with_prefixes("""
SELECT DISTINCT ?expectation ?framework ?dependent ?provider ?sourcing {
  ?expectation a egov:Expectation ; egov:expectationOf ?framework ;
    egov:dependent/egov:componentCode ?dependent ;
    egov:provider/egov:componentCode ?provider ; egov:sourcing ?sourcing .
}
""")
_TARGETS = with_prefixes("""
SELECT DISTINCT ?target ?document ?measure ?comparator ?value ?unit ?period ?level ?service ?scheme ?part
  ?whole ?clause ?sourcing {
  ?target a egov:Target ; egov:setBy ?document ; egov:measure ?measure ; egov:comparator ?comparator ;
    egov:value ?value ; egov:unit ?unit ; egov:forPeriod ?period ; egov:forGovernmentLevel ?level ;
    egov:sourcing ?sourcing .
  OPTIONAL { ?target egov:forServiceLevel ?service }
  OPTIONAL { ?target egov:underScheme ?scheme }
  OPTIONAL { ?target egov:partMeasure ?part ; egov:wholeMeasure ?whole }
  OPTIONAL { ?target egov:clause ?clause }
}
""")
_WORDS = with_prefixes("""
SELECT DISTINCT ?thing ?label {
  ?target a egov:Target ; egov:setBy|egov:unit ?thing . ?thing rdfs:label ?label
}
""")
_ISSUED = with_prefixes("""
SELECT ?document (MIN(STR(?day)) AS ?first) {
  ?target a egov:Target ; egov:setBy ?document . ?document egov:documentDate ?day
} GROUP BY ?document
""")


def read_reference(
    store: Store, framework: str | None = None, *, unsourced: bool = False
) -> ReferenceFramework:
    """Read one framework out of a store.

    :param framework: its IRI; by default 2.0 where it is there, else the only one that has components
    :param unsourced: keep components and expectations for which no source was found
    :raises FrameworkError: if no framework, or more than one, has components
    """
    many = _many(store)
    components = tuple(_component(row, many) for row in store.select(_COMPONENTS).rows)
    iri = framework or _only(components)
    mine = [each for each in components if iri in each.frameworks]
    kept = [each for each in mine if unsourced or each.is_sourced]
    kept.sort(key=lambda each: (layer_order(each.layer), each.iri))
    codes = {each.code for each in kept}
    found = [_expectation(row, many) for row in store.select(_EXPECTATIONS).rows if text_of(row[1]) == iri]
    expectations = sorted(
        (e for e in found if {e.dependent, e.provider} <= codes and (unsourced or e.is_sourced)),
        key=lambda each: (each.dependent, each.provider),
    )
    return ReferenceFramework(
        iri, _labels(many, iri), tuple(kept), tuple(expectations), len(mine) - len(kept)
    )


def read_targets(store: Store) -> tuple[NumericTarget, ...]:
    """Read the targets of a store, in order of document and IRI; those without a source are left out."""
    many = _many(store)
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, label in store.select(_WORDS).rows:
        words[text_of(thing)][getattr(label, "language", "") or ""] = text_of(label)
    issued = {document: _first_day(day) for document, day in store.texts(_ISSUED)}
    found = (_target(row, many, words, issued) for row in store.select(_TARGETS).rows)
    return tuple(sorted((t for t in found if t.is_sourced), key=lambda each: (each.document, each.iri)))


def has_components(store: Store) -> bool:
    """Tell whether a store holds any framework at all."""
    return store.ask(with_prefixes("ASK { ?component a egov:ReferenceComponent }"))


def check_measures(store: Store, targets: Sequence[NumericTarget]) -> None:
    """Refuse targets of measures that the store does not define: they would look as if nobody had figures.

    :raises FrameworkError: naming them
    """
    known = measure_names(store)
    names = {each.measure.rpartition("/")[2] for each in targets}
    if odd := sorted(names - known):
        raise FrameworkError(f"no measure {', '.join(odd)} — measures.yaml of the corpus lists them")


def measure_names(store: Store) -> frozenset[str]:
    """Name the measures that a store defines, by the last part of each address."""
    rows = store.texts(with_prefixes("SELECT DISTINCT ?measure { ?measure a egov:Measure }"))
    return frozenset(row[0].rpartition("/")[2] for row in rows)


def _only(components: Sequence[ReferenceComponent]) -> str:
    frameworks = sorted({each for component in components for each in component.frameworks})
    if FRAMEWORK in frameworks:
        return FRAMEWORK
    if len(frameworks) != 1:
        found = ", ".join(frameworks) or "none"
        raise FrameworkError(f"which framework? components were found of: {found} — give the file of one")
    return frameworks[0]


def _many(store: Store) -> Mapping[str, Mapping[str, list[Row]]]:
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in store.select(_MANY).rows:
        found[text_of(row[0])][text_of(row[1]).rpartition("#")[2]].append(row)
    return found


def _values(many: Mapping[str, Mapping[str, list[Row]]], iri: str, name: str) -> tuple[str, ...]:
    return tuple(sorted(text_of(row[2]) for row in many.get(iri, {}).get(name, ())))


def _labels(many: Mapping[str, Mapping[str, list[Row]]], iri: str) -> Mapping[str, str]:
    rows = many.get(iri, {}).get("label", ())
    return {getattr(row[2], "language", "") or "": text_of(row[2]) for row in rows}


def _slug(term: object) -> str | None:
    value = getattr(term, "value", None)
    return value.removeprefix(CODE) if isinstance(value, str) else None


def _component(row: Row, many: Mapping[str, Mapping[str, list[Row]]]) -> ReferenceComponent:
    iri = text_of(row[0])
    realised = _values(many, iri, "realisedBy")
    return ReferenceComponent(
        iri=iri,
        code=text_of(row[1]),
        labels=_labels(many, iri),
        layer=_slug(row[2]) or "",
        later_layer=_slug(row[3]),
        model=_slug(row[4]),
        sourcing=_slug(row[5]) or default_sourcing(),
        version=_slug(row[6]),
        classes=tuple(each for each in realised if each.startswith(EGOV)),
        entities=tuple(each for each in realised if not each.startswith(EGOV)),
        frameworks=_values(many, iri, "componentOf"),
        sources=_values(many, iri, "restsOn"),
    )


def _expectation(row: Row, many: Mapping[str, Mapping[str, list[Row]]]) -> ExpectedDependency:
    iri = text_of(row[0])
    sourcing = _slug(row[4]) or default_sourcing()
    return ExpectedDependency(text_of(row[2]), text_of(row[3]), sourcing, _values(many, iri, "restsOn"))


def _first_day(text: str) -> date | None:
    parts = [int(part) for part in text[:10].split("-") if part.isdigit()]
    return date(*(*parts, 1, 1)[:3]) if parts else None


def _target(
    row: Row,
    many: Mapping[str, Mapping[str, list[Row]]],
    words: Mapping[str, Mapping[str, str]],
    issued: Mapping[str, date | None],
) -> NumericTarget:
    iri, document = text_of(row[0]), text_of(row[1])
    return NumericTarget(
        iri=iri,
        labels=_labels(many, iri),
        document=document,
        document_labels=words.get(document, {}),
        measure=text_of(row[2]),
        comparator=_slug(row[3]) or "",
        value=Decimal(text_of(row[4])),
        unit=text_of(row[5]),
        period=text_of(row[6]),
        level=_slug(row[7]) or "",
        service_level=_slug(row[8]),
        scheme=_slug(row[9]),
        part=text_of(row[10]) if row[10] is not None else None,
        whole=text_of(row[11]) if row[11] is not None else None,
        clause=text_of(row[12]) if row[12] is not None else None,
        sourcing=_slug(row[13]) or default_sourcing(),
        sources=_values(many, iri, "restsOn"),
        unit_labels=words.get(text_of(row[5]), {}),
        issued=issued.get(document),
    )
