"""The documentation page says what the Turtle files say."""

from __future__ import annotations

from pathlib import Path

import pytest
from egovkg.ontology import load_vocabulary
from egovkg.ontology.page import characteristics, main, ontology_page

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_the_page_in_docs_is_the_one_generated_now() -> None:
    fresh = ontology_page()
    assert PAGE.read_text(encoding="utf-8") == fresh, "python -m egovkg.ontology.page > docs/ontology.md"


def test_every_term_and_code_is_on_the_page() -> None:
    page = ontology_page()
    vocabulary = load_vocabulary()
    terms = [*vocabulary.classes, *vocabulary.properties, *(f"code:{slug}" for slug in vocabulary.codes)]
    assert [name for name in terms if f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("exposedTo", ("follows from `operates`, then `dependsOn`",)),
        ("cooperatesWith", ("holds in both directions (symmetric)",)),
        ("connectsTo", ("a special case of `directlyDependsOn`",)),
        (
            "directlyDependsOn",
            ("a special case of `dependsOn`", "never relates an entity to itself (irreflexive)"),
        ),
        ("serves", ()),
    ],
)
def test_characteristics_are_told_in_words(name: str, words: tuple[str, ...]) -> None:
    assert characteristics(load_vocabulary(), name) == words


def test_the_command_writes_the_page(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main()
    assert capsysbinary.readouterr().out.decode() == ontology_page()
