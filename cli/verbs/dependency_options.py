"""The options shared by the verbs about dependencies, and output of their remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..language import language, say
from ..opening import opened
from ..options import Day, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from ...queries.dependencies.ask import Source
    from ...queries.dependencies.network.choice import EdgeChoice
    from ...queries.dependencies.network.scope import Scope
    from ...queries.facts.units import Remark

_SWITCHES_BY_REMARK = {
    "more-systems.reference": "--basis both",
    "more-systems.plans": "--plans",
    "more-systems.implied": "--implied",
    "more-systems.parts": "--parts",
    "path-by-widening.reference": "--basis both",
    "path-by-widening.plans": "--plans",
    "path-by-widening.implied": "--implied",
    "path-by-widening.parts": "--parts",
    "paths-cut": "--most",
    "length-cut": "--longest",
    "framework-ended": "--framework",
    "matrix-cut": "--province, --layer, --kind, --most",
}


def _choice(
    *,
    basis: str,
    as_of: date | None,
    plans: bool,
    implied: bool,
    parts: bool,
    unverified: bool,
    framework: str | None,
) -> EdgeChoice:
    from ...queries.dependencies.network.choice import EdgeChoice

    return EdgeChoice(basis, as_of, plans, implied, parts, unverified, language(), framework=framework or "")


def _scope(province: str | None, kinds: tuple[str, ...], layers: tuple[str, ...]) -> Scope:
    from ...queries.dependencies.network.scope import Scope

    return Scope(province, kinds, layers)


edges = grouped(  # which edges count
    "choice",
    _choice,
    click.option(
        "--basis",
        type=click.Choice(["stated", "reference", "both", "duty"]),
        default="stated",
        show_default=True,
    ),
    click.option("--as-of", type=Day()),
    click.option("--plans", is_flag=True),
    click.option("--implied", is_flag=True),
    click.option("--parts", is_flag=True),
    click.option("--unverified", is_flag=True),
    click.option("--framework", metavar="NAME"),
)
scope = grouped(  # which systems are listed
    "scope",
    _scope,
    click.option("--province", metavar="NAME"),
    click.option("--kind", "kinds", metavar="CLASS", multiple=True),
    click.option("--layer", "layers", metavar="LAYER", multiple=True),
)


def source_of(home: Path) -> Source:
    """Open the specified endpoint, or else the published graph with its cached arrays."""
    from ...graph.store import OxigraphStore
    from ...queries.dependencies.network.dependencies import Dependencies

    store = opened(home)
    return Dependencies.published(home) if isinstance(store, OxigraphStore) else store


def explain_edges(choice: EdgeChoice, remarks: Sequence[Remark]) -> list[str]:
    """Explain on standard error how to read the edges in a table, after a framework or a unit that has ended.

    :returns: the remarks that are still to be said, one line each
    """
    from ...graph.network.expectations import rules_of
    from ...graph.network.network import DIRECTION
    from ...queries.dependencies.network.remarks import FrameworkEnded
    from ...queries.facts.units import UnitAbsent

    ended = [remark for remark in remarks if isinstance(remark, (FrameworkEnded, UnitAbsent))]
    for line in remark_lines(ended, choice.lang):
        say(line)
    say(DIRECTION.text(choice.lang))
    if not choice.of_reference and (rule := rules_of([choice.expected_basis], choice.lang)):
        say(rule)
    return remark_lines((remark for remark in remarks if remark not in ended), choice.lang)


def remark_lines(remarks: Iterable[Remark], lang: str) -> list[str]:
    """Describe remarks, one line each."""
    return [remark_line(remark, lang) for remark in remarks]


def remark_line(remark: Remark, lang: str) -> str:
    """Return the text of a remark, with the option that changes the answer, if there is one."""
    from ...queries.facts.units import remark_text

    switch = _SWITCHES_BY_REMARK.get(remark.message().key.removeprefix("remark."))
    text = remark_text(remark, lang)
    return f"{text}: {switch}" if switch else text
