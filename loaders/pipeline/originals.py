"""Comparison of an article with its original text: is it the same version, and are no long passages copied?

The original is never stored; users who have it specify its folder.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from ...problems import Problem, Severity
from ..faults.messages import fault
from ..register.translated_names import names_in
from ..text.corpus_languages import TRANSLATION_LANGUAGE
from ..text.reading import read_bytes
from .corpus import displayed_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from ...problems import Fault
    from ..article.document import ParsedParagraph
    from ..statements.model import ArticleHead, ResolvedArticle
    from .article_files import LoadedArticle

MIN_COPIED = 14  # consecutive syllables from which on a passage counts as copied from the original
_SYLLABLE = re.compile(r"[^\W_]+")


def check_original(loaded: LoadedArticle, folder: Path) -> tuple[Problem, ...]:
    """Compare one article with `<folder>/<article>.txt`.

    :returns: KG070 if the hash differs, KG080 for each paragraph too similar to the original; empty if there
        is no original
    """
    article = loaded.article
    if article is None or not (path := folder / f"{article.id}.txt").is_file():
        return ()
    data = path.read_bytes()
    text = read_bytes(data, str(path)).text or data.decode("utf-8", "replace")
    problems = []
    if article.head.sha256 and sha256(data).hexdigest() != article.head.sha256:
        problems.append(Problem(loaded.file, 1, 1, _other_version(article.head, path.name, len(text))))
    titles = (article.head.title, article.head.translated_title)
    title_runs = {run for title in titles for run in _runs(_syllables(title))}
    original_runs = {*_runs(_syllables(text))} - title_runs
    for paragraph in article.paragraphs:
        digests = (  # what was read may be a translation
            (paragraph.text, [(link.start, link.end) for link in paragraph.links]),
            (paragraph.translation or "", _translated_names(article, paragraph)),
        )
        if count := max(_longest_run(text, names, original_runs) for text, names in digests):
            close = fault("KG080.too-close", Severity.WARNING, paragraph=paragraph.name, count=count)
            problems.append(Problem(loaded.file, paragraph.line, 1, close))
    return tuple(problems)


def missing_originals(loaded: Iterable[LoadedArticle], folder: Path) -> tuple[Problem, ...]:
    """Report a folder that holds the original of no article (KG070), so that nothing is compared."""
    articles = [item.article for item in loaded if item.article]
    if not articles or any((folder / f"{article.id}.txt").is_file() for article in articles):
        return ()
    missing = fault("KG070.no-originals", Severity.WARNING, name=f"{articles[0].id}.txt")
    return (Problem(displayed_path(folder), 1, 1, missing),)


def _other_version(head: ArticleHead, name: str, length: int) -> Fault:
    if head.chars:
        return fault(
            "KG070.other-length", Severity.WARNING, file=name, length=length, annotated_length=head.chars
        )
    return fault("KG070.other-version", Severity.WARNING, file=name)


def _translated_names(article: ResolvedArticle, paragraph: ParsedParagraph) -> list[tuple[int, int]]:
    """List where the translation of a paragraph names what its mentions stand for."""
    text = (paragraph.translation or "").lower()
    entities = [mention.entity for mention in article.mentions if mention.paragraph == paragraph.name]
    names = {name.lower() for entity in entities for name in names_in(entity, TRANSLATION_LANGUAGE)}
    return [match.span() for name in sorted(names) for match in re.finditer(re.escape(name), text)]


def _syllables(text: str) -> list[str]:
    return [syllable.lower() for syllable in _SYLLABLE.findall(text)]


def _runs(syllables: list[str]) -> list[tuple[str, ...]]:
    """List all runs of `MIN_COPIED` consecutive syllables in a text."""
    return [tuple(syllables[start : start + MIN_COPIED]) for start in range(len(syllables) - MIN_COPIED + 1)]


def copied_syllables(text: str, original: str) -> int:
    """Count the syllables of the longest passage that a text copies; 0 if it is below the minimum.

    >>> copied_syllables("Tỉnh đã có LGSP.", "Năm 2020 tỉnh đã có LGSP.")
    0
    """
    return _longest_run(text, (), {*_runs(_syllables(original))})


def _longest_run(
    text: str, names: Collection[tuple[int, int]], original_runs: Collection[tuple[str, ...]]
) -> int:
    """Count the syllables of the longest copied passage; 0 below the minimum.

    :param names: places of names in the text, whose syllables do not count: nobody can reword a name
    """
    starts = [match.start() for match in _SYLLABLE.finditer(text)]
    is_counted = [not any(first <= start < end for first, end in names) for start in starts]
    longest = first = 0
    for start, run in enumerate(_runs(_syllables(text))):
        if run in original_runs:
            longest = max(longest, sum(is_counted[first : start + MIN_COPIED]))
        else:
            first = start + 1
    return longest if longest >= MIN_COPIED else 0
