"""Formatting of the articles in files and folders; if one cannot be formatted, none is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import CorpusError, InputError
from ..article.formatting import format_file, would_change
from ..faults.messages import message
from .checking import articles_of
from .corpus import displayed_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ...problems import Problem


def lay_out(paths: Sequence[Path], *, write: bool) -> tuple[str, ...]:
    """Format articles, or list those that formatting would change.

    :param paths: files and folders; if empty `./corpus`, or the shipped corpus if that does not exist
    :param write: whether to change the files; otherwise they are only compared
    :returns: the names of the articles that formatting changes
    :raises FileNotFoundError: if a path does not exist
    :raises CorpusError: if there is no article
    :raises InputError: with every file that is not an article; nothing was written
    :raises WriteError: if a file cannot be written
    """
    articles = {displayed_path(path): path for path in articles_of(paths)}
    if not articles:
        raise CorpusError(message("corpus.no-articles", paths=tuple(map(displayed_path, paths))))
    changed = _differing(articles)
    if write:
        for file in changed:
            format_file(articles[file], file)
    return tuple(changed)


def _differing(articles: Mapping[str, Path]) -> list[str]:
    """List the articles that formatting changes; raises InputError with every file that is not an article."""
    problems: list[Problem] = []
    changed = []
    for file, path in articles.items():
        try:
            if would_change(path, file):
                changed.append(file)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return changed
