"""The check of an article while proposals are decided on: what it would refuse is not written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ...problems import errors
from ..pipeline.checking import CorpusCheck
from ..pipeline.corpus import resolved
from ..pipeline.scaffold import write_files
from ..register.register_text import register_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ...problems import Fault, Problem


class LineGuard:
    """Checks an article before it is written, and tells which errors a change brings.

    :param path: the file of the article
    """

    def __init__(self, path: Path) -> None:
        self._buffers: dict[Path, bytes] = {}
        self._check = CorpusCheck([path], buffers=self._buffers)
        self._known: Counter[Fault] | None = None

    def refused(self, files: Mapping[Path, str]) -> tuple[Problem, ...]:
        """List the errors that files have and that they did not have before; cost as of one check.

        :param files: path → content that is to be written
        """
        if self._known is None:
            self._known = _faults(self._check.problems())
        made = [path for path in files if not path.exists()]  # the check lists the registers on the disk
        write_files({path: register_text(path.stem, {}) for path in made})
        before = dict(self._buffers)
        self._buffers.update({resolved(path): content.encode() for path, content in files.items()})
        found = self._check.problems()
        faults = _faults(found)
        new = faults - self._known
        if new:
            self._buffers.clear()
            self._buffers.update(before)
            for path in made:
                path.unlink()
            return tuple(problem for problem in errors(found) if problem.fault in new)
        self._known = faults
        return ()

    def forget(self) -> None:
        """Let the next check start from what the disk holds."""
        self._buffers.clear()
        self._known = None


def _faults(problems: Iterable[Problem]) -> Counter[Fault]:
    """Count the errors by what they say, since lines move."""
    return Counter(problem.fault for problem in errors(problems))
