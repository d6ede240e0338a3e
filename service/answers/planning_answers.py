"""The answers about planning: gaps and numeric targets of provinces."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict

from ...queries.planning.ask import (
    DutyQuestion,
    GapQuestion,
    TargetQuestion,
    ask_duties,
    ask_gap_columns,
    ask_roll_up,
    ask_targets,
)
from ...queries.planning.provinces import Provinces
from .parameters import day_value, is_yes, separated
from .remarks import remarks_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ...graph.store import OxigraphStore
    from ...queries.facts.values import Json
    from ...queries.planning.gap_report import GapReport
    from ...queries.planning.remarks import Remark
    from .parameters import ParameterValues


def gaps(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """Compare provinces with architecture frameworks: one verdict per framework, province and component."""
    lang = values["lang"]
    question = GapQuestion(
        **_conditions(values),
        frameworks=tuple(separated(values["framework"])),
        unverified=is_yes(values, "unverified"),
    )
    columns = ask_gap_columns(store, question, _provinces(store))
    report, is_single = columns.reports[0], len(columns.reports) == 1
    scope = (*report.remarks, *report.scope) if is_single else columns.remarks
    return {
        "as_of": report.as_of.isoformat(),
        "reference": report.framework.name,
        "references": [_framework(of_framework, lang) for of_framework in columns.reports],
        "remark": _joined(report.remarks, lang),
        "remarks": _remarks(scope, lang),
        "counts": {verdict.value: count for verdict, count in report.counts().items()},
        "cells": [*(report if is_single else columns).as_dicts(lang)],
    }


def _framework(report: GapReport, lang: str) -> dict[str, Json]:
    """Describe a framework of an answer, and count its cells by verdict."""
    framework = report.framework
    return {
        "reference": framework.name,
        "short_name": framework.short_name,
        "label": framework.label(lang),
        "list_basis": framework.list_basis or None,
        "counts": {verdict.value: count for verdict, count in report.counts().items()},
    }


def merged(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """List what merged provinces have from several former provinces, or from one of them only."""
    lang = values["lang"]
    question = GapQuestion(**_conditions(values))
    rolled_up = ask_roll_up(store, question, _provinces(store))
    report = rolled_up.report
    return {
        "as_of": report.as_of.isoformat(),
        "reference": report.framework.name,
        "remarks": _remarks(rolled_up.remarks, lang),
        "components": [*rolled_up.as_dicts(lang)],
    }


def targets(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """Compare provinces with the targets in force on the day of the question."""
    lang = values["lang"]
    question = TargetQuestion(
        **_conditions(values), unverified=is_yes(values, "unverified"), ended=is_yes(values, "ended")
    )
    report = ask_targets(store, question, _provinces(store))
    return {
        "as_of": report.as_of.isoformat(),
        "remark": _joined(report.remarks, lang),
        "remarks": _remarks((*report.remarks, *report.scope), lang),
        "standings": [*report.as_dicts(lang)],
    }


def duties(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """List the links that the law asks of provinces, with what statements say about each."""
    lang = values["lang"]
    question = DutyQuestion(**_conditions(values), unverified=is_yes(values, "unverified"))
    report = ask_duties(store, question, _provinces(store))
    return {
        "as_of": report.as_of.isoformat(),
        "remarks": _remarks((*report.remarks, *report.scope), lang),
        "counts": {verdict.value: count for verdict, count in report.counts().items()},
        "standings": [*report.as_dicts(lang)],
    }


class _Conditions(TypedDict):
    """The fields common to all planning questions that a request sets."""

    provinces: tuple[str, ...]
    as_of: date | None
    known_by: date | None
    languages: tuple[str, ...]


def _conditions(values: ParameterValues) -> _Conditions:
    """Read provinces, days and language from the parameters of a request."""
    return {
        "provinces": tuple(separated(values["province"])),
        "as_of": day_value(values, "as_of"),
        "known_by": day_value(values, "known_by"),
        "languages": (values["lang"],),
    }


@lru_cache(maxsize=2)
def _provinces(store: OxigraphStore) -> Provinces:
    return Provinces(store)


def _joined(remarks: Iterable[Remark], lang: str) -> str | None:
    """Join the remarks on how provinces were understood into one text; ``None`` without remarks."""
    return "; ".join(remark.message().text(lang) for remark in remarks) or None


def _remarks(remarks: Iterable[Remark], lang: str) -> list[Json]:
    return remarks_json((remark.message() for remark in remarks), lang)
