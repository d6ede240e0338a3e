"""The footnotes of a document: sentences of our digests, to which numbers in the text lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import catalogue
from .model import Note, Span

if TYPE_CHECKING:
    from ...queries.facts.sentences import DigestSentence


def footnote_reference(number: int) -> Span:
    """Return the number of a footnote as a link to it.

    >>> footnote_reference(3).text
    '[3]'
    """
    return Span(f"[{number}]", target=_anchor(number))


def footnote(number: int, sentence: DigestSentence, lang: str) -> Note:
    """Return a sentence of our digest as a footnote, with its source and the address of that."""
    source = Span(sentence_source(sentence, lang), is_soft=True)
    address = Span(sentence.address, target=sentence.address)
    line = (source, address) if sentence.address else (source,)
    return Note(_anchor(number), number, sentence.text.text(lang), line)


def sentence_source(sentence: DigestSentence, lang: str) -> str:
    """Word where a sentence of our digest stands: title, day, article and paragraph."""
    source = catalogue(__package__, lang)(
        "source",
        title=sentence.title.text(lang),
        published=sentence.published_text(lang),
        article=sentence.article,
        paragraph=sentence.paragraph,
    )
    return f"{source}; {sentence.remark.text(lang)}" if sentence.remark else source


def _anchor(number: int) -> str:
    return f"sentence-{number}"
