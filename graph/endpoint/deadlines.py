"""Connections on which the head of an answer has a deadline too.

The time limit of a socket starts anew with each byte: a server that sends a header line now and then, or
interim responses without end, would be waited for without end.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Timer
from typing import TYPE_CHECKING, TypeVar

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    import urllib3
    from urllib3.response import HTTPResponse

Manager = TypeVar("Manager", bound="urllib3.PoolManager")


class _Deadline(HTTPConnection):
    """A connection that is shut down when status and headers have not come in its time limit."""

    _is_expired = False

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 declares it
        """Wait for status and headers.

        :raises TimeoutError: if they have not come in time
        """
        seconds = float(self.timeout or 0)  # none: without end
        timer = Timer(seconds, self._expire)
        timer.daemon = True
        if seconds:
            timer.start()
        try:
            response = super().getresponse()
        except Exception as error:
            if self._is_expired:
                raise TimeoutError from error
            raise
        finally:
            timer.cancel()
        if self._is_expired:  # what has come by then counts as a complete head
            response.close()
            raise TimeoutError
        return response

    def _expire(self) -> None:
        self._is_expired = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


class _SecureDeadline(_Deadline, HTTPSConnection):
    """The same with TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Deadline


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureDeadline


def with_deadlines(manager: Manager) -> Manager:
    """Let a manager open connections with a deadline."""
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
    return manager
