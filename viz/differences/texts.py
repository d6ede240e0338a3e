"""What the tables and the document of a difference say alike: lead, values, fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.verdicts import TargetVerdict, Verdict
from ...queries.facts.terms import term_label
from ...words import catalogue

if TYPE_CHECKING:
    from ...queries.differences.changes import Change, FieldChange
    from ...queries.differences.report import DifferenceReport

_STATE = "state"  # the field of what a failure does to a system
_VERDICT = "verdict"  # the field that holds one
_CODED = frozenset({"status", "kind", "certainty", "level", "channel"})  # fields whose values are codes
_VERDICTS = {verdict.value: verdict for verdict in (*Verdict, *TargetVerdict)}


def lead_text(report: DifferenceReport, lang: str) -> str:
    """Say what was compared, and on which day the verdicts of both were given."""
    words = catalogue(__package__, lang)
    return words("lead", before=report.before, after=report.after, day=report.day.isoformat())


def remark_texts(report: DifferenceReport, lang: str) -> list[str]:
    """Say what is not counted: statements whose sentence alone differs; and that silence is no absence."""
    words = catalogue(__package__, lang)
    texts = [words.counted("reworded", report.reworded)] if report.reworded else []
    return texts if report.changes else [words["same"], *texts]


def fields_text(change: Change, lang: str) -> str:
    """Word what differs: each field with its earlier and later value; empty for what came or went."""
    return "; ".join(_field_text(field, lang) for field in change.fields)


def _field_text(field: FieldChange, lang: str) -> str:
    words = catalogue(__package__, lang)
    before, after = (_value_text(field.name, value, lang) for value in (field.before, field.after))
    values = {"before": before or words["nothing"], "after": after or words["nothing"]}
    return words("field_change", field=field_name(field.name, lang), **values)


def field_name(name: str, lang: str) -> str:
    """Return the name of a field for readers; the name in programs if it has none."""
    words = catalogue(__package__, lang)
    key = f"field.{name}"
    return words[key] if key in words else name  # noqa: SIM401  a catalogue has no `get`


def _value_text(name: str, value: str, lang: str) -> str:
    if value in _VERDICTS:
        return str(_VERDICTS[value].label(lang))
    words = catalogue(__package__, lang)
    if name == _STATE and f"{_STATE}.{value}" in words:
        return words[f"{_STATE}.{value}"]
    return term_label(value, lang) if value and name in _CODED else value


def matter_text(change: Change) -> str:
    """Say what a change is about: the name of an entity, and what is stated of it."""
    return f"{change.label}: {change.detail}" if change.detail else change.label


def verdict_texts(change: Change, lang: str) -> tuple[str, str] | None:
    """Word the earlier and the later verdict of a change; `None` if no verdict changed."""
    for field in change.fields:
        if field.name == _VERDICT:
            return _value_text(_VERDICT, field.before, lang), _value_text(_VERDICT, field.after, lang)
    return None
