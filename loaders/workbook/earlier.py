"""What earlier imports left in a corpus folder: files with their mark, and the statements in them."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from ...problems import Problem, Severity
from ..article.parser import parse_article
from ..faults.messages import fault
from ..pipeline.corpus import find_articles
from ..register.entries import find_registers

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

    from .sources import WorkbookSource

_ARTICLE_MARK = re.compile(r"\n<!-- (?P<words>[^\n]*) (?P<digest>[0-9a-f]{64}) -->\n")
_REGISTER_MARK = re.compile(r"\A# (?P<words>[^\n]*) (?P<digest>[0-9a-f]{64})\n")


def marked(text: str, words: str) -> str:
    """Add the mark of an import below the head of an article."""
    head, body = text.split("\n---\n", 1)
    digest = sha256(text.encode()).hexdigest()
    return f"{head}\n---\n\n<!-- {words} {digest} -->\n{body}"


def _mark_of(path: Path) -> str:
    """Return the words of the mark of an import; empty if none wrote the file, or it was edited since."""
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""
    mark = _REGISTER_MARK.match(text) or _ARTICLE_MARK.search(text)
    if mark is None:
        return ""
    original = text[: mark.start()] + text[mark.end() :]
    return mark["words"] if sha256(original.encode()).hexdigest() == mark["digest"] else ""


def _names_workbook(mark: str, file: str) -> bool:
    return f"“{file}”" in mark


def foreign_problems(paths: Iterable[Path]) -> list[Problem]:
    """Report files that an import would replace although it did not write them, or they were edited."""
    return [
        Problem(str(path), 1, 1, fault("KG115.foreign-file"))
        for path in paths
        if path.exists() and not _mark_of(path)
    ]


def stale_problems(
    folder: Path, file: str, prefixes: Container[str], outputs: Container[Path]
) -> list[Problem]:
    """Report articles that the workbook wrote before and whose source it no longer has, and such registers.

    :param prefixes: of the sources of the workbook
    :param outputs: the files that the import writes
    """
    articles = [path for path in find_articles(folder) if _names_workbook(_mark_of(path), file)]
    stale = [(path, "stale-file") for path in articles]
    stale += [(path, "stale-register") for path in own_registers(folder, file, prefixes)]
    return [
        Problem(str(path), 1, 1, fault(f"KG115.{key}", Severity.WARNING))
        for path, key in stale
        if path not in outputs
    ]


def own_registers(folder: Path, file: str, prefixes: Container[str] = ()) -> list[Path]:
    """List the registers that an import wrote before from the same file, or with one of some prefixes."""
    marks = {path: _mark_of(path) for path in find_registers(folder)}
    return [
        path
        for path, mark in marks.items()
        if mark and (path.stem in prefixes or _names_workbook(mark, file))
    ]


def articles_that_lose(
    folder: Path, sources: Iterable[WorkbookSource], outputs: Mapping[Path, bytes]
) -> list[Problem]:
    """Report articles of an earlier import whose statements an import would take away.

    A statement is told by subject, relation and object, or by subject and measure: what else is said of it
    may change.

    :param outputs: the files that the import would write
    """
    problems = []
    for source in sources:
        path = folder / "articles" / f"{source.id}.kg.md"
        if not _mark_of(path):
            continue
        before, after = _statements(path.read_bytes()), _statements(outputs.get(path, b""))
        if lost := before - after:
            first = " ".join(next(iter(lost)))
            flaw = fault("KG115.lost-statements", count=lost.total(), before=before.total(), first=first)
            problems.append(Problem(str(path), 1, 1, flaw))
    return problems


def _statements(article: bytes) -> Counter[tuple[str, ...]]:
    """Count the statements of an article by what tells them apart."""
    paragraphs = parse_article(article.decode(), "")[0].paragraphs
    claims = [(*line[1:4],) for paragraph in paragraphs for line in paragraph.claims]
    figures = [(*line[1:3],) for paragraph in paragraphs for line in paragraph.figures]
    return Counter([*claims, *figures])
