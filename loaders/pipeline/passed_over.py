"""Detection of files in a corpus that builds ignore, mostly because of their extension."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ...problems import Problem, Severity
from ..faults.messages import fault
from ..text.file_kinds import PLAIN_TEXTS, foreign_kind, is_article
from ..text.input_files import files_in
from ..text.reading import read_bytes
from .corpus import ARTICLE_ENDING, displayed_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...problems import Fault

_REGISTER_ENDING = ".yaml"
_LISTS = ("measures", "units")
_YAML_ENDINGS = frozenset({".yaml", ".yml"})
_PLACES = ("articles", "register")
_ID_END = re.compile(r"(\.kg)?(\.(md|markdown|txt))+$", re.IGNORECASE)
_LONGEST_HEAD = 65_536  # bytes that are read to tell what a file is, which may begin with long comments


def files_passed_over(folder: Path) -> tuple[Problem, ...]:
    """Report the articles and registers in a corpus folder that builds ignore (KG009).

    :returns: warnings sorted by file name; empty if every file is where builds look for it
    """
    faults = {path: flaw for path in _nearby(folder) if (flaw := _fault_in_corpus(path, folder))}
    return tuple(Problem(displayed_path(path), 1, 1, flaw) for path, flaw in faults.items())


def file_passed_over(path: Path) -> tuple[Problem, ...]:
    """Report a file specified by the user if builds ignore it (KG009), or a YAML file of others (KG007)."""
    flaw = _fault_in_corpus(path, path.absolute().parent) or _foreign_yaml_fault(path)
    return (Problem(displayed_path(path), 1, 1, flaw),) if flaw else ()


def _nearby(folder: Path) -> Iterator[Path]:
    """List the files in a corpus folder, and all those below its folders of articles and registers."""
    yield from files_in(folder, "")
    for place in files_in(folder, ""):
        if place.name.lower() in _PLACES:
            for parent, _, names in os.walk(place):
                yield from (Path(parent) / name for name in sorted(names))


def _fault_in_corpus(path: Path, folder: Path) -> Fault | None:
    """Return why builds ignore a file; ``None`` if they read it, or it is meant to be ignored."""
    if not path.is_file():
        return None
    if path.suffix.lower() in _YAML_ENDINGS:
        return _register_fault(path)
    if path.name.endswith(ARTICLE_ENDING):
        return None if _is_where_builds_look(path, folder) else _misplaced(f"articles/{path.name}")
    if path.suffix.lower() in PLAIN_TEXTS and is_article(_head(path)):
        return fault("KG009.article-name", Severity.WARNING, name=_ID_END.sub("", path.name) + ARTICLE_ENDING)
    return None


def _is_where_builds_look(article: Path, folder: Path) -> bool:
    """Tell whether builds read an article: below `articles`, or in a folder that has no such folder."""
    articles = folder / "articles"
    return article.parent.samefile(articles if articles.is_dir() else folder)


def _foreign_yaml_fault(path: Path) -> Fault | None:
    """Build the fault of a YAML file that is neither a register nor a list of measures or units."""
    if path.suffix.lower() not in _YAML_ENDINGS or path.stem in _LISTS or not path.is_file():
        return None
    kind = foreign_kind(_head(path).encode(), path.name)
    return fault("KG007.data", kind=kind.label) if kind and kind.family != "register" else None


def _register_fault(path: Path) -> Fault | None:
    in_register = path.parent.name == "register"
    is_expected = in_register or path.stem in _LISTS
    if is_expected and path.name.endswith(_REGISTER_ENDING):
        return None
    if is_expected:
        return fault("KG009.register-name", Severity.WARNING, name=path.stem + _REGISTER_ENDING)
    kind = foreign_kind(_head(path).encode(), path.name)
    return _misplaced(f"register/{path.stem}{_REGISTER_ENDING}") if kind and kind.name == "register" else None


def _misplaced(name: str) -> Fault:
    return fault("KG009.place", Severity.WARNING, name=name)


def _head(path: Path) -> str:
    """Read the beginning of a file; bytes that are not text are dropped."""
    with path.open("rb") as file:
        beginning = file.read(_LONGEST_HEAD)
    return read_bytes(beginning.decode("utf-8", "ignore").encode(), path.name).text or ""
