"""A review of one draft: its proposals one at a time, sentence by sentence, with rows that a person adds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from ...loaders.drafts.curies import curies_in
from ...loaders.drafts.proposal_lines import DIGESTS, MENTIONS
from ...loaders.drafts.proposals import CLAIMS, FIGURES
from ...loaders.drafts.review import Decision, Review, ReviewAnswer, edited_statement
from ...loaders.drafts.row_choices import RowChoices
from ...loaders.drafts.statement_text import statement_of
from ...words import label, languages
from ..language import language, text
from .composing import ADDED, Composer
from .keyboard import ENTER, Keyboard

if TYPE_CHECKING:
    from ...loaders.drafts.acceptance import DraftArticle
    from ...loaders.drafts.proposal_lines import OpenProposal
    from ...loaders.drafts.review import Selection

_SENTENCE = "sentence"  # the rule of decisions on a sentence as a whole
_BLOCKS = {ReviewAnswer.ADD: CLAIMS, ReviewAnswer.FIGURE: FIGURES}
_TO_REST = {ReviewAnswer.ACCEPT_REST: ReviewAnswer.ACCEPT, ReviewAnswer.REJECT_REST: ReviewAnswer.REJECT}
_AT_END = {ENTER: ReviewAnswer.ACCEPT, "y": ReviewAnswer.ACCEPT, "": ReviewAnswer.QUIT} | {
    answer.value: answer for answer in (*_BLOCKS, ReviewAnswer.WORD, ReviewAnswer.QUIT)
}


class ReviewSession:
    """Asks for decisions on the proposals of an article.

    :param selection: the proposals to decide on
    :param is_whole: whether each sentence ends with a look at its digest, and a chance to add rows
    """

    def __init__(self, article: DraftArticle, selection: Selection, *, is_whole: bool) -> None:
        self.review = Review(article, selection)
        self._article, self._is_whole = article, is_whole
        self._original = article.original()
        self._offered = RowChoices(article, language())
        self._keyboard = Keyboard()
        self._started = time.monotonic()
        self._paragraph = ""
        self._total = len(self.review.pending())

    def run(self) -> None:
        """Ask until all is decided on, the person stops, or the input ends.

        :raises WriteError: if a file cannot be written
        """
        click.echo(text("review.keys"))
        while pending := self.review.pending():
            proposal = pending[0]
            if proposal.paragraph != self._paragraph and not self._turn_to(proposal.paragraph):
                return
            self._show(proposal, position=self._total - len(pending) + 1)
            if self._decide(proposal) == ReviewAnswer.QUIT:
                return
        self._end_sentence()

    def _turn_to(self, paragraph: str) -> bool:
        """End a sentence and show the next one; tell whether the review goes on."""
        if not self._end_sentence():
            return False
        self._paragraph = paragraph
        sentence = " ".join(self._offered.sentence(paragraph).split())
        click.echo(f"\n{sentence or text('review.no_original')}")
        return True

    def _show(self, proposal: OpenProposal, *, position: int) -> None:
        confidence = "–" if proposal.confidence is None else f"{proposal.confidence:.2f}"
        content = proposal.content
        if proposal.kind == MENTIONS:
            words = " ".join(self._original[slice(*proposal.place)].split())
            content = f"“{words}” → {label(self._article.labels(content), language())} ({content})"
        click.echo(f"[{position}/{self._total}] {content}   ({proposal.rule} {confidence})")
        for curie in dict.fromkeys(curies_in(proposal.content)):
            if self._article.is_new(curie):
                names = " / ".join(label(self._article.labels(curie), lang) for lang in languages())
                click.echo(text("review.new_entry", curie=curie, names=names))

    # decisions ---------------------------------------------------------------------------------------

    def _decide(self, proposal: OpenProposal) -> ReviewAnswer:
        """Ask for a decision until a key with a meaning is typed, and carry it out."""
        answer = self._answer()
        while answer in _BLOCKS:
            self._add(_BLOCKS[answer])
            answer = self._answer()
        if answer in _TO_REST:
            self._decide_rest(proposal, _TO_REST[answer])
        elif answer is ReviewAnswer.CHANGE:
            self._change(proposal)
        elif answer is not ReviewAnswer.QUIT:
            self._carry_out(proposal, answer)
        return answer

    def _answer(self) -> ReviewAnswer:
        while (key := self._keyboard.key()) and key not in [*ReviewAnswer]:
            pass
        return ReviewAnswer(key or ReviewAnswer.QUIT)

    def _carry_out(self, proposal: OpenProposal, answer: ReviewAnswer) -> None:
        if answer is ReviewAnswer.WORD or (answer is ReviewAnswer.EDIT and proposal.kind == DIGESTS):
            words = self._keyboard.line("words"), self._keyboard.line("english")
            self.review.word(proposal, *words, self._decision(proposal, ReviewAnswer.WORD))
            return
        typed = self._keyboard.line("edit") if answer is ReviewAnswer.EDIT else ""
        statement = edited_statement(proposal, typed) if answer is ReviewAnswer.EDIT else ""
        self.review.decide(proposal, self._decision(proposal, answer), statement)

    def _decide_rest(self, proposal: OpenProposal, answer: ReviewAnswer) -> None:
        """Decide in one way on all that is open of a sentence, from one proposal on."""
        rest = [other for other in self.review.pending() if other.paragraph == proposal.paragraph]
        for other in rest:
            self.review.decide(other, self._decision(other, answer))

    def _change(self, proposal: OpenProposal) -> None:
        """Let the parts of a proposal be chosen anew; one that is cancelled stays open."""
        composer = Composer(self._keyboard, self._offered, proposal.paragraph)
        content = ""
        if proposal.kind == MENTIONS:
            content = composer.thing("thing")
        elif statement := statement_of(proposal.kind, proposal.content, proposal.rule):
            changed = composer.change(statement)
            content = changed.line if changed else ""
        if content:
            self.review.decide(proposal, self._decision(proposal, ReviewAnswer.EDIT), content)

    def _add(self, block: str) -> None:
        """Let a statement be added to the sentence."""
        statement = Composer(self._keyboard, self._offered, self._paragraph).new(block)
        if statement:
            decision = Decision(0, ADDED, ReviewAnswer.ADD, *self._cost(), block)
            self.review.add(self._paragraph, statement, decision)

    # sentences ---------------------------------------------------------------------------------------

    def _end_sentence(self) -> bool:
        """Show the digest of a sentence, to be confirmed or reworded; tell whether the review goes on."""
        if not self._paragraph or not self._is_whole:
            return True
        while True:
            for digest in filter(None, self._article.digest(self._paragraph)):
                click.echo(f"  {digest}")
            click.echo(f"  {text('review.end_of_sentence')}")
            answer = self._answer_at_end()
            if answer in _BLOCKS:
                self._add(_BLOCKS[answer])
            elif answer is ReviewAnswer.WORD:
                words = self._keyboard.line("words"), self._keyboard.line("english")
                self._article.write_digest(self._paragraph, *words)
            else:
                self.review.record(Decision(0, _SENTENCE, answer, *self._cost()))
                return answer is not ReviewAnswer.QUIT

    def _answer_at_end(self) -> ReviewAnswer:
        while (key := self._keyboard.key()) not in _AT_END:
            pass
        return _AT_END[key]

    def _decision(self, proposal: OpenProposal, answer: ReviewAnswer) -> Decision:
        return Decision(proposal.number, proposal.rule, answer.value, *self._cost(), proposal.kind)

    def _cost(self) -> tuple[int, float]:
        """Return the keys and the seconds since the last decision."""
        started, self._started = self._started, time.monotonic()
        return self._keyboard.taken(), round(self._started - started, 1)
