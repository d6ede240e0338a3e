"""The rules of the annotation guide: each finds its fault at its line, and no fault in the right line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from egovkg.loaders.guide.advice import advice
from egovkg.loaders.pipeline.article_files import load_article
from egovkg.loaders.pipeline.checking import check
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.statements.resolver import Resolver
from egovkg.problems import Severity, errors
from egovkg.tests.corpora.folders import FIVE
from egovkg.words import languages

if TYPE_CHECKING:
    from egovkg.problems import Problem

HEAD = """---
kg: 1
article: a
title: a
publisher: bk:cong-ttdt-don-vi-dang
published: 2021-06-30
scope: vn:bac-kan
---

## d1

"""
DIGEST = 12  # line of the digest; the first row stands three lines below it


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load_lexicon([]).lexicon)


def advised(resolver: Resolver, rows: str, digest: str = "x", block: str = "claims") -> tuple[Problem, ...]:
    text = f"{HEAD}{digest}\n\n```{block}\n{rows}\n```\n"
    loaded = load_article(text.encode(), "a.kg.md", resolver)
    assert loaded.article is not None
    assert not errors(loaded.problems), loaded.problems
    return advice(loaded.article, resolver.lexicon)


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in problems]


SERVES = "bk:lgsp  serves  vn:bac-kan"
EDOC = "bk:qlvb  serves  vn:bac-kan"
TASK = 'vn:bac-kan  hasTask  "Xây dựng LGSP"  {en: "Build the LGSP", status: planned, about: bk:lgsp}'
GOAL = 'vn:bac-kan  hasGoal  "Phục vụ người dân"  {en: "Serve people"%s}'
TITLE = 'tq:qd-464-2017  title  "Phê duyệt Kiến trúc Chính quyền điện tử"  {en: "Approving the architecture"}'


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("KG202", f"{TASK}\n{SERVES}  {{status: planned}}", f"{TASK}\n{SERVES}"),
        ("KG207", GOAL % "", GOAL % ", status: planned"),
        ("KG207", GOAL % ", status: limited", GOAL % ", status: completed"),
        (
            "KG209",
            f"bk:lgsp  usedBy  bk:ubnd-tinh  {{status: limited}}\n{SERVES}",
            f"{SERVES}  {{status: limited}}",
        ),
        ("KG210", f"{SERVES}  {{by: 2020}}", f"{SERVES}  {{status: planned, by: 2020}}"),
        ("KG210", f"{SERVES}  {{status: completed, by: 2020}}", f"{SERVES}  {{asOf: 2020}}"),
        ("KG212", f"{SERVES}  {{certainty: low}}", SERVES),
        ("KG212", f"{SERVES}  {{certainty: high}}", SERVES),
        ("KG212", f"{SERVES}  {{certainty: medium}}", f'{SERVES}  {{certainty: medium, note: "A, hoặc B"}}'),
        ("KG215", "bk:lgsp  operatedBy  bk:ubnd-tinh", f"bk:lgsp  operatedBy  bk:ubnd-tinh\n{SERVES}"),
        (
            "KG220",
            f"bk:lgsp  connectsTo  bk:qlvb  {{status: planned}}\n{SERVES}\n{EDOC}",
            f"bk:qlvb  connectsTo  bk:lgsp  {{status: planned}}\n{SERVES}\n{EDOC}",
        ),
        (
            "KG220",
            f"bk:qlvb  usesDataOf  bk:lgsp\nbk:qlvb  partOfSystem  bk:lgsp\n{SERVES}\n{EDOC}",
            f"bk:qlvb  partOfSystem  bk:lgsp\n{SERVES}\n{EDOC}",
        ),
        (
            "KG220",
            f"bk:lgsp  interconnects  vn:bac-kan  {{scope: province}}\n{SERVES}",
            f"bk:lgsp  interconnects  vn:bac-kan  {{scope: [province, commune]}}\n{SERVES}",
        ),
        ("KG223", f"{SERVES}  {{about: bp:tran-tue-hien}}", f"{SERVES}  {{saidBy: bp:tran-tue-hien}}"),
        (
            "KG224",
            f'tq:qd-464-2017  hasGoal  "kiến trúc chính quyền"  {{en: "x", status: approved}}\n{TITLE}',
            f'tq:qd-464-2017  hasGoal  "Phục vụ dân"  {{en: "x", status: approved}}\n{TITLE}',
        ),
    ],
)
def test_rows(resolver: Resolver, code: str, wrong: str, right: str) -> None:
    assert places(advised(resolver, wrong)) == [(code, DIGEST + 3)]
    assert advised(resolver, right) == ()


@pytest.mark.parametrize(
    ("code", "digest", "wrong", "right"),
    [
        ("KG222", "Có khoảng 1.250 hồ sơ.", "onlineDossiers  1.250", "onlineDossiers  ~1.250"),
        ("KG222", "Có hơn 90% hồ sơ.", "onlineDossierShare  90", "onlineDossierShare  >90"),
        ("KG222", "Đạt 70% trở lên.", "onlineDossierShare  70", "onlineDossierShare  >=70"),
        ("KG222", "Chỉ dưới 5,5% hồ sơ.", "onlineDossierShare  5,5", "onlineDossierShare  <5,5"),
        (
            "KG223",
            "Có 95 dịch vụ mức độ 3 trở lên.",
            "servicesOnline  95  {level: 3}",
            'servicesOnline  95  {level: ">=3"}',
        ),
        (
            "KG223",
            "Người dân nộp 95% hồ sơ.",
            "onlineDossierShare  95  {about: nat:nguoi-dan}",
            "onlineDossierShare  95  {of: nat:nguoi-dan}",
        ),
        (
            "KG210",
            "Sẽ đạt 95% trong năm 2022.",
            "onlineDossierShare  95  {kind: target, by: 2022}",
            "onlineDossierShare  95  {kind: target, period: 2022}",
        ),
    ],
)
def test_figures_against_the_digest(
    resolver: Resolver, code: str, digest: str, wrong: str, right: str
) -> None:
    assert places(advised(resolver, f"vn:bac-kan  {wrong}", digest, "figures")) == [(code, DIGEST + 3)]
    assert advised(resolver, f"vn:bac-kan  {right}", digest, "figures") == ()


@pytest.mark.parametrize(
    "digest",
    [
        "Có 11 trên 11 huyện, và 11 xã.",  # a ratio, and the plain number beside it
        "Có khoảng 12 huyện.",  # another number
        "Từ 11 huyện trở xuống; trên địa bàn có 11 huyện.",
    ],
)
def test_numbers_without_a_comparing_word_are_left_alone(resolver: Resolver, digest: str) -> None:
    assert advised(resolver, "vn:bac-kan  districtsCovered  11", digest, "figures") == ()


def test_a_deadline_in_the_digest_keeps_its_by(resolver: Resolver) -> None:
    row = "vn:bac-kan  onlineDossierShare  95  {kind: target, by: 2022}"
    assert advised(resolver, row, "Trong năm 2021 bắt đầu, đến năm 2022 đạt 95%.", "figures") == ()


def test_online_services_are_the_set_of_services(resolver: Resolver) -> None:
    words = "[%s](bk:he-thong-dvctt) phục vụ dân."
    served = "bk:he-thong-dvctt  serves  vn:bac-kan"
    assert places(advised(resolver, served, words % "Dịch vụ công trực tuyến")) == [("KG216", DIGEST - 2)]
    assert advised(resolver, served, words % "Hệ thống dịch vụ công trực tuyến") == ()


def test_a_document_with_a_printed_number_has_it(resolver: Resolver) -> None:
    numbered = "[Quyết định 464/QĐ-UBND](tq:qd-464-2017) đã ra."
    assert advised(resolver, SERVES, numbered) == ()
    unnumbered = next(
        entity.curie
        for entity in resolver.lexicon.register.entities
        if resolver.lexicon.fits(entity.kind, "LegalDocument") and "number" not in entity.values
    )
    problems = advised(resolver, SERVES, f"[Kế hoạch 12/KH-UBND]({unnumbered}) đã ra.")
    assert ("KG224", DIGEST - 2) in places(problems)


def test_a_label_of_several_things_is_no_single_system(resolver: Resolver) -> None:
    problems = advised(resolver, SERVES, "[Các trang tin](tq:cac-trang-tin) đăng tin.")
    entity = resolver.lexicon.register.by_curie["tq:cac-trang-tin"]
    expected = [] if entity.kind == "SystemGroup" else [("KG219", entity.line)]
    assert places(problems) == expected


def test_articles_of_before_the_guide_have_warnings_and_notes() -> None:
    assert check([FIVE]) == ()
    problems = check([FIVE], by_guide=True)
    assert {problem.severity for problem in problems} == {Severity.INFO, Severity.WARNING}
    for problem in problems:
        assert all(problem.text(lang) for lang in languages())
