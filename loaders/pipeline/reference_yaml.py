"""Reader of the YAML form of a user's framework or targets, a short form of triples::

framework: bo-y-te
vi: Khung kiến trúc y tế số
en: Digital health framework
version: "1.0"
layers:
records: {vi: Hồ sơ sức khỏe, en: Health records, under: applications}
components:
H-EMR: {vi: Bệnh án điện tử, en: Electronic health record, layer: records, equals: [f2:a-special],
realised_by: [SectorSystem], named: [bệnh án điện tử], version: "2.0", needs: [H-HIS],
source: Quyết định 1/QĐ-BYT, clause: Điều 3 khoản 2}
targets:
emr-share: {vi: Tỷ lệ bệnh viện có bệnh án điện tử, en: Share of hospitals with EMR,
measure: emrShare, asked: ">= 50 %", period: 2025/2030, source: Quyết định 1/QĐ-BYT}
"""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

import yaml

from ...graph.names import EGOV, ID, RDF_TYPE, RDFS
from ...ontology.codes import code_list, written_codes
from ...ontology.qualifiers import GovernmentLevel, ListBasis, MappingBasis, Sourcing
from ...ontology.references import shipped_components
from ...ontology.vocabulary import load_vocabulary
from ...problems import FaultError, Problem
from ...words import DEFAULT_LANGUAGE, languages
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..register.circles import circle_fault, find_circle
from ..statements.nquads import code, decimal, edtf, egov, labelled, literal, measure_node, unit_node
from ..text.corpus_languages import LABEL_LANGUAGES
from ..text.dates import read_date
from ..text.yaml_text import (
    compose,
    key_nodes,
    known_values,
    list_items,
    node_place,
    scalar_text,
    yaml_problem,
)
from .lexicon_files import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ...problems import Fault

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MEASURE = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
_VALUE = re.compile(r"(>=|<=|>|<|=)\s*(\d+(?:[.,]\d+)?)\s*(%|[^\W\d][\w-]*)")
_LABELS = languages()
_TOP_KEYS = ("framework", *_LABELS, "version", "layers", "components", "targets")
_LAYER_KEYS = (*_LABELS, "under")
_COMPONENT_KEYS = (
    *_LABELS,
    "layer",
    "model",
    "realised_by",
    "named",
    "equals",
    "version",
    "needs",
    "source",
    "clause",
)
_TARGET_KEYS = (
    *_LABELS,
    "measure",
    "asked",
    "period",
    "level",
    "service_level",
    "scheme",
    "source",
)
_REQUIRED_OF_COMPONENTS = (*LABEL_LANGUAGES, "layer")
_REQUIRED_OF_TARGETS = (*LABEL_LANGUAGES, "measure", "asked", "period", "source")
_REQUIRED_OF_LAYERS = (*LABEL_LANGUAGES, "under")
_MODELS = {"model": ("inReferenceModel", "ReferenceModel")}
_LAYERS, _UNDER = {"layer": ("inLayer", "Layer")}, {"under": ("inLayer", "Layer")}
_TEXTS_OF_COMPONENTS = {"version": "requiredVersion", "clause": "clause"}  # key -> property of a text
_CODED_OF_TARGETS = {
    "service_level": ("forServiceLevel", "ServiceLevel"),
    "scheme": ("underScheme", "ServiceScheme"),
    "level": ("forGovernmentLevel", "GovernmentLevel"),
}  # key -> relation and code list
_DEFAULTS: Mapping[str, str] = {"level": GovernmentLevel.PROVINCE}  # key -> code where it is not written


