"""The accounting identity that ensures no line is lost: read = emitted + merged + rejected."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ...errors import InternalError
from ..faults.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..statements.resolver import Counts


@dataclass(frozen=True)
class Account:
    """Totals over articles: mentions, claim lines and figure lines combined.

    >>> Account(5, 3, 1, 1)
    Account(read=5, emitted=3, merged=1, rejected=1)
    >>> Account(5, 3, 1, 0)
    Traceback (most recent call last):
    ...
    egovkg.errors.InternalError: accounting: read 5, but emitted 3 + merged 1 + rejected 0 = 4
    """

    read: int
    emitted: int
    merged: int
    rejected: int

    def __post_init__(self) -> None:
        total = self.emitted + self.merged + self.rejected
        if self.read != total:
            parts = f"emitted {self.emitted} + merged {self.merged} + rejected {self.rejected} = {total}"
            raise InternalError(f"accounting: read {self.read}, but {parts}")

    def text(self, lang: str) -> str:
        """Word the identity in a language.

        >>> Account(5, 3, 1, 1).text("en")
        'read 5 = emitted 3 + merged 1 + rejected 1'
        """
        return message("account", **asdict(self)).text(lang)


def account(counts: Iterable[Counts]) -> Account:
    """Sum and verify the counts of several articles.

    :raises InternalError: if the identity is violated
    """
    accounts = [Account(count.read, count.emitted, count.merged, count.rejected) for count in counts]
    return Account(
        sum(account.read for account in accounts),
        sum(account.emitted for account in accounts),
        sum(account.merged for account in accounts),
        sum(account.rejected for account in accounts),
    )
