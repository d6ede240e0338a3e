"""Planning and dependencies find a territory in one way, and say the same of the choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from egovkg.errors import EgovError, EntityError, ScopeError
from egovkg.graph.names import with_prefixes
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.ask import NetworkQuestion, ask_single_points
from egovkg.queries.dependencies.network.choice import EdgeChoice
from egovkg.queries.dependencies.network.scope import Scope
from egovkg.queries.facts.units import Remark
from egovkg.queries.planning.ask import GapQuestion, ask_gaps
from egovkg.words import DEFAULT_LANGUAGE, languages

Ask = Callable[[OxigraphStore, str], tuple[Remark, ...]]

TODAY = date(2026, 1, 1)


def by_planning(store: OxigraphStore, name: str, lang: str = "vi") -> tuple[Remark, ...]:
    return ask_gaps(store, GapQuestion(provinces=(name,), as_of=TODAY, languages=(lang,))).remarks


def by_dependencies(store: OxigraphStore, name: str, lang: str = "vi") -> tuple[Remark, ...]:
    choice = EdgeChoice(as_of=TODAY, lang=lang)
    return ask_single_points(store, NetworkQuestion(choice, Scope(province=name))).remarks


@pytest.mark.parametrize("ask", [by_planning, by_dependencies])
@pytest.mark.parametrize("name", ["tq:lgsp", "nat:cong-dvcqg", "nat:truc-van-ban"])
def test_what_is_no_territory(store: OxigraphStore, ask: Ask, name: str) -> None:
    with pytest.raises(ScopeError) as caught:
        ask(store, name)
    assert caught.value.label in caught.value.text(DEFAULT_LANGUAGE)
    assert caught.value.label not in str(caught.value)  # all of it is in one language


@pytest.mark.parametrize("ask", [by_planning, by_dependencies])
@pytest.mark.parametrize("name", ["QLVB", "Trung tâm dữ liệu", "một cửa Bắc Kạn"])
def test_the_name_of_several_things_is_no_territory(store: OxigraphStore, ask: Ask, name: str) -> None:
    with pytest.raises(ScopeError) as caught:
        ask(store, name)
    assert caught.value.label == name


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", ["vn:tuyen-quang", "Tuyên Quang", "Thái Nguyên", "vn:bac-kan"])
def test_one_remark_on_units(store: OxigraphStore, name: str, lang: str) -> None:
    messages = [remark.message() for remark in by_planning(store, name, lang)]
    planning = [message for message in messages if message.package == "egovkg.queries.facts"]  # on units
    dependencies = [remark.message() for remark in by_dependencies(store, name, lang)]
    assert planning
    assert planning == dependencies[: len(planning)]
    assert all("_" not in remark.key for remark in planning)


def test_only_provinces_are_offered_where_only_they_are_valid(store: OxigraphStore) -> None:
    with pytest.raises(EntityError) as caught:
        by_planning(store, "Tuyen Qang")
    query = with_prefixes("SELECT ?curie { ?unit a egov:Province ; egov:curie ?curie }")
    provinces = {curie for (curie,) in store.texts(query)}
    assert caught.value.candidates
    assert all(candidate.rpartition("(")[2].rstrip(")") in provinces for candidate in caught.value.candidates)


@pytest.mark.parametrize("ask", [by_planning, by_dependencies])
def test_a_name_that_nothing_bears(store: OxigraphStore, ask: Ask) -> None:
    with pytest.raises(EgovError) as caught:
        ask(store, "zzqx")
    assert isinstance(caught.value, EntityError)
    assert caught.value.candidates == ()
