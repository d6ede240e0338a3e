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


FORM = "application/x-www-form-urlencoded"
SIZES = (250_000, 262_000, 262_140, 262_144, 300_000, 524_288, 700_008, 1_040_000)  # of valid forms, in bytes
_LINE = b" HTTP/1.1\r\nHost: localhost\r\n"
_POST = b"POST /sparql" + _LINE + b"Content-Type: application/sparql-query\r\n"
_ASK = b"GET /sparql?query=ASK%7B%7D" + _LINE
ODD = {
    "a NUL in the path": b"GET /%00" + _LINE + b"\r\n",
    "no Host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": _ASK + b"Host: example.org\r\n\r\n",
    "a foreign host": b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
    "a user in the host": b"GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n",
    "compressed chunks": _POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "a compressed body": _POST + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nASK{}",
    "two lengths": _POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK {}",
    "length and chunks": _POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a negative length": _POST + b"Content-Length: -1\r\n\r\n",
    "an endless length": _POST + b"Content-Length: " + b"9" * 500 + b"\r\n\r\n",
    "a chunk that is no number": _POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "an endless chunk": _POST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
    "an endless chunk extension": _POST + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"a" * 200_000,
    "no UTF-8": _POST + b"Content-Length: 6\r\n\r\nASK{}\xff",
    "no UTF-8 in the address": b"GET /sparql?query=%ff%fe" + _LINE + b"\r\n",
    "a good and a bad request": _ASK + b"\r\n\x16\x03\x01 garbage\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 2,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n",
    "an upgrade": _ASK + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: x\r\n\r\n",
    "all methods at once": b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a proxy request": b"GET http://example.org/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "CONNECT": b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n",
    "a star": b"OPTIONS *" + _LINE + b"\r\n",
    "a long path": b"GET /" + b"a" * 60_000 + _LINE + b"\r\n",
    "a longer path": b"GET /" + b"a" * 200_000 + _LINE + b"\r\n",
    "dots": b"GET /../../../../etc/passwd" + _LINE + b"\r\n",
    "encoded dots": b"GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd" + _LINE + b"\r\n",
    "a folded field": b"GET /health" + _LINE + b"X: 1\r\n 2\r\n\r\n",
    "a space before the colon": b"GET /health" + _LINE + b"Content-Length : 5\r\n\r\n",
    "bare line feeds": b"GET /health HTTP/1.1\nHost: localhost\n\n",
    "an unknown expectation": _POST + b"Expect: 200-maybe\r\nContent-Length: 5\r\n\r\nASK{}",
    "a range": b"GET /api/facts" + _LINE + b"Range: bytes=0-0,1-1,2-2,3-3\r\n\r\n",
}
"""Requests that break rules of HTTP or are seldom sent."""
