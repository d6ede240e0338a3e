"""The typed code lists say what the ontology states, and every rule finds what it needs there.

A code that someone adds to the ontology needs no change here: what is expected is said of the codes named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.ontology import load_vocabulary
from egovkg.ontology.codes import (
    CodeEnum,
    CodeError,
    code_list,
    default_code,
    find_code,
    written_codes,
)
from egovkg.ontology.layers import find_layer, layer_order, layers
from egovkg.ontology.qualifiers import (
    Certainty,
    ChangeKind,
    Comparator,
    FigureKind,
    GovernmentLevel,
    Polarity,
    ReadingExtent,
    Sourcing,
    TimeBasis,
    TranslationKind,
)
from egovkg.ontology.statuses import Phase, find_status, firmest, statuses
from egovkg.ontology.tones import Line, Tone
from egovkg.ontology.verdicts import AsideReason, EdgeStanding, GapSign, TargetVerdict, Verdict
from egovkg.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ENUMS = (
    AsideReason,
    EdgeStanding,
    Certainty,
    ChangeKind,
    Comparator,
    FigureKind,
    GapSign,
    GovernmentLevel,
    Phase,
    Polarity,
    ReadingExtent,
    Sourcing,
    TargetVerdict,
    TimeBasis,
    Tone,
    TranslationKind,
    Verdict,
)
LISTS = tuple(load_vocabulary().schemes)


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_the_members_of_an_enum_are_the_codes_of_its_list_in_order(enum: type[CodeEnum]) -> None:
    assert [member.slug for member in enum] == [each.slug for each in code_list(enum.__name__)]


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_ranks_from_one_and_at_most_one_default(name: str) -> None:
    codes = code_list(name)
    assert [each.rank for each in codes] == list(range(1, len(codes) + 1))
    assert sum(each.is_default for each in codes) <= 1
    assert len(written_codes(name)) == len(codes)


@pytest.mark.parametrize("name", LISTS)
def test_each_code_has_a_label_in_every_language(name: str) -> None:
    assert all(each.label(lang) for each in code_list(name) for lang in languages())


def test_the_lists_are_those_of_the_vocabulary() -> None:
    for name, slugs in load_vocabulary().schemes.items():
        assert tuple(each.slug for each in code_list(name)) == slugs


def only(slugs: Iterable[str], expected: Sequence[str]) -> list[str]:
    """Keep those that the test names, in the order of the ontology."""
    return [slug for slug in slugs if slug in expected]


class TestStatuses:
    def test_a_status_materialises_exactly_when_it_is_in_force(self) -> None:
        assert all(each.materialises == each.is_in_force for each in statuses().values())

    def test_no_two_are_equally_firm(self) -> None:
        firmness = [each.firmness for each in statuses().values()]
        assert len(set(firmness)) == len(firmness)

    def test_the_firmest_is_running_and_the_weakest_has_ended(self) -> None:
        expected = [
            "retired",
            "planned",
            "approved",
            "under-construction",
            "pilot",
            "limited",
            "completed",
            "operational",
        ]
        order = sorted(statuses(), key=lambda slug: find_status(slug).firmness)
        assert only(order, expected) == expected
        assert (find_status(order[0]).is_ended, order[-1]) == (True, "operational")
        assert firmest([]) is None

    def test_lines_and_signs_are_those_of_the_drawings_and_gaps(self) -> None:
        expected = {
            "planned": (Tone.OPEN, Line.DASHED, GapSign.PLANNED),
            "approved": (Tone.OPEN, Line.DASHED, GapSign.PLANNED),
            "under-construction": (Tone.OPEN, Line.DASHED, GapSign.UNDER_WAY),
            "pilot": (Tone.PARTIAL, Line.DOTTED, GapSign.UNDER_WAY),
            "operational": (Tone.SURE, Line.SOLID, GapSign.PRESENT),
            "limited": (Tone.PARTIAL, Line.DOTTED, GapSign.LIMITED),
            "completed": (Tone.SURE, Line.SOLID, GapSign.PRESENT),
            "retired": (Tone.PARTIAL, Line.DOTTED, GapSign.ABSENT),
        }
        drawn = {each.slug: (each.tone, each.line, each.sign) for each in statuses().values()}
        assert {slug: drawn[slug] for slug in expected} == expected

    def test_phases_part_what_is_not_used_from_what_is_used_in_part(self) -> None:
        unused = ["planned", "approved", "under-construction"]
        partly_used = ["pilot", "limited"]
        expected = [*unused, *partly_used, "operational", "completed", "retired"]
        named = [find_status(slug) for slug in only(statuses(), expected)]
        assert [each.slug for each in named if each.is_unused] == unused
        assert [each.slug for each in named if each.is_ahead and not each.is_unused] == partly_used
        assert [each.slug for each in named if each.is_ended] == ["retired"]


class TestLayers:
    def test_they_stand_from_the_users_down(self) -> None:
        assert tuple(layers()) == load_vocabulary().schemes["Layer"]
        assert layer_order("users") < layer_order("platform") < layer_order("external") < layer_order("none")

    def test_systems_stand_in_the_technical_ones(self) -> None:
        technical = ["channels", "portals", "applications", "platform", "data", "infrastructure", "security"]
        expected = [*technical, "users", "steering", "external"]
        assert {slug for slug in expected if find_layer(slug).is_technical} == {*technical}
        assert find_layer("steering").is_built_locally


class TestLookUp:
    @pytest.mark.parametrize("find", [find_code, find_status, find_layer, code_list, default_code])
    def test_what_is_not_there_is_an_error_that_names_it(self, find: object) -> None:
        assert callable(find)
        with pytest.raises(CodeError, match=r"no-such-code.*ontology/codes\.ttl"):
            find("no-such-code")

    def test_a_code_without_a_rule_is_an_error(self) -> None:
        with pytest.raises(CodeError, match="Phase"):
            Phase.of_slug("phase-new")

    def test_a_property_that_is_not_stated_is_an_error(self) -> None:
        with pytest.raises(CodeError, match="gapSign"):
            find_code("users").annotation("gapSign")

    def test_a_list_without_a_default_is_an_error(self) -> None:
        with pytest.raises(CodeError, match="isDefault"):
            default_code("Verdict")


@pytest.mark.parametrize("name", ["GovernmentLevel", "ServiceLevel"])
def test_sums_of_set_weights_tell_sets_apart(name: str) -> None:
    weights = [int(code.annotation("setWeight")) for code in code_list(name)]
    assert weights == [2**place for place in range(len(weights))]
