"""Texts made small enough to mail: LZMA where this Python has it, else deflate; in base64 either way.

LZMA is a sixth smaller than deflate for vis-network and a quarter for sentences, but a browser must be told
how to undo it: `unlzma.js` does, some ten million bytes in a second, and so only moderate texts get it.
"""

from __future__ import annotations

import base64
import importlib.util
import zlib
from typing import NamedTuple

MOST = 3_000_000  # bytes; beyond, the browser would be kept waiting
_LOOK_BACK = 1 << 22
_PATIENT = 500_000  # bytes


class Squeezed(NamedTuple):
    """A text in a form that is small and cannot end the element it stands in.

    :param text: base64
    :param size: bytes of the text before, when it is LZMA; 0 when it is deflated
    """

    text: str
    size: int


def squeezed(text: str) -> Squeezed:
    """Compress a text.

    >>> unsqueezed(squeezed("</script>"))
    '</script>'
    >>> squeezed("a" * 4_000_000).size
    0
    """
    data = text.encode("utf-8")
    if data and len(data) <= MOST and importlib.util.find_spec("_lzma"):
        import lzma

        held = lzma.compress(data, format=lzma.FORMAT_RAW, filters=_filters(len(data)))
        return Squeezed(base64.b64encode(held).decode("ascii"), len(data))
    return Squeezed(base64.b64encode(zlib.compress(data, 6)).decode("ascii"), 0)


def unsqueezed(held: Squeezed) -> str:
    """Undo it.

    :raises zlib.error: if it was not made by `squeezed`

    >>> unsqueezed(squeezed(""))
    ''
    """
    data = base64.b64decode(held.text)
    if not held.size:
        return zlib.decompress(data).decode("utf-8")
    import lzma

    return lzma.decompress(data, format=lzma.FORMAT_RAW, filters=_filters()).decode("utf-8")


def _filters(size: int = 0) -> list[dict[str, int]]:
    """What `unlzma.js` is written for: three bits of context, none of position."""
    import lzma

    nice = (
        273 if size <= _PATIENT else 64
    )  # how long a repetition is looked for: smaller, but three times as slow
    bits = {"lc": 3, "lp": 0, "pb": 0}
    return [{"id": lzma.FILTER_LZMA1, "preset": 6, "dict_size": _LOOK_BACK, "nice_len": nice, **bits}]
