"""The processor time that clients used lately, so that those who used little are served first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HALF_LIFE = 5.0  # seconds after which processor time counts half
_NEGLIGIBLE = 0.001  # seconds; less is forgotten
_LIGHT = 0.02  # seconds; who used less is never above the mean


class ClientUse:
    """Processor time by client, which counts half after five seconds.

    :param now: the clock, in seconds

    >>> clock = iter((0.0, 0.0, 5.0)).__next__
    >>> use = ClientUse(clock)
    >>> use.add("192.0.2.1", 0.4)
    >>> use.add("192.0.2.2", 0.1)
    >>> use.seconds("192.0.2.1"), use.seconds("192.0.2.2")
    (0.2, 0.1)
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._decayed_at = now, now()
        self._seconds: dict[str, float] = {}
        self._mean = 0.0

    def add(self, client: str, seconds: float) -> None:
        """Record processor time that a job of a client has used; what was used before counts less."""
        now = self._now()
        remaining_share = 0.5 ** ((now - self._decayed_at) / _HALF_LIFE)
        self._decayed_at = now
        used = {name: remaining_share * before for name, before in self._seconds.items()}
        used[client] = used.get(client, 0.0) + seconds
        self._seconds = {name: lately for name, lately in used.items() if lately > _NEGLIGIBLE}
        self._mean = sum(self._seconds.values()) / max(1, len(self._seconds))

    def seconds(self, client: str) -> float:
        """Return the processor time that a client used lately, as of the last job that ended."""
        return self._seconds.get(client, 0.0)

    def is_above_mean(self, client: str) -> bool:
        """Tell whether a client used more than the mean of the clients that used any lately."""
        return self.seconds(client) > max(_LIGHT, self._mean)
