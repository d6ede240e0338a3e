"""The verbs from a raw text to an article: draft, accept."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...viz.shared.forms import JSON, ROWS, TEXT
from ..app import verb
from ..delivery import STANDARD_OUTPUT, Output, output_in
from ..language import counted, language, say, text
from ..options import existing, grouped, output_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...errors import EgovError
    from ...loaders.drafts.acceptance import DraftArticle
    from ...loaders.drafts.desk import DraftDesk, DraftedText, DraftRequest
    from ...loaders.drafts.proposal_lines import OpenProposal
    from ...loaders.drafts.proposals import Draft
    from ...loaders.drafts.review import Review
    from ...loaders.language_model import ModelConnection
    from ...problems import Problem
    from ...viz.tables import CellValue, Grid

_COLUMNS = ("number", "kind", "rule", "confidence", "paragraph", "proposal")


@dataclass(frozen=True, slots=True)
class TextOptions:
    """What the author says of the texts to draft."""

    article: str | None
    scope: str | None
    published: str | None
    publisher: str | None
    prefix: str | None


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Which language model is asked, if any."""

    model: str | None
    model_name: str


model_options = grouped(
    "model_options",
    ModelOptions,
    click.option("--model", metavar="URL"),
    click.option("--model-name", metavar="NAME", default=""),
)


text_options = grouped(
    "text_options",
    TextOptions,
    click.option("--article", metavar="ID"),
    click.option("--scope", metavar="UNIT"),
    click.option("--published", metavar="YYYY-MM-DD"),
    click.option("--publisher", metavar="BODY"),
    click.option("--prefix", metavar="PREFIX"),
)


@verb("draft", "egovkg draft article.txt -o my-corpus")
@click.argument("files", nargs=-1, required=True, metavar="FILE|-...")
@click.option(
    "-o", "--output", "corpus", type=output_folder, default=Path("corpus"), show_default=True, metavar="DIR"
)
@text_options
@model_options
@click.option(
    "--format", "form", type=click.Choice([TEXT.name, JSON.name]), default=TEXT.name, show_default=True
)
def draft_verb(
    files: tuple[str, ...], corpus: Path, text_options: TextOptions, model_options: ModelOptions, form: str
) -> None:
    """Propose statements for raw texts."""
    from ...loaders.drafts.desk import DraftDesk, DraftRequest

    if text_options.article is None and STANDARD_OUTPUT in files:
        raise click.UsageError(text("error.draft_needs_id"))
    if text_options.article is not None and len(files) > 1:
        raise click.UsageError(text("error.one_id"))
    desk = DraftDesk(corpus)
    request = DraftRequest(
        text_options.article,
        text_options.scope,
        text_options.published,
        text_options.publisher,
        text_options.prefix,
    )
    model, fault = _model(model_options)
    _draft_all(desk, files, request, (model, fault, form == JSON.name))


def _draft_all(
    desk: DraftDesk,
    files: Sequence[str],
    request: DraftRequest,
    choices: tuple[ModelConnection | None, EgovError | None, bool],
) -> None:
    """Draft each file; what is refused, or fails at the model, is reported at the end.

    :param choices: the model to ask, why there is none, and whether JSON is printed in place of writing files
    """
    from ...errors import InputError

    model, ended, as_json = choices
    problems: list[Problem] = []
    for file in files:
        try:
            drafted = _draft_one(desk, file, request)
        except InputError as error:
            problems += error.problems
            continue
        if model and ended is None:
            drafted, ended = _with_advice(drafted, desk, model)
        _deliver(desk, drafted, as_json=as_json)
    _end(problems, ended)


def _end(problems: Sequence[Problem], ended: EgovError | None) -> None:
    """Report what could not be drafted, and what ended the questions to a model."""
    from ...errors import InputError

    if ended:
        say(f"egovkg: {ended.text(language())}")
    if problems:
        raise InputError(problems)
    if ended:
        sys.exit(1)