def read_reference_yaml(data: bytes, file: str, measures: Collection[str]) -> tuple[list[str], list[Problem]]:
    """Read a framework or targets from YAML.

    :param file: name of the file in messages
    :param measures: names of the allowed measures of targets; empty to allow any
    :returns: the triples as N-Triples without the final dot, and all problems
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [Problem(file, 1, 1, fault("KG002.byte-not-utf-8", offset=error.start))]
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        return [], [yaml_problem(error, text, file)]
    reader = _ReferenceReader(file, measures)
    reader.read(node)
    return reader.triples, reader.problems


class _ReferenceReader:
    """Reads one file; collects triples and problems.

    :param file: name of the file in messages
    :param measures: names of the allowed measures; empty to allow any
    """

    def __init__(self, file: str, measures: Collection[str]) -> None:
        self.file = file
        self.measures = measures
        self.classes = load_vocabulary().classes
        self.problems: list[Problem] = []
        self.triples: list[str] = []
        self.name = ""
        self.framework = ""
        self.layers: dict[str, dict[str, yaml.Node]] = {}  # layer of the user -> its fields
        self.needs: dict[str, dict[str, yaml.Node]] = {}  # component -> what it needs, and where that stands

    def read(self, node: yaml.Node | None) -> None:
        """Read the whole document."""
        top = self._fields(node, _TOP_KEYS)
        framework = top.get("framework")
        self.name = scalar_text(framework) if framework else ""
        if not _SLUG.fullmatch(self.name):
            self._report(framework, fault("KG014.no-framework"))
            return
        self.framework = f"<{ID}architecture/own-{self.name}>"
        self._add(self.framework, RDF_TYPE, egov("ReferenceArchitecture"))
        self._add_sourcing(self.framework, is_sourced=any(lang in top for lang in _LABELS))
        self._add_labels(self.framework, top)
        self._add(self.framework, EGOV + "shortName", labelled(self.name, DEFAULT_LANGUAGE))
        self._add(self.framework, EGOV + "listBasis", code(ListBasis.OWN.slug))
        if "version" in top:
            self._add(self.framework, EGOV + "versionLabel", literal(scalar_text(top["version"])))
        for layer, layer_node in self._named(top.get("layers"), _SLUG, "KG019.layer-name").items():
            self.layers[layer] = self._fields(layer_node, _LAYER_KEYS, _REQUIRED_OF_LAYERS, layer)
        components = self._named(top.get("components"), _CODE, "KG019.component-code")
        for component, component_node in components.items():
            self._component(component, component_node, components)
        self._report_circle()
        for slug, target_node in self._named(top.get("targets"), _SLUG, "KG019.target-name").items():
            self._target(slug, target_node)

    # components --------------------------------------------------------------------------------------

    def _component(self, component: str, node: yaml.Node, components: Collection[str]) -> None:
        fields = self._fields(node, _COMPONENT_KEYS, _REQUIRED_OF_COMPONENTS, component)
        iri = self._component_iri(component)
        self._add(iri, RDF_TYPE, egov("ReferenceComponent"))
        self._add(iri, EGOV + "componentCode", literal(component))
        self._add(iri, EGOV + "componentOf", self.framework)
        self._add_labels(iri, fields)
        self._layer(iri, fields.get("layer"))
        self._add_codes(iri, fields, _MODELS)
        self._add_sourcing(iri, is_sourced="source" in fields)
        self._texts(iri, fields)
        for class_node in list_items(fields.get("realised_by")):
            self._realised_by(iri, class_node)
        for phrase_node in list_items(fields.get("named")):
            self._add(iri, EGOV + "realisedByName", literal(scalar_text(phrase_node)))
        for counterpart_node in list_items(fields.get("equals")):
            self._equals(iri, counterpart_node)
        for provider_node in list_items(fields.get("needs")):
            self._need(component, provider_node, components, is_sourced="source" in fields)

    def _layer(self, iri: str, node: yaml.Node | None) -> None:
        """Place a component in a layer of the architecture, or of the user, which lies under one of these."""
        own = self.layers.get(scalar_text(node)) if node else None
        if own is None:
            self._add_codes(iri, {"layer": node} if node else {}, _LAYERS, tuple(self.layers))
            return
        self._add_codes(iri, {"under": own["under"]} if "under" in own else {}, _UNDER)
        for lang in _LABELS:
            if lang in own:
                self._add(iri, EGOV + "layerName", labelled(scalar_text(own[lang]), lang))

    def _texts(self, iri: str, fields: Mapping[str, yaml.Node]) -> None:
        """State the version that a component requires, and the clause and document that ask for it."""
        for key, name in _TEXTS_OF_COMPONENTS.items():
            if key in fields:
                self._add(iri, EGOV + name, literal(scalar_text(fields[key])))
        if "source" in fields:
            self._document(iri, "statedIn", fields["source"])
        elif "clause" in fields:
            self._report(fields["clause"], fault("KG014.missing-key-of", key="source", name="clause"))

    def _equals(self, iri: str, node: yaml.Node) -> None:
        curie = scalar_text(node)
        shipped = shipped_components()
        if curie in shipped:
            self._add(iri, EGOV + "correspondsTo", f"<{shipped[curie]}>")
            self._add(iri, EGOV + "mappingBasis", code(MappingBasis.OWN.slug))
        else:
            unknown = fault("KG021.unknown-component", code=curie)
            self._report(node, with_suggestion(unknown, curie, shipped))

    def _realised_by(self, iri: str, class_node: yaml.Node) -> None:
        name = scalar_text(class_node)
        if name in self.classes:
            self._add(iri, EGOV + "realisedBy", egov(name))
        else:
            unknown = fault("KG019.unknown-class", name=name)
            self._report(class_node, with_suggestion(unknown, name, self.classes))

    def _need(
        self, component: str, provider_node: yaml.Node, components: Collection[str], *, is_sourced: bool
    ) -> None:
        provider = scalar_text(provider_node)
        if provider not in components:
            unknown = fault("KG021.unknown-own-component", code=provider)
            self._report(provider_node, with_suggestion(unknown, provider, components))
            return
        self.needs.setdefault(component, {})[provider] = provider_node
        expectation = f"<{ID}expectation/own-{self.name}-{component.lower()}-{provider.lower()}>"
        self._add(expectation, RDF_TYPE, egov("Expectation"))
        self._add(expectation, EGOV + "expectationOf", self.framework)
        self._add(expectation, EGOV + "dependent", self._component_iri(component))
        self._add(expectation, EGOV + "provider", self._component_iri(provider))
        self._add_sourcing(expectation, is_sourced=is_sourced)

    def _report_circle(self) -> None:
        if circle := find_circle(self.needs):
            nodes = [self.needs[component][provider] for component, provider in pairwise(circle)]
            self._report(max(nodes, key=lambda node: node.start_mark.index), circle_fault(circle))

    def _component_iri(self, component: str) -> str:
        return f"<{ID}component/own-{self.name}-{component.lower()}>"

    # targets -----------------------------------------------------------------------------------------

    def _target(self, slug: str, node: yaml.Node) -> None:
        fields = self._fields(node, _TARGET_KEYS, _REQUIRED_OF_TARGETS, slug)
        iri = f"<{ID}target/own-{self.name}-{slug}>"
        self._add(iri, RDF_TYPE, egov("Target"))
        self._add_labels(iri, fields)
        self._add_sourcing(iri, is_sourced="source" in fields)
        self._add_codes(iri, fields, _CODED_OF_TARGETS)
        readers = {
            "measure": self._measure,
            "source": self._source,
            "asked": self._value,
            "period": self._period,
        }
        for key, reader in readers.items():
            if key in fields:
                reader(iri, fields[key])

    def _measure(self, iri: str, node: yaml.Node) -> None:
        name = scalar_text(node)
        if (self.measures and name not in self.measures) or not _MEASURE.fullmatch(name):
            unknown = fault("KG031.unknown-measure-of-corpus", name=name)
            self._report(node, with_suggestion(unknown, name, self.measures))
        else:
            self._add(iri, EGOV + "measure", measure_node(name))

    def _source(self, iri: str, node: yaml.Node) -> None:
        self._document(iri, "setBy", node)

    def _document(self, iri: str, relation: str, node: yaml.Node) -> None:
        """State that a document says something; it is named by its title."""
        title = scalar_text(node)
        digest = int(sha256(title.encode()).hexdigest()[:12], 16)
        document = f"<{ID}document/own-{self.name}-{digest}>"
        self._add(iri, EGOV + relation, document)
        for lang in LABEL_LANGUAGES:
            self._add(document, RDFS + "label", labelled(title, lang))

    def _value(self, iri: str, node: yaml.Node) -> None:
        text = scalar_text(node).strip()
        match = _VALUE.fullmatch(text)
        if match is None:
            self._report(node, fault("KG050.no-comparison", text=text))
            return
        sign, number, unit = match.groups()
        self._add(iri, EGOV + "comparator", code(written_codes("Comparator")[sign]))
        self._add(iri, EGOV + "value", decimal(number.replace(",", ".")))
        units = load_lexicon([]).lexicon.units
        if unit in units:
            self._add(iri, EGOV + "unit", unit_node(units[unit].values["slug"]))
        else:
            unknown = fault("KG052.unlisted-unit", unit=unit, units=tuple(sorted(units)))
            self._report(node, with_suggestion(unknown, unit, units))

    def _period(self, iri: str, node: yaml.Node) -> None:
        try:
            self._add(iri, EGOV + "forPeriod", edtf(read_date(scalar_text(node)).edtf))
        except FaultError as error:
            self._report(node, error.fault)

    # what both have ----------------------------------------------------------------------------------

    def _add(self, subject: str, relation: str, value: str) -> None:
        self.triples.append(f"{subject} <{relation}> {value}")

    def _add_labels(self, iri: str, fields: Mapping[str, yaml.Node]) -> None:
        for lang in _LABELS:
            if lang in fields:
                self._add(iri, RDFS + "label", labelled(scalar_text(fields[lang]), lang))

    def _add_sourcing(self, iri: str, *, is_sourced: bool) -> None:
        self._add(iri, EGOV + "sourcing", code(Sourcing.CONFIRMED if is_sourced else Sourcing.RECALLED))

    def _add_codes(
        self,
        iri: str,
        fields: Mapping[str, yaml.Node],
        coded: Mapping[str, tuple[str, str]],
        own: tuple[str, ...] = (),
    ) -> None:
        for key, (relation, list_name) in coded.items():
            node = fields.get(key)
            slug = scalar_text(node) if node else _DEFAULTS.get(key)
            if slug is None:
                continue
            slugs = tuple(listed.slug for listed in code_list(list_name))
            if slug in slugs:
                self._add(iri, EGOV + relation, code(slug))
            else:
                codes = (*slugs, *own)
                unknown = fault("KG036.unlisted-code", slug=slug, list=list_name, codes=codes)
                self._report(node, with_suggestion(unknown, slug, codes))

    def _named(
        self, node: yaml.Node | None, form: re.Pattern[str], malformed_key: str
    ) -> dict[str, yaml.Node]:
        """Read a map whose keys are names chosen by the user; malformed or repeated names are reported."""
        if node is not None and not isinstance(node, yaml.MappingNode):
            self._report(node, fault("KG012.no-map"))
        nodes: dict[str, yaml.Node] = {}
        for name_node, value_node in key_nodes(node):
            name = scalar_text(name_node)
            if not form.fullmatch(name):
                self._report(name_node, fault(malformed_key, name=name))
            elif name in nodes:
                self._report(name_node, fault("KG017.repeated-name", name=name))
            else:
                nodes[name] = value_node
        return nodes

    def _fields(
        self,
        node: yaml.Node | None,
        known_keys: tuple[str, ...],
        required: tuple[str, ...] = (),
        name: str = "",
    ) -> dict[str, yaml.Node]:
        """Read a map with known keys; unknown, repeated and missing ones are reported."""
        values, faults = known_values(node, known_keys)
        for key_node, flaw in faults:
            self._report(key_node, flaw)
        for key in required:
            if key not in values or not scalar_text(values[key]).strip():
                self._report(node, fault("KG014.missing-key-of", key=key, name=name))
        return values

    def _report(self, node: yaml.Node | None, flaw: Fault) -> None:
        place = node_place(node) if node is not None else (1, 1)
        self.problems.append(Problem(self.file, *place, flaw))
