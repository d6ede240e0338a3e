"""Two annotations of one source: pairs by meaning, whatever the order and whoever named the things."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.errors import CorpusError, InputError
from egovkg.loaders.agreement import agreement_of, read_pair

if TYPE_CHECKING:
    from pathlib import Path

    from egovkg.loaders.agreement import Agreement

HEAD = """---
kg: 1
article: {id}
title: a
publisher: bk:cong-ttdt-don-vi-dang
published: 2021-06-30
scope: vn:bac-kan
---

## d1

x

"""
CLAIMS = """bk:lgsp  serves  vn:bac-kan
bk:qlvb  connectsTo  bk:lgsp  {status: planned, by: 2022}
vn:bac-kan  hasTask  "Hoàn thành kết nối với trục quốc gia"  {en: "x", status: planned}
bk:qlvb  deployedAt  bk:ubnd-tinh  {polarity: no}"""
FIGURES = "vn:bac-kan  onlineDossiers  ~1.250  {period: 2020}"


def annotated(folder: Path, claims: str = CLAIMS, figures: str = FIGURES, name: str = "a") -> Path:
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    path = folder / "articles" / f"{name}.kg.md"
    blocks = f"```claims\n{claims}\n```\n\n```figures\n{figures}\n```\n"
    path.write_text(HEAD.format(id=name) + blocks, "utf-8")
    return path


def compared(first: Path, second: Path) -> Agreement:
    return agreement_of(read_pair(first, second).articles)


def values(agreement: Agreement) -> tuple[float, ...]:
    return (agreement.statements.agreement, agreement.status.agreement, agreement.time.agreement)


def test_order_and_layout_do_not_matter(tmp_path: Path) -> None:
    turned = "\n".join(reversed(CLAIMS.replace("  ", " ").splitlines()))
    agreement = compared(annotated(tmp_path / "a"), annotated(tmp_path / "b", turned))
    assert (agreement.statements.equal, values(agreement), agreement.disagreements) == (5, (1, 1, 1), ())


def test_measures_of_a_known_case(tmp_path: Path) -> None:
    """Of five and four statements three are the same; one of these differs in status, one in time."""
    other = """bk:lgsp  serves  vn:bac-kan  {status: completed}
bk:qlvb  connectsTo  bk:lgsp  {status: planned, period: 2022}
vn:bac-kan  hasTask  "Hoàn thành việc kết nối tới trục quốc gia"  {en: "x", status: planned}"""
    agreement = compared(
        annotated(tmp_path / "a"), annotated(tmp_path / "b", other, FIGURES.replace("~", ""))
    )
    assert list(values(agreement)) == pytest.approx([6 / 9, 2 / 3, 2 / 3])
    # statuses (operational, completed), (planned, planned) twice: 4 of 9 by chance
    assert agreement.status.kappa == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    found = [(item.kind.value, item.first, item.second) for item in agreement.disagreements]
    assert found == [
        ("only_a", "", ""),
        ("only_a", "", ""),
        ("only_b", "", ""),
        ("status", "operational", "completed"),
        ("time", "by: 2022", "period: 2022"),
    ]
    assert agreement.disagreements[3].first_line.endswith("a.kg.md:15")


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        ("Hoan thanh ket noi voi truc quoc gia", True),
        ("Kết nối trục quốc gia", True),
        ("Đào tạo cán bộ cấp xã", False),
    ],
)
def test_texts_are_compared_by_their_words(tmp_path: Path, text: str, is_same: bool) -> None:
    changed = CLAIMS.replace("Hoàn thành kết nối với trục quốc gia", text)
    agreement = compared(annotated(tmp_path / "a"), annotated(tmp_path / "b", changed))
    assert (agreement.statements.equal == 5) == is_same


def test_a_denial_is_another_statement(tmp_path: Path) -> None:
    changed = CLAIMS.replace("  {polarity: no}", "")
    assert compared(annotated(tmp_path / "a"), annotated(tmp_path / "b", changed)).statements.equal == 4


def test_things_of_two_registers_are_the_same_by_name(tmp_path: Path) -> None:
    for folder, name in (("a", "mot"), ("b", "hai")):
        (tmp_path / folder / "register").mkdir(parents=True)
        entry = (
            "{kind: SectorSystem, vi: Phần mềm đất đai thử, en: Test land software, territory: vn:bac-kan}"
        )
        register = tmp_path / folder / "register" / f"{name}.yaml"
        register.write_text(f"prefix: {name}\nentities:\n  dat-dai: {entry}\n", "utf-8")
        annotated(tmp_path / folder, f"{name}:dat-dai  connectsTo  bk:lgsp")
    agreement = compared(tmp_path / "a", tmp_path / "b")
    assert (agreement.statements.equal, agreement.disagreements) == (2, ())


def test_several_articles_are_paired_by_their_id(tmp_path: Path) -> None:
    for name in ("a", "b"):
        annotated(tmp_path / "one", name=name)
    for name in ("b", "c"):
        annotated(tmp_path / "two", name=name)
    pair = read_pair(tmp_path / "one", tmp_path / "two")
    assert ([first.id for first, _ in pair.articles], pair.unpaired) == (["b"], ("a", "c"))


def test_nothing_to_compare_and_faulty_articles_are_errors(tmp_path: Path) -> None:
    for folder, names in (("one", ("a", "b")), ("two", ("c", "d"))):
        for name in names:
            annotated(tmp_path / folder, name=name)
    with pytest.raises(CorpusError, match=r"no article in common|không có bài nào chung"):
        read_pair(tmp_path / "one", tmp_path / "two")
    faulty = annotated(tmp_path / "three", "bk:lgsp  serves  vn:khong-co")
    with pytest.raises(InputError, match="KG021"):
        read_pair(faulty, faulty)


def test_the_verb_writes_both_tables_and_json_and_fails_below_the_least(tmp_path: Path) -> None:
    first = str(annotated(tmp_path / "a"))
    second = str(annotated(tmp_path / "b", CLAIMS.replace("{status: planned, by: 2022}", "")))
    table = CliRunner().invoke(main, ["agree", first, second, "--lang", "en"])
    assert (table.exit_code, "0.80" in table.stdout, "by: 2022" in table.stdout) == (0, True, True)
    strict = CliRunner().invoke(main, ["agree", first, second, "--least", "0.9", "--lang", "en"])
    assert strict.exit_code == 1
    assert "below 0.90: status, in the pairs, time, in the pairs" in strict.stderr
    data = json.loads(CliRunner().invoke(main, ["agree", first, second, "--format", "json"]).stdout)
    assert data["status"]["agreement"] == 0.8
    assert [item["kind"] for item in data["disagreements"]] == ["status", "time"]
