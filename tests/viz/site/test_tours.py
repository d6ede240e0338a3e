"""Guided tours: faults are told with file, step and remedy; nothing in a tour stands without a reference."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest
import yaml
from egovkg.errors import TourError
from egovkg.graph.publish import open_published
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.corpus import REPLACEMENT, shipped_folder
from egovkg.tests.corpora.stores import store_of
from egovkg.viz.explorer.supplements.tours import TourRecorder
from egovkg.viz.site.build import site_files
from egovkg.viz.site.content.site import Site, read_site
from egovkg.viz.site.content.tours import LARGEST_FILE, read_shipped_tours, read_tour, read_tours
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = Path(__file__).parents[2] / "cases" / "picture"
DOCS = Path(__file__).parents[3] / "docs"
PAYLOADS: list[str] = json.loads((CASES / "payloads.json").read_text("utf-8"))
GOOD = """
tour: thu
title: {vi: Thử, en: Trial}
about: {vi: Một bài thử, en: A trial}
minutes: 5
steps:
  - title: {vi: Một, en: One}
    text: {vi: "Xem [nền tảng](hb:lgsp) và [thuật ngữ](glossary).", en: "See the [platform](hb:lgsp)."}
    show:
      - claim: hb:lgsp connectsTo nat:ngsp
      - entity: hb:lgsp
      - question: articles
    check: {ask: {vi: "Gì?", en: "What?"}, answer: {vi: Đây, en: This}}
