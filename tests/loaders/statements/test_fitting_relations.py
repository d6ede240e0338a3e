"""A relation that does not fit two classes is answered with those that do, and these are accepted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.pipeline.preparation import Preparer
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.words import languages

HEAD = "---\nkg: 1\narticle: a\ntitle: a\npublisher: bk:cong-ttdt-don-vi-dang\npublished: 2021-06-30\n"


@pytest.fixture(scope="module")
def preparer() -> Preparer:
    return Preparer(load_lexicon([]))


def problems_of(preparer: Preparer, folder: Path, claim: str, lang: str = "en") -> list[str]:
    path = folder / "a.kg.md"
    path.write_text(f"{HEAD}scope: vn:bac-kan\n---\n\n## d1\n\nx\n\n```claims\n{claim}\n```\n", "utf-8")
    loaded = preparer.load(path)
    return [problem.fault.text(lang) for problem in loaded.problems if problem.code == "KG032"]


@pytest.mark.parametrize(
    ("claim", "cure"),
    [
        (
            "bk:lgsp usesTechnology bk:ubnd-tinh",
            r"Platform to PeoplesCommittee: .*operatedBy",
        ),
        (
            "bk:lgsp issuedBy tq:lgsp",
            r"Platform to IntegrationPlatform: .*connectsTo",
        ),
        (
            "bk:ubnd-tinh connectsTo bk:lgsp",
            r"Committee to IntegrationPlatform: operates",
        ),
        ("bk:ubnd-tinh operatedBy bk:lgsp", r"swap subject and object: bk:lgsp operatedBy bk:ubnd-tinh"),
        ("vn:bac-kan serves bk:lgsp", r"swap subject and object: bk:lgsp serves vn:bac-kan"),
        (
            "vn:bac-kan connectsTo bk:lgsp",
            r"way round, from IntegrationPlatform to Province: interconnects, serves",
        ),
        ("nat:cntt hostedOn vn:bac-kan", r"no relation connects Technology and Province"),
    ],
)
def test_the_cure(preparer: Preparer, tmp_path: Path, claim: str, cure: str) -> None:
    messages = problems_of(preparer, tmp_path, claim)
    assert messages
    for message in messages:
        assert re.search(cure, message), message


@pytest.mark.parametrize(
    ("subject", "target"),
    [
        ("bk:lgsp", "bk:ubnd-tinh"),
        ("bk:lgsp", "tq:lgsp"),
        ("bk:ubnd-tinh", "bk:lgsp"),
        ("bk:lgsp", "vn:bac-kan"),
    ],
)
def test_every_relation_that_is_offered_is_accepted(
    preparer: Preparer, tmp_path: Path, subject: str, target: str
) -> None:
    (first, *_) = problems_of(preparer, tmp_path, f"{subject} issuedBy {target}")
    relations = first.rpartition(": ")[2].split(", ")
    assert set(relations) <= load_vocabulary().properties.keys()
    for relation in relations:
        assert problems_of(preparer, tmp_path, f"{subject} {relation} {target}") == []


@pytest.mark.parametrize("lang", languages())
def test_one_line_mends_two_swapped_sides(preparer: Preparer, tmp_path: Path, lang: str) -> None:
    (message,) = problems_of(preparer, tmp_path, "bk:ubnd-tinh operatedBy bk:lgsp", lang)
    assert "bk:lgsp operatedBy bk:ubnd-tinh" in message
