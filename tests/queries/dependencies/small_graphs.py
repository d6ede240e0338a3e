"""Small graphs with claims, as a loader would write them, and short ways to ask them."""

from __future__ import annotations

from typing import TypeAlias

from egovkg.graph.names import CODE, EGOV, GRAPH_EDGES, GRAPH_INFERRED, GRAPH_REGISTER, RDF_TYPE, RDFS, XSD
from egovkg.graph.network.network import Network
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.criticality import CriticalityReport
from egovkg.queries.dependencies.impact import ImpactReport, impact
from egovkg.queries.dependencies.matrix import MatrixReport
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.dependencies.network.remarks import remark_texts
from egovkg.queries.dependencies.paths import PathReport
from egovkg.queries.dependencies.single_points import SinglePointReport
from hypothesis import strategies as st

BASE = "https://w3id.org/egovkg/id/"
NODES = 8
PAIRS = st.sets(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] != pair[1]),
    max_size=16,
)


def ask(found: Dependencies, *entities: str, upstream: bool = False) -> ImpactReport:
    return impact(found, [found.resolve(words) for words in entities], upstream=upstream)


Report: TypeAlias = ImpactReport | PathReport | MatrixReport | SinglePointReport | CriticalityReport


def notes(answer: Report) -> list[str]:
    return remark_texts(answer.remarks, answer.choice.lang)


def listed(answer: ImpactReport) -> dict[str, int]:
    return {one.system.curie: one.hops for one in answer.affected}


class Made:
    """A small graph with claims, as a loader would write it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.claims = 0

    def system(self, key: str, kind: str = "InformationSystem", province: str | None = None) -> Made:
        thing = f"<{BASE}system/t-{key}>"
        self.quad(thing, RDF_TYPE, f"<{EGOV}{kind}>", GRAPH_REGISTER)
        self.quad(thing, RDF_TYPE, f"<{EGOV}TechnicalComponent>", GRAPH_INFERRED)
        self.quad(thing, f"{RDFS}label", f'"Hệ thống {key}"@vi', GRAPH_REGISTER)
        self.quad(thing, f"{EGOV}curie", f'"t:{key}"', GRAPH_REGISTER)
        if province:
            unit = f"<{BASE}unit/t-{province}>"
            self.quad(thing, f"{EGOV}ofTerritory", unit, GRAPH_REGISTER)
            self.quad(unit, RDF_TYPE, f"<{EGOV}Province>", GRAPH_REGISTER)
            self.quad(unit, f"{RDFS}label", f'"Tỉnh {province}"@vi', GRAPH_REGISTER)
            self.quad(unit, f"{EGOV}curie", f'"t:{province}"', GRAPH_REGISTER)
        return self

    def claim(
        self,
        one: str,
        relation: str,
        other: str,
        *,
        status: str = "operational",
        polarity: str = "asserted",
        said: str = "2020-01-01",
        since: str = "",
        until: str = "",
        certainty: str = "",
    ) -> Made:
        self.claims += 1
        graph = "https://w3id.org/egovkg/graph/article/test"
        node, evidence = f"<{BASE}claim/test/{self.claims}>", f"<{BASE}evidence/test/{self.claims}>"
        ends = f"<{BASE}system/t-{one}>", f"<{BASE}system/t-{other}>"
        day = f"^^<{XSD}date>"
        pairs = {
            RDF_TYPE: f"<{EGOV}Claim>",
            f"{EGOV}subject": ends[0],
            f"{EGOV}predicate": f"<{EGOV}{relation}>",
            f"{EGOV}object": ends[1],
            f"{EGOV}status": f"<{CODE}{status}>",
            f"{EGOV}polarity": f"<{CODE}{polarity}>",
            f"{EGOV}timeBasis": f"<{CODE}publication>",
            f"{EGOV}statedOn": f'"{said}"{day}',
            f"{EGOV}evidence": evidence,
            f"{EGOV}sourceLine": f'"{self.claims}"^^<{XSD}integer>',
        }
        if since:
            pairs[f"{EGOV}earliest"] = f'"{since}"{day}'
        if until:
            pairs |= {f"{EGOV}latest": f'"{until}"{day}', f"{EGOV}validTo": f'"{until}"'}
        if certainty:
            pairs[f"{EGOV}certainty"] = f'"{certainty}"'
        for predicate, value in pairs.items():
            self.quad(node, predicate, value, graph)
        self.quad(evidence, f"{EGOV}text", f'"Câu {self.claims}."@vi', graph)
        self.quad(evidence, f"{EGOV}inArticle", f"<{BASE}article/test>", graph)
        self.quad(f"<{BASE}article/test>", f"{EGOV}curie", '"test"', graph)
        if (
            status in {"operational", "completed", "pilot", "limited"}
            and polarity == "asserted"
            and certainty != "low"
        ):
            self.quad(ends[0], f"{EGOV}{relation}", ends[1], GRAPH_EDGES)
        return self

    def quad(self, subject: str, predicate: str, value: str, graph: str) -> None:
        self.lines.append(f"{subject} <{predicate}> {value} <{graph}> .\n")

    def found(self, **choice: object) -> Dependencies:
        store = OxigraphStore.in_memory()
        store.load("".join(sorted(set(self.lines))).encode())
        return Dependencies.of(store, EdgeChoice(**choice))  # type: ignore[arg-type]


def chain(**last: str) -> Made:
    """The portal rests on the platform, and that on the centre; the last link as asked for."""
    made = Made()
    for key, kind in (
        ("portal", "PublicServicePortal"),
        ("lgsp", "IntegrationPlatform"),
        ("dc", "DataCentre"),
    ):
        made.system(key, kind, "p")
    return made.claim("portal", "connectsTo", "lgsp").claim("lgsp", "hostedOn", "dc", **last)


def expecting(found: Dependencies, one: str, other: str) -> Dependencies:
    """The same, with one expected edge."""
    network = Network.from_edges(
        [(f"{BASE}system/t-{one}", "expects", f"{BASE}system/t-{other}", "reference")]
    )
    return Dependencies(
        found.store,
        lambda part: found.read_network(part) if part == "stated" else network,
        found.choice,
        found.directory,
    )


def failing(answer: SinglePointReport) -> dict[str, set[str]]:
    return {point.system.curie: {one.curie for one in point.failing} for point in answer.points}
