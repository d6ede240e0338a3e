"""Loading of article files: read, parse, resolve and check them; detection of repeated ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from ...graph.text import fold
from ...problems import Problem, Severity
from ..article.parser import parse_article
from ..article.statement_lines import count_proposals
from ..faults.messages import fault
from ..statements.crosscheck import check_lines, merge_doubles
from ..statements.resolver import Counts, Resolver
from ..text.file_kinds import foreign_fault, is_article
from ..text.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from ..statements.model import ResolvedArticle

_DEVICE = re.compile(r"^(?:(?:www|m|amp)\.)+(?=[^.]+\.)")  # hosts of one page for several devices
_TRACKING = "utm_"  # begins the parameters that tell where a reader came from


@dataclass(frozen=True)
class LoadedArticle:
    """One article file after all checks that do not involve other articles.

    :param digest: SHA-256 of the bytes of the file
    :param article: ``None`` if it cannot be used
    """

    file: str
    digest: str
    article: ResolvedArticle | None
    problems: tuple[Problem, ...]
    counts: Counts


def load_article(data: bytes, file: str, resolver: Resolver) -> LoadedArticle:
    """Read, parse, resolve and check one article; cost linear."""
    digest = sha256(data).hexdigest()
    if foreign := foreign_fault(data, file):
        return LoadedArticle(file, digest, None, (Problem(file, 1, 1, foreign),), Counts())
    decoded = read_bytes(data, file)
    if decoded.text is None:
        return LoadedArticle(file, digest, None, decoded.problems, Counts())
    remarks = decoded.problems if is_article(decoded.text) else ()  # they advise to lay the file out
    parsed, parse_problems = parse_article(decoded.text, file)
    resolution = resolver.resolve(parsed)
    problems = [*remarks, *parse_problems, *resolution.problems]
    if count := count_proposals(decoded.text):
        problems.append(Problem(file, 1, 1, fault("KG106.open-proposals", Severity.INFO, count=count)))
    counts = resolution.counts
    unread = parsed.unread + sum(paragraph.unread for paragraph in parsed.paragraphs)
    counts.read += unread
    counts.rejected += unread
    article = resolution.article
    if article is None:
        counts.rejected, counts.emitted = counts.read, 0
        return LoadedArticle(file, digest, None, tuple(sorted(problems)), counts)
    statements = _statement_count(article)
    article, doubles = merge_doubles(article)
    counts.merged = statements - _statement_count(article)
    counts.emitted += _statement_count(article)
    problems += [*doubles, *check_lines(article)]
    return LoadedArticle(file, digest, article, tuple(sorted(problems)), counts)


def _statement_count(article: ResolvedArticle) -> int:
    return len(article.claims) + len(article.figures)


def repeated_ids(loaded: Sequence[LoadedArticle]) -> tuple[Problem, ...]:
    """Report articles with the id of an earlier article (KG015)."""
    places: dict[str, str] = {}
    problems = []
    for article in (item.article for item in loaded):
        if article is None:
            continue
        if place := places.get(article.id):
            problems.append(repeated_id(article.file, article.head.line, article.id, place))
        places.setdefault(article.id, f"{article.file}:{article.head.line}")
    return tuple(problems)


def repeated_pages(loaded: Sequence[LoadedArticle]) -> tuple[Problem, ...]:
    """Warn of articles about the page, or with the original text, of an earlier article (KG015).

    One page in two copies is one source: an address counts as :func:`_bare_address` returns it, and so do
    those of the original and of the page that was copied. A note is made of articles that share publisher,
    title and time of publication, since these can be one page at two addresses.
    """
    places: dict[Hashable, str] = {}
    problems = []
    for article in (item.article for item in loaded):
        if article is None:
            continue
        head, place = article.head, f"{article.file}:{article.head.line}"
        pages = [*map(_bare_address, (head.url, head.version.original, head.version.copy_of)), head.sha256]
        heading = (head.publisher.curie, fold(head.title), head.published.edtf)
        earlier = next((places[page] for page in pages if page in places), None)
        flaw = None
        if earlier:
            flaw = fault("KG015.same-page", Severity.WARNING, article=article.id, place=earlier)
        elif heading in places:
            flaw = fault("KG015.same-heading", Severity.INFO, article=article.id, place=places[heading])
        if flaw:
            problems.append(Problem(article.file, head.line, 1, flaw))
        places |= {key: place for key in (*pages, heading) if key and key not in places}
    return tuple(problems)


def _bare_address(address: str) -> str:
    """Return what two addresses of one page have in common.

    Left out are the scheme, `www.`, `m.` and `amp.` before the host, a closing `/`, a place within the page
    and the parameters `utm_…`, which only tell where a reader came from. `#/` and `#!` begin a path, not a
    place.

    >>> _bare_address("https://www.example.vn/a/"), _bare_address("http://m.example.vn/a?id=1&utm_source=x#b")
    ('example.vn/a', 'example.vn/a?id=1')
    """
    bare, mark, fragment = address.partition("://")[2].partition("#")
    if fragment.startswith(("/", "!")):
        bare += mark + fragment
    page, _, query = bare.partition("?")
    host, slash, path = page.partition("/")
    parameters = "&".join(part for part in query.split("&") if not part.startswith(_TRACKING))
    place = f"{_DEVICE.sub('', host.lower())}{slash}{path}".rstrip("/")
    return f"{place}?{parameters}" if parameters else place


def repeated_id(file: str, line: int, article: str, place: str) -> Problem:
    """Build the problem of an article id that another article already uses.

    :param place: file and line of that other article
    """
    return Problem(file, line, 1, fault("KG015.used-id", article=article, place=place))
