"""The standard cast of a province: names that every article may use, before and after the reform of 2025."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from egovkg.cli import main
from egovkg.errors import EntityError, InputError
from egovkg.loaders.authoring import new_cast, provincial_cast
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.register.lexicon import Lexicon

ARTICLE = """---
kg: 1
article: a-{year}
title: Bài thử
publisher: langson:so-noi-vu{suffix}
published: {year}-01-01
scope: vn:lang-son{suffix}
---

## d1

[LGSP]() do [Sở KH&CN]() vận hành, [UBND tỉnh]() giao [các sở, ban, ngành]() dùng.

> The department runs the LGSP, as told by the People's Committee.

```claims
langson:lgsp{suffix} operatedBy langson:so-khcn{suffix}
langson:lgsp{suffix} connectsTo nat:nen-tang-quoc-gia {{status: planned}}
```
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon([]).lexicon


def test_the_casts_of_provinces_stand_side_by_side(tmp_path: Path, lexicon: Lexicon) -> None:
    provinces = [entity for entity in lexicon.register.entities if entity.kind == "Province"]
    names = sorted({entity.values["short"] for entity in provinces})
    assert (len(provinces), len(names)) == (97, 64)  # Thừa Thiên Huế is called Huế since 2025
    folder = tmp_path / "register"
    folder.mkdir()
    casts = [provincial_cast(lexicon, name) for name in names[::8]]
    for cast in casts:
        (folder / f"{cast.prefix}.yaml").write_text(cast.text, encoding="utf-8")
    loaded = load_lexicon([tmp_path])
    assert loaded.problems == ()
    written = sum(cast.entries for cast in casts)
    assert len(loaded.lexicon.register.entities) == len(lexicon.register.entities) + written
    assert len(casts) == 8


@pytest.mark.parametrize(
    "name", ["Lạng Sơn", "lang son", "LANG SON", "tỉnh Lạng Sơn", "vn:lang-son", "Lạng Sơn "]
)
def test_the_name_may_be_typed_in_several_ways(lexicon: Lexicon, name: str) -> None:
    assert provincial_cast(lexicon, name) == provincial_cast(lexicon, "Lạng Sơn")


def test_both_periods_have_their_bodies(lexicon: Lexicon) -> None:
    text = provincial_cast(lexicon, "Lạng Sơn").text
    for line in (
        "\n  so-tttt:\n    kind: Department\n",
        "\n    vi: Sở Thông tin và Truyền thông tỉnh Lạng Sơn (đến 2025-06-30)\n",
        "\n    en: Department of Science and Technology of Lang Son Province (since 2025-07-01)\n",
        "\n  ubnd-cap-huyen:\n",
        "#   nat:nen-tang-quoc-gia  Nền tảng tích hợp, chia sẻ dữ liệu quốc gia / ",
    ):
        assert line in text
    assert "so-tttt-2025:" not in text
    assert "ubnd-cap-huyen-2025:" not in text


def test_a_city_has_another_party_committee_and_communes_their_centres(lexicon: Lexicon) -> None:
    entries = yaml.safe_load(provincial_cast(lexicon, "Hải Phòng").text)["entities"]
    assert entries["cong-an"]["vi"] == "Công an thành phố Hải Phòng (đến 2025-06-30)"
    assert "tinh-uy" not in entries or entries["tinh-uy"]["vi"].startswith("Thành uỷ Hải Phòng")
    assert entries["tinh-uy-2025"]["vi"] == "Thành uỷ Hải Phòng (từ 2025-07-01)"
    assert "Thành ủy" in entries["tinh-uy-2025"]["aliases"]
    assert "mot-cua-cap-xa" in entries
    assert "mot-cua-cap-xa-2025" not in entries
    assert entries["trung-tam-hcc-cap-xa-2025"]["kind"] == "BodyGroup"
    assert "trung-tam-hcc-cap-xa" not in entries


def test_a_province_that_ended_names_its_successor(lexicon: Lexicon) -> None:
    cast = provincial_cast(lexicon, "Bắc Giang")
    assert "vn:bac-ninh-2025" in cast.text.partition("prefix:")[0]
    assert "-2025:" not in cast.text


