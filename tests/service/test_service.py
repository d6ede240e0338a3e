"""The service as its users meet it: pages, linked data, JSON, versions, workers that end."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.errors import EgovError
from egovkg.queries.facts.entity_report import entity_report
from egovkg.queries.facts.facts import facts
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.queries.questions.named import questions
from egovkg.service.answers.endpoints import ENDPOINTS
from egovkg.service.answers.parameters import LARGEST_PAGE
from egovkg.service.background import BackgroundService, background
from egovkg.service.workers.sandbox import NETWORK_LAYERS
from egovkg.tests.service.raw_client import publish_quads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from egovkg.graph.publish import Version

LGSP = "https://w3id.org/egovkg/id/system/tq-lgsp"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service needs fork")


class Answer(NamedTuple):
    status: int
    kind: str
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> dict[str, object]:
        content: dict[str, object] = json.loads(self.body)
        return content


def get(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    place = urlsplit(url)
    link = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
    try:
        link.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        got = link.getresponse()
        told = {name.lower(): value for name, value in got.getheaders()}
        return Answer(got.status, told.get("content-type", "").partition(";")[0], got.read(), told)
    finally:
        link.close()


def sparql(url: str, query: str, **headers: str) -> Answer:
    return get(url, "/sparql?" + urlencode({"query": query}), **headers)


def numbered(number: int) -> bytes:
    return b"".join(b"<urn:s%d> <urn:p> <urn:o> <urn:g> .\n" % n for n in range(number))


def children(pid: int) -> list[int]:
    """Processes below one, and those below them."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found, todo = [], [pid]
    while todo:
        below = [child for child, parent in pairs if parent == todo[-1]]
        todo.pop()
        found += below
        todo += below
    return found


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except OSError:
        return ""


def workers(service: BackgroundService) -> list[int]:
    """Return the processes that answer, without the forkserver that waits to follow the present one."""
    forkserver = children(service.pid)[0]
    return [pid for pid in children(forkserver) if os.getsid(pid) != pid]


@pytest.fixture(scope="module")
def service(home: Path) -> Iterator[BackgroundService]:
    with background(home, "--no-pages", "--seconds", "2", "--workers", "3") as running:
        yield running


@pytest.fixture(scope="module")
def url(service: BackgroundService) -> str:
    return service.url


# -- JSON


def every(url: str, path: str, key: str) -> list[object]:
    """All number of items on a paged answer, page after page."""
    found: list[object] = []
    following: str | None = path
    while following:
        page = get(url, following).json
        items = page[key]
        assert isinstance(items, list)
        found += items
        following = str(page["next"]) if page["next"] else None
    return found


def test_facts_are_those_of_the_library(url: str, version: Version) -> None:
    store = version.open()
    served = every(url, "/api/facts?article=yen-lap-2018&limit=37&lang=en", "facts")
    assert served == json.loads(json.dumps([one.as_dict() for one in facts(store, "yen-lap-2018", "en")]))
    assert get(url, "/api/facts?limit=1").json["total"] == len(facts(store))


def test_a_portrait_is_that_of_the_library(url: str, version: Version) -> None:
    served = get(url, "/api/show?entity=tq:lgsp&limit=1000").json
    own = json.loads(json.dumps(entity_report(version.open(), LGSP).as_dict()))
    assert {key: served[key] for key in own} == own


@pytest.mark.parametrize("name", ["committees", "articles", "rollout", "same-code"])
def test_a_question_is_answered_as_by_the_library(url: str, version: Version, name: str) -> None:
    own = json.loads(json.dumps(ask_question(version.open(), NamedQuestion(name, lang="en")).as_dict()))
    served = get(url, f"/api/ask?question={name}&lang=en&limit=1000").json
    assert {key: served[key] for key in own} == own


def test_a_question_with_a_parameter(url: str) -> None:
    served = get(
        url, "/api/ask?" + urlencode({"question": "systems-of-province", "province": "Bắc Kạn"})
    ).json
    assert served["stated"] is True


