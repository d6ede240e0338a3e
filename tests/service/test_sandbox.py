"""Nothing that is sent to the service makes it call anywhere, or read a file that is not the graph's.

A listener on loopback counts connections. The variants go through the front door, then past the gate straight
to the workers, then to a bare engine behind the same fences; without fences the listener sees it come.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from egovkg.service.background import BackgroundService, background
from egovkg.service.contract.messages import Job
from egovkg.service.contract.refusals import ServiceError
from egovkg.service.contract.settings import Limits, Settings
from egovkg.service.run import started
from egovkg.service.workers.sandbox import NETWORK_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from egovkg.service.workers.pool import Pool

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

CALLS = (
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "ASK{service<URL>{?s ?p ?o}}",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE\n#x\n<URL> { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <URL> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } } LIMIT 1",
    "SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { ?a ?b 1SERVICE<URL>{?s ?p ?o} }",
    "SELECT * { MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { } UNION { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
)
FETCHES = (
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX e: <URL> ASK FROM e: { ?s ?p ?o }",
    "BASE <URL> ASK FROM <> { ?s ?p ?o }",
    "DESCRIBE <URL>",
    "ASK { GRAPH <URL> { ?s ?p ?o } }",
)
CHANGES = (
    "LOAD <URL>",
    "LOAD SILENT <URL>",
    "load<URL>into graph<urn:g>",
    "PREFIX e: <URL> LOAD e:",
    "BASE <URL> LOAD <>",
    "CLEAR ALL ; LOAD <URL>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } WHERE { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "INSERT { ?s ?p ?o } USING <URL> WHERE { ?s ?p ?o }",
)
PLACES = (
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/x?y=z#a",
    "http://2130706433:PORT/",
    "http://user:password@127.0.0.1:PORT/sparql",
    "http://127.0.0.1.:PORT/",
    "https://127.0.0.1:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "file:///etc/passwd",
)


class Listener:
    """Accepts, counts and closes."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.count = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                link, _ = self.socket.accept()
            except OSError:
                return
            self.count += 1
            link.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.shutdown(socket.SHUT_RDWR)
    made.socket.close()


def variants(templates: tuple[str, ...], port: int) -> list[str]:
    places = [place.replace("PORT", str(port)) for place in PLACES]
    return [template.replace("URL", place) for template, place in product(templates, places)]


def test_there_are_enough_variants() -> None:
    assert len({*variants(CALLS + FETCHES + CHANGES, 1)}) >= 200


def status(url: str, kind: str, text: str) -> int:
    request = Request(f"{url}sparql", text.encode(), {"Content-Type": f"application/sparql-{kind}"})
    try:
        with urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code if json.loads(error.read())["error"] else 0


@pytest.fixture(scope="module")
def service(home: Path) -> Iterator[BackgroundService]:
    with background(home, "--no-pages", "--workers", "2") as running:
        yield running


def test_the_front_door(service: BackgroundService, listener: Listener) -> None:
    told = [status(service.url, "query", one) for one in variants(CALLS + CHANGES, listener.port)]
    told += [status(service.url, "update", one) for one in variants(CHANGES, listener.port)]
    assert set(told) == {400}
    assert {status(service.url, "query", one) for one in variants(FETCHES, listener.port)} <= {200, 400}
    for place in PLACES:
        for name in ("default-graph-uri", "named-graph-uri"):
            given = urlencode({"query": "ASK { ?s ?p ?o }", name: place.replace("PORT", str(listener.port))})
            assert b"false" in urlopen(f"{service.url}sparql?{given}", timeout=20).read()
    assert listener.count == 0


def test_past_the_gate(home: Path, listener: Listener) -> None:
    """The workers themselves: every variant is answered or refused, and none of them connects."""

    async def ask_all() -> list[int]:
        settings = Settings(home, port=0, pages=False, limits=Limits(workers=2))
        async with started(settings) as running:
            assert set(NETWORK_LAYERS) & set(running.pool.sandbox_layers)
            return [await asked(running.pool, one) for one in variants(CALLS + FETCHES, listener.port)]

    told = asyncio.run(ask_all())
    assert {*told} <= {200, 400, 413, 503, 507}
    assert told.count(200) < len(told)
    assert listener.count == 0


