"""The same answers from a folder and from an endpoint: by the library, and by every reading verb."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.errors import QueryError
from egovkg.graph.endpoint.push_batches import push
from egovkg.graph.endpoint.remote import RemoteStore
from egovkg.graph.endpoint.transport import EndpointRequest, Transport
from egovkg.graph.publish import Version, open_published
from egovkg.graph.store import Store

if TYPE_CHECKING:
    from pathlib import Path


class TestUnion:
    def test_an_engine_whose_default_graph_is_empty(self, oxigraph: str) -> None:
        store = RemoteStore(oxigraph)
        lines = (
            "INSERT DATA { GRAPH <urn:g> { <urn:c> a <https://w3id.org/egovkg/ontology#Claim> ; <urn:p> 1 } }"
        )
        assert store.select("SELECT ?o { <urn:c> <urn:p> ?o }").rows == ()
        _update(oxigraph, lines)
        assert RemoteStore(oxigraph, as_is=True).select("SELECT ?o { <urn:c> <urn:p> ?o }").rows == ()
        fresh = RemoteStore(oxigraph)
        assert len(fresh.select("SELECT ?o { <urn:c> <urn:p> ?o }").rows) == 1
        assert fresh.graphs() == ("urn:g",)
        assert len(fresh) == 2
        assert fresh.dump().count(b"<urn:g> .\n") == 2


def _update(query_url: str, text: str) -> None:
    transport = Transport(query_url, environment={})
    url = query_url.replace("/query", "/update")
    transport.send(EndpointRequest("POST", url, {"Content-Type": "application/sparql-update"}, text.encode()))


class TestVerbs:
    @pytest.fixture
    def loaded(self, oxigraph_loaded: str, version: Version) -> str:
        push(version, RemoteStore(oxigraph_loaded), replace=True)  # another test may have filled it
        return oxigraph_loaded

    @pytest.mark.parametrize(
        "words",
        [
            ["ask", "index-ranks"],
            ["ask", "systems-of-province", "-p", "province=bac kan", "--lang", "en"],
            ["facts", "--article", "yen-lap-2018"],
            ["show", "lgsp tuyen quang"],
            ["sparql", "SELECT (COUNT(*) AS ?n) { ?c a egov:Claim }"],
            ["sparql", "CONSTRUCT { ?a rdfs:label ?l } { ?a a egov:Article ; rdfs:label ?l }"],
            ["sparql", "ASK { ?a a egov:Article }"],
        ],
        ids=lambda words: " ".join(words[:2]),
    )
    def test_same_output(self, words: list[str], loaded: str, home: Path) -> None:
        here = CliRunner().invoke(main, [*words, "--format", "json", "--graph", str(home)])
        there = CliRunner().invoke(main, [*words, "--format", "json", "--endpoint", loaded])
        assert here.exit_code == there.exit_code == 0, there.output
        assert json.loads(there.stdout) == json.loads(here.stdout)
        assert len(here.stdout) > 4  # at least `true`

    def test_an_empty_address_is_none(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        done = CliRunner().invoke(main, ["ask", "articles", "--lang", "en", "--endpoint", ""])
        assert (done.exit_code, done.stdout) == (2, "")
        assert "not a web address" in done.output
        monkeypatch.setenv("EGOVKG_ENDPOINT", "")
        assert CliRunner().invoke(main, ["ask", "articles", "--graph", str(home)]).exit_code == 0

    def test_a_refusal_has_the_place_in_the_text_of_the_user(
        self, served: str, home: Path, version: Version
    ) -> None:
        for text, place in (
            ("SELECT * {", "error at 1:11: "),
            ("ASK {\n  SERVICE <urn:a> { } }", "error at 2:3: "),
        ):
            here = CliRunner().invoke(main, ["sparql", text, "--lang", "en", "--graph", str(home)])
            there = CliRunner().invoke(main, ["sparql", text, "--lang", "en", "--endpoint", served])
            assert place in here.output
            assert place in there.output
            assert "{" not in there.output

    def test_environment_and_precedence(
        self, loaded: str, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words = ["sparql", "ASK { ?a a egov:Article }"]
        monkeypatch.setenv("EGOVKG_ENDPOINT", loaded)
        assert CliRunner().invoke(main, words).exit_code == 0
        monkeypatch.setenv("EGOVKG_ENDPOINT", "http://127.0.0.1:1/sparql")
        assert CliRunner().invoke(main, words).exit_code == 1
        assert CliRunner().invoke(main, [*words, "--graph", str(home)]).exit_code == 0
        both = CliRunner().invoke(main, [*words, "--lang", "en", "--endpoint", loaded, "--graph", str(home)])
        assert both.exit_code == 2
        assert "exclude each other" in both.output

    @pytest.mark.parametrize("words", ["x", "0", "-1", "nan", "inf"])
    def test_time_limit_of_the_environment(self, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EGOVKG_ENDPOINT_TIMEOUT", words)
        with pytest.raises(QueryError, match="write a number of seconds"):
            RemoteStore("http://h/")


def test_embedded_and_remote_are_interchangeable(oxigraph: str, version: Version, home: Path) -> None:
    push(version, RemoteStore(oxigraph))
    stores: list[Store] = [open_published(home), RemoteStore(oxigraph)]
    assert stores[0].dump() == stores[1].dump()
    assert len(stores[0]) == len(stores[1])