def _model(options: ModelOptions) -> tuple[ModelConnection | None, EgovError | None]:
    """Connect to the model that the user named, or tell why that failed; no address, no model."""
    from ...errors import EndpointError
    from ...loaders.language_model import ModelConnection

    if options.model is None:
        if options.model_name:
            raise click.UsageError(text("error.model_needs_address"))
        return None, None
    try:
        return ModelConnection(options.model, options.model_name), None
    except EndpointError as error:
        return None, error


def _with_advice(
    drafted: DraftedText, desk: DraftDesk, model: ModelConnection
) -> tuple[DraftedText, EgovError | None]:
    """Ask a model about a draft, and say what came of it; what ended the questions is returned."""
    from ...loaders.language_model import advised

    advice = advised(drafted, desk.lexicon, model)
    counts = {"asked": advice.asked, "digests": advice.digests, "relations": advice.relations}
    say(text("message.model_asked", model=model.name, **counts))
    for reason, count in advice.faults.items():
        say(text("message.model_left_out", count=count, reason=reason.text(language())))
    return advice.drafted, advice.end


def _draft_one(desk: DraftDesk, file: str, request: DraftRequest) -> DraftedText:
    from ...loaders.faults.report import as_text
    from ...loaders.text.input_files import input_bytes

    data = sys.stdin.buffer.read() if file == STANDARD_OUTPUT else input_bytes(Path(file), file)
    drafted = desk.draft(data, file, request)
    if drafted.raw.problems:
        say(as_text(drafted.raw.problems, language()).rstrip("\n"))
    return drafted


def _deliver(desk: DraftDesk, drafted: DraftedText, *, as_json: bool) -> None:
    from ...files import json_text
    from ...loaders.drafts.records import draft_record

    if as_json:
        click.echo(json_text(draft_record(drafted)), nl=False)
        return
    path = desk.write(drafted)
    click.echo(_summary(drafted, path))
    _tell_assumptions(drafted, path)


def _tell_assumptions(drafted: DraftedText, path: Path) -> None:
    """Say what the text did not state and the draft assumes."""
    from ...loaders.text.corpus_languages import ARTICLE_LANGUAGE

    draft = drafted.draft
    notes = {
        "message.nothing_drafted": not draft.paragraphs,
        "message.no_names_drafted": draft.paragraphs and not _linked_count(draft),
        "message.published_today": drafted.is_day_assumed,
        "message.years_assumed": draft.years_assumed > 0,
        "message.read_in_translation": drafted.head.language != ARTICLE_LANGUAGE,
        "message.scope_assumed": drafted.is_scope_assumed,
    }
    head = drafted.head
    values = {
        "path": path,
        "today": head.published,
        "scope": head.scope,
        "count": draft.years_assumed,
    }
    for note in (note for note, is_due in notes.items() if is_due):
        say(text(note, **values))


def _linked_count(draft: Draft) -> int:
    return sum(bool(mention.entity) for mention in draft.mentions)


def _summary(drafted: DraftedText, path: Path) -> str:
    draft = drafted.draft
    counts = {
        "mentions": _linked_count(draft),
        "statements": len(draft.statements),
        "entities": len(draft.entities),
    }
    return text("message.drafted", path=path, **counts)


@dataclass(frozen=True, slots=True)
class Choices:
    """Which proposals are meant."""

    everything: bool
    numbers: tuple[int, ...]
    kinds: tuple[str, ...]
    rules: tuple[str, ...]
    smallest: float


choices = grouped(
    "choices",
    Choices,
    click.option("--all", "everything", is_flag=True),
    click.option("--id", "numbers", type=int, multiple=True, metavar="NUMBER"),
    click.option(
        "--kind", "kinds", type=click.Choice(["claims", "figures", "mentions", "digests"]), multiple=True
    ),
    click.option("--rule", "rules", multiple=True, metavar="RULE"),
    click.option("--min", "smallest", type=click.FloatRange(0, 1), default=0.0),
)


