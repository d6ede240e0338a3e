"""What the JSON interface answers of dependencies, gaps and targets: functions of a store and parameters."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ...errors import FilterError, MixedEntitiesError, ServiceError
from ...queries.dependencies.ask import ImpactQuestion, PathQuestion, ask_impact, ask_paths
from ...queries.dependencies.choice import EdgeChoice
from ...queries.dependencies.dependencies import Dependencies
from ...queries.dependencies.paths import PathBounds
from ...queries.dependencies.records import affected_record, path_record, system_record
from ...queries.dependencies.remarks import remark_texts
from ...queries.dependencies.scope import Scope
from ...queries.planning.ask import GapQuestion, TargetQuestion, ask_gaps, ask_targets
from ...queries.planning.provinces import Provinces
from ...queries.planning.remarks import remark_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...graph.store import OxigraphStore
    from ...queries.facts.values import Json
    from ...queries.planning.remarks import Remark

YES_NO = ("no", "yes")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
BASES = ("stated", "reference", "both")


def impact(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """List what stops or suffers when entities stop, or what they rest on."""
    lang, entities = params["lang"], tuple(_parts(params["entity"]))
    if not entities:
        raise ServiceError(400, "parameter", "an entity is missing", parameter="entity")
    is_upstream = params["direction"] == "upstream"
    question = ImpactQuestion(entities, is_upstream, _choice(params), _scope(params))
    try:
        report = ask_impact(_dependencies(store), question)
    except (FilterError, MixedEntitiesError) as error:
        raise ServiceError(400, "parameter", str(error)) from error
    return {
        "failed": [system_record(system, lang) for system in report.failed],
        "direction": params["direction"],
        "affected": [affected_record(affected, lang) for affected in report.affected],
        "notes": [*remark_texts(report.remarks, lang)],
    }


def path(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """List the paths along which one entity depends on another, the shortest first."""
    lang, bounds = params["lang"], PathBounds(int(params["most"]), int(params["longest"]))
    question = PathQuestion(params["from"], params["to"], _choice(params), bounds)
    try:
        report = ask_paths(_dependencies(store), question)
    except MixedEntitiesError as error:
        raise ServiceError(400, "parameter", str(error)) from error
    return {
        "from": system_record(report.start, lang),
        "to": system_record(report.end, lang),
        "turned": report.is_reversed,
        "bound": report.bound or None,
        "paths": [path_record(path, report.systems, lang) for path in report.paths],
        "notes": [*remark_texts(report.remarks, lang)],
    }


def gaps(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """Hold provinces against the reference architecture, a cell each."""
    lang = params["lang"]
    question = GapQuestion(
        provinces=tuple(_parts(params["province"])),
        as_of=_day(params, "as_of"),
        known_by=_day(params, "known_by"),
        languages=(lang,),
        unverified=params["unverified"] == "yes",
    )
    report = ask_gaps(store, question, _provinces(store))
    return {
        "as_of": report.as_of.isoformat(),
        "reference": report.framework.name,
        "remark": _remark(report.remarks, lang),
        "counts": {verdict.value: count for verdict, count in report.counts().items()},
        "cells": [*report.as_dicts(lang)],
    }


def targets(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """Hold provinces against numeric targets, a cell each."""
    lang = params["lang"]
    question = TargetQuestion(
        provinces=tuple(_parts(params["province"])),
        as_of=_day(params, "as_of"),
        known_by=_day(params, "known_by"),
        languages=(lang,),
    )
    report = ask_targets(store, question, _provinces(store))
    return {
        "as_of": report.as_of.isoformat(),
        "remark": _remark(report.remarks, lang),
        "standings": [*report.as_dicts(lang)],
    }


def _remark(remarks: Sequence[Remark], lang: str) -> str | None:
    return "; ".join(remark_text(remark, lang) for remark in remarks) or None


@lru_cache(maxsize=2)
def _dependencies(store: OxigraphStore) -> Dependencies:
    return Dependencies.of(store)


@lru_cache(maxsize=2)
def _provinces(store: OxigraphStore) -> Provinces:
    return Provinces(store)


def _choice(params: Mapping[str, str]) -> EdgeChoice:
    return EdgeChoice(
        basis=params["basis"],
        as_of=_day(params, "as_of"),
        plans=params["plans"] == "yes",
        implied=params["implied"] == "yes",
        parts=params["parts"] == "yes",
        unverified=params["unverified"] == "yes",
        lang=params["lang"],
    )


def _scope(params: Mapping[str, str]) -> Scope:
    return Scope(params["province"] or None, tuple(_parts(params["kind"])), tuple(_parts(params["layer"])))


def _parts(words: str) -> list[str]:
    return [one.strip() for one in words.split("|") if one.strip()]


def _day(params: Mapping[str, str], name: str) -> date | None:
    """Read a day; of a month or a year the last one."""
    if not params[name]:
        return None
    try:
        if (match := _DAY.fullmatch(params[name])) is None:
            raise ValueError
        year, month = int(match[1]), int(match[2] or 12)
        return date(year, month, int(match[3] or monthrange(year, month)[1]))
    except ValueError:
        what = f'{name} "{params[name]}" is no day — write it as 2020-12-31'
        raise ServiceError(400, "parameter", what, parameter=name) from None
