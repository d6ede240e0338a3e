"""Review of proposals one at a time; every key typed is counted, so that the cost of a claim is known."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ...files import json_line
from .draft_files import ORIGINALS
from .line_guard import LineGuard
from .proposal_lines import KINDS
from .proposals import CLAIMS, FIGURES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .acceptance import ArticleState, DraftArticle
    from .proposal_lines import OpenProposal


class ReviewAnswer(StrEnum):
    """What a person decides on a proposal; the value is the key."""

    ACCEPT = "y"
    REJECT = "n"
    EDIT = "e"
    CHANGE = "c"
    WORD = "w"
    ADD = "a"
    FIGURE = "f"
    ACCEPT_REST = "Y"
    REJECT_REST = "N"
    SKIP = "s"
    UNDO = "u"
    QUIT = "q"


SENTENCE = "sentence"  # the rule of decisions on a sentence as a whole
_TAKEN = frozenset({ReviewAnswer.ACCEPT, ReviewAnswer.EDIT, ReviewAnswer.WORD})
_BLOCKS = (CLAIMS, FIGURES)


@dataclass(frozen=True)
class Selection:
    """Which proposals are meant; an empty collection or zero means any.

    :param smallest: the smallest confidence
    """

    numbers: Collection[int] = ()
    kinds: Collection[str] = ()
    rules: Collection[str] = ()
    smallest: float = 0.0

    def chosen(self, proposals: Iterable[OpenProposal]) -> list[OpenProposal]:
        """Choose among proposals."""
        return [
            proposal
            for proposal in proposals
            if not self.numbers or proposal.number in self.numbers
            if proposal.kind in (self.kinds or KINDS)
            if not self.rules or proposal.rule in self.rules
            if (proposal.confidence or 0.0) >= self.smallest
        ]


@dataclass(frozen=True)
class Decision:
    """One decision, as the record of a review keeps it.

    :param proposal: its number; 0 for a statement that the person added, and for a sentence as a whole
    :param typed: number of keys typed for it
    :param seconds: time taken for it
    """

    proposal: int
    rule: str
    answer: str
    typed: int
    seconds: float
    kind: str = ""


@dataclass(frozen=True)
class ReviewStep:
    """What was so before a step of a review.

    :param paragraph: the sentence that the step is about
    :param decisions: number of decisions
    :param passed: numbers of the proposals that were skipped
    """

    paragraph: str
    state: ArticleState
    decisions: int
    passed: frozenset[int]


class Review:
    """A review of the proposals of one article; each decision is written at once, and errors are refused.

    :param selection: the proposals to decide on
    """

    def __init__(self, article: DraftArticle, selection: Selection) -> None:
        self.article, self._selection = article, selection
        self.decisions: list[Decision] = []
        self._passed: set[int] = set()
        self._steps: list[ReviewStep] = []
        article.guard = LineGuard(article.path)

    def pending(self) -> list[OpenProposal]:
        """List what is still to be decided on, without what was skipped."""
        chosen = self._selection.chosen(self.article.proposals())
        return [proposal for proposal in chosen if proposal.number not in self._passed]

    def decide(self, proposal: OpenProposal, decision: Decision, statement: str = "") -> None:
        """Carry a decision out, and record it.

        :param statement: the statement that replaces an edited proposal
        :raises InputError: if the article would have an error by it
        :raises WriteError: if a file cannot be written
        """
        if decision.answer in {ReviewAnswer.ACCEPT, ReviewAnswer.EDIT}:
            edited = {proposal.number: statement} if statement else {}
            self.article.accept([proposal], edited)
        elif decision.answer == ReviewAnswer.REJECT:
            self.article.reject([proposal])
        else:
            self._passed.add(proposal.number)
        self.record(decision)

    def word(self, proposal: OpenProposal, text: str, translation: str, decision: Decision) -> None:
        """Accept a proposal, and replace the digest of its paragraph by the person's own words.

        :raises WriteError: if a file cannot be written
        """
        self.article.accept([proposal])
        self.article.write_digest(proposal.paragraph, text, translation)
        self.record(decision)

    def add(self, paragraph: str, block: str, line: str, decision: Decision) -> None:
        """Add a statement of the person to a paragraph.

        :raises InputError: if the article would have an error by it
        :raises WriteError: if a file cannot be written
        """
        self.article.add_statement(paragraph, block, line)
        self.record(decision)

    @contextmanager
    def step(self, paragraph: str) -> Iterator[None]:
        """Make all that is done within it one step, which :meth:`undo` takes back.

        What was written on the way to a decision that then was not made, such as a thing that was named, is
        taken back at its end.

        :param paragraph: the sentence that it is about
        :raises WriteError: if a file cannot be written
        """
        step = ReviewStep(paragraph, self.article.state(), len(self.decisions), frozenset(self._passed))
        try:
            yield
        finally:
            is_decided = len(self.decisions) > step.decisions
            if not is_decided and step.state != self.article.state():
                self.article.restore(step.state)
            if step.state != self.article.state() or step.passed != self._passed:
                self._steps.append(step)

    def undo(self, typed: int, seconds: float) -> str:
        """Take the last step back; its keys stay counted.

        :param typed: number of keys typed for this
        :param seconds: time taken for this
        :returns: the sentence that the step was about; empty if there is none to take back
        :raises WriteError: if a file cannot be written
        """
        if not self._steps:
            return ""
        step = self._steps.pop()
        self.article.restore(step.state)
        self._passed = set(step.passed)
        lost = sum(decision.typed for decision in self.decisions[step.decisions :])
        undone = Decision(0, SENTENCE, ReviewAnswer.UNDO.value, typed, seconds)
        self.record(undone)
        self.decisions[step.decisions :] = [replace(undone, typed=typed + lost)]
        return step.paragraph

    @property
    def accepted(self) -> int:
        """Number of proposals that were accepted, mentions included."""
        return sum(decision.answer in _TAKEN for decision in self.decisions if decision.proposal)

    @property
    def added(self) -> int:
        """Number of statements that the person added."""
        return sum(decision.answer == ReviewAnswer.ADD for decision in self.decisions)

    @property
    def statements(self) -> int:
        """Number of claims and figures that were accepted or added."""
        taken = {*_TAKEN, ReviewAnswer.ADD}
        return sum(decision.answer in taken and decision.kind in _BLOCKS for decision in self.decisions)

    @property
    def typed(self) -> int:
        """Number of keys typed."""
        return sum(decision.typed for decision in self.decisions)

    def record(self, decision: Decision) -> None:
        """Append a decision to the record beside the original."""
        self.decisions.append(decision)
        folder = self.article.folder / ORIGINALS
        folder.mkdir(exist_ok=True)
        with (folder / f"{self.article.article}.review.jsonl").open("a", encoding="utf-8") as record:
            record.write(json_line(asdict(decision)) + "\n")


def edited_statement(proposal: OpenProposal, typed: str) -> str:
    """Return the statement that a person makes of a proposal.

    :param typed: attributes in braces, which replace those of the proposal; or a whole statement; or nothing

    >>> from .proposal_lines import OpenProposal
    >>> proposal = OpenProposal(
    ...     1, 0, "claims", "serves", 0.9, "a:b  serves  a:c  {status: planned}", "d1", (0, 9)
    ... )
    >>> edited_statement(proposal, "{status: pilot}")
    'a:b  serves  a:c  {status: pilot}'
    """
    typed = typed.strip()
    if typed.startswith("{"):
        bare = proposal.content.partition("{")[0].rstrip()
        return f"{bare}  {typed}" if typed != "{}" else bare
    return typed or proposal.content
