"""Base of the claim and figure resolvers: parses attributes and checks times against the article's date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.statuses import find_status
from ...problems import Severity
from ..article.attributes import NO_ATTRIBUTES, Attributes, read_attributes
from ..faults.messages import fault, message
from ..text.dates import read_date
from .unit_times import PREPARATION, early_unit_fault, last_day

if TYPE_CHECKING:
    from ..register.entity import RegisterEntity
    from .head import HeadResolution
    from .lookup import EntityLookup

_CLASSES = {"responsible": "Agent"}  # attribute -> class of the entities that it names, where not any


class LineResolver:
    """Resolves lines of one article.

    :param head: resolved front matter of the article, for its time of publication
    """

    def __init__(self, lookup: EntityLookup, head: HeadResolution) -> None:
        self.lookup, self.lexicon, self.problems = lookup, lookup.lexicon, lookup.problems
        self.published, self.year = head.published, head.year

    def read_attributes(self, raw: str, line: int, column: int, *, is_figure: bool) -> Attributes:
        """Parse the attributes of a line and find the entities named in them."""
        if not raw:
            return NO_ATTRIBUTES
        attributes, faults = read_attributes(raw, is_figure=is_figure, published_year=self.year)
        for offset, flaw in faults:
            if self.published or flaw.code != "KG041":  # without a publication date no year is taken from it
                self.problems.report(line, column + offset, flaw)
        for name, curies in attributes.entities.items():
            for curie, offset in curies:
                self.lookup.find_of_class(curie, (line, column + offset), _CLASSES.get(name), name)
        return attributes

    def check_time(self, attributes: Attributes, line: int, column: int, fallback_column: int) -> None:
        """Report a statement that starts to hold only after the article was published (KG042).

        :param column: column of the attributes; 0 without any, if the object itself is the time
        :param fallback_column: column of the object or value
        """
        start = attributes.earliest
        if not self.published or start is None or start.earliest <= self.published.latest:
            return
        if find_status(attributes.status).is_unused or attributes.is_target:
            return
        stated = message("status-from", status=attributes.status, start=start.edtf) if column else start.edtf
        late = fault("KG042.after-publication", stated=stated, year=self.published.latest.year)
        self.problems.report(line, column or fallback_column, late)

    def check_unit(
        self, entity: RegisterEntity | None, attributes: Attributes, line: int, column: int
    ) -> None:
        """Warn about a statement on an administrative unit after its end or before its start (KG064)."""
        if entity is None:
            return
        day = last_day(attributes, self.published)
        if early := early_unit_fault(entity, day, self.lexicon, PREPARATION):
            self.problems.report(line, column, early)
        until = entity.values.get("until")
        if not until or not self.lexicon.fits(entity.kind, "AdministrativeUnit"):
            return
        time = attributes.earliest or self.published
        stated = time.earliest if time else None
        if stated is None or stated <= read_date(until).latest:
            return
        successors = entity.lists.get("succeeded_by") or (message("no-successor"),)
        ended = fault(
            "KG064.ended-unit",
            Severity.WARNING,
            curie=entity.curie,
            until=until,
            successors=successors,
            year=stated.year,
        )
        self.problems.report(line, column, ended)
