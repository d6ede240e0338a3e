"""The reasoner finds the ontology sound, and finds each planted fault."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from egovkg.ontology import alignment_files, consistency, module_files
from egovkg.ontology.consistency import Consistency, ReasonerError, check_consistency, n_triples

PREFIXES = """
@prefix egov: <https://w3id.org/egovkg/ontology#> .
@prefix code: <https://w3id.org/egovkg/code/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
"""

# One thing of each kind that a build writes, with every property it writes on it.
SAMPLE = """
<id:article/a> a egov:Article ; egov:publisher <id:system/portal> ; egov:published "2020-03"^^edtf:EDTF ;
    egov:firstDay "2020-03-01"^^xsd:date ; egov:lastDay "2020-03-31"^^xsd:date ; egov:language "vi" ;
    egov:languageRead "en" ; egov:translationKind code:machine-translation ; egov:readingExtent code:opening ;
    egov:originalAddress "https://bao.example/a" ; egov:copyOf "https://bao.example/b" ;
    egov:ofTerritory <id:unit/tq> .
<id:evidence/a/d1> a egov:Evidence ; egov:text "Sở dùng LGSP"@vi, "The department uses the LGSP"@en ;
    egov:inArticle <id:article/a> ; egov:sourceLine 12 .
<id:mention/a/d1-1> a egov:Mention ; egov:mentions <id:system/lgsp> ; egov:inEvidence <id:evidence/a/d1> ;
    egov:start 0 ; egov:end 12 .
<id:claim/a/1> a egov:Claim ; egov:subject <id:document/qd> ; egov:predicate egov:issuedBy ;
    egov:object <id:agent/ubnd> ; egov:status code:operational ; egov:polarity code:asserted ;
    egov:timeBasis code:explicit ; egov:statedOn "2020-03-31"^^xsd:date ; egov:evidence <id:evidence/a/d1> ;
    egov:statedFrom "2020-03-01"^^xsd:date ;
    egov:sourceLine 20 ; egov:validFrom "2017"^^edtf:EDTF ; egov:earliest "2017-01-01"^^xsd:date ;
    egov:extent code:most ; egov:atGovernmentLevel code:province ; egov:atServiceLevel code:level-4 ;
    egov:about <id:system/lgsp> ; egov:note "ghi chú" ; egov:certainty "medium" .
<id:claim/a/2> a egov:Claim ; egov:subject <id:document/qd> ; egov:predicate egov:number ;
    egov:literal "464/QĐ-UBND" .
<id:item/a/1> a egov:Limitation ; egov:text "Thiết bị cũ"@vi ; egov:concerns <id:system/lgsp> ;
    egov:responsible <id:agent/ubnd> .
<id:figure/a/1> a egov:Figure ; egov:subject <id:system/lgsp> ; egov:measure <id:measure/m> ;
    egov:value "936"^^xsd:decimal ; egov:denominator "1000"^^xsd:decimal ; egov:comparator code:at-least ;
    egov:unit <id:unit-of-measure/u> ; egov:figureKind code:result ; egov:period "2019"^^edtf:EDTF ;
    egov:baseline "2018"^^edtf:EDTF .
<id:measure/m> a egov:Measure . <id:unit-of-measure/u> a egov:Unit .
<id:unit/tq> a egov:Province ; egov:unitCode "08" ; egov:codeEdition "2024" ; egov:within <id:unit/vn> ;
    egov:succeededBy <id:unit/tq-2025> ; egov:validTo "2025-06-30"^^edtf:EDTF .
<id:unit/tq-2025> a egov:Province . <id:unit/vn> a egov:Country .
<id:document/qd> a egov:Decision ; egov:number "464/QĐ-UBND" ; egov:documentDate "2017"^^edtf:EDTF ;
    egov:issuedBy <id:agent/ubnd> ; egov:approves <id:architecture/k> .
<id:architecture/k> a egov:Architecture ; egov:versionLabel "1.0" ; egov:architectureOf <id:unit/tq> .
<id:agent/ubnd> a egov:PeoplesCommittee ; egov:shortName "UBND tỉnh"@vi ; egov:operates <id:system/lgsp> .
<id:system/lgsp> a egov:IntegrationPlatform ; egov:shortName "LGSP"@vi ; egov:serves <id:unit/tq> ;
    egov:hostedOn <id:system/dc> ; egov:connectsTo <id:system/portal> .
<id:system/dc> a egov:DataCentre . <id:system/portal> a egov:WebPortal .
<id:component/lgsp> a egov:ReferenceComponent ; egov:inLayer code:platform .
"""

FAULTS = {
    "a system that is also a body": "<id:x> a egov:Database, egov:Ministry .",
    "a system that issues a document": "<id:document/qd> egov:issuedBy <id:system/lgsp> .",
    "a component that depends on itself": "<id:system/lgsp> egov:connectsTo <id:system/lgsp> .",
    "an equipment that is software": "<id:x> a egov:Equipment, egov:WebPortal .",
    "a task that is a result": "<id:x> a egov:Task, egov:Result .",
    "a status that is no status": "<id:claim/a/1> egov:status code:denied .",
    "a value that is no number": '<id:figure/a/1> egov:value "many" .',
    "a short name without its language": "<id:agent/ubnd> egov:shortName 12 .",
}


def facts(turtle: str) -> list[ox.Quad]:
    return list(ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))


@pytest.mark.java
@pytest.mark.skipif(not consistency.java_is_present(), reason="no java on the path: HermiT cannot run")
class TestWithReasoner:
    def test_the_ontology_and_a_sample_of_every_kind_are_sound(self) -> None:
        assert check_consistency(facts(SAMPLE)) == Consistency(consistent=True)

    def test_the_alignments_leave_the_ontology_sound(self) -> None:
        assert check_consistency(facts(SAMPLE), (*module_files(), *alignment_files())).sound

    @pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
    def test_a_planted_fault_is_found(self, fault: str) -> None:
        assert not check_consistency(facts(SAMPLE + fault)).consistent

    def test_a_class_without_possible_members_is_named(self) -> None:
        found = check_consistency(facts("<urn:Odd> a owl:Class ; rdfs:subClassOf egov:Body, egov:Database ."))
        assert found == Consistency(consistent=True, unsatisfiable=("urn:Odd",))
        assert not found.sound

    def test_a_circle_of_dependencies_is_no_contradiction(self) -> None:
        circle = "<id:system/portal> egov:usesDataOf <id:system/lgsp> ."
        assert check_consistency(facts(SAMPLE + circle)).sound


def test_without_java_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReasonerError, match="Java"):
        check_consistency()


def test_what_the_reasoner_reads_names_no_import_and_no_foreign_text_type() -> None:
    written = n_triples(module_files()).decode()
    assert "owl#imports" not in written
    assert "langString" not in written
