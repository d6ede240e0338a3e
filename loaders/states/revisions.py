"""A corpus as git holds it: the files of a folder in one revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
from typing import TYPE_CHECKING

from ...errors import CorpusError
from ..faults.messages import message
from ..pipeline.corpus import OWN

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 120.0  # for git to write the files; beyond, it more likely hangs than works


def extract_revision(name: str, target: Path) -> Path:
    """Write the files that git holds of a folder in a revision.

    :param name: `REVISION:FOLDER`, such as `HEAD~3:corpus`, with the folder from the root of the repository
        (or `./` for the current folder); `REVISION` alone means the folder `corpus` here
    :param target: folder to write in, which need not exist
    :returns: the target
    :raises CorpusError: if git is not installed, or knows no such revision or folder
    """
    revision, _, folder = name.partition(":")
    tree = f"{revision}:{folder or f'./{OWN}'}"
    if name.startswith("-"):
        raise CorpusError(message("corpus.no-revision", name=name, reason=""))
    try:
        done = subprocess.run(["git", "archive", tree], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CorpusError(message("corpus.no-git", name=name)) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise CorpusError(message("corpus.no-revision", name=name, reason=reason))
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter=tarfile.data_filter)
    return target
