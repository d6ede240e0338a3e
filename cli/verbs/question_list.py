"""The list of named questions by user group, and the questions proposed for a sentence."""

from __future__ import annotations

import re
import shlex
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from ...queries.questions.header import GROUPS
from ...queries.questions.named import questions
from ...viz.tables import Grid
from ...words import catalogue
from ..language import words

if TYPE_CHECKING:
    from ...queries.questions.header import Question
    from ...queries.questions.proposals import Proposals, QuestionProposal

_KEYS = ("group", "name", "question", "parameters")
_PROPOSAL_KEYS = ("name", "question", "command")
_NAME_OF_WORDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")  # what no sentence looks like


def _by_group() -> list[Question]:
    """Group the questions by the first user group for which each is meant."""
    return sorted(questions(), key=lambda question: (GROUPS.index(question.groups[0]), question.name))


def question_grid(lang: str) -> Grid:
    """Build a grid of all questions, each under the first user group for which it is meant."""
    rows = [
        (question.groups[0], question.name, question.wording(lang), parameter_text(question))
        for question in _by_group()
    ]
    return Grid(_KEYS, _KEYS, rows)


def parameter_text(question: Question) -> str:
    """Return the parameters of a question as text: `system, [from=2019-01-01]`."""
    return ", ".join(
        parameter.name if parameter.default is None else f"[{parameter.name}={parameter.default}]"
        for parameter in question.parameters
    )


def question_text(lang: str) -> str:
    """Return the list of questions as text.

    >>> "systems-of-province" in question_text("en")
    True
    """
    group_names = catalogue("egovkg.queries.questions", lang).below("group")
    width = max(len(question.name) for question in questions())
    lines: list[str] = []
    for groups, members in groupby(_by_group(), attrgetter("groups")):
        heading = group_names[groups[0]]
        lines += [] if heading in lines else ["", heading]
        lines += [_question_line(question, width, lang) for question in members]
    return "\n".join([*lines[1:], "", words(lang)["message.how_to_ask"]]) + "\n"


def _question_line(question: Question, width: int, lang: str) -> str:
    line = f"  {question.name:<{width}}  {question.wording(lang)}"
    return f"{line}  ({parameter_text(question)})" if question.parameters else line


def is_question_name(text: str) -> bool:
    """Tell whether a text is the name of a question, or a misspelt one, rather than a sentence.

    >>> is_question_name("savings"), is_question_name("system-of-province"), is_question_name("lgsp")
    (True, True, False)
    """
    names = {question.name for question in questions()}
    return text in names or _NAME_OF_WORDS.fullmatch(text) is not None


def proposal_grid(report: Proposals) -> Grid:
    """Build a grid of the proposed questions, best first, each with its command."""
    lang = report.question.lang
    rows = [
        (proposal.question.name, proposal.question.wording(lang), proposal_command(proposal, lang))
        for proposal in report.proposals
    ]
    return Grid(_PROPOSAL_KEYS, _PROPOSAL_KEYS, rows)


def proposal_text(report: Proposals) -> str:
    """Return the proposed questions as text, each followed by its command."""
    lang = report.question.lang
    lines = [words(lang)["message.proposed_questions"]]
    for proposal in report.proposals:
        lines += ["", proposal.question.wording(lang), f"  {proposal_command(proposal, lang)}"]
    return "\n".join(lines) + "\n"


def proposal_command(proposal: QuestionProposal, lang: str) -> str:
    """Return the command that asks a proposed question; missing values are shown in capitals."""
    labels = {parameter.name: parameter.label(lang).upper() for parameter in proposal.question.parameters}
    values = {**proposal.parameters, **{name: labels[name] for name in proposal.missing}}
    pairs = [f"-p {shlex.quote(f'{name}={value}')}" for name, value in values.items()]
    return " ".join(["egovkg ask", proposal.question.name, *pairs])
