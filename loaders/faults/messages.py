"""Construction of faults and messages whose texts are in the catalogue of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import problems, words
from ...problems import Severity

if TYPE_CHECKING:
    from ...problems import Fault
    from ...words import Message, MessageValue


def fault(key: str, severity: Severity = Severity.ERROR, /, **values: MessageValue) -> Fault:
    """Build a fault; see :func:`egovkg.problems.fault`.

    >>> fault("KG021.unknown-entity", curie="tq:lgps").problem.text("en")
    'no entity tq:lgps'
    """
    return problems.fault(__package__ or "", key, severity, **values)


def message(key: str, /, **values: MessageValue) -> Message:
    """Build a message from a key of the catalogue and values.

    >>> message("did-you-mean", name="serves").text("en")
    'did you mean "serves"?'
    """
    return words.message(__package__ or "", key, **values)
