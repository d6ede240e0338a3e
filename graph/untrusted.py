"""Parsing of RDF from untrusted sources, in a process that may be killed without harm to this one.

Memory and time of that process are limited, it can open no file and no connection. XML that declares a
document type is refused before it is parsed: some hundred bytes of it can expand to gigabytes.
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
    r"""Parse RDF of unknown origin in a process of its own. About 0.1 s, and linear.

    :param data: bytes, never taken for a path or an IRI
    :param base: base IRI; without it relative IRIs are refused
    :param seconds: of processor time, and twice as many by the clock
    :param memory: bytes beyond what the process starts with
    :param largest: bytes of the result
    :returns: N-Quads
    :raises UntrustedError: if the data are malformed (with line and column where they are known), hostile, or
        exceed a limit

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
    """Raise for constructs that would harm the parser itself. Cost linear, some ms a megabyte at most.

    :raises UntrustedError: for XML with a document type, and for deeply nested triple terms
    """
    if form == ox.RdfFormat.RDF_XML:
        _refuse_document_type(data)
    depth = 0
    for part in data.split(b"<<")[1:]:
        depth = max(0, depth + 1 - part.count(b">>"))
        if depth > MAX_NESTED_TRIPLES:
            raise UntrustedError(message(__package__, "untrusted.too_deep", limit=MAX_NESTED_TRIPLES))


def _refuse_document_type(data: bytes) -> None:
    """Parse XML, in the encoding that it declares, up to its first element."""

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