def test_the_questions_are_listed(url: str) -> None:
    listed = get(url, "/api/questions?limit=1000").json["questions"]
    assert isinstance(listed, list)
    assert [one["name"] for one in listed] == [one.name for one in questions()]


@pytest.mark.parametrize("words", ["lgsp tuyen quang", "LGSP Tuyên Quang", "tuyen quang lgsp"])
def test_search_needs_no_accents(url: str, words: str) -> None:
    found = get(url, "/api/search?" + urlencode({"q": words})).json["found"]
    assert isinstance(found, list)
    assert found[0]["curie"] == "tq:lgsp"


def test_search_offers_what_is_near(url: str) -> None:
    answer = get(url, "/api/search?" + urlencode({"q": "Tuyên Quanh"})).json
    assert answer["exact"] is False
    assert answer["found"]


def test_neighbours_are_the_edges(url: str, version: Version) -> None:
    both = "{ <LGSP> ?p ?o } UNION { ?o ?p <LGSP> }".replace("LGSP", LGSP)
    edges = "GRAPH <https://w3id.org/egovkg/graph/edges>"
    rows = version.open().select(f"SELECT DISTINCT ?p ?o {{ {edges} {{ {both} }} }}").rows
    found = every(url, "/api/neighbours?entity=tq:lgsp&limit=2", "neighbours")
    assert len(found) >= len(rows) > 2
    out = get(url, "/api/neighbours?entity=tq:lgsp&direction=out").json
    into = get(url, "/api/neighbours?entity=tq:lgsp&direction=in").json
    assert int(str(out["total"])) + int(str(into["total"])) == len(found)


def test_the_description_fits_what_is_answered(url: str) -> None:
    told = get(url, "/api/openapi.json").json
    assert str(told["openapi"]).startswith("3.1")
    paths = told["paths"]
    assert isinstance(paths, dict)
    assert {f"/api/{name}" for name in ENDPOINTS} | {"/sparql"} == set(paths)
    posted = paths["/sparql"]["post"]["requestBody"]["content"]
    assert set(posted) == {"application/sparql-query", "application/x-www-form-urlencoded"}
    assert paths["/sparql"]["post"]["operationId"] != paths["/sparql"]["get"]["operationId"]
    for name, endpoint in ENDPOINTS.items():
        listed = {one["name"] for one in paths[f"/api/{name}"]["get"]["parameters"]}
        assert {one.name for one in endpoint.all_parameters()} <= listed
        given = {
            one.name: endpoint.example.get(one.name, "") for one in endpoint.parameters if one.default is None
        }
        assert get(url, f"/api/{name}?{urlencode({**given, **endpoint.example})}").status == 200


BAD = {
    "/api/facts?limit=0": (400, "parameter"),
    f"/api/facts?limit={LARGEST_PAGE + 1}": (400, "parameter"),
    "/api/facts?limit=1&limit=2": (400, "parameter"),
    "/api/facts?offset=-1": (400, "parameter"),
    "/api/facts?lang=fr": (400, "parameter"),
    "/api/facts?colour=red": (400, "parameter"),
    "/api/facts?article=nowhere": (404, "unknown-article"),
    "/api/show": (400, "parameter"),
    "/api/show?entity=xyzzy": (404, "unknown-entity"),
    "/api/ask?question=nothing": (400, "parameter"),
    "/api/ask?question=articles&colour=red": (400, "parameter"),
    "/api/nothing": (404, "unknown-name"),
    "/id/system/nothing": (404, "unknown-thing"),
    "/data/system/nothing.ttl": (404, "unknown-thing"),
    "/data/system/tq-lgsp.exe": (404, "unknown-form"),
    "/id/%22%3E%3Cscript%3E": (404, "unknown-thing"),
    "/nothing.html": (404, "no-page"),
    "/..%2f..%2fetc/passwd": (404, "no-page"),
}


