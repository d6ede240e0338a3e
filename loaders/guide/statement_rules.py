"""Rules of the guide on claims and figures: status, time, certainty, direction, population, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.text import fold
from ...ontology.directions import DEPENDS, PART
from ...ontology.qualifiers import Certainty
from ...ontology.statuses import find_status
from ...ontology.verdicts import GapSign
from ...ontology.vocabulary import COMPONENT_OR_SERVICE
from ..article.attributes import TOPIC
from ..statements.article_quads import is_joined
from .cues import cues
from .messages import remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...problems import Problem
    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon
    from ..statements.model import Claim, Figure, ResolvedArticle

_SERVES, _INTERCONNECTS = "serves", "interconnects"
_AIMS = frozenset({"Task", "Goal"})  # classes of the items that say what is to be done or reached
_SYSTEM, _GROUP = "InformationSystem", "Group"
_SPEAKERS = ("Person", "Role")
_ROLL_OUT = frozenset({"deployedAt", "usedBy"})
_MADE = frozenset({_SERVES, "undergoes"})  # relations that say typed what a task would say in words
_LEVELS_JOINED = 2


def _named(line: Claim | Figure, attribute: str, lexicon: Lexicon) -> list[RegisterEntity]:
    curies = line.attributes.entities.get(attribute, ())
    return [lexicon.register.by_curie[curie] for curie, _ in curies]


def _lines(article: ResolvedArticle) -> Sequence[Claim | Figure]:
    return (*article.claims, *article.figures)


def tasks_beside_rows(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 2: no task "build X" beside a planned row of X in the same paragraph."""
    planned = {
        (claim.paragraph, claim.subject.curie): claim.line
        for claim in article.claims
        if claim.predicate in _MADE and find_status(claim.attributes.status).is_unused
    }
    for claim in article.claims:
        text = (claim.object.text or "").casefold()
        if claim.object.stated_item_class == "Task" and text.startswith(cues().building):
            for entity in _named(claim, TOPIC, lexicon):
                if line := planned.get((claim.paragraph, entity.curie)):
                    yield remark(article.file, claim.line, "KG202.task-beside-row", row=line)


def statuses_of_aims(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 7: a goal or task is approved, planned, under construction or completed; it does not run."""
    for claim in article.claims:
        status = find_status(claim.attributes.status)
        is_aim = claim.object.stated_item_class in _AIMS
        if is_aim and status.runs and (status.is_default or not status.is_in_force):
            yield remark(article.file, claim.line, "KG207.running-aim", status=status.slug)


def partial_use(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 9: a status of falling short belongs to a thing that itself falls short, not to its roll-out."""
    for line in _lines(article):
        status, relation = line.attributes.status, getattr(line, "predicate", "")
        is_rolled_out = relation in _ROLL_OUT or not lexicon.fits(line.subject.kind, COMPONENT_OR_SERVICE)
        falls_short = find_status(status).sign is GapSign.LIMITED
        if falls_short and is_rolled_out and not _is_aim(line):  # an aim breaks rule 7
            yield remark(article.file, line.line, "KG209.limited", status=status)


def deadlines_of_facts(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 10: `by` is the deadline of a plan; a fact counted up to a day has `asOf`."""
    for line in _lines(article):
        is_aim = line.attributes.is_target or _is_aim(line)
        if "by" in line.attributes.times and not is_aim and find_status(line.attributes.status).is_in_force:
            yield remark(
                article.file, line.line, "KG210.deadline-of-fact", time=line.attributes.times["by"].edtf
            )


def _is_aim(line: Claim | Figure) -> bool:
    target = getattr(line, "object", None)
    return target is not None and target.stated_item_class in _AIMS


def certainties(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 12: `low` and `high` are not used; `medium` has both readings in the note."""
    for line in _lines(article):
        for value in line.attributes.codes.get("certainty", ()):
            if value != Certainty.MEDIUM:
                yield remark(article.file, line.line, "KG212.unused", value=value)
            elif not line.attributes.texts.get("note"):
                yield remark(article.file, line.line, "KG212.no-readings")


def systems_without_place(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 15: a local system of which something is stated also has a row that says whom it serves."""
    served = {claim.subject.curie for claim in article.claims if claim.predicate == _SERVES}
    first_lines: dict[str, int] = {}
    for line in _lines(article):
        entity = line.subject
        if lexicon.fits(entity.kind, _SYSTEM) and entity.has_place and entity.curie not in served:
            first_lines.setdefault(entity.curie, line.line)
    for curie, number in first_lines.items():
        yield remark(article.file, number, "KG215.no-place", curie=curie)


def directions(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 20: who uses stands first; a part does not depend on its whole; levels joined are at least two."""
    wholes = {(claim.subject.curie, claim.object.key) for claim in article.claims if claim.predicate == PART}
    for claim in article.claims:
        target, ends = claim.object.entity, (claim.subject.curie, claim.object.key)
        if target and is_joined(claim):
            yield remark(article.file, claim.line, "KG220.hub-first", hub=ends[0], system=target.curie)
        is_dependency = lexicon.vocabulary.is_a(claim.predicate, DEPENDS)
        if is_dependency and (ends in wholes or ends[::-1] in wholes):
            yield remark(article.file, claim.line, "KG220.part-of-itself")
        levels = claim.attributes.codes.get("scope", ())
        if claim.predicate == _INTERCONNECTS and len(levels) < _LEVELS_JOINED:
            yield remark(article.file, claim.line, "KG220.one-level")


def populations(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 23: whom a figure covers goes in `of`, who said something in `saidBy`; `about` is the topic."""
    for line in _lines(article):
        for entity in _named(line, TOPIC, lexicon):
            if any(lexicon.fits(entity.kind, kind) for kind in _SPEAKERS):
                yield remark(article.file, line.line, "KG223.speaker", curie=entity.curie)
            elif lexicon.fits(entity.kind, _GROUP) and not hasattr(line, "predicate"):
                yield remark(article.file, line.line, "KG223.population", curie=entity.curie)


def repeated_titles(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 24: the words of a title are never goals or tasks again."""
    titles: Mapping[str, tuple[str, int]] = {
        claim.subject.curie: (fold(claim.object.text or ""), claim.line)
        for claim in article.claims
        if claim.predicate == "title"
    }
    for claim in article.claims:
        title, line = titles.get(claim.subject.curie, ("", 0))
        if claim.object.stated_item_class in _AIMS and title and fold(claim.object.text or "") in title:
            yield remark(article.file, claim.line, "KG224.title-again", line=line)


def unnumbered_documents(article: ResolvedArticle, lexicon: Lexicon) -> Iterator[Problem]:
    """Rule 24: a document whose number the digest prints has that number in the register or in a row."""
    numbered = {claim.subject.curie for claim in article.claims if claim.predicate == "number"}
    lines = {paragraph.name: paragraph.line for paragraph in article.paragraphs}
    for mention in article.mentions:
        entity, printed = mention.entity, cues().document_number.search(mention.link.surface)
        has_number = "number" in entity.values or entity.curie in numbered
        if printed and lexicon.fits(entity.kind, "LegalDocument") and not has_number:
            line = lines[mention.paragraph]
            yield remark(article.file, line, "KG224.no-number", curie=entity.curie, number=printed[0])


STATEMENT_RULES = (
    tasks_beside_rows,
    statuses_of_aims,
    partial_use,
    deadlines_of_facts,
    certainties,
    systems_without_place,
    directions,
    populations,
    repeated_titles,
    unnumbered_documents,
)
