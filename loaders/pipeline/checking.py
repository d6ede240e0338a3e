"""Checking without building: all problems of articles, registers and whole folders in one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import CorpusError
from ...problems import Problem, errors
from ..faults.messages import message
from ..guide import advice
from ..readings.corpora import changed_since, readings_of, unknown_articles
from ..readings.table import READINGS_FILE
from ..register.entries import find_registers
from ..text.input_files import files_in, input_bytes
from .article_files import repeated_ids, repeated_pages
from .corpus import default_folder, displayed_path, find_articles, folder_of, resolved
from .lexicon_files import lexicon_files, load_lexicon
from .originals import check_original, missing_originals
from .passed_over import file_passed_over, files_passed_over
from .preparation import Preparer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeAlias

    from ..register.lexicon import Lexicon
    from .article_files import LoadedArticle

    # Date in ns, size in bytes and number of a file; its content in an editor; nothing if it is not there.
    _FileState: TypeAlias = "tuple[int, int, int] | bytes | None"

_REGISTER = ""  # stands for the register among the files to validate


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


def _is_list(path: Path) -> bool:
    """Tell whether a file is no article by its name: a register, a list of terms, or the second readings."""
    return path.suffix.lower() in {".yaml", ".yml"} or path.name == READINGS_FILE


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


def check(
    paths: Sequence[Path], *, originals: Path | None = None, by_guide: bool = False
) -> tuple[Problem, ...]:
    """Check articles with their registers, and the shapes of the resulting graph.

    :param paths: files and folders; if empty `./corpus`, or the shipped corpus if that does not exist
    :param originals: folder with the original texts, for comparing hashes and wording
    :param by_guide: whether articles without errors are also held against the rules of the annotation guide
    :returns: all problems, sorted by file and line; empty without problems
    :raises FileNotFoundError: if a path does not exist
    :raises CorpusError: if a folder contains nothing to check
    """
    return CorpusCheck(paths, originals=originals, by_guide=by_guide).problems()


class CorpusCheck:
    """A check that can be repeated; each time only what has changed is read and checked anew.

    :param paths: files and folders as for :func:`check`
    :param originals: as for :func:`check`
    :param by_guide: as for :func:`check`
    :param buffers: files as an editor holds them: path, links resolved → content that is read instead of that
        on the disk; may change between two checks
    """

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        originals: Path | None = None,
        by_guide: bool = False,
        buffers: Mapping[Path, bytes] | None = None,
    ) -> None:
        self.paths = tuple(paths or (default_folder(),))
        self._originals, self._by_guide = originals, by_guide
        self._buffers = {} if buffers is None else buffers
        self._lexicon_state: Mapping[Path, _FileState] | None = None
        self._preparer: Preparer | None = None
        self._articles: dict[Path, tuple[_FileState, LoadedArticle]] = {}
        # Files that the shapes have not seen; the register is one of them.
        self._unvalidated: set[str] = set()
        self._violations: tuple[Problem, ...] = ()

    @property
    def lexicon(self) -> Lexicon | None:
        """The lexicon of the last check; ``None`` before the first."""
        return self._preparer.loaded_lexicon.lexicon if self._preparer else None

    def problems(self) -> tuple[Problem, ...]:
        """Check what has changed, and return all problems, sorted by file and line.

        :raises FileNotFoundError: if a path does not exist
        :raises CorpusError: if a folder contains nothing to check
        Cost: linear in what changed, and one look at the date of each file; a changed register counts as a
        change of everything.
        """
        articles = [path for path in self._listed() if not _is_list(path)]
        preparer = self._prepared(articles)
        loaded_articles = [self._loaded(path, preparer) for path in articles]
        problems = [*preparer.loaded_lexicon.problems, *repeated_ids(loaded_articles)]
        problems += repeated_pages(loaded_articles)
        problems += [problem for path in self.paths for problem in _passed_over(path)]
        problems += self._reading_problems(loaded_articles)
        problems += missing_originals(loaded_articles, self._originals) if self._originals else ()
        for loaded in loaded_articles:
            problems += loaded.problems
            problems += check_original(loaded, self._originals) if self._originals else ()
        if not errors(problems):
            problems += self._validated(loaded_articles, preparer)
            problems += self._advice(loaded_articles, preparer)
        return tuple(sorted(dict.fromkeys(problems)))

    def _reading_problems(self, loaded_articles: Sequence[LoadedArticle]) -> tuple[Problem, ...]:
        """Check the second readings of the folders, and hold them against the articles that were loaded."""
        folders = [_corpus_of(path) for path in self.paths if path.is_dir() or path.name == READINGS_FILE]
        readings, problems = readings_of(folders, displayed_path, self._read)
        articles = [item.article for item in loaded_articles if item.article]
        if not any(path.is_dir() for path in self.paths) or len(articles) < len(loaded_articles):
            return problems  # it is not known which articles there are
        rows = {article.id: len(article.claims) + len(article.figures) for article in articles}
        changed = changed_since(readings, rows) if self._by_guide else ()
        return (*problems, *unknown_articles(readings, rows), *changed)

    def _listed(self) -> tuple[Path, ...]:
        """List the articles; one that only the editor holds needs no file."""
        unsaved = tuple(path for path in self.paths if path in self._buffers and not path.exists())
        saved = tuple(path for path in self.paths if path not in unsaved)
        return (*unsaved, *(articles_of(saved) if saved else ()))

    def _prepared(self, articles: Sequence[Path]) -> Preparer:
        """Return what prepares the articles; made anew if a file of the lexicon has changed."""
        named = [_corpus_of(path) for path in self.paths if path.is_dir() or _is_list(path)]
        folders = [*map(folder_of, articles), *named]
        state = {path: self._state(path) for path, _ in lexicon_files(folders)}
        if self._preparer is None or state != self._lexicon_state:
            self._preparer = Preparer(load_lexicon(folders, read=self._read), self._read)
            self._lexicon_state = state
            self._articles.clear()
            self._violations = ()
            self._unvalidated = {_REGISTER}
        return self._preparer

    def _loaded(self, path: Path, preparer: Preparer) -> LoadedArticle:
        state = self._state(path)
        known = self._articles.get(path)
        if known is None or known[0] != state:
            known = self._articles[path] = (state, preparer.load(path))
            self._unvalidated.add(known[1].file)
        return known[1]

    def _validated(self, loaded: Sequence[LoadedArticle], preparer: Preparer) -> tuple[Problem, ...]:
        """Return the violations of shapes; only what has changed is validated.

        The violations of an article depend on nothing but itself, the register and the ontology.
        """
        files = {article.file for article in loaded}
        if self._unvalidated:
            changed = [preparer.write(article) for article in loaded if article.file in self._unvalidated]
            violations = preparer.shape_problems(changed)
            unchanged = [item for item in self._violations if item.file not in self._unvalidated]
            self._violations = tuple(dict.fromkeys((*unchanged, *violations)))
            self._unvalidated.clear()
        removed = {article.file for _, article in self._articles.values()} - files
        return tuple(item for item in self._violations if item.file not in removed)

    def _advice(self, loaded: Sequence[LoadedArticle], preparer: Preparer) -> Iterator[Problem]:
        """Hold the articles against the rules of the guide, if the check is to do so."""
        articles = [item.article for item in loaded if item.article] if self._by_guide else []
        for article in articles:
            yield from advice(article, preparer.loaded_lexicon.lexicon)

    def _state(self, path: Path) -> _FileState:
        buffer = self._buffers.get(resolved(path)) if self._buffers else None
        if buffer is not None:
            return buffer
        try:
            status = path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _read(self, path: Path, file: str) -> bytes:
        buffer = self._buffers.get(resolved(path)) if self._buffers else None
        return input_bytes(path, file) if buffer is None else buffer
