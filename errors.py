"""The errors of egovkg, one tree; each is worded in the language of its reader.

EgovError
├── InputError            texts, registers or options with problems; carries the problems
├── EntityError           a name that fits no entity, or several; carries the candidates
├── ArticleError          an article that is not in the graph; carries the ids of those that are
├── DependencyError       an entity whose class has no dependencies, such as a legal document
├── ScopeError            an entity that is no territory, where a territory is needed
├── FilterError           a class of systems, layer, relation or folder of addresses that does not exist
├── MixedEntitiesError    systems and components of a reference in one question
├── ProvinceError         a territory that is no province, where a province is needed
├── QuestionError         an unknown named question, or a parameter or period that a question does not take
├── QueryError            a SPARQL text that the engine refuses
├── QueryLimitError       a query that took more time or memory than it may (graph/query_process.py)
├── StoreError            a folder that holds no readable store, or cannot be written
├── ShapeError            a SHACL shape that the compiler does not support
├── ReasonerError         the reasoner is not installed or stopped (ontology/consistency.py)
├── FrameworkError        an architecture framework or numeric target that cannot be used
├── SiteError             a site folder that holds files which egovkg did not write
├── TourError             a guided tour that cannot be used; carries every fault
├── EndpointError         a SPARQL endpoint that does not answer as it should
│   ├── UnreachableError  no connection
│   ├── NotSparqlError    something answers, but it is no SPARQL endpoint
│   ├── AccessError       the credentials are missing or refused
│   ├── BusyError         the endpoint stayed busy through every retry
│   ├── TimeLimitError    no complete answer within the time limit
│   ├── MediaTypeError    the answer has another media type than requested
│   ├── TruncatedError    the answer is incomplete
│   ├── TooLargeError     the answer, or the work for it, exceeds a limit
│   └── PushError         a graph that was not loaded there, or only in part
├── ExportError           an export whose folder or Python package is missing or unusable
├── ProposalError         a file of link proposals that cannot be used
├── ServiceError          a request that the service refuses (service/contract/refusals.py)
├── StartError            a service that cannot or must not start as its settings say (the same module)
├── UntrustedError        RDF of others that is malformed, or exceeds a limit while it is parsed
├── CorpusError           a folder that is no corpus, or holds nothing to check
├── AuditError            a database of known faults that cannot be used (cli/software/advisories.py)
├── BuildError            a build that could not be published; the published graph is unchanged
├── WriteError            a file or folder that cannot be written; nothing was changed
└── InternalError         an invariant of egovkg that does not hold: please report it

To raise an error, put its text into `words/*.yaml` of your package in every language, and pass it as a
:class:`~egovkg.words.Message`, as in `raise QueryError(message(__package__, "no_select", line=3))`.
To show an error, use `error.text(lang)`; `str(error)` is the English text for tracebacks and logs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .words import DEFAULT_LANGUAGE, ROOT, Labelled, Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .problems import Problem

Label: TypeAlias = str | Labelled  # in one language, or in several
_LISTED_ARTICLES = 10  # ids of articles that one message lists


class EgovError(Exception):
    """The base class of all errors that callers may want to catch.

    :param message: what is wrong, where, and what to do about it; a plain string is shown unchanged in every
        language

    >>> error = EgovError(message("egovkg", "unexpected", error="KG000"))
    >>> error.text("vi"), str(error)
    ('lỗi ngoài dự kiến: KG000', 'unexpected error: KG000')
    """

    def __init__(self, message: Message | str) -> None:
        super().__init__(str(message))
        self.message = message

    def text(self, lang: str) -> str:
        """Return the text of the error in a language.

        :param lang: one of :func:`egovkg.words.languages`
        """
        return _text(self.message, lang)

    def __reduce__(self) -> tuple[object, ...]:
        """Support pickling, so that errors can be sent between processes."""
        return _restored, (type(self), self.args, self.__dict__)


def _text(message: Message | Labelled | str, lang: str) -> str:
    return message if isinstance(message, str) else message.text(lang)


def _restored(error_class: type[EgovError], args: tuple[object, ...], values: dict[str, object]) -> EgovError:
    error = error_class.__new__(error_class, *args)
    error.args = args
    error.__dict__.update(values)
    return error


class InputError(EgovError):
    """Invalid articles, registers or options, with the problem of each.

    :param problems: each with file, line, column, code, problem and fix
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)

    def text(self, lang: str) -> str:
        """Return the text of each problem in a language, one per line."""
        return "\n".join(problem.text(lang) for problem in self.problems)


