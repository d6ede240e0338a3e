"""The pages of the provinces of today: one for each, as of a day that is shown; silence is said to be so."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from egovkg.viz.site.build import site_files
from egovkg.viz.site.sections import SECTIONS

if TYPE_CHECKING:
    from egovkg.viz.site.content.site import Site


@pytest.fixture(scope="module")
def files(site: Site) -> dict[str, str]:
    sections = [section for section in SECTIONS if section.key == "provinces"]
    return {file.path: file.data.decode() for file in site_files(site, sections)}


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split())


def test_there_is_a_page_for_each_of_the_34_provinces_in_each_language(files: dict[str, str]) -> None:
    pages = [path for path in files if re.fullmatch(r"province/.*\.html", path)]
    assert len(pages) == 34
    assert {f"en/{path}" for path in pages} <= files.keys()
    links = re.findall(r'href="(province/[^"]*)"', files["provinces.html"])
    assert {*links} == {*pages}


def test_the_list_counts_articles_and_verdicts(files: dict[str, str]) -> None:
    rows = {row["province_id"]: row for row in json.loads(files["provinces.json"])}
    assert {name for name, row in rows.items() if row["articles"]} == {
        *("vn:ca-mau-2025", "vn:dong-nai-2025", "vn:phu-tho-2025", "vn:thai-nguyen-2025"),
        "vn:tuyen-quang-2025",
    }
    ca_mau = rows["vn:ca-mau-2025"]
    assert (ca_mau["units"], ca_mau["articles"]) == ("vn:bac-lieu vn:ca-mau", "bac-lieu-2022")
    assert (ca_mau["met"], ca_mau["in_progress"], ca_mau["stated_gap"]) == (2, 1, 1)


def test_the_verdicts_at_the_head_add_up_to_components_times_units(files: dict[str, str]) -> None:
    card = files["en/province/vn-ca-mau-2025.html"].partition('id="for-planner"')[2].partition("</p>")[0]
    counts = [int(count) for count in re.findall(r"<strong>(\d+)</strong>", card)]
    said = re.search(r"\((\d+) components × (\d+) units", card)
    assert said
    assert sum(counts) == int(said[1]) * int(said[2])


@pytest.mark.parametrize(
    ("prefix", "silence", "absence"),
    [("en/", "is not spoken of by any source", "absent"), ("", "chưa được nguồn nào", "không tồn tại")],
)
def test_silence_is_never_absence(files: dict[str, str], prefix: str, silence: str, absence: str) -> None:
    page = text_of(files[f"{prefix}province/vn-ha-noi-2025.html"])
    assert silence in page
    assert absence not in page
    assert "verdict" not in files[f"{prefix}province/vn-ha-noi-2025.html"].partition("<main")[2]


def test_the_day_is_shown_and_what_is_due_has_its_ground(files: dict[str, str]) -> None:
    for name in ("ha-noi", "thai-nguyen"):
        page = text_of(files[f"en/province/vn-{name}-2025.html"])
        assert re.search(r"as of \d+ \w+ 2026, compared with \d+ \w+ 2026", page)
        assert "due on 31 December 2026" in page
        assert "Decision 11/QĐ-BCĐCP (plan of 2026)" in page


def test_the_data_of_a_page_are_its_lines(files: dict[str, str]) -> None:
    for name, sections in (("ha-noi", {"Việc gì sắp đến hạn"}), ("thai-nguyen", None)):
        rows = json.loads(files[f"province/vn-{name}-2025.json"])
        assert {row["document"] for row in rows if row["day"] == "2026-12-31"} >= {
            "Quyết định 11/QĐ-BCĐCP (kế hoạch năm 2026)"
        }
        assert "rule" not in {row["kind"] for row in rows}
        assert sections is None or {row["section"] for row in rows} == sections


def test_a_verdict_opens_its_sentence(files: dict[str, str]) -> None:
    page = files["en/province/vn-ca-mau-2025.html"]
    part = page.partition('id="gaps"')[2].partition('id="targets"')[0]
    links = dict(re.findall(r'<small>([A-Z-]+)</small></th><td[^>]*><a href="([^"]*)"', part))
    assert links["A-DIRECTION"] == "../article/bac-lieu-2022.html#d27"
    assert links.keys() == {"A-DIRECTION", "I-DC", "I-DEVICES", "I-LAN"}


def test_rules_of_all_provinces_stand_once(files: dict[str, str]) -> None:
    law = "article 11.3, Decree 224/2026/NĐ-CP"
    assert law in text_of(files["en/provinces.html"])
    assert law not in text_of(files["en/province/vn-ha-noi-2025.html"])


def test_a_page_without_a_source_is_small(files: dict[str, str]) -> None:
    assert len(files["province/vn-ha-noi-2025.html"]) < 12_000 < len(files["province/vn-ca-mau-2025.html"])


def test_a_page_begins_with_what_the_province_has(files: dict[str, str]) -> None:
    page = files["en/province/vn-ca-mau-2025.html"].partition("<main")[2]
    head, _, systems = page.partition('id="gaps"')[0].partition('id="systems"')
    assert re.findall(r'id="for-(\w+)"', head) == ["planner", "architect", "student"]
    line = next(line for line in systems.split("<li>") if "/bl-ttdl.html" in line)
    assert "../article/bac-lieu-2022.html#" in line


def test_news_of_all_provinces_stand_on_one_page(files: dict[str, str]) -> None:
    page = files["en/provinces.html"]
    assert 'href="#new"' in page
    assert page.index('id="new"') < page.index('id="rules"')


def test_days_have_one_form(files: dict[str, str]) -> None:
    pages = [text for path, text in files.items() if path.startswith("en/")]
    assert not [page for page in pages if re.search(r"\(since \d{4}-", page.partition("<main")[2])]
