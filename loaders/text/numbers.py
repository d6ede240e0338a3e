"""Numbers in Vietnamese notation: "." groups thousands, "," is the decimal mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from ...ontology.codes import default_code, written_codes
from ...problems import FaultError
from ..faults.messages import fault

if TYPE_CHECKING:
    from ...problems import Fault

LONGEST = 18  # digits before or after the mark; beyond, engines calculate with other numbers
_NUMBER = re.compile(r"\d+(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_AMOUNT = re.compile(r"(>=|<=|=|>|<|~>|~)?(-?[\d.,]+)(?:/([\d.,]+))?")
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_ENGLISH_DECIMAL = re.compile(r"\d+\.\d+")


@lru_cache(maxsize=1)
def comparators() -> dict[str, str]:
    """Map each spelling of a comparator in articles to its code; the empty one is the default.

    >>> comparators()[">="], comparators()[""]
    ('at-least', 'equal')
    """
    return {"": default_code("Comparator"), **written_codes("Comparator")}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as stated.

    :param comparator: slug of a code in the list `Comparator`
    :param value: exact value
    :param denominator: denominator of a ratio, or the maximum of a scale; else ``None``
    """

    comparator: str
    value: Decimal
    denominator: Decimal | None = None


def read_number(text: str) -> Decimal:
    """Parse a number in Vietnamese notation.

    :raises FaultError: KG050 if it is written in another notation

    >>> read_number("75.005"), read_number("6,5")
    (Decimal('75005'), Decimal('6.5'))
    """
    if notation_fault := _notation_fault(text):
        raise FaultError(notation_fault)
    integer, _, fraction = text.replace(".", "").partition(",")
    if max(len(integer), len(fraction)) > LONGEST:
        raise FaultError(fault("KG050.too-long", length=len(text), longest=LONGEST))
    return Decimal(f"{integer}.{fraction}" if fraction else integer)


def _notation_fault(text: str) -> Fault | None:
    if _ENGLISH_THOUSANDS.fullmatch(text) and not text.startswith("0,"):
        dotted = text.replace(",", ".")
        return fault("KG050.comma-for-thousands", text=text, dotted=dotted, plain=text.replace(",", ""))
    if _NUMBER.fullmatch(text):
        return None
    if _ENGLISH_DECIMAL.fullmatch(text):
        return fault("KG050.point-for-decimals", text=text, comma=text.replace(".", ","))
    return fault("KG050.other-notation", text=text)


@lru_cache(maxsize=65536)
def read_amount(text: str) -> Amount:
    """Parse a value with its comparator and, after a slash, its denominator or scale.

    :raises FaultError: KG050 for another notation, KG051 for a negative count

    >>> read_amount(">70").comparator, read_amount("138/138").denominator
    ('more-than', Decimal('138'))
    """
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise FaultError(fault("KG050.no-number", text=text))
    sign, value, denominator = match.groups()
    if value.startswith("-"):
        raise FaultError(fault("KG051.negative", text=text))
    scale = read_number(denominator) if denominator else None
    if scale == 0:
        raise FaultError(fault("KG051.part-of-zero", text=text))
    return Amount(comparators()[sign or ""], read_number(value), scale)


def plain(value: Decimal) -> str:
    """Return a decimal in canonical form: no exponent, no trailing zeros.

    >>> plain(Decimal("6.50")), plain(Decimal("1E+3"))
    ('6.5', '1000')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
