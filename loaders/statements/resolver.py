"""Resolution of parsed articles: names become entities, terms become codes, texts become values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .claims import ClaimResolver
from .figures import FigureResolver
from .head import resolve_head
from .lookup import EntityLookup
from .mentions import MentionResolver
from .model import ResolvedArticle, ResolvedMention
from .name_index import NameIndex
from .problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...problems import Problem
    from ..article.document import ParsedArticle
    from ..register.lexicon import Lexicon


@dataclass
class Counts:
    """Numbers of mentions and lines read, emitted, merged and rejected.

    See :mod:`egovkg.loaders.pipeline.accounting`.
    """

    read: int = 0
    emitted: int = 0
    merged: int = 0
    rejected: int = 0


@dataclass
class Resolution:
    """The result of resolving one article.

    :param article: ``None`` if its front matter cannot be used
    :param problems: in the order in which they were detected
    :param counts: here duplicates still count as emitted, because they are merged later
    """

    article: ResolvedArticle | None
    problems: Sequence[Problem]
    counts: Counts


class Resolver:
    """Resolves articles using one lexicon.

    :param lexicon: register, measures, units and vocabulary
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names = NameIndex(lexicon)

    def resolve(self, parsed: ParsedArticle) -> Resolution:
        """Resolve one article: every line becomes a statement or a problem; linear."""
        problems = ProblemList(parsed.file)
        lookup = EntityLookup(self.lexicon, problems)
        head = resolve_head(parsed.front, lookup)
        link_resolver = MentionResolver(lookup, self.names, parsed.places, head)
        claim_resolver, figure_resolver = ClaimResolver(lookup, head), FigureResolver(lookup, head)
        mentions, claims, figures = [], [], []
        counts = Counts()
        for paragraph in parsed.paragraphs:
            counts.read += len(paragraph.links) + len(paragraph.claims) + len(paragraph.figures)
            entities = [(link, link_resolver.resolve(link)) for link in paragraph.links]
            mentions += [ResolvedMention(paragraph.name, link, entity) for link, entity in entities if entity]
            claims += [claim_resolver.resolve(paragraph.name, line) for line in paragraph.claims]
            figures += [figure_resolver.resolve(paragraph.name, line) for line in paragraph.figures]
        sound_claims = tuple(claim for claim in claims if claim)
        sound_figures = tuple(figure for figure in figures if figure)
        counts.emitted = len(mentions)
        counts.rejected = counts.read - len(mentions) - len(sound_claims) - len(sound_figures)
        article = None
        if head.head:
            article = ResolvedArticle(
                parsed.file, head.head, parsed.paragraphs, tuple(mentions), sound_claims, sound_figures
            )
        return Resolution(article, problems.problems, counts)
