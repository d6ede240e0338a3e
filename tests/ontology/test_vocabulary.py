"""The ontology is bilingual, complete, in its profile; and the vocabulary reads it rightly."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from importlib import resources
from itertools import combinations
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from egovkg import ontology
from egovkg.graph import names
from egovkg.ontology import Term, Vocabulary, alignment_files, load_vocabulary, modules
from egovkg.ontology.modules import (
    CODE,
    EGOV,
    ONTOLOGY,
    OWL,
    RDFS,
    SKOS,
    TYPE,
    TripleIndex,
    module_files,
    read_module,
    reference_files,
)
from egovkg.ontology.statuses import statuses
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, PROV, QB, SOSA, TIME

if TYPE_CHECKING:
    from collections.abc import Iterable

DATATYPES = {"string", "langString", "edtf", "decimal", "integer", "date", "boolean"}
# What OWL 2 RL allows and this ontology needs; a new construct is a decision, so it fails here first.
CONSTRUCTS = {
    OWL + name
    for name in [
        "AllDisjointClasses",
        "AnnotationProperty",
        "Class",
        "DatatypeProperty",
        "IrreflexiveProperty",
        "ObjectProperty",
        "Ontology",
        "SymmetricProperty",
        "TransitiveProperty",
        "imports",
        "inverseOf",
        "members",
        "propertyChainAxiom",
        "versionIRI",
        "versionInfo",
    ]
}


@pytest.fixture(scope="module")
def terms() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def facts() -> TripleIndex:
    return TripleIndex.of(module_files())


def every_term(terms: Vocabulary) -> list[Term]:
    return [*terms.classes.values(), *terms.properties.values(), *terms.codes.values()]


class TestTerms:
    def test_none_of_the_files_is_left_out(self, terms: Vocabulary, facts: TripleIndex) -> None:
        kinds = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
        properties = {iri for kind in kinds for iri in facts.instances(OWL + kind)}
        listed = {iri for iri in facts.index if facts.values(iri, SKOS + "inScheme")}
        assert {term.iri for term in terms.classes.values()} == ours(facts.instances(OWL + "Class"))
        assert {term.iri for term in terms.properties.values()} == ours(properties)
        assert {term.iri for term in terms.codes.values()} == listed
        assert len(terms.classes) >= 116
        assert len(terms.properties) >= 183
        assert len(terms.codes) >= 104

    def test_each_has_a_label_and_a_definition_in_both_languages(self, terms: Vocabulary) -> None:
        languages = {"vi", "en"}
        lacking = [
            term.iri
            for term in every_term(terms)
            if not (set(term.labels) == set(term.definitions) == languages)
        ]
        assert lacking == []

    def test_each_definition_is_one_sentence_that_says_more_than_the_label(self, terms: Vocabulary) -> None:
        poor = [
            (term.name, text)
            for term in every_term(terms)
            for language, text in term.definitions.items()
            if not re.fullmatch(r"[A-ZÀ-Ỹ].{15,}[^.]\.", text) or len(text) <= len(term.labels[language])
        ]
        assert poor == []

    def test_no_two_have_the_same_definition(self, terms: Vocabulary) -> None:
        for language in ("vi", "en"):
            texts = [term.definitions[language] for term in every_term(terms)]
            assert {text for text in texts if texts.count(text) > 1} == set()

    def test_each_class_and_property_has_a_name_of_its_kind(self, terms: Vocabulary) -> None:
        assert [name for name in terms.classes if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []
        assert [name for name in terms.properties if not re.fullmatch(r"[a-z][A-Za-z0-9]+", name)] == []
        assert [slug for slug in terms.codes if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", slug)] == []

    def test_parents_domains_and_ranges_are_known(self, terms: Vocabulary) -> None:
        for name, term in terms.classes.items():
            assert set(term.parents) <= set(terms.classes), name
        for name, term in terms.properties.items():
            assert set(term.parents) <= set(terms.properties), name
            assert term.domain is None or term.domain in terms.classes, name
            known = DATATYPES if term.kind == "datatype" else set(terms.classes)
            assert term.range is None or term.range in known, name

    def test_a_property_has_no_wider_ends_than_the_one_above(self, terms: Vocabulary) -> None:
        for term in terms.properties.values():
            for parent in term.parents:
                above = terms.properties[parent]
                assert term.domain is not None
                assert above.domain is not None
                assert terms.is_a(term.domain, above.domain)

    def test_datatype_properties_say_their_datatype(self, terms: Vocabulary) -> None:
        assert [
            name for name, term in terms.properties.items() if term.kind == "datatype" and not term.range
        ] == []

    def test_no_circle_of_classes_or_properties(self, terms: Vocabulary) -> None:
        for family in (terms.classes, terms.properties):
            for name, term in family.items():
                assert all(name not in terms.ancestors(parent) for parent in term.parents)


class TestCharacteristics:
    def test_they_are_those_of_the_table(self, terms: Vocabulary) -> None:
        assert terms.transitive == {"dependsOn"}
        assert terms.irreflexive == {"directlyDependsOn"}
        assert terms.symmetric == {"cooperatesWith"}
        assert dict(terms.chains) == {"exposedTo": ("operates", "dependsOn")}

    def test_inverses_are_found_from_both_ends(self, terms: Vocabulary) -> None:
        pairs = {
            "succeededBy": "succeeds",
            "operatedBy": "operates",
            "dependsOn": "supports",
            "issuedBy": "issues",
        }
        assert dict(terms.inverses) == pairs | {right: left for left, right in pairs.items()}

    def test_inverses_swap_their_ends(self, terms: Vocabulary) -> None:
        for name, other in terms.inverses.items():
            here, there = terms.properties[name], terms.properties[other]
            assert (here.domain, here.range) == (there.range, there.domain)

    def test_a_class_is_below_at_most_one_of_a_disjoint_group(self, terms: Vocabulary) -> None:
        for group in terms.disjoint:
            for name in terms.classes:
                assert len(group & terms.ancestors(name)) <= 1, name

    def test_all_top_classes_exclude_each_other(self, terms: Vocabulary) -> None:
        tops = {name for name, term in terms.classes.items() if not term.parents}
        shared = {"Quantity"}  # what figures and targets have in common
        assert (tops - shared) | {"Target"} in terms.disjoint


class TestVocabulary:
    def test_a_term_carries_what_the_file_says(self, terms: Vocabulary) -> None:
        term = terms.properties["hostedOn"]
        assert (term.iri, term.kind) == (EGOV + "hostedOn", "object")
        assert (term.parents, term.domain, term.range) == (
            ("directlyDependsOn",),
            "TechnicalComponent",
            "Infrastructure",
        )
        assert term.labels == {"vi": "đặt tại", "en": "hosted on"}

    def test_ancestors_include_the_term_itself(self, terms: Vocabulary) -> None:
        assert terms.ancestors("Ministry") == {"Ministry", "GovernmentBody", "Body", "Agent"}
        assert terms.ancestors("issuedBy") == {"issuedBy"}

    def test_an_unknown_name_is_refused(self, terms: Vocabulary) -> None:
        with pytest.raises(KeyError):
            terms.ancestors("LGPS")
        with pytest.raises(KeyError):
            terms.layer("LGPS")

    @pytest.mark.parametrize(
        ("kind", "layer"),
        [
            ("IntegrationPlatform", "platform"),
            ("DocumentExchangeAxis", "platform"),
            ("PublicServicePortal", "portals"),
            ("DigitalSignatureSystem", "applications"),
            ("Database", "data"),
            ("TelecomNetwork", "infrastructure"),
            ("Ministry", "steering"),
            ("PersonGroup", "users"),
            ("PostalService", "channels"),
            ("Claim", None),
        ],
    )
    def test_the_layer_comes_from_the_nearest_superclass(
        self, terms: Vocabulary, kind: str, layer: str | None
    ) -> None:
        assert terms.layer(kind) == layer

    def test_layers_are_codes_of_the_layer_list(self, terms: Vocabulary) -> None:
        assert set(terms.layers.values()) <= set(terms.schemes["Layer"])

    @pytest.mark.parametrize(
        ("kind", "folder"),
        [
            ("Ministry", "agent"),
            ("DataCentre", "system"),
            ("Decree", "document"),
            ("Unit", "unit-of-measure"),
        ],
    )
    def test_the_folder_comes_from_the_top_class(self, terms: Vocabulary, kind: str, folder: str) -> None:
        assert terms.folder(kind) == folder

    def test_codes_have_no_folder(self, terms: Vocabulary) -> None:
        with pytest.raises(KeyError, match="Status"):
            terms.folder("Status")

    def test_no_two_top_classes_share_a_folder(self, terms: Vocabulary) -> None:
        assert len(set(terms.folders.values())) == len(terms.folders)

    def test_code_lists_keep_their_order(self, terms: Vocabulary) -> None:
        named_statuses = (
            "planned",
            "approved",
            "under-construction",
            "pilot",
            "operational",
            "limited",
            "completed",
            "retired",
        )
        named_layers = (
            "users",
            "channels",
            "portals",
            "applications",
            "platform",
            "data",
            "infrastructure",
            "security",
            "steering",
            "external",
        )
        for name, slugs in (("Status", named_statuses), ("Layer", named_layers)):
            assert tuple(slug for slug in terms.schemes[name] if slug in slugs) == slugs
        assert {slug for slugs in terms.schemes.values() for slug in slugs} == set(terms.codes)

    def test_only_what_is_done_becomes_an_edge(self, facts: TripleIndex) -> None:
        materialised = {slug for slug, status in statuses().items() if status.materialises}
        assert materialised >= {"operational", "completed"}
        phases = {facts.values(CODE + slug, EGOV + "phase") for slug in materialised}
        assert phases == {(CODE + "phase-in-force",)}

    def test_it_is_read_once_and_cannot_be_changed(self, terms: Vocabulary) -> None:
        assert load_vocabulary() is terms
        with pytest.raises(FrozenInstanceError):
            terms.symmetric = frozenset()  # type: ignore[misc]
        with pytest.raises(TypeError):
            terms.classes["Ghost"] = terms.classes["Body"]  # type: ignore[index]

    def test_the_public_face_is_complete(self) -> None:
        assert all(hasattr(ontology, name) for name in ontology.__all__)

    def test_namespaces_agree_with_those_of_the_graph(self) -> None:
        assert (EGOV, CODE) == (names.EGOV, names.CODE)


class TestModules:
    def test_each_has_a_bilingual_header_and_a_version(self) -> None:
        for file in (*module_files(), *alignment_files()):
            facts = TripleIndex.of([file])
            (iri,) = facts.instances(OWL + "Ontology")
            expected = ONTOLOGY if file == "egov.ttl" else f"{ONTOLOGY}/{file.removesuffix('.ttl')}"
            assert iri == expected
            assert set(facts.texts(iri, RDFS + "label")) == {"vi", "en"}, file
            assert facts.values(iri, OWL + "versionInfo") == ("0.1.0",), file

    def test_imports_point_downwards(self) -> None:
        loaded: list[str] = []
        for file in (*module_files(), *alignment_files()):
            facts = TripleIndex.of([file])
            (iri,) = facts.instances(OWL + "Ontology")
            assert set(facts.values(iri, OWL + "imports")) <= set(loaded), file
            loaded.append(iri)

    def test_a_module_uses_only_terms_it_defines_or_imports(self) -> None:
        defined: dict[str, set[str]] = {}
        for file in module_files():
            facts = TripleIndex.of([file])
            (iri,) = facts.instances(OWL + "Ontology")
            below = [defined[other] for other in facts.values(iri, OWL + "imports")]
            defined[iri] = {term for term in facts.index if is_ours(term)}.union(*below)
            assert {term for term in used_in(file) if is_ours(term)} <= defined[iri], file

    def test_each_term_says_which_module_defines_it(self) -> None:
        for file in module_files():
            facts = TripleIndex.of([file])
            (iri,) = facts.instances(OWL + "Ontology")
            ours = [term for term in facts.index if is_ours(term)]
            assert [t for t in ours if facts.values(t, RDFS + "isDefinedBy") != (iri,)] == [], file

    def test_alignments_are_not_loaded_by_default(self, facts: TripleIndex) -> None:
        assert set(module_files()).isdisjoint(alignment_files())
        outside = ("http://www.w3.org/ns/", "http://data.europa.eu/", "http://purl.org/linked-data/")
        assert [iri for iri in facts.index if iri.startswith(outside)] == []

    def test_alignments_speak_of_terms_that_exist(self, terms: Vocabulary) -> None:
        known = {term.iri for term in every_term(terms)}
        for file in alignment_files():
            subjects = {iri for iri in TripleIndex.of([file]).index if is_ours(iri)}
            assert subjects, file
            assert subjects <= known, file

    def test_outside_terms_exist_where_a_list_of_them_is_at_hand(self) -> None:
        lists = (DCAT, DCTERMS, FOAF, ORG, PROV, QB, SOSA, TIME)
        for iri in {iri for file in alignment_files() for iri in used_in(file)}:
            for known in lists:
                if iri.startswith(str(known)):
                    assert iri in known

    def test_every_file_beside_is_known(self) -> None:
        folder = resources.files("egovkg.ontology")
        shipped = {entry.name for entry in folder.iterdir() if entry.name.endswith(".ttl")}
        known = {*module_files(), *alignment_files(), *reference_files(), "shapes.ttl", "verdict-shapes.ttl"}
        assert shipped == known


class TestProfile:
    def test_only_the_constructs_of_the_list_are_used(self) -> None:
        used = {iri for file in module_files() for iri in used_in(file) if iri.startswith(OWL)}
        assert used <= CONSTRUCTS

    def test_no_chain_holds_its_own_head(self, terms: Vocabulary) -> None:
        for head, steps in terms.chains.items():
            assert all(head not in terms.ancestors(step) for step in steps)

    def test_only_simple_properties_are_irreflexive(self, terms: Vocabulary) -> None:
        assert terms.irreflexive.isdisjoint(composite(terms))

    def test_no_name_is_two_kinds_of_property(self, terms: Vocabulary, facts: TripleIndex) -> None:
        kinds = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
        for one, other in combinations(kinds, 2):
            assert not set(facts.instances(OWL + one)) & set(facts.instances(OWL + other))

    def test_no_annotation_is_given_an_axiom(self, terms: Vocabulary) -> None:
        plain = [term for term in terms.properties.values() if term.kind == "annotation"]
        assert all(not term.parents and term.domain is None and term.range is None for term in plain)

    def test_every_outside_term_is_declared(self, facts: TripleIndex) -> None:
        builtin = (OWL, RDFS, modules.RDF, "http://www.w3.org/2001/XMLSchema#")
        declared = {iri for iri in facts.index if facts.values(iri, TYPE)}
        predicates = {predicate for about in facts.index.values() for predicate in about}
        assert {iri for iri in predicates if not iri.startswith(builtin)} <= declared
        assert SKOS + "Concept" in declared


def is_ours(iri: str) -> bool:
    return iri.startswith((EGOV, CODE))


def ours(iris: Iterable[str]) -> set[str]:
    return {iri for iri in iris if is_ours(iri)}


def used_in(file: str) -> set[str]:
    """Every IRI a module names, in whatever place."""
    quads = ox.parse(read_module(file), format=ox.RdfFormat.TURTLE)
    named = (part for quad in quads for part in (quad.subject, quad.predicate, quad.object))
    return {part.value for part in named if isinstance(part, ox.NamedNode)}


def composite(terms: Vocabulary) -> set[str]:
    """Properties that OWL 2 DL calls composite: transitive, chained, or above or inverse to one."""
    seeds = {*terms.transitive, *terms.chains}
    seeds |= {terms.inverses[name] for name in seeds if name in terms.inverses}
    above = {ancestor for name in seeds for ancestor in terms.ancestors(name)}
    return above | {terms.inverses[name] for name in above if name in terms.inverses}
