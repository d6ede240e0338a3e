"""RDF that others send is parsed in a process of its own: whatever it does there, this one lives on.

The process may take so much memory and time, opens no file and speaks to nobody but this one. XML that
declares a document type is refused before a parser sees it: some hundred bytes of it stand for gigabytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.parsers import expat

import pyoxigraph as ox

from ..errors import UntrustedError

if TYPE_CHECKING:
    from typing import NoReturn

MIB = 1 << 20
SECONDS, MEMORY, LARGEST = 30, 512 * MIB, 64 * MIB
MAX_NESTED_TRIPLES = 100  # triple terms inside one another; at 20 000 the engine overflows its stack and dies
_REFUSED = 3
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
            raise SyntaxError(f"it unfolds to more than {largest >> 20} MiB")
        sys.stdout.buffer.write(line)
except (SyntaxError, ValueError) as error:
    place = [getattr(error, name, None) for name in ("lineno", "offset")]
    said = [getattr(error, "msg", None) or str(error), *place]
    sys.stderr.write(json.dumps(said))
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
    r"""Parse RDF of unknown origin, elsewhere. About 0.1 s, and linear.

    :param data: bytes, never taken for a path or an address
    :param base: what relative addresses are relative to; without it they are refused
    :param seconds: of processor time, and twice as many by the clock
    :param memory: bytes beyond what the process starts with
    :param largest: bytes of the result
    :returns: N-Quads
    :raises UntrustedError: with line and column where they are known

    >>> parse_untrusted(b"<urn:a> <urn:p> 1 .", ox.RdfFormat.TURTLE)
    b'<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    >>> parse_untrusted(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ox.RdfFormat.RDF_XML)
    Traceback (most recent call last):
    ...
    egovkg.errors.UntrustedError: it declares a document type — leave the declaration out
    """
    refuse(data, form)
    given = json.dumps([seconds, memory, largest, form.media_type, base])
    command = [sys.executable, "-I", "-c", _CHILD, given]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * seconds, check=False)
    except subprocess.TimeoutExpired:
        raise UntrustedError(f"it takes more than {2 * seconds} s to read") from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == _REFUSED:
        what, line, column = json.loads(done.stderr)
        raise UntrustedError(what, line, column)
    raise UntrustedError("it takes more memory, time or depth to read than it may")


def refuse(data: bytes, form: ox.RdfFormat) -> None:
    """Refuse what no parser should see at all. Linear, some ms a megabyte at most.

    :raises UntrustedError: for XML with a document type, and for triple terms that are nested deep
    """
    if form == ox.RdfFormat.RDF_XML:
        _refuse_document_type(data)
    depth = 0
    for part in data.split(b"<<")[1:]:
        depth = max(0, depth + 1 - part.count(b">>"))
        if depth > MAX_NESTED_TRIPLES:
            raise UntrustedError(f"more than {MAX_NESTED_TRIPLES} triples inside one another")


def _refuse_document_type(data: bytes) -> None:
    """Read XML, in whatever encoding it says it is, up to its first element."""

    def declared(*_: object) -> NoReturn:
        raise UntrustedError("it declares a document type — leave the declaration out")

    def begun(*_: object) -> NoReturn:
        raise StopIteration

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.Parse(data, True)
    except StopIteration:
        return
    except expat.ExpatError as error:
        raise UntrustedError(expat.ErrorString(error.code), error.lineno, error.offset + 1) from error
