"""Corpus folders: annotated articles with register, measures and units; and file names for messages.

    <folder>/articles/*.kg.md   <folder>/register/*.yaml   <folder>/measures.yaml   <folder>/units.yaml
    <folder>/readings.tsv

The shipped register, measures and units are always loaded; other folders add to them. `EGOVKG_CORPUS` in the
environment names a folder that takes the place of the shipped corpus.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import CorpusError
from ..faults.messages import message
from ..text.input_files import files_in

if TYPE_CHECKING:
    from ...words import Message

SHIPPED = "shipped"
ARTICLE_ENDING = ".kg.md"
OWN = "corpus"  # where `egovkg new` writes
REPLACEMENT = "EGOVKG_CORPUS"


def shipped_folder() -> Path:
    """Return the corpus shipped in the package, or the one that takes its place; symbolic links are resolved.

    :raises CorpusError: if `EGOVKG_CORPUS` names no folder
    """
    replacement = os.environ.get(REPLACEMENT)
    if not replacement:
        return _packaged_folder()
    if not Path(replacement).is_dir():
        raise CorpusError(message("corpus.no-folder", folder=f"{REPLACEMENT}={replacement}"))
    return resolved(Path(replacement))


def _packaged_folder() -> Path:
    return resolved(Path(str(files("egovkg") / "corpus")))


def corpus_folder(name: str | Path) -> Path:
    """Find a corpus folder; the name `shipped` stands for the one in the package.

    :raises CorpusError: if there is no such folder
    """
    if str(name) == SHIPPED:
        return shipped_folder()
    folder = Path(name)
    if not str(name) or not folder.is_dir():
        raise CorpusError(message("corpus.no-folder", folder=str(folder)))
    return folder


def default_folder() -> Path:
    """Return `./corpus` if it exists and is not the folder in the package, else the shipped corpus."""
    local = Path(OWN)
    has_any = (local / "articles").is_dir() or (local / "register").is_dir()
    return local if has_any and resolved(local) != _packaged_folder() else shipped_folder()


def folder_label(folder: Path) -> Message:
    """Return the display name of a corpus folder.

    >>> folder_label(_packaged_folder()).text("en")
    'the shipped corpus'
    """
    if resolved(folder) == _packaged_folder():
        return message("corpus.shipped")
    return message("corpus.folder", folder=displayed_path(folder))


def folder_of(article: Path) -> Path:
    """Return the corpus folder to which an article file belongs."""
    parent = resolved(article).parent
    return parent.parent if parent.name == "articles" else parent


def find_articles(folder: Path) -> tuple[Path, ...]:
    """List the articles of a corpus folder, sorted by name."""
    inner = folder / "articles"
    return files_in(inner if inner.is_dir() else folder, ARTICLE_ENDING)


def resolved(path: Path) -> Path:
    """Resolve the symbolic links in a path; a path in a loop of links is returned unchanged."""
    return Path(os.path.realpath(path))


def displayed_path(path: Path) -> str:
    """Return a path for messages: relative if it is below the current folder."""
    try:
        return printable(resolved(path).relative_to(Path.cwd()))
    except ValueError:
        return printable(path)


def printable(path: Path) -> str:
    """Return a path as text; bytes that are not UTF-8 are shown as escapes."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
