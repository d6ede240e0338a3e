"""Which framework a province says it follows: its own architectures, by articles and its decisions.

That is another matter than the framework it is compared with: a "2.0" on a cover is no proof of conformance.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ....graph.names import CODE, with_prefixes
from ....ontology.statuses import find_status
from ....words import label as label_in
from ...facts.values import language_of, short_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ....graph.store import Store
    from ...facts.values import Json
    from .record import FrameworkRecord

_STATED = with_prefixes("""
SELECT DISTINCT ?claim ?architecture ?unit ?status ?stated ?published {
  ?claim egov:predicate egov:architectureOf ; egov:subject ?architecture ; egov:object ?unit ;
    egov:polarity code:asserted ; egov:status ?status ; egov:statedOn ?stated ;
    egov:evidence/egov:inArticle/egov:published ?published .
}
""")
_LABELS = with_prefixes("""
SELECT DISTINCT ?architecture ?label {
  ?claim egov:predicate egov:architectureOf ; egov:subject ?architecture . ?architecture rdfs:label ?label
}
""")


@dataclass(frozen=True)
class FollowedFramework:
    """An architecture or framework that a province says it follows.

    :param labels: its name by language
    :param stated: the latest day on which that can have been stated, or on which the province issued it
    :param is_planned: whether it is only planned
    :param claim: short address of the claim; empty where a decision of the province says it
    :param based_on: short name of the national framework that it rests on; empty if that is not stated
    :param published: when the article that says it was published, in EDTF; empty where no article says it
    """

    labels: Mapping[str, str] = field(hash=False)
    stated: date
    is_planned: bool = False
    claim: str = ""
    based_on: str = ""
    published: str = ""

    @property
    def stated_text(self) -> str:
        """When that was stated or issued, in EDTF, as precise and as certain as it is known."""
        return self.published or self.stated.isoformat()

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return it as a JSON-compatible record."""
        return {
            "label": label_in(self.labels, lang),
            "stated": self.stated.isoformat(),
            "only_planned": self.is_planned,
            "claim": self.claim or None,
            "based_on": self.based_on or None,
        }


def followed_frameworks(
    store: Store, records: Mapping[str, FrameworkRecord], known_by: date
) -> Mapping[str, Sequence[FollowedFramework]]:
    """Find what each unit says it follows, by what was stated up to a day.

    :returns: IRI of a unit → what it follows, in order of the day; units that state nothing are missing

    Cost: two queries, linear in the claims on architectures.
    """
    by_unit: dict[str, list[FollowedFramework]] = defaultdict(list)
    for unit, followed in (*_stated(store, known_by), *_issued(records, known_by)):
        by_unit[unit].append(followed)
    return {unit: sorted(found, key=lambda followed: followed.stated) for unit, found in by_unit.items()}


def _stated(store: Store, known_by: date) -> Iterator[tuple[str, FollowedFramework]]:
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, name in store.select(_LABELS).rows:
        labels[text_of(subject)][language_of(name)] = text_of(name)
    for claim, architecture, unit, status, stated, published in sorted(store.texts(_STATED)):
        day = date.fromisoformat(stated)
        code = find_status(status.removeprefix(CODE))
        if day <= known_by and not code.is_ended:
            followed = FollowedFramework(
                labels[architecture], day, code.is_intended, short_name(claim), published=published
            )
            yield unit, followed


def _issued(
    records: Mapping[str, FrameworkRecord], known_by: date
) -> Iterator[tuple[str, FollowedFramework]]:
    for record in records.values():
        if record.unit and record.is_confirmed and record.issued and record.issued <= known_by:
            base = records.get(record.base)
            yield (
                record.unit,
                FollowedFramework(record.labels, record.issued, based_on=base.name if base else ""),
            )
