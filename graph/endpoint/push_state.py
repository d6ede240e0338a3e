"""How far a push has come: a small file beside the published graph, written after every batch."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..publish import Version
    from .push_target import Target


@dataclass(frozen=True)
class PushState:
    """What an endpoint has taken of a version.

    :param file: where it is kept
    :param by: the protocol, empty before it was found
    :param write: the address that was written to
    :param done: graph -> quads accepted; 0 for a graph that was begun
    """

    file: Path
    endpoint: str
    by: str = ""
    write: str = ""
    done: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, version: Version, endpoint: str) -> PushState:
        """Read the state of a version at an endpoint; a fresh one where there is none or it is damaged."""
        key = sha256(endpoint.encode()).hexdigest()[:12]
        file = version.folder.parent.parent / "push" / f"{version.name}-{key}.json"
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            done = {str(graph): int(number) for graph, number in content["done"].items()}
            return cls(file, endpoint, str(content["by"]), str(content["write"]), done)
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return cls(file, endpoint)

    def still_there(self, there: Mapping[str, int]) -> PushState:
        """Begin those graphs anew of which the endpoint has lost something."""
        kept = {graph: n if there.get(graph, 0) >= n else 0 for graph, n in self.done.items()}
        return replace(self, done=kept)

    def anew(self) -> PushState:
        """Begin all graphs anew."""
        return replace(self, done={})

    def forget_others(self) -> None:
        """Drop what other versions left there: from now on it is written over."""
        _, _, key = self.file.stem.rpartition("-")
        for file in self.file.parent.glob(f"*-{key}.json"):
            if file != self.file:
                file.unlink(missing_ok=True)

    def at(self, target: Target) -> PushState:
        """Keep the address that is written to."""
        return replace(self, by=target.by, write=target.url)

    def save(self, graph: str, number: int) -> None:
        """Note how many quads of a graph were accepted; the file is replaced whole.

        :raises BuildError: if it cannot be written
        """
        self.done[graph] = number
        content = {"endpoint": self.endpoint, "by": self.by, "write": self.write, "done": self.done}
        temporary = self.file.with_suffix(".new")
        try:
            self.file.parent.mkdir(exist_ok=True)
            with temporary.open("w", encoding="utf-8") as file:
                json.dump(content, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.file)
        except OSError as error:
            what = f"{self.file}: cannot write ({error.strerror or error})"
            raise BuildError(f"{what} — the push stopped; mend it and push again") from error

    def forget(self) -> None:
        """Drop the file: what is there is not what was sent."""
        self.file.unlink(missing_ok=True)
