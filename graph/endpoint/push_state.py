"""The progress of a push: a small file beside the published graph, updated after every batch."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import WriteError
from ...files import json_text, system_reason, write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..publish import Version
    from .push_target import Target


@dataclass(frozen=True)
class PushState:
    """How many quads of a version an endpoint has accepted, by graph.

    :param file: the file that stores this state
    :param protocol: `gsp` or `update`; empty until one has been chosen
    :param update_url: the address to which quads are sent
    :param done: graph → number of accepted quads; 0 while the first batch is being sent
    """

    file: Path
    endpoint: str
    protocol: str = ""
    update_url: str = ""
    done: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, version: Version, endpoint: str) -> PushState:
        """Read the state of a version at an endpoint; empty if it is missing or damaged."""
        key = sha256(endpoint.encode()).hexdigest()[:12]
        file = version.folder.parent.parent / "push" / f"{version.name}-{key}.json"
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            done = {str(graph): int(number) for graph, number in content["done"].items()}
            return cls(file, endpoint, str(content["by"]), str(content["write"]), done)
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return cls(file, endpoint)

    def without_losses(self, remote_sizes: Mapping[str, int]) -> PushState:
        """Return a state that resends the graphs which have lost quads at the endpoint."""
        done = {graph: n if remote_sizes.get(graph, 0) >= n else 0 for graph, n in self.done.items()}
        return replace(self, done=done)

    def restarted(self) -> PushState:
        """Return a state that resends all graphs."""
        return replace(self, done={})

    def remove_states_of_other_versions(self) -> None:
        """Remove the states of other versions at this endpoint, because their graphs will be overwritten."""
        _, _, key = self.file.stem.rpartition("-")
        for file in self.file.parent.glob(f"*-{key}.json"):
            if file != self.file:
                file.unlink(missing_ok=True)

    def at(self, target: Target) -> PushState:
        """Return the state with another target service."""
        return replace(self, protocol=target.protocol, update_url=target.url)

    def save(self, graph: str, number: int) -> None:
        """Record how many quads of a graph were accepted; the file is replaced atomically.

        :raises WriteError: if it cannot be written
        """
        self.done[graph] = number
        content = {
            "endpoint": self.endpoint,
            "by": self.protocol,
            "write": self.update_url,
            "done": self.done,
        }
        try:
            self.file.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise WriteError(self.file, system_reason(error)) from error
        write_atomically(self.file, json_text(content).encode(), str(self.file))

    def remove(self) -> None:
        """Delete the file, because the endpoint does not have what was sent."""
        self.file.unlink(missing_ok=True)
