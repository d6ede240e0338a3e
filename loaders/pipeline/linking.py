"""Links to Wikidata: proposals of items for the entities of registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..register.proposals import kept_answers
from ..register.wikidata import fetch_items, propose
from .lexicon_files import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ...graph.store import Store
    from ..register.proposals import Proposal

__all__ = ["propose_links"]


def propose_links(
    store: Store, folders: Sequence[Path], answered: Iterable[Proposal] = ()
) -> tuple[Proposal, ...]:
    """Propose Wikidata items for the provinces and ministries of corpora.

    :param store: Wikidata, or another store with a copy of the items
    :param folders: corpus folders with the registers of the entities
    :param answered: earlier proposals, whose decisions are kept
    :returns: one proposal per entity and item; empty if no item matches
    """
    entities = load_lexicon(folders).lexicon.register.entities
    return kept_answers(propose(fetch_items(store), entities), answered)
