"""Register, measures and units: every reference checked, nothing overwritten in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from egovkg.loaders.pipeline.lexicon_files import LoadedLexicon, load_lexicon
from egovkg.loaders.register.document_number import meant_number
from egovkg.loaders.register.entries import read_register
from egovkg.loaders.register.measures import read_terms
from egovkg.loaders.statements.name_index import NameIndex
from egovkg.tests.corpora.folders import FIVE
from hypothesis import given
from hypothesis import strategies as st

CASE = Path(__file__).parents[2] / "cases" / "errors" / "25-no-year"


def lexical(folder: Path, old: str = "", new: str = "") -> LoadedLexicon:
    corpus = Path(shutil.copytree(CASE, folder / "corpus"))
    path = corpus / "register" / "vd.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return load_lexicon([corpus])


def test_own_register_adds_to_the_shipped_one(tmp_path: Path) -> None:
    found = lexical(tmp_path)
    assert found.problems == ()
    assert {"vd:lgsp", "vn:bac-kan", "nat:pci"} <= set(found.lexicon.register.by_curie)
    assert found.digest != load_lexicon([]).digest


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("prefix: vd", "prefix: tq", "KG018"),
        ("prefix: vd", "prefix: code", "KG018"),
        ("prefix: vd", "prefix: v d", "KG018"),
        ("prefix: vd", "prefix: v-d", "KG018"),
        ("prefix: vd", "prefix: [vd]", "KG018"),
        ("prefix: vd", "x: vd", "KG012"),
        ("entities:", "things:", "KG012"),
        ("kind: Department", "kind: Status", "KG019"),
        ("kind: Department", "kind: [a]", "KG012"),
        ("kind: Department", "knd: Department", "KG013"),
        ("  lgsp:", "  'l g':", "KG019"),
        ("  lgsp:", "  tinh-a:", "KG017"),
        ("aliases: [Sở]", "aliases: {a: b}", "KG012"),
        ("aliases: [Sở]", "aliases: [[Sở]]", "KG012"),
        ("within: vn:viet-nam", "within: vn:nowhere", "KG021"),
        ("within: vn:viet-nam", "within: vd:lgsp", "KG032"),
        ("issuer: vd:ubnd-a", "issuer: vd:lgsp", "KG032"),
        ("until: 2019-12-31", "until: 2019-12-32", "KG040"),
        ("date: 2017", "date: 2020/2016", "KG043"),
        ("en: Newspaper A", "en: Newspaper A\n    same_as: ['http://a b']", "KG019"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert code in {problem.code for problem in lexical(tmp_path, old, new).problems}


def test_places_follow_the_indentation(tmp_path: Path) -> None:
    text = (
        (CASE / "register" / "vd.yaml")
        .read_text("utf-8")
        .replace("\n  ", "\n      ")
        .replace("issuer: vd:ubnd-a", "issuer: vd:x", 1)
    )
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "vd.yaml").write_text(text, encoding="utf-8")
    (problem,) = load_lexicon([tmp_path]).problems
    line = text.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("issuer:")


def test_measure_or_unit_given_twice_is_told(tmp_path: Path) -> None:
    shutil.copy(FIVE / "units.yaml", tmp_path)
    shutil.copy(FIVE / "measures.yaml", tmp_path)
    found = load_lexicon([tmp_path])
    told = [(Path(p.file).name, p.line, p.code, p.fault.problem.text("en")) for p in found.problems]
    assert told == [
        ("measures.yaml", 1, "KG017", "this is a copy of the shipped measures"),
        ("units.yaml", 1, "KG017", "this is a copy of the shipped units"),
    ]


def test_a_changed_copy_is_told_in_one_line_a_file(tmp_path: Path) -> None:
    for name, extra in (
        ("units", "slug: x-y"),
        ("measures", "unit: '%', definition_vi: x, definition_en: x"),
    ):
        text = (FIVE / f"{name}.yaml").read_text("utf-8").rstrip("\n")
        text += f"\n  xY: {{vi: x, en: x, {extra}}}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = load_lexicon([tmp_path])
    assert [problem.code for problem in found.problems] == ["KG017", "KG017"]
    assert all(
        "names are already defined in" in problem.fault.problem.text("en") for problem in found.problems
    )
    assert {"xY"} <= set(found.lexicon.units) & set(found.lexicon.measures)


def test_a_single_double_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "units.yaml").write_text("units:\n  '%': {vi: x, en: x, slug: x}\n", encoding="utf-8")
    (problem,) = load_lexicon([tmp_path]).problems
    assert (problem.line, problem.column, problem.code) == (2, 3, "KG017")
    assert problem.fault.problem.text("en").startswith('"%" is already defined in ')


def test_a_copied_corpus_is_told_in_one_line_a_file(tmp_path: Path) -> None:
    shutil.copytree(FIVE, tmp_path / "copy")
    told = load_lexicon([tmp_path / "copy"]).problems
    copied = [*(tmp_path / "copy" / "register").iterdir(), *(tmp_path / "copy").glob("*.yaml")]
    assert len(told) == len(copied)
    assert {problem.fault.fix.text("en") for problem in told} == {
        "remove it: the shipped file is always loaded"
    }


def test_names_of_the_scope_win(tmp_path: Path) -> None:
    lexicon = lexical(tmp_path).lexicon
    names = NameIndex(lexicon)
    assert [e.curie for e in names.find("Ban Chỉ đạo", "vd:tinh-a")] == ["vd:bcd-1", "vd:bcd-2"]
    assert {e.curie for e in names.find("xã Tân Tiến", "vd:tinh-b")} == {"vd:xa-tan-tien"}
    assert names.find("không có", "vd:tinh-a") == ()


def test_units_that_lie_within_each_other_end(tmp_path: Path) -> None:
    lexicon = lexical(tmp_path, "within: vn:viet-nam", "within: vd:tinh-b").lexicon
    entity = lexicon.register.by_curie["vd:tinh-a"]
    assert not NameIndex(lexicon).is_inside(entity, "vd:nowhere")


@pytest.mark.parametrize(
    "number",
    [
        "464/QĐ-UBND",
        "36a/NQ-CP",
        "36-NQ/TW",
        "17/NQ-CP",
        "06/TU",
        "47/2020/NĐ-CP",
        "202/2025/QH15",
        "28/2018/QĐ-TTg",
        "2384/BTTTT-THH",
        "78/KH-UBND",
        "44/NQ-HĐND18",
        "237/NQ-UBTVQH16",
        "15/NQ-HĐND.K10",
        "3167/UBND-VX",
        "12/QĐ-UBND-HC",
        "1211/2016/UBTVQH13",
        "67/2006/QH11",
        "11/2012/TTLT-BNV-BTP",
        "07/VBHN-BTTTT",
        "03/2011/L-CTN",
        "120/QĐ-SKH&ĐT",
        "4946/VPCP-KSTT",
        "1097-CV/BTCTW",
        "05-NQ/ĐU.K12",
        "08/2018/TT-BTTTT",
        "QCVN 102:2016/BTTTT",
        "TCVN ISO/IEC 27001:2019",
    ],
)
def test_numbers_of_documents(number: str) -> None:
    assert meant_number(number) is None


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        ("464/QD-UBND", "464/QĐ-UBND"),
        ("47/2020/ND-CP", "47/2020/NĐ-CP"),
        ("44/NQ-HDND18", "44/NQ-HĐND18"),
        ("02-KH/BCDTW", "02-KH/BCĐTW"),
        ("71/NQCP", "71/NQ-CP"),  # as pages print numbers whose hyphen was lost
        ("4732/KHUBND", "4732/KH-UBND"),
        ("28/2018/QDTTg", "28/2018/QĐ-TTg"),
        ("464/QÐ-UBND", "464/QĐ-UBND"),  # U+00D0
        ("464/QĐ – UBND", "464/QĐ-UBND"),
        ("464 /QĐ - UBND", "464/QĐ-UBND"),
        ("464/QĐ\u2011UBND", "464/QĐ-UBND"),  # as Word keeps a number on one line
        ("Số 464/QĐ-UBND", "464/QĐ-UBND"),
        ("464/QĐ-UBND ngày 02/01/2017.", "464/QĐ-UBND"),
        ("50/2019/QĐ-UBND.", "50/2019/QĐ-UBND"),
        ("464/2017", "464/2017"),
        ("464/QĐ_UBND", "464/QĐ_UBND"),
        ("67/20067/QH11", "67/20067/QH11"),
        ("QĐ-464", "QĐ-464"),
        ("464", "464"),
    ],
)
def test_numbers_that_were_meant_otherwise(number: str, meant: str) -> None:
    assert meant_number(number) == meant


YAML = st.recursive(
    st.one_of(st.text("ab:-[]{}#&*!|>'\"%@ \n\t", max_size=8), st.integers()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("abkvien", max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.one_of(st.text(max_size=100), YAML.map(str), YAML.map(lambda tree: f"prefix: a\nentities: {tree}\n"))
)
def test_any_text_is_a_register_or_told(text: str) -> None:
    register, problems = read_register(text, "a.yaml")
    assert register is not None or problems
    for section in ("measures", "units"):
        listed, told = read_terms(text.replace("entities", section), "a.yaml", section)
        assert listed or told or section in text.replace("entities", section)


def test_a_class_is_suggested_that_entries_may_have(tmp_path: Path) -> None:
    (problem,) = lexical(tmp_path, "kind: Department", "kind: Statuss").problems
    assert problem.code == "KG019"
    assert "Status" not in problem.fault.fix.text("en")
