"""Consistency check of the ontology, alone or with sample facts, by the reasoner HermiT.

HermiT comes with owlready2 (the extra ``reason``) and needs a Java runtime. It reads only a temporary
N-Triples file with the modules and the sample, without imports.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import EgovError
from ..words import message
from .modules import OWL, RDF, module_files, read_module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_IMPORTS = ox.NamedNode(OWL + "imports")
_LANG_STRING = ox.NamedNode(RDF + "langString")
_PLAIN_LITERAL = ox.NamedNode(RDF + "PlainLiteral")


class ReasonerError(EgovError):
    """HermiT cannot run: Java or owlready2 is missing, or HermiT ended with an error."""


@dataclass(frozen=True)
class Consistency:
    """The result of a consistency check.

    :param consistent: whether all statements can be true together
    :param unsatisfiable: IRIs of classes that cannot have members, sorted; empty also if the ontology is
        inconsistent, because then no class can have members
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Tell whether the ontology is consistent and every class can have members.

        >>> Consistency(True).sound, Consistency(True, ("urn:a",)).sound
        (True, False)
        """
        return self.consistent and not self.unsatisfiable


def java_is_present() -> bool:
    """Tell whether a ``java`` program is on the path."""
    return shutil.which("java") is not None


def check_consistency(
    sample: Iterable[ox.Quad | ox.Triple] = (), modules: Iterable[str] | None = None
) -> Consistency:
    """Check with HermiT whether the ontology, together with sample facts, is consistent.

    Datatypes outside the OWL 2 datatype map (EDTF dates, ``xsd:date``) are ignored; shapes check them.

    :param sample: additional facts; the names of their graphs are ignored
    :param modules: file names of modules; ``None`` for the default modules
    :raises ReasonerError: if Java or owlready2 is missing, or HermiT ends with an error
    Cost: about a second for the ontology alone; exponential in the worst case, so pass a sample rather than
    all facts.

    Example (needs Java)::

        check_consistency().sound  # True
    """
    if not java_is_present():
        raise ReasonerError(message(__package__, "reasoner.no_java"))
    names = module_files() if modules is None else modules
    with _temporary_folder() as folder:
        file = folder / "ontology.nt"
        file.write_bytes(n_triples(names, sample))
        return _reason(file)


def n_triples(modules: Iterable[str], sample: Iterable[ox.Quad | ox.Triple] = ()) -> bytes:
    """Return modules and facts as one N-Triples text for a reasoner.

    Imports are left out, and ``rdf:langString`` is replaced by ``rdf:PlainLiteral``, its name in OWL 2.

    :returns: N-Triples; duplicate triples are not removed

    >>> b"owl#imports" in n_triples(["egov.ttl"])
    False
    """
    stated = [quad for name in modules for quad in ox.parse(read_module(name), format=ox.RdfFormat.TURTLE)]
    triples = [ox.Triple(fact.subject, fact.predicate, _owl(fact.object)) for fact in (*stated, *sample)]
    without_imports = [triple for triple in triples if triple.predicate != _IMPORTS]
    return ox.serialize(without_imports, format=ox.RdfFormat.N_TRIPLES) or b""


def _owl(
    value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    return _PLAIN_LITERAL if value == _LANG_STRING else value


def _reason(file: Path) -> Consistency:
    """Load a file into a new owlready2 world and classify it."""
    try:
        import owlready2
    except ImportError as error:
        raise ReasonerError(message(__package__, "reasoner.no_owlready2")) from error
    world = owlready2.World()
    try:
        world.get_ontology(file.as_uri()).load(only_local=True)
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        return Consistency(True, _unsatisfiable(cls.iri for cls in world.inconsistent_classes()))
    except owlready2.OwlReadyInconsistentOntologyError:
        return Consistency(consistent=False)
    except owlready2.OwlReadyJavaError as error:
        raise ReasonerError(message(__package__, "reasoner.stopped", reason=str(error))) from error
    finally:
        world.close()


def _unsatisfiable(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(iri for iri in iris if iri != OWL + "Nothing"))


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Open a temporary folder for all temporary files created in a `with` block.

    owlready2 leaves a file behind if the ontology is inconsistent; it is removed with the folder.
    """
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="egovkg-") as name:
        tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = before
