"""What the JSON interface answers of dependencies, gaps and targets: functions of a store and parameters."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from ...errors import ServiceError
from ...queries.dependencies.dependencies import Choice, Dependencies, Filter, kind_named, layer_named
from ...queries.dependencies.impact import impact as affected
from ...queries.dependencies.paths import paths as routes
from ...queries.planning.ask import GapQuestion, TargetQuestion, ask_gaps, ask_targets
from ...queries.planning.provinces import Provinces
from ...queries.planning.remarks import remark_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...graph.store import OxigraphStore
    from ...queries.dependencies.nodes import Component
    from ...queries.facts.values import Json
    from ...queries.planning.remarks import Remark

YES_NO = ("no", "yes")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
BASES = ("stated", "reference", "both")


def impact(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """List what stops or suffers when entities stop, or what they rest on."""
    upstream = params["direction"] == "upstream"
    found, failed = _ends(_chosen(store, params), _parts(params["entity"]))
    answer = affected(found, failed, upstream=upstream, keep=_filter(found, params))
    return {
        "failed": [_component(one, found.lang) for one in answer.failed],
        "direction": params["direction"],
        "affected": [one.as_dict(found.lang) for one in answer.affected],
        "notes": [*answer.notes],
    }


def path(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """List the paths along which one entity depends on another, the shortest first."""
    found, (one, other) = _ends(_chosen(store, params), (params["from"], params["to"]))
    answer = routes(found, one, other, most=int(params["most"]), longest=int(params["longest"]))
    return {
        "from": _component(answer.start, found.lang),
        "to": _component(answer.end, found.lang),
        "turned": answer.is_turned,
        "bound": answer.bound or None,
        "paths": [each.as_dict(answer.components, found.lang) for each in answer.routes],
        "notes": [*answer.notes],
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


def _chosen(store: OxigraphStore, params: Mapping[str, str]) -> Dependencies:
    choice = Choice(
        basis=params["basis"],
        as_of=_day(params, "as_of"),
        plans=params["plans"] == "yes",
        implied=params["implied"] == "yes",
        parts=params["parts"] == "yes",
        unverified=params["unverified"] == "yes",
        lang=params["lang"],
    )
    return _dependencies(store).with_choice(choice)


def _ends(found: Dependencies, words: Sequence[str]) -> tuple[Dependencies, list[str]]:
    """Resolve entities; where all are components of the reference, ask the reference itself."""
    addresses = [found.resolve(one) for one in words]
    if not addresses:
        raise ServiceError(400, "parameter", "an entity is missing", parameter="entity")
    kinds = {found.directory.component(iri).kind == "ReferenceComponent" for iri in addresses}
    if len(kinds) > 1:
        raise ServiceError(400, "parameter", "systems and reference components cannot be mixed")
    return (found.components_only() if kinds == {True} else found), addresses


def _component(one: Component, lang: str) -> Json:
    return {"iri": one.iri, "curie": one.curie, "label": one.label(lang), "kind": one.kind}


def _parts(words: str) -> list[str]:
    return [one.strip() for one in words.split("|") if one.strip()]


def _filter(found: Dependencies, params: Mapping[str, str]) -> Filter:
    """Take which components are listed from parameters, as the switches of the command line do."""
    province, kinds, layers = params["province"], _parts(params["kind"]), _parts(params["layer"])
    try:
        chosen = frozenset(map(kind_named, kinds)), frozenset(map(layer_named, layers))
    except ValueError as error:
        raise ServiceError(400, "parameter", str(error)) from error
    units = found.scope(province) if province else frozenset[str]()
    words = ", ".join([*([province] if province else []), *kinds, *layers])
    return Filter(units, *chosen, words)


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
