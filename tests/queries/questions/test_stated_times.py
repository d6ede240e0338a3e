"""When a statement was made is answered as precise and as certain as it is known, never as its latest day."""

from __future__ import annotations

from pathlib import Path

import pytest
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.queries.questions.named import questions
from egovkg.tests.queries.planning.small_corpora import small_store

STATED_COLUMNS = {"stated", "stated_on"}
ASKING = [item.name for item in questions() if STATED_COLUMNS & {column.name for column in item.columns}]
PARAMETERS = {
    "status-as-of": {"date": "2026-01-01"},
    "systems-of-province": {"province": "mh:tinh"},
    "province-today": {"province": "mh:tinh"},
}
THINGS = {"hop": "VideoConferenceSystem", "thu": "EmailSystem"}
CLAIMS = ["mh:hop serves mh:tinh", "mh:thu serves mh:tinh {polarity: no}"]


@pytest.mark.parametrize("published", ["2023~", "2025-07/2025-12"])
def test_the_time_is_answered_as_the_article_has_it(published: str, tmp_path: Path) -> None:
    store = small_store(tmp_path, THINGS, {published: CLAIMS})
    for name in ("denied-statements", "systems-by-kind", *PARAMETERS):
        answer = ask_question(store, NamedQuestion(name, PARAMETERS.get(name, {})))
        place = [column.name for column in answer.columns].index("stated_on")
        assert {row[place] for row in answer.rows if row[place]} == {published}, name


def test_each_question_that_tells_it_takes_it_from_the_article() -> None:
    texts = {item.name: item.text for item in questions()}
    assert len(ASKING) > 5
    latest_days = [name for name in ASKING if "(STR(?published) AS ?stated" not in texts[name]]
    assert latest_days == ["inherited-systems"]  # to which Virtuoso would answer nothing
