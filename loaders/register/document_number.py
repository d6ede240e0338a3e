"""Numbers of legal documents, such as 464/QĐ-UBND: valid forms and common typing errors."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ...files import packaged_text
from ..faults.messages import fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...problems import Fault


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], ...], Mapping[str, str], re.Pattern[str]]:
    """Return patterns of valid numbers, corrections of mistyped parts, and parts that lack their hyphen."""
    rules = yaml.safe_load(packaged_text(__package__ or "", "document-numbers.yaml"))
    forms = tuple(re.compile(form.replace("PART", rules["part"])) for form in rules["forms"])
    return forms, rules["slips"], re.compile(rules["joined"])


@lru_cache(maxsize=1)
def number_pattern() -> re.Pattern[str]:
    """Return a pattern that finds valid document numbers within a text.

    >>> number_pattern().search("Quyết định số 464/QĐ-UBND.")[0]
    '464/QĐ-UBND'
    """
    forms = "|".join(f"(?:{form.pattern})" for form in _rules()[0])
    return re.compile(rf"(?<![\w/.,-])(?:{forms})(?![\w/])")


def meant_number(number: str) -> str | None:
    """Correct a malformed document number.

    :returns: ``None`` if the number is valid; the number in it if there are other words around; the text
        itself if no correction is known

    >>> meant_number("464/QĐ-UBND") is None, meant_number("464/QD-UBND"), meant_number("Số 464/QĐ-UBND.")
    (True, '464/QĐ-UBND', '464/QĐ-UBND')
    >>> meant_number("71/NQCP"), meant_number("4732/KHUBND")
    ('71/NQ-CP', '4732/KH-UBND')
    """
    forms, slips, joined = _rules()
    corrected = joined.sub(r"\1-\2", number)
    for slip, correction in slips.items():
        corrected = corrected.replace(slip, correction)
    if any(form.fullmatch(corrected) for form in forms):
        return None if corrected == number else corrected
    words = [word.rstrip(".,;") for word in corrected.split()]
    return next((word for word in words if any(form.fullmatch(word) for form in forms)), corrected)


def number_fault(number: str) -> Fault | None:
    """Check a document number; an invalid one is a fault (KG060)."""
    corrected = meant_number(number)
    if corrected is None:
        return None
    if corrected == number:
        return fault("KG060.no-document-number", number=number)
    return fault("KG060.mistyped-number", number=number, meant=corrected)
