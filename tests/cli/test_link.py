"""Proposals from a local copy of what Wikidata says, and their way into a register."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.errors import ProposalError
from egovkg.graph.endpoint.remote import RemoteStore
from egovkg.graph.endpoint.transport import EndpointReply, EndpointRequest, Transport
from egovkg.graph.names import RDFS
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.register.entries import read_register
from egovkg.loaders.register.proposals import Proposal, as_yaml, read_proposals
from egovkg.loaders.register.same_as import with_same_as
from egovkg.loaders.register.wikidata import (
    QUERY,
    WikidataItem,
    comparable_name,
    fetch_items,
    iso_codes,
    propose,
)
from egovkg.words import message
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WD = "http://www.wikidata.org/entity/"
REGISTER = """# a comment that stays
prefix: xx
entities:
  tinh-x:            # a province
    kind: Province
    vi: "Tỉnh X"
    en: X Province
    within: vn:viet-nam

    code: "99"
    edition: legacy (before 2025-07-01)
    source: nobody    # and so does this
  bo-y:
    kind: Ministry
    vi: Bộ Ý
    en: Ministry of Y
    same_as: [http://example.org/y]   # kept
  bo-z:
    kind: Ministry
    vi: Bộ Z
    en: Ministry of Z
    aliases:
      - Bộ Dét
  bo-w: {kind: Ministry, vi: Bộ W, en: Ministry of W}
  cuoi:
    kind: Ministry
    vi: Bộ Cuối
    en: Last Ministry
    same_as:
      - http://example.org/1
      - http://example.org/2
"""
DATA = f"""PREFIX wd: <{WD}>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
INSERT DATA {{
  wd:Q1 wdt:P300 "VN-07" ; rdfs:label "Tuyên Quang"@vi, "Tuyen Quang"@en, "Tuyên Quang"@fr ;
    wdt:P625 "Point(105.25 22.12)"^^geo:wktLiteral .
  wd:Q2 wdt:P300 "VN-03" ; rdfs:label "Hà Giang"@vi .
  wd:Q3 wdt:P300 "US-CA" ; rdfs:label "California"@en .
  wd:Q4 wdt:P31 wd:Q5 ; wdt:P17 wd:Q881 ; rdfs:label "Bộ Khoa học và Công nghệ"@vi,
    "Ministry of Science and Technology"@en ; skos:altLabel "MOST"@en .
  wd:Q5 wdt:P279 wd:Q192350 .
  wd:Q6 wdt:P31 wd:Q192350 ; wdt:P17 wd:Q999 ; rdfs:label "Ministry of Science and Technology"@en .
}}"""


@pytest.fixture(scope="module")
def wikidata(oxigraph_loaded: str) -> Iterator[str]:
    """A local endpoint that knows a little; emptied of it afterwards."""
    transport = RemoteStore(oxigraph_loaded).transport
    url, kind = oxigraph_loaded.replace("/query", "/update"), {"Content-Type": "application/sparql-update"}
    transport.send(EndpointRequest("POST", url, kind, DATA.encode()))
    yield oxigraph_loaded
    transport.send(EndpointRequest("POST", url, kind, b"CLEAR DEFAULT"))


def run(*words: str) -> Result:
    done = CliRunner().invoke(main, ["--lang", "en", "link", "wikidata", *words])
    assert not isinstance(done.exception, (KeyError, ValueError, TypeError, AttributeError)), done.exception
    return done


class TestAsking:
    def test_items(self, wikidata: str) -> None:
        found = {one.iri.removeprefix(WD): one for one in fetch_items(RemoteStore(wikidata, as_is=True))}
        assert set(found) == {"Q1", "Q2", "Q4"}
        assert found["Q1"].code == "VN-07"
        assert found["Q1"].labels == {"en": "Tuyen Quang", "vi": "Tuyên Quang"}
        assert found["Q1"].place == ("105.25", "22.12")
        assert "MOST" in found["Q4"].names

    def test_proposals_for_the_shipped_register(self, wikidata: str) -> None:
        entities = load_lexicon([]).lexicon.register.entities
        found = {
            (one.entity, one.same_as): one
            for one in propose(fetch_items(RemoteStore(wikidata, as_is=True)), entities)
        }
        ministry = found["nat:bo-khcn", WD + "Q4"]
        assert (ministry.certainty, ministry.why("en")) == ("high", "the same Vietnamese and English label")
        today = found["vn:tuyen-quang-2025", WD + "Q1"]
        assert today.certainty == "medium"
        assert found["vn:tuyen-quang", WD + "Q1"].why("en") == "ISO 3166-2 code VN-07"
        assert found["vn:tuyen-quang", WD + "Q1"].certainty == "high"
        other = found["vn:ha-giang", WD + "Q2"]
        assert other.certainty == "low"
        assert other.why("en").startswith("ISO 3166-2 code VN-03, but the register names")
        assert not any(iri == WD + "Q3" for _, iri in found)

    @pytest.mark.parametrize(
        ("labels", "named"),
        [
            ('"Hà Giang"@mul', {"vi": "Hà Giang", "en": "Hà Giang"}),
            ('"Ha Giang"@en, "Hà Giang"@mul', {"vi": "Hà Giang", "en": "Ha Giang"}),
            ('"Hà Giang"@vi, "HG"@mul', {"vi": "Hà Giang", "en": "HG"}),
            ('"Ha Giang"@en-gb, "Hà Giang"@vi-VN', {"vi": "Hà Giang", "en": "Ha Giang"}),
            ('"Ha-Giang"@en-ca, "Ha Giang"@en, "Hà Giang"@vi', {"vi": "Hà Giang", "en": "Ha Giang"}),
        ],
    )
    def test_labels_for_every_language_and_of_regions(self, labels: str, named: dict[str, str]) -> None:
        store = OxigraphStore.in_memory()
        store.update(
            f"INSERT DATA {{ GRAPH <urn:g> {{ <{WD}Q9> <{RDFS}label> {labels} ; "
            '<http://www.wikidata.org/prop/direct/P300> "VN-03" } }'
        )
        (item,) = fetch_items(store)
        assert item.labels == named
        entities = load_lexicon([]).lexicon.register.entities
        assert "vn:ha-giang" in [one.entity for one in propose([item], entities)]

    def test_a_ministry_with_one_label_for_every_language(self) -> None:
        store = OxigraphStore.in_memory()
        direct = "http://www.wikidata.org/prop/direct/"
        store.update(
            f'INSERT DATA {{ GRAPH <urn:g> {{ <{WD}Q8> <{RDFS}label> "Bộ Khoa học và Công nghệ"@mul ; '
            f"<{direct}P31> <{WD}Q192350> ; <{direct}P17> <{WD}Q881> }} }}"
        )
        entities = load_lexicon([]).lexicon.register.entities
        (proposal,) = propose(fetch_items(store), entities)
        assert (proposal.entity, proposal.same_as) == ("nat:bo-khcn", f"{WD}Q8")

    def test_what_is_known_is_not_proposed(self) -> None:
        entities = load_lexicon([]).lexicon.register.entities
        tuyen_quang = next(one for one in entities if one.curie == "vn:ha-giang")
        (known,) = tuyen_quang.lists["same_as"]
        item = WikidataItem(known, "VN-03", {"vi": "Hà Giang"}, frozenset({"Hà Giang"}))
        assert not [one for one in propose([item], entities) if one.entity == "vn:ha-giang"]

    def test_two_candidates_are_doubtful(self) -> None:
        entities = load_lexicon([]).lexicon.register.entities
        label = {"vi": "Bộ Khoa học và Công nghệ", "en": "Ministry of Science and Technology"}
        twins = [WikidataItem(WD + name, "", label, frozenset(label.values())) for name in ("Q1", "Q2")]
        found = [one for one in propose(twins, entities) if one.entity == "nat:bo-khcn"]
        assert [one.certainty for one in found] == ["low", "low"]

    def test_codes(self) -> None:
        assert len(iso_codes()) == len(set(iso_codes().values())) == 63
        known = {one.curie for one in load_lexicon([]).lexicon.register.entities}
        assert {f"vn:{name}" for name in iso_codes().values()} <= known

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Thành phố Hồ Chí Minh (đến 2025-06-30)", "Ho Chi Minh City"),
            ("Tỉnh Hoà Bình", "Hòa Bình province"),
        ],
    )
    def test_names_that_are_one(self, one: str, other: str) -> None:
        assert comparable_name(one) == comparable_name(other)

    def test_the_query_reads_only(self) -> None:
        assert QUERY.count("SELECT") == 1
        assert "SERVICE" not in QUERY


class TestFile:
    def test_verb_writes_proposals_and_no_register(self, wikidata: str, tmp_path: Path) -> None:
        target = tmp_path / "p.yaml"
        done = run("--endpoint", wikidata, "-o", str(target), "--format", "json", "--lang", "en")
        assert done.exit_code == 0, done.output
        rows = json.loads(done.stdout)
        content = yaml.safe_load(target.read_text("utf-8"))
        assert content["source"] == wikidata
        assert content["asked"] <= date.today()
        assert len(content["proposals"]) == len(rows) > 2
        assert all(one["accepted"] is False and one["why"] for one in content["proposals"])
        place = next(one for one in content["proposals"] if one["entity"] == "vn:tuyen-quang-2025")
        assert place["coordinates"] == {"latitude": 22.12, "longitude": 105.25}

    def test_answers_are_kept(self, wikidata: str, tmp_path: Path) -> None:
        target = tmp_path / "p.yaml"
        run("--endpoint", wikidata, "-o", str(target))
        text = target.read_text("utf-8")
        target.write_text(text.replace("accepted: false", "accepted: true", 1), "utf-8")
        run("--endpoint", wikidata, "-o", str(target))
        assert target.read_text("utf-8").count("\n    accepted: true") == 1

    def test_credentials_of_the_environment_stay_here(
        self, wikidata: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EGOVKG_ENDPOINT_USER", "me")
        seen: list[object] = []
        once = Transport._send_once

        def watched(self: Transport, request: EndpointRequest, more: Mapping[str, str]) -> EndpointReply:
            seen.append(more)
            return once(self, request, more)

        monkeypatch.setattr(Transport, "_send_once", watched)
        run("--endpoint", wikidata, "-o", str(tmp_path / "p.yaml"))
        assert seen == [{}]

    @given(st.text(), st.text())
    def test_any_words_come_back(self, label: str, iri: str) -> None:
        reason = message("egovkg.loaders.register", "reason.code", code=label)
        one = Proposal("xx:a", iri or "x", label, {"vi": label}, reasons=(reason,), accepted=True)
        text = as_yaml([one], label, date(2026, 11, 23), "en")
        try:
            (read,) = read_proposals(text, "p.yaml")
        except ProposalError:  # letters that no YAML file may hold
            return
        assert (read.entity, read.same_as, read.accepted) == (one.entity, one.same_as, True)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[", "not YAML"),
            ("a: 1", "no list `proposals:`"),
            ("proposals: [{entity: a}]", "no same_as"),
            ("proposals: [{entity: a, same_as: b, accepted: maybe}]", "write true or false"),
        ],
    )
    def test_bad_file(self, text: str, told: str, tmp_path: Path) -> None:
        file = tmp_path / "p.yaml"
        file.write_text(text)
        done = run("--accept", str(file), "--corpus", "shipped")
        assert done.exit_code == 1
        assert told in done.stderr
        assert "Traceback" not in done.output


class TestAccepting:
    @pytest.fixture
    def corpus(self, tmp_path: Path) -> Path:
        (tmp_path / "corpus" / "register").mkdir(parents=True)
        (tmp_path / "corpus" / "register" / "xx.yaml").write_text(REGISTER, "utf-8")
        return tmp_path / "corpus"

    def test_no_register_changes_without_its_name(self, tmp_path: Path) -> None:
        file = tmp_path / "p.yaml"
        file.write_text(
            as_yaml([Proposal("vn:bac-kan", "http://x.org/1", accepted=True)], "", date(2026, 11, 23), "en"),
            "utf-8",
        )
        done = run("--accept", str(file))
        assert done.exit_code == 2
        assert "name its folder by --corpus DIR" in done.output

    def accept(self, corpus: Path, *pairs: tuple[str, str]) -> Result:
        proposals = [Proposal(entity, iri, accepted=True) for entity, iri in pairs]
        proposals.append(Proposal("xx:tinh-x", WD + "Q0"))
        file = corpus / "p.yaml"
        file.write_text(as_yaml(proposals, "s", date(2026, 11, 23), "en"), "utf-8")
        return run("--accept", str(file), "--corpus", str(corpus))

    def test_only_the_lines_needed_change(self, corpus: Path) -> None:
        names = ("tinh-x", "bo-y", "bo-z", "cuoi")
        done = self.accept(corpus, *((f"xx:{name}", WD + "Q9") for name in names))
        assert done.exit_code == 0, done.output
        new = (corpus / "register" / "xx.yaml").read_text("utf-8")
        register, problems = read_register(new, "xx.yaml")
        assert not problems
        assert register is not None
        assert [len(one.lists.get("same_as", ())) for one in register.entries] == [1, 2, 1, 0, 3]
        lost = [line for line in REGISTER.splitlines() if line not in new.splitlines()]
        assert [line.strip() for line in lost] == [
            "same_as: [http://example.org/y]   # kept",
            "same_as:",
            "- http://example.org/1",
            "- http://example.org/2",
        ]
        assert f"same_as: [http://example.org/y, {WD}Q9]   # kept" in new
        assert f"    same_as: [{WD}Q9]\n    source: nobody" in new
        assert "Q0" not in new

    def test_twice_is_once(self, corpus: Path) -> None:
        self.accept(corpus, ("xx:bo-z", WD + "Q9"))
        first = (corpus / "register" / "xx.yaml").read_bytes()
        done = self.accept(corpus, ("xx:bo-z", WD + "Q9"))
        assert "0 addresses merged" in done.stderr
        assert (corpus / "register" / "xx.yaml").read_bytes() == first

    @pytest.mark.parametrize(
        ("entity", "iri", "told"),
        [
            ("yy:a", WD + "Q9", "no register has the prefix yy"),
            ("xx:nobody", WD + "Q9", "no entry nobody"),
            ("xx:bo-w", WD + "Q9", "no entry bo-w to edit"),
            ("xx:bo-z", "not a web address", "by hand"),
            ("xx:bo-z", "http://h/a]\n    note: [x", "by hand"),
        ],
    )
    def test_refused_whole(self, corpus: Path, entity: str, iri: str, told: str) -> None:
        done = self.accept(corpus, ("xx:tinh-x", WD + "Q8"), (entity, iri))
        assert done.exit_code == 1
        assert told in done.stderr
        assert (corpus / "register" / "xx.yaml").read_text("utf-8") == REGISTER

    def test_line_ends_stay(self) -> None:
        text = REGISTER.replace("\n", "\r\n")
        new = with_same_as(text, "tinh-x", WD + "Q9", "xx.yaml")
        assert new.replace(f"    same_as: [{WD}Q9]\r\n", "") == text

    def test_every_shipped_province_can_take_one(self) -> None:
        from egovkg.tests.corpora.folders import FIVE

        text = (FIVE / "register" / "vn.yaml").read_text("utf-8")
        register, _ = read_register(text, "vn.yaml")
        assert register is not None
        for one in register.entries[::10]:
            new = with_same_as(text, one.name, WD + "Q999999", "vn.yaml")
            assert abs(len(new.splitlines()) - len(text.splitlines())) <= 1
