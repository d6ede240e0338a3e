"""The answers about dependencies: impact and paths."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...queries.dependencies.ask import ImpactQuestion, PathQuestion, ask_impact, ask_paths
from ...queries.dependencies.network.choice import EdgeChoice
from ...queries.dependencies.network.dependencies import Dependencies
from ...queries.dependencies.network.remarks import remark_texts
from ...queries.dependencies.network.scope import Scope
from ...queries.dependencies.paths import PathBounds
from ...queries.dependencies.records import affected_record, path_record, system_record
from ..contract.refusals import ServiceError
from .parameters import UPSTREAM, day_value, is_yes, separated
from .remarks import remarks_json

if TYPE_CHECKING:
    from ...graph.store import OxigraphStore
    from ...queries.facts.units import Remark
    from ...queries.facts.values import Json
    from .parameters import ParameterValues


def impact(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """List the entities affected by the failure of others; upstream, the entities on which they depend."""
    lang, entities = values["lang"], tuple(separated(values["entity"]))
    if not entities:
        raise ServiceError("entity-missing", parameter="entity")
    is_upstream = values["direction"] == UPSTREAM
    question = ImpactQuestion(entities, is_upstream, _choice(values), _scope(values))
    report = ask_impact(_dependencies(store), question)
    return {
        "failed": [system_record(system, lang) for system in report.failed],
        "direction": values["direction"],
        "affected": [affected_record(affected, lang) for affected in report.affected],
        **_remarks(report.remarks, lang),
    }


def path(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """List the paths along which one entity depends on another, shortest first."""
    lang, bounds = values["lang"], PathBounds(int(values["most"]), int(values["longest"]))
    question = PathQuestion(values["from"], values["to"], _choice(values), bounds)
    report = ask_paths(_dependencies(store), question)
    return {
        "from": system_record(report.start, lang),
        "to": system_record(report.end, lang),
        "turned": report.is_reversed,
        "bound": report.bound or None,
        "paths": [path_record(path, report.systems, lang) for path in report.paths],
        **_remarks(report.remarks, lang),
    }


@lru_cache(maxsize=2)
def _dependencies(store: OxigraphStore) -> Dependencies:
    return Dependencies.of(store)


def _choice(values: ParameterValues) -> EdgeChoice:
    return EdgeChoice(
        basis=values["basis"],
        as_of=day_value(values, "as_of"),
        plans=is_yes(values, "plans"),
        implied=is_yes(values, "implied"),
        parts=is_yes(values, "parts"),
        unverified=is_yes(values, "unverified"),
        lang=values["lang"],
        framework=values["framework"],
    )


def _scope(values: ParameterValues) -> Scope:
    kinds, layers = tuple(separated(values["kind"])), tuple(separated(values["layer"]))
    return Scope(values["province"] or None, kinds, layers)


def _remarks(remarks: tuple[Remark, ...], lang: str) -> dict[str, Json]:
    """Return the remarks of a report for JSON: texts under `notes`, data under `remarks`."""
    messages = [remark.message() for remark in remarks]
    return {"notes": [*remark_texts(remarks, lang)], "remarks": remarks_json(messages, lang)}
