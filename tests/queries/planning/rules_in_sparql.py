"""The rules of verdicts once more in SPARQL, on the triples of the assessments alone."""

from egovkg.graph.names import with_prefixes
from egovkg.graph.store import OxigraphStore
from egovkg.queries.facts.values import text_of
from egovkg.queries.planning.assessment import assessment_triples
from egovkg.queries.planning.gap_report import GapReport

RULES_QUERY = with_prefixes("""
SELECT ?assessment ?rule {
  ?assessment a egov:Assessment ; egov:assessedAgainst/egov:inLayer/egov:layerRole ?role .
  OPTIONAL { ?assessment egov:presentSince ?present }
  OPTIONAL { ?assessment egov:absentSince ?absent }
  OPTIONAL {
    SELECT ?assessment (COUNT(?way) AS ?under_way) (COUNT(?limit) AS ?limited) (COUNT(?plan) AS ?planned)
      (COUNT(?beside) AS ?aside) {
      { ?assessment egov:underWayBy|egov:partlySupportedBy ?way }
      UNION { ?assessment egov:limitedBy ?limit }
      UNION { ?assessment egov:plannedBy ?plan }
      UNION { ?assessment egov:setAside ?beside }
    } GROUP BY ?assessment
  }
  BIND(IF(?role IN ("using", "outside"), "G1",
    IF(BOUND(?absent) && BOUND(?present) && ?absent = ?present, "G2",
    IF(BOUND(?absent) && (!BOUND(?present) || ?absent > ?present), "G3",
    IF(BOUND(?present), "G4",
    IF(COALESCE(?under_way, 0) > 0, "G5",
    IF(COALESCE(?limited, 0) > 0, "G6",
    IF(COALESCE(?planned, 0) > 0, "G7",
    IF(COALESCE(?aside, 0) > 0, "G9", "G8")))))))) AS ?rule)
}
ORDER BY ?assessment
""")


def rules_by_sparql(report: GapReport) -> dict[str, str]:
    """Derive the rule of each assessment from the triples alone; by IRI of the assessment."""
    store = OxigraphStore.in_memory()
    lines = (f"{triple} .\n" for triple in set(assessment_triples(report)))
    store.load("".join(lines).encode())
    return {text_of(node): text_of(rule) for node, rule in store.select(RULES_QUERY).rows}
