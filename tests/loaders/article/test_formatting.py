"""The one layout: formatting twice changes nothing, and what is parsed stays the same."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from egovkg.errors import InputError, WriteError
from egovkg.files import write_atomically
from egovkg.loaders.article.formatting import format_file, formatted, would_change
from egovkg.loaders.article.parser import parse_article
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.tests.corpora.folders import FIVE
from hypothesis import example, given
from hypothesis import strategies as st

FRONT = "---\nkg: 1\narticle: a\n---\n"
LINES = st.lists(
    st.sampled_from(
        [
            "## d1",
            "## d2",
            "[tỉnh](vn:bac-kan)  ",
            "chữ",
            "> quote",
            "```claims",
            "```claims  ",
            "  ```claims",
            "````claims",
            "~~~claims",
            "```figures",
            "```",
            "  ```",
            "````",
            "~~~",
            "a b c",
            "  aaa   bb   cccc {e:  f}",
            'a b "c  d" {e: f}  # note',
            'b b "# x"',
            "# comment",
            "a b 1.933 c {e: f}",
            "a   b  >=2",
            "a",
            "- item",
            "    code",
            "<!--",
            "-->",
            "<div>",
            "",
            "",
            "\t",
        ]
    ),
    max_size=16,
).map("\n".join)


def said(text: str) -> object:
    """What a text says, without the places where it stands."""
    native, problems = parse_article(text, "a")
    paragraphs = [
        (
            p.name,
            p.text,
            p.translation,
            [link[:4] for link in p.links],
            [claim[1:5] for claim in p.claims],
            [figure[1:6] for figure in p.figures],
            p.unread,
        )
        for p in native.paragraphs
    ]
    return native.front and native.front.values, paragraphs, sorted(p.code for p in problems)


@given(LINES)
def test_formatting_twice_changes_nothing(body: str) -> None:
    once = formatted(FRONT + body)
    assert formatted(once) == once


@given(LINES)
@example("```claims\n\t")  # an open block that ends in blanks stays open
@example("```claims\n  ```claims\n```")  # a block with a fence in it is left as it is
def test_formatting_keeps_what_is_said(body: str) -> None:
    assert said(formatted(FRONT + body)) == said(FRONT + body)


@given(st.text(max_size=120))
def test_any_text_can_be_formatted(text: str) -> None:
    once = formatted(text)
    assert formatted(once) == once


@pytest.mark.parametrize("path", find_articles(FIVE), ids=lambda path: path.name)
def test_shipped_articles_say_the_same_after_formatting(path: Path) -> None:
    text = path.read_text("utf-8")
    assert said(formatted(text)) == said(text)


def test_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.kg.md"
    path.write_bytes((FRONT + "a\u0301\r\n").encode())
    path.chmod(0o640)
    assert would_change(path, "a.kg.md")
    assert format_file(path, "a.kg.md")
    assert not format_file(path, "a.kg.md")
    assert path.read_bytes() == (FRONT + "á\n").encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.kg.md"]


def test_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new", b"x", "new")
    (tmp_path / "usual").write_bytes(b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "link").symlink_to("a")
    write_atomically(tmp_path / "link", b"new", "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_device_is_written_to_and_not_replaced() -> None:
    write_atomically(Path(os.devnull), b"x", "null")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("where", ["missing/file", "folder", "ring"])
def test_what_cannot_be_written_is_one_clear_line(tmp_path: Path, where: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "ring").symlink_to("ring")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(WriteError) as caught:
        write_atomically(tmp_path / where, b"x", where)
    assert str(caught.value).startswith(f"{where}: KG099 cannot write (")
    assert str(caught.value).endswith("; nothing was changed")
    assert sorted(tmp_path.iterdir()) == before


def test_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WriteError, match="No space left on device"):
        write_atomically(path, b"new", "a")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_text_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.kg.md"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="KG002"):
        format_file(path, "a.kg.md")


@pytest.mark.parametrize("version", ["3", "0", "²"])
def test_a_file_of_another_version_is_left_as_it_is(tmp_path: Path, version: str) -> None:
    path = tmp_path / "a.kg.md"
    text = f"---\nkg: {version}\narticle: a\n---\n\n## d1\n\n\n\nlời   \n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.kg\.md:2:1 KG016 "):
        format_file(path, "a.kg.md")
    assert path.read_text("utf-8") == text
