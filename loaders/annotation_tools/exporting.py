"""The export of articles to annotation tools, with an account of what the format cannot hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...errors import ArticleError
from ...files import write_together
from ...graph.nearest import nearest
from ..drafts.register_drafts import proposed_entries, register_texts
from ..pipeline.corpus import find_articles
from ..pipeline.lexicon_files import load_lexicon
from ..pipeline.preparation import Preparer
from .articles import article_text
from .comparison import KINDS, Losses, compare
from .formats import FORMATS, NOT_HELD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .articles import AnnotatedArticle
    from .formats import ExchangeFormat
    from .model import AnnotatedText


@dataclass(frozen=True)
class AnnotationExport:
    """What is exported, and where to.

    :param folders: corpus folders
    :param target: folder of the files
    :param form: name of the format
    :param article: id of the only article to export; empty for all
    :param has_proposals: whether open proposals of drafts count as well
    """

    folders: Sequence[Path]
    target: Path
    form: str
    article: str = ""
    has_proposals: bool = False


@dataclass(frozen=True)
class AnnotationExportReport:
    """What was exported.

    :param losses: how many spans, links, relations and attributes the files hold, by reading them again
    :param passed_over: ids of articles without annotations, or that cannot be read
    """

    files: tuple[Path, ...] = ()
    originals: int = 0
    digests: int = 0
    losses: Losses = field(default_factory=Losses)
    passed_over: tuple[str, ...] = ()


def export_annotations(request: AnnotationExport) -> AnnotationExportReport:
    """Write articles in the format of an annotation tool, and read the files again to see what is in them.

    :raises ArticleError: if no article has the id that is asked for
    :raises WriteError: if a file cannot be written; nothing is changed
    Cost: linear; the corpus is read and checked as by a build
    """
    form = FORMATS[request.form]
    texts: list[AnnotatedArticle] = []
    passed_over: list[str] = []
    for name, text in _article_texts(request):
        if text:
            texts.append(text)
        else:
            passed_over.append(name)
    documents = [text.annotated for text in texts]
    contents = form.write(documents) if documents else {}
    losses = compare(documents, _again(form, contents))
    lost = "".join(f"{kind}\t{name}\n" for kind in KINDS for name in losses.lost[kind])
    paths = {request.target / name: data for name, data in contents.items()}
    if lost:
        paths[request.target / NOT_HELD] = lost.encode()
    write_together(paths)
    originals = sum(text.is_original for text in texts)
    return AnnotationExportReport(tuple(paths), originals, len(texts) - originals, losses, tuple(passed_over))


def _article_texts(request: AnnotationExport) -> Iterator[tuple[str, AnnotatedArticle | None]]:
    loaded_lexicon = load_lexicon(request.folders)
    preparer = Preparer(loaded_lexicon)
    kinds = {entity.curie: entity.kind for entity in loaded_lexicon.lexicon.register.entities}
    for folder in request.folders:
        if request.has_proposals:
            proposed = proposed_entries(register_texts(folder))
            kinds = {**{curie: values["kind"] for curie, values in proposed.items()}, **kinds}
    ids: list[str] = []
    for path in (path for folder in request.folders for path in find_articles(folder)):
        loaded = preparer.load(path)
        name = loaded.article.id if loaded.article else path.name
        ids.append(name)
        if not request.article or request.article == name:
            yield name, article_text(path, loaded, kinds, has_proposals=request.has_proposals)
    if request.article and request.article not in ids:
        raise ArticleError(request.article, [*dict.fromkeys([*nearest(request.article, ids), *ids])])


def _again(form: ExchangeFormat, contents: dict[str, bytes]) -> list[AnnotatedText]:
    """Read files that were just written."""
    names = [name for name in contents if name.endswith(form.endings)]
    return [text for name in names for text in form.read(name, contents, name).texts]
