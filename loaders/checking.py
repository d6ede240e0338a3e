"""Checking without building: every problem of articles, registers and whole folders, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .corpus import find_articles, folder_of, is_sound, load_lexicon, same_ids, shipped_folder
from .originals import check_original
from .prepare import Preparer
from .problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence


def articles_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """List the article files that paths stand for: files, folders, or the shipped corpus for none.

    :raises FileNotFoundError: if a path does not exist
    """
    found: list[Path] = []
    for path in paths or (shipped_folder(),):
        if path.is_dir():
            found += find_articles(path)
        elif path.suffix != ".yaml":
            path.stat()
            found.append(path)
    return tuple(dict.fromkeys(found))


def check(paths: Sequence[Path], *, originals: Path | None = None) -> tuple[Problem, ...]:
    """Check articles with their registers, and the shapes of what they would give.

    :param paths: files and folders; the shipped corpus when empty
    :param originals: folder with the original texts, to compare hashes and wording
    :returns: all problems, in order of file and line; empty when all is well
    """
    articles = articles_of(paths)
    folders = [folder_of(path) for path in articles]
    folders += [path.parent.parent for path in paths if path.suffix == ".yaml"]
    folders += [path for path in paths if path.is_dir()]
    lexical = load_lexicon(folders)
    preparer = Preparer(lexical)
    loaded = [preparer.load(path) for path in articles]
    problems = [*lexical.problems, *(p for one in loaded for p in one.problems), *same_ids(loaded)]
    if originals:
        problems += [p for one in loaded for p in check_original(one, originals)]
    if is_sound(problems):
        problems += preparer.shape_problems([preparer.write(one) for one in loaded])
    return tuple(sorted(dict.fromkeys(problems)))
