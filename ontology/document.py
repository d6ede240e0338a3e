"""The whole ontology as one document with one header, for programs that do not follow imports.

`python -m egovkg.ontology.document > egovkg.owl` writes it as RDF/XML. The file `catalog-v001.xml` beside the
modules tells Protégé and the OWL API where the module of each address lies.
"""

from __future__ import annotations

import sys
from functools import lru_cache

import pyoxigraph as ox

from .modules import ONTOLOGY, OWL, RDF, RDFS, SKOS, TripleIndex, alignment_files, module_files, read_module

CATALOGUE_FILE = "catalog-v001.xml"
DOCUMENT_NAME = "egovkg"  # of the document's file, before its ending
_IMPORTS = ox.NamedNode(OWL + "imports")
_HEADER = ox.NamedNode(OWL + "Ontology")
_PREFIXES = {
    "egov": f"{ONTOLOGY}#",
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "dcterms": "http://purl.org/dc/terms/",
    "vann": "http://purl.org/vocab/vann/",
}


@lru_cache(maxsize=4)
def ontology_document(form: ox.RdfFormat = ox.RdfFormat.RDF_XML) -> bytes:
    """Write the default modules as one ontology: without imports, with the header of the whole only.

    The same modules give the same bytes. Cost: about 0.1 s, once a format.

    >>> ontology_document().count(b'http://www.w3.org/2002/07/owl#Ontology"')
    1
    """
    dataset = ox.Dataset()
    for name in module_files():
        for quad in ox.parse(read_module(name), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            dataset.add(quad)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    headers = {quad.subject for quad in dataset.quads_for_object(_HEADER)} - {ox.NamedNode(ONTOLOGY)}
    triples = [quad.triple for quad in dataset if quad.predicate != _IMPORTS and quad.subject not in headers]
    triples.sort(key=lambda triple: (triple.subject.value != ONTOLOGY, str(triple)))
    takes_prefixes = form in {ox.RdfFormat.RDF_XML, ox.RdfFormat.TURTLE}
    return ox.serialize(triples, format=form, prefixes=_PREFIXES if takes_prefixes else None) or b""


def catalogue() -> str:
    """Write the catalogue of the modules (OASIS XML Catalogs) that Protégé and the OWL API read.

    >>> catalogue().count("<uri ")
    19
    """
    lines = [
        f'    <uri name="{_address(name)}" uri="{name}"/>\n' for name in (*module_files(), *alignment_files())
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        f"{''.join(lines)}</catalog>\n"
    )


def _address(name: str) -> str:
    """Return the address in the header of a module."""
    (address,) = TripleIndex.of([name]).instances(_HEADER.value)
    return address


if __name__ == "__main__":
    sys.stdout.buffer.write(ontology_document())
