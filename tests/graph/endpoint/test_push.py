"""Pushing a published graph: by both protocols, cut off and gone on with, replaced, and refused."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.cli.app import example_of
from egovkg.errors import AccessError, PushError, UnreachableError
from egovkg.graph.endpoint import push_batches as pushing
from egovkg.graph.endpoint.push_batches import graph_sizes, push
from egovkg.graph.endpoint.push_state import PushState
from egovkg.graph.endpoint.push_target import Target, candidates, find_target
from egovkg.graph.endpoint.remote import RemoteStore
from egovkg.graph.endpoint.transport import EndpointRequest, RequestLimits
from egovkg.graph.names import CODE, EGOV, GRAPH
from egovkg.graph.store_files import write_record

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.graph.publish import Version
    from egovkg.graph.store import Store

REGISTER, OTHER = GRAPH + "register", "https://example.org/graph"
_UPDATE = {"Content-Type": "application/sparql-update"}


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "BATCH", {"gsp": 3_000, "update": 2_000})


@pytest.fixture(autouse=True)
def fresh_state(version: Version) -> None:
    for file in (version.folder.parent.parent / "push").glob("*"):
        file.unlink()


def update(url: str, text: str) -> None:
    store = RemoteStore(url)
    store.transport.send(EndpointRequest("POST", url.replace("/query", "/update"), _UPDATE, text.encode()))


@pytest.mark.parametrize("by", ["gsp", "update", "auto"])
def test_everything_arrives(by: str, oxigraph: str, version: Version) -> None:
    steps: list[tuple[int, int]] = []
    store = RemoteStore(oxigraph)
    done = push(version, store, by=by, progress=lambda now, total: steps.append((now, total)))
    total = len(version.open())
    assert done.sent == total
    assert done.target.protocol == ("gsp" if by == "auto" else by)
    assert [size.published for size in done.sizes] == [size.remote for size in done.sizes]
    assert store.dump() == version.open().dump()
    assert steps[0] == (0, total)
    assert steps[-1] == (total, total)
    assert len(steps) > 10


def test_again_sends_nothing(oxigraph: str, version: Version) -> None:
    push(version, RemoteStore(oxigraph))
    again = push(version, RemoteStore(oxigraph))
    assert (again.sent, again.sent_before) == (0, len(version.open()))


@pytest.mark.parametrize("by", ["gsp", "update"])
def test_cut_off_goes_on(by: str, oxigraph: str, version: Version) -> None:
    class CutError(Exception):
        pass

    def cut(now: int, total: int) -> None:
        if now > total / 2:
            raise CutError

    with pytest.raises(CutError):
        push(version, RemoteStore(oxigraph), by=by, progress=cut)
    there = sum(graph_sizes(RemoteStore(oxigraph)).values())
    done = push(version, RemoteStore(oxigraph))
    assert 0 < done.sent < len(version.open()) - there + 3_000
    assert done.sent + done.sent_before == len(version.open())
    assert RemoteStore(oxigraph).dump() == version.open().dump()


_KILLED = """
    import os, sys
    from pathlib import Path
    from egovkg.graph.endpoint import push_batches as pushing
    from egovkg.graph.publish import Version
    from egovkg.graph.store import Store
    from egovkg.graph.endpoint.push_target import Target
    from egovkg.graph.endpoint.remote import RemoteStore
    pushing.BATCH = {{"gsp": 1_000, "update": 1_000}}
    sent, write = [], Target.write_batch
    def dying(self, *words, **named):
        write(self, *words, **named)
        sent.append(1)
        if len(sent) == {after}:
            os._exit(9)  # the endpoint has the batch, the state does not know it
    Target.write_batch = dying
    pushing.push(Version(Path({folder!r})), RemoteStore({url!r}), by={by!r})
