"""What decides the bytes of a site: the graph, additional tours, and the program itself."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["inputs_digest"]

_PACKAGE = Path(__file__).parents[2]
_FOLDERS = ("graph", "ontology", "queries", "viz", "words")  # what a page may show or be made by
_SUFFIXES = frozenset((".py", ".yaml", ".ttl", ".rq", ".j2", ".js", ".css", ".json"))


def inputs_digest(version: str, tours: Iterable[Path]) -> str:
    """Return a digest of graph, tours and files of the program; releases of libraries do not count.

    :param version: name of the published graph, equal for equal content
    :param tours: files of additional tours
    :raises OSError: if a tour cannot be read
    Cost: about 0.2 s, as it reads the files of the program.
    """
    parts = [version, _program_digest(), *(sha256(tour.read_bytes()).hexdigest() for tour in tours)]
    return sha256("\n".join(parts).encode("utf-8")).hexdigest()


@lru_cache(maxsize=1)
def _program_digest() -> str:
    digest = sha256()
    paths = [*_PACKAGE.glob("*.py"), *(path for name in _FOLDERS for path in (_PACKAGE / name).rglob("*"))]
    for path in sorted(paths):
        if path.suffix in _SUFFIXES and "node_modules" not in path.parts:
            digest.update(path.relative_to(_PACKAGE).as_posix().encode("utf-8"))
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
