"""The command line: exit status 0, 1 or 2; results on one stream, talk on the other; never a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.loaders.pipeline.build import build
from egovkg.tests.corpora.folders import FIVE

CASES = Path(__file__).parents[1] / "cases" / "errors"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the five articles once."""
    folder = tmp_path_factory.mktemp("cli") / "home"
    build([FIVE], folder)
    return folder


@pytest.fixture
def here(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with the graph published elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EGOVKG_HOME", str(home))
    monkeypatch.setenv("EGOVKG_LANG", "en")  # the messages are compared in English
    return tmp_path


def run(*words: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, words, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def shell(*words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "egovkg", *words]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **env})


class TestWrongUse:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["biuld"], 'no verb "biuld" — did you mean "build"?'),
            (["xyz"], 'no verb "xyz" — see egovkg --help'),
            (["build", "--corpus", "nowhere"], "nowhere: no such folder"),
            (["build", "--corpus", ""], "no such folder"),
            (["check", "nowhere"], "'nowhere' does not exist"),
            (["check", "nowhere.yaml"], "'nowhere.yaml' does not exist"),
            (["check", ""], "does not exist"),
            (["check", "--originals", "nowhere"], "does not exist"),
            (["check", "--format", "xml"], "'xml' is not one of"),
            (["fmt", "nowhere.kg.md"], "does not exist"),
            (["new"], "Missing argument"),
            (["ask", "articles", "--lang", "fr"], "'fr' is not one of"),
            (["ask", "terms", "-p", "x"], "write -p name=value"),
            (["ask", "terms", "-p", "x=1", "-p", "x=2"], '"x" is given twice'),
            (["draw", "nothing"], "'nothing' is not"),
            (["show"], "Missing argument"),
            (["--nope"], "No such option"),
            (["ask", "sytems-of-province"], "nearest: systems-of-province"),
            (["ask", "systems-of-province"], "needs the parameter"),
            (["ask", "systems-of-province", "-p", "provinc=x"], "no parameter"),
            (["sparql", "SELECT * {"], "egovkg: "),
            (["sparql", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"], "the published graph is read-only"),
            (["sparql", "DELETE WHERE { ?s ?p ?o }"], "the published graph is read-only"),
            (["sparql", "nowhere.rq"], '"nowhere.rq" is neither a query'),
            (["sparql", "ASK { " + "{" * 3000 + "}" * 3000 + " }"], "brackets are open"),
            (["sparql", "DESCRIBE <x y>"], "egovkg: "),
            (
                ["sparql", "SELEC * { ?s ?p ?o }"],
                'error at 1:1: a query cannot begin with "SELEC" — did you mean "SELECT"?',
            ),
            (["sparql", "SELECT * {\n  ?s ?p }"], "error at 2:"),
            (
                ["sparql", "ASK { SERVICE <http://x/> { ?s ?p ?o } }"],
                "error at 1:7: SERVICE asks another server",
            ),
        ],
    )
    def test_is_told_with_status_2(self, here: Path, words: list[str], said: str) -> None:
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
        assert list(here.iterdir()) == []


