"""First and last days as `xsd:date`: what SPARQL compares, of documents, events and units."""

from __future__ import annotations

import pytest
from egovkg.graph.names import EDTF, EGOV
from egovkg.graph.publish import Version
from egovkg.graph.store import Store
from egovkg.loaders.statements.stated_days import day_lines


@pytest.fixture(scope="module")
def store(version: Version) -> Store:
    return version.open()


def column(store: Store, pattern: str) -> set[str]:
    query = f"SELECT DISTINCT ?curie {{ ?x egov:curie ?curie . {pattern} }}"
    return {
        text
        for (text,) in store.texts(
            f"PREFIX egov: <{EGOV}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> {query}"
        )
    }


def test_documents_by_their_day(store: Store) -> None:
    """The day is compared, whether the register, an article or a framework states it."""
    since_2019 = column(
        store, '?x egov:documentDate ?d ; egov:firstDay ?f FILTER(?f >= "2019-01-01"^^xsd:date)'
    )
    texts = store.texts(
        f"PREFIX egov: <{EGOV}> SELECT ?c (STR(?d) AS ?t) {{ ?x egov:documentDate ?d ; egov:curie ?c }}"
    )
    assert since_2019 == {curie for curie, text in texts if text >= "2019"}
    assert len(since_2019) > 5
    assert "ref:qd-2323-2019" in since_2019


def test_a_month_is_its_first_and_its_last_day(store: Store) -> None:
    days = store.texts(
        f"PREFIX egov: <{EGOV}> SELECT (STR(?f) AS ?a) (STR(?l) AS ?b) "
        '{ ?x egov:curie "ref:cv-1178-2015" ; egov:firstDay ?f ; egov:lastDay ?l }'
    )
    assert list(days) == [("2015-04-01", "2015-04-30")]


def test_events_by_their_day(store: Store) -> None:
    dated = column(store, "?x egov:eventDate ?d")
    assert dated
    assert (
        column(store, "?x egov:eventDate ?d ; egov:firstDay ?f ; egov:lastDay ?l FILTER(?f <= ?l)") == dated
    )


@pytest.mark.parametrize(
    ("pattern", "units"),
    [
        ('FILTER(?day < "2025-07-01"^^xsd:date)', {"vn:tuyen-quang", "vn:bac-kan"}),
        ('FILTER(?day = "2025-06-30"^^xsd:date)', {"vn:tuyen-quang", "vn:bac-kan"}),
    ],
)
def test_units_by_the_day_on_which_they_ended(store: Store, pattern: str, units: set[str]) -> None:
    assert units <= column(store, f"?x a egov:Province ; egov:lastDay ?day {pattern}")
    assert "vn:tuyen-quang-2025" not in column(store, "?x egov:lastDay ?day")
    assert "vn:tuyen-quang-2025" in column(store, '?x egov:firstDay ?d FILTER(?d = "2025-07-01"^^xsd:date)')


def test_no_statement_has_such_days(store: Store) -> None:
    """What is said has `earliest` and `latest` of its own."""
    assert not list(
        store.texts(f"PREFIX egov: <{EGOV}> SELECT ?x {{ ?x a egov:Statement ; egov:firstDay ?d }}")
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2019", ["2019-01-01", "2019-12-31"]),
        ("2020-02", ["2020-02-01", "2020-02-29"]),
        ("2019-10/2019-12", ["2019-10-01", "2019-12-31"]),
        ("2019-02-30", []),
        ("2019/..", []),
    ],
)
def test_every_form_of_a_time(text: str, days: list[str]) -> None:
    line = f'<urn:d> <{EGOV}eventDate> "{text}"^^<{EDTF}> <urn:g> .\n'.encode()
    assert sorted(line.split(b'"')[1].decode() for line in day_lines([line])) == days
