"""Digests that are made of statements: sentences with verbs, in both languages alike."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from egovkg.loaders.drafts.digest import DigestWriter
from egovkg.loaders.drafts.proposal_lines import paragraphs
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.words import catalogue

CASE = Path(__file__).parents[2] / "cases" / "drafts"


@lru_cache(maxsize=1)
def writer() -> DigestWriter:
    lexicon = load_lexicon([CASE]).lexicon
    return DigestWriter(lexicon, lambda curie: lexicon.register.by_curie[curie].values)


def digest(claims: str = "", figures: str = "", names: str = "", paragraph: str = "d1") -> tuple[str, str]:
    """Word statements, without the targets of mentions."""
    rows = [f"## {paragraph}", *(f"<!-- {n} 0-1 {name} -->" for n, name in enumerate(names.split(), 1))]
    for block, text in (("claims", claims), ("figures", figures)):
        rows += [f"```{block}", *text.split("\n"), "```"] if text else []
    text, translation = writer().word(paragraphs(rows)[0])
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", text), translation


@pytest.mark.parametrize(
    ("claims", "text", "translation"),
    [
        (
            "mh:lgsp serves mh:tinh\nmh:qlvb serves mh:tinh\nmh:qlvb connectsTo mh:lgsp {polarity: no}",
            "Nền tảng LGSP tỉnh Minh Hoạ và Phần mềm quản lý văn bản tỉnh Minh Hoạ phục vụ tỉnh Minh Hoạ. "
            "Phần mềm quản lý văn bản tỉnh Minh Hoạ không kết nối với Nền tảng LGSP tỉnh Minh Hoạ.",
            "The LGSP of Minh Hoạ and the document software of Minh Hoạ serve Minh Hoạ province. "
            "The document software of Minh Hoạ does not connect to the LGSP of Minh Hoạ.",
        ),
        (
            "mh:qlvb connectsTo mh:lgsp {status: planned, by: 2022}\n"
            "mh:qlvb connectsTo nat:cong-dvcqg {status: planned, by: 2022}\n"
            "mh:qlvb operatedBy mh:so-tttt {from: 2021-03}",
            "Phần mềm quản lý văn bản tỉnh Minh Hoạ dự kiến kết nối với Nền tảng LGSP tỉnh Minh Hoạ và "
            "Cổng Dịch vụ công quốc gia chậm nhất vào năm 2022 và do Sở Thông tin và Truyền thông tỉnh "
            "Minh Hoạ vận hành từ tháng 3/2021.",
            "The document software of Minh Hoạ is planned to connect to the LGSP of Minh Hoạ and the "
            "National Public Service Portal by 2022 and is operated by the Department of Information and "
            "Communications of Minh Hoạ from March 2021.",
        ),
        (
            "mh:qlvb undergoes code:upgrade {status: completed, period: 2021-Q2}\n"
            "mh:qlvb undergoes code:extend {status: completed, period: 2021-Q2}",
            "Phần mềm quản lý văn bản tỉnh Minh Hoạ đã được nâng cấp và mở rộng trong quý II/2021.",
            "The document software of Minh Hoạ undergoes upgrade and extension, with the work completed "
            "in the second quarter of 2021.",
        ),
        (
            'mh:so-tttt hasTask "Nối hai hệ thống" {en: "Link two systems", saidBy: mh:so-tttt}',
            "Sở Thông tin và Truyền thông tỉnh Minh Hoạ có nhiệm vụ “Nối hai hệ thống”, "
            "theo lời của chính bên này.",
            "The Department of Information and Communications of Minh Hoạ has the task “Link two systems”, "
            "by its own account.",
        ),
    ],
)
def test_claims_read_as_sentences(claims: str, text: str, translation: str) -> None:
    assert digest(claims) == (text, translation)


def test_figures_have_verbs_by_what_they_count() -> None:
    text, translation = digest(
        figures="mh:tinh onlineDossiers ~1250 {period: 2021-06-30}\n"
        "mh:tinh accountShare >20 %\n"
        "mh:tinh indexRank 12/63 {about: nat:pci}\n"
        "mh:tinh accountShare 80 % {kind: target, by: 2025}"
    )
    assert text.startswith("Số hồ sơ trực tuyến của tỉnh Minh Hoạ là khoảng 1.250 hồ sơ vào ngày 30/6/2021, ")
    assert " đạt trên 20% và xếp thứ 12/63 về " in text
    assert text.endswith(" cần đạt 80% chậm nhất vào năm 2025.")
    assert translation.startswith(
        "For Minh Hoạ province, online dossiers numbered about 1,250 on 30 June 2021, "
    )
    assert " reached more than 20% and ranked 12/63 in " in translation
    assert translation.endswith(" should reach 80% by 2025.")


def test_no_sentence_has_more_than_three_clauses() -> None:
    claims = "mh:so-tttt operates mh:lgsp\nmh:ubnd directs mh:so-tttt\nmh:ubnd directs mh:cong-an"
    claims += "\nmh:ubnd cooperatesWith mh:so-tttt\nmh:ubnd advises mh:tinh\nmh:ubnd assists mh:cong-an"
    for digest_words in digest(claims):
        assert digest_words.count(".") == 3  # one of the department, two of the committee


def test_no_opening_is_repeated_from_one_paragraph_to_the_next() -> None:
    for words in zip(
        *(digest(names="mh:lgsp mh:qlvb", paragraph=f"d{number}") for number in range(3)), strict=True
    ):
        assert len(set(words)) == 3


def test_words_that_are_chosen_by_a_key_have_all_their_forms() -> None:
    words = catalogue("egovkg.loaders.drafts", "vi")
    for form in words.below("figure"):
        assert {form, f"{form}_target"} <= words.below("figure_verb").keys()
        assert form in words.below("figure_more")
