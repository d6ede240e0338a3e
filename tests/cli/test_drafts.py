"""The verbs `draft` and `accept`: standard input, several files, and a review from the keyboard."""

from __future__ import annotations

import io
import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.cli.review.keyboard import Keyboard
from egovkg.loaders.drafts.acceptance import DraftArticle
from egovkg.loaders.drafts.row_choices import RowChoices
from egovkg.tests.loaders.drafts.test_drafting import CASE, TEXT

SENTENCES = (
    "Hệ thống một cửa điện tử đã được kết nối với Cổng dịch vụ công quốc gia. Năm 2022, phần mềm điều hành "
    "đô thị sẽ lấy dữ liệu ở LGSP do Tổ Công nghệ số của tỉnh vận hành.\n"
)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("bai.txt").write_text(TEXT, encoding="utf-8")
    return Path(copytree(CASE, "corpus"))


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"], input=typed)


def draft(*arguments: str, typed: str = "") -> Result:
    return run("draft", *arguments, "--scope", "mh:tinh", "--publisher", "mh:bao", typed=typed)


def test_a_draft_from_standard_input_needs_an_id(corpus: Path) -> None:
    assert "--article" in draft("-", typed=TEXT).output
    done = draft("-", "--article", "tin-moi", typed=TEXT)
    assert done.exit_code == 0, done.output
    assert "articles/tin-moi.kg.md: 18 mentions, 20 claims and figures" in done.stdout
    assert run("check", "corpus").exit_code == 0


def test_a_broken_file_does_not_take_the_others_with_it(corpus: Path) -> None:
    Path("trong.txt").write_bytes(b"")
    done = draft("trong.txt", "bai.txt", "khong-co.txt")
    assert done.exit_code == 1
    assert "bai.kg.md" in done.stdout
    assert "trong.txt:1:1 KG101" in done.stderr
    assert "khong-co.txt:1:1 KG008" in done.stderr


def test_json_tells_places_and_writes_nothing(corpus: Path) -> None:
    record = json.loads(draft("bai.txt", "--format", "json").stdout)
    start = TEXT.index("1.250 hồ sơ")
    assert record["figures"][0] == {"start": start, "end": start + 11, "value": "~1250", "unit": "hồ-sơ"}
    assert not (corpus / "articles").exists()


def test_a_review_takes_keys_and_counts_them(corpus: Path) -> None:
    draft("bai.txt")
    keys = "y" + "x" + "n" + "e{status: pilot}\n" + "wLời của tôi.\nMy own words.\n" + "s" + "q"
    done = run("accept", "corpus/articles/bai.kg.md", "--review", "--kind", "claims", typed=keys)
    assert done.exit_code == 0, done.output
    assert "5 decisions, 3 accepted, 0 statements added" in done.stdout
    assert f"{len(keys) - 1} keys typed" in done.stdout
    text = (corpus / "articles" / "bai.kg.md").read_text("utf-8")
    assert "\nLời của tôi.\n\n> My own words.\n" in text
    assert run("check", "corpus").exit_code == 0
    rest = run("accept", "corpus/articles/bai.kg.md", "--review", "--kind", "claims", typed="q")
    assert "[1/10]" in rest.stdout
    assert "34 proposals are still open; go on with: egovkg accept corpus/articles/bai.kg.md" in rest.stdout


