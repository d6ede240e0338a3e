"""Numbers as Vietnamese texts write them: "." groups thousands, "," is the decimal mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ...ontology.codes import default_code, written_codes

LONGEST = 18  # digits before or after the mark; beyond, engines calculate with other numbers
_NUMBER = re.compile(r"\d+(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_AMOUNT = re.compile(r"(>=|<=|=|>|<|~)?(-?[\d.,]+)(?:/([\d.,]+))?")


@lru_cache(maxsize=1)
def comparators() -> dict[str, str]:
    """Map how authors write a comparator to its code; nothing written stands for the default.

    >>> comparators()[">="], comparators()[""]
    ('at-least', 'equal')
    """
    return {"": default_code("Comparator"), **written_codes("Comparator")}


@dataclass(frozen=True, slots=True)
class Amount:
    """A stated number.

    :param comparator: code of the comparator list
    :param value: exact
    :param denominator: of a ratio or the top of a scale, else ``None``
    """

    comparator: str
    value: Decimal
    denominator: Decimal | None = None


class NumberError(ValueError):
    """A number that cannot be read, with what to do about it.

    :param what: what is wrong
    :param fix: how to write it
    """

    def __init__(self, code: str, what: str, fix: str) -> None:
        super().__init__(f"{what} — {fix}")
        self.code, self.what, self.fix = code, what, fix


def read_number(text: str) -> Decimal:
    """Read a number in Vietnamese notation.

    :raises NumberError: KG050 if it is written in another notation

    >>> read_number("75.005"), read_number("6,5")
    (Decimal('75005'), Decimal('6.5'))
    """
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text) and not text.startswith("0,"):
        plain = text.replace(",", "")
        dotted = text.replace(",", ".")
        raise NumberError("KG050", f'"{text}" reads as {dotted} in Vietnamese', f"write {plain} or {dotted}")
    if not _NUMBER.fullmatch(text):
        fix = (
            f"write {text.replace('.', ',')}"
            if re.fullmatch(r"\d+\.\d+", text)
            else "write it like 1.933 or 6,5"
        )
        raise NumberError("KG050", f'"{text}" is no number in Vietnamese notation', fix)
    whole, _, fraction = text.replace(".", "").partition(",")
    if max(len(whole), len(fraction)) > LONGEST:
        raise NumberError("KG050", f"a number of {len(text)} characters", f"write up to {LONGEST} digits")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


@lru_cache(maxsize=65536)
def read_amount(text: str) -> Amount:
    """Read a value with its comparator and, after a slash, its denominator or scale.

    :raises NumberError: KG050 for another notation, KG051 for a negative count

    >>> read_amount(">70").comparator, read_amount("138/138").denominator
    ('more-than', Decimal('138'))
    """
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise NumberError(
            "KG050", f'"{text}" is no number', "write a value such as 1.933, 6,5, >=70 or 138/138"
        )
    sign, value, denominator = match.groups()
    if value.startswith("-"):
        raise NumberError("KG051", f'"{text}" is negative', "a count or share starts at 0")
    scale = read_number(denominator) if denominator else None
    if scale == 0:
        raise NumberError("KG051", f'"{text}" is a part of 0', "a ratio or scale has a top above 0")
    return Amount(comparators()[sign or ""], read_number(value), scale)


def plain(value: Decimal) -> str:
    """Write a decimal in the one form that every store keeps: no exponent, no trailing zero.

    >>> plain(Decimal("6.50")), plain(Decimal("1E+3"))
    ('6.5', '1000')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
