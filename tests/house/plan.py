"""The plan of imports: which package may import which."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Package → the packages that it may import besides itself and the ground floor. `cli` may import all.
# An allowance that nothing uses is a fault: the list says what is, not what might be.
_GRAPH = {"ontology", "graph"}
_FACTS = {*_GRAPH, "queries.facts"}
_READING = {*_GRAPH, "loaders.faults", "loaders.text"}
_STATING = {*_READING, "loaders.register", "loaders.article"}
_DEPENDENCIES = {"queries.dependencies", "queries.dependencies.network"}
_PLANNING = {"queries.planning", "queries.planning.cells"}
_LAW = {"queries.law"}
_BRIEF = {"queries.brief"}
MAY_IMPORT: Mapping[str, set[str]] = {
    "ontology": set(),
    "graph": {"ontology"},
    "graph.archimate": {"ontology"},
    "graph.profiles": {"graph"},
    "graph.shacl": _GRAPH,
    "graph.network": _GRAPH,
    "graph.endpoint": {"graph"},
    "loaders": set(),
    "loaders.faults": {"graph"},
    "loaders.text": {"ontology", "loaders.faults"},
    "loaders.register": _READING,
    "loaders.article": _READING,
    "loaders.statements": _STATING,
    "loaders.readings": {"graph", "loaders.faults", "loaders.text", "loaders.statements"},
    "loaders.guide": {*_GRAPH, "loaders.text", "loaders.register", "loaders.article", "loaders.statements"},
    "loaders.pipeline": {*_STATING, "graph.shacl", "loaders.statements", "loaders.guide", "loaders.readings"},
    "loaders.states": {
        "graph", "loaders.faults", "loaders.register", "loaders.pipeline", "loaders.workbook",
    },
    "loaders.agreement": {
        "graph", "loaders.faults", "loaders.register", "loaders.statements", "loaders.pipeline",
    },
    "loaders.recognition": {"graph", "loaders.faults", "loaders.text", "loaders.register"},
    "loaders.drafts": {
        *_STATING, "loaders.statements", "loaders.pipeline", "loaders.recognition", "loaders.editor",
    },
    "loaders.language_model": {
        "graph.endpoint", "loaders.text", "loaders.register", "loaders.statements", "loaders.pipeline",
        "loaders.drafts",
    },
    "loaders.archimate": {
        "graph", "graph.archimate", "loaders.faults", "loaders.pipeline", "loaders.register", "loaders.text",
        "loaders.workbook", "ontology",
    },
    "loaders.workbook": {*_STATING, "loaders.statements", "loaders.pipeline"},
    "loaders.authoring": {*_STATING, "loaders.statements", "loaders.pipeline"},
    "loaders.editor": {
        *_GRAPH, "loaders.text", "loaders.register", "loaders.article", "loaders.statements",
        "loaders.pipeline", "loaders.authoring",
    },
    "loaders.annotation_tools": {
        "graph", "loaders.article", "loaders.authoring", "loaders.drafts", "loaders.faults",
        "loaders.pipeline", "loaders.recognition", "loaders.statements", "loaders.text", "ontology",
    },
    "queries.facts": _GRAPH,
    "queries.questions": {"graph", "queries.facts"},
    "queries.picture": _FACTS,
    "queries.differences": {
        *_FACTS, "graph.network", *_DEPENDENCIES, "queries.planning", "queries.questions",
    },
    # Neither of the next two knows the other.
    "queries.dependencies": {*_FACTS, "graph.network", "queries.dependencies.network"},
    "queries.dependencies.network": {*_FACTS, *_LAW, "graph.network"},
    "queries.law": _FACTS,
    "queries.planning": {*_FACTS, *_LAW, "queries.planning.cells", "queries.planning.frameworks"},
    "queries.planning.frameworks": {*_FACTS, "queries.planning.cells"},
    "queries.planning.cells": {*_FACTS, *_LAW},
    "queries.brief": {*_FACTS, *_LAW, *_PLANNING, "queries.planning.frameworks"},
    "queries.landscape": {*_GRAPH, "queries.facts", *_DEPENDENCIES, "queries.planning"},
    "queries": {"graph", "graph.network", "queries.facts", "queries.questions"},
    "viz": {"viz.explorer"},
    "viz.shared": set(),
    "viz.tables": {"ontology", "queries.facts", *_PLANNING, "viz.shared"},
    "viz.explorer": {
        *_FACTS, "queries.picture", "queries.questions", "viz.shared", "viz.explorer.supplements",
    },
    "viz.explorer.supplements": {
        "graph", "ontology", "queries.facts", "queries.picture", "queries.planning", "queries.planning.cells",
        "queries.brief", "queries.questions", "viz.site.content",
    },
    "viz.pictures": set(),
    "viz.archimate": {
        "ontology", "graph", "graph.archimate", "queries.facts", "queries.dependencies",
        "queries.dependencies.network", "queries.picture", "viz.dependencies", "viz.pictures", "viz.tables",
    },
    "viz.documents": {"queries.facts", "viz.shared", "viz.pictures"},
    "viz.differences": {
        "ontology", "queries.facts", "queries.differences", "viz.documents", "viz.tables",
    },
    "viz.brief": {"ontology", "queries.facts", *_BRIEF, "viz.documents", "viz.tables"},
    "viz.gaps": {"ontology", "queries.facts", *_PLANNING, "viz.shared", "viz.pictures"},
    "viz.dependencies": {
        "ontology", "graph.network", "queries.facts", *_DEPENDENCIES,
        "viz.shared", "viz.explorer", "viz.pictures", "viz.tables",
    },
    "viz.landscape": {
        "ontology", "queries.facts", "queries.dependencies", *_DEPENDENCIES, "queries.planning",
        "queries.landscape", "viz.dependencies", "viz.documents", "viz.tables",
    },
    "viz.site.content": {
        *_FACTS, "queries.questions", "queries.dependencies.network", "queries.planning", "queries.picture",
        "viz.shared", "viz.tables",
    },
    "viz.site.pages": {
        *_FACTS, "graph.network", "queries.questions", *_DEPENDENCIES, *_PLANNING, *_BRIEF,
        "queries.planning.frameworks", "queries.picture", "viz.shared", "viz.brief", "viz.tables",
        "viz.explorer", "viz.explorer.supplements", "viz.site.content",
    },
    "viz.site": {"graph", "queries.questions", "viz.shared", "viz.site.content", "viz.site.pages"},
    "service.contract": {"queries.facts"},
    "service.answers": {
        "graph", "graph.network", "queries.facts", "queries.questions", *_DEPENDENCIES, "queries.planning",
        "viz.site", "viz.site.content", "service.contract",
    },
    "service.workers": {*_GRAPH, "queries.questions", "service.contract", "service.answers"},
    "service.http": {
        *_FACTS, "viz.shared", "viz.site.content", "service.contract", "service.answers", "service.workers",
    },
    "service": {"service.contract", "service.http", "service.workers"},
}  # fmt: skip
