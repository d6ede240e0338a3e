"""The attributes of a line: every key understood, every flaw at its place, nothing taken twice."""

from __future__ import annotations

import json

import pytest
from egovkg.loaders.article.attributes import (
    ENTITIES,
    NO_ATTRIBUTES,
    TEXTS,
    TIMES,
    AttributeFault,
    Attributes,
    choices,
    read_attributes,
)
from egovkg.problems import Severity
from egovkg.words import languages
from hypothesis import given
from hypothesis import strategies as st

YEAR = 2020


def read(raw: str, *, figure: bool = False) -> tuple[Attributes, tuple[AttributeFault, ...]]:
    return read_attributes(raw, is_figure=figure, published_year=YEAR)


def test_defaults() -> None:
    assert read("") == (NO_ATTRIBUTES, ())
    assert (NO_ATTRIBUTES.status, NO_ATTRIBUTES.polarity, NO_ATTRIBUTES.basis) == (
        "operational",
        "asserted",
        "publication",
    )
    assert (NO_ATTRIBUTES.earliest, NO_ATTRIBUTES.latest) == (None, None)


@pytest.mark.parametrize("name", choices())
def test_every_choice_of_every_key(name: str) -> None:
    for word, code in choices()[name].items():
        attributes, flaws = read(f"{{{name}: {word}}}", figure=True)
        assert (attributes.codes[name], flaws) == ((code,), ())


def test_lists_texts_things_and_times() -> None:
    raw = (
        '{scope: [province, commune], level: [3, 4], about: [a:b, c:d], en: "x, y", from: 2017, to: 2018-05}'
    )
    attributes, flaws = read(raw)
    assert flaws == ()
    assert attributes.codes == {"scope": ("province", "commune"), "level": ("level-3", "level-4")}
    assert [(curie, raw[at : at + 3]) for curie, at in attributes.entities["about"]] == [
        ("a:b", "a:b"),
        ("c:d", "c:d"),
    ]
    assert attributes.texts == {"en": "x, y"}
    assert attributes.earliest is not None
    assert attributes.latest is not None
    assert (attributes.earliest.edtf, attributes.latest.edtf) == ("2017", "2018-05")


@pytest.mark.parametrize(
    ("raw", "basis"),
    [
        ("{from: 2017}", "explicit"),
        ("{from: 10/2}", "inferred"),
        ("{status: pilot}", "publication"),
        ("{from: 2017, basis: inferred}", "inferred"),
    ],
)
def test_on_what_the_time_rests(raw: str, basis: str) -> None:
    assert read(raw)[0].basis == basis


@pytest.mark.parametrize(
    ("raw", "offset", "code", "said"),
    [
        ("{status: runing}", 9, "KG036", "one of: planned"),
        ("{stauts: planned}", 1, "KG036", "status"),
        ("{status: [planned, pilot]}", 9, "KG036", "takes one value"),
        ("{status: planned, status: pilot}", 18, "KG036", "given twice"),
        ("{scope: []}", 8, "KG036", "takes one value"),
        ("{scope: [[province]]}", 9, "KG036", "scope"),
        ("{note: }", 1, "KG036", "has no text"),
        ("{kind: target}", 1, "KG036", "is allowed for figures only"),
        ("{from: 2020-02-30}", 7, "KG040", "does not exist"),
        ("{from: {a: b}}", 7, "KG036", "takes one value"),
        ("{from: 2020, to: 2016}", 17, "KG043", "starts (2020) after its end (2016)"),
        ("{to: 2016, from: 2020}", 17, "KG043", "starts (2020) after its end (2016)"),
        ("{a: [b}", 6, "KG030", "cannot be read"),
        ("{note: *x}", 7, "KG030", "cannot be read"),
    ],
)
def test_flaws_stand_at_their_place(raw: str, offset: int, code: str, said: str) -> None:
    _, flaws = read(raw)
    assert [(flaw.offset, flaw.fault.code) for flaw in flaws] == [(offset, code)]
    assert said in flaws[0].fault.text("en")


def test_a_missing_year_is_a_warning() -> None:
    _, (flaw,) = read("{from: 10/2}")
    assert (flaw.fault.code, flaw.fault.severity) == ("KG041", Severity.WARNING)


