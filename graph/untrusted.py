"""Parsing of RDF from untrusted sources in a separate process that can be killed safely.

The process has limited memory and time and can open neither files nor connections. XML with a document type
declaration is refused before parsing, because a few hundred bytes of it can expand to gigabytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.parsers import expat

import pyoxigraph as ox

from ..errors import UntrustedError
from ..words import message

if TYPE_CHECKING:
    from typing import NoReturn

MIB = 1 << 20
SECONDS, MEMORY, LARGEST = 30, 512 * MIB, 64 * MIB
MAX_NESTED_TRIPLES = 100  # triple terms inside one another; at 20 000 the engine overflows its stack and dies
_MALFORMED, _OVERSIZED = 3, 4  # exit codes of the parsing process
_CHILD = """
import json, sys
seconds, memory, largest, kind, base = json.loads(sys.argv[1])
import pyoxigraph as ox
form = ox.RdfFormat.from_media_type(kind)
data = sys.stdin.buffer.read()
try:
    import resource
    with open("/proc/self/statm") as file:
        memory += int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))  # nothing more can be opened: no file, no connection
except (ImportError, OSError, ValueError):
    pass
size = 0
try:
    for quad in ox.parse(data, format=form, base_iri=base):
        line = f"{quad} .\\n".encode()
        size += len(line)
        if size > largest:
            sys.exit(4)
        sys.stdout.buffer.write(line)
except (SyntaxError, ValueError) as error:
    place = [getattr(error, name, None) for name in ("lineno", "offset")]
    sys.stderr.write(json.dumps([getattr(error, "msg", None) or str(error), *place]))
    sys.exit(3)
"""


def parse_untrusted(
    data: bytes,
    form: ox.RdfFormat,
    *,
    base: str | None = None,
    seconds: int = SECONDS,
    memory: int = MEMORY,
    largest: int = LARGEST,
) -> bytes:
    r"""Parse RDF from an untrusted source in a separate process.

    :param data: the document itself, never a path or an IRI
    :param base: base IRI; without one, relative IRIs are refused
    :param seconds: limit of processor time; the limit of wall time is twice as long
    :param memory: limit of memory in bytes, in addition to that used at the start
    :param largest: limit of the size of the result, in bytes
    :returns: N-Quads
    :raises UntrustedError: if the data are malformed (with line and column if known) or hostile, or exceed a
        limit

    Cost: about 0.1 s to start the process, then linear.

    >>> parse_untrusted(b"<urn:a> <urn:p> 1 .", ox.RdfFormat.TURTLE)
    b'<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    >>> parse_untrusted(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ox.RdfFormat.RDF_XML)
    Traceback (most recent call last):
    ...
    egovkg.errors.UntrustedError: it has a document type declaration (DOCTYPE) — remove the declaration
    """
    refuse_hostile(data, form)
    settings = json.dumps([seconds, memory, largest, form.media_type, base])
    command = [sys.executable, "-I", "-c", _CHILD, settings]
    try:
        process = subprocess.run(command, input=data, capture_output=True, timeout=2 * seconds, check=False)
    except subprocess.TimeoutExpired:
        raise UntrustedError(message(__package__, "untrusted.slow", seconds=2 * seconds)) from None
    if process.returncode == 0:
        return process.stdout
    if process.returncode == _MALFORMED:
        reason, line, column = json.loads(process.stderr)
        raise UntrustedError(reason, line, column)
    if process.returncode == _OVERSIZED:
        raise UntrustedError(message(__package__, "untrusted.oversized", mebibytes=largest >> 20))
    raise UntrustedError(message(__package__, "untrusted.costly"))


def refuse_hostile(data: bytes, form: ox.RdfFormat) -> None:
    """Raise an error for constructs that would harm the parser itself; linear, some ms per megabyte.

    :raises UntrustedError: for XML with a document type declaration, and for deeply nested triple terms
    """
    if form == ox.RdfFormat.RDF_XML:
        _refuse_document_type(data)
    depth = 0
    for part in data.split(b"<<")[1:]:
        depth = max(0, depth + 1 - part.count(b">>"))
        if depth > MAX_NESTED_TRIPLES:
            raise UntrustedError(message(__package__, "untrusted.too_deep", limit=MAX_NESTED_TRIPLES))


def _refuse_document_type(data: bytes) -> None:
    """Parse XML up to its first element, and refuse a document type declaration."""

    def on_document_type(*_: object) -> NoReturn:
        raise UntrustedError(message(__package__, "untrusted.document_type"))

    def on_first_element(*_: object) -> NoReturn:
        raise StopIteration

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = on_document_type
    parser.StartElementHandler = on_first_element
    try:
        parser.Parse(data, True)
    except StopIteration:
        return
    except expat.ExpatError as error:
        raise UntrustedError(expat.ErrorString(error.code), error.lineno, error.offset + 1) from error
