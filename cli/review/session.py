"""A review of one draft: its proposals one at a time, sentence by sentence, with rows that a person adds."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import click

from ...errors import InputError
from ...loaders.drafts.proposal_lines import DIGESTS, MENTIONS
from ...loaders.drafts.proposals import CLAIMS, FIGURES
from ...loaders.drafts.review import SENTENCE, Decision, Review, ReviewAnswer, edited_statement
from ...loaders.drafts.row_choices import RowChoices
from ...loaders.drafts.statement_text import curies_in, statement_of
from ...words import label, languages
from ..language import language, text
from .composing import ADDED, Composer
from .keyboard import ENTER, Keyboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...loaders.drafts.acceptance import DraftArticle
    from ...loaders.drafts.proposal_lines import OpenProposal
    from ...loaders.drafts.proposals import ProposedStatement
    from ...loaders.drafts.review import Selection

_BLOCKS = {ReviewAnswer.ADD: CLAIMS, ReviewAnswer.FIGURE: FIGURES}
_TO_REST = {ReviewAnswer.ACCEPT_REST: ReviewAnswer.ACCEPT, ReviewAnswer.REJECT_REST: ReviewAnswer.REJECT}
_SENTENCE_END_KEYS = {ENTER: ReviewAnswer.ACCEPT, "y": ReviewAnswer.ACCEPT, "": ReviewAnswer.QUIT} | {
    answer.value: answer for answer in (*_BLOCKS, ReviewAnswer.WORD, ReviewAnswer.UNDO, ReviewAnswer.QUIT)
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
        with self._keyboard.at_once():
            self._ask_all()

    def _ask_all(self) -> None:
        click.echo(text("review.keys"))
        answer = None
        while answer is not ReviewAnswer.QUIT:
            pending = self.review.pending()
            paragraph = pending[0].paragraph if pending else ""
            if paragraph != self._paragraph:
                answer = self._turn_to(paragraph)
            elif pending:
                self._show(pending[0], position=self._total - len(pending) + 1)
                answer = self._decide(pending[0])
            else:
                return

    def _turn_to(self, paragraph: str) -> ReviewAnswer | None:
        """End a sentence and show the next one, unless the person stops or takes something back."""
        answer = self._end_sentence()
        if answer not in {ReviewAnswer.QUIT, ReviewAnswer.UNDO}:
            self._paragraph = paragraph
            self._show_sentence(paragraph)
        return answer

    def _show_sentence(self, paragraph: str) -> None:
        if not paragraph:
            return
        sentence = " ".join(self._offered.sentence(paragraph).split())
        click.echo(f"\n{sentence or text('review.no_original')}")

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
        if answer is ReviewAnswer.UNDO:
            self._undo()
        elif answer is not ReviewAnswer.QUIT:
            with self.review.step(self._paragraph):
                self._carry_out(proposal, answer)
        return answer

    def _answer(self) -> ReviewAnswer:
        while (key := self._keyboard.key()) and key not in [*ReviewAnswer]:
            click.echo(text("review.keys"))
        return ReviewAnswer(key or ReviewAnswer.QUIT)

    def _undo(self) -> None:
        """Take the last decision back, and return to its sentence."""
        paragraph = self.review.undo(*self._keys_and_seconds())
        click.echo(text("review.undone" if paragraph else "review.nothing_to_undo"))
        if paragraph and paragraph != self._paragraph:
            self._paragraph = paragraph
            self._show_sentence(paragraph)

    def _carry_out(self, proposal: OpenProposal, answer: ReviewAnswer) -> None:
        if answer is ReviewAnswer.EDIT and proposal.kind == DIGESTS:
            answer = ReviewAnswer.WORD
        if answer in _TO_REST:
            self._decide_rest(proposal, _TO_REST[answer])
        elif answer is ReviewAnswer.CHANGE:
            self._change(proposal)
        elif answer is ReviewAnswer.EDIT:
            self._edit(proposal)
        else:
            self._done_unless_refused(partial(self._decide_by, proposal, answer))

    def _done_unless_refused(self, decide: Callable[[], None]) -> bool:
        """Carry something out, or tell why the check refuses it; tell whether it was done."""
        try:
            decide()
        except InputError as error:
            flaws = dict.fromkeys(problem.fault.text(language()) for problem in error.problems)
            click.echo("\n".join(text("review.refused", problem=flaw) for flaw in flaws))
            self._keyboard.drop_typed_ahead()  # meant for the next question, which is not asked yet
            return False
        return True

    def _edit(self, proposal: OpenProposal) -> None:
        """Take another line for a proposal, until the check takes it; an empty one leaves it open."""
        typed = self._keyboard.line("edit")
        while typed and not self._done_unless_refused(partial(self._write_edited, proposal, typed)):
            typed = self._keyboard.line("edit_again")

    def _write_edited(self, proposal: OpenProposal, typed: str) -> None:
        decision = self._decision(proposal, ReviewAnswer.EDIT)
        self.review.decide(proposal, decision, edited_statement(proposal, typed))

    def _decide_by(self, proposal: OpenProposal, answer: ReviewAnswer) -> None:
        if answer is ReviewAnswer.WORD:
            words = self._asked_digest()
            self.review.word(proposal, *words, self._decision(proposal, ReviewAnswer.WORD))
            return
        self.review.decide(proposal, self._decision(proposal, answer))

    def _asked_digest(self) -> tuple[str, str]:
        """Ask for the words of a digest and their translation."""
        return self._keyboard.line("words"), self._keyboard.line("english")

    def _decide_rest(self, proposal: OpenProposal, answer: ReviewAnswer) -> None:
        """Decide in one way on all that is open of a sentence, from one proposal on."""
        rest = [other for other in self.review.pending() if other.paragraph == proposal.paragraph]
        for other in rest:
            self._done_unless_refused(partial(self._decide_by, other, answer))

    def _change(self, proposal: OpenProposal) -> None:
        """Let the parts of a proposal be chosen anew; one that is cancelled stays open."""
        composer = Composer(self._keyboard, self._offered, proposal.paragraph)
        if proposal.kind == MENTIONS:
            if content := composer.thing("thing"):
                self._done_unless_refused(partial(self._write_changed, proposal, content))
        elif statement := statement_of(proposal.kind, proposal.content, proposal.rule):
            self._write_until_taken(
                composer, composer.change(statement), partial(self._write_changed, proposal)
            )

    def _write_changed(self, proposal: OpenProposal, content: str) -> None:
        self.review.decide(proposal, self._decision(proposal, ReviewAnswer.EDIT), content)

    def _write_until_taken(
        self, composer: Composer, statement: ProposedStatement | None, write: Callable[[str], None]
    ) -> None:
        """Write a statement; what the check refuses is changed until it takes it, or dropped."""
        while statement and not self._done_unless_refused(partial(write, statement.line)):
            statement = composer.change(statement)

    def _add(self, block: str) -> None:
        """Let a statement be added to the sentence."""
        composer = Composer(self._keyboard, self._offered, self._paragraph)
        with self.review.step(self._paragraph):
            self._write_until_taken(composer, composer.new(block), partial(self._write_added, block))

    def _write_added(self, block: str, line: str) -> None:
        decision = Decision(0, ADDED, ReviewAnswer.ADD.value, *self._keys_and_seconds(), block)
        self.review.add(self._paragraph, block, line, decision)

    # sentences ---------------------------------------------------------------------------------------

    def _end_sentence(self) -> ReviewAnswer | None:
        """Show the digest of a sentence, to be confirmed or reworded; ``None`` if nobody is asked."""
        if not self._paragraph or not self._is_whole:
            return None
        while True:
            digest = [*filter(None, self._article.digest(self._paragraph))]
            question = text("review.end_of_sentence" if digest else "review.end_without_digest")
            click.echo("\n".join(f"  {line}" for line in (*digest, question)))
            answer = self._answer_at_end(question)
            if answer in _BLOCKS:
                self._add(_BLOCKS[answer])
            elif answer is ReviewAnswer.WORD:
                self._word_digest()
            else:
                return self._leave(answer)

    def _leave(self, answer: ReviewAnswer) -> ReviewAnswer:
        if answer is ReviewAnswer.UNDO:
            self._undo()
        else:
            self.review.record(Decision(0, SENTENCE, answer.value, *self._keys_and_seconds()))
        return answer

    def _word_digest(self) -> None:
        words = self._asked_digest()
        with self.review.step(self._paragraph):
            if self._done_unless_refused(partial(self._article.write_digest, self._paragraph, *words)):
                self.review.record(Decision(0, SENTENCE, ReviewAnswer.WORD.value, *self._keys_and_seconds()))

    def _answer_at_end(self, question: str) -> ReviewAnswer:
        while (key := self._keyboard.key()) not in _SENTENCE_END_KEYS:
            click.echo(f"  {question}")
        return _SENTENCE_END_KEYS[key]

    def _decision(self, proposal: OpenProposal, answer: ReviewAnswer) -> Decision:
        return Decision(
            proposal.number, proposal.rule, answer.value, *self._keys_and_seconds(), proposal.kind
        )

    def _keys_and_seconds(self) -> tuple[int, float]:
        """Return the keys and the seconds since the last decision."""
        started, self._started = self._started, time.monotonic()
        return self._keyboard.taken(), round(self._started - started, 1)
