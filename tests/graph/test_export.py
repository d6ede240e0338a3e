"""Exported files hold the version, whole and the same each time."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.errors import ExportError
from egovkg.graph import export as module
from egovkg.graph import parquet, partition_files
from egovkg.graph.export import FORMS, MANIFEST, PARTITIONINGS, export, kind_of
from egovkg.graph.publish import Version
from egovkg.loaders.pipeline.build import build
from egovkg.tests.corpora.folders import FIVE


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def quad(row: dict[str, str | None]) -> ox.Quad:
    """Read a row of Parquet by the rule that the documents state."""
    text, kind, lang = str(row["object"]), row["datatype"], row["language"]
    target: ox.NamedNode | ox.Literal = ox.NamedNode(text) if kind is None else ox.Literal(text)
    if kind is not None:
        target = (
            ox.Literal(text, language=lang) if lang else ox.Literal(text, datatype=ox.NamedNode(str(kind)))
        )
    nodes = [ox.NamedNode(str(row[name])) for name in ("subject", "predicate", "graph")]
    return ox.Quad(nodes[0], nodes[1], target, nodes[2])


def read_back(folder: Path, form: str) -> list[ox.Quad]:
    if form == "nquads":
        return [
            one
            for path in folder.glob("*/*.nq")
            for one in ox.parse(path.read_bytes(), format=ox.RdfFormat.N_QUADS)
        ]
    paths = folder.glob("*/*.parquet")
    return [quad(row) for path in paths for row in pq.ParquetFile(path).read().to_pylist()]


@pytest.mark.parametrize("by", PARTITIONINGS)
@pytest.mark.parametrize("form", FORMS)
def test_the_files_hold_the_version_and_nothing_else(
    form: str, by: str, version: Version, tmp_path: Path
) -> None:
    done = export(version, tmp_path / "out", form=form, by=by)
    read = read_back(tmp_path / "out", form)
    wanted = set(version.open().quads())
    assert (set(read), len(read)) == (wanted, len(wanted))  # each once
    assert done.quads == len(wanted)
    named = json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))
    assert sorted(named["files"]) == sorted(contents(tmp_path / "out").keys() - {MANIFEST})
    assert named["partitions"] == done.partitions


def test_partitions_are_kinds_of_graphs(version: Version, tmp_path: Path) -> None:
    done = export(version, tmp_path / "out")
    counts = Counter(f"kind={kind_of(one.graph_name.value)}" for one in version.open().quads())  # type: ignore[union-attr]
    assert done.partitions == counts
    assert {"kind=article", "kind=edges", "kind=inferred", "kind=register"} <= counts.keys()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_version_gives_the_same_bytes(form: str, version: Version, tmp_path: Path) -> None:
    build([FIVE], tmp_path / "other")
    (other,) = [path for path in (tmp_path / "other" / "versions").iterdir() if path.is_dir()]
    export(version, tmp_path / "a", form=form, by="predicate")
    export(Version(other), tmp_path / "b", form=form, by="predicate")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.parametrize("form", FORMS)
def test_large_partitions_are_cut_into_files(
    form: str, version: Version, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for writers in (partition_files, parquet):
        monkeypatch.setattr(writers, "QUADS_PER_FILE", 3000)
    monkeypatch.setattr(parquet, "ROW_GROUP", 1000)
    monkeypatch.setattr(module, "_BATCH_BYTES", 1 << 20)
    done = export(version, tmp_path / "out", form=form)
    articles = done.partitions["kind=article"]
    assert len([name for name in done.files if name.startswith("kind=article/")]) == -(-articles // 3000)
    assert set(read_back(tmp_path / "out", form)) == set(version.open().quads())


def test_an_export_is_replaced_whole(version: Version, tmp_path: Path) -> None:
    export(version, tmp_path / "out", by="predicate")
    done = export(version, tmp_path / "out", by="kind")
    assert contents(tmp_path / "out").keys() == {*done.files, MANIFEST}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_other_peoples_files_are_left_alone(version: Version, tmp_path: Path) -> None:
    export(version, tmp_path / "out")
    (tmp_path / "out" / "kind=article" / "notes.txt").write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(ExportError, match=r"notes\.txt"):
        export(version, tmp_path / "out")
    assert contents(tmp_path) == before
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="is a file"):
        export(version, tmp_path / "file")


def test_a_failed_export_leaves_the_last_one(
    version: Version, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(version, tmp_path / "out")
    before = contents(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(partition_files.NQuadsWriter, "add", full)
    with pytest.raises(OSError, match="No space"):
        export(version, tmp_path / "out", by="predicate")
    assert contents(tmp_path) == before


def test_without_pyarrow_the_user_is_told_what_to_install(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    words = ["export", "--as", "parquet", "-o", str(tmp_path / "out"), "--graph", str(home)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert 'pip install "egovkg[parquet]"' in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("lang", "words"), [("vi", "bộ bốn vào"), ("en", "quads in")])
def test_the_verb_tells_what_it_wrote(lang: str, words: str, home: Path, tmp_path: Path) -> None:
    options = ["--graph", str(home), "--lang", lang, "--format", "json"]
    done = CliRunner().invoke(main, ["export", "-o", str(tmp_path / "out"), *options])
    assert done.exit_code == 0
    assert words in done.stderr
    listed = {row["partition"]: row["quads"] for row in json.loads(done.stdout)}
    named = json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))
    assert listed == named["partitions"]


def test_a_folder_without_graph_is_told(tmp_path: Path) -> None:
    words = ["export", "-o", str(tmp_path / "out"), "--graph", str(tmp_path)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "egovkg build" in done.stderr


def test_unknown_forms_are_refused(version: Version, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="forms are nquads, parquet"):
        export(version, tmp_path / "out", form="csv")
