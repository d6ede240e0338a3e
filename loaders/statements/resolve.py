"""From lines to statements: names become entities, words become codes, texts become values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from ...ontology.qualifiers import FigureKind
from ...ontology.statuses import find_status
from ...problems import Problem, Severity, a_or_an
from ..article.attributes import NOTHING, Attributes, Flaw, read_attributes
from ..article.frontmatter import is_id
from ..register.lexicon import Lexicon, number_slip
from ..text.dates import DateError, read_date
from ..text.numbers import NumberError, plain, read_amount
from ..text.suggest import did_you_mean
from .entity_lookup import Naming
from .model import Article, Claim, Figure, Mention
from .scope import Names

if TYPE_CHECKING:
    from ..article.article_format import ClaimLine, FigureLine, Link, Native, Paragraph
    from ..register.entries import Entity
    from ..text.numbers import Amount

_DATES = frozenset({"documentDate", "eventDate"})  # whose text is the time of what they tell
_LITERAL_DATES = frozenset({"edtf", "date"})


@dataclass
class Counts:
    """What was read and what became of it; see :mod:`egovkg.loaders.pipeline.accounting`."""

    read: int = 0
    emitted: int = 0
    merged: int = 0
    rejected: int = 0


@dataclass
class Resolution:
    """One article resolved.

    :param article: ``None`` when its head cannot be used
    :param problems: in the order found
    """

    article: Article | None
    problems: list[Problem] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)


class Resolver:
    """Resolves articles against one lexicon; memoises what repeats.

    :param lexicon: register, measures, units and vocabulary
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names = Names(lexicon)
        self.code_classes = {
            slug: name for name, slugs in lexicon.vocabulary.schemes.items() for slug in slugs
        }
        self._fits: dict[tuple[str, str], bool] = {}

    def resolve(self, native: Native) -> Resolution:
        """Resolve one article: every line becomes a statement or a problem; cost linear."""
        return _Session(self, native).run()

    def fits(self, kind: str, wanted: str | None) -> bool:
        """Tell whether a kind may stand where a class is wanted (memoised)."""
        if wanted is None:
            return True
        key = (kind, wanted)
        if (known := self._fits.get(key)) is None:
            known = self._fits[key] = self.lexicon.vocabulary.is_a(kind, wanted)
        return known


