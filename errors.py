"""The errors of egovkg, one tree.

EgovError
├── InputError            a text, register or option that cannot be used; carries its problems
├── EntityError           a name that fits no entity, or more than one; carries the candidates
├── ArticleError          an article that is not in the graph; carries those that are
├── DependencyError       a thing of a kind that has no dependencies, such as a legal document
├── ProvinceError         a unit that is no province, where one is asked for
├── QuestionError         a named question that does not exist, or a parameter it does not take
├── QueryError            a SPARQL text that the engine refuses
├── StoreError            a folder that is no store, or cannot be written
├── ShapeError            a shape that uses what the compiler does not know
├── ReasonerError         the reasoner is missing or gave up (ontology/consistency.py)
├── ScopeError            a thing that is no territory, where one is asked for
├── FrameworkError        a framework or target that cannot be used
├── SiteError             a site that would replace other people's files
├── TourError             a guided tour that cannot be used; carries every fault
├── EndpointError         an endpoint that does not answer as it should
│   ├── UnreachableError  it cannot be reached
│   ├── NotSparqlError    what answers there is no SPARQL endpoint
│   ├── AccessError       it wants other credentials
│   ├── BusyError         it is busy, and stayed so
│   ├── TimeLimitError    no whole answer came in time
│   ├── MediaTypeError    the answer is of another kind than was asked for
│   ├── TruncatedError    the answer breaks off
│   ├── TooLargeError     the answer is larger than what is taken
│   └── PushError         a graph that could not be loaded there, or is not whole there
├── ExportError           an export whose folder or package is not there for it
├── ProposalError         a file of proposals that cannot be used
├── ServiceError          a request that the service refuses, with its status
├── UntrustedError        RDF of others that cannot be read within its bounds
├── FenceError            no fence against outbound connections, where one is asked for
├── BuildError            a build that could not be published; nothing was changed
├── WriteError            a file or folder that cannot be written; nothing was changed
└── InternalError         an identity that must hold does not: please report it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .problems import Problem


class EgovError(Exception):
    """The root: every error a caller may want to catch."""


class InputError(EgovError):
    """A text, register or option that cannot be used.

    :param problems: each with file, line, column, code, what and how to fix
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class EntityError(EgovError):
    """A name that fits no entity, or more than one.

    :param name: what was asked for
    :param candidates: labels or identifiers that come near, best first; empty when nothing does
    """

    def __init__(self, name: str, candidates: Sequence[str], *, ambiguous: bool = False) -> None:
        what = f'"{name}" fits {len(candidates)} entities' if ambiguous else f'no entity is called "{name}"'
        hint = "choose one of" if ambiguous else "nearest"
        tail = f" — {hint}: {', '.join(candidates)}" if candidates else ""
        super().__init__(what + tail)
        self.name = name
        self.candidates = tuple(candidates)
        self.ambiguous = ambiguous


class ArticleError(EgovError):
    """An article that is not in the graph.

    :param name: what was asked for
    :param known: ids of articles that are, the nearest first
    """

    def __init__(self, name: str, known: Sequence[str]) -> None:
        shown = ", ".join(known[:10]) + (f" and {len(known) - 10} more" if len(known) > 10 else "")
        super().__init__(f'no article is called "{name}" — known: {shown or "none"}')
        self.name = name
        self.known = tuple(known)


class DependencyError(EgovError):
    """A thing of a kind that has no dependencies, such as a legal document.

    :param label: what it is called
    :param kind: the label of its class
    """

    def __init__(self, label: str, kind: str) -> None:
        super().__init__(f'"{label}" is of the kind "{kind}", which has no dependencies — name a system')
        self.label = label
        self.kind = kind


class ScopeError(EgovError):
    """A thing that is no territory, where one is asked for.

    :param label: what it is called
    """

    def __init__(self, label: str) -> None:
        super().__init__(f'"{label}" is not a territory — name a province, a district or a commune')
        self.label = label


class ProvinceError(EgovError):
    """A unit that is no province, where one is asked for."""


class QuestionError(EgovError):
    """A named question that does not exist, or a parameter it does not take."""