def written(attributes: Attributes) -> str:
    """Write attributes the way an annotator would: the inverse of reading."""
    words = {
        name: {code: word for word, code in codes_by_word.items()}
        for name, codes_by_word in choices().items()
    }
    pairs = [
        f"{name}: [{', '.join(words[name][code] for code in codes)}]"
        if len(codes) > 1
        else f"{name}: {words[name][codes[0]]}"
        for name, codes in attributes.codes.items()
    ]
    pairs += [f"{name}: {time.edtf}" for name, time in attributes.times.items()]
    pairs += [f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in attributes.texts.items()]
    for name, things in attributes.entities.items():
        curies = ", ".join(curie for curie, _ in things)
        pairs.append(f"{name}: {curies}" if name == "of" else f"{name}: [{curies}]")
    return "{" + ", ".join(pairs) + "}" if pairs else ""


SINGLE = {
    name: st.sampled_from(sorted(codes_by_word))
    for name, codes_by_word in choices().items()
    if name not in {"scope", "level"}
}
MANY = {
    name: st.lists(st.sampled_from(sorted(choices()[name])), min_size=1, max_size=3, unique=True).map(
        lambda words: f"[{', '.join(words)}]"
    )
    for name in ("scope", "level")
}
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=20
).filter(str.strip)
QUOTED = WORDS.map(lambda text: json.dumps(text, ensure_ascii=False))
TIME = st.dates().map(lambda day: day.isoformat())
THINGS = st.lists(
    st.sampled_from(["tq:lgsp", "vn:bac-kan", "nat:pci"]), min_size=1, max_size=2, unique=True
).map(lambda curies: f"[{', '.join(curies)}]")
KEYS = {
    **SINGLE,
    **MANY,
    **dict.fromkeys(set(TIMES) - {"to"}, TIME),
    **dict.fromkeys(set(TEXTS) - {"of_en"}, QUOTED),
    **dict.fromkeys(ENTITIES, THINGS),
    "of": st.sampled_from(["tq:lgsp", 'ba sở, of_en: "three departments"']),
}
RAW = st.fixed_dictionaries({}, optional=KEYS).map(
    lambda given: "{" + ", ".join(f"{key}: {value}" for key, value in given.items()) + "}"
)


def test_a_population_is_a_thing_or_words() -> None:
    thing, flaws = read("{of: bk:co-quan-cap-xa, saidBy: [bk:so-tttt, bk:giam-doc]}", figure=True)
    assert flaws == ()
    assert [[curie for curie, _ in thing.entities[key]] for key in ("of", "saidBy")] == [
        ["bk:co-quan-cap-xa"],
        ["bk:so-tttt", "bk:giam-doc"],
    ]
    words, flaws = read('{of: "ba sở thí điểm", of_en: "the three pilot departments"}')
    assert flaws == ()
    assert words.texts == {"of": "ba sở thí điểm", "of_en": "the three pilot departments"}


@pytest.mark.parametrize(
    ("raw", "code", "severity"),
    [
        ('{of: "ba sở"}', "KG038", Severity.WARNING),
        ('{of_en: "three departments"}', "KG036", Severity.ERROR),
        ('{of: bk:a, of_en: "three departments"}', "KG036", Severity.ERROR),
        ("{of: [bk:a, bk:b]}", "KG036", Severity.ERROR),
    ],
)
def test_half_a_population_is_reported(raw: str, code: str, severity: Severity) -> None:
    _, flaws = read(raw)
    assert [(flaw.fault.code, flaw.fault.severity) for flaw in flaws] == [(code, severity)]


def test_a_level_and_all_above_it() -> None:
    attributes, flaws = read('{level: ">=2"}')
    assert (attributes.codes["level"], flaws) == (("level-2", "level-3", "level-4"), ())
    _, flaws = read('{level: ">=5"}')
    assert [flaw.fault.code for flaw in flaws] == ["KG036"]


@given(RAW)
def test_reading_what_was_written_is_the_identity(raw: str) -> None:
    first, flaws = read(raw, figure=True)
    again, more = read(written(first), figure=True)
    assert flaws == more == ()
    assert (first.codes, first.times, first.texts) == (again.codes, again.times, again.texts)
    assert [[c for c, _ in t] for t in first.entities.values()] == [
        [c for c, _ in t] for t in again.entities.values()
    ]


@given(st.one_of(st.text(max_size=60), st.text("{}[]:,'\"&*#!|>%@ab\t-? ", max_size=60)))
def test_any_text_is_read_or_told(text: str) -> None:
    raw = "{" + text.replace("\n", " ") + "}"
    _, flaws = read(raw, figure=True)
    assert all(0 <= flaw.offset <= len(raw) + 1 for flaw in flaws)
    assert all(flaw.fault.text(lang) for flaw in flaws for lang in languages())
