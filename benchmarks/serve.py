"""The cost of HTTP: the service compared with the bare engine and with the oxigraph server in one run.

    python benchmarks/serve.py

All three answer the same queries on the same published store with JSON over persistent connections. Rounds
alternate, so that load on the machine affects all three alike.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
from egovkg.graph.names import with_prefixes
from egovkg.graph.publish import Version, published
from egovkg.loaders.pipeline.build import build
from egovkg.service.background import background
from egovkg.tests.corpora.folders import FIVE, read_five_as_shipped

JSON = "application/sparql-results+json"
POINT = "SELECT ?p ?o { <https://w3id.org/egovkg/id/system/tq-lgsp> ?p ?o }"
LONG = with_prefixes("SELECT ?k (COUNT(*) AS ?n) { ?s a ?k ; ?p ?o } GROUP BY ?k ORDER BY ?k")
LARGE = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 9000"
SPECS = ((POINT, 400), (LONG, 25), (LARGE, 25))
Row = tuple[str, str, str, str, str]
Ask = Callable[[str], bytes]


def embedded(version: Version) -> Ask:
    """Answer a query with the engine in this process, as JSON."""
    engine = version.open().engine

    def ask(query: str) -> bytes:
        result = engine.query(query, use_default_graph_as_union=True)
        assert not isinstance(result, ox.QueryTriples)
        return result.serialize(format=ox.QueryResultsFormat.JSON) or b""

    return ask


def over_http(address: str, **parameters: str) -> Ask:
    """Send a query to an endpoint over a persistent connection."""
    place = urlsplit(address)
    link = http.client.HTTPConnection(str(place.hostname), place.port)
    link.connect()
    link.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(query: str) -> bytes:
        link.request(
            "GET", f"{place.path}?{urlencode({'query': query, **parameters})}", headers={"Accept": JSON}
        )
        answer = link.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        return body

    return ask


@contextmanager
def oxigraph(version: Version) -> Iterator[str]:
    """Run the oxigraph server on the published store."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    command = [
        str(program),
        "serve-read-only",
        "-l",
        str(version.folder / "store"),
        "-b",
        f"127.0.0.1:{port}",
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        server.kill()
        server.wait()


def timed(asks: dict[str, Ask], query: str, times: int) -> dict[str, list[float]]:
    """Return the milliseconds of each query function, in alternating rounds."""
    times_of: dict[str, list[float]] = {name: [] for name in asks}
    for ask in asks.values():
        ask(query)
    for _ in range(times):
        for name, ask in asks.items():
            start = time.perf_counter()
            ask(query)
            times_of[name].append(1000 * (time.perf_counter() - start))
    return times_of


def rows() -> list[Row]:
    """Run the measurements as rows of the table of `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        read_five_as_shipped()
        build([FIVE], Path(folder))
        version = published(Path(folder))
        assert version is not None
        size = len(version.open())
        with (
            background(Path(folder), "--no-pages", "--workers", "2") as service,
            oxigraph(version) as peer,
        ):
            asks = {
                "raw": embedded(version),
                "ours": over_http(f"{service.url}sparql"),
                "bare": over_http(f"{service.url}site.css"),
                "oxigraph": over_http(peer, **{"union-default-graph": "true"}),
            }
            return [
                line
                for query, times in SPECS
                for line in lines(timed(asks, query, times), size, len(asks["raw"](query)))
            ]


def lines(times: dict[str, list[float]], size: int, answer: int) -> Iterator[Row]:
    """Word the time of one query: the median, and the lowest in brackets.

    :param size: size of the graph, in quads
    :param answer: size of the answer in bytes
    """
    middle = {name: median(samples) for name, samples in times.items()}
    cells = {name: f"{middle[name]:.2f} ({min(samples):.2f}) ms" for name, samples in times.items()}
    raw, ours = middle["raw"], middle["ours"]
    if raw < 5:
        label = f"point query over HTTP, kept alive, {size:,} quads (above the bare engine + JSON)"
        yield label, cells["ours"], cells["raw"], f"+{ours - raw:.2f} ms", "≤ +0.5 ms and the pipe"
        bare = middle["bare"]
        label = "… of it HTTP alone, no worker; the rest is the pipe to the worker and the gate"
        yield label, cells["bare"], "", f"{bare:.2f} + {max(0.0, ours - raw - bare):.2f} ms", ""
        yield (
            "… beside the oxigraph server",
            cells["ours"],
            cells["oxigraph"],
            f"{ours / middle['oxigraph']:.2f}",
            "",
        )
    else:
        least = min(times["ours"]) / min(times["raw"])
        label = f"query with {answer / 1000:,.0f} kB of answer over HTTP (times the bare engine + JSON)"
        yield label, cells["ours"], cells["raw"], f"{ours / raw:.2f} ({least:.2f})", "≤ 1.1 above 20 ms"
        yield (
            "… beside the oxigraph server",
            cells["ours"],
            cells["oxigraph"],
            f"{ours / middle['oxigraph']:.2f}",
            "",
        )


if __name__ == "__main__":
    print("| what | egovkg | peer | ratio | goal |\n|---|---|---|---|---|")
    for row in rows():
        print("| " + " | ".join(row) + " |")
