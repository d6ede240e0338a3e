"""Writing verbs touch articles alone, and reading verbs name what they cannot read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from egovkg.errors import CorpusError, EgovError, InputError, ProposalError
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.pipeline.layout import lay_out
from egovkg.loaders.pipeline.reference_file import read_reference_file
from egovkg.loaders.pipeline.scaffold import ArticleDraft, new_article
from egovkg.loaders.register.proposals import read_proposals_file
from egovkg.loaders.register.same_as import accept
from egovkg.loaders.text import input_files
from egovkg.loaders.text.file_kinds import foreign_kind

from ..text.test_file_kinds import FILES

ARTICLE = "---\nkg: 1\narticle: a\n---\n\n\n\n## d1\nlời   \n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def codes(path: Path) -> list[str]:
    return [problem.code for problem in check([path])]


@pytest.mark.parametrize(
    ("name", "file", "data"), FILES, ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_foreign_file_keeps_its_bytes(tmp_path: Path, name: str, file: str, data: bytes) -> None:
    path, article = tmp_path / file, tmp_path / "other.kg.md"
    article.write_text(ARTICLE, encoding="utf-8")
    path.write_bytes(data)
    with pytest.raises(InputError, match="KG007"):
        lay_out([article, path], write=True)
    assert path.read_bytes() == data
    assert article.read_text("utf-8") == ARTICLE  # none is written where one is refused
    if name not in {"register", "list"}:
        assert codes(path) == ["KG007"]


@pytest.mark.parametrize(
    "text",
    ["một dòng chữ   \n", "---\ntitle: a page of a web site\n---\ntext   \n", "---\nkg: 1\nno end   \n"],
)
def test_a_text_without_the_head_keeps_its_bytes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        lay_out([path], write=True)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("text", ["ti\u0309nh\n", "tỉnh\r\n", "tỉnh\u00a0A\n"])
def test_nobody_advises_to_lay_out_what_is_no_article(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    assert codes(path) == ["KG010"]
    assert "fmt" not in " ".join(problem.text("vi") for problem in check([path]))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "a: 1\n"),
        ("openapi.yml", "openapi: 3.0.0\npaths: {}\n"),
        ("docker-compose.yml", "services:\n"),
    ],
)
def test_a_yaml_file_that_is_no_register_is_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert codes(tmp_path / name) == ["KG007"]


def test_folders_of_another_name_or_depth_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    new_article(ArticleDraft("mau", "vn:bac-kan", "2020-01-01"), tmp_path)
    assert "KG009" not in codes(tmp_path)
    (tmp_path / "articles").rename(tmp_path / "Articles")
    assert codes(tmp_path) == ["KG009"]
    (tmp_path / "articles").mkdir()
    (tmp_path / "Articles").rename(tmp_path / "articles" / "2020")
    assert codes(tmp_path) == ["KG009"]


def test_a_folder_without_articles_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no articles here"):
        lay_out([tmp_path], write=True)


@pytest.mark.parametrize("name", ["rdf-xml", "json-ld", "n-quads", "xlsx", "jpeg", "csv", "trig"])
def test_a_reference_in_another_format_is_named(tmp_path: Path, name: str) -> None:
    data, file = next((data, file) for kind, file, data in FILES if kind == name)
    path = tmp_path / file
    path.write_bytes(data)
    kind = foreign_kind(data, file)
    assert kind
    with pytest.raises(InputError) as caught:
        read_reference_file(path)
    assert f"KG007 this is {kind.label}; a reference framework must be Turtle or YAML" in str(caught.value)


@pytest.mark.parametrize("name", ["turtle", "csv", "json-ld", "register"])
def test_link_proposals_in_another_format_are_named(tmp_path: Path, name: str) -> None:
    data, file = next((data, file) for kind, file, data in FILES if kind == name)
    (tmp_path / file).write_bytes(data)
    with pytest.raises(ProposalError, match=r"this is .+, not a list of proposals"):
        read_proposals_file(tmp_path / file)
    assert (tmp_path / file).read_bytes() == data


@POSIX
def test_special_files_in_a_corpus_are_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_files, "PATIENCE", 0.05)
    new_article(ArticleDraft("mau", "vn:bac-kan", "2020-01-01"), tmp_path)
    (tmp_path / "articles" / "ring.kg.md").symlink_to("ring.kg.md")
    os.mkfifo(tmp_path / "articles" / "pipe.kg.md")
    os.mkfifo(tmp_path / "register" / "pipe.yaml")
    (tmp_path / "register" / "ring.yaml").symlink_to("ring.yaml")
    (tmp_path / "measures.yaml").symlink_to("missing")
    assert codes(tmp_path) == ["KG008"] * 5
    with pytest.raises(EgovError):
        accept([], [tmp_path])
    with pytest.raises(InputError, match="KG008"):
        lay_out([tmp_path], write=True)


@POSIX
def test_a_terminal_is_told_nothing_by_a_name(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[31m.kg.md").touch()
    (problem,) = check([tmp_path / "a\n\x1b[31m.kg.md"])
    assert "a\\x0a\\x1b[31m.kg.md:1:1 KG001 " in problem.text("en")
    assert "\n" not in problem.text("vi")


@POSIX
@pytest.mark.parametrize("name", ["articles/mau.kg.md", "register/m.yaml"])
def test_a_new_article_replaces_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).symlink_to("missing")
    with pytest.raises(EgovError):
        new_article(ArticleDraft("mau", "vn:bac-kan", "2020-01-01"), tmp_path)
    assert not (tmp_path / name).exists()
