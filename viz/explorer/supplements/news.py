"""The news of a graph: its newest sources, and the days that they are of, for site and explorer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....queries.brief import BriefQuestion
from ....words import languages
from ...site.content.forms import shown_date
from ...site.content.texts import page_texts

if TYPE_CHECKING:
    from ....queries.brief import Period
    from ....queries.facts.values import Json
    from ...site.content.snapshot import GraphSnapshot

__all__ = ["news_period", "news_record"]


def news_record(snapshot: GraphSnapshot) -> dict[str, Json]:
    """Return the period in words, and the articles that can have appeared in it.

    :returns: empty where no article covers a province: there is no day to count from
    """
    if snapshot.as_of is None:
        return {}
    period = BriefQuestion(as_of=snapshot.as_of).period
    facts = (statement.fact for statement in snapshot.statements)
    articles: list[Json] = [*sorted({fact.article for fact in facts if fact.stated_on > period.since})]
    return {"period": {lang: news_period(period, lang) for lang in languages()}, "articles": articles}


def news_period(period: Period, lang: str) -> str:
    """Say from when to when something counts as new, and what sets these days."""
    since, as_of = (shown_date(day.isoformat(), lang) for day in (period.since, period.as_of))
    return page_texts(lang)("provinces.new.period", since=since, day=as_of)
