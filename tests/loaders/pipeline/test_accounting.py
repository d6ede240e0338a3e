"""What was read is emitted, merged or rejected, whatever is done to an article; never a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from egovkg.errors import InputError, InternalError
from egovkg.loaders.pipeline.accounting import Account, account
from egovkg.loaders.pipeline.article_files import load_article
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.pipeline.preparation import Preparer
from egovkg.loaders.statements.resolver import Counts
from egovkg.problems import errors
from egovkg.tests.corpora.folders import FIVE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CASE = Path(__file__).parents[2] / "cases" / "errors" / "25-no-year"
FRONT = """---
kg: 1
article: a
title: Bài
publisher: vd:bao
published: 2021-06-30
scope: vd:tinh-a
---

## d1

"""
ARTICLES = {path.name: path.read_bytes() for path in find_articles(FIVE)}
GARBAGE = (
    "```",
    "```claims",
    "```figures",
    "## d1",
    "---",
    "vd:lgsp serves",
    "a b c d {e: f",
    "tq:lgsp  connectsTo  tq:lgsp",
    "[x](tq:nope) [y](vd:lgsp)",
    'tq:lgsp hasTask "\u2028 \\" x" {en: "\\u2029"}',
    "\x00\x0b\x85",
    "kg: 2",
    "<b>",
    "{" * 50,
)


@pytest.fixture(scope="module")
def preparer() -> Preparer:
    return Preparer(load_lexicon([CASE]))


def assert_accounted(data: bytes, preparer: Preparer) -> None:
    loaded = load_article(data, "a.kg.md", preparer.resolver)
    counts = loaded.counts
    assert counts.read == counts.emitted + counts.merged + counts.rejected
    if counts.rejected:
        assert errors(loaded.problems), "something was rejected, and nobody was told"
    prepared = preparer.write(loaded)
    stated = prepared.claims + prepared.figures
    assert stated <= counts.emitted
    assert all(problem.line >= 1 and problem.column >= 1 for problem in loaded.problems)


def test_identity() -> None:
    total = account([Counts(5, 3, 1, 1), Counts(2, 2, 0, 0)])
    assert total.text("en") == "read 7 = emitted 5 + merged 1 + rejected 1"
    assert total.text("vi") == "đọc 7 = ghi 5 + gộp 1 + loại 1"
    with pytest.raises(InternalError, match="read 5"):
        account([Counts(5, 3, 1, 0)])
    assert account([]) == Account(0, 0, 0, 0)


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize("seed", range(12))
def test_mutated_articles(preparer: Preparer, name: str, seed: int) -> None:
    rng = random.Random(f"{name} {seed}")
    rows = ARTICLES[name].decode().split("\n")
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(rows))
        change = rng.randrange(5)
        if change == 0:
            del rows[at : at + rng.randint(1, 6)]
        elif change == 1:
            rows.insert(at, rng.choice(GARBAGE))
        elif change == 2:
            rows[at] = rows[at][: rng.randrange(len(rows[at]) + 1)]
        elif change == 3:
            rows.insert(at, rows[rng.randrange(len(rows))])
        else:
            rows[at] = rows[at].replace(
                *rng.choice([("}", ""), ('"', ""), (":", " "), ("]", ""), ("(", "[")])
            )
        rows = rows or [""]
    assert_accounted("\n".join(rows).encode(), preparer)


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize("seed", range(6))
def test_damaged_bytes(preparer: Preparer, name: str, seed: int) -> None:
    rng = random.Random(f"{name} {seed}")
    data = bytearray(ARTICLES[name])
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    assert_accounted(bytes(data[: rng.randrange(len(data))] if seed % 2 else data), preparer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: (FRONT + text).encode()))
)
def test_any_bytes(preparer: Preparer, data: bytes) -> None:
    assert_accounted(data, preparer)


WORD = st.one_of(
    st.sampled_from(
        [
            "vd:lgsp",
            "vd:edoc",
            "vd:tinh-a",
            "vd:tinh-b",
            "serves",
            "connectsTo",
            "hasTask",
            "number",
            "documentDate",
            "code:level-4",
            "dossiersReceived",
            "hồ-sơ",
            "%",
            '"x"',
            "12",
            "1,933",
            ">=5/6",
            "{from: 2020}",
            "{status: planned, en: x}",
            "{about: vd:edoc, sum: a}",
            "{part: a}",
            "{",
            "}",
            "#",
            "2020-02-30",
        ]
    ),
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=8),
)
ROWS = st.lists(st.lists(WORD, max_size=6).map(" ".join), max_size=6)


@given(claims=ROWS, figures=ROWS)
def test_any_lines(preparer: Preparer, claims: list[str], figures: list[str]) -> None:
    blocks = "\n".join(["```claims", *claims, "```", "", "```figures", *figures, "```", ""])
    assert_accounted((FRONT + blocks).encode(), preparer)


@given(
    head=st.dictionaries(
        st.sampled_from(["kg", "article", "title", "publisher", "published", "scope", "source", "lang", "x"]),
        st.sampled_from(
            [
                "1",
                "a",
                "vd:bao",
                "vd:tinh-a",
                "2021-06-30",
                "[]",
                "{}",
                "{sha256: []}",
                "''",
                "'\t'",
                "&a",
                "*a",
                "..",
                "2021-13",
                "| ",
                "\\",
            ]
        ),
        max_size=8,
    )
)
def test_any_head(preparer: Preparer, head: dict[str, str]) -> None:
    front = "".join(f"{key}: {value}\n" for key, value in head.items())
    assert_accounted(f"---\n{front}---\n\n## d1\n\n[x](vd:lgsp)\n".encode(), preparer)


@settings(max_examples=20, deadline=None)
@given(data=st.one_of(st.binary(max_size=120), st.text(max_size=80).map(str.encode)))
def test_any_bytes_in_every_file_of_a_corpus(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    corpus = tmp_path_factory.mktemp("corpus")
    for name in ("articles/a.kg.md", "register/vd.yaml", "measures.yaml", "units.yaml"):
        path = corpus / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert errors(check([corpus]))


REGISTERS = (
    "prefix: vd\nentities: {a: {kind: Province, vi: A, en: A, until: 2019-13}}\n",
    "prefix: vd\nentities: {'a b': {kind: Province, vi: A, en: A}}\n",
    "prefix: 'v>d'\nentities: {a: {kind: Province, vi: A, en: A}}\n",
    "prefix: vd\nentities: {a: {kind: Province, vi: A, en: A, same_as: ['x> <y']}}\n",
    "prefix: vd\nentities: {a: {kind: Status, vi: A, en: A}}\n",
    "prefix: vd\nentities: {a: {kind: Province, en: A}}\n",
    "prefix: vd\nentities: {a: }\n",
    "prefix: vd\nentities: {? [a] : {kind: Province, vi: A, en: A}}\n",
)


@pytest.mark.parametrize("register", REGISTERS)
def test_a_bad_register_is_told_by_check_and_by_build(tmp_path: Path, register: str) -> None:
    for name in ("articles", "register"):
        (tmp_path / "corpus" / name).mkdir(parents=True)
    body = "```claims\nvd:a  within  vn:viet-nam\n```\n"
    front = FRONT.replace("vd:bao", "tq:noi-dang-bai").replace("vd:tinh-a", "vd:a")
    (tmp_path / "corpus" / "articles" / "a.kg.md").write_text(front + body, encoding="utf-8")
    (tmp_path / "corpus" / "register" / "vd.yaml").write_text(register, encoding="utf-8")
    assert errors(check([tmp_path / "corpus"]))
    with pytest.raises(InputError):
        build([tmp_path / "corpus"], tmp_path / "home")


def test_units_and_measures_that_lack_something_are_told(tmp_path: Path) -> None:
    for name in ("articles", "register"):
        (tmp_path / name).mkdir()
    (tmp_path / "measures.yaml").write_text("measures: {m: {unit: u}, 'm n': {}}\n", encoding="utf-8")
    (tmp_path / "units.yaml").write_text("units: {u: }\n", encoding="utf-8")
    body = "```figures\ntq:lgsp m 5\ntq:lgsp m 6 u\n```\nTỉnh họp.\n"
    front = FRONT.replace("vd:bao", "tq:noi-dang-bai").replace("vd:tinh-a", "vn:tuyen-quang")
    (tmp_path / "articles" / "a.kg.md").write_text(front + body, encoding="utf-8")
    assert {problem.code for problem in check([tmp_path])} == {"KG014", "KG019"}
    with pytest.raises(InputError, match="KG014"):
        build([tmp_path], tmp_path / "home")
