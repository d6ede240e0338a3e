"""Dates as stated: their precision is kept, impossible ones are refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from egovkg.loaders.text.dates import read_date, read_publication_time
from egovkg.problems import FaultError
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "edtf", "earliest", "latest"),
    [
        ("2017", "2017", "2017-01-01", "2017-12-31"),
        ("2017-10", "2017-10", "2017-10-01", "2017-10-31"),
        ("2020-2", "2020-02", "2020-02-01", "2020-02-29"),
        ("02/2020", "2020-02", "2020-02-01", "2020-02-29"),
        ("09/10/2017", "2017-10-09", "2017-10-09", "2017-10-09"),
        ("2019-Q4", "2019-10/2019-12", "2019-10-01", "2019-12-31"),
        ("Q1/2021", "2021-01/2021-03", "2021-01-01", "2021-03-31"),
        ("2019-01/2019-09", "2019-01/2019-09", "2019-01-01", "2019-09-30"),
        ("2016/2020", "2016/2020", "2016-01-01", "2020-12-31"),
    ],
)
def test_reads(text: str, edtf: str, earliest: str, latest: str) -> None:
    stated = read_date(text)
    assert (stated.edtf, str(stated.earliest), str(stated.latest)) == (edtf, earliest, latest)
    assert not stated.guessed_year


@pytest.mark.parametrize(
    ("text", "edtf", "earliest", "latest", "year"),
    [
        ("2025-08-31", "2025-08-31", "2025-08-31", "2025-08-31", 2025),
        ("2025-08/2025-09", "2025-08/2025-09", "2025-08-01", "2025-09-30", 2025),
        ("2025-08~", "2025-08~", "2025-07-01", "2025-09-30", 2025),
        ("2024-03-01?", "2024-03-01?", "2024-02-29", "2024-03-02", 2024),
        ("12/2025%", "2025-12%", "2025-11-01", "2026-01-31", None),
        ("2025~", "2025~", "2024-01-01", "2026-12-31", None),
    ],
)
def test_reads_times_of_publication(
    text: str, edtf: str, earliest: str, latest: str, year: int | None
) -> None:
    time = read_publication_time(text)
    assert (time.edtf, str(time.earliest), str(time.latest), time.year) == (edtf, earliest, latest, year)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2025-08/2025-09~", "KG040"),
        ("~", "KG040"),
        ("2025-13~", "KG040"),
        ("0001~", "KG040"),
        ("9999~", "KG040"),
        ("03/04~", "KG041"),
        ("nay", "KG040"),
    ],
)
def test_refuses_times_of_publication(text: str, code: str) -> None:
    with pytest.raises(FaultError) as caught:
        read_publication_time(text)
    assert caught.value.fault.code == code


def test_year_of_publication_is_taken_and_marked() -> None:
    stated = read_date("10/2", 2020)
    assert (stated.edtf, stated.guessed_year) == ("2020-02-10", True)
    with pytest.raises(FaultError, match="has no year"):
        read_date("10/2")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2020-02-30", "KG040"),
        ("2019-02-29", "KG040"),
        ("2020-13", "KG040"),
        ("00/2020", "KG040"),
        ("0000", "KG040"),
        ("24/13/2020", "KG040"),
        ("hôm nay", "KG040"),
        ("20", "KG040"),
        ("٢٠١٧", "KG040"),
        ("2020-Q5", "KG040"),
        ("", "KG040"),
        ("2016/2020/2021", "KG040"),
        ("2020/2016", "KG043"),
        ("2020-10/2020-09", "KG043"),
    ],
)
def test_refuses(text: str, code: str) -> None:
    with pytest.raises(FaultError) as caught:
        read_date(text, 2020)
    assert caught.value.fault.code == code


@given(DAYS)
def test_a_day_means_itself(day: date) -> None:
    stated = read_date(day.isoformat())
    assert (stated.earliest, stated.latest, stated.edtf) == (day, day, day.isoformat())
    assert read_date(f"{day.day}/{day.month}/{day.year:04}") == stated


@given(DAYS, DAYS)
def test_an_interval_is_bounded_by_its_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    stated = read_date(f"{first.isoformat()}/{last.isoformat()}")
    assert (stated.earliest, stated.latest) == (first, last)
    assert read_date(stated.edtf) == stated


@given(
    st.one_of(
        st.text(max_size=20), st.from_regex(r"[0-9]{1,4}[-/Q][0-9]{1,4}([-/Q][0-9]{1,4})?", fullmatch=True)
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(FaultError):
        stated = read_date(text, 2020)
        assert stated.earliest <= stated.latest
        assert read_date(stated.edtf, 2020).edtf == stated.edtf
