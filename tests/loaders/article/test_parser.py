"""The native format: what a parser event becomes, and that nothing in it is lost in silence."""

from __future__ import annotations

import pytest
from egovkg.loaders.article.document import ParsedArticle
from egovkg.loaders.article.parser import parse_article
from egovkg.loaders.article.statement_lines import CLAIM, FIGURE
from egovkg.problems import Problem
from hypothesis import given
from hypothesis import strategies as st

FRONT = "---\nkg: 1\narticle: a\n---\n"


def parse(body: str) -> tuple[ParsedArticle, tuple[Problem, ...]]:
    return parse_article(FRONT + body, "a.kg.md")


def told(body: str) -> list[tuple[int, int, str]]:
    return [(p.line, p.column, p.code) for p in parse(body)[1] if p.code != "KG014"]


def test_paragraph_with_mentions_english_claims_and_figures() -> None:
    body = """
## d1
Theo [UBND tỉnh](tq:ubnd), **nền tảng**
[LGSP](tq:lgsp) đã chạy.

> As the [committee](tq:ubnd) says, it runs.

```claims
tq:lgsp  operatedBy  tq:ubnd  {from: 2017}  # ghi chú
# cả dòng
tq:lgsp  number  "a \\"b\\" {c}"
```

```figures
tq:lgsp  documentsExchanged  >=1.933 văn-bản {period: 2019}
```
"""
    native, problems = parse(body)
    assert [p.code for p in problems if p.code != "KG014"] == []
    (paragraph,) = native.paragraphs
    assert (paragraph.name, paragraph.line) == ("d1", 6)
    assert paragraph.text == "Theo UBND tỉnh, nền tảng LGSP đã chạy."
    assert paragraph.translation == "As the committee says, it runs."
    assert [(link.surface, link.target, link.start, link.end) for link in paragraph.links] == [
        ("UBND tỉnh", "tq:ubnd", 5, 14),
        ("LGSP", "tq:lgsp", 25, 29),
    ]
    first, second = paragraph.claims
    assert (first.line, first.attributes, first.columns) == (13, "{from: 2017}", (1, 10, 22, 31))
    assert (second.line, second.object, second.attributes) == (15, '"a \\"b\\" {c}"', "")
    (figure,) = paragraph.figures
    assert (figure.line, figure.value, figure.unit, figure.attributes) == (
        19,
        ">=1.933",
        "văn-bản",
        "{period: 2019}",
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("## d1\nmột [hai ba\n", [(6, 5, "KG022")]),
        ("## d1\nmột [hai [ba](a:b) bốn](a:c)\n", [(6, 10, "KG023")]),
        ("## d1\n[](a:b) x\n", [(6, 1, "KG024")]),
        ("chữ\n\n## d1\nx\n", [(5, 1, "KG025")]),
        ("[chữ](a:b)\n\n## d1\nx\n", [(5, 1, "KG025")]),
        ("```claims\na b c\n```\n\n## d1\nx\n", [(5, 1, "KG025")]),
        ("## d1\nx\n\n## d1\ny\n", [(8, 1, "KG025")]),
        ("# d1\n", [(5, 1, "KG026")]),
        ("## Đoạn\n", [(5, 1, "KG026")]),
        ("## d*1*x\nchữ\n", []),
        ("## d1\n```claim\na b c\n```\n", [(6, 1, "KG027")]),
        ("## d1\n\n    a b c\n", [(7, 5, "KG027")]),
        ("## d1\nnay <LGSP> chạy\n", [(6, 5, "KG027")]),
        ("## d1\nnay <!-- ẩn --> chạy\n\n<!-- cả\n\n<b> khối -->\n", []),
        ("## d1\nHay![a](b:c)\n", [(6, 4, "KG022")]),
        ("## d1\nmột \\[sic] hai\n", []),
        ("## d1\n```claims\n a\n```\n", [(7, 2, "KG030")]),
        ("## d1\n```claims\na b c d\n```\n", [(7, 1, "KG030")]),
        ('## d1\n```claims\n"a" b c\n```\n', [(7, 1, "KG030")]),
        ('## d1\n```claims\na b "c\n```\n', [(7, 5, "KG030")]),
        ('## d1\n```figures\na b "177"\n```\n', [(7, 5, "KG030")]),
        ('## d1\n```figures\na b 177 "xã"\n```\n', [(7, 9, "KG030")]),
        ("## d1\n```claims\na b c {d: e\n```\n", [(7, 7, "KG030")]),
        ("## d1\n```figures\na b\n```\n", [(7, 1, "KG030")]),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(body: str, found: list[tuple[int, int, str]]) -> None:
    assert told(body) == found


def test_lines_that_are_not_understood_are_counted() -> None:
    native, _ = parse(
        "```claims\na b c\n```\n[x](a:b)\n\n## d1\n```claim\na b c\n\nd e f\n```\n\n```claims\na\n```\n"
    )
    assert native.unread == 2
    assert native.paragraphs[0].unread == 3


def test_list_items_and_paragraphs_are_kept_apart() -> None:
    native, _ = parse("## d1\nmột\n\nhai\n\n- ba\n- bốn\n")
    assert native.paragraphs[0].text == "một hai ba bốn"


def test_mention_is_the_words_without_blanks_around_them() -> None:
    native, _ = parse("## d1\nx [ a&nbsp;](a:b)\n")
    (paragraph,) = native.paragraphs
    (link,) = paragraph.links
    assert paragraph.text[link.start : link.end] == link.surface == "a"


PIECES = st.lists(
    st.sampled_from(
        [
            "## d1",
            "## d2",
            "[tỉnh](vn:bac-kan)",
            "[tỉnh *A*\nB](vn:bac-kan) ",
            "[a&nbsp;](b:c)",
            "> quote",
            "> [x](y:z)",
            "```claims",
            "```figures",
            "```",
            "a b c",
            'a b "c d" {e: f}',
            "a b 1.933 c {e: f}",
            "- item",
            "    code",
            "<b>",
            "<!--",
            "-->",
            "![i](j:k)",
            "[",
            "]",
            "𝑥 😊 chữ",
            "",
            "---",
            "~~~",
            "&amp; \\[ `code`",
        ]
    ),
    max_size=14,
).map("\n".join)


@given(st.one_of(PIECES, st.text(max_size=120)))
def test_every_mention_gives_back_its_words(body: str) -> None:
    native, problems = parse(body)
    for paragraph in native.paragraphs:
        for link in paragraph.links:
            assert paragraph.text[link.start : link.end] == link.surface
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


@pytest.mark.parametrize("pattern", [CLAIM, FIGURE])
@pytest.mark.parametrize(
    "row", ["a b c" + " " * 50_000 + "x y", "a b c {" + "}" * 50_000 + "x", '"' * 50_000]
)
def test_no_line_makes_the_reader_hang(pattern: object, row: str) -> None:
    assert pattern in (CLAIM, FIGURE)
    (CLAIM if pattern is CLAIM else FIGURE).fullmatch(row)


def test_many_open_brackets_do_not_make_the_reader_hang() -> None:
    _, problems = parse("## d1\n" + "[\n" * 20_000)
    assert {p.code for p in problems} - {"KG014"} <= {"KG022", "KG023"}
