"""Export in profiles of others for the verb `export`: CPSV-AP with CPOV, and DCAT-AP, as one Turtle file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language import counted, say, text
from ..opening import opened

if TYPE_CHECKING:
    from pathlib import Path


def export_profile(target: Path, kind: str, home: Path) -> None:
    """Write the graph in a profile, and say what stands in it for what no source states.

    :param kind: one of :data:`egovkg.graph.profiles.PROFILES`
    """
    from ...files import write_atomically
    from ...graph.profiles import profile_of
    from ...graph.publish import published

    store, version = opened(home), published(home)
    profile = profile_of(store, kind, version.name if version else "")
    write_atomically(target, profile.turtle(), str(target))
    say(text("message.exported_profile", target=target, count=profile.resources))
    if profile.unstated:
        say(counted("message.authority_unstated", profile.unstated))
