"""The ontology as one document that OWL programs load, and the catalogue of its modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import owlready2
import pyoxigraph as ox
import pytest
import rdflib
from egovkg.files import PACKAGE_ROOT
from egovkg.ontology.consistency import java_is_present
from egovkg.ontology.document import CATALOGUE_FILE, catalogue, ontology_document
from egovkg.ontology.modules import alignment_files, module_files, read_module
from egovkg.ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = PACKAGE_ROOT / "ontology"
ADDRESS = "https://w3id.org/egovkg/ontology"
CATALOGUE = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ontology") / "egovkg.owl"
    path.write_bytes(ontology_document())
    return path


@pytest.fixture
def world() -> Iterator[owlready2.World]:
    opened = owlready2.World()
    yield opened
    opened.close()


@pytest.mark.parametrize("form", [ox.RdfFormat.RDF_XML, ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES])
def test_one_header_and_no_import(form: ox.RdfFormat) -> None:
    graph = rdflib.Graph().parse(data=ontology_document(form), format=form.media_type)
    assert [str(node) for node in graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)] == [ADDRESS]
    assert not list(graph.subject_objects(rdflib.OWL.imports))


def test_nothing_but_headers_and_imports_is_left_out() -> None:
    stated: set[ox.Triple] = set()
    for name in module_files():
        stated |= {quad.triple for quad in ox.parse(read_module(name), format=ox.RdfFormat.TURTLE)}
    headers = {one.subject for one in stated if one.object == ox.NamedNode(f"{rdflib.OWL}Ontology")}
    kept = [one for one in stated if one.subject not in headers or str(one.subject) == f"<{ADDRESS}>"]
    kept = [one for one in kept if one.predicate.value != str(rdflib.OWL.imports)]
    written = list(ox.parse(ontology_document(ox.RdfFormat.N_TRIPLES), format=ox.RdfFormat.N_TRIPLES))
    assert len(written) == len(kept)


def test_owlready2_loads_it(file: Path, world: owlready2.World) -> None:
    ontology = world.get_ontology(file.as_uri()).load(only_local=True)
    assert ontology.base_iri == f"{ADDRESS}#"
    assert ontology.imported_ontologies == []
    ours = {one.iri for one in ontology.classes()}
    assert {f"{ADDRESS}#{name}" for name in load_vocabulary().classes} <= ours
    relations = {one.iri for one in (*ontology.object_properties(), *ontology.data_properties())}
    assert len(relations & {f"{ADDRESS}#{name}" for name in load_vocabulary().properties}) > 150


@pytest.mark.java
@pytest.mark.skipif(not java_is_present(), reason="needs Java")
def test_the_owl_api_loads_it(file: Path) -> None:
    """HermiT's own command line reads with the OWL API."""
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    command = ["java", "-cp", str(jar), "org.semanticweb.HermiT.cli.CommandLine"]
    command += ["--ignoreUnsupportedDatatypes", "--classify", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("SubClassOf(") > 80
    assert "owl#Nothing" not in done.stdout


def test_the_catalogue_leads_every_import_to_a_file() -> None:
    tree = ElementTree.parse(FOLDER / CATALOGUE_FILE).getroot()
    places = {entry.get("name"): entry.get("uri") for entry in tree.iter(f"{CATALOGUE}uri")}
    assert set(places.values()) == {*module_files(), *alignment_files()}
    for name in places.values():
        graph = rdflib.Graph().parse(FOLDER / str(name), format="turtle")
        assert str(next(graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology))) in places
        assert {str(address) for address in graph.objects(None, rdflib.OWL.imports)} <= places.keys()


def test_the_catalogue_is_as_its_function_writes_it() -> None:
    assert (FOLDER / CATALOGUE_FILE).read_text("utf-8") == catalogue()


def test_the_module_writes_the_document() -> None:
    command = [sys.executable, "-m", "egovkg.ontology.document"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == ontology_document()