async def asked(pool: Pool, query: str) -> int:
    """Hand a query to a worker; one that finds the way barred ends its worker, and is refused then."""
    try:
        reply, _ = await pool.answer(Job("sparql", {"media_type": media_type(query)}, query), "test")
    except ServiceError as error:
        return error.status
    return reply.status


def media_type(query: str) -> str:
    is_graph = re.search("CONSTRUCT|DESCRIBE", query)
    return "text/turtle" if is_graph else "application/sparql-results+json"


BARE = """
import json, socket, sys
import pyoxigraph as ox
from egovkg.service.workers.sandbox import isolate_network
queries, changes, port, fenced = json.loads(sys.argv[1])
fences = isolate_network() if fenced else ()
store = ox.Store()
for query in queries:
    try:
        result = store.query(query)
        not isinstance(result, ox.QueryBoolean) and list(result)
    except (SyntaxError, ValueError, OSError, RuntimeError):
        pass
for change in changes:
    try:
        store.update(change)
    except (SyntaxError, ValueError, OSError, RuntimeError):
        pass
for text, form in (
    ('{"@context": "http://127.0.0.1:%d/c", "a": "b"}' % port, ox.RdfFormat.JSON_LD),
    ('{"@context": {"@import": "http://127.0.0.1:%d/c"}, "a": "b"}' % port, ox.RdfFormat.JSON_LD),
    ('<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:%d/e">]><a>&e;</a>' % port, ox.RdfFormat.RDF_XML),
    ('<!DOCTYPE a SYSTEM "http://127.0.0.1:%d/d"><a/>' % port, ox.RdfFormat.RDF_XML),
):
    try:
        list(ox.parse(text, format=form, base_iri="http://e/"))
    except (SyntaxError, ValueError, OSError):
        pass
try:
    socket.create_connection(("127.0.0.1", port), 2).close()
except OSError:
    pass
print(json.dumps(fences))
"""


@pytest.mark.parametrize("fenced", [True, False])
def test_the_bare_engine(listener: Listener, fenced: bool) -> None:
    places = 1 if not fenced else None  # without a fence each call waits for an answer that does not come
    queries = variants(CALLS + FETCHES, listener.port)[:places]
    given = json.dumps([queries, variants(CHANGES, listener.port)[:places], listener.port, fenced])
    done = subprocess.run(
        [sys.executable, "-c", BARE, given], capture_output=True, text=True, timeout=100, check=True
    )
    if fenced:
        assert set(json.loads(done.stdout)) & set(NETWORK_LAYERS)
        assert listener.count == 0
    else:
        assert listener.count >= 3  # SERVICE, LOAD and the plain socket


RIGHTS = """
import ctypes, json, os, signal, socket, sys, threading
from egovkg.service.workers.sandbox import drop_capabilities, restrict_calls
path, parent = sys.argv[1], os.getppid()
libc = ctypes.CDLL(None, use_errno=True)
steps = {
    "chmod": lambda: os.chmod(path, 0o777),
    "chown": lambda: os.chown(path, os.getuid(), os.getgid()),
    "utime": lambda: os.utime(path),
    "setxattr": lambda: os.setxattr(path, "user.a", b"x"),
    "unlink": lambda: os.unlink(path),
    "rename": lambda: os.rename(path, path + "x"),
    "mkdir": lambda: os.mkdir(path + "d"),
    "mkfifo": lambda: os.mkfifo(path + "f"),
    "symlink": lambda: os.symlink(path, path + "l"),
    "kill": lambda: os.kill(parent, 0),
    "kill a thread": lambda: libc.tgkill(parent, parent, 0) and 1 / 0,
    "limits of others": lambda: libc.prlimit(parent, 7, None, ctypes.create_string_buffer(16)) and 1 / 0,
    "fork": os.fork,
    "exec": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "socket": socket.socket,
    "socketpair": socket.socketpair,
    "sethostname": lambda: socket.sethostname("x"),
    "unshare": lambda: libc.unshare(0x10000000) and 1 / 0,
    "ptrace": lambda: libc.ptrace(16, parent, 0, 0) and 1 / 0,
    "chroot": lambda: os.chroot("/"),
    "mount": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) and 1 / 0,
}
needed = {
    "read": lambda: open(path).read(),
    "list": lambda: os.listdir(os.path.dirname(path)),
    "thread": lambda: threading.Thread(target=int).start(),
    "random": lambda: os.urandom(8),
    "time": lambda: __import__("time").sleep(0.001),
}
layers = drop_capabilities(), restrict_calls()
allowed = []
for name, step in (steps | needed).items():
    try:
        step()
        allowed.append(name)
    except (OSError, ZeroDivisionError):
        pass
capabilities = open("/proc/self/status").read().partition("CapEff:")[2].split()[0]
print(json.dumps([layers, allowed, capabilities]))
"""


