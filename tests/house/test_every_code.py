"""Every code of every list, and made-up ones, go through every verb, page and export.

A status is one block of Turtle: the made-up codes stand in the ontology of a copy of the package and nowhere
else.
"""

from __future__ import annotations

import json
import shutil
from itertools import chain, pairwise
from pathlib import Path

import pytest
from egovkg.cli.app import MODULES
from egovkg.ontology.codes import code_list
from egovkg.ontology.verdicts import TargetVerdict, Verdict
from egovkg.service.answers.endpoints import ENDPOINTS
from egovkg.tests.house.altered import AlteredPackage, Reply

# list, slug, Vietnamese and English label, what programs need to know
MADE_UP = (
    (
        "Status",
        "suspended",
        "tạm dừng",
        "suspended",
        "egov:phase code:phase-ended ; egov:gapSign code:sign-absent ; egov:materialises false",
    ),
    ("Layer", "edge", "tầng biên", "edge layer", 'egov:layerRole "technical"'),
    ("GovernmentLevel", "hamlet", "cấp thôn", "hamlet", "egov:setWeight 16"),
    ("ServiceLevel", "level-5", "mức độ 5", "level 5", 'egov:setWeight 64 ; egov:writtenAs "5"'),
    ("Extent", "few", "một vài", "few", "egov:hedges true"),
)
WRITTEN = {"level-5": "5"}  # where an article writes another word than the slug
_BLOCK = """
code:{slug} a egov:{list_name} ; skos:inScheme scheme:{list_name} ; skos:notation "{slug}" ;
    rdfs:label "{vi}"@vi, "{en}"@en ; egov:rank {rank} ; {facts} ;
    skos:definition "Một mã đặt ra để thử {slug}."@vi, "A code made up for a test of {slug}."@en ;
    rdfs:isDefinedBy <https://w3id.org/egovkg/ontology/codes> .
"""
_CLASS = """
egov:EdgeGateway a owl:Class ; rdfs:subClassOf egov:InformationSystem ; egov:layer code:edge ;
    rdfs:label "Cổng biên"@vi, "edge gateway"@en ;
    skos:definition "Một lớp đặt ra để thử."@vi, "A class made up for a test."@en ;
    rdfs:isDefinedBy <https://w3id.org/egovkg/ontology/system> .
"""
# One system a status, the made-up one last: gaps are judged by class.
CLASSES = (
    "PublicServicePortal",
    "OneStopSystem",
    "DocumentManagementSystem",
    "ReportingSystem",
    "EmailSystem",
    "WebPortal",
    "DataCentre",
    "DigitalSignatureSystem",
    "IntegrationPlatform",
)
_ENTITY = "  {name}:\n    kind: {kind}\n    vi: {vi}\n    en: {en}\n"
_HEAD = """\
---
kg: 1
article: thu-2021
title: Bài thử
title_en: A test
publisher: mh:bao
published: 2021-06-30
lang: vi
scope: mh:tinh
---

## d1

Tỉnh có [hệ thống](mh:s0).

> The province has a system.

```claims
"""


def words_of(name: str, *, made_up: bool) -> list[str]:
    """List how authors write the codes of a list, one that is made up last."""
    invented = [slug for list_name, slug, *_ in MADE_UP if list_name == name]
    slugs = [WRITTEN.get(slug, slug) for slug in invented]
    return [*(code.written for code in code_list(name)), *(slugs if made_up else [])]


