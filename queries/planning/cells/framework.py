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
from .basis import SourceBasis

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

PER_CENT = ID + "unit-of-measure/phan-tram"


@dataclass(frozen=True, slots=True)
class ReferenceComponent:
    """A component that a framework names.

    :param code: its short code, such as `A-QLVB`
    :param layer: slug of its layer in the architecture, which decides who builds it
    :param later_layer: slug of its layer in the national digital framework; `None` if it has none
    :param model: slug of its reference model: brm, drm, arm, trm or srm; `None` if not stated
    :param basis: what it rests on: a clause, a page, a code repository, or memory
    :param classes: IRIs of the classes whose instances realise it
    :param entities: IRIs of entities that realise it individually, whatever their class
    :param phrases: phrases in the name of systems that realise it; with classes, only of systems of a class
    :param version: version that an entity must have to realise it
    :param frameworks: IRIs of the frameworks that name it
    :param counterparts: IRIs of components of other frameworks: what realises one of them realises it too
    :param mapping: slug of why it is taken to correspond to its counterparts; empty without any
    :param layer_labels: names that its framework gives to its layer, by language; empty for the usual name
    :param shown_layer: slug of the layer under which it is shown; empty for its own
    """

    iri: str
    code: str
    labels: Mapping[str, str]
    layer: str
    later_layer: str | None = None
    model: str | None = None
    basis: SourceBasis = field(default_factory=SourceBasis)
    classes: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    version: str | None = None
    frameworks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    mapping: str = ""
    layer_labels: Mapping[str, str] = field(default_factory=dict)
    shown_layer: str = ""

    @property
    def sourcing(self) -> str:
        """Slug of the kind of its source."""
        return self.basis.sourcing

    @property
    def is_sourced(self) -> bool:
        """Tell whether its source is a published page or an article."""
        return self.basis.bears_verdict

    @property
    def group(self) -> str:
        """Slug of the layer under which it is shown."""
        return self.shown_layer or self.layer

    def label(self, lang: str) -> str:
        """Return its label in a language; its code where it has none."""
        return label_in(self.labels, lang) or self.code

    def layer_label(self, lang: str) -> str:
        """Return the name of the layer under which it is shown, in a language."""
        return label_in(self.layer_labels, lang) or find_code(self.group).label(lang)


@dataclass(frozen=True, slots=True)
class ExpectedDependency:
    """A dependency between two components that a framework expects.

    :param dependent: code of the component that needs the other
    :param provider: code of the component that is needed
    :param basis: what it rests on: a clause, a page, a code repository, or memory
    """

    dependent: str
    provider: str
    basis: SourceBasis
    sources: tuple[str, ...] = ()

    @property
    def is_sourced(self) -> bool:
        """Tell whether its source is a published page or an article."""
        return self.basis.bears_verdict


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
    :param scheme_life: what ended that scheme
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
    scheme_life: RuleLife = field(default_factory=RuleLife)

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

    :param left_out: slug of a sourcing → number of components left out because of it
    :param short_name: what tells it from the others, such as `2.0`
    :param list_basis: slug of where its list of components comes from; empty if not stated
    :param included: slug of a sourcing → number of components that count only because the user asked for them
    """

    iri: str
    labels: Mapping[str, str]
    components: tuple[ReferenceComponent, ...]
    expectations: tuple[ExpectedDependency, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    short_name: str = ""
    list_basis: str = ""
    included: Mapping[str, int] = field(default_factory=dict)

    def component(self, code: str) -> ReferenceComponent:
        """Find a component by its code.

        :raises KeyError: if the framework has no component with that code
        """
        return next(component for component in self.components if component.code == code)

    @property
    def name(self) -> str:
        """The last segment of its address."""
        return self.iri.rpartition("/")[2]

    @property
    def unsourced(self) -> int:
        """The number of components left out for want of a source."""
        return sum(self.left_out.values())

    @property
    def has_issued_list(self) -> bool:
        """Whether its list is the framework's own, or nothing says where the list comes from."""
        return not self.list_basis or find_code(self.list_basis).states("isIssuedList")

    @property
    def components_of_its_own(self) -> int:
        """The number of components that it does not share with the framework whose list it changes."""
        return sum(self.iri in component.frameworks for component in self.components)

    @property
    def list_texts(self) -> Mapping[str, str]:
        """Where its list of components comes from, in one sentence by language; empty if not stated."""
        return find_code(self.list_basis).definitions if self.list_basis else {}

    def label(self, lang: str) -> str:
        """Return its label in a language; its IRI where it has none."""
        return label_in(self.labels, lang) or self.iri

    def under_later_layers(self) -> ReferenceFramework:
        """Return the framework grouped by the four layers of the national digital framework.

        A component whose layer has no counterpart there is shown under its own layer and comes last.
        """
        layers = dict.fromkeys(component.later_layer for component in self.components)
        order = [*(layer for layer in layers if layer is not None), None]
        ranked = sorted(self.components, key=lambda component: order.index(component.later_layer))
        moved = (replace(part, shown_layer=part.later_layer or part.layer) for part in ranked)
        return replace(self, components=tuple(moved))
