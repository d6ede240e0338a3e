"""The words of verdicts: name, symbol and colour family, one place for terminal, spreadsheet and page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.codes import find_code
from ...ontology.verdicts import TargetVerdict, Verdict
from .verdicts import RULES

if TYPE_CHECKING:
    from .gaps import Gap, GapReport
    from .provinces import Provinces


def verdict_word(verdict: Verdict, lang: str) -> str:
    """Name a verdict, as the ontology does.

    >>> verdict_word(Verdict.STATED_GAP, "en"), verdict_word(Verdict.MET, "vi")
    ('stated gap', 'đã có')
    """
    return verdict.label(lang)


def target_word(verdict: TargetVerdict, lang: str) -> str:
    """Name how a province stands against a target.

    >>> target_word(TargetVerdict.MISSED, "en")
    'missed'
    """
    return verdict.label(lang)


def layer_word(layer: str, lang: str) -> str:
    """Name a layer.

    >>> layer_word("platform", "en")
    'platform'
    """
    return find_code(layer).label(lang)


def due_words(cell: Gap, lang: str) -> str:
    """Word what plans are due by, and whether that has passed; empty where nothing is due."""
    if cell.due is None:
        return ""
    if lang == "vi":
        return f"hạn {cell.due}" + (" đã qua, chưa có tin sau đó" if cell.is_overdue else "")
    return f"due {cell.due}" + (", passed without later news" if cell.is_overdue else "")


def rule_words(rule: str, lang: str) -> str:
    """Word a rule in one sentence.

    >>> rule_words("G8", "en")
    'No article speaks of it, which does not mean that it is not there.'
    """
    return RULES[rule][1 if lang == "vi" else 2]


def headline(report: GapReport, lang: str) -> str:
    """Say first how much is silent: the share of cells of which no article speaks."""
    counts = report.counts()
    applying = len(report.cells) - counts[Verdict.NOT_APPLICABLE]
    silent, share = counts[Verdict.NO_EVIDENCE], f"{report.silence() * 100:.0f}"
    if lang == "vi":
        return (
            f"{silent} trên {applying} ô không có bằng chứng ({share}%): chưa bài nào nêu, "
            "không có nghĩa là không có"
        )
    return (
        f"{silent} of {applying} cells have no evidence ({share}%): no article speaks of them, "
        "which does not mean that they are not there"
    )


def scope_lines(report: GapReport, provinces: Provinces, lang: str) -> list[str]:
    """Say what the verdicts rest on: framework, day, and the articles of each province."""
    vi = lang == "vi"
    known = f", {'biết đến' if vi else 'known by'} {report.known_by}" if report.known_by else ""
    label = report.reference.labels.get(lang, report.reference.iri)
    lines = [
        f"{'khung' if vi else 'framework'}: {label}; {'xét ngày' if vi else 'as of'} {report.as_of}{known}"
    ]
    if report.reference.unsourced:
        count = report.reference.unsourced
        lines.append(
            f"{count} thành phần chưa tìm được nguồn không được xét (xem bằng --unverified)"
            if vi
            else f"{count} components without a source are left out (see them with --unverified)"
        )
    for each in dict.fromkeys(cell.judged.province for cell in report.cells):
        covered = provinces.covered.get(each.iri)
        told = f"{', '.join(covered.articles)} ({covered.span})" if covered else ""
        silent = "không có bài nào" if vi else "no article"
        lines.append(f"{each.label(lang)}: {told or silent}")
    return lines
