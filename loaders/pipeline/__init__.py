"""The build pipeline: from a corpus to a published version, or to a report of its problems."""

from .accounting import Account
from .build import Built, build
from .checking import check
from .corpus import corpus_folder, default_folder, find_articles, shipped_folder
from .lexicon_files import LoadedLexicon, load_lexicon
from .linking import propose_links
from .preparation import Preparer
from .reference_file import read_reference_file
from .scaffold import ArticleDraft, new_article

__all__ = [
    "Account",
    "ArticleDraft",
    "Built",
    "LoadedLexicon",
    "Preparer",
    "build",
    "check",
    "corpus_folder",
    "default_folder",
    "find_articles",
    "load_lexicon",
    "new_article",
    "propose_links",
    "read_reference_file",
    "shipped_folder",
]