def write_corpus(folder: Path, *, made_up: bool = True) -> None:
    """Write a register and an article that uses every code of every list that authors write.

    :param made_up: whether the made-up codes are used too
    """
    statuses = words_of("Status", made_up=made_up)
    entities = [
        _ENTITY.format(name="bao", kind="MediaOutlet", vi="Báo thử", en="Test newspaper"),
        _ENTITY.format(name="tinh", kind="Province", vi="Tỉnh Thử", en="Test province")
        + "    within: vn:viet-nam\n",
    ]
    meetings = _ENTITY.format(
        name="hop", kind="VideoConferenceSystem", vi="Hệ thống họp", en="Meeting system"
    )
    entities.append(f"{meetings}    territory: mh:tinh\n")
    for number, kind in enumerate((*CLASSES, "EdgeGateway" if made_up else "InformationSystem")):
        entity = _ENTITY.format(name=f"s{number}", kind=kind, vi=f"Hệ thống {number}", en=f"System {number}")
        entities.append(f"{entity}    territory: mh:tinh\n")
    (folder / "register").mkdir(parents=True)
    (folder / "register" / "mh.yaml").write_text(f"prefix: mh\nentities:\n{''.join(entities)}", "utf-8")
    (folder / "articles").mkdir()
    lines = [
        *claims(statuses, made_up=made_up),
        "```",
        "",
        "```figures",
        *figures(statuses, made_up=made_up),
        "```",
        "",
    ]
    (folder / "articles" / "thu-2021.kg.md").write_text(_HEAD + "\n".join(lines), "utf-8")


def claims(statuses: list[str], *, made_up: bool) -> list[str]:
    """Write claims with every status, polarity, time basis, certainty, extent, tier and service level."""
    systems = [f"mh:s{number}" for number in range(len(statuses))]
    lines = [f"{system} serves mh:tinh {{status: {s}}}" for system, s in zip(systems, statuses, strict=True)]
    lines += [
        f"{one} connectsTo {other} {{status: {s}, asOf: 2021}}"
        for (one, other), s in zip(pairwise([*systems, "mh:s0"]), statuses, strict=True)
    ]
    lines += ["mh:s9 serves mh:tinh", "mh:s9 connectsTo mh:s1 {polarity: no}"]
    lines += [f"mh:s7 serves mh:tinh {{status: {s}, asOf: 2021-06-30}}" for s in ("operational", "retired")]
    lines += ["mh:s1 connectsTo nat:nen-tang-quoc-gia {status: planned, by: 2022}"]
    lines += ["mh:hop serves mh:tinh {certainty: low}"]
    bounds = {
        "basis": words_of("TimeBasis", made_up=False),
        "certainty": words_of("Certainty", made_up=False),
        "extent": words_of("Extent", made_up=made_up),
        "scope": words_of("GovernmentLevel", made_up=made_up),
        "level": words_of("ServiceLevel", made_up=made_up),
    }
    pairs = chain.from_iterable([(key, word) for word in words] for key, words in bounds.items())
    lines += [f"mh:s0 usesDataOf mh:s2 {{asOf: 2021, {key}: {word}}}" for key, word in pairs]
    return lines


def figures(statuses: list[str], *, made_up: bool) -> list[str]:
    """Write figures with every comparator, status, kind, tier and service level."""
    signs = words_of("Comparator", made_up=False)
    lines = [f"mh:s0 onlineDossiers {sign}1000 {{period: 2021-Q2}}" for sign in signs]
    lines += [f"mh:s0 onlineDossiers 20 {{status: {status}, period: 2020}}" for status in statuses]
    levels = words_of("ServiceLevel", made_up=made_up)
    lines += [f"mh:s0 serviceLevelShare 40 % {{level: {level}, period: 2020}}" for level in levels]
    lines += ["mh:s0 serviceLevelShare 40 % {level: 4, asOf: 2020-06-30}"]
    tiers = words_of("GovernmentLevel", made_up=made_up)
    lines += [f"mh:s0 onlineDossierShare 10 % {{scope: {tier}, period: 2020}}" for tier in tiers]
    lines += [
        f"mh:s0 onlineDossiers 5 {{kind: {kind}, by: 2020}}" for kind in words_of("FigureKind", made_up=False)
    ]
    return [*lines, "mh:s0 onlineDossierShare 10 % {period: 2020}"]


