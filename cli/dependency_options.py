"""What the verbs of dependency analysis share: which edges count, what is listed, what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from ..graph.text import fold
from ..queries.dependencies.words import say as word
from .app import opened, say
from .planning import Day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ..queries.dependencies.dependencies import Choice, Dependencies, Filter

Decorated = TypeVar("Decorated", bound="Callable[..., object]")


def edges(command: Decorated) -> Decorated:
    """Add the switches that choose which edges count."""
    switches = (
        click.option(
            "--basis",
            type=click.Choice(["stated", "reference", "both"]),
            default="stated",
            show_default=True,
            help="Edges that articles state, edges that the reference expects, or both.",
        ),
        click.option("--as-of", "as_of", type=Day(), help="Only what was said by a day, of that day."),
        click.option(
            "--plans", is_flag=True, help="Planned, unfinished, trial and limited connections count too."
        ),
        click.option("--implied", is_flag=True, help="What is only implied counts too."),
        click.option("--parts", is_flag=True, help="A part shares what its whole depends on."),
        click.option(
            "--unverified", is_flag=True, help="Expectations for which no source was found count too."
        ),
    )
    for switch in reversed(switches):
        command = switch(command)
    return command


def scope(command: Decorated) -> Decorated:
    """Add the switches that choose which components are listed."""
    switches = (
        click.option("--province", metavar="NAME", help="Only components of a territory."),
        click.option(
            "--kind",
            "kinds",
            metavar="CLASS",
            multiple=True,
            help="Only of a class, such as WebPortal; where edges are shown, with what these are tied to.",
        ),
        click.option(
            "--layer",
            "layers",
            metavar="LAYER",
            multiple=True,
            help="Only of a layer, such as platform; likewise.",
        ),
    )
    for switch in reversed(switches):
        command = switch(command)
    return command


def choice_of(options: dict[str, object]) -> Choice:
    """Take the choice of edges from the options of a verb."""
    from dataclasses import fields

    from ..queries.dependencies.dependencies import Choice

    names = {field.name for field in fields(Choice)}
    return Choice(**{name: value for name, value in options.items() if name in names})  # type: ignore[arg-type]


def bound(home: Path, options: dict[str, object]) -> Dependencies:
    """Open the published graph, or the endpoint that was named, with a choice of edges."""
    from ..graph.store import OxigraphStore
    from ..queries.dependencies.dependencies import Dependencies

    store, choice = opened(home), choice_of(options)
    if isinstance(store, OxigraphStore):
        return Dependencies.published(home, choice)
    return Dependencies.of(store, choice)


def filter_of(found: Dependencies, options: dict[str, object]) -> Filter:
    """Take the filter from the options of a verb.

    :raises EntityError: if no territory is so called
    :raises BadParameter: if there is no such class or layer
    """
    from ..queries.dependencies.dependencies import Filter, kind_named, layer_named

    province, kinds, layers = options.get("province"), options.get("kinds", ()), options.get("layers", ())
    assert isinstance(kinds, tuple)
    assert isinstance(layers, tuple)
    try:
        chosen = [kind_named(str(kind)) for kind in kinds], [layer_named(str(layer)) for layer in layers]
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    units = found.scope(str(province)) if province is not None else frozenset[str]()
    words = ", ".join([*([str(province)] if province is not None else []), *map(str, (*kinds, *layers))])
    return Filter(units, frozenset(chosen[0]), frozenset(chosen[1]), words)


def explain(found: Dependencies, notes: Sequence[str], *, shown: str) -> None:
    """Say on standard error how the edges read, and what else there is to know."""
    from ..graph.network.expectations import RULE
    from ..graph.network.network import DIRECTION

    if shown == "table":
        say(DIRECTION.text(found.lang))
        if found.choice.basis != "stated" and not found.is_of_components:
            say(RULE.text(found.lang))
    for note in notes:
        say(note)


def understood(found: Dependencies, words: str, iri: str) -> None:
    """Say which component a name was taken for, unless it was called by its label or CURIE."""
    component = found.directory.component(iri)
    if fold(words) not in {fold(component.label(lang)) for lang in ("vi", "en")} | {component.curie, iri}:
        name = f"{component.label(found.lang)} ({component.curie})"
        say(word(found.lang, "understood", words=words, name=name))


def headed(lang: str, **columns: tuple[str, str]) -> tuple[list[str], list[str]]:
    """Give headings in a language, and keys."""
    return [pair[lang != "vi"] for pair in columns.values()], list(columns)


def components_or_systems(found: Dependencies, entities: Sequence[str]) -> tuple[Dependencies, list[str]]:
    """Resolve entities; where all are components of the reference, ask the reference itself.

    :raises BadParameter: if systems and components of the reference are mixed
    """
    addresses = [found.resolve(words) for words in entities]
    for words, iri in zip(entities, addresses, strict=True):
        understood(found, words, iri)
    kinds = {found.directory.component(iri).kind == "ReferenceComponent" for iri in addresses}
    if len(kinds) > 1:
        raise click.BadParameter("systems and reference components cannot be mixed", param_hint="ENTITY")
    return (found.components_only() if kinds == {True} else found), addresses
