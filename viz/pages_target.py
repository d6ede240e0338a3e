"""Targets: the figures of the articles beside what national documents ask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..queries.facts import COMPARATORS
from ..queries.places import Places
from ..queries.provinces import Provinces
from ..queries.reference import read_targets
from ..queries.targets import REASONS, TargetVerdict, standings
from ..queries.verdict_words import TARGET_SYMBOLS, target_word
from .site_page import LANGUAGES, File, Page, Twin
from .site_words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .site_page import Context, Site


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page, as of the day of the latest article; none without articles or targets."""
    store = site.known.store
    provinces, targets = Provinces(store), read_targets(store)
    if not provinces.covered or not targets:
        return
    day = max(each.last for each in provinces.covered.values())
    places = Places.of(store)
    found = {
        lang: standings(store, provinces.all(), targets, places, as_of=day, lang=lang) for lang in LANGUAGES
    }

    def context(lang: str) -> Context:
        shown = [each for each in found[lang] if each.value is not None]
        return {
            "targets": targets,
            "standings": shown,
            "silent": sum(each.verdict is TargetVerdict.NO_FIGURE for each in found[lang]),
            "symbol": TARGET_SYMBOLS.__getitem__,
            "word": lambda verdict: target_word(verdict, lang),
            "why": lambda reason: REASONS[reason][lang != "vi"],
            "sign": COMPARATORS.__getitem__,
        }

    title = {lang: words(lang)["targets.title"] for lang in LANGUAGES}
    yield Page("targets.html", "targets.html.j2", title, context, "targets", (Twin("targets.json", "JSON"),))
    rows = [each.as_dict("vi") for each in found["vi"]]
    yield File("targets.json", (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())
