"""From one loaded article to the bytes that are kept: its quads, its edges, and what follows from them.

The same function serves the one process of a small build and the workers of a large one.
"""

from __future__ import annotations

import gc
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import BuildError
from ...graph.names import EGOV, GRAPH_INFERRED, ID, RDF_TYPE
from ...graph.rules import Closure, Triple
from ..statements.nquads import Emitter, register_quads
from ..statements.resolve import Counts, Resolver
from .conformance import check_shapes
from .corpus import Loaded, is_sound, load_article, load_lexicon, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...problems import Problem
    from .corpus import Lexical

POOL_FROM = 64  # articles; below, starting workers costs more than it saves
_PROCESSES = 2
_GROUP = 25  # articles that a worker prepares and checks together


@dataclass(frozen=True)
class Prepared:
    """One article, ready to be stored.

    :param id: ``None`` when the article cannot be used
    :param line: that of its id
    :param title: for messages and the catalogue
    :param quads: N-Quads of its graph
    :param edges: N-Quads of the plain edges of its claims
    :param inferred: sorted N-Quads of what follows from them by rule
    """

    id: str | None
    file: str
    digest: str
    problems: tuple[Problem, ...]
    counts: Counts
    title: str = ""
    published: str = ""
    claims: int = 0
    figures: int = 0
    quads: bytes = b""
    edges: bytes = b""
    inferred: bytes = b""
    line: int = 1


class Preparer:
    """Prepares articles against one lexicon.

    :param lexical: register, measures, units and vocabulary; while one of their files is wrong, articles are
        checked line by line but not held against the shapes
    """

    def __init__(self, lexical: Lexical) -> None:
        self.lexical = lexical
        self.resolver = Resolver(lexical.lexicon)
        self.emitter = Emitter(lexical.lexicon)
        self.closure = Closure.of(lexical.lexicon.vocabulary)
        self.register = register_quads(lexical.lexicon) if is_sound(lexical.problems) else b""

    def load(self, path: Path) -> Loaded:
        """Read and check one article file."""
        return load_article(path.read_bytes(), shown(path), self.resolver)

    def prepare(self, paths: Sequence[Path]) -> tuple[Prepared, ...]:
        """Read, check and write articles, and hold them against the shapes."""
        return self.conforming([self.write(self.load(path)) for path in paths])

    def conforming(self, prepared: Sequence[Prepared]) -> tuple[Prepared, ...]:
        """Add to each article what the shapes find wrong with it; the register's faults go to the first."""
        found = self.shape_problems(prepared)
        files = {one.file for one in prepared}
        first = prepared[0].file if prepared else ""
        mine = {
            file: [p for p in found if p.file == file or (file == first and p.file not in files)]
            for file in files
        }
        return tuple(replace(one, problems=(*one.problems, *mine[one.file])) for one in prepared)

    def shape_problems(self, prepared: Sequence[Prepared]) -> tuple[Problem, ...]:
        """Hold articles and the register against the shapes, once their own lines are in order."""
        told = (problem for one in prepared for problem in one.problems)
        if not is_sound([*self.lexical.problems, *told]):
            return ()
        return check_shapes(prepared, self.register, self.lexical.lexicon)

    def write(self, loaded: Loaded) -> Prepared:
        """Write one loaded article."""
        article = loaded.article
        if article is None:
            return Prepared(None, loaded.file, loaded.digest, loaded.problems, loaded.counts)
        quads = self.emitter.article(article)
        return Prepared(
            article.id,
            loaded.file,
            loaded.digest,
            loaded.problems,
            loaded.counts,
            article.title,
            article.published.isoformat(),
            len(article.claims),
            len(article.figures),
            quads.graph,
            quads.edges,
            inferred_lines(self.closure, [*triples(quads.edges), *typed(quads.graph)]),
            article.line,
        )


def triples(nquads: bytes) -> Iterator[Triple]:
    """Take the triples between things out of N-Quads lines; literals are passed over."""
    for line in nquads.decode().split("\n")[:-1]:
        subject, predicate, rest = line.split(" ", 2)
        if rest.startswith("<"):
            yield subject[1:-1], predicate[1:-1], rest[1 : rest.index(">")]


_STATED_KINDS = frozenset(EGOV + name for name in ("Claim", "Figure", "Task", "Goal", "Limitation", "Result"))


def typed(nquads: bytes) -> Iterator[Triple]:
    """Take the types of an article's own nodes, those with a superclass, out of its N-Quads."""
    for line in nquads.decode().split("\n")[:-1]:
        subject, predicate, rest = line.split(" ", 2)
        if predicate == f"<{RDF_TYPE}>":
            kind = rest[1 : rest.index(">")]
            if kind in _STATED_KINDS:
                yield subject[1:-1], RDF_TYPE, kind


def inferred_lines(closure: Closure, stated: Iterable[Triple], *, types: bool = False) -> bytes:
    """Write what follows from triples as sorted N-Quads of the inferred graph.

    :param types: whether the types of register entities are wanted; for an article they are not, since
        domain and range were checked against the register, which has them all
    """
    lines = []
    for subject, predicate, target in closure.infer(stated):
        if predicate == RDF_TYPE and not types and not subject.startswith(_OWN):
            continue
        lines.append(f"<{subject}> <{predicate}> <{target}> <{GRAPH_INFERRED}> .\n")
    return "".join(sorted(lines)).encode()


_OWN = tuple(f"{ID}{folder}/" for folder in ("claim", "figure", "item"))


def prepare_all(paths: Sequence[Path], folders: Sequence[Path], preparer: Preparer) -> Iterator[Prepared]:
    """Prepare articles in the given order, in worker processes when there are many.

    :raises BuildError: if a worker is ended from outside, as for want of memory
    """
    if len(paths) < POOL_FROM:
        yield from preparer.prepare(paths)
        return
    groups = [paths[i : i + _GROUP] for i in range(0, len(paths), _GROUP)]
    try:
        with ProcessPoolExecutor(_PROCESSES, initializer=_worker, initargs=(tuple(folders),)) as pool:
            for group in pool.map(_prepare, groups):
                yield from group
    except BrokenProcessPool as error:
        raise BuildError("a process that read articles was ended (memory?) — nothing was changed") from error


@lru_cache(maxsize=1)
def _preparer(folders: tuple[Path, ...]) -> Preparer:
    return Preparer(load_lexicon(folders))


_folders: tuple[Path, ...] = ()


def _worker(folders: tuple[Path, ...]) -> None:
    global _folders
    _folders = folders
    gc.disable()  # a worker makes trees without cycles, and ends with its build


def _prepare(paths: Sequence[Path]) -> tuple[Prepared, ...]:
    return _preparer(_folders).prepare(paths)
