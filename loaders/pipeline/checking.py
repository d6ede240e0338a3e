"""Checking without building: all problems of articles, registers and whole folders in one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import CorpusError
from ...problems import Problem, errors
from ..faults.messages import message
from ..register.entries import find_registers
from ..text.input_files import files_in
from .article_files import repeated_ids
from .corpus import default_folder, find_articles, folder_of, resolved
from .lexicon_files import load_lexicon
from .originals import check_original, missing_originals
from .passed_over import file_passed_over, files_passed_over
from .preparation import Preparer

if TYPE_CHECKING:
    from collections.abc import Sequence


def articles_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """List the articles among files and in folders; without any, those of the default corpus.

    :returns: every given file, whatever it is, and all articles in the given folders
    :raises FileNotFoundError: if a path does not exist
    """
    articles: list[Path] = []
    for path in paths or (default_folder(),):
        path.lstat()
        if path.is_dir():
            articles += find_articles(path)
        else:
            articles.append(path)
    return tuple(dict.fromkeys(articles))


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in {".yaml", ".yml"}


def _corpus_of(path: Path) -> Path:
    """Return the corpus folder of a folder or of a register, measure or unit file."""
    folder = resolved(path) if path.is_dir() else resolved(path).parent
    folder = folder.parent if folder.name in {"articles", "register"} else folder
    has_files = find_articles(folder) or find_registers(folder) or files_in(folder, ".yaml")
    if path.is_dir() and not has_files:
        raise CorpusError(message("corpus.nothing-to-check", path=str(path)))
    return folder


def _passed_over(path: Path) -> tuple[Problem, ...]:
    """Report the files below a path that builds ignore."""
    return files_passed_over(_corpus_of(path)) if path.is_dir() else file_passed_over(path)


def check(paths: Sequence[Path], *, originals: Path | None = None) -> tuple[Problem, ...]:
    """Check articles with their registers, and the shapes of the resulting graph.

    :param paths: files and folders; if empty `./corpus`, or the shipped corpus if that does not exist
    :param originals: folder with the original texts, for comparing hashes and wording
    :returns: all problems, sorted by file and line; empty without problems
    :raises FileNotFoundError: if a path does not exist
    :raises CorpusError: if a folder contains nothing to check
    """
    paths = paths or (default_folder(),)
    articles = [path for path in articles_of(paths) if not _is_yaml(path)]
    named_folders = [_corpus_of(path) for path in paths if path.is_dir() or _is_yaml(path)]
    loaded_lexicon = load_lexicon([*map(folder_of, articles), *named_folders])
    preparer = Preparer(loaded_lexicon)
    loaded_articles = [preparer.load(path) for path in articles]
    problems = [*loaded_lexicon.problems, *repeated_ids(loaded_articles)]
    problems += [problem for path in paths for problem in _passed_over(path)]
    problems += missing_originals(loaded_articles, originals) if originals else ()
    for loaded in loaded_articles:
        problems += loaded.problems
        problems += check_original(loaded, originals) if originals else ()
    if not errors(problems):
        problems += preparer.shape_problems([preparer.write(loaded) for loaded in loaded_articles])
    return tuple(sorted(dict.fromkeys(problems)))
