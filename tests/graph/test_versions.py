"""Versions: their list with sources and program, their names, and how many of them builds leave behind."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.errors import StoreError
from egovkg.graph.publish import Version, open_published, published, remove_old_versions
from egovkg.graph.store_files import Lease
from egovkg.graph.versions import describe_versions, find_version, list_versions, retain_versions
from egovkg.loaders.pipeline.build import build

CASE = Path(__file__).parents[1] / "cases" / "errors" / "25-no-year"


def build_reworded(folder: Path, words: str) -> str:
    """Build the corpus of a folder after its sentence was reworded, and return the name of the version."""
    corpus, article = folder / "corpus", folder / "corpus" / "articles" / "a.kg.md"
    if not corpus.exists():
        shutil.copytree(CASE, corpus)
    text = (CASE / "articles" / "a.kg.md").read_text("utf-8")
    article.write_text(text.replace("nền tảng riêng", words), encoding="utf-8")
    return build([corpus], folder / "home").version.name


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder that retains all versions, with three of them; their names, the oldest first."""
    folder = tmp_path_factory.mktemp("versions")
    first = build_reworded(folder, "nền tảng một")
    assert retain_versions(folder / "home", None) == ()
    return folder, [first, *(build_reworded(folder, f"nền tảng {words}") for words in ("hai", "ba"))]


def run(home: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*words, "--lang", "en"], env={"EGOVKG_HOME": str(home)})
    return result.exit_code, result.stdout, result.stderr


def test_versions_are_listed_latest_first_with_sources_and_program(three: tuple[Path, list[str]]) -> None:
    folder, names = three
    code, output, _ = run(folder / "home", "versions", "--format", "json")
    records = json.loads(output)
    assert code == 0
    assert [record["version"] for record in records] == names[::-1]
    assert [record["current"] for record in records] == [True, False, False]
    assert {record["program"] for record in records} == {"0.1.0"}
    assert [[source["id"] for source in record["sources"]] for record in records] == [["a"]] * 3
    assert len({record["sources"][0]["digest"] for record in records}) == 3
    assert records[0]["sources"][0] | {"digest": ""} == {
        "id": "a",
        "title": "Bài mẫu",
        "published": "2021-06-30",
        "file": "articles/a.kg.md",
        "digest": "",
        "claims": 1,
        "figures": 0,
    }


def test_a_version_is_found_by_name_beginning_or_place(three: tuple[Path, list[str]]) -> None:
    home, names = three[0] / "home", three[1]
    assert [version.name for version in list_versions(home)] == names[::-1]
    for name, version in ((names[0], 0), (names[0][:6], 0), ("current", 2), ("previous", 1)):
        assert find_version(home, name) == Version(home / "versions" / names[version]), name
    assert find_version(home, names[0][:3]) is None
    assert find_version(home, "nowhere") is None


def test_names_that_begin_alike_are_refused(tmp_path: Path) -> None:
    for name in ("abcd1", "abcd2", "abcd"):
        folder = tmp_path / "versions" / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}", encoding="utf-8")
    assert find_version(tmp_path, "abcd") == Version(tmp_path / "versions" / "abcd")
    shutil.rmtree(tmp_path / "versions" / "abcd")
    with pytest.raises(StoreError, match='several versions begin with "abcd": '):
        find_version(tmp_path, "abcd")


def test_every_version_is_read_like_the_folder_of_a_graph(
    three: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, names = three[0] / "home", three[1]
    for name, words in zip(names, ("một", "hai", "ba"), strict=True):
        code, output, errors = run(home, "facts", "--graph", name[:8], "--format", "json")
        assert code == 0, errors
        assert f"nền tảng {words}" in json.loads(output)[0]["evidence"]
    folder = home / "versions" / names[0]
    assert published(folder) == Version(folder)
    monkeypatch.chdir(folder)
    assert published(Path()) == Version(folder)
    assert len(open_published(Path())) > 0


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """A folder with five versions that hold nothing but a manifest; `v5` is the published one."""
    for number in range(1, 6):
        folder = tmp_path / "versions" / f"v{number}"
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text('{"egovkg": "0.0.9", "format": 0}', encoding="utf-8")
        os.utime(folder / "manifest.json", (number, number))
    (tmp_path / "current").write_text("v5\n", encoding="utf-8")
    return tmp_path


def names_in(home: Path) -> list[str]:
    return [version.name for version in list_versions(home)]


def test_as_many_versions_stay_as_were_set(five: Path) -> None:
    _, output, talk = run(five, "versions", "--keep", "3", "--format", "csv")
    assert talk.splitlines() == [
        "builds leave 3 versions in place, the current one included",
        "2 versions removed: v2, v1",
    ]
    assert len(output.splitlines()) == 4
    assert names_in(five) == ["v5", "v4", "v3"]
    assert remove_old_versions(five, "v5") == ()  # what a build does at its end
    assert retain_versions(five, None) == ()
    assert retain_versions(five, 1) == ("v4", "v3")


@pytest.mark.parametrize(("setting", "count"), [("", 2), ("many", 2), ("0", 1), ("4", 4), ("all", 5)])
def test_a_setting_that_is_no_number_is_the_default(five: Path, setting: str, count: int) -> None:
    (five / "retained").write_text(setting, encoding="utf-8")
    remove_old_versions(five, "v5")
    assert len(names_in(five)) == count


@pytest.mark.skipif(sys.platform == "win32", reason="no locks")
def test_a_version_that_is_read_is_not_removed(five: Path) -> None:
    lease = Lease(five / "versions" / "v2")
    assert retain_versions(five, 1) == ("v4", "v3", "v1")
    del lease
    assert retain_versions(five, 1) == ("v2",)


def test_content_that_is_published_again_is_the_latest_version(
    three: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(three[0], tmp_path / "copy"))
    assert build_reworded(folder, "nền tảng một") == three[1][0]
    assert names_in(folder / "home") == [three[1][0], three[1][2], three[1][1]]
    assert find_version(folder / "home", "previous") == Version(folder / "home" / "versions" / three[1][2])


def test_a_version_of_another_release_is_listed_as_such(five: Path) -> None:
    assert {(record.program, record.is_readable) for record in describe_versions(five)} == {("0.0.9", False)}
    assert run(five, "versions")[1].count("of another release") == 5


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("versions", "nowhere"), 'no version "nowhere" — there are: '),
        (("versions", "--keep", "0"), "0 is no number of versions — write a number from 1 on, or all"),
    ],
)
def test_wrong_use(three: tuple[Path, list[str]], words: tuple[str, ...], fault: str) -> None:
    code, _, errors = run(three[0] / "home", *words)
    assert code == 2
    assert fault in errors


def test_no_graph_has_no_versions(tmp_path: Path) -> None:
    code, _, errors = run(tmp_path, "versions")
    assert code == 1
    assert "no graph was published here" in errors
