"""The open connections of a service: each client has a share, and newcomers find room."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from .clients import is_loopback, share_key

if TYPE_CHECKING:
    from ..contract.settings import Limits


class Connection(Protocol):
    """What the count of connections needs of one."""

    @property
    def waits_for_client(self) -> bool:
        """Whether the connection has no complete request."""

    def close_waiting(self) -> None:
        """Close the connection."""


class Connections:
    """Counts the open connections of each client.

    :param behind_proxy: whether connections from this machine are those of a proxy, which has no share
    """

    def __init__(self, limits: Limits, behind_proxy: bool = False) -> None:
        self.limits, self.behind_proxy = limits, behind_proxy
        self._by_client: defaultdict[str, list[Connection]] = defaultdict(list)

    def __len__(self) -> int:
        return sum(map(len, self._by_client.values()))

    def enter(self, connection: Connection, address: str) -> str:
        """Count a connection.

        :param address: of the other side
        :returns: the reason why it has to be refused; empty if there is room for it
        """
        client = share_key(address)
        is_full = len(self) >= self.limits.connections
        connections = self._by_client[client]
        connections.append(connection)
        has_share = not (self.behind_proxy and is_loopback(address))
        if has_share and len(connections) > self.limits.client_connections:
            return "connections-of-client"
        if is_full and not self._make_room(len(connections)):
            return "connections"
        return ""

    def leave(self, connection: Connection, address: str) -> None:
        """Count a connection no more."""
        client = share_key(address)
        self._by_client[client].remove(connection)
        if not self._by_client[client]:
            del self._by_client[client]

    def _make_room(self, count: int) -> bool:
        """Close a connection without complete request, of the largest client above a count that has one."""
        larger = [held for held in self._by_client.values() if len(held) > count]
        for connections in sorted(larger, key=len, reverse=True):
            for connection in connections:
                if connection.waits_for_client:
                    connection.close_waiting()
                    return True
        return False
