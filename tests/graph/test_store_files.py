"""The files of a store: what does not equal their record is told, and what is read is not removed."""

from __future__ import annotations

import gc
import json
import sys
from typing import TYPE_CHECKING

import pytest
from egovkg.errors import StoreError
from egovkg.graph.publish import Version, open_published, published
from egovkg.graph.store_files import damaged_file
from egovkg.tests.service.raw_client import publish_quads

if TYPE_CHECKING:
    from pathlib import Path

QUADS = b"".join(b"<urn:s%d> <urn:p> <urn:o> <urn:g> .\n" % at for at in range(100))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish_quads(tmp_path, QUADS)
    version = published(tmp_path)
    assert version is not None
    return version.folder


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def largest_table(folder: Path) -> Path:
    return max((folder / "store").glob("*.sst"), key=lambda path: path.stat().st_size)


def test_what_was_published_is_whole(folder: Path) -> None:
    assert damaged_file(folder) is None
    assert damaged_file(folder, is_thorough=True) is None
    assert len(Version(folder).open()) == 100


@pytest.mark.parametrize("damage", ["flip", "cut", "remove", "fill"])
def test_a_damaged_file_is_named_before_the_engine_reads_it(folder: Path, damage: str) -> None:
    table = largest_table(folder)
    if damage == "flip":
        flip(table)
    elif damage == "cut":
        table.write_bytes(table.read_bytes()[:-7])
    elif damage == "remove":
        table.unlink()
    else:
        table.write_bytes(bytes(table.stat().st_size))
    with pytest.raises(StoreError, match=rf"damaged \(store/{table.name}\) — run \"egovkg build\""):
        Version(folder).open()


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"a": 1}', '{"../../x": [1, 2]}', None])
def test_a_record_that_says_nothing_is_a_damage(folder: Path, record: str | None) -> None:
    if record is None:
        (folder / "store" / "files.json").unlink()
    else:
        (folder / "store" / "files.json").write_text(record, encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        Version(folder).open()


@pytest.mark.parametrize("manifest", ['{"format": 99, "egovkg": "9.0"}', "{}", "", "[[[", "[]"])
def test_a_version_of_another_release_is_not_read(folder: Path, manifest: str) -> None:
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(StoreError, match='run "egovkg build"'):
        Version(folder).open()


@pytest.mark.parametrize("pointer", ["..", "../versions/0123456789abcdef", ".hidden", "/etc", "a b"])
def test_a_pointer_names_a_folder_of_a_version(folder: Path, pointer: str) -> None:
    home = folder.parents[1]
    (home / "current").write_text(pointer, encoding="utf-8")
    assert published(home) is None


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_a_version_that_is_read_stays(tmp_path: Path) -> None:
    publish_quads(tmp_path, QUADS, "a1")
    reader = open_published(tmp_path)
    for name in ("a2", "a3", "a4"):
        publish_quads(tmp_path, QUADS, name)
    versions = tmp_path / "versions"
    assert {path.name for path in versions.iterdir()} == {"a1", "a3", "a4"}
    assert len(reader) == 100
    del reader
    gc.collect()
    publish_quads(tmp_path, QUADS, "a5")
    assert {path.name for path in versions.iterdir()} == {"a4", "a5"}


def test_the_record_is_the_same_for_the_same_files(folder: Path) -> None:
    record = json.loads((folder / "store" / "files.json").read_text(encoding="utf-8"))
    assert {*record, "files.json"} == {path.name for path in (folder / "store").iterdir()}
    assert all(size == (folder / "store" / name).stat().st_size for name, (size, _) in record.items())
