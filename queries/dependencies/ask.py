"""The questions about dependencies, as typed questions and reports that every interface uses.

A report holds the results, and remarks on how the question was understood, what was left out and what another
choice of edges would add. It contains no text in a language except the sentences quoted from articles
(:attr:`EdgeChoice.lang`); :func:`~.remarks.remark_text` turns a remark into text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from ...errors import MixedEntitiesError
from ...graph.store import Store
from ...graph.text import fold
from ..facts.entities import name_remarks, resolve
from ..facts.territories import Territories
from ..facts.units import absence_remark, resolve_units, written_name
from .comparison import ComparisonReport, comparison
from .criticality import CriticalityReport, criticality
from .impact import ImpactReport, impact
from .matrix import MAX_SYSTEMS, MatrixReport, matrix
from .network.choice import DUTY, EdgeChoice
from .network.dependencies import Dependencies
from .network.remarks import FrameworkEnded, NameUnderstood
from .network.scope import Scope, SystemFilter, class_named, layer_named
from .network.systems import REFERENCE_COMPONENT
from .paths import PathBounds, PathReport, paths
from .single_points import JoinReport, SinglePointReport, joins, single_points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..facts.units import Remark
    from .network.systems import System

# A store, or its dependencies, which keep what was read for the next question.
Source: TypeAlias = Store | Dependencies

NetworkReport = TypeVar(
    "NetworkReport", bound=SinglePointReport | JoinReport | CriticalityReport | MatrixReport
)

_FRAMEWORKS = "architecture"  # the folder of their identifiers


@dataclass(frozen=True)
class ImpactQuestion:
    """What is affected when the named entities fail?

    :param entities: name, CURIE, slug or address of each entity; they fail together
    :param upstream: find instead what the entities depend on
    :param scope: limits which systems are listed
    :param compare_choices: whether to count the systems that other choices of edges would add
    """

    entities: tuple[str, ...]
    upstream: bool = False
    choice: EdgeChoice = field(default_factory=EdgeChoice)
    scope: Scope = field(default_factory=Scope)
    compare_choices: bool = True


@dataclass(frozen=True)
class PathQuestion:
    """Along which paths does one entity depend on another?

    :param dependent: name, CURIE, slug or address
    :param provider: name, CURIE, slug or address of the entity that it may depend on
    """

    dependent: str
    provider: str
    choice: EdgeChoice = field(default_factory=EdgeChoice)
    bounds: PathBounds = field(default_factory=PathBounds)


@dataclass(frozen=True)
class NetworkQuestion:
    """A question about all systems of a scope: single points of failure, joins, or criticality."""

    choice: EdgeChoice = field(default_factory=EdgeChoice)
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True)
class MatrixQuestion(NetworkQuestion):
    """Which systems of a scope depend on which?

    :param max_systems: the largest number of rows
    """

    max_systems: int = MAX_SYSTEMS


@dataclass(frozen=True)
class ComparisonQuestion:
    """Which connections does one territory have and the other lack?

    :param first: name of a territory; `second` likewise
    """

    first: str
    second: str
    choice: EdgeChoice = field(default_factory=EdgeChoice)


def ask_impact(source: Source, question: ImpactQuestion) -> ImpactReport:
    """Find the systems that fail when entities fail, and those kept running by an alternative.

    :raises EntityError: if a name matches no entity, or more than one
    :raises DependencyError: if the class of an entity has no dependencies
    :raises MixedEntitiesError: if systems are mixed with components of the reference architecture
    :raises ScopeError: if the province of the scope is no territory; FilterError if a class or layer is
        unknown

    With ``question.upstream``, find what the entities depend on instead.
    """
    dependencies = _dependencies(source, question.choice)
    dependencies, failed, understood = _resolved(dependencies, question.entities)
    keep, about_scope = _filter(dependencies, question.scope)
    report = impact(
        dependencies,
        failed,
        upstream=question.upstream,
        keep=keep,
        compare_choices=question.compare_choices,
    )
    about_units = _about_ended_units(dependencies, failed)
    return replace(report, remarks=_first_lines(*about_units, *understood, *about_scope, *report.remarks))


def ask_paths(source: Source, question: PathQuestion) -> PathReport:
    """Find the paths along which one entity depends on another; if there are none, the reverse paths.

    :raises EntityError: as :func:`ask_impact`; likewise DependencyError and MixedEntitiesError
    """
    dependencies = _dependencies(source, question.choice)
    ends = (question.dependent, question.provider)
    dependencies, (dependent, provider), understood = _resolved(dependencies, ends)
    report = paths(dependencies, dependent, provider, question.bounds)
    return replace(report, remarks=_first_lines(*understood, *report.remarks))


def ask_single_points(source: Source, question: NetworkQuestion) -> SinglePointReport:
    """Find the single points of failure of a scope.

    :raises ScopeError: if the province of the scope is no territory; FilterError if a class or layer is
        unknown
    """
    return _asked(source, question, single_points)


def ask_joins(source: Source, question: NetworkQuestion) -> JoinReport:
    """Find the systems without which the network of a scope would fall apart.

    :raises ScopeError: as :func:`ask_single_points`; likewise FilterError
    """
    return _asked(source, question, joins)


def ask_criticality(source: Source, question: NetworkQuestion) -> CriticalityReport:
    """Rank the systems of a scope by how many systems depend on them.

    :raises ScopeError: as :func:`ask_single_points`; likewise FilterError
    """
    return _asked(source, question, criticality)


def ask_matrix(source: Source, question: MatrixQuestion) -> MatrixReport:
    """Build the dependency matrix of a scope.

    :raises ScopeError: as :func:`ask_single_points`; likewise FilterError
    """
    return _asked(source, question, partial(matrix, max_systems=question.max_systems))


def ask_comparison(source: Source, question: ComparisonQuestion) -> ComparisonReport:
    """Compare the connections of two territories.

    :raises EntityError: if a name matches no entity, or several of which none succeeded another
    :raises ScopeError: if a name is no territory
    """
    dependencies = _dependencies(source, question.choice)
    names = dict.fromkeys((question.first, question.second))
    about_units = [remark for name in names for remark in _about_units(dependencies, name)]
    report = comparison(dependencies, question.first, question.second)
    first, second = (written_name(dependencies.store, name, dependencies.lang) for name in report.names)
    duplicates = dict(zip((first, second), map(report.duplicates.__getitem__, report.names), strict=True))
    remarks = (*about_units, *report.remarks)
    return replace(report, names=(first, second), duplicates=duplicates, remarks=remarks)


def _asked(
    source: Source, question: NetworkQuestion, measure: Callable[[Dependencies, SystemFilter], NetworkReport]
) -> NetworkReport:
    """Run a measure on the network of a scope; remarks on how the scope was understood come first."""
    dependencies = _dependencies(source, question.choice)
    keep, about_scope = _filter(dependencies, question.scope)
    report = measure(dependencies, keep)
    return replace(report, remarks=_first_lines(*about_scope, *report.remarks))


def _dependencies(source: Source, choice: EdgeChoice) -> Dependencies:
    dependencies = source if isinstance(source, Dependencies) else Dependencies.of(source)
    if choice.framework:
        framework = resolve(dependencies.store, choice.framework, choice.lang, folder=_FRAMEWORKS)
        choice = replace(choice, framework=framework)
    return dependencies.with_choice(choice)


def _resolved(
    dependencies: Dependencies, names: Sequence[str]
) -> tuple[Dependencies, list[str], list[Remark]]:
    """Find the entities that names refer to; switch to the reference architecture if all are its components.

    :returns: the dependencies to query, the addresses, and a remark for each name that was interpreted
    """
    addresses = [dependencies.resolve(name) for name in names]
    systems = [dependencies.directory.system(iri) for iri in addresses]
    of_reference = {system.kind == REFERENCE_COMPONENT for system in systems}
    if len(of_reference) > 1:
        raise MixedEntitiesError(names)
    understood: list[Remark] = [
        NameUnderstood(name, system)
        for name, system in zip(names, systems, strict=True)
        if not _is_called(system, name)
    ]
    return dependencies.of_reference() if of_reference == {True} else dependencies, addresses, understood


def _is_called(system: System, name: str) -> bool:
    """Tell whether a name is a label, the CURIE or the address of a system; accents are ignored."""
    return name in {system.curie, system.iri} or fold(name) in map(fold, system.labels.values())


def _filter(dependencies: Dependencies, scope: Scope) -> tuple[SystemFilter, list[Remark]]:
    """Turn a scope into a filter, with remarks on how its names were understood."""
    kinds, layers = frozenset(map(class_named, scope.kinds)), frozenset(map(layer_named, scope.layers))
    if scope.province is None:
        return SystemFilter(kinds=kinds, layers=layers, words=scope.words), []
    keep = SystemFilter(dependencies.units_of(scope.province), kinds, layers, scope.words)
    return keep, _about_units(dependencies, scope.province)


def _about_ended_units(dependencies: Dependencies, systems: Sequence[str]) -> Iterator[Remark]:
    """Say that the law asks for links of systems whose unit no longer exists, and name its successors."""
    choice = dependencies.choice
    if choice.basis != DUTY:
        return
    places = Territories.of(dependencies.store)
    units = filter(None, map(places.unit_of, systems))
    for province in dict.fromkeys(places.province[unit] for unit in units):
        absent = absence_remark(dependencies.store, province, choice.as_of or date.today())
        if absent and absent.successors:
            yield absent


def _first_lines(*remarks: Remark) -> tuple[Remark, ...]:
    """Put first what qualifies the whole answer: that its framework has ended."""
    return tuple(sorted(remarks, key=lambda remark: not isinstance(remark, FrameworkEnded)))


def _about_units(dependencies: Dependencies, name: str) -> list[Remark]:
    """Explain which units a name was taken for, where it is ambiguous or names a unit that has ended."""
    store, day = dependencies.store, dependencies.choice.as_of or date.today()
    units = resolve_units(store, name, dependencies.lang)
    about_units: list[Remark] = [*name_remarks(store, name, units, dependencies.lang)]
    absent = absence_remark(store, units[0], day) if len(units) == 1 else None
    if absent and absent.successors:
        about_units.append(absent)
    return about_units
