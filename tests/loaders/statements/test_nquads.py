"""From statements to N-Quads: complete, sorted, and the same for every way to write the same text."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

import pyoxigraph as ox
import pytest
from egovkg.graph.names import EGOV, GRAPH_EDGES, ID, article_graph
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.article.attributes import Attributes
from egovkg.loaders.article.formatting import formatted
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.pipeline.preparation import Preparer
from egovkg.loaders.pipeline.prepared import PreparedArticle
from egovkg.loaders.statements.article_quads import Emitter, becomes_edge
from egovkg.loaders.statements.nquads import Quads, literal
from egovkg.loaders.statements.register_quads import register_quads
from egovkg.loaders.text.dates import read_date
from egovkg.ontology.statuses import statuses
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from egovkg.loaders.statements.model import Claim

Form: TypeAlias = Literal["NFC", "NFD"]
CASE = Path(__file__).parents[2] / "cases" / "errors" / "25-no-year"
HEAD = """---
kg: 1
article: a
title: Bài “mẫu”
title_en: Sample
publisher: vd:bao
published: 2021-06-30
scope: vd:tinh-a
url: https://example.org/a
---

## d1
"""


@pytest.fixture(scope="module")
def preparer() -> Preparer:
    return Preparer(load_lexicon([CASE]))


def write(preparer: Preparer, body: str, folder: Path, form: Form = "NFC") -> PreparedArticle:
    path = folder / "a.kg.md"
    path.write_bytes(unicodedata.normalize(form, HEAD + body).encode())
    return preparer.write(preparer.load(path))


BODY = """[Tỉnh A](vd:tinh-a) có [nền tảng](vd:lgsp).

> [Province A](vd:tinh-a) has a platform.

```claims
vd:lgsp    serves         vd:tinh-a        {from: 2020, scope: [province, commune], note: "ghi chú"}
vd:edoc    connectsTo     vd:lgsp          {status: planned, by: 2022}
vd:edoc    connectsTo     vd:lgsp          {polarity: no, asOf: 2021-06}
vd:tinh-a  hasLimitation  "Thiết bị cũ"    {en: "Old devices", about: vd:edoc, responsible: vd:ubnd-a}
vd:qd-464-a  number       "464/QĐ-UBND"
```

```figures
vd:edoc  dossiersReceived  ~1.933      {period: 2019, level: [3, 4], kind: target}
vd:edoc  bodiesConnected   11/11
```
"""


def lines(data: bytes) -> list[str]:
    return data.decode().splitlines()


def test_the_record_of_one_article(preparer: Preparer, tmp_path: Path) -> None:
    prepared = write(preparer, BODY, tmp_path)
    assert prepared.problems == ()
    assert (prepared.claims, prepared.figures) == (5, 2)
    graph = lines(prepared.quads)
    assert len(graph) == len(set(graph))
    assert [line.split()[0].rsplit("/", 1)[-1] for line in graph][:1] == ["a>"]
    assert all(line.endswith(f" <{article_graph('a')}> .") for line in graph)
    assert sum(f"> <{EGOV}Claim> <" in line for line in graph) == 5
    assert sum(f"<{EGOV}mentions>" in line for line in graph) == 2
    assert any(f'<{EGOV}validFrom> "2020"^^' in line for line in graph)
    assert any(f'<{EGOV}denominator> "11"^^' in line for line in graph)
    assert any('egovkg/ontology#text> "Old devices"@en' in line for line in graph)


def test_only_what_holds_becomes_an_edge(preparer: Preparer, tmp_path: Path) -> None:
    edges = lines(write(preparer, BODY, tmp_path).edges)
    predicates = sorted(line.split()[1] for line in edges)
    assert predicates == [f"<{EGOV}{name}>" for name in ("hasLimitation", "number", "serves")]
    assert not any("connectsTo" in line for line in edges)
    assert all(line.endswith(f" <{GRAPH_EDGES}> .") for line in edges)


@pytest.mark.parametrize("status", statuses())
def test_statuses_that_become_edges(status: str) -> None:
    for polarity in ("asserted", "denied"):
        attributes = Attributes(codes={"status": (status,), "polarity": (polarity,)})
        assert becomes_edge(attributes) == (status in {"operational", "completed"} and polarity == "asserted")
        runs = status in {"operational", "completed", "pilot", "limited"}
        assert becomes_edge(attributes, "hostedOn") == (runs and polarity == "asserted")


def test_a_guess_is_no_edge() -> None:
    assert not becomes_edge(Attributes(codes={"certainty": ("low",)}))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_normal_forms_give_the_same_quads(preparer: Preparer, tmp_path: Path, form: Form) -> None:
    plain, other = write(preparer, BODY, tmp_path), write(preparer, BODY, tmp_path, form)
    assert (plain.quads, plain.edges, plain.inferred) == (other.quads, other.edges, other.inferred)


def test_layout_does_not_change_the_claims(preparer: Preparer, tmp_path: Path) -> None:
    laid = formatted(HEAD + BODY).removeprefix(HEAD)
    assert write(preparer, laid, tmp_path).edges == write(preparer, BODY, tmp_path).edges


SIGNS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(SIGNS)
def test_a_literal_comes_back_from_the_store_as_the_same_bytes(text: str) -> None:
    line = f"<urn:s> <urn:p> {literal(text, '@vi')} <urn:g> .\n".encode()
    store = OxigraphStore.in_memory()
    store.load(line)
    assert store.dump() == line
    (quad,) = store.quads()
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == text


@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
)
def test_any_words_can_be_stated(
    preparer: Preparer, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    body = f'Chữ.\n\n```claims\nvd:tinh-a hasTask "{quoted}" {{en: x}}\n```\n'
    prepared = write(preparer, body, tmp_path_factory.mktemp("emit"))
    store = OxigraphStore.in_memory()
    store.load(prepared.quads + prepared.edges + prepared.inferred)
    assert store.dump() == b"".join(
        sorted((prepared.quads + prepared.edges + prepared.inferred).splitlines(keepends=True))
    )


def test_the_register_is_one_sorted_graph(preparer: Preparer) -> None:
    quads = register_quads(preparer.loaded_lexicon.lexicon)
    assert lines(quads) == sorted(set(lines(quads)))
    assert f"<{ID}system/vd-lgsp>".encode() in quads
    store = OxigraphStore.in_memory()
    store.load(quads)
    assert store.dump() == quads


def test_quads_are_two_texts() -> None:
    assert Quads(b"a", b"b").edges == b"b"


def test_the_date_of_a_document_stays_with_its_line() -> None:
    """Lines without attributes share their qualifiers, but not the time that one takes from its object."""
    emitter = Emitter(load_lexicon([CASE]).lexicon)

    def qualifiers(attributes: Attributes) -> str:
        line = cast("Claim", SimpleNamespace(attribute_text="", attributes=attributes))
        return " ".join(emitter.qualifiers(line, is_item=False, year=2022))

    assert "2014-07-01" in qualifiers(Attributes().dated(read_date("2014-07-01")))
    assert "2014-07-01" not in qualifiers(Attributes())
