"""The model of all exchange formats: a text with spans and relations; offsets count code points, from 0."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ...problems import Problem, Severity
from ..faults.messages import fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...words import MessageValue

TextPlace: TypeAlias = tuple[int, int]  # start and end in a text
Argument: TypeAlias = tuple[str, str]  # role, and id of a span or relation
SOURCE, TARGET = "Arg1", "Arg2"  # roles of a relation that has a direction
STATEMENT = "Statement"  # label of a sentence that bears a statement which joins no two names in it


@dataclass(frozen=True)
class AnnotatedSpan:
    """An annotated part of a text.

    :param fragments: its parts in order; several for a discontinuous span
    :param layer: the annotation layer, in formats that have layers; else empty
    :param link: identifier of the thing that it names, such as a CURIE; empty without one
    :param line: line of the file on which it stands
    """

    id: str
    fragments: tuple[TextPlace, ...]
    label: str
    layer: str = ""
    link: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    line: int = 1

    @property
    def start(self) -> int:
        """Where its first fragment starts."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """Where its last fragment ends."""
        return self.fragments[-1][1]

    @property
    def name(self) -> str:
        """Its type in lists: the label, below the layer if there is one."""
        return f"{self.layer}.{self.label}" if self.layer and self.layer != self.label else self.label


@dataclass(frozen=True)
class Relation:
    """A relation between spans, or an event with a trigger and arguments.

    :param arguments: at least two for a relation; those of an event may be other events
    :param trigger: id of the span that states an event; empty for a relation
    """

    id: str
    label: str
    arguments: tuple[Argument, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)
    trigger: str = ""
    line: int = 1


@dataclass(frozen=True)
class AnnotatedText:
    """One text with its annotations.

    :param name: name of the document
    :param file: the file as the user named it
    :param line: line of the file on which the document begins
    """

    name: str
    text: str
    spans: tuple[AnnotatedSpan, ...] = ()
    relations: tuple[Relation, ...] = ()
    file: str = ""
    line: int = 1

    def surface(self, span: AnnotatedSpan) -> str:
        """Return the words of a span, its fragments joined by blanks."""
        return " ".join(self.text[start:end] for start, end in span.fragments)


class Files(Protocol):
    """Files by name, on disk or in memory."""

    def get(self, name: str) -> bytes | None:
        """Return the content of a file; ``None`` if there is none of this name."""


@dataclass
class AnnotationReading:
    """The texts read from one file, and what is wrong with it.

    :param file: the file as messages call it
    :param passed_over: what the format holds besides spans and relations: kind → count
    """

    file: str
    texts: list[AnnotatedText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    def report(
        self, line: int, key: str, severity: Severity = Severity.ERROR, /, **values: MessageValue
    ) -> None:
        """Report a problem at a line of the file."""
        self.problems.append(Problem(self.file, line, 1, fault(key, severity, **values)))

    def is_usable(self, span: AnnotatedSpan, length: int, ids: set[str]) -> bool:
        """Report a span that repeats an id, or lies outside a text of a length; the id of another is kept.

        :param ids: the ids so far, to which that of the span is added
        """
        is_repeated = span.id in ids
        if is_repeated:
            self.report(span.line, "KG122.repeated-id", id=span.id)
        ids.add(span.id)
        for start, end in span.fragments:
            if not 0 <= start < end <= length:
                self.report(span.line, "KG121.outside", id=span.id, start=start, end=end, length=length)
                return False
        return not is_repeated

    def add(self, text: AnnotatedText) -> None:
        """Add a text whose relations refer to all_ids ids; others are reported."""
        ids = {span.id for span in text.spans}
        all_ids = ids | {relation.id for relation in text.relations}
        for relation in text.relations:
            for _, target in relation.arguments:
                if target not in all_ids:
                    self.report(relation.line, "KG122.missing-id", id=relation.id, target=target)
        self._report_circles(text.relations)
        self._report_repeated(text.relations, ids)
        self.texts.append(text)

    def _report_repeated(self, relations: Iterable[Relation], ids: set[str]) -> None:
        for relation in relations:
            if relation.id in ids:
                self.report(relation.line, "KG122.repeated-id", id=relation.id)
            ids.add(relation.id)

    def _report_circles(self, relations: Iterable[Relation]) -> None:
        """Report events that are arguments of themselves."""
        by_id = {relation.id: relation for relation in relations}
        inner = {key: [i for _, i in relation.arguments if i in by_id] for key, relation in by_id.items()}
        finished: set[str] = set()
        for key in by_id:
            if key not in finished and _leads_to_circle(key, inner, finished):
                self.report(by_id[key].line, "KG122.circle", id=key)


def _leads_to_circle(start: str, inner: Mapping[str, list[str]], finished: set[str]) -> bool:
    """Walk from an event to its arguments without recursion; visited events are added to `finished`."""
    path = [start]
    pending = [iter(inner[start])]
    while path:
        following = next(pending[-1], None)
        if following is None:
            finished.add(path.pop())
            pending.pop()
        elif following in path:
            finished.update(path)
            return True
        elif following not in finished:
            path.append(following)
            pending.append(iter(inner[following]))
    return False
