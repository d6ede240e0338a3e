"""A third language is one more file of words a package, and labels in the ontology: an invented one shows it.

A copy of the package gets a language `xx`, whose texts are the English ones between marks: a text that comes
from its catalogue or the ontology is known by them.
"""

from __future__ import annotations

import re

import pytest
import yaml
from egovkg.tests.house.altered import AlteredPackage, Reply
from egovkg.tests.house.test_every_code import write_corpus

LANGUAGE, MARK = "xx", "⟦"
_HEADER_LINE = re.compile(r"(# (?:param|column|none|word): .*\| )([^|\[\]]+?)( \[[^\]]+\])?")
_ENGLISH = re.compile(r'"((?:[^"\\]|\\.)*)"@en\b')


def marked(texts: object) -> object:
    """Put every text of a catalogue between marks; its values and plurals stay."""
    if isinstance(texts, dict):
        return {key: marked(value) for key, value in texts.items()}
    return f"⟦{texts}⟧"


def add_language(package: AlteredPackage) -> None:
    """Write a file of words beside each English one, and labels beside the English ones in the ontology."""
    for english in package.root.rglob("words/en.yaml"):
        texts = yaml.safe_load(english.read_text("utf-8"))
        path = english.with_name(f"{LANGUAGE}.yaml")
        path.write_text(yaml.safe_dump(marked(texts), allow_unicode=True), "utf-8")
    for module in (package.root / "ontology").glob("*.ttl"):
        turtle = module.read_text("utf-8")
        module.write_text(_ENGLISH.sub(rf'"\1"@en, "⟦\1⟧"@{LANGUAGE}', turtle), "utf-8")
    for question in (package.root / "queries").rglob("*.rq"):
        lines = question.read_text("utf-8").splitlines()
        question.write_text("\n".join(map(worded_header, lines)) + "\n", "utf-8")


def worded_header(line: str) -> str:
    """Give a header line of a question a further part, and the question a further wording."""
    if line.startswith("# en: "):
        return f"{line}\n# {LANGUAGE}: ⟦{line.removeprefix('# en: ')}⟧"
    match = _HEADER_LINE.fullmatch(line)
    return f"{match[1]}{match[2]} | ⟦{match[2]}⟧{match[3] or ''}" if match else line


PLAIN = ("--graph", "graph", "--lang", LANGUAGE)
VERBS = (
    ["show", "mh:s1", *PLAIN],
    ["gaps", *PLAIN],
    ["gaps", "--format", "html", "-o", "gaps.html", *PLAIN],
    ["targets", *PLAIN],
    ["roadmap", *PLAIN],
    ["impact", "mh:s1", "--plans", *PLAIN],
    ["path", "mh:s4", "mh:s6", "--plans", *PLAIN],
    ["spof", "--plans", *PLAIN],
    ["matrix", "--plans", *PLAIN],
    ["critical", "--plans", *PLAIN],
    ["ask", "statements-by-status", *PLAIN],
    ["ask", "conflicts", *PLAIN],
    ["draw", "impact", "mh:s1", "--plans", "-o", "impact.html", *PLAIN],
    ["explore", "--corpus", "corpus", *PLAIN],
    ["site", "-o", "pages", *PLAIN],
)
PAGES = {"gaps --format html": "gaps.html", "draw impact": "impact.html", "explore": "graph/explorer.html"}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> AlteredPackage:
    package = AlteredPackage.copied(tmp_path_factory.mktemp("language"))
    add_language(package)
    write_corpus(package.folder / "corpus", made_up=False)
    return package


@pytest.fixture(scope="module")
def replies(package: AlteredPackage) -> dict[str, Reply]:
    build = ["build", "--corpus", "corpus", "-o", "graph"]
    return {reply.verb: reply for reply in package.run(build, *VERBS)}


@pytest.mark.parametrize("verb", [" ".join(verb) for verb in VERBS])
def test_a_verb_answers_in_the_language(
    package: AlteredPackage, replies: dict[str, Reply], verb: str
) -> None:
    reply = replies[verb]
    assert (reply.status, reply.fault) == (0, "''"), reply.text + reply.notes
    page = next((name for start, name in PAGES.items() if verb.startswith(start)), "")
    text = (package.folder / page).read_text("utf-8") if page else reply.text + reply.notes
    assert MARK in text


def test_the_site_has_pages_in_the_language(package: AlteredPackage, replies: dict[str, Reply]) -> None:
    assert replies
    pages = [path for path in (package.folder / "pages").rglob("*.html") if LANGUAGE in path.parts]
    assert any(MARK in path.read_text("utf-8") for path in pages)


def test_a_refusal_is_in_the_language(package: AlteredPackage) -> None:
    (reply,) = package.run(["show", "no-such-thing", *PLAIN])
    assert (reply.status, MARK in reply.notes) == (1, True), reply.notes