def test_a_review_goes_sentence_by_sentence_and_adds_what_no_rule_found(corpus: Path) -> None:
    Path("bai.txt").write_text(SENTENCES, encoding="utf-8")
    draft("bai.txt", "--published", "2021-07-15")
    first = "n" + "Y" + "y"  # the first name is wrong, the others are right, and so is the digest
    link = "a" + "1" + "/connects\n1" + "1" + "1b" + "\n"  # subject, relation, object, planned, due
    name = "+16-19\n" + "/bodies\n1" + "Community digital team\n"
    operator = "a" + "2" + "/operated\n1" + name + "c" + "\n"  # by a thing that has no name yet, not sure
    goal = "a" + "1" + "/has goal\n1" + "Một kho dữ liệu\nOne data store\n" + "\n"  # only its words name it
    typed = first + "Y" + link + operator + goal + "\n"
    done = run("accept", "corpus/articles/bai.kg.md", "--review", typed=typed)
    assert done.exit_code == 0, done.output
    assert f"{len(typed)} keys typed: {len(typed) / 7:.1f} for each statement" in done.stdout
    article = (corpus / "articles" / "bai.kg.md").read_text("utf-8")
    assert "\nmh:phan-mem-dieu-hanh-do-thi  connectsTo  mh:lgsp  {status: planned, by: 2022}\n" in article
    assert "\nmh:lgsp  operatedBy  mh:to-cong-nghe-so  {certainty: medium}\n" in article
    assert '  hasGoal  "Một kho dữ liệu"  {en: "One data store"}\n' in article
    place = SENTENCES.index("Tổ Công nghệ số")
    assert f" {place}-{place + 15} mh:to-cong-nghe-so -->" in article
    assert " is operated by community digital team (not certain)." in article
    register = (corpus / "register" / "mh.yaml").read_text("utf-8")
    assert "\n  to-cong-nghe-so:\n    kind: BodyGroup\n" in register
    assert run("check", "corpus").exit_code == 0


def test_a_statement_that_is_given_up_leaves_nothing_behind(corpus: Path) -> None:
    Path("bai.txt").write_text(SENTENCES, encoding="utf-8")
    draft("bai.txt", "--published", "2021-07-15")
    files = corpus / "articles" / "bai.kg.md", corpus / "register" / "mh.yaml"
    before = [path.read_text("utf-8") for path in files]
    begun = "a" + "2" + "/operated\n1" + "+16-19\n" + "/bodies\n1" + "Community digital team\n"
    done = run("accept", "corpus/articles/bai.kg.md", "--review", typed=begun + "." + "q")
    assert "0 decisions, 0 accepted, 0 statements added" in done.stdout
    assert [path.read_text("utf-8") for path in files] == before


def test_a_review_chooses_another_meaning_of_a_name_and_another_object(corpus: Path) -> None:
    Path("bai.txt").write_text(SENTENCES, encoding="utf-8")
    draft("bai.txt", "--published", "2021-07-15")
    keys = "c/document software\n1" + "n" + "n" + "cS/document software\n1" + "4" + "-" + "\n" + "\nq"
    done = run("accept", "corpus/articles/bai.kg.md", "--review", typed=keys)
    assert done.exit_code == 0, done.output
    article = (corpus / "articles" / "bai.kg.md").read_text("utf-8")
    assert "\n<!-- 1 0-24 mh:qlvb -->\n" in article
    assert "\nmh:qlvb  connectsTo  nat:cong-dvcqg  {status: pilot, polarity: no}\n" in article
    register = (corpus / "register" / "mh.yaml").read_text("utf-8")
    assert "he-thong-mot-cua-dien-tu" not in register  # nothing names it any more
    assert "\n#?   phan-mem-dieu-hanh-do-thi:\n" in register


def test_a_thing_named_new_is_new_unless_the_register_has_its_name(corpus: Path) -> None:
    Path("bai.txt").write_text("UBND tỉnh Minh Hoạ dùng LGSP của tỉnh.\n", encoding="utf-8")
    draft("bai.txt", "--published", "2021-07-15")
    new = "c+UBND huyện Minh Châu\n/committee\n1\n"
    known = "c+lgsp\n1"  # the register has an LGSP
    done = run("accept", "corpus/articles/bai.kg.md", "--review", "--kind", "mentions", typed=new + known)
    assert done.exit_code == 0, done.output
    article = (corpus / "articles" / "bai.kg.md").read_text("utf-8")
    assert "<!-- 1 0-18 mh:uy-ban-nhan-dan-huyen-minh-chau -->" in article
    assert "mh:lgsp -->" in article
    register = (corpus / "register" / "mh.yaml").read_text("utf-8")
    entry = register.partition("\n  uy-ban-nhan-dan-huyen-minh-chau:\n")[2]
    assert "    kind: PeoplesCommittee\n    vi: UBND huyện Minh Châu\n" in entry
    assert "territory" not in entry  # the province has its own committee
    assert run("check", "corpus").exit_code == 0