@pytest.mark.parametrize("path", BAD)
def test_a_bad_request(url: str, path: str) -> None:
    answer = get(url, path)
    assert (answer.status, answer.json["error"]) == BAD[path]
    assert answer.kind == "application/json"


# -- linked data


KINDS = {"text/turtle": "ttl", "application/ld+json": "jsonld", "text/html": "html", "*/*": "html"}


@pytest.mark.parametrize(("accept", "form"), KINDS.items())
def test_a_thing_sends_to_its_description(url: str, accept: str, form: str) -> None:
    answer = get(url, "/id/system/tq-lgsp", Accept=accept)
    assert (answer.status, answer.headers["location"]) == (303, f"../../data/system/tq-lgsp.{form}")
    assert "accept" in answer.headers["vary"]
    assert get(url, f"/data/system/tq-lgsp.{form}").status == 200


def test_the_descriptions_say_the_same(url: str, version: Version) -> None:
    store = version.open()
    own = set(store.construct(f"CONSTRUCT {{ <{LGSP}> ?p ?o }} {{ <{LGSP}> ?p ?o }}"))
    turtle = get(url, "/data/system/tq-lgsp.ttl").body
    jsonld = get(url, "/data/system/tq-lgsp.jsonld").body
    read = {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert own <= read
    assert len(read) == len({quad.triple for quad in ox.parse(jsonld, format=ox.RdfFormat.JSON_LD)})


def test_other_things_have_descriptions_too(url: str) -> None:
    assert get(url, "/code/level-4", Accept="text/turtle").headers["location"] == "../data/code/level-4.ttl"
    assert b"Level 4" in get(url, "/en/data/code/level-4.html").body.title()
    fact = get(url, "/api/facts?limit=1").json["facts"]
    assert isinstance(fact, list)
    assert get(url, f"/id/{fact[0]['id']}", Accept="text/turtle").status == 303
    assert LGSP.encode() in get(url, "/data/system/tq-lgsp.html").body


def test_english_where_it_is_wanted(url: str) -> None:
    answer = get(url, "/id/system/tq-lgsp", Accept="text/html", Accept_Language="en-GB,vi;q=0.5")
    assert answer.headers["location"] == "../../en/data/system/tq-lgsp.html"


def test_the_data_are_described(url: str, version: Version) -> None:
    answer = get(url, "/.well-known/void", Accept="text/turtle")
    triples = version.open().select("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }").rows
    number = str(triples[0][0].value)  # type: ignore[union-attr]
    quads = ox.parse(answer.body, format=ox.RdfFormat.TURTLE)
    read = {(quad.predicate.value, getattr(quad.object, "value", "")) for quad in quads}
    assert ("http://rdfs.org/ns/void#triples", number) in read
    assert ("http://rdfs.org/ns/void#sparqlEndpoint", f"{url}sparql") in read


# -- names of answers, headers


def test_what_a_client_holds_is_not_sent_again(url: str, version: Version) -> None:
    first = sparql(url, COUNT)
    tag = first.headers["etag"]
    assert tag.startswith(f'"{version.name}-')
    assert first.headers["egovkg-version"] == version.name
    again = sparql(url, COUNT, If_None_Match=f'"x", {tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert sparql(url, COUNT, Accept="text/csv").headers["etag"] != tag
    assert sparql(url, COUNT + " #", If_None_Match=tag).status == 200
    assert sparql(url, "SELECT (NOW() AS ?n) {}").headers.get("etag") is None
    assert sparql(url, COUNT, If_None_Match="*").status == 304
    assert sparql(url, "SELECT", If_None_Match="*").status == 400
    for path in ("/api/questions", "/data/system/tq-lgsp.ttl", "/.well-known/void"):
        tag = get(url, path).headers["etag"]
        assert get(url, path, If_None_Match=tag).status == 304


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/api/questions", "/data/system/tq-lgsp.ttl", "/query"]
)
def test_the_headers_are_safe(url: str, path: str) -> None:
    headers = get(url, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "access-control-allow-credentials" not in headers


# -- limits


LIMITS = {
    "SELECT * { ?s ?p ?o }": (413, "too-large"),
    "CONSTRUCT WHERE { ?s ?p ?o }": (413, "too-large"),
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }": (504, "time"),
    "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = UCASE(?i)) }": (504, "time"),
    "SELECT * { ?s foo:bar ?o }": (400, "syntax"),
    "SELECT * { ?s": (400, "syntax"),
    "ASK { SERVICE <http://127.0.0.1:1/> { } }": (400, "service"),
    "ASK { ?s ?p ?o } " + " " * 65_530: (414, "too-large"),
    "SELECT (<urn:nothing>(1) AS ?x) { }": (400, "query"),
}


@pytest.mark.parametrize("query", LIMITS, ids=lambda query: " ".join(query.split())[:40])
def test_a_query_above_a_limit(url: str, query: str) -> None:
    start = time.monotonic()
    answer = sparql(url, query)
    assert (answer.status, answer.json["error"]) == LIMITS[query]
    assert time.monotonic() - start < 2.5


def test_memory_is_bounded(home: Path) -> None:
    doubled = "SELECT (STRLEN(?z) AS ?n) { BIND('0123456789abcdef' AS ?a0) "
    for n in range(9):
        doubled += f"BIND(CONCAT({','.join([f'?a{n}'] * 8)}) AS ?a{n + 1}) "
    with background(home, "--no-pages", "--workers", "1", "--memory", "64") as service:
        answer = sparql(service.url, doubled + " BIND(?a9 AS ?z) }")
        assert (answer.status, answer.json["error"]) == (507, "memory")
        assert sparql(service.url, "ASK {}").status == 200


def test_syntax_errors_tell_the_place(url: str) -> None:
    told = sparql(url, "SELECT * {\n  ?s foo:p ?o }").json
    assert (told["line"], told["column"]) == (2, 11)


# -- workers and versions


def test_the_next_request_works_when_workers_end(service: BackgroundService) -> None:
    for pid in workers(service):
        os.kill(pid, signal.SIGKILL)
    assert sparql(service.url, "ASK { ?s ?p ?o }").status == 200
    os.kill(children(service.pid)[0], signal.SIGKILL)  # the process that starts workers
    assert sparql(service.url, "ASK { ?s ?p ?o }").status == 200


def test_a_request_survives_the_end_of_its_worker(home: Path) -> None:
    with background(home, "--no-pages", "--workers", "1", "--seconds", "10") as service:
        status = "<https://w3id.org/egovkg/ontology#status>"
        slow = f"SELECT (COUNT(*) AS ?n) {{ ?a {status} ?b . ?c {status} ?d FILTER(STR(?a) < STR(?c)) }}"
        whole = sparql(service.url, slow)
        assert whole.status == 200
        got: list[Answer] = []
        asking = threading.Thread(target=lambda: got.append(sparql(service.url, slow)))
        asking.start()
        time.sleep(0.1)
        for pid in workers(service):
            os.kill(pid, signal.SIGKILL)
        asking.join(30)
        assert got[0].body == whole.body


def test_slow_queries_do_not_hold_up_the_others(service: BackgroundService) -> None:
    hog = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    got: list[int] = []
    hogs = [threading.Thread(target=lambda: got.append(sparql(service.url, hog).status)) for _ in range(8)]
    for one in hogs:
        one.start()
    time.sleep(0.6)
    times = []
    for _ in range(20):
        start = time.monotonic()
        assert sparql(service.url, "ASK { ?s ?p ?o }").status == 200
        times.append(time.monotonic() - start)
    for one in hogs:
        one.join()
    assert sorted(times)[15] < 0.5
    assert set(got) <= {503, 504}


def test_a_client_that_leaves_takes_its_query_along(home: Path) -> None:
    hog = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
    with background(home, "--no-pages", "--workers", "1", "--seconds", "60") as service:
        place = urlsplit(service.url)
        with socket.create_connection((str(place.hostname), place.port or 0)) as link:
            link.sendall(f"GET /sparql?{hog} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.6)
            busy = len(workers(service))
        deadline = time.monotonic() + 5
        while len(workers(service)) >= busy and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(workers(service)) == 1 < busy


def test_a_new_version_loses_no_request(tmp_path: Path) -> None:
    publish_quads(tmp_path, numbered(1), "v1")
    with background(tmp_path, "--no-pages", "--workers", "2") as service:
        stop, seen, failed = threading.Event(), set(), []

        def ask_on() -> None:
            while not stop.is_set():
                answer = sparql(service.url, COUNT, Accept="text/csv")
                if answer.status != 200:
                    failed.append(answer)
                    continue
                seen.add((answer.headers["egovkg-version"], answer.body.split()[1]))

        asking = [threading.Thread(target=ask_on) for _ in range(3)]
        for one in asking:
            one.start()
        for number in (2, 3, 4):
            time.sleep(0.8)
            publish_quads(tmp_path, numbered(number), f"v{number}")
        time.sleep(1.5)
        stop.set()
        for one in asking:
            one.join()
        assert not failed
        assert seen == {(f"v{number}", b"%d" % number) for number in (1, 2, 3, 4)}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_behind(home: Path, number: signal.Signals) -> None:
    with background(home, "--no-pages", "--workers", "2") as service:
        assert sparql(service.url, "ASK {}").status == 200
        below = children(service.pid)
        assert len(below) >= 3
        assert all(state(pid) != "Z" for pid in below)
        os.kill(service.pid, number)
    assert not any(state(pid) for pid in below)


def test_workers_end_with_a_service_that_is_killed(home: Path) -> None:
    with background(home, "--no-pages", "--workers", "2") as service:
        below = children(service.pid)
        os.kill(service.pid, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while any(state(pid) not in {"", "Z"} for pid in below) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(state(pid) not in {"", "Z"} for pid in below)
    with background(home, "--no-pages", "--workers", "1") as service:
        assert sparql(service.url, "ASK {}").status == 200


# -- sandbox and start


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")
def test_the_active_layers_of_the_sandbox_are_reported(service: BackgroundService) -> None:
    assert any(name in service.summary for name in NETWORK_LAYERS)


def test_a_public_service_requires_a_sandbox(home: Path) -> None:
    with (
        pytest.raises(EgovError, match="no sandbox"),
        background(home, "--public", "--no-sandbox", "--no-pages", "--lang", "en"),
    ):
        pass
    with pytest.raises(EgovError, match="--public"), background(home, "--host", "0.0.0.0", "--no-pages"):
        pass


def test_nothing_published(tmp_path: Path) -> None:
    with (
        pytest.raises(EgovError, match="no graph was published"),
        background(tmp_path, "--no-pages", "--lang", "en"),
    ):
        pass


def test_a_port_that_is_taken(home: Path, url: str) -> None:
    taken = str(urlsplit(url).port)
    service = background(home, "--no-pages", "--port", taken, "--lang", "en")
    with pytest.raises(EgovError, match="choose another --port"), service:
        pass


@pytest.mark.parametrize("words", [["--format", "json"], ["-o", "x"]], ids=" ".join)
def test_a_switch_without_effect_is_refused(home: Path, words: list[str]) -> None:
    done = CliRunner().invoke(main, ["serve", "--graph", str(home), "--host", "256.0.0.1", *words])
    assert done.exit_code == 2, done.output


def test_the_check(home: Path) -> None:
    done = CliRunner().invoke(main, ["serve", "--check", "--graph", str(home), "--format", "json"])
    assert done.exit_code == 0, done.output
    assert "true" in done.output
