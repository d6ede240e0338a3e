"""The heat map of gaps as one page: provinces across, components by layer down, each with its sentences.

No script and no request: a cell links to its evidence below, so that the page prints and reads aloud.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import jinja2

from ...files import packaged_text
from ...ontology.verdicts import Verdict
from ...queries.planning.cell_query import cell_query
from ...queries.planning.remarks import remark_text
from ...queries.planning.texts import (
    due_text,
    layer_label,
    rule_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...queries.planning.framework import ReferenceComponent
    from ...queries.planning.gap_report import GapReport
    from ...queries.planning.gaps import Gap
    from ...queries.planning.units import Province

__all__ = ["gap_page"]

_WORDS = {
    "vi": {
        "title": "Khoảng cách so với khung kiến trúc",
        "legend": "Cách đọc",
        "component": "Thành phần",
        "table": "Bảng kết luận theo tỉnh và thành phần",
        "evidence": "Bằng chứng của từng ô",
        "why": "Vì sao",
        "since": "từ",
        "stated": "theo ngày nói",
        "dated": "bài nêu rõ",
        "also": "Phát biểu khác cũng được xét",
        "route": "Đường nối",
        "query": "Truy vấn SPARQL của ô này",
        "back": "về bảng",
        "counts": "Số ô theo kết luận",
        "province": "Tỉnh",
    },
    "en": {
        "title": "Gaps against the architecture framework",
        "legend": "How to read it",
        "component": "Component",
        "table": "Verdicts by province and component",
        "evidence": "Evidence of each cell",
        "why": "Why",
        "since": "since",
        "stated": "by the day it was said",
        "dated": "dated in the article",
        "also": "Other statements that were weighed",
        "route": "Connection",
        "query": "SPARQL query of this cell",
        "back": "to the table",
        "counts": "Cells by verdict",
        "province": "Province",
    },
}


@dataclass(frozen=True)
class _Row:
    """One component across the provinces."""

    component: ReferenceComponent
    label: str
    cells: tuple[Gap, ...]


def gap_page(report: GapReport, lang: str = "vi") -> str:
    """Write the heat map.

    :param report: the cells; layers that no province builds are left out
    :param lang: language of the page
    :returns: one HTML page that needs nothing else; the same text for the same report
    """
    shown = [cell for cell in report.cells if cell.verdict is not Verdict.NOT_APPLICABLE]
    across = list(dict.fromkeys(cell.judged.province for cell in shown))
    css = packaged_text(__package__, "static/page.css")
    return (
        _environment()
        .get_template("gaps.html.j2")
        .render(
            lang=lang,
            words=_WORDS[lang],
            framework=report.framework.label(lang),
            headline=remark_text(report.silent_cells, lang),
            scope=[remark_text(remark, lang) for remark in (*report.remarks, *report.scope[1:])],
            provinces=[(province, _short(province, lang)) for province in across],
            layers=_layers(shown, lang),
            cells=shown,
            counts=_counts(report, shown, across),
            verdicts=[verdict for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE],
            symbol=lambda verdict: verdict.symbol,
            word=lambda verdict: verdict.label(lang),
            rule=lambda number: rule_text(number, lang),
            due=lambda cell: due_text(cell, lang),
            anchor=_anchor,
            quotes=lambda cell, decides: _quotes(cell, lang, decides),
            query=lambda cell: cell_query(cell.judged.province.iri, cell.component, report.as_of),
            css=css,
            css_hash=_hash(css),
        )
    )


def _short(province: Province, lang: str) -> tuple[str, str]:
    """Part a label into the name and the bounds in time that tell units of one name apart."""
    name, _, bounds = province.label(lang).partition(" (")
    return name.removeprefix("Tỉnh ").removeprefix("Thành phố ").removesuffix(" Province"), bounds.rstrip(")")


def _quotes(cell: Gap, lang: str, decides: bool) -> list[tuple[str, str, str]]:
    """List the sentences of a cell, each once, with its article and what it speaks of."""
    found: dict[tuple[str, str], list[str]] = {}
    for worded in cell.facts(decisive=decides):
        fact = worded.in_language(lang)
        source = f"{fact.article} · {fact.stated_on}"
        found.setdefault((fact.evidence, source), []).append(fact.subject_label)
    return [(text, source, "; ".join(dict.fromkeys(names))) for (text, source), names in found.items()]


def _layers(cells: Sequence[Gap], lang: str) -> list[tuple[str, list[_Row]]]:
    rows: dict[str, list[Gap]] = {}
    for cell in cells:
        rows.setdefault(cell.component.code, []).append(cell)
    listed = [
        _Row(found[0].component, found[0].component.labels.get(lang, code), tuple(found))
        for code, found in rows.items()
    ]
    return [
        (layer_label(layer, lang), list(group))
        for layer, group in groupby(listed, lambda row: row.component.layer)
    ]


def _counts(
    report: GapReport, cells: Sequence[Gap], across: Sequence[Province]
) -> list[tuple[Province, Mapping[Verdict, int]]]:
    return [(p, report.counts([cell for cell in cells if cell.judged.province == p])) for p in across]


def _anchor(cell: Gap) -> str:
    return f"{cell.judged.province.curie.replace(':', '-')}-{cell.component.code.lower()}"


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("egovkg", "viz/gaps/templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