def test_a_name_that_is_cut_anew_has_one_line(corpus: Path) -> None:
    Path("bai.txt").write_text("UBND tỉnh Minh Hoạ dùng LGSP của tỉnh Minh Hoạ.\n", encoding="utf-8")
    draft("bai.txt", "--published", "2021-07-15")
    keys = "c+1-5\n1\n" + "c+6\n1"  # a longer name of the committee, a shorter one of the platform
    done = run("accept", "corpus/articles/bai.kg.md", "--review", "--kind", "mentions", typed=keys)
    article = (corpus / "articles" / "bai.kg.md").read_text("utf-8")
    mentions = [line for line in article.split("\n") if line.startswith("<!-- ") and "original" not in line]
    assert done.exit_code == 0, done.output
    assert mentions == ["<!-- 4 0-23 mh:uy-ban-nhan-dan-tinh-minh-hoa-dung -->", "<!-- 5 24-28 mh:lgsp -->"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("UBND phường Minh Châu", "PeoplesCommittee"),
        ("Sở Ngoại vụ", "Department"),
        ("Cổng dữ liệu mở", "Portal"),
        ("Đảng uỷ phường Minh Châu", "PartyBody"),
        ("Binh Chau ward People's Committee", "PeoplesCommittee"),
        ("Department of Tax", "Department"),
    ],
)
def test_the_list_of_classes_begins_with_that_of_the_head_noun(corpus: Path, name: str, kind: str) -> None:
    language = "en" if name.isascii() else "vi"
    text = TEXT if language == "vi" else (CASE / "minh-hoa.en.txt").read_text("utf-8")
    Path("bai.txt").write_text(text, encoding="utf-8")
    draft("bai.txt")
    article = DraftArticle(corpus / "articles" / "bai.kg.md")
    assert RowChoices(article, "en").classes(None, name)[0].text.endswith(kind)


def test_a_review_writes_no_line_that_the_check_refuses_and_takes_decisions_back(corpus: Path) -> None:
    Path("bai.txt").write_text(SENTENCES, encoding="utf-8")
    draft("bai.txt", "--published", "2021-07-15")
    path, register = corpus / "articles" / "bai.kg.md", corpus / "register" / "mh.yaml"
    before = path.read_text("utf-8"), register.read_text("utf-8")
    accept = ("accept", "corpus/articles/bai.kg.md", "--review", "--kind", "claims")
    wrong, right = "mh:lgsp conectsTo nat:cong-dvcqg", "mh:lgsp  connectsTo  nat:cong-dvcqg"
    done = run(*accept, typed=f"e{wrong}\n{right}\nYq")
    assert 'not written: no relation "conectsTo" — did you mean' in done.stdout
    assert right in path.read_text("utf-8")
    assert wrong not in path.read_text("utf-8")
    path.write_text(before[0], encoding="utf-8")
    register.write_text(before[1], encoding="utf-8")
    figure = "f1/dossiers carried\n1" + '"17 %\n' + "\n" + "O" + '"177\n' + "\n"
    done = run(*accept, typed=f"{figure}yuuuq")
    assert "not written: postalDossiers is counted in hồ-sơ, not %" in done.stdout
    assert done.stdout.count("taken back") == 2
    assert "nothing to take back" in done.stdout
    assert "0 decisions, 0 accepted, 0 statements added" in done.stdout
    assert (path.read_text("utf-8"), register.read_text("utf-8")) == before


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_keys_typed_ahead_are_keys_but_no_answer_to_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = iter(["yns", "\x1b[A", "q"])
    monkeypatch.setattr("click.getchar", lambda: next(reads))
    monkeypatch.setattr("sys.stdin", _Terminal("{status: pilot}\n"))
    keyboard = Keyboard()
    assert [keyboard.key(), keyboard.key()] == ["y", "n"]
    assert keyboard.line("edit") == "{status: pilot}"
    assert [keyboard.key(), keyboard.key()] == ["\x1b[A", "q"]


def test_a_rule_that_no_open_proposal_has_is_refused(corpus: Path) -> None:
    draft("bai.txt")
    done = run("accept", "corpus/articles/bai.kg.md", "--rule", "serves", "--rule", "conect")
    assert done.exit_code == 2
    assert 'no open proposal has the rule "conect" — open ones have: connect' in done.stderr


