"""Print the notes of the version: what `CHANGELOG.md` says of it, or of what is not released yet."""

from __future__ import annotations

import re
from pathlib import Path

import egovkg

CHANGELOG = Path(egovkg.__file__).parent / "CHANGELOG.md"


def release_notes(changelog: str, version: str) -> str:
    """Cut the part of a version out of a changelog.

    :returns: its own part; else that of what is not released yet
    :raises ValueError: if the changelog has neither
    """
    parts = re.split(r"^## \[([^\]]+)\].*\n", changelog, flags=re.MULTILINE)
    by_version = dict(zip(parts[1::2], parts[2::2], strict=True))
    for name in (version, "Unreleased"):
        if by_version.get(name, "").strip():
            return f"# egovkg {version}\n\n{by_version[name].strip()}\n"
    raise ValueError(f"CHANGELOG.md has no part for {version}, and none for what is not released")


if __name__ == "__main__":
    print(release_notes(CHANGELOG.read_text("utf-8"), egovkg.__version__), end="")
