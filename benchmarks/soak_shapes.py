"""Hostile queries for the load test: expensive ones, ones that break engines, and forbidden ones."""

from __future__ import annotations

CALLS = (
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "ASK{service<URL>{?s ?p ?o}}",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { ?a ?b 1SERVICE<URL>{?s ?p ?o} }",
    "ASK { ?s ?p <http://x#\\u0061> . SERVICE <URL> { ?s ?p ?o } }",
    "ASK { FILTER(1<'#>' ) SERVICE <URL> { ?s ?p ?o } FILTER(1='x') }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <urn:g>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE <URL>",
    '{"@context": "URL", "a": "b"}',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "URL">]><a>&e;</a>',
)
KINDS = (
    "application/sparql-query",
    "application/sparql-update",
    "application/ld+json",
    "application/rdf+xml",
)
PLACES = ("http://127.0.0.1:PORT/", "http://localhost:PORT/x", "http://2130706433:PORT/")


def hostile_queries() -> list[str]:
    """Return queries that are expensive, break engines or are forbidden; at least sixty."""
    triple = "?a{0} ?b{0} ?c{0} . "
    product = "".join(triple.format(n) for n in range(3))
    heavy = [
        f"SELECT (COUNT(*) AS ?n) {{ {product} }}",
        f"SELECT (COUNT(*) AS ?n) {{ {product} {triple.format(3)} }}",
        f"SELECT (COUNT(DISTINCT ?c1) AS ?n) {{ {product} }}",
        f"ASK {{ {product} FILTER(?c0 = ?a1 && ?c2 = 1) }}",
        f"SELECT * {{ {product} }}",
        f"SELECT * {{ {product} }} ORDER BY ?c0 ?c1 ?c2",
        f"SELECT DISTINCT ?a0 ?a1 ?a2 {{ {product} }}",
        f"SELECT (GROUP_CONCAT(?c0) AS ?n) {{ {product} }}",
        f"CONSTRUCT {{ ?a0 ?b1 ?c2 }} WHERE {{ {product} }}",
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ORDER BY ?o ?p ?s",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "SELECT * { ?a (!<urn:x>)* ?b }",
        "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)+ ?b . ?b (!<urn:y>)+ ?c }",
        "SELECT * { ?a (<urn:x>|!<urn:x>)* ?b . ?b (<urn:x>|!<urn:x>)* ?c }",
        "SELECT (COUNT(*) AS ?n) { VALUES ?x {" + " 1" * 900 + " } VALUES ?y {" + " 1" * 900
        + " } VALUES ?z {" + " 1" * 900 + " } VALUES ?w {" + " 1" * 900 + " } }",
        "SELECT * { ?s ?p ?o FILTER REGEX(?o, '(a+)+(b+)+(c+)+$') }",
        "SELECT * { " + "?s ?p ?o . " * 90 + "}",
    ]  # fmt: skip
    for letters in ("0123456789abcdef", "đ"):
        bombs = " ".join(f"BIND(CONCAT({','.join([f'?v{n}'] * 8)}) AS ?v{n + 1})" for n in range(12))
        heavy.append(f"SELECT (STRLEN(?v12) AS ?n) {{ BIND('{letters}' AS ?v0) {bombs} }}")
        replaced = " ".join(f"BIND(REPLACE(?v{n}, '.', ?v{n}) AS ?v{n + 1})" for n in range(6))
        heavy.append(f"SELECT (STRLEN(?v6) AS ?n) {{ BIND('{letters * 4}' AS ?v0) {replaced} }}")
    deep = [
        "ASK { FILTER(" + "(" * n + "1" + ")" * n + ") }" for n in (150, 5_000)
    ] + [
        "ASK " + "{" * 3_000 + "}" * 3_000,
        "ASK { " + "OPTIONAL { " * 2_000 + "}" * 2_000 + " }",
        "ASK { FILTER(" + "!" * 30_000 + "1) }",
        "ASK { FILTER(1" + "-1" * 20_000 + ") }",
        "ASK { FILTER(1" + "&&1" * 15_000 + ") }",
        "ASK { " + "{} UNION " * 4_000 + "{} }",
        "ASK { ?a " + "(" * 4_000 + "<urn:p>" + ")" * 4_000 + " ?b }",
        "ASK { ?a <urn:p>" + "/<urn:p>" * 3_000 + " ?b }",
        "ASK { " + "?a ?b ?c . " * 400 + "}",
        "ASK { ?a ?b (" + "1 " * 5_000 + ") }",
        "ASK { ?a ?b " + "[ ?c " * 2_000 + "1" + "]" * 2_000 + " }",
        "ASK { " + "<<" * 3_000 + "}",
    ]  # fmt: skip
    queries = [
        "SELECT",
        "SELECT * {",
        "ASK { ?s foo:bar ?o }",
        "ASK {} }",
        "",
        "\0",
        'ASK { "',
        "# only a comment",
    ]
    queries += [
        f"{word} <http://127.0.0.1:1/>" for word in ("LOAD", "CLEAR GRAPH", "DROP GRAPH", "CREATE GRAPH")
    ]
    queries += [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "ASK FROM <http://127.0.0.1:1/> {}",
    ]
    queries += [call.replace("URL", "http://127.0.0.1:1/") for call in CALLS]
    return heavy + deep + queries
