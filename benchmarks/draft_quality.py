"""How much of what annotators wrote the drafts propose: digests of shipped articles, drafted as raw texts.

The register of the province is taken out each time, so that no name of its own is known; the English digests
are drafted with it. Two things to know: the digests are in the project's words, plainer than originals, and
the rules were written with some of these articles in view.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from egovkg.loaders.article.parser import parse_article
from egovkg.loaders.drafts.drafting import Drafter, TextFrame
from egovkg.loaders.pipeline.corpus import find_articles, shipped_folder
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.recognition.rules import load_rules
from egovkg.loaders.text.corpus_languages import TRANSLATION_LANGUAGE
from egovkg.loaders.text.dates import read_publication_time
from egovkg.loaders.text.reading import read_bytes

if TYPE_CHECKING:
    from egovkg.loaders.article.document import ParsedArticle

WITHOUT = "of digests without their register"
NATIONAL = ("nat", "vn")


def prefixes(article: ParsedArticle) -> set[str]:
    """Return the registers that an article uses, other than the national ones."""
    targets = [link.target for paragraph in article.paragraphs for link in paragraph.links]
    return {target.partition(":")[0] for target in targets} - {*NATIONAL}


@lru_cache(maxsize=2)  # articles of one province stand together
def drafter_without(absent: frozenset[str]) -> Drafter:
    """Return what drafts texts without some registers; many articles lack the same ones."""
    registers = [shipped_folder() / "register" / f"{prefix}.yaml" for prefix in sorted(absent)]
    return Drafter(load_lexicon([], without=registers).lexicon, load_rules(Path()))


def frame_of(article: ParsedArticle) -> TextFrame:
    """Return place and day of an article."""
    assert article.front
    day = read_publication_time(article.front.values["published"]).latest
    return TextFrame(article.front.values["scope"], day.isoformat(), "xx")


def english_counts(path: Path, drafter: Drafter) -> dict[str, tuple[int, int, int]]:
    """Count for the English digests of one article: things named, and figures, with the register in place."""
    article, _ = parse_article(read_bytes(path.read_bytes(), path.name).text or "", path.name)
    totals: Counter[str] = Counter()
    for paragraph in article.paragraphs:
        draft = drafter.draft(paragraph.translation, frame_of(article))
        named = {link.target for link in paragraph.links}
        proposed = {mention.entity for mention in draft.mentions if mention.entity}
        totals["named"] += len(named)
        totals["proposed"] += len(proposed)
        totals["both"] += len(named & proposed)
        figures = Counter(line.value.replace(".", "") for line in paragraph.figures)
        numbers = Counter(number.value for part in draft.paragraphs for number in part.numbers)
        totals["figures"] += sum(figures.values())
        totals["found figures"] += sum((figures & numbers).values())
    return {
        "things named, of English digests": (totals["named"], totals["proposed"], totals["both"]),
        "figures, of English digests": (totals["figures"], 0, totals["found figures"]),
    }


def counts(path: Path) -> dict[str, tuple[int, int, int]]:
    """Count for one article what was annotated, proposed, and both: mentions by place, figures by value."""
    article, _ = parse_article(read_bytes(path.read_bytes(), path.name).text or "", path.name)
    assert article.front
    drafter = drafter_without(frozenset(prefixes(article)))
    frame = frame_of(article)
    totals: Counter[str] = Counter()
    for paragraph in article.paragraphs:
        draft = drafter.draft(paragraph.text, frame)
        spans = [(link.start, link.end) for link in paragraph.links]
        proposed = [(mention.thing.start, mention.thing.end) for mention in draft.mentions]
        free = list(proposed)
        for start, end in spans:
            if hit := next((span for span in free if span[0] < end and start < span[1]), None):
                free.remove(hit)
                totals["overlapping"] += 1
        totals["strict"] += len({*spans} & {*proposed})
        totals["mentions"] += len(spans)
        totals["proposed"] += len(proposed)
        figures = Counter(line.value.replace(".", "") for line in paragraph.figures)
        numbers = Counter(number.value for part in draft.paragraphs for number in part.numbers)
        totals["figures"] += sum(figures.values())
        totals["found figures"] += sum((figures & numbers).values())
    return {
        "mentions, overlapping, of digests without their register": (
            totals["mentions"],
            totals["proposed"],
            totals["overlapping"],
        ),
        f"mentions, same place, {WITHOUT}": (
            totals["mentions"],
            totals["proposed"],
            totals["strict"],
        ),
        f"figures, {WITHOUT}": (totals["figures"], 0, totals["found figures"]),
    }


def rows() -> list[tuple[str, str, str, str, str]]:
    """Measure, and return the rows of the table; the peer is the annotator, the ratio is the recall."""
    sums: dict[str, list[int]] = {}
    english = Drafter(load_lexicon([]).lexicon, load_rules(Path(), TRANSLATION_LANGUAGE))
    for path in find_articles(shipped_folder()):
        for name, triple in (counts(path) | english_counts(path, english)).items():
            sums[name] = [
                before + more for before, more in zip(sums.get(name, [0, 0, 0]), triple, strict=True)
            ]
    table = []
    for name, (annotated, proposed, both) in sums.items():
        precision = f", precision {both / proposed:.2f}" if proposed else ""
        table.append(
            (name, f"{both} found{precision}", f"{annotated} annotated", f"{both / annotated:.2f}", "–")
        )
    return table


if __name__ == "__main__":
    print(*rows(), sep="\n")
