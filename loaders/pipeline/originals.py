"""An article held against its original: is it the text that was annotated, and is the digest our own wording?

The original is never stored; a user who holds it gives its folder.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from ...problems import Problem, Severity
from ..text.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..article.article_format import Paragraph
    from .corpus import Loaded

LONGEST = 14  # syllables in a row that a digest may share with its original
_WORD = re.compile(r"[^\W_]+")


def check_original(loaded: Loaded, folder: Path) -> tuple[Problem, ...]:
    """Compare one article with `<folder>/<article>.txt`.

    :returns: KG070 when the hash differs, KG080 for each paragraph too close to the original;
        empty when there is no original for it
    """
    article = loaded.article
    path = folder / f"{article.id}.txt" if article else None
    if article is None or path is None or not path.is_file():
        return ()
    data = path.read_bytes()
    problems = []
    text = read_bytes(data, str(path)).text or data.decode("utf-8", "replace")
    if article.sha256 and sha256(data).hexdigest() != article.sha256:
        lengths = f" ({len(text)} for {article.chars} characters)" if article.chars else ""
        what = f"{path.name} differs from the annotated version{lengths}"
        fix = "get the annotated version, or go through the article again and renew sha256"
        problems.append(Problem(loaded.file, 1, 1, "KG070", what, fix, Severity.WARNING))
    known = _runs(text)
    allowed = _runs(article.title)
    problems += [
        problem
        for paragraph in article.paragraphs
        if (problem := _too_close(paragraph, known, allowed, loaded.file))
    ]
    return tuple(problems)


def _runs(text: str) -> Mapping[tuple[str, ...], int]:
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[i : i + LONGEST]): i for i in range(len(words) - LONGEST + 1)}


def _too_close(
    paragraph: Paragraph,
    known: Mapping[tuple[str, ...], int],
    allowed: Mapping[tuple[str, ...], int],
    file: str,
) -> Problem | None:
    words: Sequence[str] = [word.lower() for word in _WORD.findall(paragraph.text)]
    longest, run = 0, 0
    for start in range(len(words) - LONGEST + 1):
        shared = tuple(words[start : start + LONGEST])
        run = run + 1 if shared in known and shared not in allowed else 0
        longest = max(longest, run)
    if not longest:
        return None
    what = f"{paragraph.name} shares {longest + LONGEST - 1} consecutive words with the original"
    return Problem(file, paragraph.line, 1, "KG080", what, "reword", Severity.WARNING)