"""


@pytest.mark.parametrize("by", ["gsp", "update"])
def test_killed_between_sending_and_noting(by: str, oxigraph: str, version: Version) -> None:
    for after in (1, 3, 6):
        code = textwrap.dedent(_KILLED.format(after=after, folder=str(version.folder), url=oxigraph, by=by))
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    push(version, RemoteStore(oxigraph), by=by)
    assert RemoteStore(oxigraph).dump() == version.open().dump()


def changed(version: Version, folder: Path) -> Version:
    """Copy a version in which one status is another: as many triples, one of them not the same."""
    copy = folder / "versions" / "changed"
    copy.mkdir(parents=True)
    text = version.open().dump()
    store = ox.Store(str(copy / "store"))
    was, now = (f"<{EGOV}status> <{CODE}{word}>".encode() for word in ("planned", "pilot"))
    store.bulk_load(text.replace(was, now, 1), format=ox.RdfFormat.N_QUADS)
    del store
    shutil.copy(version.folder / "manifest.json", copy)
    write_record(copy)
    return type(version)(copy)


def statuses(store: Store) -> set[str]:
    query = f"SELECT ?s ?o {{ ?s <{EGOV}status> ?o }}"
    return {" ".join(map(str, row)) for row in store.select(query).rows}


@pytest.mark.parametrize("by", ["gsp", "update"])
def test_a_correction_arrives(by: str, oxigraph: str, version: Version, tmp_path: Path) -> None:
    push(version, RemoteStore(oxigraph), by=by)
    other = changed(version, tmp_path)
    with pytest.raises(PushError, match="nothing was changed — to replace them"):
        push(other, RemoteStore(oxigraph), by=by)
    assert statuses(RemoteStore(oxigraph)) == statuses(version.open())
    done = push(other, RemoteStore(oxigraph), by=by, replace=True)
    assert done.sent == len(version.open())
    assert statuses(RemoteStore(oxigraph)) == statuses(other.open()) != statuses(version.open())


def test_what_others_changed_there_is_replaced(oxigraph: str, version: Version) -> None:
    push(version, RemoteStore(oxigraph))
    was = f"{{ GRAPH ?g {{ ?s <{EGOV}status> ?o }} }}"
    update(oxigraph, f"DELETE {was} INSERT {{ GRAPH ?g {{ ?s <{EGOV}status> <urn:x> }} }} WHERE {was}")
    assert statuses(RemoteStore(oxigraph)) != statuses(version.open())
    assert push(version, RemoteStore(oxigraph), replace=True).sent == len(version.open())
    assert RemoteStore(oxigraph).dump() == version.open().dump()


def test_a_version_that_was_written_over_is_sent_again(
    oxigraph: str, version: Version, tmp_path: Path
) -> None:
    folder = tmp_path / "one" / "versions"
    shutil.copytree(version.folder, folder / version.name)
    first = type(version)(folder / version.name)
    push(first, RemoteStore(oxigraph))
    push(changed(version, tmp_path / "one"), RemoteStore(oxigraph), replace=True)
    with pytest.raises(PushError, match="nothing was changed"):
        push(first, RemoteStore(oxigraph))
    push(first, RemoteStore(oxigraph), replace=True)
    assert statuses(RemoteStore(oxigraph)) == statuses(version.open())


def test_an_endpoint_that_lost_its_data_gets_it_again(oxigraph: str, version: Version) -> None:
    push(version, RemoteStore(oxigraph))
    update(oxigraph, f"DROP GRAPH <{REGISTER}>")
    done = push(version, RemoteStore(oxigraph))
    assert done.sent == graph_sizes(version.open())[REGISTER]
    assert RemoteStore(oxigraph).dump() == version.open().dump()


def test_another_version_is_not_touched_without_replace(oxigraph: str, version: Version) -> None:
    old = f"GRAPH <{REGISTER}> {{ <urn:a> <urn:b> 1 }} GRAPH <{GRAPH}article/gone> {{ <urn:a> <urn:b> 2 }}"
    update(oxigraph, f"INSERT DATA {{ {old} GRAPH <{OTHER}> {{ <urn:a> <urn:b> 3 }} }}")
    before = RemoteStore(oxigraph, as_is=True).dump()
    with pytest.raises(PushError, match="already holds 1 triples; nothing was changed"):
        push(version, RemoteStore(oxigraph))
    assert RemoteStore(oxigraph, as_is=True).dump() == before


@pytest.mark.parametrize("by", ["gsp", "update"])
def test_replace_leaves_graphs_of_others(by: str, oxigraph: str, version: Version) -> None:
    old = f"GRAPH <{REGISTER}> {{ <urn:a> <urn:b> 1 }} GRAPH <{GRAPH}article/gone> {{ <urn:a> <urn:b> 2 }}"
    update(oxigraph, f"INSERT DATA {{ {old} GRAPH <{OTHER}> {{ <urn:a> <urn:b> 3 }} }}")
    done = push(version, RemoteStore(oxigraph), by=by, replace=True)
    assert done.removed == (GRAPH + "article/gone",)
    store = RemoteStore(oxigraph)
    assert graph_sizes(store) == graph_sizes(version.open())
    assert OTHER in store.graphs()
    assert len(store) == len(version.open()) + 1


def test_counts_that_differ_are_told(
    oxigraph: str, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Target.write_batch

    def losing(self: Target, *words: object, **named: object) -> None:
        if words[1] != REGISTER:
            write(self, *words, **named)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(Target, "write_batch", losing)
    with pytest.raises(PushError, match="register holds 0 triples after the push"):
        push(version, RemoteStore(oxigraph))


def test_letters_that_were_lost_are_told(
    oxigraph: str, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Target.write_batch

    def losing(self: Target, *words: object, **named: object) -> None:
        lines = str(words[2], "utf-8")  # type: ignore[call-overload]  # handed through
        mangled = "".join(letter if letter.isascii() else f"?{ord(letter)}" for letter in lines)
        write(self, *words[:2], mangled.encode(), **named)  # type: ignore[arg-type, call-arg]

    monkeypatch.setattr(Target, "write_batch", losing)
    with pytest.raises(PushError, match="lost letters"):
        push(version, RemoteStore(oxigraph))


def test_virtuoso_by_digest(virtuoso: str, version: Version) -> None:
    store = RemoteStore(virtuoso)
    for graph in graph_sizes(store):  # the server lives as long as the run: another test may have filled it
        find_target(store.transport, "auto", None).remove(store.transport, graph)
    done = push(version, store)
    assert done.sent == len(version.open())
    assert done.target.protocol == "gsp"
    assert done.target.url.endswith("/sparql-graph-crud-auth")
    nobody = RemoteStore(store.url)
    with pytest.raises(AccessError, match="EGOVKG_ENDPOINT_USER"):
        done.target.write_batch(nobody.transport, OTHER, b"<urn:a> <urn:b> <urn:c> .\n", first=True)


def test_nowhere_to_write(oxigraph: str, version: Version) -> None:
    with pytest.raises(PushError, match="give the address of its write service"):
        push(version, RemoteStore(oxigraph), write=oxigraph.replace("/query", "/nothing"))
    with pytest.raises(UnreachableError):
        push(version, RemoteStore("http://127.0.0.1:1/query", limits=RequestLimits(attempts=1)))


def test_candidates_of_known_servers() -> None:
    found = {(one.protocol, one.url) for one in candidates("http://h/ds/query", "auto", None)}
    assert {
        ("gsp", "http://h/ds/data"),
        ("update", "http://h/ds/update"),
        ("gsp", "http://h/ds/store"),
    } <= found
    assert [one.protocol for one in candidates("http://h/q", "update", "http://h/u")] == ["update"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"done": 3}', '{"done": {"g": "x"}, "by": "", "write": ""}']
)
def test_a_damaged_state_begins_anew(content: str, version: Version) -> None:
    state = PushState.load(version, "http://h/q")
    state.save(REGISTER, 5)
    assert PushState.load(version, "http://h/q").done == {REGISTER: 5}
    assert PushState.load(version, "http://h/other").done == {}
    state.file.write_text(content)
    assert PushState.load(version, "http://h/q").done == {}


def test_no_secret_in_the_state(version: Version, oxigraph: str) -> None:
    push(version, RemoteStore(oxigraph.replace("://", "://someone:geheim@")))
    kept = "".join(file.read_text() for file in (version.folder.parent.parent / "push").iterdir())
    assert "register" in kept
    assert "geheim" not in kept


def test_verb(oxigraph: str, home: Path) -> None:
    words = ["push", "--lang", "en", "--endpoint", oxigraph, "--graph", str(home), "--format", "json"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    assert all(row["here"] == row["there"] > 0 for row in rows)
    assert "triples sent" in done.stderr
    assert "0 triples sent" in CliRunner().invoke(main, words).stderr
    example = example_of("push").split()[1:3]
    assert example == ["push", "--endpoint"]


def test_verb_without_a_published_graph(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["push", "--endpoint", "http://h/q", "--graph", str(tmp_path)])
    assert done.exit_code == 1
    assert "egovkg build" in done.output
