"""Reading of two annotations of the same sources: files or corpus folders, each with its own register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import CorpusError, InputError
from ...problems import errors
from ..faults.messages import message
from ..pipeline.checking import articles_of
from ..pipeline.corpus import folder_of
from ..pipeline.lexicon_files import load_lexicon
from ..pipeline.preparation import Preparer

if TYPE_CHECKING:
    from pathlib import Path

    from ..statements.model import ResolvedArticle


@dataclass(frozen=True)
class AnnotationPair:
    """The sources that both annotations have, each as read from the one and from the other.

    :param unpaired: ids of the articles that only one of the two has
    """

    articles: tuple[tuple[ResolvedArticle, ResolvedArticle], ...]
    unpaired: tuple[str, ...]


def read_pair(first: Path, second: Path) -> AnnotationPair:
    """Read two annotations; articles are paired by their id, two single ones in any case.

    :param first: an article, or a corpus folder; `second` likewise
    :raises FileNotFoundError: if one of them does not exist
    :raises InputError: if an article or a register has errors
    :raises CorpusError: if the two have no source in common
    """
    own, other = _articles(first), _articles(second)
    if len(own) == len(other) == 1:
        return AnnotationPair(tuple(zip(own.values(), other.values(), strict=True)), ())
    common = sorted(own.keys() & other.keys())
    if not common:
        raise CorpusError(message("agreement.no-common", first=str(first), second=str(second)))
    return AnnotationPair(
        tuple((own[name], other[name]) for name in common), tuple(sorted(own.keys() ^ other.keys()))
    )


def _articles(path: Path) -> dict[str, ResolvedArticle]:
    """Read the articles of a path by id."""
    paths = articles_of([path])
    preparer = Preparer(load_lexicon(list(dict.fromkeys(map(folder_of, paths)))))
    loaded = [preparer.load(article) for article in paths]
    problems = [*preparer.loaded_lexicon.problems, *(item for article in loaded for item in article.problems)]
    if errors(problems):
        raise InputError(errors(problems))
    return {item.article.id: item.article for item in loaded if item.article}
