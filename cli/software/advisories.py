"""Known faults of packages, from a database in the format of OSV: a service, or a copy on disk."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from packaging.version import InvalidVersion, Version

from ...errors import EgovError, EndpointError
from ...graph.endpoint.transport import EndpointRequest, RequestLimits, Transport
from ...words import message
from .components import components, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...words import MessageValue
    from .components import Component

DATABASE = "https://api.osv.dev"  # free, without an account; it gets the names and versions of the packages
_ECOSYSTEM = "PyPI"
_LIMITS = RequestLimits(seconds=30, attempts=2)


class AuditError(EgovError):
    """A database of known faults that cannot be reached or read: nothing was checked."""


@dataclass(frozen=True, slots=True)
class KnownFault:
    """A known fault of an installed package.

    :param identifier: of the fault in the database
    :param aliases: its identifiers elsewhere, such as CVE numbers
    :param fixed_in: versions in which it is mended, in the order of the database
    """

    name: str
    version: str
    identifier: str
    aliases: tuple[str, ...]
    summary: str
    fixed_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The known faults of the packages that were checked.

    :param database: where they were looked up
    :param checked: number of packages
    """

    database: str
    checked: int
    findings: tuple[KnownFault, ...]


def ask_audit(database: str = DATABASE, parts: Sequence[Component] | None = None) -> AuditReport:
    """Look up the known faults of packages.

    :param database: address of a service with the interface of OSV, or a copy of its records: a folder,
        or a zip file
    :param parts: the packages; by default those of this installation
    :raises AuditError: if the database cannot be reached or read; no package counts as checked then
    """
    parts = components() if parts is None else parts
    is_address = database.startswith(("http://", "https://"))
    try:
        found = _of_service(database, parts) if is_address else _of_copy(Path(database), parts)
    except EndpointError as error:
        raise _unusable(database, error.reason) from error
    except (OSError, ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise _unusable(database, f"{type(error).__name__}: {error}") from error
    findings = sorted(found, key=lambda finding: (finding.name, finding.identifier))
    return AuditReport(database, len(parts), tuple(findings))


def _unusable(database: str, reason: MessageValue) -> AuditError:
    return AuditError(message(__package__, "unusable", database=database, reason=reason))


def _of_service(address: str, parts: Sequence[Component]) -> list[KnownFault]:
    # An empty environment: the credentials of SPARQL endpoints are not sent to the database.
    transport = Transport(address, _LIMITS, environment={})
    queries = [
        {"package": {"name": part.name, "ecosystem": _ECOSYSTEM}, "version": part.version} for part in parts
    ]
    answer = _json(transport, "POST", f"{address}/v1/querybatch", {"queries": queries})
    found = []
    for part, result in zip(parts, answer["results"], strict=True):
        for named in result.get("vulns", ()):
            record = _json(transport, "GET", f"{address}/v1/vulns/{quote(named['id'])}")
            found.append(_known_fault(part, record))
    return found


def _json(transport: Transport, method: str, url: str, body: object = None) -> Any:  # noqa: ANN401  JSON of a service
    content = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return json.loads(transport.send(EndpointRequest(method, url, headers, content)).body)


def _of_copy(path: Path, parts: Sequence[Component]) -> list[KnownFault]:
    by_name = {part.name: part for part in parts}
    records = [json.loads(content) for content in _records(path)]
    if not records:
        raise LookupError(str(path))
    return [
        _known_fault(by_name[name], record)
        for record in records
        for name in sorted(by_name.keys() & {plain_name(one["package"]["name"]) for one in _affected(record)})
        if _hits(record, by_name[name])
    ]


def _records(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        yield from (file.read_bytes() for file in sorted(path.glob("*.json")))
        return
    with zipfile.ZipFile(path) as archive:
        yield from (archive.read(name) for name in archive.namelist() if name.endswith(".json"))


def _affected(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what a record says of packages of Python; nothing if it was withdrawn.

    :raises KeyError: if it is no record
    """
    if "withdrawn" in record:
        return []
    return [one for one in record["affected"] if one.get("package", {}).get("ecosystem") == _ECOSYSTEM]


def _of_package(record: Mapping[str, Any], part: Component) -> list[Mapping[str, Any]]:
    return [one for one in _affected(record) if plain_name(one["package"]["name"]) == part.name]


def _hits(record: Mapping[str, Any], part: Component) -> bool:
    """Tell whether a record names the version of a package, in its list or in a range."""
    return any(
        part.version in one.get("versions", ())
        or any(_is_within(part.version, events) for events in _ranges(one))
        for one in _of_package(record, part)
    )


def _ranges(affected: Mapping[str, Any]) -> Iterator[Sequence[Mapping[str, str]]]:
    return (part["events"] for part in affected.get("ranges", ()) if part.get("type") == "ECOSYSTEM")


def _is_within(version: str, events: Iterable[Mapping[str, str]]) -> bool:
    """Tell whether a version is affected, by the events of a range.

    >>> events = [{"introduced": "0"}, {"fixed": "1.3.1"}, {"introduced": "2.0"}, {"last_affected": "2.1"}]
    >>> [_is_within(version, events) for version in ("1.0", "1.3.1", "2.0", "2.1", "2.2")]
    [True, False, True, True, False]
    """
    place, is_affected = _order(version), False
    for kind, limit in sorted(_limits_of(events), key=lambda event: event[1]):
        if kind == "introduced" and place >= limit:
            is_affected = True
        if (kind == "fixed" and place >= limit) or (kind == "last_affected" and place > limit):
            is_affected = False
    return is_affected


def _limits_of(events: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, Version]]:
    return ((kind, _order(version)) for event in events for kind, version in event.items())


def _order(version: str) -> Version:
    try:
        return Version(version)
    except InvalidVersion as error:
        raise ValueError(str(error)) from error


def _known_fault(part: Component, record: Mapping[str, Any]) -> KnownFault:
    events = [event for one in _of_package(record, part) for events in _ranges(one) for event in events]
    return KnownFault(
        part.name,
        part.version,
        record["id"],
        tuple(record.get("aliases", ())),
        record.get("summary") or record.get("details", "").partition("\n")[0],
        tuple(event["fixed"] for event in events if "fixed" in event),
    )
