"""From lines to statements: names, codes, scope and time."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from egovkg.loaders.pipeline.article_files import LoadedArticle, load_article
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.register.entity import Register
from egovkg.loaders.register.lexicon import Lexicon
from egovkg.loaders.statements.model import ClaimObject
from egovkg.loaders.statements.name_index import NameIndex
from egovkg.loaders.statements.resolver import Resolver

CASE = Path(__file__).parents[2] / "cases" / "errors" / "25-no-year"
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


def load(resolver: Resolver, body: str, head: str = HEAD) -> LoadedArticle:
    return load_article((head + body).encode(), "a.kg.md", resolver)


def claims(*rows: str) -> str:
    return "```claims\n" + "\n".join(rows) + "\n```\nTỉnh họp.\n"


def figures(*rows: str) -> str:
    return "```figures\n" + "\n".join(rows) + "\n```\nTỉnh họp.\n"


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


@pytest.mark.parametrize("words", ["UBND TỈNH A", "ubnd tỉnh  a", "Tỉnh B", "VCCI", "Việt Nam"])
def test_case_and_blanks_do_not_matter(resolver: Resolver, words: str) -> None:
    loaded = load(resolver, f"Nay [{words}]() họp.\n" + claims("vd:lgsp serves vd:tinh-a"))
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("scope", "words", "found"),
    [
        ("vd:tinh-a", "464/QĐ-UBND", None),  # two of the scope
        ("vn:tuyen-quang", "464/QĐ-UBND", "tq:qd-464-2017"),
        ("vn:tuyen-quang", "quyết định số 464/QĐ-UBND", "tq:qd-464-2017"),
        ("vn:bac-kan", "quyết định số 464/QĐ-UBND", None),
        ("vn:bac-kan", "UBND tỉnh", "bk:ubnd-tinh"),
        ("vd:tinh-a", "UBND tỉnh", None),
        ("vd:tinh-a", "QLVBĐH", None),
        ("vd:tinh-a", "Sở Nội vụ tỉnh B", None),
        ("vd:tinh-b", "Sở", "vd:so-a"),
        ("vd:tinh-b", "xã Tân Tiến", "vd:xa-tan-tien"),  # a unit within the scope
        ("vd:xa-tan-tien", "Sở", "vd:so-a"),  # of the unit that the scope lies in
        ("vd:tinh-a", "xã Tân Tiến", None),
        ("vd:tinh-a", "Báo A", "vd:bao"),
        ("vd:tinh-a", "Chính phủ", "nat:chinh-phu"),
        ("vd:tinh-a", "Hà Giang", "vn:ha-giang"),  # a province as such
    ],
)
def test_words_mean_things_of_the_scope_or_of_the_country(
    resolver: Resolver, scope: str, words: str, found: str | None
) -> None:
    here = resolver.names.find(words, scope, frozenset({"vd"}))
    assert (here[0].curie if len(here) == 1 else None) == found
    assert found or resolver.names.find_anywhere(words)


def test_things_without_a_territory_belong_to_their_register(resolver: Resolver) -> None:
    names = NameIndex(_with(resolver, "vd:lgsp", territory=""))
    assert names.find("nền tảng LGSP tỉnh A", "vn:bac-kan") == ()
    assert len(names.find("nền tảng LGSP tỉnh A", "vn:bac-kan", frozenset({"vd"}))) == 1


def _with(resolver: Resolver, curie: str, **values: str) -> Lexicon:
    """Give the lexicon with other values of one entity."""
    register = resolver.lexicon.register
    entities = [
        replace(e, values={**e.values, **values}) if e.curie == curie else e for e in register.entities
    ]
    return replace(resolver.lexicon, register=Register(entities))


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
    assert thing.object.entity is not None
    assert thing.object.entity.curie == "vd:lgsp"
    assert literal.object == ClaimObject(text="464/QĐ-UBND")
    assert item.object == ClaimObject(stated_item_class="Limitation", text='Thiết bị "cũ"')


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
        ("vd:qd-464-a documentDate 2023-02-03", 26, "KG042"),
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


@pytest.mark.parametrize("row", ["140/138", ">1,5/1"])
def test_a_part_is_not_above_its_whole(resolver: Resolver, row: str) -> None:
    (problem,) = load(resolver, figures(f"vd:edoc connectedBodyShare {row}")).problems
    assert (problem.code, problem.fault.problem.text("en")) == (
        "KG051",
        f"{row}: the part is larger than the whole",
    )
    assert load(resolver, figures("vd:edoc connectedBodyShare 138/138")).problems == ()


def test_targets_may_lie_ahead(resolver: Resolver) -> None:
    body = figures("vd:edoc dossiersReceived 5 {period: 2025, kind: target}")
    assert load(resolver, body).problems == ()


@pytest.mark.parametrize(
    "change",
    [
        ("article: a", "article: ../../etc/x"),
        ("article: a", "article: a b"),
        ("article: a", f"article: {'a' * 300}"),
        ("published: 2021-06-30", "published: 2021-13~"),
        ("published: 2021-06-30", "published: nay"),
        ("publisher: vd:bao", "publisher: vd:tinh-a"),
        ("scope: vd:tinh-a", "scope: vd:lgsp"),
        ("title: Bài mẫu", "title: [a, b]"),
        ("kg: 1", "kg: ²"),
        ("kg: 1", "kg: 1\nlang: fr"),
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


@pytest.mark.parametrize(
    ("line", "curie"),
    [
        ("vd:lgsp ownedBy vd:ubnd", "vd:ubnd-a"),
        ("vd:lgsp ownedBy vd:lgps", ""),  # near to a system, which owns nothing
        ("vd:ubnda serves vd:tinh-a", ""),  # near to a body, which serves nothing
        ("vd:lgsp serves tinh-a", "vd:tinh-a"),
        ("vd:lgsp serves lgsp", ""),
    ],
)
def test_what_is_suggested_would_fit(resolver: Resolver, line: str, curie: str) -> None:
    (problem,) = load(resolver, claims(line)).problems
    suggested = re.findall(r"vd:[a-z-]+", problem.fault.fix.text("en"))
    assert suggested == [curie] * bool(curie)


def test_a_name_is_suggested_from_what_the_scope_has(resolver: Resolver) -> None:
    (problem,) = load(resolver, "[Trung tâm tích hợp dữ liệu tỉnh Bắc Kạm]() họp.\n").problems
    assert problem.code == "KG021"
    assert "Bắc Kạn" not in problem.fault.fix.text("vi")


def test_an_unknown_prefix_is_one_that_has_the_name(resolver: Resolver) -> None:
    (problem,) = load(resolver, claims("vd:lgsp serves vnd:tinh-a")).problems
    assert problem.code == "KG020"
    assert '"vd"' in problem.fault.fix.text("en")
