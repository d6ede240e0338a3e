"""The page of merged provinces: components that several former provinces have, and that only one has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ....queries.planning.ask import GapQuestion, ask_roll_up
from ....words import DEFAULT_LANGUAGE
from ...shared.places import short_territory_name
from ..content.data_files import csv_bytes, json_bytes, table_alternates
from ..content.model import File, Page
from ..content.paths import gap_path
from ..content.statements import StatementWording
from ..content.texts import titles
from .unit_changes import changes_of_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.planning.gaps import Gap
    from ....queries.planning.roll_up import InheritedComponent, RollUp
    from ...tables import CellValue
    from ..content.model import Context
    from ..content.site import Site

__all__ = ["PATH", "pages"]

PATH = "merged.html"
_STEM = "merged"
_COLUMNS = ("province", "component", "duplicate", "holders", "others")


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page and its data, with the verdicts of the pages of gaps; nothing without components."""
    rolled_up = _roll_up(site)
    if rolled_up is None or not rolled_up.components:
        return
    yield Page(
        path=PATH,
        template="merged.html.j2",
        title=titles("merged.title"),
        context=partial(_context, site, rolled_up),
        section="gaps",
        alternates=table_alternates(_STEM),
        scripts=("sort.js",),
    )
    yield File(f"{_STEM}.json", json_bytes(rolled_up.as_dicts(DEFAULT_LANGUAGE)))
    yield File(f"{_STEM}.csv", csv_bytes(_COLUMNS, map(_row, rolled_up.components)))


def _roll_up(site: Site) -> RollUp | None:
    """Roll up the provinces merged by the latest merger, as of the day of the site; `None` without any."""
    provinces = site.snapshot.provinces
    merged = provinces.merged(provinces.latest_merger) if provinces.latest_merger else ()
    if not merged:
        return None
    question = GapQuestion(
        provinces=tuple(dict.fromkeys(judged.requested.curie for judged in merged)),
        as_of=site.snapshot.as_of,
        languages=(DEFAULT_LANGUAGE,),
    )
    return ask_roll_up(site.snapshot.store, question, provinces)


def _row(inherited: InheritedComponent) -> list[CellValue]:
    return [
        inherited.merged.curie,
        inherited.component.code,
        inherited.is_duplicate,
        "; ".join(cell.judged.province.curie for cell in inherited.holders),
        "; ".join(f"{cell.judged.province.curie} {cell.verdict.value}" for cell in inherited.others),
    ]


def _context(site: Site, rolled_up: RollUp, lang: str) -> Context:
    return {
        "components": rolled_up.components,
        "changes": lambda merged: changes_of_unit(StatementWording(site.snapshot, lang), merged.curie),
        "finding": lambda inherited: inherited.finding(lang),
        "short_name": lambda province: short_territory_name(province.label(lang), lang),
        "cell_address": lambda cell: _cell_address(site, cell),
    }


def _cell_address(site: Site, cell: Gap) -> str:
    """Return the address of a cell on the page of its province; empty if the province has no page."""
    province = cell.judged.province
    if province.iri not in site.snapshot.provinces.covered:
        return ""
    return f"{gap_path(province.curie)}#{cell.component.code.lower()}"
