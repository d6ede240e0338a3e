"""The report on gaps: the cells of every province that was judged, and the basis of the verdicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...ontology.verdicts import Verdict
from .framework_remarks import (
    FollowedByMany,
    FollowedByProvince,
    FrameworkLater,
    ListOfFramework,
    NoneFollowed,
    UnsourcedComponents,
    UnsourcedIncluded,
)
from .remarks import (
    ArticlesOfMany,
    ArticlesOfProvince,
    EndedFramework,
    JudgedAgainst,
    NothingDiffers,
    SilentCells,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ..facts.values import Json
    from .cells.framework import ReferenceFramework
    from .frameworks.followed import FollowedFramework
    from .frameworks.record import FrameworkRecord
    from .gaps import Gap
    from .remarks import Remark
    from .units import ArticleCoverage, JudgedProvince, Province


_MOST_PROVINCES = 12  # whose columns and remarks a reader can take in side by side


@dataclass(frozen=True)
class FrameworkStanding:
    """How the framework of a report stands on the day of the question.

    :param record: the framework itself
    :param followed: IRI of a unit → what it says it follows
    """

    record: FrameworkRecord
    followed: Mapping[str, Sequence[FollowedFramework]]


@dataclass(frozen=True)
class GapReport:
    """All cells of a question, with the basis of their verdicts.

    :param cells: province by province, components in the order of the framework
    :param coverage: IRI of a province → what articles cover of it; provinces without articles are missing
    :param remarks: remarks on how the names of provinces were understood
    :param standing: how the framework stands on the day; `None` where that was not asked
    """

    framework: ReferenceFramework
    as_of: date
    known_by: date | None
    cells: tuple[Gap, ...]
    coverage: Mapping[str, ArticleCoverage]
    remarks: tuple[Remark, ...] = ()
    standing: FrameworkStanding | None = None

    @cached_property
    def judged(self) -> tuple[JudgedProvince, ...]:
        """The provinces that were judged, each once, in order."""
        return tuple(dict.fromkeys(cell.judged for cell in self.cells))

    @cached_property
    def provinces(self) -> tuple[Province, ...]:
        """The provinces that were judged as plain units, each once, in order."""
        return tuple(dict.fromkeys(cell.judged.province for cell in self.cells))

    def cells_of(self, province: Province) -> tuple[Gap, ...]:
        """List the cells of a province."""
        return tuple(self._cells_by_province.get(province, ()))

    @cached_property
    def _cells_by_province(self) -> Mapping[Province, list[Gap]]:
        cells: dict[Province, list[Gap]] = defaultdict(list)
        for cell in self.cells:
            cells[cell.judged.province].append(cell)
        return cells

    def counts(self, cells: Iterable[Gap] | None = None) -> Mapping[Verdict, int]:
        """Count the cells by verdict, of all cells or of the given ones; verdicts without a cell count 0."""
        counted = Counter(cell.verdict for cell in (self.cells if cells is None else cells))
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def silent_cells(self) -> SilentCells:
        """The number of cells that no article speaks of."""
        counts = self.counts()
        return SilentCells(counts[Verdict.NO_EVIDENCE], len(self.cells) - counts[Verdict.NOT_APPLICABLE])

    @property
    def scope(self) -> tuple[Remark, ...]:
        """Remarks on the basis of the verdicts.

        They are: silent cells, framework, its list, the day, what is left out, articles, frameworks followed.
        """
        return (*self.time_remarks, self.silent_cells, *self.framework_remarks, *self.province_remarks)

    @property
    def framework_remarks(self) -> tuple[Remark, ...]:
        """Remarks on the framework: its name and the day, where its list comes from, what is left out."""
        framework = self.framework
        return (
            JudgedAgainst(framework, self.as_of, self.known_by),
            *([ListOfFramework(framework)] if framework.list_basis and framework.has_issued_list else []),
            *self._unsourced(),
        )

    @property
    def province_remarks(self) -> tuple[Remark, ...]:
        """Remarks on the provinces: their articles, and the frameworks that they say they follow."""
        if self.is_many:
            return (self._all_articles(), *self._followed())
        articles = (ArticlesOfProvince(unit, self.coverage.get(unit.iri)) for unit in self.provinces)
        return (*articles, *self._followed())

    @property
    def is_many(self) -> bool:
        """Whether there are more provinces than can be read side by side."""
        return len(self.provinces) > _MOST_PROVINCES

    def _all_articles(self) -> ArticlesOfMany:
        covered = [self.coverage[unit.iri] for unit in self.provinces if unit.iri in self.coverage]
        return ArticlesOfMany(
            len(covered), len({article for coverage in covered for article in coverage.articles})
        )

    @property
    def time_remarks(self) -> tuple[Remark, ...]:
        """Say that the framework was issued after the day of the question."""
        issued = self.standing.record.issued if self.standing else None
        return (FrameworkLater(self.framework, issued),) if issued and issued > self.as_of else ()

    @property
    def first_remarks(self) -> tuple[Remark, ...]:
        """Those of the remarks that qualify the whole answer: the framework had ended, its list is ours."""
        kinds = (EndedFramework, ListOfFramework)
        return tuple(remark for remark in self.remarks if isinstance(remark, kinds))

    def _unsourced(self) -> Iterator[Remark]:
        """Count the components that are left out, or included, although only memory or code tells of them."""
        name = self.framework.short_name
        for sourcing, count in sorted(self.framework.left_out.items()):
            yield UnsourcedComponents(count, sourcing, name)
        for sourcing, count in sorted(self.framework.included.items()):
            yield UnsourcedIncluded(count, sourcing, name)

    def followed_by(self, judged: JudgedProvince) -> tuple[FollowedFramework, ...]:
        """List what a province says it follows, and what the unit that the user named does."""
        followed = self.standing.followed if self.standing else {}
        units = dict.fromkeys((judged.province.iri, judged.requested.iri))
        return tuple(found for unit in units for found in followed.get(unit, ()))

    def _followed(self) -> Iterator[Remark]:
        if self.standing is None:
            return
        followed = {judged.province: found for judged in self.judged if (found := self.followed_by(judged))}
        if self.is_many and followed:
            yield FollowedByMany(len(followed))
        else:
            yield from (FollowedByProvince(unit, found) for unit, found in followed.items())
        if silent := len(self.judged) - len(followed):
            yield NoneFollowed(silent)

    def as_dicts(self, lang: str) -> list[dict[str, Json]]:
        """Return the cells as JSON-compatible records, each with what its province says it follows."""
        followed: dict[str, list[Json]] = {
            judged.province.iri: [found.as_dict(lang) for found in self.followed_by(judged)]
            for judged in self.judged
        }
        return [
            {**cell.as_dict(lang, self.framework.name), "follows": followed[cell.judged.province.iri]}
            for cell in self.cells
        ]

    def under_later_layers(self) -> GapReport:
        """Return the report grouped by the four layers of the national digital framework.

        A component whose layer has no counterpart there keeps its own layer and comes last.
        """
        framework = self.framework.under_later_layers()
        components = {component.code: component for component in framework.components}
        places = {code: place for place, code in enumerate(components)}
        units = {unit: place for place, unit in enumerate(self.judged)}
        ordered = sorted(self.cells, key=lambda cell: (units[cell.judged], places[cell.component.code]))
        cells = tuple(replace(cell, component=components[cell.component.code]) for cell in ordered)
        return replace(self, framework=framework, cells=cells)


@dataclass(frozen=True)
class DifferingCells:
    """Two cells of one component that differ in the verdict, or in whether their plans are overdue."""

    first: Gap
    second: Gap

    @property
    def differs(self) -> bool:
        """Whether the two cells differ."""
        overdue = self.first.is_overdue, self.second.is_overdue
        return self.first.verdict is not self.second.verdict or overdue[0] is not overdue[1]


@dataclass(frozen=True)
class GapDifference:
    """The differing cells of two reports on the same provinces (two days) or the same day (two provinces).

    :param pairs: in the order of the first report
    """

    first: GapReport
    second: GapReport
    pairs: tuple[DifferingCells, ...]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Remarks on the comparison itself, in addition to those of the first report."""
        remarks = [remark for remark in self.second.remarks if remark not in self.first.remarks]
        silent: list[Remark] = [] if self.first.as_of != self.second.as_of else [self.second.silent_cells]
        nothing: list[Remark] = [] if self.pairs else [NothingDiffers()]
        return (*remarks, *silent, *nothing)

    def as_dicts(self, lang: str) -> list[dict[str, Json]]:
        """Return the pairs as JSON-compatible records."""
        return [self._pair_as_dict(pair, lang) for pair in self.pairs]

    def _pair_as_dict(self, pair: DifferingCells, lang: str) -> dict[str, Json]:
        return {
            "component": pair.first.component.code,
            "component_label": pair.first.component.label(lang),
            "province": pair.first.judged.province.curie,
            "as_of": self.first.as_of.isoformat(),
            "verdict": pair.first.verdict.value,
            "other_province": pair.second.judged.province.curie,
            "other_as_of": self.second.as_of.isoformat(),
            "other_verdict": pair.second.verdict.value,
            "overdue": pair.first.is_overdue,
            "other_overdue": pair.second.is_overdue,
            "reference": self.first.framework.name,
        }


def gap_difference(first: GapReport, second: GapReport) -> GapDifference:
    """Pair the cells of two reports and keep the pairs that differ.

    If both reports contain the same provinces, each is paired with itself; else each province of the first
    report is paired with every one of the second, such as all predecessors of a merged unit.
    """
    second_cells = {(cell.judged.province.iri, cell.component.code): cell for cell in second.cells}
    units = [unit.iri for unit in second.provinces]
    partners = {unit.iri: [unit.iri] if unit.iri in units else units for unit in first.provinces}
    pairs = (
        DifferingCells(cell, second_cells[partner, cell.component.code])
        for cell in first.cells
        for partner in partners[cell.judged.province.iri]
    )
    return GapDifference(first, second, tuple(pair for pair in pairs if pair.differs))
