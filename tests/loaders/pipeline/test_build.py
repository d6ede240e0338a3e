"""The build: deterministic, incremental, atomic."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from egovkg.errors import BuildError, InputError
from egovkg.graph.publish import MANIFEST_FORMAT, building, open_published, published
from egovkg.loaders.faults.report import as_text
from egovkg.loaders.pipeline.build import build
from egovkg.tests.corpora.folders import FIVE
from egovkg.words import languages

CASE = Path(__file__).parents[2] / "cases" / "errors" / "25-no-year"
ARTICLE = Path("articles") / "a.kg.md"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give a small corpus with one sound article that is warned of."""
    return Path(shutil.copytree(CASE, tmp_path / "corpus"))


def reworded(corpus: Path, words: str) -> None:
    path = corpus / ARTICLE
    path.write_text(path.read_text("utf-8").replace("nền tảng riêng", words), encoding="utf-8")


def second(corpus: Path) -> None:
    text = (corpus / ARTICLE).read_text("utf-8").replace("article: a\n", "article: b\n")
    (corpus / "articles" / "b.kg.md").write_text(text, encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    """Read the lossless record of a version: all its files but those of the engine."""
    paths = [path for path in folder.rglob("*") if path.is_file() and "store" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_same_input_same_bytes(tmp_path: Path) -> None:
    one = build([FIVE], tmp_path / "one")
    other = build([FIVE], tmp_path / "other")
    assert one.version.name == other.version.name
    assert files(one.version.folder) == files(other.version.folder)
    assert one.version.open().dump() == other.version.open().dump()


def test_store_holds_exactly_the_recorded_quads(corpus: Path, tmp_path: Path) -> None:
    version = build([corpus], tmp_path / "home").version
    record = files(version.folder)
    names = (
        "ontology.nq",
        "reference.nq",
        "register.nq",
        "catalogue.nq",
        "edges.nq",
        "inferred.nq",
        "quads/a.nq",
    )
    lines = [line for name in names for line in record[name].splitlines(keepends=True)]
    assert version.open().dump() == b"".join(sorted(lines))


def test_unchanged_article_is_not_read_again(corpus: Path, tmp_path: Path) -> None:
    second(corpus)
    first = build([corpus], tmp_path / "home")
    again = build([corpus], tmp_path / "home")
    assert (first.read, first.reused, first.changed) == (2, 0, True)
    assert (again.read, again.reused, again.changed) == (0, 2, False)
    for lang in languages():  # the warnings of a reused article are still reported
        assert as_text(again.problems, lang) == as_text(first.problems, lang) != ""
    assert again.account == first.account


def test_incremental_build_equals_full_build(corpus: Path, tmp_path: Path) -> None:
    second(corpus)
    build([corpus], tmp_path / "home")
    reworded(corpus, "nền tảng khác")
    changed = build([corpus], tmp_path / "home")
    full = build([corpus], tmp_path / "fresh")
    assert (changed.read, changed.reused) == (1, 1)
    assert changed.version.open().dump() == full.version.open().dump()
    (corpus / "articles" / "b.kg.md").unlink()
    removed = build([corpus], tmp_path / "home")
    full = build([corpus], tmp_path / "fresh2")
    assert removed.read == 0
    assert removed.version.open().dump() == full.version.open().dump()


B_ARTICLE = """---
kg: 1
article: b
title: Bài hai
publisher: vd:bao
published: 2021-06-30
scope: vd:tinh-a
---

## d1

[Phần mềm văn bản tỉnh A]() được dùng.

```claims
vd:edoc  serves  vd:tinh-a  {status: operational}
```
"""


@pytest.mark.parametrize(
    ("old", "new", "articles_read"),
    [
        ("en: LGSP of A", "en: The LGSP of A", 1),  # named by a alone
        ("vi: Phần mềm văn bản tỉnh A", "vi: Phần mềm văn bản tỉnh A\n    aliases: [PMVB]", 1),  # by b alone
        ("en: Newspaper A", "en: The A News", 2),  # published both
        ("aliases: [tỉnh A]", "aliases: [tỉnh A, A]", 2),  # the territory of what both name
        ("en: Reform committee of A", "en: Committee of reform of A", 0),  # named by none
        ("prefix: vd", "# a comment\nprefix: vd", 0),
    ],
)
def test_changed_entry_is_read_where_it_is_named(
    old: str, new: str, articles_read: int, corpus: Path, tmp_path: Path
) -> None:
    (corpus / "articles" / "b.kg.md").write_text(B_ARTICLE, encoding="utf-8")
    build([corpus], tmp_path / "home")
    register = corpus / "register" / "vd.yaml"
    text = register.read_text("utf-8")
    assert old in text
    register.write_text(text.replace(old, new), encoding="utf-8")
    changed, full = build([corpus], tmp_path / "home"), build([corpus], tmp_path / "fresh")
    assert (changed.read, changed.reused) == (articles_read, 2 - articles_read)
    assert changed.version.name == full.version.name
    assert files(changed.version.folder) == files(full.version.folder)
    assert changed.version.open().dump() == full.version.open().dump()


def test_second_bearer_of_a_name_is_noticed(corpus: Path, tmp_path: Path) -> None:
    (corpus / "articles" / "b.kg.md").write_text(B_ARTICLE, encoding="utf-8")
    build([corpus], tmp_path / "home")
    register = corpus / "register" / "vd.yaml"
    text = register.read_text("utf-8").replace(
        "en: LGSP of A", "en: L\n    aliases: [Phần mềm văn bản tỉnh A]"
    )
    register.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"articles/b\.kg\.md:12:1 KG062"):
        build([corpus], tmp_path / "home")


def test_bad_input_leaves_the_published_graph(corpus: Path, tmp_path: Path) -> None:
    before = build([corpus], tmp_path / "home").version
    path = corpus / ARTICLE
    path.write_text(path.read_text("utf-8").replace("serves", "servess"), encoding="utf-8")
    with pytest.raises(InputError, match="KG031"):
        build([corpus], tmp_path / "home")
    assert published(tmp_path / "home") == before
    assert len(open_published(tmp_path / "home")) > 0
    assert list((tmp_path / "home" / "versions").glob(".staging*")) == []


def test_shape_violation_points_at_its_line(corpus: Path, tmp_path: Path) -> None:
    register = corpus / "register" / "vd.yaml"
    text = register.read_text("utf-8").replace("    within: vd:tinh-b\n", "")
    register.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"register/vd\.yaml:\d+:1 KG090 .*xa-tan-tien"):
        build([corpus], tmp_path / "home")


