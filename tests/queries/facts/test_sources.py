"""When a source was published and what of it was read: from the head of the article to answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from egovkg.cli.verbs.entity_text import entity_text
from egovkg.graph.names import with_prefixes
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.pipeline.preparation import Preparer
from egovkg.loaders.pipeline.shipped_quads import ontology_quads
from egovkg.queries.dependencies.network.edge_claims import edge_claims, edges_in_force
from egovkg.queries.facts.entities import resolve
from egovkg.queries.facts.entity_report import entity_report
from egovkg.queries.facts.facts import facts
from egovkg.queries.facts.sources import read_sources
from egovkg.queries.facts.statement_tables import statement_tables
from egovkg.queries.questions.ask import NamedQuestion, ask_question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from egovkg.graph.network.network import EdgeKey

CASE = Path(__file__).parents[2] / "cases" / "errors" / "25-no-year"
ARTICLE = """---
kg: 1
article: {id}
title: Bài {id}
publisher: vd:bao
scope: vd:tinh-a
{head}
---

## d1

[Phần mềm](vd:edoc) và [nền tảng](vd:lgsp).

```claims
vd:edoc  connectsTo  vd:lgsp    {attributes}
vd:edoc  serves      vd:tinh-a  {attributes}
```
"""
TRANSLATED = """published: 2021-08~
seen: en
translation: machine
url: https://bao.example/en/bai
original: https://bao.example/bai
copy_of: https://toa-soan.example/bai
source: {kind: opening}"""
ARTICLES = {  # id -> head, attributes of its claim
    "about-august": (TRANSLATED, "{polarity: no}"),
    "mid-august": ("published: 2021-08-10", ""),
    "november": ("published: 2021-11-01\nlang: en", "{status: retired}"),
}
EDGE = ("edoc", "connectsTo", "lgsp", "stated")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> OxigraphStore:
    folder, preparer = tmp_path_factory.mktemp("sources"), Preparer(load_lexicon([CASE]))
    quads = ontology_quads() + preparer.register
    for article, (head, attributes) in ARTICLES.items():
        path = folder / f"{article}.kg.md"
        path.write_text(ARTICLE.format(id=article, head=head, attributes=attributes), encoding="utf-8")
        (prepared,) = preparer.prepare([path])
        assert prepared.problems == ()  # neither of the lines nor of the shapes
        quads += prepared.quads
    opened = OxigraphStore.in_memory()
    opened.load(quads)
    return opened


def named(edges: set[EdgeKey]) -> Iterator[tuple[str, str, str, str]]:
    for dependent, relation, provider, basis in edges:
        yield dependent.rpartition("vd-")[2], relation, provider.rpartition("vd-")[2], basis


def test_an_uncertain_month_holds_the_months_beside_it(store: OxigraphStore) -> None:
    days = {fact.article: (fact.stated_on, fact.published) for fact in facts(store)}
    assert days["about-august"] == (date(2021, 9, 30), "2021-08~")
    assert days["mid-august"] == (date(2021, 8, 10), "2021-08-10")
    rows = store.texts(
        with_prefixes(
            "SELECT ?id ?first ?last ?from {"
            " ?article egov:curie ?id ; egov:firstDay ?first ; egov:lastDay ?last ."
            " ?claim egov:evidence/egov:inArticle ?article . OPTIONAL { ?claim egov:statedFrom ?from } }"
        )
    )
    assert {row[0]: tuple(row[1:]) for row in rows} == {
        "about-august": ("2021-07-01", "2021-09-30", "2021-07-01"),
        "mid-august": ("2021-08-10", "2021-08-10", ""),
        "november": ("2021-11-01", "2021-11-01", ""),
    }


def test_the_version_that_was_read(store: OxigraphStore) -> None:
    sources = read_sources(store)
    read = sources["about-august"].version
    assert read.as_dict() == {
        "language": "vi",
        "language_read": "en",
        "translation": "machine-translation",
        "extent": "opening",
        "original": "https://bao.example/bai",
        "copy_of": "https://toa-soan.example/bai",
    }
    assert read.remark("vi") == "đã đọc: chỉ phần đầu, bản dịch máy (tiếng Anh), bản sao ở trang khác"
    assert sources["mid-august"].version.remark("vi") == ""
    assert sources["november"].version.language == "en"


@pytest.mark.parametrize(
    ("lang", "published", "remark"),
    [
        (
            "vi",
            "A, khoảng 2021-08 (",
            "; đã đọc: chỉ phần đầu, bản dịch máy (tiếng Anh), bản sao ở trang khác",
        ),
        (
            "en",
            "A, about 2021-08 (",
            "; read: opening only, machine translation (English), a copy on another site",
        ),
    ],
    ids=["vi", "en"],
)
def test_each_statement_says_when_its_source_was_published_and_what_was_read(
    store: OxigraphStore, lang: str, published: str, remark: str
) -> None:
    text = entity_text(entity_report(store, resolve(store, "vd:edoc"), lang), lang)
    lines = [line for line in text.splitlines() if "about-august:" in line]
    assert len(lines) == 2  # the connection and the unit
    assert all(published in line and line.endswith(f"{remark})") for line in lines)


def test_a_workbook_keeps_what_the_head_says(store: OxigraphStore) -> None:
    rows = {row["id"]: row for row in statement_tables(store).sources}
    names = ("kind", "published", "lang", "seen", "translation", "original", "copy_of")
    assert [rows["about-august"][name] for name in names] == [
        "opening",
        "2021-08~",
        "vi",
        "en",
        "machine",
        "https://bao.example/bai",
        "https://toa-soan.example/bai",
    ]
    assert rows["november"]["kind"] == "article"


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2021, 8, 9), False),  # nothing is certain to have been said
        (date(2021, 8, 20), True),  # the article of July to September may not have appeared
        (date(2021, 10, 1), True),  # both have: which is the later one cannot be told, so it does not yield
        (date(2021, 11, 1), False),  # surely the latest
    ],
)
def test_an_uncertain_day_does_not_decide_what_is_the_latest(
    store: OxigraphStore, day: date, holds: bool
) -> None:
    assert (EDGE in named(edges_in_force(edge_claims(store), day))) is holds


@pytest.mark.parametrize(
    ("day", "articles"),
    [
        ("2021-08-20", {"mid-august"}),
        ("2021-10-01", {"mid-august", "about-august"}),
        ("2021-11-01", {"november"}),
    ],
)
def test_the_status_as_of_a_day_is_what_may_be_the_latest(
    store: OxigraphStore, day: str, articles: set[str]
) -> None:
    answer = ask_question(store, NamedQuestion("status-as-of", {"date": day}))
    assert {str(row[-1]) for row in answer.rows} == articles
