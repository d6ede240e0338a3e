"""The arrays of a network are kept beside their version, and made anew where they do not fit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from egovkg.graph.network import cache as network_cache
from egovkg.graph.network.cache import network_of
from egovkg.graph.network.network import (
    EdgeKey,
    Network,
)
from egovkg.graph.publish import Version, published
from egovkg.loaders.pipeline.build import build
from egovkg.tests.corpora.folders import FIVE


class TestCache:
    @pytest.fixture
    def copy(self, version: Version, tmp_path: Path) -> Version:
        """The version in another place, with nothing kept in this process."""
        shutil.copytree(version.folder, tmp_path / version.name)
        shutil.rmtree(tmp_path / version.name / network_cache.FOLDER, ignore_errors=True)
        return Version(tmp_path / version.name)

    @staticmethod
    def fresh(version: Version) -> list[EdgeKey]:
        network_cache._memory_slot.cache_clear()
        return network_of(version).edges()

    def test_reading_gives_what_was_made(self, copy: Version) -> None:
        made = self.fresh(copy)
        kept = copy.folder / network_cache.FOLDER / "stated.npz"
        assert kept.is_file()
        stamp = kept.stat().st_mtime_ns
        assert self.fresh(copy) == made
        assert kept.stat().st_mtime_ns == stamp

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: b"",
            lambda data: data[: len(data) // 2],
            lambda data: b"no arrays at all",
            lambda data: data[:60] + bytes(200) + data[260:],
        ],
        ids=["empty", "half", "text", "holes"],
    )
    def test_a_damaged_file_is_made_anew(self, copy: Version, spoil: Callable[[bytes], bytes]) -> None:
        made = self.fresh(copy)
        kept = copy.folder / network_cache.FOLDER / "stated.npz"
        kept.write_bytes(spoil(kept.read_bytes()))
        assert self.fresh(copy) == made

    def test_the_arrays_of_another_version_are_not_used(self, copy: Version, tmp_path: Path) -> None:
        made = self.fresh(copy)
        kept = copy.folder / network_cache.FOLDER / "stated.npz"
        other = Network.from_edges([("urn:a", "hostedOn", "urn:b", "stated")])
        network_cache._write(tmp_path / "other", other, "stated")
        assert not (tmp_path / "other").exists()
        (tmp_path / "other").mkdir()
        network_cache._write(tmp_path / "other", other, "stated")
        shutil.copy(tmp_path / "other" / network_cache.FOLDER / "stated.npz", kept)
        assert self.fresh(copy) == made

    def test_another_format_is_not_used(self, copy: Version, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fresh(copy)
        kept = copy.folder / network_cache.FOLDER / "stated.npz"
        before = kept.read_bytes()
        monkeypatch.setattr(network_cache, "FORMAT", network_cache.FORMAT + 1)
        self.fresh(copy)
        assert kept.read_bytes() != before

    def test_a_build_with_other_content_has_other_arrays(self, tmp_path: Path) -> None:
        folder, home = tmp_path / "corpus", tmp_path / "home"
        shutil.copytree(FIVE / "articles", folder / "articles")
        build([folder], home)
        first = published(home)
        assert first
        before = self.fresh(first)
        path = folder / "articles" / "binh-phuoc-2020.kg.md"
        line = "bp:qlvb  connectsTo      nat:truc-van-ban"
        text = path.read_text("utf-8")
        assert line in text
        path.write_text(text.replace(line, "bp:qlvb  usesDataOf      nat:truc-van-ban"), "utf-8")
        build([folder], home)
        second = published(home)
        assert second
        assert second.name != first.name
        after = network_of(second).edges()
        assert {edge[1] for edge in set(after) - set(before)} == {"usesDataOf"}