def test_two_builds_at_once_do_not_mix(corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with (
        building(home),
        pytest.raises(BuildError, match=r"another build \(process \d+\) is still running"),
        building(home, wait_seconds=0.1),
    ):
        pass


def test_unwritable_folder_is_one_clear_line(corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("I am no folder", encoding="utf-8")
    with pytest.raises(BuildError, match=r"cannot write .* nothing was changed") as caught:
        build([corpus], home)
    assert "\n" not in str(caught.value)


def test_old_versions_are_pruned(corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for words in ("một", "hai", "ba", "bốn"):
        build([corpus], home)
        reworded(corpus, f"nền tảng riêng {words}")
    assert len(list((home / "versions").iterdir())) <= 2


KILLS = 50


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_killed_builds_leave_the_last_graph_intact(corpus: Path, tmp_path: Path) -> None:
    home, path = tmp_path / "home", corpus / ARTICLE
    template = path.read_text("utf-8")
    build([corpus], home)
    rng = random.Random(20261123)
    processes = multiprocessing.get_context("forkserver")  # each kill hits the build, not the start of Python
    processes.set_forkserver_preload(["egovkg.loaders.pipeline.build", "filelock"])
    durations = []
    killed = 0
    for turn in range(-3, KILLS):
        path.write_text(template.replace("nền tảng riêng", f"nền tảng số {turn}"), encoding="utf-8")
        process = processes.Process(target=build, args=([corpus], home))
        started = time.monotonic()
        process.start()
        if turn < 0:  # the first ones end: they say how long a build takes
            process.join()
            durations.append(time.monotonic() - started)
            continue
        process.join(rng.uniform(0, min(durations)))
        process.kill()
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        version = published(home)
        assert version is not None
        assert version.manifest()["format"] == MANIFEST_FORMAT
        assert version.open().ask("ASK { ?claim <https://w3id.org/egovkg/ontology#evidence> ?evidence }")
    final = build([corpus], home)
    full = build([corpus], tmp_path / "fresh")
    assert killed > KILLS // 2
    assert final.version.open().dump() == full.version.open().dump()
    assert not list((home / "versions").glob(".staging*"))
