"""Small corpora for the rules of verdicts: a province with a district and a department, and a few things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from egovkg.graph.publish import open_published
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build

_Time = TypeVar("_Time", bound="date | str")  # a day, or a time of publication in EDTF
_UNITS = """\
prefix: mh
entities:
  bao: {kind: MediaOutlet, vi: Báo thử, en: Test newspaper}
  tinh: {kind: Province, vi: Tỉnh Thử, en: Test province, within: vn:viet-nam}
  huyen: {kind: District, vi: Huyện Thử, en: Test district, within: mh:tinh}
  so: {kind: Department, vi: Sở Thử, en: Test department, territory: mh:tinh}
"""
_ARTICLE = """\
---
kg: 1
article: {name}
title: Bài thử
title_en: A test
publisher: mh:bao
published: {day}
lang: vi
scope: mh:tinh
---

## d1

[Tỉnh](mh:tinh) có hệ thống.

> The province has a system.

```claims
{claims}
```
{figures}"""
_FIGURES = """
```figures
{figures}
```
"""


def small_store(
    folder: Path,
    things: Mapping[str, str],
    articles: Mapping[_Time, Sequence[str]],
    figures: Mapping[_Time, Sequence[str]] | None = None,
) -> OxigraphStore:
    """Build a corpus and open it.

    :param things: name → its class, `CLASS of UNIT` where it is not the province's; `CLASS: LABEL` names it
    :param articles: day, or time of publication in EDTF → claims, a line each
    :param figures: day → figures, a line each
    """
    corpus = folder / "corpus"
    (corpus / "register").mkdir(parents=True)
    (corpus / "articles").mkdir()
    entries = [_entry(name, kind) for name, kind in things.items()]
    (corpus / "register" / "mh.yaml").write_text(_UNITS + "".join(entries), "utf-8")
    for day in sorted({*articles, *(figures or {})}, key=str):
        claims = articles.get(day) or ["mh:bao ofTerritory mh:tinh"]
        numbers = (figures or {}).get(day)
        name = f"bai-{day}".replace("~", "-khoang").replace("/", "-den-")
        block = _FIGURES.format(figures="\n".join(numbers)) if numbers else ""
        text = _ARTICLE.format(name=name, day=day, claims="\n".join(claims), figures=block)
        (corpus / "articles" / f"{name}.kg.md").write_text(text, "utf-8")
    build([corpus], folder / "graph")
    return open_published(folder / "graph")


def _entry(name: str, kind: str) -> str:
    placed, _, label = kind.partition(": ")
    class_name, _, unit = placed.partition(" of ")
    labels = f"vi: {label or f'Thứ {name}'}, en: Thing {name}"
    return f"  {name}: {{kind: {class_name}, {labels}, territory: {unit or 'mh:tinh'}}}\n"
