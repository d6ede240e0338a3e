"""The verbs that ask the graph: ask, sparql, facts, show."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import QueryError
from ...viz.shared.forms import JSON, JSONL, ROWS, TURTLE, XLSX
from ..app import verb
from ..delivery import Output, output_in
from ..language import say, text
from ..opening import opened
from ..options import graph, pairs, query_limits

if TYPE_CHECKING:
    from ...graph.query_process import QueryLimits
    from ...graph.store import Store
    from ...queries.questions.ask import Answer

_FACT_COLUMNS = (
    "line",
    "subject_label",
    "predicate",
    "object_label",
    "text",
    "comparator",
    "value",
    "unit",
    "polarity",
    "status",
    "evidence",
)
_MANY_ROWS = 40  # of an answer in the terminal, about two screens
_PAIR = re.compile(r"\w+=")  # a parameter of a question, in front of its value
_WITHOUT_BRACES = re.compile(r"\s*(describe|prefix|base)\s", re.IGNORECASE)


@verb("ask", "egovkg ask")
@click.argument("words", nargs=-1, metavar="[QUESTION] [NAME=VALUE]...")
@click.option("-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE")
@query_limits
@output_in(*ROWS)
@graph
def ask_verb(
    words: tuple[str, ...], parameters: tuple[str, ...], limits: QueryLimits, output: Output, home: Path
) -> None:
    """Ask a named question; of a sentence, propose those that answer it; without one, list them."""
    from .question_list import is_question_name

    question = " ".join(word for word in words if not _PAIR.match(word))
    parameters = (*parameters, *filter(_PAIR.match, words))
    if not question and parameters:
        raise click.UsageError(text("error.parameter_alone", parameter=parameters[0]))
    if not question:
        _list_questions(output)
    elif parameters or is_question_name(question):
        _ask_by_name(opened(home, limits), question, parameters, output)
    else:
        _propose(opened(home, limits), question, output)


def _ask_by_name(store: Store, name: str, parameters: tuple[str, ...], output: Output) -> None:
    """Print the answer to a named question, with remarks on how names were understood."""
    from ...queries.questions.ask import NamedQuestion, ask_question
    from ...viz.tables import Grid

    lang, is_table = output.lang, output.is_table
    answer = ask_question(store, NamedQuestion(name, pairs(parameters), lang))
    if is_table:
        say(answer.question.wording(lang))
    grid = Grid(answer.labels, [column.name for column in answer.columns], answer.rows)
    output.write_rows(grid, remarks=answer.remarks)
    if answer.message:
        say(answer.message)
    if is_table and len(answer.rows) > _MANY_ROWS:
        say(_how_to_narrow(answer))


def _how_to_narrow(answer: Answer) -> str:
    """Return a note on the number of rows of a long answer, and how to get fewer or write all to a file."""
    optional = [parameter.name for parameter in answer.question.parameters if parameter.default is not None]
    key = "message.many_rows_narrow" if optional else "message.many_rows"
    pairs_to_add = " ".join(f"-p {name}=…" for name in optional)
    return text(key, count=len(answer.rows), name=answer.question.name, parameters=pairs_to_add)


def _list_questions(output: Output) -> None:
    """Print the named questions by user group."""
    from .question_list import question_grid, question_text

    if output.is_table:
        output.write_text(question_text(output.lang))
    else:
        output.write_rows(question_grid(output.lang))


def _propose(store: Store, sentence: str, output: Output) -> None:
    """Print the named questions that answer a sentence, with the command to run for each."""
    from ...queries.questions.proposals import SentenceQuestion, ask_proposals
    from .question_list import proposal_grid, proposal_text

    report = ask_proposals(store, SentenceQuestion(sentence, output.lang))
    if output.is_table:
        output.write_text(proposal_text(report))
    else:
        output.write_rows(proposal_grid(report))


@verb("sparql", "egovkg sparql 'SELECT (COUNT(*) AS ?claims) { ?c a egov:Claim }'")
@click.argument("query")
@query_limits
@output_in(*ROWS, TURTLE)
@graph
def sparql_verb(query: str, limits: QueryLimits, output: Output, home: Path) -> None:
    """Run a SPARQL query: its text, a file, or - for standard input."""
    from ...files import json_text
    from ...queries.facts.values import value_of
    from ...queries.questions.free_sparql import form_of, returns_graph, table_of, turtle_of
    from ...viz.tables import Grid

    query_text = _query_text(query)
    if output.form is TURTLE and not returns_graph(query_text):
        output.require(ROWS)
    table = table_of(opened(home, limits), query_text)
    if output.form is TURTLE:
        output.write_bytes(turtle_of(table))
        return
    rows = [tuple(value_of(term) for term in row) for row in table.rows]
    if output.form is JSON and form_of(query_text) == "ASK":
        output.write_text(json_text(str(rows[0][0]).lower() == "true"))
        return
    output.write_rows(Grid(table.variables, table.variables, rows))
    if not rows:
        say(text("message.no_rows"))


def _query_text(query: str) -> str:
    """Return the text of a query: the argument itself, the content of a file, or standard input.

    :raises BadParameter: if the argument is neither a query nor a file
    :raises QueryError: if the file is not UTF-8
    """
    if "{" in query or _WITHOUT_BRACES.match(query):
        return query
    if query != "-" and not Path(query).is_file():
        raise click.BadParameter(text("error.no_query", query=query), param_hint="QUERY")
    content = sys.stdin.buffer.read() if query == "-" else Path(query).read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(text("error.not_utf8", file=query, place=error.start)) from error


@verb("facts", "egovkg facts --article tuyen-quang-2020 --format jsonl")
@click.option("--article", metavar="ID")
@click.option("--province", metavar="NAME")
@output_in(*ROWS, JSONL)
@graph
def facts_verb(article: str | None, province: str | None, output: Output, home: Path) -> None:
    """List every claim and figure, one row each, with its sentence."""
    from ...queries.facts.ask import FactQuestion, ask_facts
    from ...queries.facts.facts import Fact
    from ...queries.facts.statement_tables import statement_tables
    from ...viz.tables import Grid
    from .workbook_sheets import fact_sheets, form_sheets

    store = opened(home)
    report = ask_facts(store, FactQuestion(article, output.lang, province))
    if output.form is XLSX:
        chosen = None if province is None else {fact.id for fact in report.facts}
        tables = statement_tables(store, article, chosen)
        sheets = fact_sheets(tables, output.lang) if province is None else form_sheets(tables, output.lang)
        output.write_sheets(sheets)
        return
    objects = [fact.as_dict() for fact in report.facts]
    is_table = output.is_table
    keys = _FACT_COLUMNS if is_table else tuple(field.name for field in fields(Fact))
    output.write_rows(Grid(keys, keys, [[fact[key] for key in keys] for fact in objects]))


@verb("show", 'egovkg show "lgsp tuyen quang"')
@click.argument("entity")
@output_in(*ROWS)
@graph
def show_verb(entity: str, output: Output, home: Path) -> None:
    """Print all that is known of an entity, each statement with its sentence, article, date and status."""
    from ...queries.facts.ask import EntityQuestion, ask_entity
    from ...viz.tables import Grid
    from .entity_text import entity_text

    report = ask_entity(opened(home), EntityQuestion(entity, output.lang))
    if output.is_table:
        for remark in report.remarks:
            say(remark)
        output.write_text(entity_text(report, output.lang))
    else:
        rows = [statement.as_dict() for statement in report.statements]
        keys = list(rows[0]) if rows else ["id"]
        grid = Grid(keys, keys, [[row[key] for key in keys] for row in rows])
        output.write_rows(grid, report.as_dict(), report.remarks)
