"""Rules of the guide that compare rows with the words of the digest above them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...ontology.qualifiers import Comparator
from ...problems import FaultError
from ..text.numbers import read_amount
from .cues import cues
from .messages import remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ...problems import Problem
    from ..article.document import ParsedParagraph
    from ..register.lexicon import Lexicon
    from ..statements.model import Claim, Figure, ResolvedArticle

_SERVICE, _ABOVE = "Service", 2  # levels that a cumulative level has at least


def _by_paragraph(article: ResolvedArticle) -> dict[str, list[Claim | Figure]]:
    lines: dict[str, list[Claim | Figure]] = defaultdict(list)
    stated: Sequence[Claim | Figure] = (*article.claims, *article.figures)
    for line in stated:
        lines[line.paragraph].append(line)
    return lines


def deadlines_in_words(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 10: "trong năm X" is a period; a deadline has a word such as "đến" or "trước"."""
    lines = _by_paragraph(article)
    for paragraph in article.paragraphs:
        text = paragraph.text.casefold()
        if cues().period.search(text) and not cues().deadline.search(text):
            for line in lines[paragraph.name]:
                if "by" in line.attributes.times:
                    yield remark(article.file, line.line, "KG210.period-in-words")


def online_services(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 16: "dịch vụ công trực tuyến" is the set of services, unless the words name a portal or system."""
    lines = {paragraph.name: paragraph.line for paragraph in article.paragraphs}
    for mention in article.mentions:
        words = mention.link.surface.casefold()
        names_system = any(word in words for word in cues().system_words)
        is_service = lexicon.fits(mention.entity.kind, _SERVICE)
        if cues().online_services in words and not names_system and not is_service:
            line = lines[mention.paragraph]
            yield remark(article.file, line, "KG216.no-service-set", curie=mention.entity.curie)


def comparators(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 22: "khoảng", "trên", "dưới" before a number are its comparator."""
    lines = _by_paragraph(article)
    for paragraph in article.paragraphs:
        compared = _compared_numbers(paragraph)
        for line in lines[paragraph.name]:
            amount = getattr(line, "amount", None)
            expected = compared.get(amount.value) if amount and amount.denominator is None else None
            if expected and amount and amount.comparator == Comparator.EQUAL.slug:
                word = Comparator.of_slug(expected).code.written
                yield remark(article.file, line.line, "KG222.comparator", sign=word, value=str(amount.value))


def _compared_numbers(paragraph: ParsedParagraph) -> dict[Decimal, str]:
    """Map the numbers of a digest to the comparator that stands beside them; plain numbers are left out."""
    compared: dict[Decimal, str] = {}
    plain: set[Decimal] = set()
    for match in cues().compared_number.finditer(paragraph.text.casefold()):
        try:
            value = read_amount(match["number"]).value
        except FaultError:
            continue
        if match["after"]:
            compared[value] = Comparator.AT_LEAST.slug
        elif match["words"]:
            compared[value] = cues().comparators[match["words"]]
        else:
            plain.add(value)
    return {value: sign for value, sign in compared.items() if value not in plain}


def cumulative_levels(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 23: "mức độ 3 trở lên" is written `level: ">=3"`."""
    lines = _by_paragraph(article)
    for paragraph in article.paragraphs:
        if cues().cumulative_level.search(paragraph.text.casefold()):
            for line in lines[paragraph.name]:
                if 0 < len(line.attributes.codes.get("level", ())) < _ABOVE:
                    yield remark(article.file, line.line, "KG223.cumulative-level")


DIGEST_RULES = (deadlines_in_words, online_services, comparators, cumulative_levels)
