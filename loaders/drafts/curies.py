"""The CURIEs of things in lines of articles and registers."""

from __future__ import annotations

import re

CURIE = re.compile(r"[a-z][a-z0-9]*:[a-z0-9]+(?:-[a-z0-9]+)*")
CODE = "code:"


def curies_in(line: str) -> list[str]:
    """List the CURIEs of things in a line, texts in quotes left out.

    >>> curies_in('mh:edoc  connectsTo  mh:lgsp  {note: "xem a:b"}')
    ['mh:edoc', 'mh:lgsp']
    """
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
    return [curie for curie in CURIE.findall(bare) if not curie.startswith(CODE)]