class TestFindings:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["show", "lgsp tuyen quan"], "nearest: "),
            (["show", "Sở Thông tin và Truyền thông"], "choose one of: "),
            (["show", "tq:nope"], "no entity is called"),
            (["show", "https://example.org/x"], "no entity is called"),
            (["show", "https://example.org/<x y>"], "no entity is called"),
            (["ask", "systems-of-province", "-p", "province=Bắc Cạn tỉnh x"], "no entity is called"),
            (["new", "Bắc Kạn"], "KG014"),
            (["new", "a", "--scope", "vn:x"], "KG021"),
        ],
    )
    def test_are_told_with_status_1(self, here: Path, words: list[str], said: str) -> None:
        result = run(*words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr
        assert list(here.iterdir()) == []

    def test_bad_articles_are_listed_and_nothing_is_published(self, here: Path) -> None:
        case = CASES / "54-many-at-once"
        result = run("check", str(case))
        assert result.exit_code == 1
        assert [line.split()[1] for line in result.stdout.splitlines()] == ["KG021", "KG031", "KG040"]
        assert result.stderr == "3 errors\n"
        result = run("build", "--corpus", str(case), "-o", "home")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.endswith("3 errors\n")
        assert not (here / "home" / "current").exists()

    def test_warnings_are_no_failure(self, here: Path) -> None:
        result = run("check", str(CASES / "25-no-year"))
        assert (result.exit_code, result.stderr) == (0, "1 warning\n")
        result = run("build", "--corpus", str(CASES / "25-no-year"), "-o", "home")
        assert result.exit_code == 0
        assert "KG041 warning" in result.stderr
        assert result.stdout.startswith("published version ")
        assert (
            "unchanged: version" in run("build", "--corpus", str(CASES / "25-no-year"), "-o", "home").stdout
        )

    @pytest.mark.parametrize("folder", ["empty", "other"])
    def test_a_folder_with_nothing_to_check_is_not_all_right(self, here: Path, folder: str) -> None:
        (here / folder).mkdir()
        (here / "other.txt").write_text("", encoding="utf-8")
        result = run("check", folder)
        assert result.exit_code == 1
        assert "nothing to check here" in result.stderr

    def test_a_corpus_without_articles_does_not_replace_the_graph(self, here: Path, home: Path) -> None:
        (here / "empty").mkdir()
        before = (home / "current").read_bytes()
        result = run("build", "--corpus", "empty")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "empty: no articles" in result.stderr
        assert (home / "current").read_bytes() == before

    @pytest.mark.parametrize("part", ["", "articles", "register", "register/vd.yaml", "articles/a.kg.md"])
    def test_every_part_of_a_corpus_can_be_checked(self, here: Path, part: str) -> None:
        shutil.copytree(CASES / "35-malformed-number", here / "corpus")
        result = run("check", str(Path("corpus", part)))
        assert result.exit_code == 1
        assert "corpus/register/vd.yaml:74:5 KG060" in result.stdout


class TestChecking:
    def test_default_corpus(self, here: Path) -> None:
        result = run("check")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == f"checked: {FIVE}\nnothing to report\n"
        assert json.loads(run("check", "--format", "json").stdout) == []

    def test_machines_read_the_same(self, here: Path) -> None:
        case = str(CASES / "54-many-at-once")
        found = json.loads(run("check", case, "--format", "json").stdout)
        assert [(one["code"], one["line"]) for one in found] == [("KG021", 15), ("KG031", 16), ("KG040", 17)]
        sarif = json.loads(run("check", case, "--format", "sarif").stdout)
        assert [one["ruleId"] for one in sarif["runs"][0]["results"]] == ["KG021", "KG031", "KG040"]

    def test_report_goes_to_a_file(self, here: Path) -> None:
        result = run("check", str(CASES / "17-unknown-relation"), "-o", "report.txt")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "KG031" in (here / "report.txt").read_text("utf-8")

    def test_formatting(self, here: Path) -> None:
        shutil.copytree(CASES / "03-decomposed", here / "corpus")
        assert run("fmt", "corpus", "--check").exit_code == 1
        assert run("fmt", "corpus").stdout == "formatted: corpus/articles/a.kg.md\n"
        result = run("fmt", "corpus", "--check")
        assert (result.exit_code, result.stdout) == (0, "")
        assert run("check", "corpus").exit_code == 0
        assert run("fmt", "--check").exit_code == 0

    def test_new_article(self, here: Path) -> None:
        result = run("new", "minh-hoa-2021", "-o", "my")
        assert result.stdout.splitlines() == ["my/articles/minh-hoa-2021.kg.md", "my/register/mh.yaml"]
        assert f"published: {date.today().isoformat()} is today's date" in result.stderr
        assert "scope: vn:viet-nam is the whole country" in result.stderr
        assert run("check", "my").stderr == "nothing to report\n"
        assert run("new", "minh-hoa-2021", "-o", "my").exit_code == 1
        told = run("new", "x", "-o", "my", "--published", "2021-06-30", "--scope", "vn:bac-kan").stderr
        assert told == ""

    def test_a_corpus_of_the_current_folder_is_the_default(self, here: Path) -> None:
        assert run("new", "x").stdout.startswith("corpus/articles/x.kg.md\n")
        assert run("check").stderr == "checked: corpus\nnothing to report\n"
        assert run("fmt", "--check").stderr == "checked: corpus\n"
        result = run("build", "-o", "home")
        assert "articles: 1 (1 read, 0 unchanged)" in result.stdout
        assert result.stderr == "built: corpus\n"
        article = here / "corpus" / "articles" / "x.kg.md"
        article.write_text(article.read_text("utf-8").replace("  serves  ", "  servess  "), encoding="utf-8")
        assert "KG031" in run("check").stdout
        assert run("check", "-o", "-").exit_code == 1
        shutil.rmtree(here / "corpus")
        assert run("build", "-o", "home").stderr == f"built: {FIVE}\n"


class TestAnswers:
    def test_question_in_every_format(self, here: Path) -> None:
        table = run("ask", "articles")
        assert table.exit_code == 0
        assert "tuyen-quang-2020" in table.stdout
        assert table.stderr.strip().endswith("?")
        rows = list(csv.DictReader(io.StringIO(run("ask", "articles", "--format", "csv").stdout)))
        objects = json.loads(run("ask", "articles", "--format", "json").stdout)
        assert [row["article"] for row in rows] == [one["article"] for one in objects]
        assert list(rows[0]) == list(objects[0])

    def test_parameters_stand_behind_the_name(self, here: Path) -> None:
        options = run("ask", "systems-of-province", "-p", "province=vn:bac-kan", "--format", "csv")
        assert options.stdout.count("\n") > 5
        for words in (
            ("systems-of-province", "province=vn:bac-kan"),
            ("province=vn:bac-kan", "systems-of-province"),
        ):
            assert run("ask", *words, "--format", "csv").stdout == options.stdout
        assert "given twice" in run("ask", "terms", "x=1", "x=2", "--lang", "en").stderr
        assert "no parameter" in run("ask", "systems-of-province", "provinc=x", "--lang", "en").stderr

    def test_a_sentence_needs_no_quotes(self, here: Path) -> None:
        assert run("ask", "lgsp", "là", "gì").stdout == run("ask", "lgsp là gì").stdout != ""

    def test_questions_are_listed(self, here: Path) -> None:
        listed = json.loads(run("ask", "--format", "json").stdout)
        assert len(listed) >= 50
        assert {"group", "name", "question", "parameters"} == set(listed[0])

    def test_no_answer_says_so(self, here: Path) -> None:
        result = run("ask", "systems-of-province", "-p", "province=vn:lai-chau", "--lang", "vi")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "không có nghĩa là không có" in result.stderr
        assert (
            run("ask", "systems-of-province", "-p", "province=vn:lai-chau", "--format", "json").stdout
            == "[]\n"
        )

    @pytest.mark.parametrize(
        "query", ["ASK { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { ?c a egov:Claim }", "DESCRIBE egov:Claim"]
    )
    def test_sparql_from_words_file_and_stdin(self, here: Path, query: str) -> None:
        (here / "q.rq").write_text("# câu hỏi\n" + query, encoding="utf-8-sig")
        words = run("sparql", query, "--format", "json").stdout
        assert words == run("sparql", "q.rq", "--format", "json").stdout
        assert words == run("sparql", "-", "--format", "json", stdin=query.encode()).stdout
        assert json.loads(words)

    def test_query_that_is_no_text(self, here: Path) -> None:
        (here / "q.rq").write_bytes(b"\xff\xfe")
        for result in (run("sparql", "q.rq"), run("sparql", "-", stdin=b"\xff")):
            assert (result.exit_code, result.stdout) == (2, "")
            assert "is not UTF-8" in result.stderr

    def test_formula_cells_are_defused(self, here: Path) -> None:
        query = 'SELECT ?x { VALUES ?x { "=1+1" "@SUM(A1)" "-A1 a" "@x" "-5 a" "+1" "=" -5 "a=b" } }'
        column = [row[0] for row in csv.reader(io.StringIO(run("sparql", query, "--format", "csv").stdout))]
        assert sorted(column[1:]) == sorted(
            ["'=1+1", "'@SUM(A1)", "'-A1 a", "@x", "-5 a", "+1", "=", "-5", "a=b"]
        )

    def test_facts(self, here: Path) -> None:
        lines = run("facts", "--article", "bac-kan-2019", "--format", "jsonl").stdout.splitlines()
        facts = [json.loads(line) for line in lines]
        assert {fact["article"] for fact in facts} == {"bac-kan-2019"}
        assert run("facts", "--article", "bac-kan-2019", "--format", "jsonl", "-o", "f").stdout == ""
        assert (here / "f").read_text("utf-8").splitlines() == lines

    def test_facts_of_an_article_that_does_not_exist(self, here: Path) -> None:
        result = run("facts", "--article", "bac-kan-2091")
        assert (result.exit_code, result.stdout) == (1, "")
        told = 'egovkg: no article is called "bac-kan-2091" — the articles are: bac-kan-2019, '
        assert result.stderr.startswith(told)
        assert result.stderr.count(",") == 4

    @pytest.mark.parametrize("name", ["tq:lgsp", "tq-lgsp", "lgsp tuyen quang", "LGSP TUYÊN QUANG"])
    def test_show(self, here: Path, name: str) -> None:
        assert "tq:lgsp" in run("show", name).stdout
        assert json.loads(run("show", name, "--format", "json").stdout)["curie"] == "tq:lgsp"
        assert run("show", name, "--format", "csv").stdout.startswith("role,")

    @pytest.mark.parametrize(
        "words",
        [
            ["ask", "articles"],
            ["facts"],
            ["show", "tq:lgsp"],
            ["check"],
            ["sparql", "ASK {}"],
            ["ask"],
            ["draw", "explorer"],
        ],
    )
    def test_output_that_cannot_be_written_is_one_clear_line(self, here: Path, words: list[str]) -> None:
        result = run(*words, "-o", "no/such/page")
        assert (result.exit_code, result.stdout) == (1, "")
        told = result.stderr.splitlines()[-1]
        assert told.startswith("egovkg: no/such/page: KG099 cannot write (No such file or directory) — ")
        assert told.endswith("; nothing was changed")
        assert list(here.iterdir()) == []

    def test_first_question_builds_the_default_corpus(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("EGOVKG_HOME")
        result = run("ask", "articles", "--format", "csv")
        assert result.exit_code == 0
        assert "tuyen-quang-2020" in result.stdout
        assert "nothing published in .egovkg yet, building" in result.stderr
        assert f"built: {FIVE}" in result.stderr
        assert run("ask", "articles", "--format", "csv").stderr == ""

    @pytest.mark.parametrize(
        "words",
        [["ask", "articles"], ["show", "tq:lgsp"], ["facts"], ["sparql", "ASK {}"], ["draw", "explorer"]],
    )
    def test_a_folder_that_was_named_and_holds_nothing_is_told(
        self, here: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
    ) -> None:
        typed = run(*words, "--graph", "grpah")
        monkeypatch.setenv("EGOVKG_HOME", "grpah")
        for result in (typed, run(*words)):
            assert (result.exit_code, result.stdout) == (1, "")
            assert result.stderr.startswith("egovkg: grpah: no graph was published here — ")
            assert result.stderr.count("\n") == 1
        assert list(here.iterdir()) == []

    def test_a_damaged_graph_is_one_line_and_is_built_again(self, here: Path) -> None:
        run("build", "-o", "home")
        before = run("show", "tq:lgsp", "--graph", "home").stdout
        for path in here.glob("home/versions/*/store/*.sst"):
            path.unlink()
        result = run("show", "tq:lgsp", "--graph", "home")
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
        assert 'run "egovkg build"' in result.stderr
        assert "(5 read, 0 unchanged)" in run("build", "-o", "home").stdout
        assert run("show", "tq:lgsp", "--graph", "home").stdout == before

    def test_yes_and_no_and_nothing(self, here: Path) -> None:
        assert run("sparql", "ASK { ?claim a egov:Claim }", "--format", "json").stdout == "true\n"
        assert run("sparql", "ASK { ?claim a egov:Nothing }", "--format", "json").stdout == "false\n"
        result = run("sparql", "SELECT ?x { ?x a egov:Nothing }", "--format", "json")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "[]\n", "egovkg: no rows\n")


class TestHelp:
    def test_version_and_bare_call(self, here: Path) -> None:
        assert run("--version").stdout.startswith("egovkg, version ")
        assert "Usage:" in run().output


class TestProcess:
    def test_module_and_plain_locale(self, here: Path) -> None:
        done = shell(
            "show",
            "tq:lgsp",
            EGOVKG_LANG="vi",
            LC_ALL="C",
            PYTHONUTF8="0",
            PYTHONCOERCECLOCALE="0",
            PYTHONIOENCODING="",
        )
        assert done.returncode == 0
        assert "Nền tảng" in done.stdout.decode("utf-8")
        assert done.stderr == b""

    @POSIX
    def test_words_that_are_no_text(self, here: Path) -> None:
        for words in (["show"], ["ask"], ["sparql"], ["facts", "--article"], ["ask", "terms", "-p"], ["new"]):
            command = [os.fsencode(word) for word in (sys.executable, "-m", "egovkg", *words)]
            done = subprocess.run([*command, b"a=\xff"], capture_output=True, check=False)
            assert done.returncode in {1, 2}, words
            assert b"Traceback" not in done.stderr, done.stderr

    @POSIX
    @pytest.mark.parametrize("words", ["facts --format jsonl", "ask"])
    def test_reader_that_goes_away(self, here: Path, words: str) -> None:
        script = f"{sys.executable} -m egovkg {words} | head -c 1 >/dev/null"
        done = subprocess.run(["sh", "-c", script], capture_output=True, check=False)
        assert done.stderr == b""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    @pytest.mark.parametrize("words", [["facts", "--format", "jsonl"], ["ask"], ["sparql", "ASK {}"]])
    def test_full_disk_under_the_output(self, here: Path, words: list[str]) -> None:
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "egovkg", *words]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 1
        assert done.stderr == b"egovkg: No space left on device\n"

    HEAVY = ("pyvis", "IPython", "rdflib", "networkx", "numpy", "jinja2", "yaml", "rich")

    @pytest.mark.parametrize(
        ("code", "absent"),
        [
            ("import egovkg", HEAVY),
            ("import egovkg.cli", HEAVY),
            (
                "from egovkg.cli import main\n"
                "main(['ask', 'articles', '--format', 'csv'], standalone_mode=False)",
                ("pyvis", "IPython", "rdflib", "networkx", "numpy", "jinja2", "rich"),
            ),
        ],
    )
    def test_what_is_not_needed_is_not_loaded(self, here: Path, code: str, absent: tuple[str, ...]) -> None:
        code += f"\nimport sys\nsys.stderr.write(' '.join(n for n in {absent!r} if n in sys.modules))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stderr == ""