class QueryError(EgovError):
    """A SPARQL text that the engine refuses."""


class StoreError(EgovError):
    """A folder that is no store, or cannot be written.

    :param folder: the folder
    :param reason: what the engine said
    """

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
        self.reason = reason


class ShapeError(EgovError):
    """A shape that uses what the compiler does not know."""


class FrameworkError(EgovError):
    """A framework or target that cannot be used."""


class SiteError(EgovError):
    """A site that would replace files it did not write; nothing was changed."""


class TourError(EgovError):
    """A guided tour that cannot be used.

    :param faults: every fault, each with file and place
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class BuildError(EgovError):
    """A build that could not be published; nothing was changed."""


class WriteError(EgovError):
    """A file or folder that cannot be written; nothing was changed.

    :param path: as the user named it
    :param reason: what the system said
    """

    def __init__(self, path: Path | str, reason: str) -> None:
        fix = "choose another place, or mend its permissions; nothing was changed"
        super().__init__(f"{path}: KG099 cannot write ({reason}) — {fix}")
        self.path = path
        self.reason = reason


class InternalError(EgovError):
    """An identity that must hold does not: please report it."""


class EndpointError(EgovError):
    """An endpoint that does not answer as it should.

    :param url: its address, without credentials
    :param reason: what happened, and what to do about it
    """

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class UnreachableError(EndpointError):
    """An endpoint that cannot be reached."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"cannot be reached ({reason}) — check the address, and that it is running")


class NotSparqlError(EndpointError):
    """What answers there is no SPARQL endpoint."""

    def __init__(self, url: str, reason: str) -> None:
        hint = "give the address of the endpoint itself, which often ends in /sparql or /query"
        super().__init__(url, f"{reason} — {hint}")


class AccessError(EndpointError):
    """An endpoint that wants other credentials, or none that are known."""

    def __init__(self, url: str, reason: str) -> None:
        if "—" not in reason:
            reason += " — set EGOVKG_ENDPOINT_USER and EGOVKG_ENDPOINT_PASSWORD, or mend the netrc entry"
        super().__init__(url, reason)


class BusyError(EndpointError):
    """An endpoint that is busy, and stayed so."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"too busy ({reason}) — try again later")


class TimeLimitError(EndpointError):
    """No whole answer came in time.

    :param seconds: our own limit; ``None`` when the endpoint gave up
    """

    def __init__(self, url: str, seconds: float | None = None) -> None:
        if seconds is None:
            what = "the endpoint gave up — ask for less, or ask who runs it for more time"
        else:
            what = f"no whole answer in {seconds:g} s — ask for less, or raise EGOVKG_ENDPOINT_TIMEOUT"
        super().__init__(url, f"time limit: {what}")


class MediaTypeError(EndpointError):
    """An answer of another kind than was asked for."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"{reason} — is this the address of a SPARQL 1.1 endpoint?")


class TruncatedError(EndpointError):
    """An answer that breaks off; nothing of it was used."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"the answer breaks off ({reason}); nothing of it was used — try again")


class TooLargeError(EndpointError):
    """An answer that is larger than what is taken, or a query that takes more memory than there is."""

    def __init__(self, url: str, reason: str, what: str = "the answer is too large") -> None:
        super().__init__(url, f"{what} ({reason}) — ask for less, as with LIMIT")


class PushError(EndpointError):
    """A graph that could not be loaded at an endpoint, or is not whole there."""


class ExportError(EgovError):
    """An export that cannot be written: the folder holds other people's files, or a package is missing."""


class ProposalError(EgovError):
    """A file of proposals that cannot be used."""


class ServiceError(EgovError):
    """A request that the service refuses.

    :param status: of HTTP
    :param code: a stable word for programs
    :param details: what else a program may want, such as line and column
    """

    def __init__(self, status: int, code: str, message: str, **details: str | int | Sequence[str]) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.details = details


class FenceError(EgovError):
    """No fence against outbound connections can be put up, where one is asked for."""


class UntrustedError(EgovError):
    """RDF of others that is not understood, or takes more to read than it may.

    :param line: 1-based, where it is known
    """

    def __init__(self, what: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(what)
        self.line = line
        self.column = column