def test_a_renamed_province_is_found_by_both_names(lexicon: Lexicon) -> None:
    assert provincial_cast(lexicon, "Thừa Thiên Huế") == provincial_cast(lexicon, "hue")


def test_what_a_province_has_is_not_named_by_a_later_rank(lexicon: Lexicon) -> None:
    entries = yaml.safe_load(provincial_cast(lexicon, "Quảng Ninh").text)["entities"]
    labels = [entry[lang] for entry in entries.values() for lang in ("vi", "en")]
    assert "UBND Quảng Ninh (từ 2025-07-01)" in labels
    assert not [label for label in labels if "2026" in label]


def test_names_of_other_registers_are_not_repeated(lexicon: Lexicon) -> None:
    cast = provincial_cast(lexicon, "Tuyên Quang")
    assert {"tq:ubnd-tinh", "tq:lgsp", "tq:qlvb"} <= set(cast.omitted)
    assert "#   tq:lgsp  " in cast.text
    assert "\n  lgsp:\n" not in cast.text
    assert "\n  lgsp-2025:\n" in cast.text


def test_an_unknown_name_gives_similar_ones(lexicon: Lexicon) -> None:
    with pytest.raises(EntityError) as caught:
        provincial_cast(lexicon, "Lạng Sn")
    assert caught.value.candidates[0] == "Lạng Sơn"
    for name in ("", " ", "Atlantis"):
        with pytest.raises(EntityError):
            provincial_cast(lexicon, name)


def test_a_name_of_two_provinces_gives_both(tmp_path: Path) -> None:
    (tmp_path / "register").mkdir()
    own = "prefix: x\nentities: {a: {kind: Province, vi: Tỉnh khác, en: Another, aliases: [Lạng Sơn]}}\n"
    (tmp_path / "register" / "x.yaml").write_text(own, encoding="utf-8")
    with pytest.raises(EntityError) as caught:
        new_cast("Lạng Sơn", tmp_path)
    assert caught.value.ambiguous
    assert "Tỉnh khác" in caught.value.candidates


def test_a_second_run_changes_nothing_and_edits_are_kept(tmp_path: Path) -> None:
    path, _, is_written = new_cast("Lạng Sơn", tmp_path)
    assert (path.name, is_written) == ("langson.yaml", True)
    assert new_cast("lang son", tmp_path)[2] is False
    path.write_text(path.read_text("utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(InputError, match="KG018"):
        new_cast("Lạng Sơn", tmp_path)
    assert path.read_text("utf-8").endswith("# mine\n")


@pytest.mark.parametrize("prefix", ["nat", "code", "../x", "x-y"])
def test_a_prefix_that_cannot_be_used(tmp_path: Path, prefix: str) -> None:
    with pytest.raises(InputError, match="KG018"):
        new_cast("Lạng Sơn", tmp_path, prefix)
    assert list(tmp_path.iterdir()) == []


def test_articles_of_both_periods_name_the_cast_by_its_words(tmp_path: Path) -> None:
    new_cast("Lạng Sơn", tmp_path)
    (tmp_path / "articles").mkdir()
    for year, suffix in ((2020, ""), (2026, "-2025")):
        text = ARTICLE.format(year=year, suffix=suffix)
        (tmp_path / "articles" / f"a-{year}.kg.md").write_text(text, encoding="utf-8")
    assert check([tmp_path]) == ()


def test_the_verb_takes_a_province_or_an_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path)
    assert run(["new", "--province", "lang son", "-o", folder]) == 0
    assert capsys.readouterr().out == f"{folder}/register/langson.yaml\n"
    assert run(["new", "--province", "nowhere at all", "-o", folder]) == 1
    assert run(["new", "x", "--province", "Huế", "-o", folder]) == 2


def run(words: list[str]) -> int:
    try:
        main(words)
    except SystemExit as end:
        return int(str(end.code or 0))
    return 0