@verb("accept", "egovkg accept my-corpus/articles/article.kg.md")
@click.argument("articles", nargs=-1, required=True, type=existing, metavar="ARTICLE...")
@choices
@click.option("--reject", "is_rejection", is_flag=True)
@click.option("--review", "is_review", is_flag=True)
@output_in(*ROWS)
def accept_verb(
    articles: tuple[Path, ...], choices: Choices, is_rejection: bool, is_review: bool, output: Output
) -> None:
    """Take proposals of drafts over."""
    from ...loaders.drafts.acceptance import DraftArticle

    chosen_any = choices.everything or any((choices.numbers, choices.kinds, choices.rules, choices.smallest))
    if is_rejection and (is_review or not chosen_any):
        raise click.UsageError(text("error.reject_what"))
    _require_rules(articles, choices.rules)
    drafts = map(DraftArticle, articles)  # each reads the registers that the one before wrote
    if is_review:
        for article in drafts:
            _review(article, choices)
    elif chosen_any:
        for article in drafts:
            _decide(article, choices, is_rejection=is_rejection)
    else:
        output.write_rows(_open_grid([*drafts]))


def _require_rules(articles: Sequence[Path], rules: Sequence[str]) -> None:
    """Refuse rules of which no open proposal is, with those that are near."""
    from ...graph.nearest import nearest
    from ...loaders.drafts.acceptance import DraftArticle

    if not rules:
        return
    known = sorted({proposal.rule for path in articles for proposal in DraftArticle(path).proposals()})
    for rule in rules:
        if rule not in known:
            offered = ", ".join(nearest(rule, known) or known) or "–"
            raise click.UsageError(text("error.no_rule", rule=rule, rules=offered))


def _decide(article: DraftArticle, choices: Choices, *, is_rejection: bool) -> None:
    from ...loaders.drafts.review import Selection

    selection = Selection(choices.numbers, choices.kinds, choices.rules, choices.smallest)
    chosen = selection.chosen(article.proposals())
    if missing := sorted({*choices.numbers} - {proposal.number for proposal in chosen}):
        raise click.UsageError(text("error.no_proposal", numbers=", ".join(map(str, missing))))
    count = article.reject(chosen) if is_rejection else article.accept(chosen)
    key = "message.rejected" if is_rejection else "message.accepted"
    click.echo(counted(key, count, path=article.path, rest=len(article.proposals())))


def _open_grid(drafts: Sequence[DraftArticle]) -> Grid:
    from ...viz.tables import Grid

    rows: list[list[CellValue]] = [
        [
            proposal.number,
            proposal.kind,
            proposal.rule,
            _confidence(proposal),
            proposal.paragraph,
            " ".join(proposal.content.split()),
        ]
        for article in drafts
        for proposal in article.proposals()
    ]
    return Grid(_COLUMNS, [text(f"column.{name}") for name in _COLUMNS], rows)


def _confidence(proposal: OpenProposal) -> str:
    return "–" if proposal.confidence is None else f"{proposal.confidence:.2f}"


def _review(article: DraftArticle, choices: Choices) -> None:
    from ...loaders.drafts.review import Selection
    from ..review import ReviewSession

    selection = Selection(choices.numbers, choices.kinds, choices.rules, choices.smallest)
    session = ReviewSession(article, selection, is_whole=selection == Selection())
    try:
        session.run()
    finally:  # after Ctrl-C, or where a file cannot be written, what was decided stays, and is told
        _tell_outcome(session.review, article)


def _tell_outcome(review: Review, article: DraftArticle) -> None:
    """Say what a review did, and how to go on with what it left."""
    per_claim = review.typed / review.statements if review.statements else 0.0
    decided = sum(decision.proposal > 0 for decision in review.decisions)
    numbers = {"decided": decided, "added": review.added, "typed": review.typed}
    counts = {name: counted(f"review.count.{name}", number) for name, number in numbers.items()}
    summary = "review.summary" if review.statements else "review.summary_without_statements"
    click.echo(text(summary, **counts, accepted=review.accepted, per_claim=f"{per_claim:.1f}"))
    if count := len(article.proposals()):
        click.echo(counted("review.open", count, path=article.path))
