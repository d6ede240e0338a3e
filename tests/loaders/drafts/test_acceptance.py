"""Drafts state nothing; accepted proposals state what they say, with register entries and digests."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest
from egovkg.errors import InputError
from egovkg.loaders.drafts.acceptance import DraftArticle
from egovkg.loaders.drafts.desk import DraftDesk, DraftRequest
from egovkg.loaders.drafts.proposals import FIGURES
from egovkg.loaders.drafts.review import Decision, Review, ReviewAnswer, Selection
from egovkg.loaders.drafts.row_choices import RowChoices
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.checking import check
from egovkg.problems import Severity
from egovkg.tests.loaders.drafts.test_drafting import CASE, TEXT


@pytest.fixture(scope="module")
def drafted_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(copytree(CASE, tmp_path_factory.mktemp("drafted") / "corpus"))
    desk = DraftDesk(folder)
    request = DraftRequest(scope="mh:tinh", publisher="mh:bao")
    desk.write(desk.draft(TEXT.encode(), "minh-hoa.txt", request))
    return folder


@pytest.fixture
def path(tmp_path: Path, drafted_corpus: Path) -> Path:
    return copytree(drafted_corpus, tmp_path / "corpus") / "articles" / "minh-hoa.kg.md"


def number(path: Path, content: str) -> int:
    proposals = DraftArticle(path).proposals()
    return next(item.number for item in proposals if " ".join(item.content.split()).startswith(content))


def faults(folder: Path, originals: Path | None = None) -> list[str]:
    """List what is wrong with a corpus; that proposals are open is a note."""
    problems = check([folder], originals=originals)
    return [str(problem) for problem in problems if problem.severity is not Severity.INFO]


def accept(path: Path, *contents: str) -> None:
    article = DraftArticle(path)
    article.accept(Selection([number(path, content) for content in contents]).chosen(article.proposals()))


def test_a_draft_passes_every_check_and_states_nothing(path: Path) -> None:
    folder = path.parents[1]
    originals = folder / "originals"
    assert faults(folder, originals) == []
    (note,) = check([folder])
    assert "38 proposals of the draft are open" in note.text("en")
    assert build([folder], folder / "home").claims == 0
    assert (originals / "minh-hoa.txt").read_text("utf-8") == TEXT
    assert (originals / ".gitignore").read_text("utf-8") == "*\n"
    words = path.read_text("utf-8").split("---", 2)[2]
    assert "tiếp nhận" not in words
    assert "ban hành" not in words


def test_an_accepted_claim_brings_its_entries_and_a_digest(path: Path) -> None:
    accept(path, "mh:212-qd-ubnd issuedBy", "mh:he-thong-mot-cua-dien-tu connectsTo")
    folder = path.parents[1]
    register = (folder / "register" / "mh.yaml").read_text("utf-8")
    assert "\n  212-qd-ubnd:\n    kind: Decision\n" in register
    assert "\n#?   cong-dich-vu-cong:\n" in register
    text = path.read_text("utf-8")
    assert "mh:212-qd-ubnd  issuedBy  mh:ubnd\n" in text
    assert "[Quyết định số 212/QĐ-UBND](mh:212-qd-ubnd) do [UBND tỉnh Minh Hoạ](mh:ubnd) ban hành." in text
    assert "> Decision 212/QĐ-UBND is issued by the People's Committee of Minh Hoạ province." in text
    assert faults(folder, folder / "originals") == []
    assert build([folder], folder / "home").claims == 2


def test_all_proposals_can_be_accepted(path: Path) -> None:
    article = DraftArticle(path)
    count = len(article.proposals())
    assert article.accept(article.proposals()) == count
    assert DraftArticle(path).proposals() == ()
    folder = path.parents[1]
    assert faults(folder, folder / "originals") == []
    assert build([folder], folder / "home").figures == 6


def test_a_digest_follows_later_acceptances_until_a_person_writes_it(path: Path) -> None:
    accept(path, "mh:qlvb connectsTo")
    accept(path, "mh:he-thong-mot-cua-dien-tu connectsTo")
    article = DraftArticle(path)
    assert "Hệ thống một cửa điện tử Minh Hoạ](mh:he-thong-mot-cua-dien-tu) kết nối với" in "\n".join(
        article.rows
    )
    own = "[Phần mềm văn bản](mh:qlvb) còn đứng ngoài LGSP."
    article.write_digest("d4", own, "The document software is still outside the LGSP.")
    accept(path, "mh:qlvb serves")
    text = path.read_text("utf-8")
    assert text.count(own) == 1
    assert "phục vụ địa bàn" not in text
    assert faults(path.parents[1]) == []


def test_a_search_lists_the_unit_of_the_article_then_what_it_names(path: Path) -> None:
    article = DraftArticle(path)
    found = [offer.text for offer in RowChoices(article, "en").search("m")]
    named = [curie in "\n".join(article.rows) for curie in found]
    assert found[0] == "mh:tinh"
    assert named == sorted(named, reverse=True)
    assert not all(named)


def test_a_figure_is_offered_without_the_unit_of_its_measure(path: Path) -> None:
    article = DraftArticle(path)
    choices = RowChoices(article, "en")
    paragraph = next(item.paragraph for item in article.proposals() if "~1250" in item.content)
    assert "~1250" in [offer.text for offer in choices.values(paragraph, "postalDossiers")]
    assert "~1250 hồ-sơ" in [offer.text for offer in choices.values(paragraph, "bodiesUsingShare")]


def test_a_digest_tells_of_whom_a_figure_is(path: Path) -> None:
    article = DraftArticle(path)
    paragraph = article.proposals()[0].paragraph
    for share, group in ((90, 'of: "các xã", of_en: communes'), (70, "of: mh:so-tttt")):
        article.add_statement(paragraph, FIGURES, f"mh:tinh  bodiesUsingShare  {share} %  {{{group}}}")
    article.add_mention(paragraph, "mh:qlvb", (0, 3))
    text, english = article.digest(paragraph)
    assert " đạt 90% của các xã và " in text
    assert " reached 90% of communes and " in english
    assert " 70% of the Department of Information and Communications of Minh Hoạ. " in english
    assert english.endswith(" the document software of Minh Hoạ too.")


def test_a_rejected_proposal_is_offered_no_more(path: Path) -> None:
    article = DraftArticle(path)
    chosen = Selection(kinds=["figures"]).chosen(article.proposals())
    assert article.reject(chosen) == 6
    again = DraftArticle(path)
    assert Selection(kinds=["figures"]).chosen(again.proposals()) == []
    assert faults(path.parents[1]) == []


def test_a_review_records_each_decision_and_resumes(path: Path) -> None:
    review = Review(DraftArticle(path), Selection(rules=["connect"]))
    first, second, third = review.pending()
    review.decide(first, Decision(first.number, first.rule, ReviewAnswer.ACCEPT, 1, 0.5))
    second = review.pending()[0]
    edited = "mh:qlvb  connectsTo  mh:lgsp  {polarity: no, asOf: 2021-06}"
    review.decide(second, Decision(second.number, second.rule, ReviewAnswer.EDIT, 30, 2.0), edited)
    assert f"{edited}\n" in path.read_text("utf-8")
    resumed = Review(DraftArticle(path), Selection(rules=["connect"]))
    assert [item.number for item in resumed.pending()] == [third.number]
    record = path.parents[1] / "originals" / "minh-hoa.review.jsonl"
    answers = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    assert [(answer["answer"], answer["typed"]) for answer in answers] == [("y", 1), ("e", 30)]
    assert (review.accepted, review.typed) == (2, 31)


def test_another_article_of_the_place_uses_its_register(path: Path) -> None:
    folder = path.parents[1]
    desk = DraftDesk(folder)
    other = TEXT.replace("Minh Hoạ nối", "Tỉnh Minh Hoạ nối").encode()  # one page is one source
    desk.write(desk.draft(other, "tin-2.txt", DraftRequest(scope="mh:tinh")))
    assert sorted(file.name for file in (folder / "register").iterdir()) == ["mh.yaml"]
    assert (folder / "register" / "mh.yaml").read_text("utf-8").count("cong-dich-vu-cong:") == 1
    assert faults(folder) == []
    with pytest.raises(InputError, match="KG015"):
        DraftDesk(folder).draft(TEXT.encode(), "tin-2.txt", DraftRequest(scope="mh:tinh"))


def test_what_is_no_article_has_no_proposals(tmp_path: Path) -> None:
    (tmp_path / "a.kg.md").write_text("# A page\n", encoding="utf-8")
    with pytest.raises(InputError, match="KG007"):
        DraftArticle(tmp_path / "a.kg.md")