class _Session(Naming):
    """The resolution of one article."""

    def __init__(self, resolver: Resolver, native: Native) -> None:
        super().__init__(resolver, native)
        self.claims: list[Claim] = []
        self.figures: list[Figure] = []
        self.mentions: list[Mention] = []
        self.counts = Counts()
        self.published: date | None = None  # None when the head tells no day that can be used

    def run(self) -> Resolution:
        head = self._head()
        for paragraph in self.native.paragraphs:
            for link in paragraph.links:
                self._mention(paragraph, link)
            for claim in paragraph.claims:
                self._claim(paragraph, claim)
            for figure in paragraph.figures:
                self._figure(paragraph, figure)
        article = (
            head._replace(
                mentions=tuple(self.mentions), claims=tuple(self.claims), figures=tuple(self.figures)
            )
            if head
            else None
        )
        return Resolution(article, self.problems, self.counts)

    # the head -------------------------------------------------------------------------------------------

    def _head(self) -> Article | None:
        front = self.native.front
        if front is None:
            return None
        values = front.values
        self.published = self._day(values.get("published", ""))
        publisher = self._head_entity("publisher", "Body")
        scope = self._head_entity("scope", "AdministrativeUnit")
        self.scope = scope.curie if scope else ""
        self.own = frozenset(e.curie.partition(":")[0] for e in (publisher, scope) if e)
        if not (publisher and scope and self.published):
            return None
        if not (is_id(values.get("article", "")) and values.get("title")):
            return None
        source = front.source
        return Article(
            id=values["article"],
            file=self.file,
            title=values["title"],
            title_en=values.get("title_en", ""),
            publisher=publisher,
            published=self.published,
            scope=scope,
            sha256=source.get("sha256", ""),
            url=values.get("url", ""),
            paragraphs=self.native.paragraphs,
            mentions=(),
            claims=(),
            figures=(),
            line=front.lines["article"],
            chars=source.get("chars", ""),
        )

    @staticmethod
    def _day(text: str) -> date | None:
        try:
            stated = read_date(text)
        except DateError:
            return None  # told when the head was read
        return stated.earliest if stated.earliest == stated.latest else None

    def _head_entity(self, key: str, wanted: str) -> Entity | None:
        front = self.native.front
        curie = front.values.get(key, "") if front else ""
        if not front or not curie:
            return None
        return self.entity(curie, front.lines[key], len(key) + 3, wanted, f"{key} of the article")

    # mentions and lines ---------------------------------------------------------------------------------

    def _mention(self, paragraph: Paragraph, link: Link) -> None:
        self.counts.read += 1
        entity = self.linked(link) if link.target else self.by_words(link)
        if entity is None:
            self.counts.rejected += 1
            return
        self.counts.emitted += 1
        self.mentions.append(Mention(paragraph.name, link, entity))

    def _claim(self, paragraph: Paragraph, line: ClaimLine) -> None:
        self.counts.read += 1
        before = len(self.problems)
        attributes = self._attributes(line.attributes, line.line, line.columns[3], figure=False)
        terms = self.r.lexicon.vocabulary.properties
        term = terms.get(line.predicate)
        if term is None or term.kind == "annotation":
            names = [n for n, t in terms.items() if t.kind != "annotation"]
            fix = did_you_mean(line.predicate, names, "docs/ontology.md lists the relations")
            self.problem(line.line, line.columns[1], "KG031", f'no relation "{line.predicate}"', fix)
        subject = self.entity(
            line.subject, line.line, line.columns[0], term.domain if term else None, line.predicate
        )
        parts = self._object(line, term.kind == "object", term.range, attributes) if term else None
        if term and subject and parts and line.subject == line.object:
            fix = "name the other side"
            self.problem(line.line, line.columns[0], "KG033", f"{line.subject} {line.predicate} itself", fix)
        if subject and parts and not self._errors_since(before):
            attributes = _dated(line.predicate, parts[3], attributes)
            self._times(attributes, line.line, line.columns[3], line.columns[2])
            for unit, column in ((subject, line.columns[0]), (parts[0], line.columns[2])):
                self._ended(unit, attributes, line.line, column)
        if self._errors_since(before) or subject is None or parts is None:
            self.counts.rejected += 1
            return
        self.claims.append(
            Claim(line.line, paragraph.name, subject, line.predicate, *parts, attributes, line.attributes)
        )

    def _errors_since(self, before: int) -> bool:
        return any(p.severity is Severity.ERROR for p in self.problems[before:])

    def _object(
        self, line: ClaimLine, is_relation: bool, wanted: str | None, attributes: Attributes
    ) -> tuple[Entity | None, str | None, str | None, str | None] | None:
        raw, column = line.object, line.columns[2]
        quoted = raw.startswith('"')
        text = re.sub(r"\\(.)", r"\1", raw[1:-1]) if quoted else raw
        if not is_relation:
            return self._literal(line, text, wanted)
        if wanted and self.r.fits(wanted, "StatedItem"):
            if not quoted:
                what = f"{line.predicate} needs a text, got {raw}"
                self.problem(line.line, column, "KG032", what, "write what is stated in quotes")
                return None
            if not attributes.texts.get("en"):
                what, fix = "the text has no English", 'add {en: "…"}'
                self.problem(line.line, column, "KG038", what, fix, Severity.WARNING)
            return None, None, wanted, text
        if quoted:
            what = f"{line.predicate} needs a thing, got a text"
            self.problem(line.line, column, "KG032", what, "point at an entity of the register: prefix:name")
            return None
        if raw.startswith("code:"):
            return self._code(line, raw[5:], wanted)
        entity = self.entity(raw, line.line, column, wanted, line.predicate)
        return (entity, None, None, None) if entity else None

    def _code(self, line: ClaimLine, slug: str, wanted: str | None) -> tuple[None, str, None, None] | None:
        kind = self.r.code_classes.get(slug)
        if kind is None:
            codes = [f"code:{name}" for name in self.r.code_classes]
            fix = did_you_mean(f"code:{slug}", codes, "docs/ontology.md lists the codes")
            self.problem(line.line, line.columns[2], "KG021", f"no code code:{slug}", fix)
            return None
        if wanted is not None and not self.r.fits(kind, wanted):
            what = f"{line.predicate} needs {a_or_an(wanted)}, code:{slug} is of class {kind}"
            self.problem(line.line, line.columns[2], "KG032", what, "choose another code")
            return None
        return None, slug, None, None

    def _literal(self, line: ClaimLine, text: str, wanted: str | None) -> tuple[None, None, None, str] | None:
        column = line.columns[2]
        if not text.strip():
            self.problem(line.line, column, "KG030", "the text is empty", "write what is stated")
            return None
        if wanted in _LITERAL_DATES:
            try:
                text = read_date(text, self._year()).edtf
            except DateError as error:
                self.problem(line.line, column, error.code, error.what, error.fix)
                return None
        if line.predicate == "number" and (slip := number_slip(text)):
            fix = f"did you mean {slip}?" if slip != text else "write number/KIND-ISSUER, like 464/QĐ-UBND"
            self.problem(line.line, column, "KG060", f'"{text}" is no document number', fix)
            return None
        return None, None, None, text

    def _figure(self, paragraph: Paragraph, line: FigureLine) -> None:
        self.counts.read += 1
        before = len(self.problems)
        attributes = self._attributes(line.attributes, line.line, line.columns[4], figure=True)
        subject = self.entity(line.subject, line.line, line.columns[0], None, line.measure)
        measure = self.r.lexicon.measures.get(line.measure)
        if measure is None:
            fix = did_you_mean(line.measure, self.r.lexicon.measures, "declare it in measures.yaml")
            self.problem(line.line, line.columns[1], "KG031", f'no measure "{line.measure}"', fix)
        token = line.unit or (measure.values.get("unit", "") if measure else "")
        unit = self.r.lexicon.units.get(token)
        if token and unit is None:
            fix = did_you_mean(token, self.r.lexicon.units, "declare it in units.yaml")
            fix = f"{fix} or declare it in units.yaml" if fix.startswith("did") else fix
            self.problem(line.line, line.columns[3] or line.columns[1], "KG052", f'unit "{token}"', fix)
        elif measure and line.unit and measure.values.get("unit") not in {"", line.unit}:
            what = f"{line.measure} is counted in {measure.values.get('unit')}, not {line.unit}"
            self.problem(
                line.line, line.columns[3], "KG055", what, "use a measure of its own for another unit"
            )
        try:
            amount = read_amount(line.value)
        except NumberError as error:
            self.problem(line.line, line.columns[2], error.code, error.what, error.fix)
        else:
            if token == "%" and (flaw := _share_flaw(line.value, amount)):
                self.problem(line.line, line.columns[2], "KG051", *flaw)
            if subject and not self._errors_since(before):
                self._times(attributes, line.line, line.columns[4], line.columns[2])
                self._ended(subject, attributes, line.line, line.columns[0])
            if subject and measure and not self._errors_since(before):
                figure = Figure(
                    line.line, paragraph.name, subject, measure, unit, amount, attributes, line.attributes
                )
                self.figures.append(figure)
                return
        self.counts.rejected += 1

    # attributes -----------------------------------------------------------------------------------------

    def _attributes(self, raw: str, line: int, column: int, *, figure: bool) -> Attributes:
        if not raw:
            return NOTHING
        attributes, flaws = read_attributes(raw, figure=figure, published_year=self._year())
        for flaw in flaws:
            if self.published or flaw.code != "KG041":
                self._flaw(flaw, line, column)
        for name, things in attributes.things.items():
            wanted = "Agent" if name == "responsible" else None
            for curie, offset in things:
                self.entity(curie, line, column + offset, wanted, name)
        return attributes

    def _year(self) -> int:
        """Give the year for dates without one; a leap year when the head tells none: nothing is kept then."""
        return self.published.year if self.published else 2000

    def _flaw(self, flaw: Flaw, line: int, column: int) -> None:
        self.problem(line, column + flaw.offset, flaw.code, flaw.what, flaw.fix, flaw.severity)

    def _times(self, attributes: Attributes, line: int, column: int, instead: int) -> None:
        """Hold the first day against that of the article; it may be the object itself, at `instead`."""
        start = attributes.earliest
        ahead = find_status(attributes.status).is_unused or attributes.codes.get("kind") == (
            FigureKind.TARGET,
        )
        if self.published and start and start.earliest > self.published and not ahead:
            said = f"{attributes.status} from {start.edtf}" if column else start.edtf
            what = f'"{said}" in a {self.published.year} article'
            self.problem(line, column or instead, "KG042", what, "planned?")

    def _ended(self, unit: Entity | None, attributes: Attributes, line: int, column: int) -> None:
        until = unit.values.get("until") if unit else None
        if unit is None or not until or not self.r.fits(unit.kind, "AdministrativeUnit"):
            return
        said = attributes.earliest.earliest if attributes.earliest else self.published
        if said and said > read_date(until).latest:
            now = ", ".join(unit.lists.get("succeeded_by", ())) or "no successor known"
            what = f"{unit.curie} ended {until} (now {now}) but the statement is dated {said.year}"
            self.problem(line, column, "KG064", what, "check the unit or the date", Severity.WARNING)


def _share_flaw(written: str, amount: Amount) -> tuple[str, str] | None:
    """Say why a value cannot be a share: over 100 %, or a part that is greater than its whole."""
    if amount.denominator is None:
        return (f"{written} % is over 100", f"is it {written}/{written}?") if amount.value > 100 else None
    if amount.value <= amount.denominator:
        return None
    part, whole = plain(amount.value), plain(amount.denominator)
    return f"{written} is more than the whole", f"is it {whole}/{part}? a part is never above its whole"


def _dated(predicate: str, text: str | None, attributes: Attributes) -> Attributes:
    """Take the day that a document or event bears for the time of the statement, unless another is given."""
    if predicate not in _DATES or text is None or attributes.times or "basis" in attributes.codes:
        return attributes
    return replace(attributes, times={"asOf": read_date(text)})
