"""The page of frameworks side by side: counts in place of columns where there are many provinces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from egovkg.queries.planning import gap_report
from egovkg.queries.planning.ask import GapQuestion, ask_gaps
from egovkg.viz.site.pages.frameworks import framework_pages, with_national_frameworks
from egovkg.viz.site.render import render_page

if TYPE_CHECKING:
    import pytest
    from egovkg.viz.site.content.site import Site


def test_many_provinces_are_counted_by_component_and_framework(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gap_report, "_MOST_PROVINCES", 4)
    snapshot = site.snapshot
    question = GapQuestion(as_of=snapshot.as_of, languages=("en",), sentences_per_cell=0)
    report = ask_gaps(snapshot.store, question, snapshot.provinces)
    (page,) = framework_pages(site, with_national_frameworks(site, question, report))
    table = render_page(page, "en", (), "").partition('id="side-by-side"')[2].partition('id="mapping"')[0]
    assert table.count("</td>") == 3 * table.count('<th scope="row">')
    row = next(line for line in table.splitlines() if "<small>C-POST</small>" in line)
    cells = [" ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in row.split("<td")[1:]]
    assert cells == ['class="plain"> –', 'class="plain"> ● met 1 · no evidence 4', cells[1]]
    assert table.count('<li><a href="gap/') == 5
