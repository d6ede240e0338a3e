"""The processor time that clients used lately, so that those who used little are served first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HALF_LIFE = 5.0  # seconds after which processor time counts half
_STEP_SECONDS = 0.05  # between two decays
_NEGLIGIBLE = 0.001  # seconds; less is forgotten
_LIGHT = 0.02  # seconds; who used less is never above the mean


class ClientUse:
    """Processor time by client, which counts half after five seconds.

    :param now: the clock, in seconds

    >>> clock = iter((0.0, 0.0, 0.0, 5.0)).__next__
    >>> use = ClientUse(clock)
    >>> use.add("192.0.2.1", 0.4)
    >>> use.seconds("192.0.2.1"), use.seconds("192.0.2.1")
    (0.4, 0.2)
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._decayed_at = now, now()
        self._seconds: dict[str, float] = {}

    def add(self, client: str, seconds: float) -> None:
        """Record processor time that a job of a client has used."""
        self._decay()
        self._seconds[client] = self._seconds.get(client, 0.0) + seconds

    def seconds(self, client: str) -> float:
        """Return the processor time that a client used lately."""
        self._decay()
        return self._seconds.get(client, 0.0)

    def is_above_mean(self, client: str) -> bool:
        """Tell whether a client used more than the mean of the clients that used any lately."""
        seconds = self.seconds(client)
        return seconds > max(_LIGHT, sum(self._seconds.values()) / max(1, len(self._seconds)))

    def _decay(self) -> None:
        now = self._now()
        elapsed = now - self._decayed_at
        if elapsed < _STEP_SECONDS:
            return
        share = 0.5 ** (elapsed / _HALF_LIFE)
        decayed = {client: seconds * share for client, seconds in self._seconds.items()}
        self._seconds = {client: seconds for client, seconds in decayed.items() if seconds > _NEGLIGIBLE}
        self._decayed_at = now
