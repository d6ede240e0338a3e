"""Impact: which systems stop when another stops, by what articles state, and the single points of failure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..graph.network import DIRECTION
from ..queries.dependencies import Choice, Dependencies
from ..queries.dependency_text import path_words
from ..queries.impact import impact
from ..queries.single_points import single_points
from .site_page import LANGUAGES, File, Page, Twin
from .site_words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..queries.impact import Impact
    from .site_page import Context, Site


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page; none where no dependency is stated."""
    plain = Dependencies.of(site.known.store, Choice(lang="vi"))
    if not plain.network.edge_count:
        return
    answers = {lang: _answers(plain.with_choice(Choice(lang=lang))) for lang in LANGUAGES}

    def context(lang: str) -> Context:
        return {
            "direction": DIRECTION[lang],
            "points": single_points(plain.with_choice(Choice(lang=lang))).points,
            "answers": answers[lang],
            "path": lambda answer, one: path_words(one.steps, answer.components, lang),
            "page_of": lambda iri: f"id/{iri.partition('/id/')[2]}.html",
        }

    title = {lang: words(lang)["impact.title"] for lang in LANGUAGES}
    yield Page("impact.html", "impact.html.j2", title, context, "impact", (Twin("impact.json", "JSON"),))
    rows = {
        answer.failed[0].curie: [one.as_dict("vi") for one in answer.affected] for answer in answers["vi"]
    }
    yield File("impact.json", (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())


def _answers(found: Dependencies) -> list[Impact]:
    """Ask of every provider what stops with it; most affected first."""
    providers = sorted({edge[2] for edge in found.network.edges()})
    answers = [impact(found, [found.resolve(provider)], widen=False) for provider in providers]
    return sorted(answers, key=lambda each: (-len(each.affected), each.failed[0].curie))
