"""From lines to statements: names, codes, scope and time."""

from __future__ import annotations

from pathlib import Path

import pytest
from egovkg.loaders.corpus import Loaded, load_article, load_lexicon
from egovkg.loaders.resolve import Resolver

CASE = Path(__file__).parent / "cases" / "errors" / "25-no-year"
HEAD = """---
kg: 1
article: a
title: Bài mẫu
publisher: vd:bao
published: 2021-06-30
scope: vd:tinh-a
---

## d1

"""


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load_lexicon([CASE]).lexicon)


def load(resolver: Resolver, body: str, head: str = HEAD) -> Loaded:
    return load_article((head + body).encode(), "a.kg.md", resolver)


def claims(*rows: str) -> str:
    return "```claims\n" + "\n".join(rows) + "\n```\n"


def figures(*rows: str) -> str:
    return "```figures\n" + "\n".join(rows) + "\n```\n"


def test_words_are_resolved_by_scope(resolver: Resolver) -> None:
    loaded = load(
        resolver,
        "[Tỉnh A]() và [UBND tỉnh A]() dùng [nền  tảng LGSP tỉnh A]().\n"
        + claims("vd:lgsp serves vd:tinh-a"),
    )
    assert loaded.problems == ()
    assert loaded.article is not None
    assert [mention.entity.curie for mention in loaded.article.mentions] == [
        "vd:tinh-a",
        "vd:ubnd-a",
        "vd:lgsp",
    ]


@pytest.mark.parametrize("words", ["UBND TỈNH A", "ubnd tỉnh  a", "Sở Nội vụ tỉnh B"])
def test_case_and_blanks_do_not_matter(resolver: Resolver, words: str) -> None:
    loaded = load(resolver, f"Nay [{words}]() họp.\n" + claims("vd:lgsp serves vd:tinh-a"))
    assert loaded.problems == ()


def test_four_kinds_of_objects(resolver: Resolver) -> None:
    loaded = load(
        resolver,
        claims(
            "vd:edoc connectsTo vd:lgsp",
            "vd:lgsp serves vd:tinh-a",
            'vd:qd-464-a number "464/QĐ-UBND"',
            'vd:tinh-a hasLimitation "Thiết bị \\"cũ\\""  {en: "Old devices"}',
        ),
    )
    assert loaded.problems == ()
    assert loaded.article is not None
    thing, _, literal, item = loaded.article.claims
    assert thing.object is not None
    assert thing.object.curie == "vd:lgsp"
    assert (literal.object, literal.code, literal.item, literal.text) == (None, None, None, "464/QĐ-UBND")
    assert (item.item, item.text) == ("Limitation", 'Thiết bị "cũ"')


def test_figure_takes_the_unit_of_its_measure(resolver: Resolver) -> None:
    loaded = load(
        resolver,
        figures("vd:edoc dossiersReceived >=1.933", "vd:edoc dossiersReceived 5 hồ-sơ {period: 2019}"),
    )
    assert loaded.article is not None
    assert [figure.unit and figure.unit.name for figure in loaded.article.figures] == ["hồ-sơ", "hồ-sơ"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("vdx:a serves vd:tinh-a", 1, "KG020"),
        ("vd:nope serves vd:tinh-a", 1, "KG021"),
        ("lgsp serves vd:tinh-a", 1, "KG021"),
        ("vd:lgsp serves code:nope", 16, "KG021"),
        ("vd:lgsp serves code:level-4 ", 16, "KG032"),
        ("vd:lgsp nope vd:tinh-a", 9, "KG031"),
        ("vd:lgsp serves vd:tinh-a {about: [vd:x]}", 35, "KG021"),
        ('vd:tinh-a hasTask vd:lgsp {en: "x"}', 19, "KG032"),
        ("vd:lgsp serves vd:tinh-a {responsible: vd:lgsp}", 40, "KG032"),
        ("vd:qd-464-a number 464/QD-UBND", 20, "KG060"),
        ("vd:qd-464-a documentDate 2020-02-30", 26, "KG040"),
    ],
)
def test_flaws_have_a_place(resolver: Resolver, row: str, column: int, code: str) -> None:
    problems = load(resolver, claims(row)).problems
    assert [(p.line, p.column, p.code) for p in problems] == [(13, column, code)]


def test_unit_without_attributes_has_a_place(resolver: Resolver) -> None:
    (problem,) = load(resolver, figures("vd:edoc dossiersReceived 5 hs")).problems
    assert (problem.code, problem.line, problem.column) == ("KG052", 13, 28)


@pytest.mark.parametrize(
    ("attributes", "codes"),
    [
        ("{from: 2023}", ["KG042"]),
        ("{from: 2023, status: planned}", []),
        ("{from: 2023, status: under-construction}", []),
        ("{asOf: 2022, polarity: no}", ["KG042"]),
        ("{from: 2020, to: 2025}", []),
        ("{from: 2021}", []),
    ],
)
def test_nothing_is_so_before_it_can_be(resolver: Resolver, attributes: str, codes: list[str]) -> None:
    problems = load(resolver, claims(f"vd:lgsp serves vd:tinh-a {attributes}")).problems
    assert [p.code for p in problems] == codes


def test_targets_may_lie_ahead(resolver: Resolver) -> None:
    body = figures("vd:edoc dossiersReceived 5 {period: 2025, kind: target}")
    assert load(resolver, body).problems == ()


@pytest.mark.parametrize(
    "change",
    [
        ("article: a", "article: ../../etc/x"),
        ("article: a", "article: a b"),
        ("article: a", f"article: {'a' * 300}"),
        ("published: 2021-06-30", "published: 2021-06"),
        ("published: 2021-06-30", "published: nay"),
        ("publisher: vd:bao", "publisher: vd:tinh-a"),
        ("scope: vd:tinh-a", "scope: vd:lgsp"),
        ("title: Bài mẫu", "title: [a, b]"),
        ("kg: 1", "kg: ²"),
        ("kg: 1", "kg: 1\nlang: en"),
        ("kg: 1", "kg: 1\nsource: {sha265: x}"),
    ],
)
def test_a_head_that_cannot_be_used(resolver: Resolver, change: tuple[str, str]) -> None:
    loaded = load(resolver, claims("vd:lgsp serves vd:tinh-a"), HEAD.replace(*change))
    assert any(problem.severity == "error" for problem in loaded.problems)
    counts = loaded.counts
    assert counts.read == counts.emitted + counts.merged + counts.rejected
    if loaded.article is None:
        assert (counts.read, counts.rejected) == (1, 1)
