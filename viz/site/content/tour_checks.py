"""Checks what a guided tour says and refers to; collects every fault, each with file, place and remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz import fuzz, process

from ....queries.questions.named import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .model import Site, Texts

Found: TypeAlias = tuple[str, str, str, tuple[int, ...]]  # kind, name, of, statements

MOST_STEPS = 30
PAGES = (
    "index",
    "questions",
    "entities",
    "articles",
    "tours",
    "ontology",
    "glossary",
    "data",
    "about",
    "explorer",
)
LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_KINDS = ("claim", "figure", "entity", "question", "paragraph")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Checker:
    """Checks one tour against what is known."""

    def __init__(self, site: Site, file: str) -> None:
        self.site, self.known, self.file = site, site.known, file
        self.faults: list[str] = []

    def fault(self, where: str, what: str) -> None:
        """Note a fault."""
        self.faults.append(f"{self.file}: {where}: {what}")

    def name(self, value: object) -> str:
        """Read the name of a tour."""
        if isinstance(value, str) and _NAME.fullmatch(value) and len(value) <= 60:
            return value
        self.fault("tour", "needs a name of small letters, digits and hyphens, as lgsp-la-gi")
        return ""

    def texts(self, value: object, where: str) -> Texts:
        """Read words in both languages."""
        if isinstance(value, dict) and all(
            isinstance(value.get(lang), str) and value[lang].strip() for lang in ("vi", "en")
        ):
            self.known_keys(value, ("vi", "en"), where)
            return {lang: value[lang].strip() for lang in ("vi", "en")}
        self.fault(where, "needs words in both languages — {vi: …, en: …}")
        return {"vi": "", "en": ""}

    def number(self, value: object, where: str) -> int:
        """Read a whole number above 0."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1000:
            return value
        self.fault(where, "needs a whole number of minutes, as 10")
        return 1

    def steps(self, content: Mapping[str, object]) -> Sequence[object]:
        """Read the list of steps."""
        steps = content.get("steps")
        if isinstance(steps, list) and 1 <= len(steps) <= MOST_STEPS:
            return steps
        self.fault("steps", f"needs a list of 1 to {MOST_STEPS} steps")
        return ()

    def mapping(self, value: object, where: str) -> Mapping[str, object]:
        """Read a mapping."""
        if isinstance(value, dict):
            return value
        self.fault(where, "needs keys and values — see docs/tours.md")
        return {}

    def known_keys(self, held: Mapping[str, object], keys: Sequence[str], where: str) -> None:
        """Tell of keys that mean nothing."""
        for key in held:
            if key not in keys:
                self.fault(where, f'no key "{key}" — one of: {", ".join(keys)}')

    def check(self, value: object, where: str) -> Mapping[str, Texts]:
        """Read the question to the reader."""
        if value is None:
            return {}
        held = self.mapping(value, f"{where}: check")
        self.known_keys(held, ("ask", "answer"), f"{where}: check")
        return {key: self.texts(held.get(key), f"{where}: check: {key}") for key in ("ask", "answer")}

    def links(self, text: Texts, where: str) -> None:
        """Look up where the links of a text lead."""
        for lang, words in text.items():
            for label, target in LINK.findall(words):
                if not self.path(target):
                    self.fault(
                        f"{where}: text ({lang})", f'"[{label}]({target})" leads nowhere{self._near(target)}'
                    )

    def path(self, target: str) -> str:
        """Find the page of a CURIE, a page, `question/NAME` or `article/ID`; empty when there is none."""
        from .paths import article_path, question_path

        if entity := self.known.by_curie.get(target):
            return entity.path
        folder, _, name = target.partition("/")
        if folder == "question" and name in {each.name for each in questions()}:
            return question_path(name)
        if folder == "article" and name in self.known.articles:
            return article_path(name)
        return f"{target}.html" if target in PAGES else ""

    def shows(self, value: object, where: str) -> Iterator[Found]:
        """Read what a step rests on; a step that rests on nothing is a fault."""
        if not isinstance(value, list) or not value:
            self.fault(where, f"shows nothing — a step needs a show: with one of {', '.join(_KINDS)}")
            return
        for held in value:
            entry = self.mapping(held, f"{where}: show")
            kinds = [kind for kind in _KINDS if kind in entry]
            self.known_keys(entry, (*_KINDS, "in", "of"), f"{where}: show")
            if len(kinds) != 1:
                self.fault(f"{where}: show", f"needs one of {', '.join(_KINDS)}")
            elif found := self._show(kinds[0], entry, f"{where}: show"):
                yield found

    def _show(self, kind: str, entry: Mapping[str, object], where: str) -> Found | None:
        name = str(entry[kind])
        if kind in {"claim", "figure"}:
            return self._statements(kind, name, str(entry.get("in", "")), where)
        if kind == "entity":
            if name in self.known.by_curie:
                return kind, name, "", ()
            self.fault(where, f'no entity "{name}"{self._near(name)}')
            return None
        return (
            self._question(name, str(entry.get("of", "")), where)
            if kind == "question"
            else self._paragraph(name, where)
        )

    def _statements(self, kind: str, pattern: str, place: str, where: str) -> Found | None:
        """Find statements: `subject relation`, `subject relation object`, or the id of one."""
        parts = pattern.split()
        article, _, paragraph = place.partition("#")
        found = tuple(
            position
            for position, statement in enumerate(self.known.statements)
            if self._fits(position, parts)
            and statement.fact.kind == kind
            and (not article or statement.fact.article == article)
            and (not paragraph or self._paragraph_id(position) == paragraph)
        )
        if found:
            return kind, "", "", found
        self.fault(
            where, f'no {kind} "{pattern}"{f" in {place}" if place else ""}{self._nearby(parts, kind)}'
        )
        return None

    def _fits(self, position: int, parts: Sequence[str]) -> bool:
        fact = self.known.statements[position].fact
        if len(parts) == 1:
            return fact.id == parts[0]
        return 2 <= len(parts) <= 3 and parts == [fact.subject, fact.predicate, fact.object][: len(parts)]

    def _paragraph_id(self, position: int) -> str:
        paragraph = self.known.paragraph_of(self.known.statements[position])
        return paragraph.id if paragraph else ""

    def _nearby(self, parts: Sequence[str], kind: str) -> str:
        """Tell what is stated of the same subject."""
        positions = self.known.as_subject.get(parts[0] if parts else "", ())
        facts = (self.known.statements[position].fact for position in positions)
        said = [
            f"{fact.subject} {fact.predicate} {fact.object or ''}".strip()
            for fact in facts
            if fact.kind == kind
        ]
        return _nearest(" ".join(parts), said) if said else self._near(parts[0] if parts else "")

    def _question(self, name: str, of: str, where: str) -> Found | None:
        asked = {each.name: each for each in questions()}.get(name)
        if asked is None:
            self.fault(where, f'no question "{name}"{_nearest(name, [each.name for each in questions()])}')
            return None
        subjects = self.site.asked_of(name)
        if any(each.default is None for each in asked.parameters) and of not in subjects:
            self.fault(
                where,
                f'"{name}" has no answer for "{of}"{_nearest(of, sorted(subjects)) or " — write of: …"}',
            )
            return None
        return "question", name, of, ()

    def _paragraph(self, name: str, where: str) -> Found | None:
        article, _, paragraph = name.partition("#")
        for iri, held in self.known.paragraphs.items():
            if (held.article, held.id) == (article, paragraph):
                return "paragraph", iri, "", ()
        known = [f"{held.article}#{held.id}" for held in self.known.paragraphs.values()]
        self.fault(where, f'no paragraph "{name}"{_nearest(name, known)}')
        return None

    def _near(self, name: str) -> str:
        return _nearest(name, self.known.by_curie)


def _nearest(name: str, names: Iterable[str]) -> str:
    matches = process.extract(name, list(dict.fromkeys(names)), scorer=fuzz.WRatio, limit=3, score_cutoff=50)
    near = ", ".join(match[0] for match in matches)
    return f" — nearest: {near}" if near else ""
