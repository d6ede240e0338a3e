"""Publishing: one pointer moves at the end; a failure on the way changes nothing, and a damage is mended."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from egovkg.errors import BuildError, InputError, StoreError
from egovkg.graph.publish import MANIFEST_FORMAT, Version, building, open_published, publish, published
from egovkg.loaders.pipeline.build import Built, build

CASE = Path(__file__).parents[1] / "cases" / "errors" / "25-no-year"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASE, tmp_path / "corpus"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def changed(corpus: Path, words: str) -> None:
    path = corpus / "articles" / "a.kg.md"
    path.write_text(path.read_text("utf-8").replace("nền tảng riêng", words), encoding="utf-8")


def assert_intact(home: Path, before: Built) -> None:
    assert published(home) == before.version
    assert before.version.is_readable()
    assert len(open_published(home)) > 0
    assert not list((home / "versions").glob(".staging*"))


def test_nothing_published(home: Path) -> None:
    assert published(home) is None
    with pytest.raises(StoreError, match='run "egovkg build" for '):
        open_published(home)


@pytest.mark.parametrize("pointer", [b"", b"nowhere\n", b"../../etc\n", b"\xff\xfe", b"a\x00b"])
def test_a_pointer_that_leads_nowhere_is_no_version(corpus: Path, home: Path, pointer: bytes) -> None:
    build([corpus], home)
    (home / "current").write_bytes(pointer)
    assert published(home) is None
    assert build([corpus], home).changed
    assert published(home) is not None


@pytest.mark.parametrize("damage", ["manifest", "tables", "store", "quads"])
def test_a_damaged_version_is_built_again(corpus: Path, home: Path, damage: str) -> None:
    first = build([corpus], home)
    dump = first.version.open().dump()
    folder = first.version.folder
    if damage == "manifest":
        (folder / "manifest.json").write_text("{", encoding="utf-8")
        with pytest.raises(StoreError, match="damaged manifest"):
            first.version.manifest()
    elif damage == "tables":
        for path in (folder / "store").glob("*.sst"):
            path.unlink()
        with pytest.raises(StoreError, match=r'damaged .* run "egovkg build"') as caught:
            open_published(home)
        assert "\n" not in str(caught.value)
    elif damage == "store":
        shutil.rmtree(folder / "store")
    else:
        shutil.rmtree(folder / "quads")
    again = build([corpus], home)
    assert again.read == 1
    assert again.version.is_readable()
    assert open_published(home).dump() == dump


def test_a_waiting_build_leaves_the_running_one_alone(home: Path) -> None:
    with building(home) as staging:
        waits: list[str] = []
        process = str(os.getpid())
        refused = pytest.raises(BuildError, match=rf"another build \(process {process}\) is still running")
        with refused, building(home, wait_seconds=0.1, on_wait=waits.append):
            pass
        assert waits == [process]
        assert staging.is_dir()
    assert not staging.exists()


def test_a_build_waits_for_one_that_ends(home: Path) -> None:
    waits: list[str] = []

    def hold(process: str) -> None:
        waits.append(process)
        running.close()

    running = ExitStack()
    running.enter_context(building(home))
    with building(home, on_wait=hold) as staging:
        assert staging.is_dir()
    assert len(waits) == 1


def test_folders_of_others_beside_the_versions_stay(corpus: Path, home: Path) -> None:
    photos = home / "versions" / "photos"
    photos.mkdir(parents=True)
    for words in ("nền tảng riêng một", "nền tảng riêng hai", "nền tảng riêng ba"):
        changed(corpus, words)
        build([corpus], home)
    assert photos.is_dir()
    assert len(list((home / "versions").iterdir())) == 3


def test_what_a_killed_build_left_is_removed(corpus: Path, home: Path) -> None:
    left = home / "versions" / ".staging-1"
    left.mkdir(parents=True)
    (left / "manifest.json").write_text(json.dumps({"format": MANIFEST_FORMAT}), encoding="utf-8")
    build([corpus], home)
    assert not left.exists()


def test_the_same_content_is_the_same_version(corpus: Path, home: Path) -> None:
    first = build([corpus], home)
    changed(corpus, "nền tảng khác")
    second = build([corpus], home)
    shutil.copytree(CASE / "articles", corpus / "articles", dirs_exist_ok=True)
    third = build([corpus], home)
    assert first.version == third.version != second.version
    assert published(home) == first.version


def test_a_copy_of_an_article_is_told(corpus: Path, home: Path) -> None:
    build([corpus], home)
    shutil.copy(corpus / "articles" / "a.kg.md", corpus / "articles" / "b.kg.md")
    with pytest.raises(InputError, match=r"b\.kg\.md:3:1 KG015 .*a\.kg\.md:3"):
        build([corpus], home)


def test_an_article_that_cannot_be_read_is_named(corpus: Path, home: Path) -> None:
    before = build([corpus], home)
    (corpus / "articles" / "b.kg.md").mkdir()
    with pytest.raises(InputError, match=r"b\.kg\.md:1:1 KG008 this is a folder, not a file"):
        build([corpus], home)
    assert_intact(home, before)


def tried(corpus: Path, home: Path) -> tuple[bool, str]:
    """Build; tell whether it went well, or else what was said."""
    try:
        build([corpus], home)
    except BuildError as error:
        return False, str(error)
    return True, ""


STEPS = ("write_bytes", "write_text", "rename", "replace", "mkdir")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("turn", [1, 3])
def test_a_full_disk_changes_nothing(
    corpus: Path, home: Path, monkeypatch: pytest.MonkeyPatch, step: str, turn: int
) -> None:
    before = build([corpus], home)
    changed(corpus, "nền tảng khác")
    calls = 0
    real = getattr(Path, step)

    def full(self: Path, *given: object, **named: object) -> object:
        nonlocal calls
        calls += self.is_relative_to(home)
        if self.is_relative_to(home) and calls == turn:
            raise OSError(28, "No space left on device")
        return real(self, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, full)
        done, said = tried(corpus, home)
    assert done is (calls < turn), f"{step} failed, and the build went on"
    if done:
        return
    assert "KG099 cannot write (No space left on device)" in said
    assert "nothing was changed" in said
    assert "\n" not in said
    assert_intact(home, before)
    assert build([corpus], home).changed


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("limit", [0, 4096, 60_000, 300_000])
def test_files_that_cannot_grow_change_nothing(corpus: Path, home: Path, limit: int) -> None:
    before = build([corpus], home)
    dump = before.version.open().dump()
    changed(corpus, "nền tảng khác")
    code = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "from egovkg.cli import main\n"
        f"main(['build', '--lang', 'en', '--corpus', {str(corpus)!r}, '-o', {str(home)!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=corpus
    )
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "nothing was changed" in done.stderr
    assert published(home) == before.version
    assert open_published(home).dump() == dump
    assert build([corpus], home).changed


def test_a_read_only_folder_is_one_clear_line(corpus: Path, home: Path) -> None:
    home.mkdir(mode=0o500)
    if os.access(home, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(BuildError, match="KG099 cannot write"):
        build([corpus], home)


def test_a_folder_is_made_where_it_is_missing(corpus: Path, tmp_path: Path) -> None:
    assert build([corpus], tmp_path / "a" / "b" / "home").changed


def test_the_pointer_moves_last(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with building(home) as staging:
        (staging / "manifest.json").write_text(json.dumps({"format": MANIFEST_FORMAT}), encoding="utf-8")
        (staging / "store").mkdir()

        def broken(*_: object) -> None:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(os, "fsync", broken)
        with pytest.raises(OSError, match="Input/output error"):
            publish(home, staging, "v1")
    monkeypatch.undo()
    assert published(home) is None
    assert not Version(home / "versions" / "v1").is_readable()


def test_a_large_store_is_read_whole_before_a_build_is_spared(
    corpus: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader compares no checksums of a large store; a build does, and mends it."""
    monkeypatch.setattr("egovkg.graph.store_files._QUICK_BYTES", 0)
    version = build([corpus], home).version
    table = max((version.folder / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    version.check()
    assert not version.is_readable()
    assert build([corpus], home).version.is_readable()


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names of any bytes")
def test_a_file_name_that_is_no_text_can_be_told_and_kept(corpus: Path, home: Path) -> None:
    name = os.fsdecode(b"\xff.kg.md")
    (corpus / "articles" / "a.kg.md").rename(corpus / "articles" / name)
    built = build([corpus], home)
    assert "\\xff.kg.md:" in str(built.problems[0])
    assert build([corpus], home).changed is False


def test_a_worker_that_is_killed_changes_nothing(
    corpus: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build([corpus], home)
    changed(corpus, "nền tảng khác")
    monkeypatch.setattr("egovkg.loaders.pipeline.preparation.POOL_FROM", 1)
    monkeypatch.setattr("egovkg.loaders.pipeline.preparation._start_worker", os._exit)
    with pytest.raises(BuildError, match="nothing was changed"):
        build([corpus], home)
    assert_intact(home, before)