_STATUSES = "SELECT DISTINCT ?status { ?claim egov:status ?status } ORDER BY ?status"
_STATUSES_AS_GRAPH = "CONSTRUCT { ?claim egov:status ?status } WHERE { ?claim egov:status ?status }"
PLAIN = ("--graph", "graph", "--lang", "en")
VERBS = (
    ["check", "corpus"],
    ["fmt", "corpus"],
    ["build", "--corpus", "corpus", "-o", "graph"],
    ["facts", *PLAIN],
    ["facts", "--format", "jsonl", *PLAIN],
    ["show", "mh:s8", *PLAIN],
    ["show", "mh:tinh", "--format", "json", *PLAIN],
    ["gaps", *PLAIN],
    ["gaps", "--province", "mh:tinh", "--framework", "2.0", "--format", "json", *PLAIN],
    ["gaps", "--format", "html", "-o", "gaps.html", *PLAIN],
    ["gaps", "--format", "xlsx", "-o", "gaps.xlsx", *PLAIN],
    ["gaps", "--format", "turtle", *PLAIN],
    ["targets", *PLAIN],
    ["targets", "--ended", "--format", "json", *PLAIN],
    ["targets", "--as-of", "2020-07-31", "--format", "json", *PLAIN],
    ["duties", *PLAIN],
    ["duties", "--format", "json", *PLAIN],
    ["brief", "--province", "mh:tinh", "--since", "2019-01-01", "--as-of", "2026-11-30", *PLAIN],
    ["brief", "--province", "mh:tinh", "--format", "docx", "-o", "brief.docx", *PLAIN],
    ["report", "--province", "mh:tinh", "--as-of", "2026-11-30", *PLAIN],
    ["roadmap", *PLAIN],
    ["impact", "mh:s1", "--plans", "--implied", *PLAIN],
    ["impact", "mh:s1", "--basis", "both", "--as-of", "2022-01-01", *PLAIN],
    ["path", "mh:s4", "mh:s6", "--plans", *PLAIN],
    ["spof", "--plans", *PLAIN],
    ["matrix", "--plans", "--implied", *PLAIN],
    ["critical", "--plans", *PLAIN],
    ["ask", "statements-by-status", *PLAIN],
    ["ask", "systems-of-province", "-p", "province=mh:tinh", *PLAIN],
    ["ask", "systems-not-operational", *PLAIN],
    ["ask", "hedged-statements", *PLAIN],
    ["ask", "comparable-figures", *PLAIN],
    ["ask", "conflicts", *PLAIN],
    ["gaps", "--compare", "2020-06-30", *PLAIN],
    ["gaps", "--format", "svg", "-o", "gaps.svg", *PLAIN],
    ["spof", "--joins", "--plans", *PLAIN],
    ["compare", "mh:tinh", "vn:tuyen-quang", "--plans", *PLAIN],
    ["compare", "mh:tinh", "vn:tuyen-quang", "--format", "json", *PLAIN],
    ["sparql", _STATUSES, "--format", "json", *PLAIN],
    ["sparql", _STATUSES_AS_GRAPH, "--format", "turtle", *PLAIN],
    *(
        [verb, *entities, "--plans", "--format", form, "-o", f"{verb}.{form}", *PLAIN]
        for verb, entities in (("impact", ["mh:s1"]), ("matrix", []))
        for form in ("svg", "mermaid", "graphml", "gexf")
    ),
    ["draw", "path", "mh:s4", "mh:s6", "--plans", "--format", "mermaid", *PLAIN],
    ["draw", "spof", "--plans", "--format", "graphml", *PLAIN],
    ["draw", "matrix", "--plans", "-o", "matrix.html", *PLAIN],
    ["draw", "impact", "mh:s1", "--plans", "-o", "impact.html", *PLAIN],
    ["diff", "earlier", "graph", *PLAIN],
    ["diff", "earlier", "graph", "--format", "html", "--most", "999", *PLAIN],
    ["export", "-o", "parts", "--graph", "graph"],
    ["site", "-o", "pages", "--graph", "graph"],
    ["explore", "--corpus", "corpus", "--graph", "graph"],
    ["GET", "facts", "limit=500", "lang=en"],
    ["GET", "show", "entity=mh:s8", "limit=100", "lang=en"],
    ["GET", "ask", "question=statements-by-status", "lang=en"],
    ["GET", "neighbours", "entity=mh:s8", "lang=en"],
    ["GET", "impact", "entity=mh:s1", "plans=yes", "implied=yes", "lang=en"],
    ["GET", "path", "from=mh:s4", "to=mh:s6", "plans=yes", "lang=en"],
    ["GET", "gaps", "province=mh:tinh", "limit=100", "lang=en"],
    ["GET", "targets", "lang=en"],
    ["GET", "duties", "lang=en"],
    ["GET", "merged", "lang=en"],
    ["GET", "questions", "lang=en"],
    ["GET", "bind", "question=statements-by-status", "lang=en"],
    ["GET", "propose", "q=Which systems are suspended?", "lang=en"],
    ["GET", "search", "q=System 8", "lang=en"],
)
# They need a server or an editor, say nothing of what a graph holds, or begin an article or its draft; what
# `serve` answers is asked of its JSON interface.
WITHOUT_CODES = {
    *("accept", "agree", "audit", "draft", "import", "link", "lsp", "new", "packages", "push", "serve"),
    "versions",
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> AlteredPackage:
    package = AlteredPackage.copied(tmp_path_factory.mktemp("altered"))
    for list_name, slug, vi, en, facts in MADE_UP:
        rank = len(code_list(list_name)) + 1
        block = _BLOCK.format(list_name=list_name, slug=slug, vi=vi, en=en, facts=facts, rank=rank)
        package.append("codes.ttl", block)
    package.append("system.ttl", _CLASS)
    write_corpus(package.folder / "corpus")
    shutil.copytree(package.folder / "corpus" / "register", package.folder / "earlier" / "register")
    first = _HEAD.replace("```claims\n", "```claims\nmh:s0 serves mh:tinh\n```\n")
    (package.folder / "earlier" / "thu.kg.md").write_text(first, "utf-8")
    return package


@pytest.fixture(scope="module")
def replies(package: AlteredPackage) -> dict[str, Reply]:
    return {reply.verb: reply for reply in package.run(*VERBS)}


@pytest.mark.parametrize("verb", [" ".join(verb) for verb in VERBS])
def test_no_verb_fails(replies: dict[str, Reply], verb: str) -> None:
    reply = replies[verb]
    assert (reply.status, reply.fault) == (0, "''"), reply.text + reply.notes


def test_every_verb_and_endpoint_is_among_them() -> None:
    assert {verb[0] for verb in VERBS} - {"GET"} == MODULES.keys() - WITHOUT_CODES
    assert {verb[1] for verb in VERBS if verb[0] == "GET"} == ENDPOINTS.keys()


def text_of(replies: dict[str, Reply], start: str) -> str:
    return next(reply.text for verb, reply in replies.items() if verb.startswith(start))


@pytest.mark.parametrize(
    "verb",
    [
        "show mh:s8",
        "facts",
        "ask statements-by-status",
        "ask systems-of-province",
        "ask systems-not-op",
        "sparql SELECT",
        "sparql CONSTRUCT",
        "GET facts",
        "GET show",
        "GET ask",
    ],
)
def test_every_status_is_named(replies: dict[str, Reply], verb: str) -> None:
    assert "suspended" in text_of(replies, verb)


def test_the_verdicts_follow_the_signs_of_the_statuses(replies: dict[str, Reply]) -> None:
    cells = json.loads(text_of(replies, "gaps --province"))
    verdicts = {cell["component"]: cell["verdict"] for cell in cells}
    assert verdicts["L-LGSP"] == Verdict.STATED_GAP
    assert {*verdicts.values()} == {*Verdict}


def test_every_verdict_of_a_target_is_given(replies: dict[str, Reply]) -> None:
    rows = json.loads(text_of(replies, "targets --ended --format json"))
    rows += json.loads(text_of(replies, "targets --as-of 2020-07-31"))
    assert {row["verdict"] for row in rows} == {*TargetVerdict}


def test_hedges_of_made_up_codes_are_listed(replies: dict[str, Reply]) -> None:
    assert "few" in text_of(replies, "ask hedged-statements")


def test_pages_name_the_made_up_codes(package: AlteredPackage, replies: dict[str, Reply]) -> None:
    assert replies
    pages = [path.read_text("utf-8").lower() for path in (package.folder / "pages").rglob("*.html")]
    assert [slug for _, slug, vi, *_ in MADE_UP if not any(vi in page for page in pages)] == []
