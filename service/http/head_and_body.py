"""A transport that sends the head and the body of a response together, which saves a packet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

_JOINED_BYTES = 65_536  # joining a longer body costs more than a packet
_RESPONSE_HEAD, _INTERIM_HEAD = b"HTTP/1.1 ", b"HTTP/1.1 100 "
_HEAD_END = b"\r\n\r\n"


class HeadAndBodyTransport:
    r"""Wraps the transport of a connection; only writing is changed.

    >>> sent = []
    >>> class Transport:
    ...     write = sent.append
    >>> transport = HeadAndBodyTransport(Transport())
    >>> transport.write(b"HTTP/1.1 200 OK\r\n\r\n")
    >>> transport.write(b"body")
    >>> sent
    [b'HTTP/1.1 200 OK\r\n\r\nbody']
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send data after the held response head; a head without a body is held back."""
        if self._head:
            head, self._head = self._head, b""
            if len(data) <= _JOINED_BYTES:
                data = head + data
            else:
                self._transport.write(head)
        elif _is_head(data):
            self._head = data
            return
        self._transport.write(data)

    def flush(self) -> None:
        """Send the held response head."""
        if self._head:
            self.write(b"")

    def close(self) -> None:
        """Send the held response head, then close."""
        self.flush()
        self._transport.close()


def _is_head(data: bytes) -> bool:
    return data.startswith(_RESPONSE_HEAD) and data.endswith(_HEAD_END) and not data.startswith(_INTERIM_HEAD)
