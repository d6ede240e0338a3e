"""A reference framework as values: its components, the dependencies between them, and targets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ....graph.names import ID
from ....ontology.codes import find_code
from ....ontology.qualifiers import bears_verdict, default_sourcing
from ....words import label as label_in
from ....words import written_number
from ...law.lives import RuleLife

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

PER_CENT = ID + "unit-of-measure/phan-tram"


@dataclass(frozen=True, slots=True)
class ReferenceComponent:
    """A component that a framework names.

    :param code: its short code, such as `A-QLVB`
    :param layer: slug of its layer in the framework
    :param later_layer: slug of its layer in the national digital framework; `None` if it has none
    :param model: slug of its reference model: brm, drm, arm, trm or srm; `None` if not stated
    :param sourcing: how its source was established: confirmed, repository, article or recalled
    :param classes: IRIs of the classes whose instances realise it
    :param entities: IRIs of entities that realise it individually, whatever their class
    :param version: version that an entity must have to realise it
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
        """Tell whether its source is a published page or an article."""
        return bears_verdict(self.sourcing)

    def label(self, lang: str) -> str:
        """Return its label in a language; its code where it has none."""
        return label_in(self.labels, lang) or self.code


@dataclass(frozen=True, slots=True)
class ExpectedDependency:
    """A dependency between two components that a framework expects.

    :param dependent: code of the component that needs the other
    :param provider: code of the component that is needed
    """

    dependent: str
    provider: str
    sourcing: str
    sources: tuple[str, ...] = ()

    @property
    def is_sourced(self) -> bool:
        """Tell whether its source is a published page or an article."""
        return bears_verdict(self.sourcing)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalTarget:
    """What a document requires to be reached in a period.

    :param period: the period in EDTF
    :param level: slug of the level of government for which the target is set
    :param clause: the place in the document, such as `3.2.a`; `None` if it was not seen
    :param life: from which day it is in force, and what ended it
    """

    iri: str
    labels: Mapping[str, str]
    document: str
    document_labels: Mapping[str, str]
    period: str
    level: str
    clause: str | None = None
    sourcing: str = field(default_factory=default_sourcing)
    sources: tuple[str, ...] = ()
    life: RuleLife = field(default_factory=RuleLife)

    @property
    def is_sourced(self) -> bool:
        """Tell whether its source is a published page, a clause or an article."""
        return bears_verdict(self.sourcing)

    def words(self, lang: str) -> str:
        """Word what is required."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericTarget(LegalTarget):
    """A target that is a value of a measure.

    :param part: IRI of the measure in the numerator when no share is stated; `whole` is that in the
        denominator
    :param service_level: slug of the service level that is counted; `None` for all levels
    :param scheme: slug of the scheme by which services are graded; `None` if it does not matter
    :param unit_labels: names of the unit by language; `%` for per cent
    """

    measure: str
    comparator: str
    value: Decimal
    unit: str
    service_level: str | None = None
    scheme: str | None = None
    part: str | None = None
    whole: str | None = None
    unit_labels: Mapping[str, str] = field(default_factory=dict)

    def words(self, lang: str) -> str:
        """Word the required value with its unit."""
        amount = f"{find_code(self.comparator).written} {written_number(self.value.normalize(), lang)}"
        unit = self.unit_labels.get(lang, "") if self.unit != PER_CENT else "%"
        return f"{amount}%" if unit == "%" else f"{amount} {unit}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentTarget(LegalTarget):
    """A target that is a component which has to be in place, such as a platform or an issued document."""

    component: ReferenceComponent

    def words(self, lang: str) -> str:
        """Word the required component."""
        return self.component.label(lang)


@dataclass(frozen=True)
class ReferenceFramework:
    """A framework: its components in layer order, and the dependencies it expects between them.

    :param unsourced: number of components left out because no source was found
    """

    iri: str
    labels: Mapping[str, str]
    components: tuple[ReferenceComponent, ...]
    expectations: tuple[ExpectedDependency, ...]
    unsourced: int = 0

    def component(self, code: str) -> ReferenceComponent:
        """Find a component by its code.

        :raises KeyError: if the framework has no component with that code
        """
        return next(component for component in self.components if component.code == code)

    @property
    def name(self) -> str:
        """The last segment of its address."""
        return self.iri.rpartition("/")[2]

    def label(self, lang: str) -> str:
        """Return its label in a language; its IRI where it has none."""
        return label_in(self.labels, lang) or self.iri

    def under_later_layers(self) -> ReferenceFramework:
        """Return the framework grouped by the four layers of the national digital framework.

        A component whose layer has no counterpart there keeps its own layer and comes last.
        """
        layers = dict.fromkeys(component.later_layer for component in self.components)
        order = [*(layer for layer in layers if layer is not None), None]
        ranked = sorted(self.components, key=lambda component: order.index(component.later_layer))
        moved = (replace(part, layer=part.later_layer or part.layer) for part in ranked)
        return replace(self, components=tuple(moved))
