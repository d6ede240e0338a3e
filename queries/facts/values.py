"""Conversion of RDF terms to plain Python values, and of these to JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...graph.names import CODE, EGOV, ID, XSD
from ...words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...graph.store import RdfTerm
    from ...words import Texts

TermValue: TypeAlias = str | int | Decimal | date | None
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def _finite(text: str) -> Decimal | str:
    """Convert a floating-point number; infinities and NaN stay texts, because JSON does not have them."""
    number = Decimal(text.replace("INF", "Infinity"))
    return number if number.is_finite() else text


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


_READERS: Mapping[str, Callable[[str], TermValue]] = {  # datatype -> reader of its literals
    **dict.fromkeys((XSD + name for name in ("integer", "int", "long", "nonNegativeInteger")), int),
    **dict.fromkeys((XSD + "double", XSD + "float"), _finite),
    XSD + "decimal": Decimal,
    XSD + "date": _day,
}


def value_of(term: RdfTerm | None) -> TermValue:
    """Convert a term to a plain value; addresses of this project are shortened.

    :returns: ``None`` for an unbound variable; a text for a literal of a type not listed in :data:`TermValue`

    >>> (
    ...     value_of(ox.NamedNode(CODE + "level-4")),
    ...     value_of(ox.Literal("6.5", datatype=ox.NamedNode(XSD + "decimal"))),
    ... )
    ('code:level-4', Decimal('6.5'))
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return short_name(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    read = _READERS.get(term.datatype.value)
    return read(term.value) if read else term.value


def text_of(term: RdfTerm | None) -> str:
    """Return the text of a literal or the address of a resource; empty for an unbound variable.

    >>> text_of(ox.Literal("một cửa", language="vi")), text_of(None)
    ('một cửa', '')
    """
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)) else ""


def language_of(term: RdfTerm | None) -> str:
    """Return the language tag of a literal; empty for any other term.

    >>> language_of(ox.Literal("một cửa", language="vi")), language_of(ox.Literal("1"))
    ('vi', '')
    """
    return (term.language or "") if isinstance(term, ox.Literal) else ""


def short_name(iri: str) -> str:
    """Shorten an address: drop the namespace of entities; use a prefix for codes and terms.

    >>> short_name(ID + "claim/tuyen-quang-2020/d1-1f3a9c2b"), short_name(EGOV + "hostedOn")
    ('claim/tuyen-quang-2020/d1-1f3a9c2b', 'egov:hostedOn')
    """
    if iri.startswith(ID):
        return iri.removeprefix(ID)
    if iri.startswith(CODE):
        return "code:" + iri.removeprefix(CODE)
    return "egov:" + iri.removeprefix(EGOV) if iri.startswith(EGOV) else iri


def json_value(value: TermValue) -> Json:
    """Convert a value for JSON; numbers keep up to 15 digits and are rounded beyond that.

    >>> json_value(Decimal("75005")), json_value(Decimal("61.25")), json_value(date(2020, 3, 19))
    (75005, 61.25, '2020-03-19')
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def texts(literals: Iterable[RdfTerm]) -> Texts:
    """Sort literals by language, the default one first; literals without a language count as default.

    >>> texts([ox.Literal("platform", language="en"), ox.Literal("nền tảng", language="vi")])
    {'vi': 'nền tảng', 'en': 'platform'}
    """
    by_language: dict[str, str] = {}
    for literal in literals:
        language = literal.language if isinstance(literal, ox.Literal) else None
        by_language.setdefault(language or DEFAULT_LANGUAGE, text_of(literal))
    if by_language and DEFAULT_LANGUAGE not in by_language:
        by_language[DEFAULT_LANGUAGE] = next(iter(by_language.values()))
    order = sorted(by_language, key=lambda language: (language != DEFAULT_LANGUAGE, language))
    return {language: by_language[language] for language in order}
