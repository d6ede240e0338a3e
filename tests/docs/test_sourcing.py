"""The table of `docs/gaps.md` on what the reference data rest on, counted from the shipped files.

`python tests/docs/test_sourcing.py` writes the table anew.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from egovkg.ontology.modules import EGOV, TripleIndex, reference_files
from egovkg.ontology.qualifiers import Sourcing

PAGE = Path(__file__).parents[2] / "docs" / "gaps.md"
_TABLE = re.compile(r"(<!-- sourcing: [^\n]*-->\n).*?(<!-- end -->)", re.DOTALL)
_CODE = "https://w3id.org/egovkg/code/"
ROWS = {  # words of the row → class, and how the names of its things begin
    "components of 2.0": ("ReferenceComponent", ("f2-",)),
    "what 1.0, 3.0 and 4.0 change": ("ReferenceComponent", ("f1-", "f3-", "f4-")),
    "what 3090 adds": ("ReferenceComponent", ("nd25-",)),
    "components of 1425": ("ReferenceComponent", ("nd26-",)),
    "what the duties alone speak of": ("ReferenceComponent", ("law-",)),
    "needs": ("Expectation", ("",)),
    "targets": ("Target", ("",)),
    "links that the law asks for": ("Duty", ("",)),
    "changes of rules": ("RuleChange", ("",)),
}
KINDS = dict.fromkeys(kind for kind, _ in ROWS.values())
PAGE_KEPT, PAGE_LOST = "page, whole address", "page, address not kept"
COLUMNS = {
    Sourcing.CLAUSE.slug: "article and clause read",
    PAGE_KEPT: PAGE_KEPT,
    PAGE_LOST: PAGE_LOST,
    Sourcing.ARTICLE.slug: "an article of the corpus",
    Sourcing.REPOSITORY.slug: "a repository only",
    Sourcing.RECALLED.slug: "recalled",
}


@cache
def triples() -> TripleIndex:
    return TripleIndex.of(reference_files())


def has_address(node: str) -> bool:
    sources = triples().values(node, EGOV + "restsOn")
    return any(triples().values(source, EGOV + "location") for source in sources)


def column(node: str) -> str:
    """Tell in which column of the table a piece of reference data counts."""
    (sourcing,) = triples().values(node, EGOV + "sourcing")
    slug = sourcing.removeprefix(_CODE)
    if slug == Sourcing.CONFIRMED.slug:
        return PAGE_KEPT if has_address(node) else PAGE_LOST
    return slug


def counts(kind: str, beginnings: tuple[str, ...] = ("",)) -> Counter[str]:
    """Count the things of a class whose name begins so, by column."""
    nodes = triples().instances(EGOV + kind)
    return Counter(column(node) for node in nodes if node.rpartition("/")[2].startswith(beginnings))


def table() -> str:
    lines = ["| | " + " | ".join([*COLUMNS.values(), "all"]) + " |", "|---" * (len(COLUMNS) + 2) + "|"]
    for words, (kind, beginnings) in ROWS.items():
        found = counts(kind, beginnings)
        cells = [words, *(found[key] for key in COLUMNS), found.total()]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def test_the_table_counts_the_shipped_files() -> None:
    stated = _TABLE.search(PAGE.read_text("utf-8"))
    assert stated
    assert table() in stated[0], "run: python tests/docs/test_sourcing.py"


def test_the_rows_hold_every_component() -> None:
    parts = [counts(*row).total() for row in ROWS.values() if row[0] == "ReferenceComponent"]
    assert sum(parts) == counts("ReferenceComponent").total()


def test_what_was_read_names_its_place_and_the_whole_address() -> None:
    nodes = [node for kind in KINDS for node in triples().instances(EGOV + kind)]
    read = [node for node in nodes if column(node) == Sourcing.CLAUSE.slug]
    place = [EGOV + "clause", EGOV + "restsOn"]
    document = [EGOV + "statedIn", EGOV + "setBy", EGOV + "changedBy"]
    lacking = [
        node
        for node in read
        if not all(triples().values(node, key) for key in place)
        or not any(triples().values(node, key) for key in document)
        or not has_address(node)
    ]
    assert lacking == []


def test_most_is_read_in_its_clause() -> None:
    assert counts("ReferenceComponent")[Sourcing.CLAUSE.slug] >= 70
    assert counts("Expectation")[Sourcing.CLAUSE.slug] >= 30


if __name__ == "__main__":
    PAGE.write_text(_TABLE.sub(lambda m: m[1] + table() + m[2], PAGE.read_text("utf-8")), encoding="utf-8")
