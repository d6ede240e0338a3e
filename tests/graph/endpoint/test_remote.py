"""The client against endpoints that fail in every way, and what it costs against one that does not."""

from __future__ import annotations

import contextlib
import gzip
import json
import threading
import time
from base64 import b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.errors import (
    AccessError,
    BusyError,
    EndpointError,
    MediaTypeError,
    NotSparqlError,
    QueryError,
    TimeLimitError,
    TooLargeError,
    TruncatedError,
    UnreachableError,
)
from egovkg.graph.endpoint.credentials import Credentials, digest, without_credentials
from egovkg.graph.endpoint.remote import RemoteStore
from egovkg.graph.endpoint.terms import boolean_of, table_of
from egovkg.graph.endpoint.transport import RequestLimits, Transport
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

JSON_KIND = "application/sparql-results+json"
ONE = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "một"}}]}}
QUERY = "SELECT ?x {}"
QUICK = RequestLimits(seconds=1, connect=1, attempts=3, patience=2, largest=20 << 20)


@dataclass
class Seen:
    """One request as the endpoint saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int


@dataclass
class Endpoint:
    """An endpoint on loopback that does what it is told: `script` gets the number of the request."""

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    script: Callable[[Handler, int], None] = lambda handler, number: handler.say(json.dumps(ONE).encode())
    pauses: list[float] = field(default_factory=list)

    def store(self, limits: RequestLimits = QUICK, url: str | None = None) -> RemoteStore:
        transport = Transport(url or self.url, limits, environment={}, pause=self.pauses.append)
        return RemoteStore(self.url, as_is=True, transport=transport)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    endpoint: Endpoint

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        headers = {key.lower(): value for key, value in self.headers.items()}
        seen = Seen(self.command, self.path, headers, body, self.client_address[1])
        self.endpoint.seen.append(seen)
        self.endpoint.script(self, len(self.endpoint.seen))

    do_POST = do_GET  # noqa: N815  the name is http.server's

    def say(self, body: bytes, status: int = 200, kind: str = JSON_KIND, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(headers.pop("length", len(body))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"endpoint": made}))
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


def saying(
    body: bytes, status: int = 200, kind: str = JSON_KIND, **headers: str
) -> Callable[[Handler, int], None]:
    return lambda handler, number: handler.say(body, status, kind, **headers)


def one(store: RemoteStore) -> str:
    return str(getattr(store.select(QUERY).rows[0][0], "value", ""))


class TestGood:
    def test_terms_are_those_of_the_embedded_store(self, endpoint: Endpoint) -> None:
        xsd = "http://www.w3.org/2001/XMLSchema#"
        cells = [
            ({"type": "uri", "value": "urn:a"}, ox.NamedNode("urn:a")),
            ({"type": "literal", "value": "ấ"}, ox.Literal("ấ")),
            ({"type": "literal", "value": "ấ", "xml:lang": "vi"}, ox.Literal("ấ", language="vi")),
            ({"type": "literal", "value": "a", "datatype": xsd + "string"}, ox.Literal("a")),
            (
                {"type": "typed-literal", "value": "6.5", "datatype": xsd + "decimal"},
                ox.Literal("6.5", datatype=ox.NamedNode(xsd + "decimal")),
            ),
            ({"type": "bnode", "value": "b1"}, ox.BlankNode("b1")),
            ({"type": "bnode", "value": "nodeID://b1"}, ox.BlankNode(b"nodeID://b1".hex())),
        ]
        bindings = [{"x": cell} for cell, _ in cells] + [{}]
        endpoint.script = saying(
            json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()
        )
        table = endpoint.store().select(QUERY)
        assert table.variables == ("x",)
        assert [row[0] for row in table.rows] == [*(term for _, term in cells), None]

    def test_short_queries_go_by_get_and_long_ones_by_post(self, endpoint: Endpoint) -> None:
        store = endpoint.store()
        store.select(QUERY)
        store.select(QUERY + "#" + "ấ" * 2000)
        short, long = endpoint.seen
        assert (short.method, short.headers["accept"].partition(",")[0]) == ("GET", JSON_KIND)
        assert (long.method, long.path) == ("POST", "/sparql")
        assert long.body.startswith(b"query=SELECT")
        assert long.headers["content-type"] == "application/x-www-form-urlencoded"

    def test_a_comment_does_not_make_an_update(self, endpoint: Endpoint) -> None:
        endpoint.store().select("# vi: x\n# en: what to download, insert and ask?\n" + QUERY)
        assert "query=" in endpoint.seen[0].path

    def test_connection_is_kept(self, endpoint: Endpoint) -> None:
        store = endpoint.store()
        for _ in range(5):
            store.select(QUERY)
        assert len({seen.connection for seen in endpoint.seen}) == 1

    def test_compressed(self, endpoint: Endpoint) -> None:
        endpoint.script = saying(gzip.compress(json.dumps(ONE).encode()), Content_Encoding="gzip")
        assert one(endpoint.store()) == "một"

    def test_ten_megabytes(self, endpoint: Endpoint) -> None:
        bindings = [{"x": {"type": "literal", "value": f"{n:0100}"}} for n in range(80_000)]
        body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()
        assert len(body) > 10_000_000
        endpoint.script = saying(body)
        assert len(endpoint.store(RequestLimits(seconds=30)).select(QUERY).rows) == 80_000

    def test_construct(self, endpoint: Endpoint) -> None:
        endpoint.script = saying("<urn:a> <urn:b> 'ấ' .".encode(), kind="text/turtle; charset=utf-8")
        assert [str(t.object) for t in endpoint.store().construct("CONSTRUCT {} {}")] == ['"ấ"']
        assert endpoint.seen[0].headers["accept"].startswith("application/n-triples")

    def test_redirect_is_followed(self, endpoint: Endpoint) -> None:
        endpoint.script = lambda handler, number: (
            handler.say(b"", 307, Location="/other?x=1")
            if number == 1
            else handler.say(json.dumps(ONE).encode())
        )
        assert one(endpoint.store()) == "một"
        assert endpoint.seen[1].path == "/other?x=1"

    def test_virtuoso_answers_ask_with_a_table(self) -> None:
        cell = {"__ASK_RETVAL": {"type": "typed-literal", "value": "0", "datatype": "urn:i"}}
        content = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [cell]}}
        assert boolean_of(content, "") is False
        assert boolean_of({"boolean": True}, "") is True

    def test_rows_for_a_question_of_our_own_are_no_fault_of_the_user(self, endpoint: Endpoint) -> None:
        endpoint.script = saying(json.dumps(ONE).encode())
        with pytest.raises(NotSparqlError, match="with rows"):
            RemoteStore(endpoint.url).select(QUERY)

    def test_reading_only(self, endpoint: Endpoint) -> None:
        with pytest.raises(QueryError, match="egovkg push"):
            endpoint.store().update("INSERT DATA {}")
        assert not endpoint.seen


class TestHostile:
    @pytest.mark.parametrize(
        ("script", "error", "told"),
        [
            (saying(b"<!DOCTYPE html><p>Hi", kind="text/html"), NotSparqlError, "a web page came back"),
            (saying(b"\n<html>Hi", kind=JSON_KIND), NotSparqlError, "often ends in /sparql"),
            (saying(b"<h1>Not found</h1>", 404, "text/html"), NotSparqlError, "404"),
            (saying(b"", 401), AccessError, "EGOVKG_ENDPOINT_USER"),
            (saying(b"", 403), AccessError, "403"),
            (saying(b"no", 400), QueryError, "refuses the query: no"),
            (saying(b"", 406), MediaTypeError, "406"),
            (saying(b"", 413), TooLargeError, "LIMIT"),
            (saying(b"", 504), TimeLimitError, "the endpoint stopped the query"),
            (saying(b"S1T00 Transaction timed out", 500), TimeLimitError, "stopped the query"),
            (saying(b"<b>bad\x1b[31m</b>", 500), EndpointError, r"status 500: bad \[31m —"),
            (saying(b"a,b", kind="text/csv"), MediaTypeError, "text/csv instead of"),
            (saying(b"{}", kind=""), MediaTypeError, "no media type"),
            (saying(b'{"head": {"vars": ["x"]}, "resu'), TruncatedError, "the JSON is not closed"),
            (saying(b"[]"), TruncatedError, "not a SPARQL JSON result"),
            (saying(b'{"head":{"vars":["x"]},"results":{"bindings":[7]}}'), TruncatedError, "not a SPARQL"),
            (saying(b"[" * 200_000), TruncatedError, "was cut off"),
            (saying(b'{"boolean": true}'), QueryError, "expected a SELECT"),
            (saying(json.dumps(ONE).encode(), X_SPARQL_MaxRows="1"), TruncatedError, "at most 1 rows"),
            (saying(json.dumps(ONE).encode(), X_SQL_State="S1TAT"), TruncatedError, "time limit"),
            (saying(b"x", 302, Location="ftp://h/"), EndpointError, "an address of the scheme ftp"),
            (saying(b"x", 302, Location="http://[h/"), EndpointError, "not a web address"),
            (saying(b"x", 302, Location="/again"), EndpointError, "more than 5 redirects"),
            (saying(b"x" * 100, Content_Encoding="gzip"), TruncatedError, "was cut off"),
        ],
    )
    def test_typed_error(
        self, endpoint: Endpoint, script: Callable[[Handler, int], None], error: type[Exception], told: str
    ) -> None:
        endpoint.script = script
        with pytest.raises(error, match=told) as caught:
            endpoint.store().select(QUERY)
        assert type(caught.value) is error
        assert endpoint.url.removesuffix("/sparql") in str(caught.value) or error is QueryError
        assert not endpoint.pauses, "nothing of this may be tried again"

    @pytest.mark.parametrize("script", [saying(b"{", length="9"), saying(b"{}" * 50_000, length="100001")])
    def test_shorter_than_promised(self, endpoint: Endpoint, script: Callable[[Handler, int], None]) -> None:
        def cut(handler: Handler, number: int) -> None:
            script(handler, number)
            handler.close_connection = True

        endpoint.script = cut
        with pytest.raises(TruncatedError, match="no part of it was used"):
            endpoint.store().select(QUERY)

    def test_chunks_that_end_early(self, endpoint: Endpoint) -> None:
        def cut(handler: Handler, number: int) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", JSON_KIND)
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            handler.wfile.write(b'4\r\n{"a\r\n')
            handler.close_connection = True

        endpoint.script = cut
        with pytest.raises(TruncatedError):
            endpoint.store().select(QUERY)

    def test_too_large_and_bomb(self, endpoint: Endpoint) -> None:
        endpoint.script = saying(gzip.compress(b" " * (30 << 20)), Content_Encoding="gzip")
        with pytest.raises(TooLargeError, match="20971520 bytes"):
            endpoint.store(RequestLimits(seconds=20, largest=20 << 20)).select(QUERY)

    def test_silent(self, endpoint: Endpoint) -> None:
        endpoint.script = lambda handler, number: time.sleep(3)
        start = time.monotonic()
        with pytest.raises(TimeLimitError, match="no complete answer within 1 s"):
            endpoint.store().select(QUERY)
        assert time.monotonic() - start < 2

    def test_dripping(self, endpoint: Endpoint) -> None:
        def drip(handler: Handler, number: int) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", JSON_KIND)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            try:
                for _ in range(50):
                    handler.wfile.write(b" ")
                    time.sleep(0.1)
            except OSError:
                pass

        endpoint.script = drip
        start = time.monotonic()
        with pytest.raises(TimeLimitError):
            endpoint.store().select(QUERY)
        assert time.monotonic() - start < 2.5

    def test_unreachable(self) -> None:
        pauses: list[float] = []
        transport = Transport("http://127.0.0.1:1/sparql", QUICK, environment={}, pause=pauses.append)
        with pytest.raises(UnreachableError, match="check the address"):
            RemoteStore("", transport=transport).select(QUERY)
        assert pauses == [0.25, 0.5]

    def test_refused_xml(self, endpoint: Endpoint) -> None:
        endpoint.script = saying(b'<!DOCTYPE r [<!ENTITY a "b">]><r/>', kind="application/rdf+xml")
        with pytest.raises(MediaTypeError, match="document type declaration"):
            endpoint.store().construct("CONSTRUCT {} {}")

    @given(
        st.recursive(
            st.none() | st.booleans() | st.text(max_size=5),
            lambda x: (
                st.lists(x)
                | st.dictionaries(
                    st.sampled_from(["head", "vars", "results", "bindings", "type", "value", "x"]), x
                )
            ),
        )
    )
    def test_any_json_gives_a_table_or_a_typed_error(self, content: object) -> None:
        with contextlib.suppress(TruncatedError, QueryError):
            table_of(content, "http://h/")


class TestRetries:
    def test_busy_then_fine(self, endpoint: Endpoint) -> None:
        endpoint.script = lambda handler, number: (
            handler.say(b"", 503, Retry_After="1") if number < 3 else handler.say(json.dumps(ONE).encode())
        )
        assert one(endpoint.store()) == "một"
        assert endpoint.pauses == [1, 1]

    def test_too_many_requests(self, endpoint: Endpoint) -> None:
        endpoint.script = saying(b"slow down", 429)
        with pytest.raises(BusyError, match="slow down"):
            endpoint.store().select(QUERY)
        assert endpoint.pauses == [0.25, 0.5]
        assert len(endpoint.seen) == 3

    def test_a_wait_that_is_too_long(self, endpoint: Endpoint) -> None:
        endpoint.script = saying(b"", 429, Retry_After="3600")
        with pytest.raises(BusyError, match="3600 s") as caught:
            endpoint.store().select(QUERY)
        assert "query=" not in str(caught.value), "an address may hold a key"
        assert len(endpoint.seen) == 1

    def test_reset_then_fine(self, endpoint: Endpoint) -> None:
        def reset(handler: Handler, number: int) -> None:
            if number == 1:
                handler.close_connection = True  # without a word
            else:
                handler.say(json.dumps(ONE).encode())

        endpoint.script = reset
        assert one(endpoint.store()) == "một"


class TestCredentials:
    BASIC = "Basic " + b64encode("ái:khoá".encode()).decode()

    def test_in_the_address(self, endpoint: Endpoint) -> None:
        url = endpoint.url.replace("://", "://%C3%A1i:kho%C3%A1@")
        store = endpoint.store(url=url)
        assert one(store) == "một"
        assert endpoint.seen[0].headers["authorization"] == self.BASIC
        assert "kho" not in store.url
        endpoint.script = saying(b"", 403)
        with pytest.raises(AccessError) as caught:
            store.select(QUERY)
        assert "kho" not in str(caught.value) + repr(store.transport.credentials)

    def test_from_environment_and_netrc(self, tmp_path: Path) -> None:
        file = tmp_path / "netrc"
        file.write_text("machine example.org login a password b\ndefault login x password y\n")
        file.chmod(0o600)
        url, pair = "https://example.org/sparql", ("a", "b")
        assert Credentials.of(url, {"NETRC": str(file)}).user_password_for(url) == pair
        assert (
            Credentials.of("https://other.org/", {"NETRC": str(file)}).user_password_for("https://other.org/")
            is None
        )
        both = {"NETRC": str(file), "EGOVKG_ENDPOINT_USER": "u", "EGOVKG_ENDPOINT_PASSWORD": "p"}
        assert Credentials.of(url, both).user_password_for(url) == ("u", "p")
        file.write_text("machine")
        with pytest.raises(AccessError, match="netrc"):
            Credentials.of(url, {"NETRC": str(file)})

    def test_they_stay_with_their_host(self, endpoint: Endpoint) -> None:
        other = endpoint.url.replace("127.0.0.1", "localhost")
        endpoint.script = lambda handler, number: (
            handler.say(b"", 307, Location=other) if number == 1 else handler.say(json.dumps(ONE).encode())
        )
        endpoint.store(url=endpoint.url.replace("://", "://a:b@")).select(QUERY)
        assert "authorization" in endpoint.seen[0].headers
        assert "authorization" not in endpoint.seen[1].headers

    def test_digest(self, endpoint: Endpoint) -> None:
        def guard(handler: Handler, number: int) -> None:
            said = handler.headers.get("Authorization", "")
            if said.startswith("Digest"):
                handler.say(json.dumps(ONE).encode())
            elif said:
                handler.say(b"", 401)  # as Virtuoso: no challenge for another scheme
            else:
                handler.say(b"", 401, WWW_Authenticate='Digest realm="r", nonce="n", qop="auth"')

        endpoint.script = guard
        store = endpoint.store(url=endpoint.url.replace("://", "://a:b@"))
        store.select(QUERY)
        store.select(QUERY)
        assert len(endpoint.seen) == 4, "the second query needs no new challenge"
        assert "nc=00000002" in endpoint.seen[3].headers["authorization"]

    def test_digest_of_the_standard(self) -> None:
        challenge = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
        said = digest(challenge, ("GET", "http://h/dir/index.html"), ("Mufasa", "Circle Of Life"))
        assert 'response="670fd8c2df070c60b045671b8b24ff02"' in said  # RFC 2069, as corrected

    @pytest.mark.parametrize(
        "url", ["", "example.org", "ftp://h/", "http:///x", "http://h:x/", "http://h/ a"]
    )
    def test_no_address(self, url: str) -> None:
        with pytest.raises(EndpointError, match="write it in full"):
            without_credentials(url)

    @given(st.text())
    def test_any_text_is_an_address_or_refused(self, text: str) -> None:
        told = ""
        try:
            told = without_credentials(text)
        except EndpointError as error:
            told = str(error)
        assert "\n" not in told
        assert told.startswith(("http://", "https://")) or "write it in full" in told


class TestTold:
    def test_none_of_the_ways_works(self, endpoint: Endpoint) -> None:
        def other(handler: Handler, number: int) -> None:
            named = "GRAPH" in handler.path
            handler.say(json.dumps({"boolean": named}).encode())

        endpoint.script = other
        store = endpoint.store()
        store.as_is = False
        with pytest.raises(EndpointError, match="default graph"):
            store.ask("ASK {}")

    def test_an_error_is_one_line(self, endpoint: Endpoint) -> None:
        endpoint.script = saying(b"<html>", kind="text/html")
        done = CliRunner().invoke(main, ["ask", "savings", "--lang", "en", "--endpoint", endpoint.url])
        assert done.exit_code == 1
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith(f"egovkg: {endpoint.url}: a web page came back")
