"""The verbs for authors: new, import, lsp."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...loaders.annotation_tools import FORMATS, is_annotated_file
from ...ontology.codes import code_list
from ...viz.shared.forms import XLSX, form_by_ending
from ..app import verb
from ..exchange.annotated import import_annotated
from ..exchange.models import ARCHIMATE, import_models
from ..language import counted, language, say, text
from ..options import existing, folder, grouped, output_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...loaders.workbook import ImportReport, SourceDefaults

_COUNTRY = "vn:viet-nam"
_NAMED_ROWS = 5  # of those that an import names
_WORKBOOK = "workbook"
_ANNOTATED = "annotated"  # files of an annotation tool, of which each tells its format
_corpus = click.option(
    "-o",
    "--output",
    "corpus",
    type=output_folder,
    default=Path("corpus"),
    show_default=True,
    metavar="DIR",
)


@dataclass(frozen=True)
class NewOptions:
    """What is to be written: an article with its data, the register of a province, or an empty workbook."""

    corpus: Path
    prefix: str | None
    scope: str | None
    published: str | None
    province: str | None
    workbook: Path | None


@verb("new", "egovkg new minh-hoa-2021 -o my-corpus")
@click.argument("article", required=False)
@grouped(
    "options",
    NewOptions,
    _corpus,
    click.option("--prefix", metavar="PREFIX"),
    click.option("--scope", metavar="UNIT", show_default=_COUNTRY),
    click.option("--published", metavar="YYYY-MM-DD"),
    click.option("--province", metavar="PROVINCE"),
    click.option("--workbook", metavar="FILE", type=folder),
)
def new_verb(article: str | None, options: NewOptions) -> None:
    """Start an article with a small text that passes every check, a register, or a workbook."""
    if options.province is not None or options.workbook is not None:
        _require_nothing_else(article, options)
    if options.workbook is not None:
        _write_template(options.workbook)
    elif options.province is not None:
        _write_cast(options.province, options)
    elif article is None:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    else:
        _write_article(article, options)


def _require_nothing_else(article: str | None, options: NewOptions) -> None:
    """Refuse the data of an article beside a register or a workbook."""
    is_both = options.province is not None and options.workbook is not None
    if article or options.scope or options.published or is_both:
        raise click.UsageError(text("error.written_alone"))


def _write_article(article: str, options: NewOptions) -> None:
    from ...loaders.pipeline.scaffold import ArticleDraft, new_article

    today = date.today().isoformat()
    scope, published = options.scope or _COUNTRY, options.published or today
    written = new_article(ArticleDraft(article, scope, published, options.prefix), options.corpus)
    for path in written:
        click.echo(path)
    if options.published is None:
        say(text("message.published_today", today=today))
    if options.scope is None:
        say(text("message.whole_country", country=_COUNTRY))


def _write_cast(province: str, options: NewOptions) -> None:
    from ...loaders.authoring import new_cast

    path, cast, is_written = new_cast(province, options.corpus, options.prefix)
    click.echo(path)
    if is_written:
        omitted = len(cast.omitted)
        say(text("message.cast_written", count=cast.entries, prefix=cast.prefix, omitted=omitted))
    else:
        say(text("message.cast_unchanged"))


def _write_template(path: Path) -> None:
    """Write an empty workbook in the language of the reader; an existing file is kept."""
    from ...errors import WriteError
    from ...files import write_atomically
    from ...loaders.pipeline.lexicon_files import load_lexicon
    from ...loaders.workbook import template
    from ...viz.tables import workbook
    from ...words import ROOT, message
    from .workbook_sheets import template_sheets

    if form_by_ending(path.name, (XLSX,)) is None:
        raise click.UsageError(text("error.template_ending", file=path))
    if path.exists():
        raise WriteError(path, message(ROOT, "system.exists"))
    sheets = template_sheets(template(load_lexicon([]).lexicon, language()))
    write_atomically(path, workbook(sheets), str(path))
    click.echo(path)


@dataclass(frozen=True)
class ImportOptions:
    """Where rows go, and what holds where the sheet of sources says nothing."""

    corpus: Path
    id: str
    title: str
    publisher: str
    published: str
    scope: str
    prefix: str
    only_check: bool
    is_partial: bool
    form: str | None
    status: str | None
    mapping: Path | None


@verb("import", "egovkg import inventory.xlsx -o my-corpus")
@click.argument("files", nargs=-1, required=True, type=existing, metavar="FILE|DIR...")
@grouped(
    "options",
    ImportOptions,
    _corpus,
    click.option("--id", metavar="ID", default=""),
    click.option("--title", metavar="TEXT", default=""),
    click.option("--publisher", metavar="BODY", default=""),
    click.option("--published", metavar="YYYY-MM-DD", default=""),
    click.option("--scope", metavar="UNIT", default=""),
    click.option("--prefix", metavar="PREFIX", default=""),
    click.option("--check", "only_check", is_flag=True),
    click.option("--partial", "is_partial", is_flag=True),
    click.option("--as", "form", type=click.Choice([_WORKBOOK, ARCHIMATE, *FORMATS]), metavar="FORMAT"),
    click.option("--status", type=click.Choice([code.written for code in code_list("Status")])),
    click.option("--map", "mapping", metavar="FILE", type=existing),
)
def import_verb(files: tuple[Path, ...], options: ImportOptions) -> None:
    """Import a workbook, a model, or the files of annotation tools."""
    form = options.form or _form_of(files)
    if options.status and form != ARCHIMATE:
        raise click.UsageError(text("error.status_of_models"))
    if form == ARCHIMATE and len(files) == 1 and not options.mapping:
        _import_model(files[0], options)
    elif form in {_ANNOTATED, *FORMATS}:
        if options.title or options.is_partial:
            raise click.UsageError(text("error.of_workbooks"))
        _import_annotated(files, options)
    elif form == ARCHIMATE or len(files) > 1 or options.mapping:
        raise click.UsageError(text("error.one_workbook"))
    else:
        _import_workbook(files[0], options)


def _form_of(files: tuple[Path, ...]) -> str:
    """Tell what kind of files are imported: a model, annotations, or a workbook."""
    from ...loaders.archimate import is_model

    if all(map(is_model, files)):
        return ARCHIMATE
    return _ANNOTATED if any(map(is_annotated_file, files)) else _WORKBOOK


def _import_annotated(files: tuple[Path, ...], options: ImportOptions) -> None:
    from ...loaders.annotation_tools.importing import AnnotationImport
    from ...loaders.drafts import DraftRequest

    said = DraftRequest(
        options.id or None,
        options.scope or None,
        options.published or None,
        options.publisher or None,
        options.prefix or None,
    )
    import_annotated(
        AnnotationImport(files, options.corpus, said, options.form or "", options.mapping, options.only_check)
    )


def _source_defaults(options: ImportOptions) -> SourceDefaults:
    from ...loaders.workbook import SourceDefaults

    return SourceDefaults(
        options.id, options.title, "", options.publisher, options.published, options.scope, options.prefix
    )


def _import_model(path: Path, options: ImportOptions) -> None:
    from ...loaders.archimate import ModelImport

    source = _source_defaults(options)
    choices = (options.status or "", options.is_partial, options.only_check)
    import_models(ModelImport(path, options.corpus, source, *choices))


def _import_workbook(workbook: Path, options: ImportOptions) -> None:
    from ...loaders.faults.report import as_text
    from ...loaders.workbook import WorkbookImport, import_workbook

    defaults = _source_defaults(options)
    request = WorkbookImport(workbook, options.corpus, defaults, options.is_partial, options.only_check)
    report = import_workbook(request)
    click.echo(as_text(report.problems, language()), err=True, nl=False)
    for path in report.written:
        click.echo(path)
    _say_account(report)
    if report.left_out:
        raise SystemExit(1)


def _say_account(report: ImportReport) -> None:
    """Say what became of the rows and of the lines made from them."""
    from ...loaders.workbook import sheet_name

    for kind, count in report.rows.items():
        left_out = report.left_out.get(kind, 0)
        numbers = {"read": count, "imported": count - left_out, "left_out": left_out}
        say(text("message.imported_rows", sheet=sheet_name(kind, language()), **numbers))
    say(text("message.imported_statements", **asdict(report.statements)))
    if report.existing:
        say(counted("message.imported_existing", len(report.existing), names=_first(report.existing)))
    if not report.written:
        say(text("message.imported_nothing"))


def _first(names: Sequence[str]) -> str:
    """List the first of some names."""
    more = " …" if len(names) > _NAMED_ROWS else ""
    return ", ".join(names[:_NAMED_ROWS]) + more


@verb("lsp", "egovkg lsp")
def lsp_verb() -> None:
    """Run the language server for an editor, over standard input and output."""
    from ...loaders.editor.optional import PackageError

    try:
        from ...loaders.editor.server import language_server
    except ImportError:
        raise PackageError("pygls") from None
    language_server(language()).start_io()
