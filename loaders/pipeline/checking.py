"""Checking without building: every problem of articles, registers and whole folders, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...problems import Problem
from ..register.entries import find_registers
from .corpus import default_folder, find_articles, folder_of, is_sound, load_lexicon, same_ids
from .originals import check_original
from .prepare import Preparer

if TYPE_CHECKING:
    from collections.abc import Sequence


def articles_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """List the article files that paths stand for: files, folders, or the default corpus for none.

    :raises FileNotFoundError: if a path does not exist
    """
    found: list[Path] = []
    for path in paths or (default_folder(),):
        path.stat()
        if path.is_dir():
            found += find_articles(path)
        elif path.suffix != ".yaml":
            found.append(path)
    return tuple(dict.fromkeys(found))


def _corpus_of(path: Path) -> Path:
    """Tell to which corpus folder a folder or a register, measure or unit file belongs."""
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    folder = folder.parent if folder.name in {"articles", "register"} else folder
    if not (find_articles(folder) or find_registers(folder) or any(folder.glob("*.yaml"))):
        raise FileNotFoundError(f"{path}: nothing to check here: no articles/*.kg.md, no register/*.yaml")
    return folder


def check(paths: Sequence[Path], *, originals: Path | None = None) -> tuple[Problem, ...]:
    """Check articles with their registers, and the shapes of what they would give.

    :param paths: files and folders; when empty `./corpus`, or the shipped corpus where there is none
    :param originals: folder with the original texts, to compare hashes and wording
    :returns: all problems, in order of file and line; empty when all is well
    :raises FileNotFoundError: if a path does not exist, or a folder holds nothing to check
    """
    paths = paths or (default_folder(),)
    articles = articles_of(paths)
    folders = [folder_of(path) for path in articles]
    folders += [_corpus_of(path) for path in paths if path.is_dir() or path.suffix == ".yaml"]
    lexical = load_lexicon(folders)
    preparer = Preparer(lexical)
    loaded = [preparer.load(path) for path in articles]
    problems = [*lexical.problems, *(p for one in loaded for p in one.problems), *same_ids(loaded)]
    if originals:
        problems += [p for one in loaded for p in check_original(one, originals)]
    if is_sound(problems):
        problems += preparer.shape_problems([preparer.write(one) for one in loaded])
    return tuple(sorted(dict.fromkeys(problems)))