"""


@pytest.fixture(scope="module")
def site() -> Site:
    return read_site(store_of((CASES / "small.trig").read_text("utf-8")))[0]


def faults(site: Site, text: str) -> list[str]:
    with pytest.raises(TourError) as caught:
        read_tour(site.snapshot, site.answers, text.encode("utf-8", "surrogatepass"), "my.yaml")
    texts = [str(fault) for fault in caught.value.faults]
    assert all(text.startswith("my.yaml: ") and "\n" not in text for text in texts)
    return texts


def test_good_tour_is_read(site: Site) -> None:
    tour = read_tour(site.snapshot, site.answers, GOOD.encode(), "my.yaml")
    assert (tour.name, tour.minutes, len(tour.steps)) == ("thu", 5, 1)
    shown = tour.steps[0].evidence
    assert [show.kind for show in shown] == ["claim", "entity", "question"]
    fact = site.snapshot.statements[shown[0].statements[0]].fact
    assert (fact.subject, fact.predicate, fact.object) == ("hb:lgsp", "connectsTo", "nat:ngsp")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hb:lgsp connectsTo nat:ngsp", "hb:lgsp connectsTo nat:ngs", "nearest: hb:lgsp connectsTo nat:ngsp"),
        ("hb:lgsp connectsTo nat:ngsp", "hb:lgps connectsTo nat:ngsp", "nearest: hb:lgsp"),
        ("hb:lgsp connectsTo nat:ngsp", "''", 'step 1: show: no claim ""'),
        ("claim: hb", "figure: hb", 'step 1: show: no figure "hb:lgsp connectsTo nat:ngsp"'),
        ("claim: hb:lgsp connectsTo nat:ngsp", "claim: hb:lgsp connectsTo\n        in: x-1999", "in x-1999"),
        ("entity: hb:lgsp", "entity: hb:lgps", 'step 1: show: no entity "hb:lgps" — nearest: hb:lgsp'),
        ("question: articles", "question: artikles", 'no question "artikles" — nearest: '),
        ("question: articles", "question: systems-of-province", 'has no answer for ""'),
        ("question: articles", "paragraph: a#d1", 'step 1: show: no paragraph "a#d1"'),
        ("question: articles", "claims: x", 'unknown key "claims" — choose one of: claim,'),
        ("question: articles", "in: x", "needs one of claim, figure, entity, question, paragraph"),
        (
            "(hb:lgsp) và",
            "(hb:lgps) và",
            'text (vi): "[nền tảng](hb:lgps)" points to no entity — nearest: hb:lgsp',
        ),
        ("(glossary)", "(https://example.org)", "points to no entity"),
        ("(glossary)", "(javascript:alert)", "points to no entity"),
        ("tour: thu", "tour: Thử", "needs a name of lower-case letters, digits and hyphens"),
        ("tour: thu", "", "tour: needs a name"),
        ("title: {vi: Thử, en: Trial}", "title: Thử", "title: needs words in every language"),
        ("{vi: Thử, en: Trial}", "{vi: Thử}", "title: needs words in every language"),
        (
            "{vi: Thử, en: Trial}",
            "{vi: Thử, en: Trial, fr: Essai}",
            'unknown key "fr" — choose one of: vi',
        ),
        ("minutes: 5", "minutes: five", "needs a whole number of minutes"),
        ("minutes: 5", "minutes: true", "needs a whole number of minutes"),
        ("minutes: 5", "author: x", 'unknown key "author"'),
        ("    check:", "    view: map\n    check:", "view: needs one of country, grid, deps"),
        ("answer: {vi: Đây, en: This}", "answr: {vi: Đây, en: This}", 'step 1: check: unknown key "answr"'),
    ],
)
def test_fault_is_told_with_place_and_remedy(site: Site, old: str, new: str, said: str) -> None:
    assert GOOD.count(old) >= 1
    assert any(said in fault for fault in faults(site, GOOD.replace(old, new, 1))), faults(
        site, GOOD.replace(old, new, 1)
    )


def test_a_step_in_the_explorer_has_the_same_evidence_and_marks_what_it_speaks_of(site: Site) -> None:
    text = GOOD.replace("    check:", "    view: deps\n    check:")
    tour = read_tour(site.snapshot, {}, text.encode(), "my.yaml")
    record = json.loads(json.dumps(TourRecorder(site.snapshot).record(tour)))
    (step,) = record["steps"]
    assert step["view"] == "deps"
    # of the claim; then the provinces of the articles in the answer
    assert step["marks"] == ["hb:lgsp", "nat:ngsp", "vn:hoa-binh", "vn:ca-mau"]
    claim, entity, answer = step["evidence"]
    assert claim == {"statements": list(tour.steps[0].evidence[0].statements)}
    assert entity == {"entity": "hb:lgsp"}
    assert [table["total"] for table in answer["answers"].values()] == [2, 2]
    assert {len(row) for row in answer["answers"]["en"]["rows"]} == {len(answer["answers"]["en"]["heads"])}


def test_every_fault_is_told_at_once(site: Site) -> None:
    told = faults(site, GOOD.replace("hb:lgsp", "hb:lgps").replace("minutes: 5", "minutes: x"))
    assert len(told) == 5


def test_a_step_without_reference_is_refused(site: Site) -> None:
    content = yaml.safe_load(GOOD)
    empty: tuple[object, ...] = ([], None, {}, "x")
    for nothing in empty:
        content["steps"][0]["show"] = nothing
        assert any("step 1: shows no evidence" in fault for fault in faults(site, yaml.safe_dump(content)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "contains no tour"),
        ("- a", "contains no tour"),
        ("a: [", "not YAML"),
        ("[" * 5000, "not YAML"),
        ("x" * (LARGEST_FILE + 1), "more than"),
        ("a: !!python/object:os.system x", "not YAML"),
        ("tour: thu\nsteps: []", "needs a list of 1 to 30 steps"),
        ("tour: thu\nsteps: [1, x, null]", "step 2: needs keys and values"),
    ],
)
def test_what_is_no_tour_is_told(site: Site, text: str, said: str) -> None:
    assert any(said in fault for fault in faults(site, text))


def test_bytes_that_are_no_text_are_told(site: Site) -> None:
    with pytest.raises(TourError, match="byte 0 is not UTF-8"):
        read_tour(site.snapshot, site.answers, b"\xff", "my.yaml")


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("tour", "title", "steps", "show", "claim", "text", "vi")), inner
            )
        ),
        max_leaves=12,
    )
)
def test_any_yaml_is_a_tour_or_a_clear_fault(site: Site, content: object) -> None:
    with pytest.raises(TourError):
        read_tour(site.snapshot, site.answers, yaml.safe_dump(content).encode(), "my.yaml")


def test_given_tours_join_and_names_are_told_apart(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "thu.yaml"
    path.write_text(GOOD, encoding="utf-8")
    tours = read_tours(site.snapshot, site.answers, [path])
    assert [tour.name for tour in tours] == ["thu"]
    _, skipped = read_shipped_tours(site.snapshot, site.answers)
    assert len(skipped) >= 6  # the shipped ones speak of other articles
    with pytest.raises(TourError, match='there is already a tour "thu"'):
        read_tours(site.snapshot, site.answers, [path, path])


def test_hostile_words_of_a_tour_stand_as_written(site: Site, tmp_path: Path) -> None:
    content = yaml.safe_load(GOOD)
    step = content["steps"][0]
    payload = "\n\n".join(PAYLOADS)
    both = {"vi": payload, "en": payload}
    content |= {"title": both, "about": both, "steps": [{**step, "title": both, "text": both}]}
    content["steps"][0]["check"] = {"ask": both, "answer": both}
    path = tmp_path / "thu.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    made, _ = read_site(site.snapshot.store, [path])
    files = {file.path: file.data for file in site_files(made)}
    assert files["tour/thu.yaml"] == path.read_bytes()  # for who wants to write the next one
    page = files["tour/thu.html"].decode()
    assert "<script>hit" not in page
    assert "onerror=hit()>" not in page
    assert page.count("&lt;script&gt;hit()&lt;/script&gt;") >= 5


def test_the_example_of_the_document_is_a_tour() -> None:
    text = (DOCS / "tours.md").read_text("utf-8")
    block = text.partition("```yaml\n")[2].partition("```")[0]
    content = yaml.safe_load(block)
    assert {"tour", "title", "about", "minutes", "steps"} == content.keys()


def test_every_tour_stands_on_the_shipped_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REPLACEMENT)  # the other tests read the five articles
    build([shipped_folder()], tmp_path)
    _, faults = read_site(open_published(tmp_path), version="0123456789abcdef")
    assert [str(fault) for fault in faults] == []


def test_tours_count_no_articles_of_a_corpus_that_grows() -> None:
    for tour in resources.files("egovkg").joinpath("viz/site/tours").iterdir():
        assert not re.search(r"năm bài|(the|these|all) five\b", tour.read_text("utf-8"), re.I), tour.name