class EntityError(EgovError):
    """A name that matches no entity, or more than one.

    :param name: the name as the user wrote it
    :param candidates: labels or identifiers of similar entities, best first; empty without any
    :param ambiguous: whether the name matches every candidate
    :param lang: language in which the attribute `candidates` gives labels
    """

    def __init__(
        self, name: str, candidates: Sequence[Label], *, ambiguous: bool = False, lang: str = DEFAULT_LANGUAGE
    ) -> None:
        key = "ambiguous" if ambiguous else "unknown_similar" if candidates else "unknown"
        labels = tuple(candidates)
        super().__init__(
            message(ROOT, f"error.entity.{key}", name=name, count=len(labels), candidates=labels)
        )
        self.name = name
        self.candidates = tuple(_text(label, lang) for label in labels)
        self.ambiguous = ambiguous


class ArticleError(EgovError):
    """An article that is not in the graph.

    :param name: the article as the user named it
    :param article_ids: the ids of the articles in the graph, the most similar first
    """

    def __init__(self, name: str, article_ids: Sequence[str]) -> None:
        unlisted = len(article_ids) - _LISTED_ARTICLES
        form = "several" if unlisted > 0 else "few" if article_ids else "none"
        listed = tuple(article_ids[:_LISTED_ARTICLES])
        super().__init__(
            message(ROOT, f"error.article.{form}", name=name, articles=listed, unlisted=unlisted)
        )
        self.name = name
        self.article_ids = tuple(article_ids)


class DependencyError(EgovError):
    """An entity whose class has no dependencies, such as a legal document.

    :param label: label of the entity
    :param kind: label of its class
    :param name: the entity as the user named it
    :param lang: language in which the attributes give label and class
    """

    def __init__(self, label: Label, kind: Label, *, name: str = "", lang: str = DEFAULT_LANGUAGE) -> None:
        super().__init__(message(ROOT, "error.dependency", label=label, kind=kind))
        self.name = name
        self.label, self.kind = _text(label, lang), _text(kind, lang)


class ScopeError(EgovError):
    """An entity that is no territory, although the question needs one.

    :param label: label of the entity
    :param provinces: whether only provinces are accepted
    :param lang: language in which the attribute `label` is given
    """

    def __init__(self, label: Label, *, provinces: bool = False, lang: str = DEFAULT_LANGUAGE) -> None:
        key = "error.scope.province" if provinces else "error.scope.territory"
        super().__init__(message(ROOT, key, label=label))
        self.label = _text(label, lang)


class FilterError(EgovError):
    """A class of systems, layer, relation or folder of addresses that does not exist.

    :param key: `class`, `layer`, `relation` or `folder`
    :param name: what the user wrote
    :param names: what exists; of many, those that may be meant
    """

    def __init__(self, key: str, name: str, names: Sequence[str]) -> None:
        super().__init__(message(ROOT, f"error.filter.{key}", name=name, names=tuple(names)))
        self.name = name
        self.names = tuple(names)


class MixedEntitiesError(EgovError):
    """A question that mixes systems with components of a reference architecture, which no edge connects.

    :param names: the entities as the user named them
    """

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(message(ROOT, "error.mixed_entities", names=tuple(names)))
        self.names = tuple(names)


class ProvinceError(EgovError):
    """A territory that is no province, although the question needs one."""


class QuestionError(EgovError):
    """An unknown named question, or a parameter or period that a question does not take."""


class QueryError(EgovError):
    """A SPARQL query that the engine rejects."""


class StoreError(EgovError):
    """A folder without a readable store, or one that cannot be written.

    :param folder: the folder
    :param reason: what is wrong with the folder, in the words of egovkg or of the engine
    """

    def __init__(self, folder: Path, reason: Message | str) -> None:
        super().__init__(message(ROOT, "error.store", folder=str(folder), reason=reason))
        self.folder = folder
        self.reason = reason


class ShapeError(EgovError):
    """A SHACL shape that the compiler does not support."""


class FrameworkError(EgovError):
    """An architecture framework or numeric target that cannot be used."""


class SiteError(EgovError):
    """A site folder with files that egovkg did not write; nothing was changed."""


