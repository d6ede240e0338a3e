"""Notices of changed files in the folders of a corpus, by watchfiles (`pip install "egovkg[editor]"`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..pipeline.corpus import folder_of
from .optional import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENDINGS = frozenset({".md", ".yaml", ".yml", ".txt"})


def changes(paths: Sequence[Path]) -> Iterator[None]:
    """Yield when texts or registers beside some files, or below some folders, may have changed.

    :raises PackageError: at once, if the package watchfiles is not installed
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise PackageError("watchfiles") from None
    folders = {path if path.is_dir() else folder_of(path) for path in paths}
    notices = watch(
        *folders,
        watch_filter=lambda change, path: Path(path).suffix.lower() in _ENDINGS,
        raise_interrupt=True,
        yield_on_timeout=True,  # after five seconds: what changed before the watch began is seen too
    )
    return (None for _ in notices)
