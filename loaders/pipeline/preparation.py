"""Preparation of articles: reading, checking and conversion to quads, in worker processes if there are many.

Small builds in one process and the workers of large builds use the same functions.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import BuildError, InputError
from ...graph.rules import Closure
from ...problems import errors
from ..faults.messages import message
from ..statements.article_quads import Emitter
from ..statements.register_quads import register_quads
from ..statements.resolver import Counts, Resolver
from ..text.input_files import input_bytes
from .article_files import LoadedArticle, load_article
from .conformance import check_shapes
from .corpus import REPLACEMENT, displayed_path, shipped_folder
from .lexicon_files import load_lexicon
from .prepared import PreparedArticle, inferred_lines, statement_types, triples
from .register_use import RegisterDigests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...problems import Problem
    from ..text.input_files import InputReader
    from .lexicon_files import LoadedLexicon

POOL_FROM = 64  # articles; below, starting workers costs more than it saves
_PROCESSES = 2
_GROUP = 25  # articles that a worker prepares and checks together


class Preparer:
    """Prepares articles using one lexicon.

    :param loaded_lexicon: register, measures, units and vocabulary; if one of their files is faulty, articles
        are checked line by line but not validated with shapes
    :param read: what reads the files, if some are taken from elsewhere than the disk
    """

    def __init__(self, loaded_lexicon: LoadedLexicon, read: InputReader = input_bytes) -> None:
        self.loaded_lexicon, self._input = loaded_lexicon, read
        lexicon = loaded_lexicon.lexicon
        self.resolver = Resolver(lexicon)
        self.register_digests = RegisterDigests(self.resolver.names)
        self.emitter = Emitter(lexicon)
        self.closure = Closure.of(lexicon.vocabulary)
        self.register = b"" if errors(loaded_lexicon.problems) else register_quads(lexicon)

    def load(self, path: Path) -> LoadedArticle:
        """Read and check one article file."""
        file = displayed_path(path)
        try:
            data = self._input(path, file)
        except InputError as error:
            return LoadedArticle(file, "", None, error.problems, Counts())
        return load_article(data, file, self.resolver)

    def prepare(self, paths: Sequence[Path]) -> tuple[PreparedArticle, ...]:
        """Read and check articles, convert them to quads, and validate them with the shapes."""
        return self._with_shape_problems([self.write(self.load(path)) for path in paths])

    def _with_shape_problems(self, prepared: Sequence[PreparedArticle]) -> tuple[PreparedArticle, ...]:
        """Add the violations of shapes to each article; those of the register go to the first article."""
        shape_problems = self.shape_problems(prepared)
        files = {article.file for article in prepared}
        first = prepared[0].file if prepared else ""
        by_file: dict[str, list[Problem]] = {file: [] for file in files}
        for problem in shape_problems:
            by_file[problem.file if problem.file in files else first].append(problem)
        return tuple(
            replace(article, problems=(*article.problems, *by_file[article.file])) for article in prepared
        )

    def shape_problems(self, prepared: Sequence[PreparedArticle]) -> tuple[Problem, ...]:
        """Validate articles and the register with the shapes, if their lines have no errors."""
        line_problems = (problem for article in prepared for problem in article.problems)
        if errors([*self.loaded_lexicon.problems, *line_problems]):
            return ()
        return check_shapes(prepared, self.register, self.loaded_lexicon.lexicon)

    def write(self, loaded: LoadedArticle) -> PreparedArticle:
        """Convert one loaded article to quads."""
        article = loaded.article
        if article is None:
            return PreparedArticle(None, loaded.file, loaded.digest, loaded.problems, loaded.counts)
        quads = self.emitter.article(article)
        stated = [*triples(quads.edges), *statement_types(quads.graph)]
        return PreparedArticle(
            article.id,
            loaded.file,
            loaded.digest,
            loaded.problems,
            loaded.counts,
            article.head.title,
            article.head.published.edtf,
            len(article.claims),
            len(article.figures),
            quads.graph,
            quads.edges,
            inferred_lines(self.closure, stated),
            article.head.line,
            self.register_digests.use_of(article, quads.graph),
        )


def prepare_all(
    paths: Sequence[Path], folders: Sequence[Path], preparer: Preparer
) -> Iterator[PreparedArticle]:
    """Prepare articles in the given order, in worker processes if there are many.

    :param folders: corpus folders from which workers load the lexicon
    :raises BuildError: if a worker is killed, for example because memory runs out
    """
    if len(paths) < POOL_FROM:
        yield from preparer.prepare(paths)
        return
    settings = (tuple(folders), shipped_folder())
    groups = [paths[start : start + _GROUP] for start in range(0, len(paths), _GROUP)]
    try:
        with ProcessPoolExecutor(_PROCESSES, initializer=_start_worker, initargs=settings) as pool:
            yield from _prepared_by(pool, groups)
    except BrokenProcessPool as error:
        raise BuildError(message("build.lost-worker")) from error


def _prepared_by(pool: ProcessPoolExecutor, groups: Sequence[Sequence[Path]]) -> Iterator[PreparedArticle]:
    """Prepare groups of articles in the workers of a pool; an interruption stops the workers at once."""
    try:
        for group in pool.map(_prepare_group, groups):
            yield from group
    except (KeyboardInterrupt, GeneratorExit):
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.kill()
        raise


@lru_cache(maxsize=1)
def _preparer(folders: tuple[Path, ...]) -> Preparer:
    return Preparer(load_lexicon(folders))


_worker_folders: tuple[Path, ...] = ()


def _start_worker(folders: tuple[Path, ...], shipped: Path) -> None:
    """Prepare a worker; the server that starts workers may be older than the choice of the shipped corpus."""
    global _worker_folders
    _worker_folders = folders
    if shipped != shipped_folder():
        os.environ[REPLACEMENT] = str(shipped)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal interrupts all; the build ends its workers
    gc.disable()  # a worker makes trees without cycles, and ends with its build


def _prepare_group(paths: Sequence[Path]) -> tuple[PreparedArticle, ...]:
    return _preparer(_worker_folders).prepare(paths)