class TourError(EgovError):
    """An invalid guided tour.

    :param faults: all faults, each with file and place
    """

    def __init__(self, faults: Sequence[Message | str]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)

    def text(self, lang: str) -> str:
        """Return the text of each fault in a language, one per line."""
        return "\n".join(_text(fault, lang) for fault in self.faults)


class CorpusError(EgovError):
    """A folder that is no corpus, or contains nothing to check."""


class BuildError(EgovError):
    """A build that could not be published; the published graph is unchanged."""


class WriteError(EgovError):
    """A file or folder that cannot be written; nothing was changed.

    :param path: path as the user named it
    :param reason: reason given by the operating system
    """

    def __init__(self, path: Path | str, reason: Message | str) -> None:
        super().__init__(message(ROOT, "error.write", path=str(path), reason=reason))
        self.path = path
        self.reason = reason


class InternalError(EgovError):
    """A violated invariant of egovkg, which users should report."""


class EndpointError(EgovError):
    """A SPARQL endpoint that does not answer as expected.

    :param url: address of the endpoint without credentials
    :param reason: what happened, and what to do about it
    """

    def __init__(self, url: str, reason: Message | str) -> None:
        super().__init__(message(ROOT, "error.endpoint.any", url=url, reason=reason))
        self.url = url
        self.reason = reason


def _remedied(kind: str, reason: Message | str) -> Message:
    """Append the remedy for a kind of error to a reason."""
    return message(ROOT, f"error.endpoint.{kind}", reason=reason)


class UnreachableError(EndpointError):
    """No connection to the endpoint could be made."""

    def __init__(self, url: str, reason: Message | str) -> None:
        super().__init__(url, _remedied("unreachable", reason))


class NotSparqlError(EndpointError):
    """The server at the address answers, but is no SPARQL endpoint."""

    def __init__(self, url: str, reason: Message | str) -> None:
        super().__init__(url, _remedied("not_sparql", reason))


class AccessError(EndpointError):
    """Missing, refused or unusable credentials.

    :param reason: what happened
    :param remedy: what to do; by default, how to set credentials
    """

    def __init__(self, url: str, reason: Message | str, remedy: Message | None = None) -> None:
        remedy = remedy or message(ROOT, "error.endpoint.set_credentials")
        super().__init__(url, message(ROOT, "error.endpoint.access", reason=reason, remedy=remedy))


class BusyError(EndpointError):
    """An endpoint that remained busy through all retries."""

    def __init__(self, url: str, reason: Message | str) -> None:
        super().__init__(url, _remedied("busy", reason))


class TimeLimitError(EndpointError):
    """No complete answer arrived within the time limit.

    :param seconds: the limit of egovkg; ``None`` if the endpoint reached its own limit
    """

    def __init__(self, url: str, seconds: float | None = None) -> None:
        if seconds is None:
            reason = message(ROOT, "error.endpoint.its_time_limit")
        else:
            reason = message(ROOT, "error.endpoint.our_time_limit", seconds=seconds)
        super().__init__(url, reason)
        self.seconds = seconds


class MediaTypeError(EndpointError):
    """An answer in a media type that was not requested."""

    def __init__(self, url: str, reason: Message | str) -> None:
        super().__init__(url, _remedied("media_type", reason))


class TruncatedError(EndpointError):
    """An incomplete answer, of which nothing was used."""

    def __init__(self, url: str, reason: Message | str) -> None:
        super().__init__(url, _remedied("truncated", reason))


class TooLargeError(EndpointError):
    """An answer above the size limit, or a query that needs too much work.

    :param costly: whether the query needs too much work, rather than its answer too much space
    """

    def __init__(self, url: str, reason: Message | str, *, costly: bool = False) -> None:
        super().__init__(url, _remedied("too_costly" if costly else "too_large", reason))
        self.costly = costly


class PushError(EndpointError):
    """A graph that could not be loaded at an endpoint, or only in part."""


class ExportError(EgovError):
    """An export folder with files that egovkg did not write, or a missing Python package."""


class ProposalError(EgovError):
    """A file of link proposals that is invalid."""


class UntrustedError(EgovError):
    """RDF from an untrusted source that is malformed, or exceeds a limit during parsing.

    :param line: 1-based; ``None`` if unknown
    :param column: 1-based; ``None`` if unknown
    """

    def __init__(self, message: Message | str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