def test_a_worker_has_no_rights_that_an_answer_does_not_need(tmp_path: Path) -> None:
    """The same for a service that runs as an administrator."""
    path = tmp_path / "file"
    path.write_text("x")
    done = subprocess.run(
        [sys.executable, "-c", RIGHTS, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    layers, allowed, capabilities = json.loads(done.stdout)
    assert layers == [True, True]
    assert allowed == ["read", "list", "thread", "random", "time"]
    assert int(capabilities, 16) == 0


AS_SYSTEMD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "egovkg", "serve", "--no-pages", "--workers", "1"])
"""


def test_a_socket_of_systemd_is_taken_over(home: Path) -> None:
    """The port is opened by whoever may do so; the service runs as another."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, descriptor = listening.getsockname()[1], listening.fileno()
        running = subprocess.Popen(
            [sys.executable, "-c", AS_SYSTEMD, str(descriptor)],
            pass_fds=[descriptor],
            env={**os.environ, "EGOVKG_HOME": str(home)},
            stderr=subprocess.PIPE,
        )
        try:
            with urlopen(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", timeout=60) as answer:
                assert answer.status == 200
        finally:
            running.terminate()
            running.communicate(timeout=30)


def test_a_socket_that_is_open_to_others_needs_the_word(home: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as listening:
        done = subprocess.run(
            [sys.executable, "-c", AS_SYSTEMD, str(listening.fileno())],
            pass_fds=[listening.fileno()],
            env={**os.environ, "EGOVKG_HOME": str(home), "EGOVKG_LANG": "en"},
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert b"0.0.0.0" in done.stderr
    assert b"--public" in done.stderr


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_system_calls(home: Path, listener: Listener, tmp_path: Path) -> None:
    """What the workers open once they serve: files of the version, of the program, or nothing."""
    log = tmp_path / "calls"
    with background(home, "--no-pages", "--workers", "1") as running:
        below = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout.split()
        pairs = list(zip(map(int, below[::2]), map(int, below[1::2]), strict=True))
        (forkserver,) = [pid for pid, parent in pairs if parent == running.pid]
        traced = [forkserver, *(pid for pid, parent in pairs if parent == forkserver)]
        command = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=open,openat,openat2,socket,connect"]
        for pid in traced:
            command += ["-p", str(pid)]
        tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(1)
        if tracer.poll() is not None:
            pytest.skip("processes may not be traced here")
        for one in variants(CALLS + FETCHES, listener.port)[::5]:
            status(running.url, "query", one)
        for path in (
            "api/search?q=lgsp",
            "api/gaps",
            "api/impact?entity=tq:lgsp",
            "data/system/tq-lgsp.html",
        ):
            urlopen(running.url + path, timeout=30).read()
        for path in (
            "api/show?entity=/etc/passwd",
            "api/show?entity=file:///etc/passwd",
            "data/..%2f..%2fetc.ttl",
        ):
            with pytest.raises(HTTPError) as refused:
                urlopen(running.url + path, timeout=30)
            refused.value.close()
        tracer.terminate()
        tracer.wait()
    lines = log.read_text().splitlines()
    opened = {match[1] for line in lines if (match := re.search(r'open\w*\(.*?"([^"]*)".*= \d', line))}
    allowed = (
        str(home),
        str(Path(__file__).parents[2]),
        sys.prefix,
        sys.base_prefix,
        "/usr/lib",
        "/lib",
        "/proc/self",
    )
    assert not [path for path in opened if not path.startswith(allowed) and path != "/dev/urandom"]
    assert not [line for line in lines if re.search(r"(connect|socket)\(.*= \d", line)]
    assert listener.count == 0
