"""Large requests: few are received at a time, and they are parsed outside the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

Arguments = ParamSpec("Arguments")
Parsed = TypeVar("Parsed")

_LARGE_BODY_BYTES = 65_536  # uvicorn holds as much before somebody reads it
_LARGE_TEXT_BYTES = 16_384  # parsing takes some milliseconds from here on
_BODIES, _BODIES_OF_CLIENT = 64, 4
_PARSER = ThreadPoolExecutor(1, "parser")  # one thread: more would take the event loop its share


class LargeBodies:
    """Limits the large bodies that are received at the same time; others wait on the network."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(_BODIES)
        self._clients: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, request: Request, client: str) -> AsyncIterator[None]:
        """Wait until the body of a request may be received; a small one need not wait."""
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) <= _LARGE_BODY_BYTES:
            yield
            return
        own = self._clients.setdefault(client, asyncio.Semaphore(_BODIES_OF_CLIENT))
        async with own, self._all:
            yield


async def parsed(
    size: int,
    parse: Callable[Arguments, Parsed],
    *arguments: Arguments.args,
    **options: Arguments.kwargs,
) -> Parsed:
    """Call a function that parses a text; for a large text, outside the event loop.

    :param size: of the text, in bytes or characters
    """
    if size <= _LARGE_TEXT_BYTES:
        return parse(*arguments, **options)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_PARSER, lambda: parse(*arguments, **options))
