"""The sentences that lines of a brief rest on: our digest, its paragraph, and its article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import with_prefixes
from ...words import Labelled
from ..facts.values import language_of, text_of
from ..facts.worded_facts import worded_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...graph.store import Store
    from ..facts.values import Json

_ARTICLES = with_prefixes("""
SELECT DISTINCT ?id ?title ?published ?address {
  ?article a egov:Article ; egov:curie ?id ; rdfs:label ?title ; egov:published ?published .
  OPTIONAL { ?article egov:webAddress ?address }
}
""")


@dataclass(frozen=True)
class DigestSentence:
    """A paragraph of our digest of an article.

    :param article: id of the article
    :param title: title of the article
    :param published: ISO day of the article
    :param paragraph: name of the paragraph in the digest, such as `d3`
    :param address: where the article can be read; empty if the corpus does not say
    """

    article: str
    title: Labelled
    published: str
    paragraph: str
    text: Labelled
    address: str = ""

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return the sentence as a JSON-compatible record."""
        return {
            "article": self.article,
            "title": self.title.text(lang),
            "published": self.published,
            "paragraph": self.paragraph,
            "text": self.text.text(lang),
            "address": self.address or None,
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
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    places: dict[str, tuple[str, str]] = {}
    for article, title, published, address in store.select(_ARTICLES).rows if facts else ():
        titles[text_of(article)][language_of(title)] = text_of(title)
        places[text_of(article)] = text_of(published), text_of(address)
    return {
        key: DigestSentence(
            article=fact.article,
            title=Labelled.of(titles[fact.article]),
            published=places[fact.article][0],
            paragraph=sentence_place(key)[1],
            text=Labelled.of({lang: fact.in_language(lang).evidence for lang in languages}),
            address=places[fact.article][1],
        )
        for key, fact in facts.items()
    }


def sentence_place(claim: str) -> tuple[str, str]:
    """Return the article and the paragraph in the short address of a statement.

    >>> sentence_place("claim/bac-lieu-2022/d39-d2120136")
    ('bac-lieu-2022', 'd39')
    """
    _, article, name = claim.split("/")
    return article, name.rpartition("-")[0]
