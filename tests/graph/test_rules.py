"""The compiled rules against owlrl, the reference reasoner for OWL 2 RL."""

from __future__ import annotations

import random
import warnings

import pytest
from egovkg.graph.names import EGOV, RDF_TYPE, with_prefixes
from egovkg.graph.rules import Closure, Triple
from egovkg.graph.store import OxigraphStore
from egovkg.ontology.modules import module_files, read_module
from egovkg.ontology.vocabulary import Vocabulary, load_vocabulary

THING = "urn:thing:"


def random_triples(vocabulary: Vocabulary, seed: int, count: int = 40) -> set[Triple]:
    """Make stated triples among twelve things, each of a random class."""
    rng = random.Random(seed)
    things = [f"{THING}{n}" for n in range(12)]
    relations = sorted(name for name, term in vocabulary.properties.items() if term.kind == "object")
    chained = [name for name in relations if vocabulary.is_a(name, "dependsOn")] + ["operates", "operatedBy"]
    found = {(thing, RDF_TYPE, EGOV + rng.choice(sorted(vocabulary.classes))) for thing in things}
    while len(found) < count:
        name = rng.choice(chained if rng.random() < 0.4 else relations)
        found.add((rng.choice(things), EGOV + name, rng.choice(things)))
    return found


def reasoned(triples: set[Triple]) -> set[Triple]:
    """Close the ontology with the triples by owlrl; keep what it says of the things in our terms."""
    import owlrl
    import rdflib

    graph = rdflib.Graph()
    for name in module_files():
        graph.parse(data=read_module(name), format="turtle")
    for s, p, o in triples:
        graph.add((rdflib.URIRef(s), rdflib.URIRef(p), rdflib.URIRef(o)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # owlrl's own deprecations
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {
        (str(s), str(p), str(o))
        for s, p, o in graph
        if str(s).startswith(THING)
        and (str(p).startswith(EGOV) or (str(p) == RDF_TYPE and str(o).startswith(EGOV)))
    }


def stored(triples: set[Triple]) -> OxigraphStore:
    store = OxigraphStore.in_memory()
    store.load("".join(f"<{s}> <{p}> <{o}> <urn:g> .\n" for s, p, o in triples).encode())
    return store


def property_paths(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the relations that are never stored as SPARQL property paths over those that are."""
    paths = {name: f"egov:{name}+" for name in sorted(vocabulary.transitive)}
    for name in sorted(vocabulary.transitive):
        if inverse := vocabulary.inverses.get(name):
            paths[inverse] = f"(^egov:{name})+"
    for name, links in vocabulary.chains.items():
        paths[name] = "/".join(paths.get(link, f"egov:{link}") for link in links)
    return paths


def by_path(store: OxigraphStore, name: str, path: str) -> set[Triple]:
    table = store.select(with_prefixes(f"SELECT DISTINCT ?s ?o {{ ?s {path} ?o }}"))
    return {(getattr(s, "value", ""), EGOV + name, getattr(o, "value", "")) for s, o in table.rows}


@pytest.mark.parametrize("seed", range(3))
def test_stored_closure_and_paths_together_equal_owlrl(seed: int) -> None:
    vocabulary = load_vocabulary()
    triples = random_triples(vocabulary, seed)
    linear = triples | Closure.of(vocabulary).infer(triples)
    store = stored(linear)
    answered = set(linear)
    for name, path in property_paths(vocabulary).items():
        answered |= by_path(store, name, path)
    # what paths add has types of its own, by domain and range: close once more, linearly
    answered |= Closure.of(vocabulary).infer(answered)
    expected = reasoned(triples)
    assert linear <= expected
    assert answered == expected
    for name in vocabulary.transitive:
        asked = by_path(store, name, property_paths(vocabulary)[name])
        assert asked == {triple for triple in expected if triple[1] == EGOV + name}


def test_closure_of_a_graph_is_the_union_over_its_triples() -> None:
    vocabulary = load_vocabulary()
    closure = Closure.of(vocabulary)
    triples = random_triples(vocabulary, 7)
    each = set[Triple]().union(*(closure.infer([triple]) for triple in triples))
    assert closure.infer(triples) == each - triples


@pytest.mark.parametrize("seed", range(3))
def test_the_rules_as_sparql_give_the_same(seed: int) -> None:
    closure = Closure.of(load_vocabulary())
    triples = random_triples(load_vocabulary(), seed, count=200)
    once = constructed(closure, triples)
    assert once == triples | closure.infer(triples)
    assert constructed(closure, once) == once
    assert closure.infer(once) == set()


def constructed(closure: Closure, triples: set[Triple]) -> set[Triple]:
    """Run one round of the rules; give the triples with what they add."""
    store = stored(triples)
    found = (one for rule in closure.sparql() for one in store.construct(with_prefixes(rule)))
    values = (
        (getattr(t.subject, "value", ""), t.predicate.value, getattr(t.object, "value", "")) for t in found
    )
    return triples | set(values)


def test_only_what_one_triple_entails_is_stored() -> None:
    closure = Closure.of(load_vocabulary())
    a, b, c = (f"{THING}{n}" for n in "abc")
    inferred = closure.infer([(a, EGOV + "hostedOn", b), (b, EGOV + "connectsTo", c)])
    assert (a, EGOV + "directlyDependsOn", b) in inferred
    assert (b, EGOV + "supports", a) in inferred
    assert (a, EGOV + "dependsOn", c) not in inferred
    assert not {o for _, p, o in inferred if p == EGOV + "exposedTo"}


def test_a_path_answers_what_is_not_stored() -> None:
    closure = Closure.of(load_vocabulary())
    a, b, c = (f"{THING}{n}" for n in "abc")
    triples = {
        (a, EGOV + "hostedOn", b),
        (b, EGOV + "connectsTo", c),
        (a, EGOV + "operatedBy", f"{THING}body"),
    }
    store = stored(triples | closure.infer(triples))
    assert (a, EGOV + "dependsOn", c) in by_path(
        store, "dependsOn", property_paths(load_vocabulary())["dependsOn"]
    )
    exposed = by_path(store, "exposedTo", property_paths(load_vocabulary())["exposedTo"])
    assert exposed == {(f"{THING}body", EGOV + "exposedTo", b), (f"{THING}body", EGOV + "exposedTo", c)}
