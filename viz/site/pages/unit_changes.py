"""What changed a unit or ended it, with the legal document that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....words import label
from ..content.forms import shown_date, with_shown_days
from ..content.model import PageLink
from ..content.texts import text_and_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..content.entities import EntityRecord, RegisterDetail
    from ..content.snapshot import GraphSnapshot
    from ..content.statements import StatementWording

__all__ = ["UNIT_CHANGE", "change_links", "changes_of_unit"]

UNIT_CHANGE = "unitChange"  # relation of a unit to the words of a change
_DATE = "documentDate"


def changes_of_unit(wording: StatementWording, curie: str) -> list[list[PageLink]]:
    """List the changes of a unit, each with its legal document; none where the register states none."""
    record = wording.snapshot.by_curie.get(curie)
    details = record.details_of(UNIT_CHANGE) if record else ()
    return [list(change_links(wording, detail)) for detail in details]


def change_links(wording: StatementWording, detail: RegisterDetail) -> Iterator[PageLink]:
    """Give the words of a change, and a link with the day to the document whose number stands in them."""
    text, lang = text_and_language(detail.text, wording.lang)
    yield PageLink(with_shown_days(text, wording.lang), lang=lang)
    if document := _document(wording.snapshot, text):
        link = wording.entity(document.curie)
        yield PageLink(_with_day(document, link.text, wording.lang), link.path, link.lang, link.curie)


def _document(snapshot: GraphSnapshot, text: str) -> EntityRecord | None:
    numbers = (word.strip("().,;") for word in text.split())
    return next(
        (snapshot.document_by_number[number] for number in numbers if number in snapshot.document_by_number),
        None,
    )


def _with_day(document: EntityRecord, text: str, lang: str) -> str:
    days = [label(detail.text, lang) for detail in document.details_of(_DATE)]
    return f"{text}, {shown_date(days[0], lang)}" if days else text
