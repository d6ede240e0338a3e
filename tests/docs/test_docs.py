"""The documents say all there is to say: every verb, every code; their links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.cli.app import MODULES, example_of
from egovkg.cli.opening import HOME
from egovkg.loaders.faults.report import as_text
from egovkg.loaders.pipeline.checking import check
from egovkg.tests.corpora.folders import FIVE
from egovkg.tests.loaders.workbook.books import xlsx
from egovkg.words import catalogue, languages

ROOT = Path(__file__).parents[2]
DOCS = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
CASES = Path(__file__).parents[1] / "cases" / "errors"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^(`{3,})[^`\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (KG\d{3}) \|(.*)\|$", re.MULTILINE)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A document without its fenced blocks and code spans."""
    return re.sub(r"`[^`\n]*`", "", _FENCED.sub("", text))


def anchors(text: str) -> set[str]:
    """The names that code hosts give to headings."""
    heads = re.findall(r"^#{1,6} (.+)$", _FENCED.sub("", text), flags=re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", head)) for head in heads]
    return {head.strip().lower().replace(" ", "-") for head in plain}


@pytest.mark.parametrize("verb", sorted(MODULES))
def test_every_verb_is_in_the_documents(verb: str) -> None:
    assert f"egovkg {verb}" in read(ROOT / "README.md")
    assert example_of(verb).startswith(f"egovkg {verb}")


@pytest.mark.parametrize("verb", sorted(MODULES))
def test_every_help_ends_with_its_example(verb: str) -> None:
    shown = CliRunner().invoke(main, [verb, "--help", "--lang", "en"], terminal_width=200).output
    assert shown.rstrip().endswith(f"Example:\n    {example_of(verb)}")


def prepare_drafts(verb: str) -> None:
    """Write the text, the draft and the articles that the examples of three verbs read."""
    if verb == "agree":
        for name in ("first", "second"):
            shutil.copy(FIVE / "articles" / "yen-lap-2018.kg.md", f"{name}.kg.md")
    if verb in {"draft", "accept"}:
        text = "Hệ thống một cửa của tỉnh Lạng Sơn đã kết nối với Cổng dịch vụ công quốc gia.\n"
        Path("article.txt").write_text(text, encoding="utf-8")
    if verb == "accept":
        assert CliRunner().invoke(main, shlex.split(example_of("draft"))[1:]).exit_code == 0


@pytest.mark.parametrize("verb", sorted(MODULES.keys() - {"audit", "push", "link"}))  # these need a server
def test_every_example_runs(
    verb: str, home: Path, small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EGOVKG_HOME", raising=False)
    monkeypatch.setenv("EGOVKG_NO_BROWSER", "1")
    if verb == "import":
        rows = [("Tên", "Tên tiếng Anh", "Loại"), ("CSDL thử", "Trial database", "Database")]
        xlsx(tmp_path / "inventory.xlsx", {"Hệ thống": rows})
    if verb not in {"build", "show"}:  # `show` builds the graph that it misses
        shutil.copytree(small_home if verb == "site" else home, tmp_path / HOME)
    if verb == "diff":  # it compares with the version before
        (version,) = (tmp_path / HOME / "versions").iterdir()
        shutil.copytree(version, version.with_name("0123456789abcdef"))
    prepare_drafts(verb)
    program, *arguments = shlex.split(example_of(verb))
    done = CliRunner().invoke(main, arguments)
    assert (program, done.exit_code) == ("egovkg", 0), done.output


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_resolve(path: Path) -> None:
    for target in _LINK.findall(prose(read(path))):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), f"{path.name}: {target}"
        assert not anchor or anchor in anchors(read(file)), f"{path.name}: {target}"


def test_every_code_is_explained_once() -> None:
    packages = ("egovkg.loaders.faults", "egovkg.loaders.guide", "egovkg")
    texts = [pair for package in packages for pair in catalogue(package, "en").items()]
    codes = {code for key_and_text in texts for code in re.findall(r"KG\d{3}", " ".join(key_and_text))}
    rows = [code for code, _ in _ROW.findall(read(ROOT / "docs" / "errors.md"))]
    assert set(rows) == codes
    assert len(rows) == len(set(rows))


@pytest.fixture(scope="module")
def case_lines() -> list[dict[str, str]]:
    """Every line that `egovkg check` reports of the cases: language -> line."""
    lines = []
    for case in sorted(CASES.iterdir()):
        with chdir(case):
            lines += [{lang: problem.text(lang) for lang in languages()} for problem in check([Path()])]
    with chdir(CASES.parent / "guide"):
        advice = check([Path()], by_guide=True)
    return lines + [{lang: problem.text(lang) for lang in languages()} for problem in advice]


def test_example_lines_of_the_codes_are_real(case_lines: list[dict[str, str]]) -> None:
    codes = {line["en"].split()[1] for line in case_lines}
    for code, cells in _ROW.findall(read(ROOT / "docs" / "errors.md")):
        cell = re.split(r"(?<!\\)\|", cells)[1].strip()
        english, vietnamese = (example.strip("`").strip() for example in cell.split("<br>"))
        assert f" {code} " in english
        assert code not in codes or {"vi": vietnamese, "en": english} in case_lines, english
    assert len(codes) > 40


def test_the_example_of_the_format_passes_every_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = re.search(r"^````markdown\n(.*?)^````$", read(ROOT / "docs" / "format.md"), re.M | re.S)
    register = re.search(r"^```yaml file=\S+\n(.*?)^```$", read(ROOT / "docs" / "tutorial.md"), re.M | re.S)
    assert article
    assert register
    for name, text in (("articles/a.kg.md", article[1]), ("register/mh.yaml", register[1])):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert as_text(check([Path()]), "en") == ""


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = re.search(r"^```python\n(.*?)^```$", read(ROOT / "README.md"), re.M | re.S)
    assert code
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EGOVKG_HOME", raising=False)
    assert CliRunner().invoke(main, ["build"]).exit_code == 0
    exec(compile(code[1], "README.md", "exec"), {})
    assert "tuyen-quang-2020" in capsys.readouterr().out


def test_documents_are_for_users() -> None:
    for path in DOCS:
        assert "/work/" not in read(path), path.name
        assert "/tmp/" not in read(path), path.name
