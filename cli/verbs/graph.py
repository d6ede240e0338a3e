"""The verbs that create the graph: build, check, fmt, explore."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...viz.shared.forms import CSV, JSON, SARIF, TEXT, XLSX
from ..app import problem_summary, verb
from ..delivery import Output, output_in
from ..language import language, say, text
from ..opening import built
from ..options import corpora, existing, language_option, publish_in, working_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...loaders.pipeline.checking import CorpusCheck
    from ...problems import Problem
    from ...viz.tables import Grid

_PROBLEM_COLUMNS = ("file", "line", "column", "code", "what", "fix", "severity")


@verb("build", "egovkg build")
@corpora
@publish_in
def build_verb(corpus: tuple[str, ...], home: Path) -> None:
    """Read annotated articles, check them and publish the graph."""
    result = built(corpus, home)
    key = "published" if result.changed else "unchanged"
    click.echo(text(f"build.{key}", version=result.version.name, home=home))
    total = result.read + result.reused
    click.echo(text("build.articles", total=total, read=result.read, reused=result.reused))
    click.echo(text("build.statements", claims=result.claims, figures=result.figures))
    click.echo(text("build.account", account=result.account.text(language())))


@verb("check", "egovkg check")
@click.argument("paths", nargs=-1, type=existing)
@click.option("--originals", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--guide", "by_guide", is_flag=True)
@click.option("--watch", "is_watching", is_flag=True)
@output_in(TEXT, CSV, JSON, XLSX, SARIF)
def check_verb(
    paths: tuple[Path, ...], originals: Path | None, by_guide: bool, is_watching: bool, output: Output
) -> None:
    """Report every problem of articles, registers and folders."""
    from ...loaders.pipeline.checking import CorpusCheck, check
    from ...problems import errors

    if is_watching:
        if output.form is not TEXT or output.target:
            raise click.UsageError(text("error.watch_is_text"))
        _watch(CorpusCheck(paths, originals=originals, by_guide=by_guide))
        return
    problems = check(paths, originals=originals, by_guide=by_guide)
    _write_problems(problems, output)
    if not paths:
        _say_corpus("message.checked")
    _say_summary(problems)
    if errors(problems):
        sys.exit(1)


def _write_problems(problems: Sequence[Problem], output: Output) -> None:
    from ...loaders.faults.report import as_json, as_sarif, as_text

    if output.form in (CSV, XLSX):
        output.write_rows(_problem_grid(problems))
    else:
        report = {TEXT: as_text, JSON: as_json, SARIF: as_sarif}[output.form]
        output.write_text(report(problems, language()))


def _say_corpus(key: str) -> None:
    """Say which corpus was taken where the user named none."""
    from ...loaders.pipeline.corpus import default_folder, folder_label

    say(text(key, corpus=folder_label(default_folder()).text(language())))


def _say_summary(problems: Sequence[Problem]) -> None:
    say(problem_summary(problems))


def _watch(corpus_check: CorpusCheck) -> None:
    """Check again whenever a file changes, until the user interrupts."""
    from ...loaders.editor.watching import changes

    notices = changes(corpus_check.paths)
    try:
        before = _report_anew(corpus_check, None)
        say(text("message.watching"))
        for _ in notices:
            before = _report_anew(corpus_check, before)
    except KeyboardInterrupt:
        say(text("message.watch_ended"))


def _report_anew(corpus_check: CorpusCheck, before: Sequence[Problem] | None) -> Sequence[Problem]:
    """Check again, and print the problems if they differ from those before.

    :param before: the problems of the last check; ``None`` at the first
    """
    from ...errors import EgovError
    from ...loaders.faults.report import as_text

    try:
        problems = corpus_check.problems()
    except EgovError as error:
        say(f"egovkg: {error.text(language())}")
        return before or ()
    except FileNotFoundError as error:
        say(text("message.file_gone", file=error.filename))
        return before or ()
    if problems != before:
        click.echo(as_text(problems, language()), nl=False)
        key = "message.last_fault_gone" if before and not problems else ""
        say(text(key)) if key else _say_summary(problems)
    return problems


def _problem_grid(problems: Sequence[Problem]) -> Grid:
    """Build a grid with one problem per row."""
    from ...loaders.faults.report import problem_record
    from ...viz.tables import Grid

    rows = [[*problem_record(problem, language()).values()] for problem in problems]
    return Grid(_PROBLEM_COLUMNS, _PROBLEM_COLUMNS, rows)


@verb("fmt", "egovkg fmt --check")
@click.argument("paths", nargs=-1, type=existing)
@click.option("--check", "only_check", is_flag=True)
def fmt_verb(paths: tuple[Path, ...], only_check: bool) -> None:
    """Lay out articles alike: NFC, LF line ends, aligned columns."""
    from ...loaders.pipeline.layout import lay_out

    changed = lay_out(paths, write=not only_check)
    if not paths:
        _say_corpus("message.checked" if only_check else "message.formatted")
    for name in changed:
        click.echo(text("message.would_change" if only_check else "message.formatted", corpus=name))
    if changed and only_check:
        sys.exit(1)


@verb("explore", "egovkg explore")
@corpora
@language_option
@working_graph
def explore_verb(corpus: tuple[str, ...], lang: str, home: Path) -> None:
    """Build what changed, write the explorer, and open it in the browser."""
    from ...graph.publish import open_published
    from .draw import drawn_explorer

    built(corpus, home)
    page = drawn_explorer(home / "explorer.html", lang, open_published(home))
    address = page.resolve().as_uri()
    click.echo(address)
    if not os.environ.get("EGOVKG_NO_BROWSER"):
        import webbrowser

        if not webbrowser.open(address):
            say(text("message.no_browser"))
