"""The sentences that statements rest on: our digest, its paragraph, and its article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import Labelled
from .sources import published_text, read_sources
from .worded_facts import worded_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...graph.store import Store
    from .sources import PublishedSource
    from .values import Json
    from .worded_facts import WordedFact


@dataclass(frozen=True)
class DigestSentence:
    """A paragraph of our digest of an article.

    :param article: id of the article
    :param title: title of the article
    :param published: when the article was published, in EDTF
    :param paragraph: name of the paragraph in the digest, such as `d3`
    :param address: where the article can be read; empty if the corpus does not say
    :param remark: what of the article was read; empty if that was the whole original
    """

    article: str
    title: Labelled
    published: str
    paragraph: str
    text: Labelled
    address: str = ""
    remark: Labelled | None = None

    def published_text(self, lang: str) -> str:
        """Word when the article was published, with its certainty."""
        return published_text(self.published, lang)

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return the sentence as a JSON-compatible record."""
        return {
            "article": self.article,
            "title": self.title.text(lang),
            "published": self.published,
            "paragraph": self.paragraph,
            "text": self.text.text(lang),
            "address": self.address or None,
            "remark": self.remark.text(lang) if self.remark else None,
        }


def read_sentences(
    store: Store, claims: Iterable[str], languages: Sequence[str]
) -> dict[str, DigestSentence]:
    """Read the sentences that state claims and figures.

    :param claims: short addresses
    :returns: short address → sentence

    Cost: that of reading the facts in each language, and one query for the articles.
    """
    facts = worded_facts(store, claims, languages)
    sources = read_sources(store) if facts else {}
    return {key: _sentence(key, fact, sources[fact.article], languages) for key, fact in facts.items()}


def _sentence(
    key: str, fact: WordedFact, source: PublishedSource, languages: Sequence[str]
) -> DigestSentence:
    remarks = {lang: source.version.remark(lang) for lang in languages}
    return DigestSentence(
        article=fact.article,
        title=Labelled.of(source.titles),
        published=source.published,
        paragraph=sentence_place(key)[1],
        text=Labelled.of({lang: fact.in_language(lang).evidence for lang in languages}),
        address=source.address,
        remark=Labelled.of(remarks) if any(remarks.values()) else None,
    )


def sentence_place(claim: str) -> tuple[str, str]:
    """Return the article and the paragraph in the short address of a statement.

    >>> sentence_place("claim/bac-lieu-2022/d39-d2120136")
    ('bac-lieu-2022', 'd39')
    """
    _, article, name = claim.split("/")
    return article, name.rpartition("-")[0]
