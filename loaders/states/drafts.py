"""What files that are not published add to a graph: an article, a register, a workbook, or a folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import CorpusError, InputError
from ...problems import errors
from ..faults.messages import message
from ..pipeline.corpus import ARTICLE_ENDING, find_articles, folder_of
from ..pipeline.lexicon_files import load_lexicon
from ..pipeline.preparation import Preparer
from ..pipeline.prepared import inferred_lines, triples
from ..workbook import SourceDefaults, WorkbookImport, import_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_REGISTER = ".yaml"
_WORKBOOKS = (".xlsx", ".ods", ".csv")


@dataclass(frozen=True)
class UnpublishedQuads:
    """The quads of files that are not published, as N-Quads.

    :param articles: id of each article → its quads; it takes the place of a published one with its id
    :param derived: plain edges and inferred triples of articles and entities
    :param register: the entities of registers that are not shipped; they take the place of published ones
    :param named: the entities of the shipped register that the articles name
    """

    articles: Mapping[str, bytes]
    derived: bytes
    register: bytes
    named: bytes


def read_unpublished(path: Path, work: Path) -> UnpublishedQuads:
    """Read and check a file, or the articles of a corpus folder, as a build would.

    :param path: an article (`*.kg.md`), a register (`*.yaml`), a workbook (XLSX, ODS, CSV), or a folder; an
        article is read with the registers of its corpus folder
    :param work: an empty folder, for what a workbook becomes
    :raises InputError: with all problems if one of them is an error
    :raises CorpusError: if it is none of these
    """
    if path.is_dir():
        return _read(path, find_articles(path))
    if path.name.endswith(ARTICLE_ENDING):
        return _read(folder_of(path), [path])
    if path.suffix == _REGISTER:
        (work / "register").mkdir(parents=True)
        shutil.copy(path, work / "register" / path.name)
        return _read(work, [])
    if path.suffix.lower() in _WORKBOOKS:
        import_workbook(WorkbookImport(path, work, SourceDefaults()))
        return _read(work, find_articles(work))
    raise CorpusError(message("corpus.nothing-to-lay-over", path=str(path)))


def _read(folder: Path, paths: Sequence[Path]) -> UnpublishedQuads:
    preparer = Preparer(load_lexicon([folder]))
    prepared = preparer.prepare(paths)
    problems = [*preparer.loaded_lexicon.problems, *(item for one in prepared for item in one.problems)]
    if not paths:
        problems += preparer.shape_problems([])
    if errors(problems):
        raise InputError(sorted(dict.fromkeys(problems)))
    quads = {article.id: article.quads for article in prepared if article.id}
    shipped = set(Preparer(load_lexicon([])).register.splitlines(keepends=True))
    lines = preparer.register.splitlines(keepends=True)
    words = {word for text in quads.values() for word in text.split()}
    own = b"".join(line for line in lines if line not in shipped)
    named = b"".join(line for line in lines if line in shipped and line.split(b" ", 1)[0] in words)
    derived = inferred_lines(preparer.closure, list(triples(own + named)), with_types=True)
    derived += b"".join(article.edges + article.inferred for article in prepared)
    return UnpublishedQuads(quads, derived, own, named)