@pytest.mark.parametrize(
    ("option", "line"),
    [
        ("--publisher", "KG032 publisher of the article must be of class Body, but vn:lang-son is of class"),
        ("--scope", "KG032 scope of the article must be of class AdministrativeUnit, but nat:bo-tttt is of"),
    ],
)
def test_publisher_and_scope_have_their_class(corpus: Path, option: str, line: str) -> None:
    wrong = "vn:lang-son" if option == "--publisher" else "nat:bo-tttt"
    done = run("draft", "bai.txt", option, wrong)
    assert (done.exit_code, line in done.stderr) == (1, True)
    assert not (corpus / "articles").exists()


def test_proposals_are_listed_chosen_and_rejected(corpus: Path) -> None:
    draft("bai.txt")
    article = "corpus/articles/bai.kg.md"
    rows = json.loads(run("accept", article, "--format", "json").stdout)
    claims = [row for row in rows if row["kind"] == "claims"]
    assert {row["rule"] for row in claims} >= {"serves", "connect", "issued-by", "number", "dated"}
    assert "1 proposal accepted" in run("accept", article, "--id", str(claims[0]["number"])).stdout
    assert "6 proposals rejected" in run("accept", article, "--kind", "figures", "--reject").stdout
    assert "no open proposal has the number 999" in run("accept", article, "--id", "999").output
    assert run("accept", article, "--reject").exit_code == 2
    assert "0 open" in run("accept", article, "--all").stdout


def test_articles_accepted_together_keep_the_entries_of_each(corpus: Path) -> None:
    text = "Sở Thông tin và Truyền thông vận hành {} của tỉnh."
    for name, system in (("bai-1.txt", "phần mềm quản lý đất đai"), ("bai-2.txt", "phần mềm báo cáo")):
        Path(name).write_text(text.format(system), "utf-8")
        draft(name)
    assert run("accept", "corpus/articles/bai-1.kg.md", "corpus/articles/bai-2.kg.md", "--all").exit_code == 0
    assert run("check", "corpus").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        "本省的数字政府平台已经连接到国家公共服务门户。" * 20,
        "Портал области подключён к национальному порталу государственных услуг.",
        "ລະບົບຂອງແຂວງເຊື່ອມຕໍ່ກັບປະຕູແຫ່ງຊາດແລ້ວ",
    ],
)
def test_a_text_in_another_script_is_refused(corpus: Path, words: str) -> None:
    done = draft("-", "--article", "x", typed=words)
    assert (done.exit_code, "KG103" in done.stderr) == (1, True)
    assert not (corpus / "articles").exists()


def test_a_text_without_finds_says_so(corpus: Path) -> None:
    done = draft("-", "--article", "x", typed="Hôm qua trời đẹp quá, nắng vàng trải khắp cánh đồng.\n")
    assert done.exit_code == 0, done.output
    assert "nothing was found" in done.stderr
    assert "nothing was found" not in draft("bai.txt").stderr


def test_a_draft_without_a_name_of_a_register_says_so(corpus: Path) -> None:
    done = draft("-", "--article", "x", typed="Tỷ lệ hồ sơ trực tuyến đạt 75% trong năm 2024.\n")
    assert "0 mentions" in done.stdout
    assert "no name of a register was found" in done.stderr
    assert "no name of a register" not in draft("bai.txt").stderr


@pytest.mark.parametrize(
    ("day", "published"), [("15/3/2023", "2023-03-15"), ("2023", "2023"), ("3/2023", "2023-03")]
)
def test_a_day_is_read_as_in_articles(corpus: Path, day: str, published: str) -> None:
    done = draft("bai.txt", "--published", day)
    assert done.exit_code == 0, done.output
    assert f"\npublished: {published}\n" in (corpus / "articles" / "bai.kg.md").read_text("utf-8")


def test_a_day_that_is_none_is_refused(corpus: Path) -> None:
    done = draft("bai.txt", "--published", "15/13/2023")
    assert (done.exit_code, "KG040" in done.stderr) == (1, True)
